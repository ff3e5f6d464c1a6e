"""Revocation and reissue: intent → call → outcome, so that no crash and no lost answer does harm.

(1) one transaction stores the intent; (2) the call; (3) one transaction stores what was learnt: confirmed,
refused, waiting, or *unsettled*. An unsettled operation is never repeated: the CA is asked.
The case moves only on proof: what the CA signed, or the checked certificate itself.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from lockdesk.core.cases import CaseStep, require_on_route, rule_for
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.operations import (
    REASON_NAMES,
    OperationEvent,
    OperationKind,
    OperationState,
    RevocationReason,
)
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import PROGRAM, Office
from lockdesk.desk.operations.asking import WAITING, Asking
from lockdesk.desk.operations.log import OperationLog, certificate_evidence
from lockdesk.desk.operations.proving import Proving, RecordedRevocation, holder_writes, problem_words, serial_number
from lockdesk.desk.operations.readiness import Readiness
from lockdesk.desk.ports import Gateway
from lockdesk.desk.reasons import required
from lockdesk.desk.requests.gathering import Gathering
from lockdesk.desk.requests.kept_csr import csr_to_certify, key_of, require_unburnt
from lockdesk.desk.values.authority import (
    CertificateRecord,
    EnrolmentOrder,
    Issued,
    RevocationOrder,
    SignedStatus,
    Waiting,
)
from lockdesk.desk.values.cases import CaseView, OperationView, Preflight
from lockdesk.errors import Declined, LockdeskError, Refused, Unreachable, Unsettled
from lockdesk.pki.values import RevocationEntry
from lockdesk.words import N_, _

SERIAL_TAIL = 6
MOST_BEHIND = 16
"""Entries that the vault's mark may lie behind before nothing is sent to a CA any more."""
TRAINING = "training"
"""The identifier of the training CA."""


def serial_tail(record: CertificateRecord) -> str:
    """The last six hex digits of the CA's serial, which the officer retypes."""
    return f"{record.facts.serial:X}".zfill(SERIAL_TAIL)[-SERIAL_TAIL:]


log = logging.getLogger("lockdesk")


def require_mark(casebook: Casebook) -> None:
    """Raises Declined when what is done at the CA now could be taken out of the journal unnoticed."""
    behind = casebook.mark_behind()
    if behind >= MOST_BEHIND:
        raise Declined(
            _("Tanda batas rekam jejak tertinggal {n} catatan, maka operasi ke CA ditahan.").format(n=behind),
            _("Tutup program lain yang memegang folder data (misalnya antivirus atau pencadangan), lalu ulangi."),
            code="journal.mark_behind",
        )


class Operations:
    """The two actions that cannot be taken back. Called on worker threads."""

    def __init__(
        self, casebook: Casebook, office: Office, gathering: Gathering, gateway: Callable[[], Gateway]
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._gateway = gateway
        self._log = OperationLog(casebook, office)
        self._proving = Proving(casebook, office, self._log, self.gateway_for)
        self._asking = Asking(self._log, self._proving, casebook, self.gateway_for)
        self._readiness = Readiness(casebook, office, gathering, self._proving, self.gateway_for)
        self._calling: set[int] = set()
        """Cases about which the CA is being asked by this process."""
        self._lock = threading.Lock()

    def answer_through(self, gateway: Gateway) -> None:
        """Lets all further calls pass through `gateway`: for rehearsing faults on the same desk."""
        self._gateway = lambda: gateway

    # ── before ──
    def preflight(self, case_id: int) -> Preflight:
        """Proves that reissue can be asked for before anything is revoked. Changes nothing."""
        return self._readiness.of(self._casebook.case(case_id))

    def gateway_for(self, case: CaseView) -> Gateway:
        """The CA in use, if this case may be worked on with it: training and real never mix within a case, and
        what was begun with one CA is not continued with another. Raises Declined."""
        gateway = self._gateway()
        begun = {operation.gateway for operation in case.operations}
        if begun - {gateway.identifier} or (case.gateway == TRAINING) != gateway.training:
            raise Declined(
                _("Kasus ini dimulai dengan CA lain dan tidak dapat dilanjutkan dengan CA ini."),
                _("Kembalikan pengaturan CA."),
                code="gateway.mixed",
            )
        return gateway

    # ── revoke ──
    def revoke(self, case_id: int, retyped: str) -> None:
        """Revokes the old certificate. `retyped`: the last six hex digits of the CA's serial.

        Raises Declined (nothing was sent), Refused, Unreachable, or Unsettled (then ask with `settle`).
        """
        with self._alone(case_id):
            self._revoke(case_id, retyped)

    def _revoke(self, case_id: int, retyped: str) -> None:
        # Where the intent will be written: that finds the case's pages read already.
        case = self._casebook.together(lambda: self._casebook.case(case_id))
        rule_for(case.state, CaseStep.PROVE_REVOKED)
        require_on_route(case.route, CaseStep.PROVE_REVOKED)
        self._office.require_another(case.applicant.nip, case.applicant.email)
        preflight = self._readiness.of(case)
        holder = preflight.holder
        if not preflight.ready or holder is None:
            failing = "; ".join(item.words for item in preflight.items if not item.ok and item.hinders)
            raise Declined(_("Pencabutan belum dapat dilakukan: {why}").format(why=failing), code="preflight")
        if retyped.replace(":", "").replace(" ", "").upper() != serial_tail(holder):
            raise Declined(
                _("Enam digit terakhir nomor seri tidak cocok."),
                _("Ketik ulang menurut catatan CA."),
                code="serial.mismatch",
            )
        reason = preflight.reason
        told = holder_writes("before", preflight.holder_status)
        operation = self._intend(case, OperationKind.REVOKE, holder.facts.serial_hex, reason, told)
        order = RevocationOrder(operation.request_id, holder.facts.issuer.text, holder.facts.serial, reason)
        self._call(case, operation, lambda gateway: gateway.revoke(order))

    # ── reissue ──
    def reissue(self, case_id: int) -> None:
        """Asks for the new certificate on the checked CSR. Raises as `revoke` does."""
        with self._alone(case_id):
            self._reissue(case_id)

    def _reissue(self, case_id: int) -> None:
        case, csr = self._casebook.together(lambda: self._to_reissue(case_id))
        applicant = case.applicant
        # An order that reached the CA late is this case's certificate: it is taken, never asked for again.
        gateway = self.gateway_for(case)
        late = gateway.find_by_key(key_of(case)) if gateway.searches else ()
        operation = self._intend(case, OperationKind.REISSUE, "", None)
        if late:
            self._answered(case, operation, Issued(late[0].der, ()))
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

    def _to_reissue(self, case_id: int) -> tuple[CaseView, bytes]:
        """The case and its checked CSR, if a certificate may be asked for. Raises Declined."""
        case = self._casebook.case(case_id)
        rule_for(case.state, CaseStep.PROVE_ISSUED)
        require_on_route(case.route, CaseStep.PROVE_ISSUED)
        self._office.require_another(case.applicant.nip, case.applicant.email)
        require_unburnt(self._casebook, case)
        return case, csr_to_certify(self._casebook, case, self.gateway_for(case).by_hand)

    # ── intent, call, outcome ──
    def _intend(
        self,
        case: CaseView,
        kind: OperationKind,
        serial: str,
        reason: RevocationReason | None,
        told: tuple[c.Write, ...] = (),
    ) -> OperationView:
        require_mark(self._casebook)
        key = key_of(case)
        request_id = secrets.token_hex(16)
        gateway = self.gateway_for(case)
        write = c.NewOperation(request_id, kind, gateway.identifier, serial, key, reason)
        public: dict[str, Fact] = {"request_id": request_id, "kind": kind.value, "key_sha256": key}
        if serial:
            public["serial"] = serial
        if reason is not None:
            public["reason"] = REASON_NAMES[reason]
        return self._log.intend(case, JournalNote("operation.intended", public), write, *told)

    def _call(
        self, case: CaseView, operation: OperationView, call: Callable[[Gateway], Issued | Waiting | None]
    ) -> None:
        try:
            answer = call(self.gateway_for(case))
        except Refused as error:
            self._log.learn(case, operation, OperationEvent.ANSWERED_NO, str(error))
            raise
        except Unreachable as error:
            self._log.learn(case, operation, OperationEvent.NEVER_LEFT, str(error))
            raise
        except Unsettled as error:
            self._log.learn(case, operation, OperationEvent.ANSWER_LOST, str(error))
            raise
        except Exception:
            self._log.learn(case, operation, OperationEvent.ANSWER_LOST, N_("Jawaban CA tidak dapat dibaca."))
            raise
        self._answered(case, operation, answer)

    def _answered(self, case: CaseView, operation: OperationView, answer: Issued | Waiting | None) -> None:
        """Stores the answer together with its proof; without a proof the answer alone, and says why."""
        if isinstance(answer, Waiting):
            self._log.wait(case, operation, answer)
            return
        words, kept = N_("CA menjawab selesai."), certificate_evidence(operation, answer)
        try:
            certificate = answer.certificate_der if answer is not None else b""
            proof = self._proving.proof_of(case, operation, certificate)
        except LockdeskError as error:
            self._log.learn(case, operation, OperationEvent.ANSWERED_DONE, error.message, *kept)
            raise
        done = c.MoveOperation(operation.id, OperationEvent.ANSWERED_DONE, words)
        self._log.proved(case, operation, proof, done, *kept)

    # ── what a person brings ──
    @staticmethod
    def require_waiting(case: CaseView) -> OperationView:
        """The reissue that waits for a certificate; raises Declined when none does."""
        operation = case.open_operation()
        if operation is None or operation.kind is not OperationKind.REISSUE or operation.state not in WAITING:
            raise Declined(
                _("Kasus ini tidak menunggu sertifikat baru."), _("Mulai penerbitan ulang dahulu."),
                code="certificate.unexpected",
            )  # fmt: skip
        return operation

    def take_certificate(self, case_id: int, brought: Sequence[bytes]) -> None:
        """Takes the new certificate that a person brings: the first one of which every check holds.

        Raises Declined when nothing waits for one or when it is not the one; nothing is stored then.
        """
        case = self._casebook.case(case_id)
        operation = self.require_waiting(case)
        found = [(der, self._proving.problems_of_brought(case, der)) for der in brought]
        der, problems = next((item for item in found if not item[1]), found[0])
        if problems:
            raise Declined(
                _("Berkas ini bukan sertifikat baru untuk kasus ini: {problems}.").format(
                    problems=problem_words(problems)
                ),
                _("Minta berkas sertifikat yang diterbitkan CA untuk kasus ini."),
                code="certificate.wrong",
            )
        kept = c.AddEvidence(operation.id, "certificate", der)
        self._log.learn(case, operation, OperationEvent.FOUND_DONE, N_("Sertifikat baru diterima."), kept)
        self._prove(case_id)

    def not_done(self, case_id: int, reason: str) -> None:
        """A person says that a waiting or unsettled operation did not happen. The CA's signed word is asked
        first: what it shows as done is done. Raises Declined where the CA itself can be asked."""
        case = self._casebook.case(case_id)
        operation, why = case.open_operation(), required(reason)
        if operation is None or operation.state not in WAITING or self.gateway_for(case).searches:
            raise Declined(_("Hal ini ditanyakan langsung kepada CA."), _("Periksa status ke CA."))
        if operation.kind is OperationKind.REVOKE and self._shown_revoked(case, operation):
            self.settle(case_id)
            return
        waiting = operation.state is OperationState.AWAITING
        event = OperationEvent.ANSWERED_NO if waiting else OperationEvent.FOUND_NOT_DONE
        self._log.learn(case, operation, event, why, *self._log.resumed(case), facts={"reason": why})

    def _shown_revoked(self, case: CaseView, operation: OperationView) -> bool:
        """By what the CA signs now; a serial that it does not know is not revoked."""
        try:
            entry, _answers = self._proving.status_of(case, serial_number(operation))
        except Refused as error:
            if error.code != "ocsp.unknown":
                raise
            return False
        return entry is not None

    # ── afterwards ──
    def _prove(self, case_id: int) -> None:
        """Looks for the proof of a confirmed operation; what the CA recorded otherwise is kept with it."""
        try:
            self._proving.prove(case_id)
        except Unsettled as error:
            case = self._casebook.case(case_id)
            operation = case.open_operation()
            if error.code == "proof.conflict" and operation is not None and operation.words != error.message:
                self._log.learn(case, operation, OperationEvent.FOUND_DONE, error.message)
            raise

    def status_of(self, case: CaseView, serial: int) -> tuple[RevocationEntry | None, tuple[SignedStatus, ...]]:
        """What the CA signs about a serial now, checked; raises what the CA raises."""
        return self._proving.status_of(case, serial)

    def recorded(self, case_id: int) -> RecordedRevocation:
        """What the CA recorded beside what was asked for; raises Declined and what the CA raises."""
        return self._proving.recorded(case_id)

    def accept_record(self, case_id: int, reason: str) -> None:
        """The officer accepts that the CA recorded another reason or date of the revocation; journalled."""
        self._proving.accept_record(case_id, reason)

    def settle(self, case_id: int) -> None:
        """Periksa status ke CA: asks what became of the open operation; never repeats it."""
        with self._alone(case_id):
            self._settle(case_id)

    @contextmanager
    def _alone(self, case_id: int) -> Iterator[None]:
        """One at a time asks the CA about a case. Raises Declined for the others: an operation that is only
        intended is being sent, and must not be taken for one that a crash left behind."""
        with self._lock:
            if case_id in self._calling:
                raise Declined(_("CA masih ditunggu jawabannya."), _("Tunggu sebentar."), code="operation.calling")
            self._calling.add(case_id)
        try:
            yield
        finally:
            with self._lock:
                self._calling.discard(case_id)

    def _settle(self, case_id: int) -> None:
        case = self._casebook.case(case_id)
        operation = case.open_operation()
        if operation is None:
            return
        if operation.state is OperationState.INTENDED:
            # Found like this only after a crash: it may or may not have reached the CA.
            self._log.learn(case, operation, OperationEvent.ANSWER_LOST, N_("Program berhenti sebelum CA menjawab."))
            self._settle(case_id)
            return
        self._asking.ask(case, operation)
        self._prove(case_id)

    def remark(self, case_id: int) -> None:
        """Keeps pkilint's remarks on the new certificate beside it, a line each; nothing where they are kept already.
        They judge the CA and not the case, so no step waits for them."""
        from lockdesk.pki.lint import lint_certificate  # late: it takes half a second to load

        case = self._casebook.case(case_id)
        made = case.new_certificate
        if made is None or made.remarks is not None:
            return
        issuing = [operation.id for operation in case.operations if operation.kind is OperationKind.REISSUE][-1]
        found = lint_certificate(made.der)
        lines = "\n".join(f"{item.severity} {item.code} {item.message}".rstrip() for item in found)
        note = JournalNote("operation.remarked", {"serial": made.serial, "remarks": len(found)})
        kept = c.AddEvidence(issuing, "lint", lines.encode())
        self._casebook.commit(c.Change(self._office.now(), PROGRAM, note, (kept,), case_id=case_id))

    def reconcile(self) -> tuple[OperationView, ...]:
        """At start-up: asks after every open operation. Returns the ones still open."""
        for operation in self._casebook.open_operations():
            try:
                self.settle(operation.case_id)
            except LockdeskError:
                continue
            except Exception:  # a bug: it must not keep the others from being asked after
                log.exception("an open operation could not be asked after")
        return self._casebook.open_operations()
