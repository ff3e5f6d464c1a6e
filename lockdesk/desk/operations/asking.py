"""Asking the CA what became of an operation: nothing is repeated, whatever it answers."""

from collections.abc import Callable

from lockdesk.core.operations import OperationEvent, OperationKind, OperationState
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.operations.log import OperationLog, certificate_evidence
from lockdesk.desk.operations.proving import Proving, serial_number
from lockdesk.desk.ports import Gateway
from lockdesk.desk.values.authority import CertificateStatus, Issued, Waiting
from lockdesk.desk.values.cases import CaseView, OperationView
from lockdesk.errors import Refused
from lockdesk.words import N_

WAITING = frozenset({OperationState.AWAITING, OperationState.UNSETTLED})
"""States in which the CA, or a person there, has the next word."""


class Asking:
    """What the CA says of an open operation, by its own record or by what it signed."""

    def __init__(
        self, log: OperationLog, proving: Proving, casebook: Casebook, gateway_for: Callable[[CaseView], Gateway]
    ) -> None:
        self._log = log
        self._proving = proving
        self._casebook = casebook
        self._gateway_for = gateway_for

    def ask(self, case: CaseView, operation: OperationView) -> None:
        """Writes down what the CA says; nothing where it has nothing new to say."""
        if operation.state in WAITING:
            ask = self._ask_revoked if operation.kind is OperationKind.REVOKE else self._ask_issued
            ask(case, operation)
        elif operation.kind is OperationKind.REISSUE:
            self._ask_for_another(case, operation)

    def _ask_revoked(self, case: CaseView, operation: OperationView) -> None:
        """By what the CA signed; a CA that can be searched also says that nothing happened."""
        serial, gateway = serial_number(operation), self._gateway_for(case)
        words = N_("CA mencatat sertifikat dicabut.")
        if gateway.searches:
            record = gateway.find_by_serial(serial)
            if record is not None and record.status is CertificateStatus.REVOKED:
                self._log.learn(case, operation, OperationEvent.FOUND_DONE, words)
            elif operation.state is OperationState.UNSETTLED:
                words = N_("CA belum mencatat pencabutan. Pencabutan dapat diminta lagi.")
                self._log.learn(case, operation, OperationEvent.FOUND_NOT_DONE, words)
            return
        entry, _answers = self._proving.status_of(case, serial)
        if entry is not None:
            self._log.learn(case, operation, OperationEvent.FOUND_DONE, words)
        elif operation.state is OperationState.UNSETTLED:
            # A list signed before the call says nothing about it: a revocation may be asked for again,
            # and one that is done already is found done then.
            words = N_("Bukti CA belum memuat pencabutan. Pencabutan dapat diminta lagi.")
            self._log.learn(case, operation, OperationEvent.FOUND_NOT_DONE, words)

    def _ask_issued(self, case: CaseView, operation: OperationView) -> None:
        gateway = self._gateway_for(case)
        if operation.state is OperationState.AWAITING:
            self._poll(case, operation)
            return
        answer = gateway.recall(operation.request_id, operation.key_sha256)
        if isinstance(answer, Waiting):
            self._log.wait(case, operation, answer)
        elif answer is None:
            words = N_("CA belum menerbitkan sertifikat untuk CSR ini. Penerbitan dapat diminta lagi.")
            self._log.learn(case, operation, OperationEvent.FOUND_NOT_DONE, words)
        else:
            words = N_("CA sudah menerbitkan sertifikat untuk CSR ini.")
            self._log.learn(case, operation, OperationEvent.FOUND_DONE, words, *certificate_evidence(operation, answer))

    def _ask_for_another(self, case: CaseView, operation: OperationView) -> None:
        """The CA answered with a certificate that is not this case's: is there one that is?"""
        kept = [data for kind, data in self._casebook.evidence(operation.id) if kind == "certificate"]
        if not kept or not self._proving.problems_of(case, kept[-1]):
            return
        answer = self._gateway_for(case).recall(operation.request_id, operation.key_sha256)
        if isinstance(answer, Issued) and answer.certificate_der not in kept:
            words = N_("CA mempunyai sertifikat lain untuk CSR ini.")
            self._log.learn(case, operation, OperationEvent.FOUND_DONE, words, *certificate_evidence(operation, answer))
        elif answer is None:
            words = N_("Sertifikat dari CA bukan untuk CSR ini, dan CA tidak mempunyai yang lain. Hubungi CA.")
            event = OperationEvent.FOUND_NOT_DONE
            self._log.learn(case, operation, event, words, *self._log.resumed(case))

    def _poll(self, case: CaseView, operation: OperationView) -> None:
        try:
            answer = self._gateway_for(case).poll(operation.reference)
        except Refused as error:
            event = OperationEvent.ANSWERED_NO
            self._log.learn(case, operation, event, str(error), *self._log.resumed(case))
            raise
        if isinstance(answer, Issued):
            self._log.learn(
                case,
                operation,
                OperationEvent.FOUND_DONE,
                N_("CA menyetujui."),
                *certificate_evidence(operation, answer),
            )
