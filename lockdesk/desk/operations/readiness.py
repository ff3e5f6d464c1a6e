"""Before anything is revoked: whether it can be proved afterwards, and a reissue be asked for."""

from collections.abc import Callable

from lockdesk.core.cases import Route
from lockdesk.core.findings import Verdict
from lockdesk.core.operations import REASON_CODES, RevocationReason
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.person import check_owner
from lockdesk.desk.office.office import Office
from lockdesk.desk.operations.proving import Proving
from lockdesk.desk.ports import Gateway
from lockdesk.desk.requests.gathering import Gathering
from lockdesk.desk.requests.kept_csr import csr_to_certify, require_unburnt
from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus, CheckItem
from lockdesk.desk.values.cases import CaseView, Preflight
from lockdesk.errors import LockdeskError
from lockdesk.office_file import ReasonsTable
from lockdesk.words import _


def reason_for(case: CaseView, reasons: ReasonsTable) -> RevocationReason:
    """keyCompromise when somebody else may know the passphrase, else what the office's rule says."""
    if case.compromised:
        return RevocationReason.KEY_COMPROMISE
    only = case.route is Route.REVOKE_ONLY
    return REASON_CODES[reasons.tanpa_penggantian if only else reasons.lupa_passphrase]


class Readiness:
    """Changes nothing. Called on worker threads."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        gathering: Gathering,
        proving: Proving,
        gateway: Callable[[CaseView], Gateway],
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._gathering = gathering
        self._proving = proving
        self._gateway = gateway

    def of(self, case: CaseView) -> Preflight:
        """What was tried, each with why it failed; raises nothing."""
        holder: CertificateRecord | None = None
        told = ""
        try:
            csr, known = self._casebook.together(
                lambda: (
                    self._csr(case),
                    self._gathering.of_person(case.facts, case.applicant, case.received_at),
                )
            )
            items = list(self._gateway(case).preflight(csr))
            records = self._gathering.old_certificates(case.applicant.serial, case)
            holder = records[0] if records else None
            items += self._holder_items(case, records, known)
            told = self._proving.holder_status(case)
        except LockdeskError as error:
            items = [CheckItem("reachable", False, str(error))]
        ready = bool(items) and all(item.ok or not item.hinders for item in items)
        reasons = self._office.at(case.received_at).reasons
        local = _("kemungkinan bocor") if case.compromised else reasons.sebutan
        return Preflight(case.id, tuple(items), ready, holder, reason_for(case, reasons), told, local)

    def _csr(self, case: CaseView) -> bytes:
        if case.route is not Route.REVOKE_ONLY:
            require_unburnt(self._casebook, case)
        return csr_to_certify(self._casebook, case, self._gateway(case).by_hand)

    def _holder_items(self, case: CaseView, records: tuple[CertificateRecord, ...], known: Evidence) -> list[CheckItem]:
        searches = self._gateway(case).searches
        if len(records) != 1:
            missing, unrecorded = (
                _("Sertifikat lama tidak ditemukan di CA."),
                _("Pemegang sertifikat lama belum dicatat."),
            )
            return [CheckItem("holder", False, missing if searches else unrecorded)]
        owner = check_owner(known, records[0])
        refused = owner.verdict is Verdict.FAIL
        items = [CheckItem("holder", not refused, owner.evidence)]
        if records[0].status is CertificateStatus.EXPIRED:
            items.append(CheckItem("status", False, _("Sertifikat lama sudah habis masa berlakunya.")))
        return items if searches else [*items, self._provable(case, records[0])]

    def _provable(self, case: CaseView, record: CertificateRecord) -> CheckItem:
        """Whether the CA signs anything about the serial: what can never be proved is not begun."""
        try:
            self._proving.status_of(case, record.facts.serial)
        except LockdeskError as error:
            return CheckItem("provable", False, str(error))
        return CheckItem("provable", True, _("CA menjawab tentang nomor seri ini."))
