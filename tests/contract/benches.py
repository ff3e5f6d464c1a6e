"""Every gateway with a CA behind it that really works, ready for the contract tests."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from cryptography import x509

from lockdesk.desk.ports import Gateway
from lockdesk.gateway.cmp import CmpGateway
from lockdesk.gateway.cmp.messages import P10CR
from lockdesk.gateway.django_ca import DjangoCaGateway, DjangoCaSettings
from lockdesk.gateway.ejbca import EjbcaGateway
from lockdesk.gateway.portal import PortalGateway, PortalSettings
from lockdesk.gateway.training import TrainingGateway
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.openssl_ca import OpensslCa
from tests.helpers.authority.orders import SERIAL, StillClock, new_key, old_certificate, request
from tests.servers import django_ca
from tests.servers.ejbca import EjbcaServer
from tests.servers.openssl_cmp import CmpServer
from tests.servers.small_ca import SmallCa
from tests.servers.web import status_server


class BenchClock(Protocol):
    def now(self) -> datetime: ...
    def forward(self, span: timedelta) -> None: ...


class RunningClock:
    """The clock that real servers share; nobody moves it."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def forward(self, span: timedelta) -> None:
        """Nothing: the server's clock would not follow."""


class Servers:
    """Servers that take seconds to start, started once."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders = folders
        self._django_ca: django_ca.DjangoCaServer | None = None

    def django_ca(self) -> django_ca.DjangoCaServer:
        if self._django_ca is None:
            self._django_ca = django_ca.start(self._folders.mktemp("django-ca"))
        return self._django_ca

    def stop(self) -> None:
        if self._django_ca is not None:
            self._django_ca.stop()


@dataclass
class Bench:
    """A gateway with one known, valid certificate: `serial` on `known_key`. `new_key` is still uncertified.

    `orders_seen` counts what asked the CA for a certificate. A CA that does not `remember` is a mock that
    carries nothing out.
    """

    gateway: Gateway
    serial: int
    clock: BenchClock
    close: Callable[[], None]
    orders_seen: Callable[[], int]
    known_key: make.Key
    new_key: make.Key = field(default_factory=new_key)
    remembers: bool = True
    person: Callable[[int], None] = lambda serial: None
    """What a person does in the portal of a gateway that works by hand: revokes as superseded."""


def training(folder: Path, _servers: Servers) -> Bench:
    clock, key = StillClock(), new_key()
    gateway = TrainingGateway.open(folder / "ca.ledger", bytes(32), clock, [old_certificate(key)])
    seen = gateway._books.by_key  # one entry a certified key: this CA is part of the program
    return Bench(gateway, SERIAL, clock, gateway.close, lambda: len(seen), key)


def django_ca_settings(server: django_ca.DjangoCaServer) -> DjangoCaSettings:
    return DjangoCaSettings(
        url=server.url, chain_pem=server.chain_pem, user=django_ca.USER, password=django_ca.PASSWORD
    )


def django_ca_bench(_folder: Path, servers: Servers) -> Bench:
    server, clock, key = servers.django_ca(), RunningClock(), new_key()
    gateway = DjangoCaGateway(django_ca_settings(server), clock)
    known = server.issue(make.request(key))
    return Bench(gateway, known, clock, gateway.close, lambda: server.requests("/sign/"), key)


def ejbca_bench(_folder: Path, _servers: Servers) -> Bench:
    server, clock, key = EjbcaServer(), RunningClock(), new_key()
    gateway = EjbcaGateway(server.settings(), clock)
    known = server.ca.issue_signing(x509.load_der_x509_csr(make.request(key))).serial_number

    def close() -> None:
        gateway.close()
        server.stop()

    return Bench(gateway, known, clock, close, lambda: server.asked("pkcs10enroll"), key)


def cmp_bench(folder: Path, _servers: Servers) -> Bench:
    """The mock knows one certificate, which it gives to everybody: the known one is the new one."""
    clock, key, ca = RunningClock(), new_key(), SmallCa("CA Uji CMP")
    status = status_server(ca)
    certificate = ca.issue_signing(x509.load_der_x509_csr(request(key)))
    server = CmpServer(folder, ca, certificate)
    gateway = CmpGateway(server.settings(), clock)

    def close() -> None:
        gateway.close()
        server.stop()
        status.stop()

    serial = certificate.serial_number
    return Bench(gateway, serial, clock, close, lambda: server.asked(P10CR), key, key, remembers=False)


def portal_bench(folder: Path, _servers: Servers) -> Bench:
    """OpenSSL's CA, whose portal is a person at its command line."""
    clock, key, ca = RunningClock(), new_key(), OpensslCa(folder / "openssl")
    ca.issue(make.pem(request(key)), "/C=ID/CN=Sekar Contohwati", SERIAL)
    stack = ExitStack()
    stack.enter_context(ca.serving())
    settings = PortalSettings("CA uji", ca.pem.encode(), ocsp_url=ca.ocsp_url, crl_url=ca.crl_url)
    gateway = PortalGateway(settings, clock)
    stack.callback(gateway.close)
    return Bench(gateway, SERIAL, clock, stack.close, ca.issued, key, person=ca.revoke)


BENCHES: dict[str, Callable[[Path, Servers], Bench]] = {
    "training": training,
    "django_ca": django_ca_bench,
    "ejbca": ejbca_bench,
    "cmp": cmp_bench,
    "portal": portal_bench,
}
