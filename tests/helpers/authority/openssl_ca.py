"""A CA that nobody here wrote: `openssl ca` with its OCSP responder and its CRL over HTTP, on loopback."""

import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.helpers.ports import free_port

CONFIG = """
[ca]
default_ca = office
[office]
dir = {folder}
database = $dir/index.txt
new_certs_dir = $dir/issued
certificate = $dir/ca.pem
private_key = $dir/ca.key
serial = $dir/serial
crlnumber = $dir/crlnumber
default_md = sha256
default_days = 700
default_crl_days = 30
crl_extensions = crl
unique_subject = no
policy = anything
x509_extensions = person
[anything]
countryName = optional
organizationName = optional
commonName = supplied
serialNumber = optional
emailAddress = optional
[person]
basicConstraints = CA:false
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
{addresses}
[crl]
authorityKeyIdentifier = keyid
[req]
distinguished_name = none
[none]
"""


def openssl(*arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


class OpensslCa:
    """Keeps its books in `folder`. With a key and a certificate of its own, or with those of `known`."""

    def __init__(self, folder: Path, known: "OpensslCa | None" = None) -> None:
        self.folder = folder
        (folder / "issued").mkdir(parents=True)
        (folder / "index.txt").write_text("")
        (folder / "crlnumber").write_text("01\n")
        self.crl_port, self.ocsp_port = free_port(), free_port()
        self.crl_url = f"http://127.0.0.1:{self.crl_port}/list.crl"
        self.ocsp_url = f"http://127.0.0.1:{self.ocsp_port}/"
        addresses = f"crlDistributionPoints = URI:{self.crl_url}\nauthorityInfoAccess = OCSP;URI:{self.ocsp_url}"
        self._config = folder / "ca.cnf"
        self._config.write_text(CONFIG.format(folder=folder, addresses=addresses))
        if known is None:
            self._make()
        else:
            for name in ("ca.key", "ca.pem"):
                shutil.copy(known.folder / name, folder)
        self.publish()

    def _make(self) -> None:
        openssl(
            *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(self.folder / "ca.key")),
            *("-out", str(self.folder / "ca.pem"), "-subj", "/C=ID/O=CA Contoh/CN=CA Contoh Uji", "-days", "3650"),
            *("-addext", "keyUsage=critical,keyCertSign,cRLSign"),
        )  # fmt: skip

    @property
    def pem(self) -> str:
        return (self.folder / "ca.pem").read_text()

    def issue(self, csr_pem: bytes, subject: str, serial: int, since: str = "") -> bytes:
        """Certifies a CSR under another subject, valid from now or `since` (YYYYMMDDHHMMSSZ); as PEM."""
        (self.folder / "request.pem").write_bytes(csr_pem)
        (self.folder / "serial").write_text(self._hex(serial) + "\n")
        out = self.folder / "out.pem"
        openssl(
            *("ca", "-batch", "-notext", "-config", str(self._config), "-in", str(self.folder / "request.pem")),
            *("-out", str(out), "-subj", subject, *(("-startdate", since) if since else ())),
        )  # fmt: skip
        return out.read_bytes()

    def issued(self) -> int:
        """How many certificates there are."""
        return len(list((self.folder / "issued").glob("*.pem")))

    def revoke(self, serial: int, reason: str = "superseded") -> None:
        path = self.folder / "issued" / f"{self._hex(serial)}.pem"
        openssl("ca", "-config", str(self._config), "-revoke", str(path), "-crl_reason", reason)
        self.publish()
        self._nudge()

    def forget(self) -> None:
        """The CA knows no certificate any more. A new file in place of the old one, as `openssl ca` makes it: the
        responder would not see that one of the same second was written over."""
        beside = self.folder / "index.new"
        beside.write_text("")
        beside.replace(self.folder / "index.txt")
        self._nudge()

    def _nudge(self) -> None:
        """The responder looks for a changed index only after answering once more."""
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", self.ocsp_port)) as line:
            line.sendall(b"GET / HTTP/1.0\r\n\r\n")
            while line.recv(4096):
                pass

    def publish(self) -> None:
        """Signs a new CRL. Written beside and renamed: a reader never sees half of it."""
        beside = self.folder / "list.new"
        openssl("ca", "-config", str(self._config), "-gencrl", "-out", str(beside))
        beside.replace(self.folder / "list.crl")

    @staticmethod
    def _hex(serial: int) -> str:
        text = f"{serial:X}"
        return text if len(text) % 2 == 0 else f"0{text}"

    @contextmanager
    def serving(self, ocsp: bool = True) -> Iterator[None]:
        """Publishes the CRL and, if wanted, answers OCSP."""
        handler = partial(_Quiet, directory=str(self.folder))
        server = ThreadingHTTPServer(("127.0.0.1", self.crl_port), handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        responder = None
        try:
            responder = self._responder() if ocsp else None
            yield
        finally:
            if responder is not None:
                responder.kill()
                responder.communicate()
            server.shutdown()
            thread.join()
            server.server_close()

    def _responder(self) -> "subprocess.Popen[str]":
        command = ["openssl", "ocsp", "-port", str(self.ocsp_port), "-index", str(self.folder / "index.txt"),
                   "-CA", str(self.folder / "ca.pem"), "-rsigner", str(self.folder / "ca.pem"),
                   "-rkey", str(self.folder / "ca.key"), "-ndays", "1", "-ignore_err"]  # fmt: skip
        responder = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=self.folder
        )
        assert responder.stdout is not None
        for line in responder.stdout:
            if "waiting for OCSP client connections" in line:
                return responder
        raise AssertionError("openssl ocsp did not start")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None: ...
