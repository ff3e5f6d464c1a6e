"""Proof: a case moves only on what the CA signed about the old serial, or on the checked new certificate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from lockdesk.core.cases import CaseStep
from lockdesk.core.journal import Fact
from lockdesk.core.operations import REASON_NAMES, OperationKind, OperationState
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.holders import compare_holder, known_person, names_another
from lockdesk.desk.office.office import Office
from lockdesk.desk.operations.log import OperationLog, Proof
from lockdesk.desk.ports import Gateway
from lockdesk.desk.reasons import NO_REASON, recorded_words, required
from lockdesk.desk.requests.kept_csr import csr_to_certify
from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus, SignedStatus, StatusKind
from lockdesk.desk.values.cases import CaseView, OperationView
from lockdesk.desk.values.marks import Mark
from lockdesk.errors import Declined, LockdeskError, Refused, Unsettled
from lockdesk.pki.certificates import CLOCK_SKEW, check_issued, parse_certificate
from lockdesk.pki.revocation import apply_delta, read_crl, read_ocsp
from lockdesk.pki.values import CertificateFacts, RevocationEntry, parse_serial
from lockdesk.records import dataclass
from lockdesk.words import N_, _

PROBLEM_WORDS = {
    "unreadable": N_("sertifikat tidak dapat dibaca"),
    "key_mismatch": N_("kuncinya bukan kunci pada CSR"),
    "issuer_signature": N_("tidak ditandatangani CA yang dipilih"),
    "not_yet_valid": N_("belum berlaku"),
    "expired": N_("sudah habis masa berlakunya"),
    "is_ca": N_("sertifikat itu sertifikat CA"),
    "key_usage": N_("penggunaan kuncinya bukan tanda tangan"),
    "chain": N_("rantai sertifikat CA tidak utuh"),
    "subject": N_("pemegangnya bukan pemohon"),
    "serial": N_("nomor serinya sudah dipakai sertifikat lain"),
    "burnt": N_("kunci privatnya pernah ikut terkirim"),
    "revoked": N_("sudah dicabut"),
    "unproved": N_("NIP, NIK, atau e-mail pemohon tidak tercantum di dalamnya; nama saja tidak membuktikan"),
    "before_request": N_("masa berlakunya dimulai sebelum permohonan diterima"),
    "key_seen": N_("kuncinya pernah digunakan"),
    "old_serial": N_("nomor serinya nomor seri sertifikat lama"),
}


def serial_number(operation: OperationView) -> int:
    """The serial of the certificate that the operation revokes."""
    return int(operation.serial.replace(":", ""), 16)


def read_status(answers: Sequence[SignedStatus], serial: int, issuer: bytes, at: datetime) -> RevocationEntry | None:
    """What the CA signed about `serial`, every part checked; None when it is not revoked.

    Raises Refused (code "ocsp.…" or "crl.…") when a part is not the CA's, not fresh or not about this serial.
    """
    ocsp = [item.der for item in answers if item.kind is StatusKind.OCSP]
    lists = [item.der for item in answers if item.kind is StatusKind.CRL]
    if ocsp:
        answer = read_ocsp(ocsp[0], serial, issuer, at)
        if answer.status == "unknown":
            raise Refused(_("CA tidak mengenal nomor seri ini (OCSP)."), code="ocsp.unknown")
        return answer.entry
    if not lists:
        raise Refused(_("CA tidak memberikan bukti pencabutan."), code="status.none")
    base = read_crl(lists[0], issuer, at)
    entry = base.entry_for(serial)
    for item in answers:
        if item.kind is StatusKind.DELTA_CRL:
            entry = apply_delta(item.der, base, issuer, at, entry, serial)
    return entry


@dataclass(frozen=True, slots=True)
class RecordedRevocation:
    """A revocation as it was asked for and as the CA recorded it; the reasons by their names in RFC 5280."""

    asked: str
    asked_at: datetime
    found: str
    revoked_at: datetime


class Proving:
    """Called on worker threads."""

    def __init__(
        self, casebook: Casebook, office: Office, log: OperationLog, gateway: Callable[[CaseView], Gateway]
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._log = log
        self._gateway = gateway

    def prove(self, case_id: int) -> None:
        """Moves the case once its confirmed operation is proved. Raises Unsettled ("proof.missing": not yet;
        "proof.conflict": the CA recorded something else)."""
        case = self._casebook.case(case_id)
        operation = case.open_operation()
        if operation is None or operation.state is not OperationState.CONFIRMED:
            return
        kept = [data for kind, data in self._casebook.evidence(operation.id) if kind == "certificate"]
        proof = self.proof_of(case, operation, kept[-1] if kept else b"")
        self._log.proved(case, operation, proof)

    def proof_of(self, case: CaseView, operation: OperationView, certificate: bytes = b"") -> Proof:
        """The proof of a finished operation; raises Unsettled as `prove` does, and what the CA raises."""
        if operation.kind is OperationKind.REVOKE:
            return self._proof_of_revocation(case, operation)
        return self._proof_of_issuance(case, operation, certificate)

    def holder_status(self, case: CaseView) -> str:
        """What the CA's own service says of the applicant's certificate now: shown and kept, never a proof."""
        nik = case.applicant.nik
        return self._gateway(case).holder_status(nik) if nik else ""

    def _told_after(self, case: CaseView, operation: OperationView) -> tuple[c.Write, ...]:
        return holder_writes("after", self.holder_status(case), operation.id)

    def recorded(self, case_id: int) -> RecordedRevocation:
        """What the CA recorded beside what was asked for. Raises Declined where there is nothing to be decided."""
        case = self._casebook.case(case_id)
        operation = _unproved_revocation(case)
        entry, _answers = self.status_of(case, serial_number(operation))
        if entry is None:
            raise _no_conflict()
        asked = REASON_NAMES[operation.reason] if operation.reason is not None else NO_REASON
        return RecordedRevocation(asked, _asked_at(case, operation), entry.reason or NO_REASON, entry.revoked_at)

    def accept_record(self, case_id: int, reason: str) -> None:
        """The officer accepts that the CA recorded another reason or date of the revocation; journalled."""
        case, why = self._casebook.case(case_id), required(reason)
        operation = _unproved_revocation(case)
        self._log.proved(case, operation, self._proof_of_revocation(case, operation, accepted=why))

    # ── the old certificate ──
    def status_of(self, case: CaseView, serial: int) -> tuple[RevocationEntry | None, tuple[SignedStatus, ...]]:
        """What the CA signs about a serial now, checked, with the bytes themselves."""
        gateway = self._gateway(case)
        old = case.old_certificate
        proved = old.facts if old is not None and old.der and old.facts.serial == serial else None
        answers = gateway.signed_status(serial, proved)
        return read_status(answers, serial, gateway.issuer_chain()[0], self._office.now()), answers

    def _proof_of_revocation(self, case: CaseView, operation: OperationView, accepted: str = "") -> Proof:
        serial = serial_number(operation)
        entry, answers = self.status_of(case, serial)
        if entry is None:
            raise Unsettled(
                _("Pencabutan belum tercantum dalam daftar pencabutan CA."),
                _("Periksa status ke CA beberapa saat lagi."),
                code="proof.missing",
            )
        if not accepted:
            self._require_agreement(case, operation, entry)
        record = self._revoked_record(case, serial, entry)
        facts: dict[str, Fact] = {
            "serial": operation.serial,
            "reason": entry.reason or NO_REASON,
            "revoked_at": entry.revoked_at.isoformat(),
        }
        if accepted:
            facts["accepted"] = accepted
        writes: list[c.Write] = [c.AddEvidence(operation.id, item.kind.value, item.der) for item in answers]
        if record is not None:
            writes.append(c.SetOldCertificate(record))
        writes += self._told_after(case, operation)
        return Proof(CaseStep.PROVE_REVOKED, facts, tuple(writes))

    @staticmethod
    def _require_agreement(case: CaseView, operation: OperationView, entry: RevocationEntry) -> None:
        """Reason and date as asked for; raises Unsettled "proof.conflict"."""
        wanted = REASON_NAMES[operation.reason] if operation.reason is not None else NO_REASON
        found = entry.reason or NO_REASON
        if found != wanted:
            words = _("CA mencatat alasan {own_found} ({found}), bukan {own_wanted} ({wanted}).").format(
                own_found=recorded_words(found), found=found, own_wanted=recorded_words(wanted), wanted=wanted
            )
        elif entry.revoked_at < _asked_at(case, operation) - CLOCK_SKEW:
            words = _("Menurut CA sertifikat ini sudah dicabut sebelum diminta.")
        else:
            return
        raise Unsettled(
            words,
            _("Hubungi CA, lalu terima catatan CA dengan alasan atau tunggu perbaikannya."),
            code="proof.conflict",
        )

    def _revoked_record(self, case: CaseView, serial: int, entry: RevocationEntry) -> CertificateRecord | None:
        gateway = self._gateway(case)
        if gateway.searches:
            return gateway.find_by_serial(serial)
        if case.old_certificate is None or case.old_certificate.facts.serial != serial:
            return None
        return CertificateRecord(case.old_certificate.facts, case.old_certificate.der, CertificateStatus.REVOKED, entry)

    # ── the new certificate ──
    def problems_of(self, case: CaseView, der: bytes) -> tuple[str, ...]:
        """What is wrong with a certificate for this case, as names of PROBLEM_WORDS; empty when nothing is."""
        try:
            facts = parse_certificate(der)
        except Refused:
            return ("unreadable",)
        book, mark = self._casebook, serial_mark(facts)
        by_hand = self._gateway(case).by_hand
        csr, keys, marks = book.together(
            lambda: (
                csr_to_certify(book, case, by_hand),
                book.key_uses(facts.key.sha256, case.id),
                book.mark_uses((mark,), case.id),
            )
        )
        problems = check_issued(der, self._gateway(case).issuer_chain(), csr, self._office.now())
        person = asdict(case.applicant) if csr else known_person(case.applicant, case.register)
        if not csr:
            problems = (*problems, *_unlike_a_new_one(case, facts, bool(keys), person))
        if names_another(facts.subject, person):
            problems = (*problems, "subject")
        if any(use.use == "burnt" for use in keys):
            problems = (*problems, "burnt")
        if any(use.mark == mark for use in marks):
            problems = (*problems, "serial")
        return problems

    def problems_of_brought(self, case: CaseView, der: bytes) -> tuple[str, ...]:
        """The same of a certificate that a person brings: it may have been issued long before and be revoked.

        A CA that cannot be asked, or has not heard of it yet, says nothing against it.
        """
        if problems := self.problems_of(case, der):
            return problems
        facts, gateway = parse_certificate(der), self._gateway(case)
        try:
            answers = gateway.signed_status(facts.serial, facts)
            entry = read_status(answers, facts.serial, gateway.issuer_chain()[0], self._office.now())
        except LockdeskError:
            return ()
        return ("revoked",) if entry is not None else ()

    def _proof_of_issuance(self, case: CaseView, operation: OperationView, certificate: bytes) -> Proof:
        if not certificate:
            raise Unsettled(_("Sertifikat baru belum diterima."), _("Periksa status ke CA."), code="proof.missing")
        if problems := self.problems_of(case, certificate):
            raise Unsettled(
                _("Sertifikat dari CA tidak sesuai dengan permohonan: {problems}.").format(
                    problems=problem_words(problems)
                ),
                _("Jangan serahkan sertifikat ini; hubungi CA."),
                code="proof.conflict",
            )
        facts, applicant = parse_certificate(certificate), case.applicant
        return Proof(
            CaseStep.PROVE_ISSUED,
            {"serial": facts.serial_hex, "certificate_sha256": facts.sha256},
            (
                c.SetNewCertificate(CertificateRecord(facts, certificate, CertificateStatus.GOOD)),
                c.AddMarks((serial_mark(facts),)),
                c.AddKeyUse(facts.key.sha256, "certificate", applicant.nik, applicant.nip),
                *self._told_after(case, operation),
            ),
        )


def _unproved_revocation(case: CaseView) -> OperationView:
    operation = case.open_operation()
    if (
        operation is None
        or operation.kind is not OperationKind.REVOKE
        or operation.state is not OperationState.CONFIRMED
    ):
        raise _no_conflict()
    return operation


def _no_conflict() -> Declined:
    return Declined(_("Tidak ada catatan CA yang perlu diputuskan."), code="operation.no_conflict")


def _asked_at(case: CaseView, operation: OperationView) -> datetime:
    """When the case first asked for the revocation."""
    return min(item.started_at for item in (*case.operations, operation) if item.kind is OperationKind.REVOKE)


def _unlike_a_new_one(
    case: CaseView, facts: CertificateFacts, key_seen: bool, person: Mapping[str, str]
) -> tuple[str, ...]:
    """What speaks against a certificate on a key that nobody saw before: with a CSR the key itself would prove it."""
    old = case.old_certificate
    listed = case.register.serials if case.register is not None else ()
    known = {*listed, *(item.serial for item in case.usable), *(item.serial for item in case.operations)}
    wrong = (
        ("unproved", not compare_holder(facts.subject, person).agreeing),
        # A certificate tells whole seconds only.
        ("before_request", facts.not_before < case.received_at.replace(microsecond=0)),
        ("key_seen", key_seen or (old is not None and old.facts.key.sha256 == facts.key.sha256)),
        ("old_serial", facts.serial_hex in known or facts.serial in parse_serial(case.applicant.serial)),
    )
    return tuple(name for name, is_wrong in wrong if is_wrong)


def holder_writes(moment: str, words: str, operation_id: int = c.CREATED) -> tuple[c.Write, ...]:
    """What the CA's service said of the holder, as it is kept with an operation; nothing where it has none."""
    return (c.AddEvidence(operation_id, "holder_status", f"{moment} {words}".encode()),) if words else ()


def serial_mark(facts: CertificateFacts) -> Mark:
    """By which a serial is known again: one issuer never gives it twice (RFC 5280 section 4.1.2.2)."""
    return Mark("serial", facts.serial_hex, facts.issuer.text)


def problem_words(problems: Sequence[str]) -> str:
    """The problems of an issued certificate in Indonesian."""
    return "; ".join(_(PROBLEM_WORDS[name]) for name in problems)
