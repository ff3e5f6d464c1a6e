"""What a person brings where the CA cannot be asked: the old certificate's holder, and the new certificate.

Source: the standard of service, component 2: on the portal route the applicant (or the officer) acts in the CA's
own system; the program checks everything that is brought and proves the result itself.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Never

from lockdesk.core.cases import CaseStep, steps_from
from lockdesk.core.identity import digits
from lockdesk.core.journal import JournalNote
from lockdesk.core.operations import OperationKind
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.holders import is_proved_of, known_person
from lockdesk.desk.office.office import Office
from lockdesk.desk.operations.acting import Operations
from lockdesk.desk.operations.asking import WAITING
from lockdesk.desk.operations.guide import RESET, CaWork, Steps, guide_steps
from lockdesk.desk.operations.proving import read_status
from lockdesk.desk.ports import Gateway, NamedBytes, Reader
from lockdesk.desk.requests.arrivals import holds_private_key
from lockdesk.desk.requests.kept_csr import key_of, stored_csr
from lockdesk.desk.requests.review import Review
from lockdesk.desk.requests.steps import REVIEWING
from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus
from lockdesk.desk.values.cases import CaseView, UsableCertificate
from lockdesk.errors import Declined, LockdeskError
from lockdesk.pki.certificates import issued_by, parse_certificate
from lockdesk.pki.pem import as_pem
from lockdesk.pki.values import CertificateFacts, KeyFacts, RevocationEntry, SubjectFacts, parse_serial
from lockdesk.records import dataclass
from lockdesk.words import _


@dataclass(frozen=True, slots=True)
class HolderForm:
    """The old certificate as the CA's portal shows it. `number` is the NIK or NIP there, "" where it shows none."""

    serial: str
    name: str
    number: str
    email: str
    valid_until: date


class Handwork:
    """Called on worker threads."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        reader: Reader,
        review: Review,
        operations: Operations,
        gateway: Callable[[], Gateway],
        steps: Steps,
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._reader = reader
        self._review = review
        self._operations = operations
        self._gateway = gateway
        self._steps = steps

    def ca_work(self, case: CaseView) -> CaWork:
        """How the CA of this case is worked with now, and the steps that wait for a person. Asks nobody."""
        operation = case.open_operation()
        if CaseStep.SEND_RESET in steps_from(case.state, case.route):
            # In the portal of any CA, however else it is reached: no protocol has this step.
            name = self._office.settings.office.ca_name
            return CaWork(by_hand=True, actor="officer", steps=guide_steps(self._steps, case, RESET, "officer", name))
        try:
            gateway = self._gateway()
        except LockdeskError:
            return CaWork()  # its settings or the keyring fail: the case is shown all the same
        if not gateway.by_hand:
            return CaWork(searches=gateway.searches)
        values = self._office.gateway_choice().values
        actor = values.get("actor") or "applicant"
        portal_url = values.get("portal_url", "")
        if operation is None or operation.state not in WAITING:
            return CaWork(gateway.searches, True, actor, portal_url)
        kind, name = operation.kind.value, self._office.settings.office.ca_name
        steps = guide_steps(self._steps, case, kind, actor, name, operation)
        issuing = operation.kind is OperationKind.REISSUE
        return CaWork(gateway.searches, True, actor, portal_url, steps, awaits_certificate=issuing)

    def csr_file(self, case_id: int) -> bytes:
        """The checked CSR as PEM, for the CA's portal; journalled as an export."""
        case = self._casebook.case(case_id)
        der = stored_csr(self._casebook, case)
        note = JournalNote("document.exported", {"document": "csr", "bytes": len(der)})
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, case_id=case_id))
        return as_pem(der, "CERTIFICATE REQUEST")

    # ── the old certificate ──
    def record_holder(self, case_id: int, form: HolderForm) -> None:
        """Records whom the portal shows as the old certificate's holder, then checks the case again.

        Raises Declined when the portal's serial is not the one in the letter, when without one there nothing but a
        name says that the certificate is the applicant's, or when the case is not under review.
        """
        case = self._reviewing(case_id)
        if not form.name.strip():
            raise Declined(_("Nama pemegang belum diisi."), _("Tulis seperti yang tampil di portal."))
        shown = parse_serial(form.serial)
        serials = shown & parse_serial(case.applicant.serial) or shown
        if not serials:
            raise _other_serial()
        issuer = parse_certificate(self._gateway().issuer_chain()[0]).subject
        until = datetime.combine(form.valid_until, time(23, 59, 59), self._office.zone).astimezone(UTC)
        name, email = " ".join(form.name.split()), form.email.strip().casefold()
        subject = SubjectFacts(name, common_name=name, email=email, serial_number=digits(form.number))
        # Nobody saw the certificate itself: no key, no beginning of validity, no digest.
        facts = CertificateFacts(max(serials), subject, issuer, KeyFacts("", 0, ""), until, until, "")
        _require_meant(case, facts)
        self._keep(case, facts, b"", "case.holder_recorded")

    def bring_old_certificate(self, case_id: int, files: Sequence[NamedBytes]) -> None:
        """Takes the old certificate itself, which the CA must have signed, then checks the case again."""
        case = self._reviewing(case_id)
        issuer = self._gateway().issuer_chain()[0]
        found = [(parse_certificate(der), der) for der in self._reader.read_certificates(files)]
        issued = [(facts, der) for facts, der in found if issued_by(der, issuer)]
        if not issued:
            raise _other_serial()
        meant = [item for item in issued if _is_meant(case, item[0])]
        facts, der = (meant or issued)[0]
        _require_meant(case, facts)
        self._keep(case, facts, der, "case.old_certificate_brought")

    def _reviewing(self, case_id: int) -> CaseView:
        case = self._casebook.case(case_id)
        if case.state not in REVIEWING:
            raise Declined(_("Kasus ini tidak sedang diperiksa."), code="case.not_reviewing")
        if self._operations.gateway_for(case).searches:
            raise Declined(_("Hal ini ditanyakan langsung kepada CA."), _("Periksa status ke CA."))
        return case

    def _keep(self, case: CaseView, facts: CertificateFacts, der: bytes, kind: str) -> None:
        status, entry = self._status(facts, bool(der))
        note = JournalNote(kind, {"serial": facts.serial_hex}, {"holder": facts.subject.text})
        writes = _kept(case, CertificateRecord(facts, der, status, entry))
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, writes, case_id=case.id))
        self._review.recheck_findings(case.id)

    def _status(self, facts: CertificateFacts, proved: bool) -> tuple[CertificateStatus, RevocationEntry | None]:
        """By what the CA signs now; where it cannot be asked, by the dates alone."""
        gateway, now = self._gateway(), self._office.now()
        entry = None
        try:
            answers = gateway.signed_status(facts.serial, facts if proved else None)
            entry = read_status(answers, facts.serial, gateway.issuer_chain()[0], now)
        except LockdeskError:
            entry = None
        if entry is not None:
            return CertificateStatus.REVOKED, entry
        return (CertificateStatus.EXPIRED if now > facts.not_after else CertificateStatus.GOOD), None

    # ── the new certificate ──
    def bring_certificate(self, case_id: int, files: Sequence[NamedBytes]) -> None:
        """Takes the new certificate from a file, a pasted text or the applicant's mail.

        Raises Declined when there is none in it, or none that fits the case; nothing is stored then.
        """
        case = self._casebook.case(case_id)
        self._operations.require_waiting(case)
        found, key = self._reader.read_certificates(files), key_of(case)
        # A bundle holds the CA's certificates too: those on the CSR's key are meant; without any the first one
        # tells what is wrong.
        # Without a CSR it is whatever is no CA's.
        facts = {der: parse_certificate(der) for der in found}
        fitting = [der for der in found if (facts[der].key.sha256 == key if key else not facts[der].is_ca)]
        if holds_private_key(self._reader.read_request(files)):
            self._burn(case, {key} if key else {facts[der].key.sha256 for der in fitting})
        if not found:
            raise Declined(
                _("Tidak ada sertifikat di dalamnya."),
                _("Masukkan berkas sertifikat (.cer, .crt, .pem, .p7b) atau e-mail yang melampirkannya."),
                code="certificate.none",
            )
        self._operations.take_certificate(case_id, fitting or found[:1])

    def _burn(self, case: CaseView, keys: Collection[str]) -> Never:
        """Somebody sent a private key: nothing of it is kept, and the keys that it may be count as known to others."""
        applicant = case.applicant
        burnt = tuple(c.AddKeyUse(key, "burnt", applicant.nik, applicant.nip) for key in sorted(keys))
        note = JournalNote("case.private_key_refused", {"key_sha256": " ".join(sorted(keys))})
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, burnt, case_id=case.id))
        raise Declined(
            _("Berkas memuat kunci privat dan tidak disimpan."),
            _(
                "Beri tahu pemohon bahwa kunci tersebut tidak boleh digunakan lagi: minta CA mencabut sertifikatnya, "
                "catat penerbitan ini tidak dilaksanakan, lalu minta CSR baru."
            ),
            code="certificate.private_key",
        )


def _is_meant(case: CaseView, facts: CertificateFacts) -> bool:
    """Whether it is the certificate whose serial the case names, or, where the letter names none, one of the
    applicant's by NIP, NIK or e-mail."""
    if facts.serial in parse_serial(case.applicant.serial):
        return True
    own = is_proved_of(facts.subject, known_person(case.applicant, case.register))
    return own and not case.facts.statement.fields.serial


def _require_meant(case: CaseView, facts: CertificateFacts) -> None:
    if _is_meant(case, facts):
        return
    if case.facts.statement.fields.serial:
        raise _other_serial()
    raise Declined(
        _("Pemegang ini belum terbukti pemohon: NIP, NIK, atau e-mailnya harus sama."),
        _("Cari di portal menurut NIP, NIK, atau e-mail dinas pemohon; nama saja tidak cukup."),
        code="holder.unproved",
    )


def _kept(case: CaseView, record: CertificateRecord) -> tuple[c.Write, ...]:
    """A certificate as one of the applicant's; it is the old one unless the case names another."""
    serial = record.facts.serial_hex
    others = tuple(item for item in case.usable if item.serial != serial)
    good = record.status is CertificateStatus.GOOD
    read = (UsableCertificate(serial, "portal", record.facts.not_after),) if good else ()
    writes: list[c.Write] = [c.SetUsable((*read, *others))]
    if not case.applicant.serial:
        writes.append(c.SetApplicant(replace(case.applicant, serial=serial)))
    if record.facts.serial in parse_serial(case.applicant.serial or serial):
        writes.append(c.SetOldCertificate(record))
    if record.der:
        # A key that was certified once is never certified again.
        writes.append(c.AddKeyUse(record.facts.key.sha256, "certificate", case.applicant.nik, case.applicant.nip))
    return tuple(writes)


def _other_serial() -> Declined:
    return Declined(
        _("Nomor seri sertifikat ini bukan nomor seri dalam permohonan."),
        _("Periksa nomor serinya; bila surat keliru, minta surat yang benar."),
        code="holder.serial",
    )
