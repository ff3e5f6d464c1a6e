"""A certificate that is dropped anywhere: the case that waits for it, found by what the certificate says.

Nothing is decided here: it goes into the proof that the case would ask for anyway.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lockdesk.core.operations import OperationKind
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.holders import compare_holder, known_person
from lockdesk.desk.operations.asking import WAITING
from lockdesk.desk.operations.handwork import Handwork
from lockdesk.desk.ports import NamedBytes, Reader
from lockdesk.desk.requests.arrivals import MOST_WAITING
from lockdesk.desk.requests.steps import REVIEWING
from lockdesk.desk.values.cases import CaseFilter, CaseView
from lockdesk.desk.values.tray import AwaitedCertificate
from lockdesk.errors import Declined
from lockdesk.pki.certificates import parse_certificate
from lockdesk.pki.values import CertificateFacts, parse_serial
from lockdesk.words import _


class ArrivingCertificates:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, reader: Reader, handwork: Handwork) -> None:
        self._casebook = casebook
        self._reader = reader
        self._handwork = handwork

    def waiting_for(self, files: Sequence[NamedBytes]) -> tuple[AwaitedCertificate, ...]:
        """The cases that may wait for what is in these files. Raises Declined where there are none."""
        own = self.read(files)
        awaited = self.awaiting(own)
        if not awaited:
            raise Declined(
                not_awaited(own),
                _("Bila ini milik pemohon suatu kasus, buka kasusnya lalu masukkan sertifikatnya dari sana."),
                code="certificate.not_awaited",
            )
        return awaited

    def read(self, files: Sequence[NamedBytes]) -> tuple[CertificateFacts, ...]:
        """The certificates in files; of a bundle, which holds the CA's too, those that are no CA's."""
        found = tuple(parse_certificate(der) for der in self._reader.read_certificates(files))
        return tuple(facts for facts in found if not facts.is_ca) or found

    def awaiting(self, own: Sequence[CertificateFacts]) -> tuple[AwaitedCertificate, ...]:
        """The cases that may wait for one of these. The key of a case's CSR tells it alone; else NIP, NIK or e-mail in
        the certificate, or the serial that a letter names."""
        cases = dict(self._waiting()) if own else {}
        keys = {facts.key.sha256 for facts in own}
        by_key = [
            replace(item, by_key=True)
            for item, case in cases.items()
            if not item.old and any(op.key_sha256 in keys for op in case.operations if op.state in WAITING)
        ]
        return tuple(by_key or (item for item, case in cases.items() if any(_fits(item, case, facts) for facts in own)))

    def _waiting(self) -> Iterator[tuple[AwaitedCertificate, CaseView]]:
        for operation in self._casebook.open_operations():
            if operation.kind is OperationKind.REISSUE and operation.state in WAITING:
                row = self._casebook.row(operation.case_id)
                yield AwaitedCertificate(row, False), self._casebook.case(row.id)
        for row in self._casebook.page(CaseFilter.NEEDS_ACTION, None, MOST_WAITING).rows:
            if row.state in REVIEWING:
                case = self._casebook.case(row.id)
                seen = case.old_certificate is not None and bool(case.old_certificate.der)
                if not seen and not self._handwork.ca_work(case).searches:
                    yield AwaitedCertificate(row, True), case

    def bring(self, awaited: AwaitedCertificate, files: Sequence[NamedBytes]) -> None:
        """Into the proof of that case; raises Declined as that does."""
        take = self._handwork.bring_old_certificate if awaited.old else self._handwork.bring_certificate
        take(awaited.row.id, files)


def _fits(item: AwaitedCertificate, case: CaseView, facts: CertificateFacts) -> bool:
    named = item.old and facts.serial in parse_serial(case.applicant.serial)
    return named or compare_holder(facts.subject, known_person(case.applicant, case.register)).agreeing


def not_awaited(found: Sequence[CertificateFacts]) -> str:
    """Whose certificate it is that nobody waits for."""
    names = dict.fromkeys(facts.subject.common_name or facts.subject.text for facts in found)
    return _("Ini sertifikat {holder}, dan tidak ada kasus yang menunggunya.").format(holder=", ".join(names))
