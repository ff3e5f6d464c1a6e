"""Revocation and reissue: intent → call → outcome, so that no crash and no lost answer does harm.

(1) one transaction stores the intent; (2) the call; (3) one transaction stores what was learnt: confirmed,
refused, waiting, or *unsettled*. An unsettled operation is never repeated: the CA is asked.
The case moves only on proof: the CA's signed CRL, or the checked certificate itself.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import replace

from lockdesk.core.cases import CaseStep, Route, rule_for
from lockdesk.core.findings import Verdict
from lockdesk.core.identity import NameMatch, compare_names
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.operations import (
    REASON_NAMES,
    OperationEvent,
    OperationKind,
    OperationState,
    RevocationReason,
)
from lockdesk.core.service_hours import due_with_pauses
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.person import check_owner
from lockdesk.desk.gathering import Gathering
from lockdesk.desk.office import Office
from lockdesk.desk.ports import (
    CertificateRecord,
    CertificateStatus,
    CheckItem,
    EnrolmentOrder,
    Gateway,
    Issued,
    RevocationOrder,
    Waiting,
)
from lockdesk.desk.review import key_of
from lockdesk.desk.views import CaseView, OperationView, Preflight
from lockdesk.errors import Declined, LockdeskError, Refused, Unreachable, Unsettled
from lockdesk.pki.certificates import check_issued, parse_certificate
from lockdesk.pki.revocation import read_crl
from lockdesk.words import _

SERIAL_TAIL = 6


def serial_tail(record: CertificateRecord) -> str:
    """The last six hex digits of the CA's serial, which the officer retypes."""
    return f"{record.facts.serial:X}".zfill(SERIAL_TAIL)[-SERIAL_TAIL:]


def reason_for(case: CaseView) -> RevocationReason:
    """superseded when a replacement follows, keyCompromise when somebody else may know the passphrase."""
    if case.compromised:
        return RevocationReason.KEY_COMPROMISE
    if case.route == "revoke_only":
        return RevocationReason.CESSATION_OF_OPERATION
    return RevocationReason.SUPERSEDED


class Operations:
    """The two actions that cannot be taken back. Called on worker threads."""

    def __init__(
        self, casebook: Casebook, office: Office, gathering: Gathering, gateway: Callable[[], Gateway]
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._gathering = gathering
        self._gateway = gateway
        self._calling: set[int] = set()
        """Cases whose call is under way in this process: to ask after them would misread them as lost."""

    def answer_through(self, gateway: Gateway) -> None:
        """Lets all further calls pass through `gateway`: for rehearsing faults on the same desk."""
        self._gateway = lambda: gateway

    # ── before ──
    def preflight(self, case_id: int) -> Preflight:
        """Proves that reissue can be asked for before anything is revoked. Changes nothing."""
        case = self._casebook.case(case_id)
        holder: CertificateRecord | None = None
        try:
            csr = self._csr(case)
            items = list(self._gateway_for(case).preflight(csr))
            records = self._gathering.old_certificates(case.applicant.serial)
            holder = records[0] if records else None
            items += self._holder_items(case, records)
        except LockdeskError as error:
            items = [CheckItem("reachable", False, str(error))]
        ready = bool(items) and all(item.ok for item in items)
        return Preflight(case_id, tuple(items), ready, holder, reason_for(case))

    def _holder_items(self, case: CaseView, records: tuple[CertificateRecord, ...]) -> list[CheckItem]:
        if len(records) != 1:
            return [CheckItem("holder", False, _("Sertifikat lama tidak ditemukan di CA."))]
        evidence = self._gathering.evidence(case.facts, case.applicant, case.received_at, case.id)
        owner = check_owner(evidence, records[0])
        refused = owner.verdict is Verdict.FAIL
        items = [CheckItem("holder", not refused, owner.evidence)]
        if records[0].status is CertificateStatus.EXPIRED:
            items.append(CheckItem("status", False, _("Sertifikat lama sudah habis masa berlakunya.")))
        return items

    def _gateway_for(self, case: CaseView) -> Gateway:
        gateway = self._gateway()
        if gateway.identifier != case.gateway:
            raise Declined(
                _("Kasus ini dimulai dengan CA lain dan tidak dapat dilanjutkan dengan CA ini."),
                _("Kembalikan pengaturan CA."),
                code="gateway.mixed",
            )
        return gateway

    def _csr(self, case: CaseView) -> bytes:
        found = [item for item in case.documents if item.role == "csr_der" and item.stored]
        if not found:
            raise Declined(_("Kasus ini tidak mempunyai CSR."), _("Minta CSR kepada pemohon."), code="csr.none")
        der = self._casebook.document(found[-1].id)
        accepted = case.facts.csr.facts
        if accepted is None or hashlib.sha256(der).hexdigest() != accepted.der_sha256:
            raise Declined(
                _("CSR yang tersimpan bukan CSR yang diperiksa."), _("Periksa ulang kasus ini."), code="csr.swapped"
            )
        return der

    # ── revoke ──
    def revoke(self, case_id: int, retyped: str) -> None:
        """Revokes the old certificate. `retyped`: the last six hex digits of the CA's serial.

        Raises Declined (nothing was sent), Refused, Unreachable, or Unsettled (then ask with `settle`).
        """
        case = self._casebook.case(case_id)
        rule_for(case.state, CaseStep.PROVE_REVOKED)
        preflight = self.preflight(case_id)
        holder = preflight.holder
        if not preflight.ready or holder is None:
            failing = "; ".join(item.words for item in preflight.items if not item.ok)
            raise Declined(_("Pencabutan belum dapat dilakukan: {why}").format(why=failing), code="preflight")
        if retyped.replace(":", "").replace(" ", "").upper() != serial_tail(holder):
            raise Declined(
                _("Enam digit terakhir nomor seri tidak cocok."),
                _("Ketik ulang menurut catatan CA."),
                code="serial.mismatch",
            )
        reason = preflight.reason
        operation = self._intend(case, OperationKind.REVOKE, holder.facts.serial_hex, reason)
        order = RevocationOrder(operation.request_id, holder.facts.issuer.text, holder.facts.serial, reason)
        self._call(case, operation, lambda gateway: gateway.revoke(order))

    # ── reissue ──
    def reissue(self, case_id: int) -> None:
        """Asks for the new certificate on the checked CSR. Raises as `revoke` does."""
        case = self._casebook.case(case_id)
        rule_for(case.state, CaseStep.PROVE_ISSUED)
        if case.route is Route.REVOKE_ONLY:
            raise Declined(_("Kasus ini hanya meminta pencabutan."), code="operation.route")
        csr, applicant = self._csr(case), case.applicant
        # An order that reached the CA late is this case's certificate: it is taken, never asked for again.
        late = self._gateway_for(case).find_by_key(key_of(case))
        operation = self._intend(case, OperationKind.REISSUE, "", None)
        if late:
            self._answered(case, operation, Issued(late[0].der, ()), OperationEvent.ANSWERED_DONE)
            return
        order = EnrolmentOrder(
            operation.request_id,
            csr,
            applicant.name,
            applicant.agency,
            applicant.email,
            applicant.nip or applicant.nik,
        )
        self._call(case, operation, lambda gateway: gateway.enrol(order))

    # ── intent, call, outcome ──
    def _intend(
        self, case: CaseView, kind: OperationKind, serial: str, reason: RevocationReason | None
    ) -> OperationView:
        key = key_of(case)
        request_id = secrets.token_hex(16)
        gateway = self._gateway_for(case)
        write = c.NewOperation(request_id, kind, gateway.identifier, serial, key, reason)
        public: dict[str, Fact] = {"request_id": request_id, "kind": kind.value, "key_sha256": key}
        if serial:
            public["serial"] = serial
        if reason is not None:
            public["reason"] = REASON_NAMES[reason]
        self._commit(case, JournalNote("operation.intended", public), write)
        operation = self._operation(case.id, request_id)
        self._learn(case, operation, OperationEvent.SEND, "")
        return self._operation(case.id, request_id)

    def _operation(self, case_id: int, request_id: str) -> OperationView:
        operations = self._casebook.case(case_id).operations
        return next(item for item in operations if item.request_id == request_id)

    def _call(
        self, case: CaseView, operation: OperationView, call: Callable[[Gateway], Issued | Waiting | None]
    ) -> None:
        self._calling.add(case.id)
        try:
            answer = call(self._gateway_for(case))
        except Refused as error:
            self._learn(case, operation, OperationEvent.ANSWERED_NO, str(error))
            raise
        except Unreachable as error:
            self._learn(case, operation, OperationEvent.NEVER_LEFT, str(error))
            raise
        except Unsettled as error:
            self._learn(case, operation, OperationEvent.ANSWER_LOST, str(error))
            raise
        except Exception:
            words = _("Jawaban CA tidak dapat dibaca.")
            self._learn(case, operation, OperationEvent.ANSWER_LOST, words)
            raise
        finally:
            self._calling.discard(case.id)
        self._answered(case, operation, answer, OperationEvent.ANSWERED_DONE)

    def _answered(
        self,
        case: CaseView,
        operation: OperationView,
        answer: Issued | Waiting | None,
        done: OperationEvent,
    ) -> None:
        if isinstance(answer, Waiting):
            words = answer.words or _("CA menunggu persetujuan.")
            self._learn(
                case, operation, OperationEvent.ANSWERED_WAITING, words, c.StartPause("ca"),
                reference=answer.reference,
            )  # fmt: skip
            return
        evidence: tuple[c.Write, ...] = ()
        if isinstance(answer, Issued):
            evidence = (c.AddEvidence(operation.id, "certificate", answer.certificate_der),)
        self._learn(case, operation, done, _("CA menjawab selesai."), *evidence)
        self.prove(case.id)

    def _learn(
        self,
        case: CaseView,
        operation: OperationView,
        event: OperationEvent,
        words: str,
        *writes: c.Write,
        reference: str = "",
    ) -> None:
        note = JournalNote(
            f"operation.{event.value}", {"kind": operation.kind.value, "request_id": operation.request_id}
        )
        self._commit(case, note, c.MoveOperation(operation.id, event, words, reference), *writes)

    def _commit(self, case: CaseView, note: JournalNote, *writes: c.Write) -> None:
        change = c.Change(self._office.now(), self._office.actor(), note, writes, case_id=case.id)
        self._casebook.commit(change)

    # ── proof ──
    def prove(self, case_id: int) -> None:
        """Moves the case once the CA's signed word, or the certificate itself, proves the operation."""
        case = self._casebook.case(case_id)
        operation = case.open_operation()
        if operation is None or operation.state is not OperationState.CONFIRMED:
            return
        if operation.kind is OperationKind.REVOKE:
            self._prove_revoked(case, operation)
        else:
            self._prove_issued(case, operation)

    def _prove_revoked(self, case: CaseView, operation: OperationView) -> None:
        gateway, now = self._gateway_for(case), self._office.now()
        crl = gateway.crl()
        serial = int(operation.serial.replace(":", ""), 16)
        entry = read_crl(crl, gateway.issuer_chain()[0], now).entry_for(serial)
        if entry is None:
            raise Unsettled(
                _("Pencabutan belum tercantum dalam daftar pencabutan CA."),
                _("Periksa status ke CA beberapa saat lagi."),
                code="proof.missing",
            )
        wanted = REASON_NAMES[operation.reason] if operation.reason is not None else None
        if (entry.reason or "unspecified") != wanted:
            raise Unsettled(
                _("CA mencatat alasan {found}, bukan {wanted}.").format(found=entry.reason, wanted=wanted),
                _("Hubungi CA sebelum melanjutkan."),
                code="proof.conflict",
            )
        record = gateway.find_by_serial(serial)
        facts: dict[str, Fact] = {
            "serial": operation.serial,
            "reason": str(wanted),
            "revoked_at": entry.revoked_at.isoformat(),
        }
        writes: list[c.Write] = [c.AddEvidence(operation.id, "crl", crl)]
        if record is not None:
            writes.append(c.SetOldCertificate(record))
        self._proved(case, operation, CaseStep.PROVE_REVOKED, facts, *writes)

    def _prove_issued(self, case: CaseView, operation: OperationView) -> None:
        gateway, now = self._gateway_for(case), self._office.now()
        kept = [data for kind, data in self._casebook.evidence(operation.id) if kind == "certificate"]
        if not kept:
            raise Unsettled(_("Sertifikat baru belum diterima."), _("Periksa status ke CA."), code="proof.missing")
        der = kept[-1]
        problems = check_issued(der, gateway.issuer_chain(), self._csr(case), now)
        parsed = parse_certificate(der)
        if compare_names(parsed.subject.common_name, case.applicant.name) == NameMatch.DIFFERENT:
            problems = (*problems, "subject")
        if problems:
            raise Unsettled(
                _("Sertifikat dari CA tidak sesuai dengan permohonan: {problems}.").format(
                    problems=", ".join(problems)
                ),
                _("Jangan serahkan sertifikat ini; hubungi CA."),
                code="proof.conflict",
            )
        record = CertificateRecord(parsed, der, CertificateStatus.GOOD)
        applicant = case.applicant
        self._proved(
            case,
            operation,
            CaseStep.PROVE_ISSUED,
            {"serial": parsed.serial_hex, "certificate_sha256": parsed.sha256},
            c.SetNewCertificate(record),
            c.AddKeyUse(parsed.key.sha256, "certificate", applicant.nik, applicant.nip),
        )

    def _proved(
        self,
        case: CaseView,
        operation: OperationView,
        step: CaseStep,
        facts: dict[str, Fact],
        *writes: c.Write,
    ) -> None:
        rule = rule_for(case.state, step)
        self._casebook.commit(
            c.Change(
                at=self._office.now(),
                actor=self._office.actor(),
                note=JournalNote(rule.journal, facts | {"request_id": operation.request_id}),
                writes=(c.MoveOperation(operation.id, OperationEvent.PROOF), *writes, *self._resumed(case)),
                case_id=case.id,
                step=step,
                expected=case.state,
            )
        )

    def _resumed(self, case: CaseView) -> tuple[c.Write, ...]:
        """Waiting for the CA is over: the deadline moves by the open time that it took."""
        now = self._office.now()
        if not any(pause.end is None and pause.reason == "ca" for pause in case.pauses):
            return ()
        pauses = tuple(replace(pause, end=pause.end or now) for pause in case.pauses)
        start = case.complete_at or case.received_at
        due = due_with_pauses(start, pauses, self._office.calendar, self._office.promise)
        return (c.SetDeadline(start, due),)

    # ── afterwards ──
    def settle(self, case_id: int) -> None:
        """Periksa status ke CA: asks what became of the open operation; never repeats it."""
        case = self._casebook.case(case_id)
        operation = case.open_operation()
        if operation is None:
            return None
        if case_id in self._calling:
            raise Declined(_("CA masih ditunggu jawabannya."), _("Tunggu sebentar."), code="operation.calling")
        if operation.state in {OperationState.INTENDED, OperationState.SENT}:
            # Found like this only after a crash: it may or may not have reached the CA.
            self._learn(case, operation, OperationEvent.ANSWER_LOST, _("Program berhenti sebelum CA menjawab."))
            return self.settle(case_id)
        if operation.state is OperationState.UNSETTLED:
            self._ask(case, operation)
        elif operation.state is OperationState.AWAITING:
            self._poll(case, operation)
        return self.prove(case_id)

    def _ask(self, case: CaseView, operation: OperationView) -> None:
        gateway = self._gateway_for(case)
        if operation.kind is OperationKind.REVOKE:
            record = gateway.find_by_serial(int(operation.serial.replace(":", ""), 16))
            if record is not None and record.status is CertificateStatus.REVOKED:
                self._learn(case, operation, OperationEvent.FOUND_DONE, _("CA mencatat sertifikat dicabut."))
                return
            words = _("CA belum mencatat pencabutan. Pencabutan dapat diminta lagi.")
            self._learn(case, operation, OperationEvent.FOUND_NOT_DONE, words)
            return
        records = gateway.find_by_key(operation.key_sha256)
        if records:
            kept = c.AddEvidence(operation.id, "certificate", records[0].der)
            words = _("CA sudah menerbitkan sertifikat untuk CSR ini.")
            self._learn(case, operation, OperationEvent.FOUND_DONE, words, kept)
            return
        words = _("CA belum menerbitkan sertifikat untuk CSR ini. Penerbitan dapat diminta lagi.")
        self._learn(case, operation, OperationEvent.FOUND_NOT_DONE, words)

    def _poll(self, case: CaseView, operation: OperationView) -> None:
        try:
            answer = self._gateway_for(case).poll(operation.reference)
        except Refused as error:
            self._learn(case, operation, OperationEvent.ANSWERED_NO, str(error), c.EndPause())
            raise
        if isinstance(answer, Issued):
            kept = c.AddEvidence(operation.id, "certificate", answer.certificate_der)
            self._learn(case, operation, OperationEvent.FOUND_DONE, _("CA menyetujui."), kept)

    def reconcile(self) -> tuple[OperationView, ...]:
        """At start-up: asks after every open operation. Returns the ones still open."""
        for operation in self._casebook.open_operations():
            try:
                self.settle(operation.case_id)
            except LockdeskError:
                continue
        return self._casebook.open_operations()
