"""Every way in which the program asks a CA, against every server of `servers`, with the books kept."""

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from lockdesk.desk.ports import Gateway
from lockdesk.errors import LockdeskError
from lockdesk.gateway.cmp.gateway import CmpGateway, CmpSettings
from lockdesk.gateway.django_ca import DjangoCaGateway, DjangoCaSettings
from lockdesk.gateway.ejbca import EjbcaGateway, EjbcaSettings
from lockdesk.gateway.esign import ClientService
from lockdesk.gateway.status import StatusSource
from lockdesk.gateway.web import Connection, Web
from lockdesk.pki.certificates import load_certificate
from tests.helpers.authority.orders import StillClock, order
from tests.hostile.pulse import STALL_SECONDS, Pulse, stall_of
from tests.servers.small_ca import PASSPHRASE, SmallCa

SECONDS = 0.4
"""The time that each call is given."""
LATE_SECONDS = 1.0
"""Beyond its time, on a busy machine, with what was read still to be judged."""
MEMORY_BYTES = 512 << 20
"""The whole process may hold that much more than before: three answers of the largest size, and room."""


@dataclass
class WebBooks:
    """What became of the calls. `escaped`: exceptions that are none of ours."""

    known: int = 0
    """Servers that there are; `servers` of them were asked."""
    servers: int = 0
    calls: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    escaped: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    stalls: list[str] = field(default_factory=list)
    longest: float = 0.0
    worst: str = ""
    slowest: float = 0.0
    grown: int = 0

    @property
    def holds(self) -> bool:
        return not (self.escaped or self.late or self.stalls) and self.grown <= MEMORY_BYTES

    def words(self) -> str:
        return "\n".join(
            [
                f"servers {self.servers}, calls {self.calls}, exceptions in the caller {len(self.escaped)}",
                f"calls over {SECONDS:g} s and {LATE_SECONDS:g} more: {len(self.late)}, slowest {self.slowest:.2f} s",
                f"longest stall {self.longest * 1000:.0f} ms of {STALL_SECONDS * 1000:.0f}: {self.worst}",
                f"memory grown by {self.grown >> 20} MiB of {MEMORY_BYTES >> 20}",
                *(f"  {name}: {count}" for name, count in sorted(self.outcomes.items())),
                *self.escaped[:20],
                *self.late[:20],
                *self.stalls[:20],
            ]
        )


@contextmanager
def running() -> Iterator[dict[str, int]]:
    """The servers' ports by their names."""
    command = [sys.executable, "-m", "tests.hostile.servers"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.stdin.close()
            process.wait()


def callers() -> dict[str, Callable[[str], object]]:
    """Every kind of client, as a call to an address."""
    ca, clock = SmallCa("CA Uji Serang"), StillClock()
    issuer = load_certificate(ca.pem).public_bytes(Encoding.DER)
    plain = Connection("", seconds=SECONDS)
    signed: dict[str, Any] = {"url": "", "chain_pem": ca.pem, "pkcs12": ca.client_pkcs12(), "passphrase": PASSPHRASE}
    at_cmp = CmpSettings(**signed, seconds=SECONDS)
    at_ejbca = EjbcaSettings(**signed, seconds=SECONDS, authority="CA", certificate_profile="p", end_entity_profile="p")
    at_django = DjangoCaSettings(url="", chain_pem=ca.pem, user="a", password="b", seconds=SECONDS)

    def status(**kinds: str) -> tuple[object, ...]:
        source = StatusSource(plain, issuer, **kinds)
        try:
            return source.signed_status(7)
        finally:
            source.close()

    def esign(url: str) -> str:
        service = ClientService(url, "a", "b", "", SECONDS)
        try:
            return service.holder_status("3375990101900001")
        finally:
            service.close()

    def changing(url: str) -> object:
        with Web(replace(plain, url=url)) as web:
            return web.post("/", b"{}", changes=True)

    def of(make_gateway: Callable[[str], Gateway], act: Callable[[Gateway], object]) -> Callable[[str], object]:
        def call(url: str) -> object:
            gateway = make_gateway(url)
            try:
                return act(gateway)
            finally:
                gateway.close()

        return call

    def ejbca(url: str) -> Gateway:
        return EjbcaGateway(replace(at_ejbca, url=url), clock)

    def django(url: str) -> Gateway:
        return DjangoCaGateway(replace(at_django, url=url), clock)

    return {
        "crl": lambda url: status(crl_url=url),
        "ocsp": lambda url: status(ocsp_url=url),
        "esign": esign,
        "changing": changing,
        "cmp": of(lambda url: CmpGateway(replace(at_cmp, url=url), clock), lambda gateway: gateway.enrol(order())),
        "django": of(django, lambda gateway: gateway.find_by_serial(7)),
        "django order": of(django, lambda gateway: gateway.poll("x")),
        "django keys": of(django, lambda gateway: gateway.find_by_key("a" * 64)),
        "ejbca": of(ejbca, lambda gateway: gateway.find_by_serial(7)),
        "ejbca order": of(ejbca, lambda gateway: gateway.enrol(order())),
    }


def storm(every: int = 1) -> WebBooks:
    """Every `every`-th server is asked by two kinds of client in turn, one call at a time."""
    books, known = WebBooks(), callers()
    kinds = list(known)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with running() as ports, Pulse() as pulse:
        books.known = len(ports)
        for number, (name, port) in enumerate(list(ports.items())[::every]):
            books.servers += 1
            for kind in (kinds[number % len(kinds)], kinds[(number + 3) % len(kinds)]):
                _call(
                    books,
                    pulse,
                    f"{kind} of one that {name}",
                    partial(known[kind], f"http://127.0.0.1:{port}/"),
                )
    books.grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    return books


def _call(books: WebBooks, pulse: Pulse, name: str, call: Callable[[], object]) -> None:
    outcomes: list[str] = []
    slowest = 0.0

    def work() -> None:
        nonlocal slowest
        started = time.perf_counter()
        try:
            call()
            outcomes.append("answered")
        except LockdeskError as error:
            outcomes.append(error.code)
        finally:
            slowest = max(slowest, time.perf_counter() - started)

    try:
        stall = stall_of(pulse, work)
    except Exception as error:
        books.escaped.append(f"{name}: {type(error).__name__}: {error}"[:300])
        return
    books.calls += 1
    books.outcomes[outcomes[0]] += 1
    books.slowest = max(books.slowest, slowest)
    if stall > books.longest:
        books.longest, books.worst = stall, name
    if slowest > SECONDS + LATE_SECONDS:
        books.late.append(f"{name}: {slowest:.2f} s")
    if stall > STALL_SECONDS:
        books.stalls.append(f"{name}: {stall * 1000:.0f} ms")
