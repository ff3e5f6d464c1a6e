"""One verified case at a CA that really signs, ready to be disturbed: made once, copied for every fault point.

The CA is the EJBCA-shaped server; what it has done is read from its own books, never from our answers.
"""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lockdesk.app import SystemClock
from lockdesk.core.cases import CaseState
from lockdesk.core.journal import GENESIS, JournalHead
from lockdesk.core.operations import OperationKind, OperationState
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.acting import SERIAL_TAIL
from lockdesk.desk.ports import Gateway, NamedBytes, Reader
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.people import Applicant
from lockdesk.errors import LockdeskError
from lockdesk.gateway.ejbca import EjbcaGateway, EjbcaSettings
from lockdesk.reader.sealed import SealedReader
from lockdesk.store import tables as t
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.threads import writing
from lockdesk.vault import Vault
from tests.crash import opening
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.office import office_settings
from tests.servers.ejbca import EjbcaServer

ROOT = b"\x07" * 32
MOST_ACTIONS = 14
CASE = 1
NAME, NIP, EMAIL = "Sekar Contohwati", "199002152019032999", "sekar@contoh.pekalongankota.go.id"
SCENARIOS = ("ocsp", "crl", "approval", "compromise")
"""Proved by OCSP; proved by the CRL; the CA waits for an approval; another reason of revocation."""


@contextmanager
def opened(folder: Path, settings: EjbcaSettings) -> Iterator[Desk]:
    """The desk of a profile in `folder`, as a start of the program would have it."""
    readers: list[SealedReader] = []

    def reader() -> Reader:
        readers.append(SealedReader())
        return readers[0]

    def gateway() -> Gateway:
        return EjbcaGateway(settings, SystemClock())

    try:
        with opening.opened(folder, ROOT, gateway, reader, post=None) as desk:
            yield desk
    finally:
        for made in readers:
            made.close()


@dataclass
class Ca:
    """The server with the old certificate, and the key that the case asks to be certified."""

    server: EjbcaServer
    old: x509.Certificate
    csr: bytes

    @classmethod
    def start(cls) -> "Ca":
        server = EjbcaServer()
        csr = make.request(make.ec_key(71), NAME)
        old = server.ca.issue_signing(x509.load_der_x509_csr(make.request(make.ec_key(70), NAME)))
        return cls(server, old, csr)

    def forget(self, approval: bool) -> None:
        """As before the first request."""
        server = self.server
        server.ca.issued = {self.old.serial_number: self.old}
        server.ca.revoked.clear()
        server.users.clear()
        server.waiting.clear()
        server.approval = approval

    @property
    def revoked(self) -> bool:
        return self.old.serial_number in self.server.ca.revoked

    @property
    def issued(self) -> list[bytes]:
        """The certificates on the case's key (DER)."""
        wanted = spki_sha256(self.request.public_key())
        return [
            item.public_bytes(Encoding.DER)
            for item in self.server.ca.issued.values()
            if spki_sha256(item.public_key()) == wanted
        ]

    @property
    def request(self) -> x509.CertificateSigningRequest:
        return x509.load_der_x509_csr(self.csr)

    def approve(self) -> None:
        for number in self.server.waiting:
            self.server.decide(number, "approved")


def spki_sha256(key: Any) -> str:
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def make_base(folder: Path, ca: Ca, settings: EjbcaSettings, compromise: bool) -> None:
    """A profile with one verified case, in `folder`."""
    folder.mkdir(parents=True)
    Vault(folder, ROOT).advance(JournalHead(0, GENESIS))
    with opened(folder, settings) as desk:
        desk.setup.save(office_settings(practice=False), "Contoh Petugas")
        applicant = Applicant(
            name=NAME, nip=NIP, email=EMAIL, agency="Dinas Contoh", serial=f"{ca.old.serial_number:X}"
        )
        received = desk.intake.receive_walk_in(applicant, (NamedBytes("kunci.csr", make.pem(ca.csr)),))
        assert received.case_id == CASE

        def verified() -> None:
            with writing():
                t.Case.update(state=CaseState.VERIFIED.value, compromised=compromise).execute()

        casebook = desk.casebook
        assert isinstance(casebook, SqlCasebook)
        casebook._writer.run(verified)


def copied(base: Path, folder: Path) -> Path:
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(base, folder)
    return folder


class Broken(AssertionError):
    """A fault point at which a promise was not kept."""


def act(desk: Desk) -> bool:
    """The officer's next action; False when there is none left. A refusal is no end: it is looked at again."""
    case = desk.reading.case(CASE)
    try:
        if case.open_operation() is not None:
            desk.operations.settle(CASE)
        elif case.state is CaseState.VERIFIED:
            desk.operations.revoke(CASE, case.applicant.serial[-SERIAL_TAIL:])
        elif case.state is CaseState.REVOKED:
            desk.operations.reissue(CASE)
        else:
            return False
    except LockdeskError:
        return True
    return True


def work(desk: Desk, ca: Ca) -> int:
    """The officer's work to the end; how many actions it took. Raises Broken when the case is stuck."""
    for count in range(MOST_ACTIONS):
        if not act(desk):
            return count
        case = desk.reading.case(CASE)
        require_noticed(case, ca)
        operation = case.open_operation()
        if operation is not None and operation.state is OperationState.AWAITING:
            ca.approve()
    raise Broken("stuck")


def require_noticed(case: CaseView, ca: Ca) -> None:
    """What the CA has done is either known, or there is an open operation that asks after it. Raises Broken."""
    operation = case.open_operation()
    kind = operation.kind if operation is not None else None
    if ca.revoked and case.state is CaseState.VERIFIED and kind is not OperationKind.REVOKE:
        raise Broken("revoked unnoticed")
    if ca.issued and case.state is not CaseState.ISSUED and kind is not OperationKind.REISSUE:
        raise Broken("issued unnoticed")


def require_whole(desk: Desk, ca: Ca) -> None:
    """Exactly one certificate, the old one revoked, nothing open, the journal whole. Raises Broken."""
    case = desk.reading.case(CASE)
    if len(ca.issued) != 1:
        raise Broken(f"{len(ca.issued)} certificates")
    if not ca.revoked:
        raise Broken("the old certificate is not revoked")
    if case.state is not CaseState.ISSUED or case.new_certificate is None or case.new_certificate.der != ca.issued[0]:
        raise Broken(f"the case is {case.state}")
    if desk.casebook.open_operations() or not desk.casebook.verify_journal().whole:
        raise Broken("an open operation, or a broken journal")
