"""OpenSSL's CMP mock server, behind a relay that keeps its one connection open and counts what is asked.

The mock forgets a transaction with its connection; a real CA does not. Through the relay it behaves like one.
"""

import http.client
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from lockdesk.gateway.cmp import CmpSettings
from lockdesk.pki.der import children, read_box
from tests.helpers.ports import free_port
from tests.servers.processes import stop, wait_for
from tests.servers.small_ca import PASSPHRASE, SmallCa
from tests.servers.web import LoopbackServer, Question, Reply


class CmpServer:
    """A mock of the CA `ca` that gives `certificate` to everybody; `options` are those of `openssl cmp`.

    `speaker` (certificate and key in PEM) signs its answers, else the CA itself. `url` leads through the relay,
    `direct_url` to the mock.
    """

    def __init__(
        self,
        folder: Path,
        ca: SmallCa,
        certificate: x509.Certificate,
        *options: str,
        speaker: tuple[bytes, bytes] | None = None,
    ) -> None:
        self.ca = ca
        self.bodies: list[int] = []
        self.before: Callable[[int], Reply | None] = lambda body: None
        self.after: Callable[[int, Reply], Reply] = lambda body, reply: reply
        for name, content in (
            ("ca.pem", ca.pem),
            ("speaker.pem", speaker[0] if speaker else ca.pem),
            ("speaker.key", speaker[1] if speaker else ca.key_pem),
            ("certificate.pem", certificate.public_bytes(Encoding.PEM)),
        ):
            (folder / name).write_bytes(content)
        port, log = free_port(), folder / "cmp.log"
        files = ["-srv_cert", "speaker.pem", "-srv_key", "speaker.key", "-srv_trusted", "ca.pem"]
        files += ["-rsp_cert", "certificate.pem"]
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                ["openssl", "cmp", "-config", "", "-port", str(port), *files, *options],
                cwd=folder,
                stdout=output,
                stderr=output,
                env={"PATH": "/usr/bin:/bin", "OPENSSL_CONF": "/dev/null"},
            )
        wait_for(port, self._process, log)
        self.direct_url = f"http://127.0.0.1:{port}/pkix/"
        self._mock = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self._relay = LoopbackServer(self._pass_on)
        self.url = self._relay.url + "/pkix/"
        self._client = ca.client_pkcs12()

    def settings(self, **changes: Any) -> CmpSettings:
        usual = CmpSettings(
            url=self.url,
            chain_pem=self.ca.pem,
            pkcs12=self._client,
            passphrase=PASSPHRASE,
            ocsp_url=self.ca.ocsp_url,
            crl_url=self.ca.crl_url,
        )
        return replace(usual, **changes)

    @property
    def questions(self) -> list[Question]:
        return self._relay.questions

    def asked(self, body: int) -> int:
        """How many messages had the alternative `body` of PKIBody."""
        return self.bodies.count(body)

    def stop(self) -> None:
        self._mock.close()
        self._relay.stop()
        stop(self._process)

    def _pass_on(self, question: Question) -> Reply:
        parts = children(question.body, read_box(question.body, 0, len(question.body)))
        body = parts[1].tag & 0x1F
        self.bodies.append(body)
        if instead := self.before(body):
            return instead
        try:
            reply = self._ask(question)
        except (http.client.HTTPException, OSError):
            # The mock hangs up at the end of a transaction; this is the next one.
            self._mock.close()
            reply = self._ask(question)
        return self.after(body, reply)

    def _ask(self, question: Question) -> Reply:
        path = urlsplit(question.path).path  # to a proxy the whole address is written
        self._mock.request("POST", path, question.body, {"Content-Type": "application/pkixcmp"})
        answer = self._mock.getresponse()
        return Reply(answer.status, answer.read(), {"Content-Type": "application/pkixcmp"})
