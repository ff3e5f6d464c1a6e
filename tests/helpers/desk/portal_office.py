"""A working profile that reaches a CA by its portal, closed and opened again at will."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

import keyring
from keyring.backends.fail import Keyring as NoKeyring

from lockdesk.app import OpenProfile, ProfileStart, SystemClock
from lockdesk.desk.desk import Desk
from lockdesk.desk.office.gateway_fields import GatewayChoice
from lockdesk.desk.ports import Clock, NamedBytes
from lockdesk.resource import resource
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.openssl_ca import OpensslCa
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.portal import NEW_SERIAL, SERIAL, connect, csr_of, subject, waiting_for_certificate
from tests.helpers.desk.register import import_register

PASSPHRASE = "frasa sandi kantor"


class PortalOffice:
    """One profile folder and its CA; `desk` is the open one."""

    def __init__(self, folder: Path, ca: OpensslCa, clock: Clock | None = None) -> None:
        self.folder, self.ca, self.clock = folder, ca, clock or SystemClock()
        self._opened: OpenProfile | None = None

    @property
    def desk(self) -> Desk:
        assert self._opened is not None
        return self._opened.desk

    def open(self) -> Desk:
        settings = office_settings(practice=False)
        self._opened = OpenProfile(ProfileStart(self.folder, False, PASSPHRASE, settings), self.clock)
        return self.desk

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def again(self) -> Desk:
        """As after the computer was switched off; what was open is asked after, as at every start."""
        self.close()
        desk = self.open()
        desk.operations.reconcile()
        return desk

    def switch(self, identifier: str = "portal", **values: str) -> None:
        """Another way to the CA, or other values of the same."""
        assert self.desk.connecting is not None
        known = {"chain_pem": self.ca.pem, "ocsp_url": self.ca.ocsp_url, "crl_url": self.ca.crl_url}
        self.desk.connecting.save(GatewayChoice(identifier, known | values))


@contextmanager
def portal_office(folder: Path, ca: OpensslCa, clock: Clock | None = None) -> Iterator[PortalOffice]:
    """Settled in: the samples' people are in the register, the portal of `ca` is connected."""
    previous = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    office = PortalOffice(folder, ca, clock)
    try:
        shutil.copytree(_settled_in(None if clock is None else clock.now()), folder, dirs_exist_ok=True)
        connect(office.open(), ca)
        yield office
    finally:
        office.close()
        keyring.set_keyring(previous)


@cache
def _settled_in(at: datetime | None) -> Path:
    """A working profile that knows the samples' people, closed again: a copy is as fresh, and its keys are derived
    once."""
    folder = Path(tempfile.mkdtemp(prefix="lockdesk-"))
    atexit.register(shutil.rmtree, folder)
    clock = SystemClock() if at is None else SetClock(at)
    with OpenProfile(ProfileStart(folder, False, PASSPHRASE, office_settings(practice=False)), clock) as opened:
        import_register(opened.desk, resource("samples/register.xlsx").read_bytes())
    return folder


@contextmanager
def serving_ca(folder: Path) -> Iterator[OpensslCa]:
    """The office's CA, that has certified the first sample's applicant."""
    ca = office_ca(folder)
    ca.issue(make.pem(make.request(make.ec_key(41))), subject(), SERIAL)
    with ca.serving():
        yield ca


def office_ca(folder: Path) -> OpensslCa:
    """The same for every office, with books of its own. A stranger or a forger is an `OpensslCa` by itself."""
    return OpensslCa(folder, _authority())


@cache
def _authority() -> OpensslCa:
    """Its key is made once: OpenSSL looks for its primes a fifth of a second."""
    folder = Path(tempfile.mkdtemp(prefix="lockdesk-"))
    atexit.register(shutil.rmtree, folder)
    return OpensslCa(folder)


def bring(desk: Desk, case_id: int, content: bytes, name: str = "baru.cer") -> None:
    desk.handwork.bring_certificate(case_id, (NamedBytes(name, content),))


def issued(office: PortalOffice) -> int:
    """The first sample's case up to the new certificate; what is owed meanwhile is not sent yet."""
    desk, ca = office.desk, office.ca
    case_id = waiting_for_certificate(desk, ca)
    new = ca.issue(csr_of(desk, case_id), subject(), NEW_SERIAL)
    desk.handwork.bring_certificate(case_id, (NamedBytes("baru.cer", new),))
    return case_id
