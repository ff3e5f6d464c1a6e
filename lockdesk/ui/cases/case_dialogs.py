"""From an action's name to its dialog, and from the dialog's answer to the casework."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.findings import Finding
from lockdesk.core.service_hours import Interval
from lockdesk.desk.requests.steps import CaseAction, title_of, undecided
from lockdesk.desk.values.cases import CaseView, Message, Preflight
from lockdesk.settings import DeskSettings
from lockdesk.ui.cases.ca_steps import CaSteps
from lockdesk.ui.cases.casework import Casework
from lockdesk.ui.cases.words import ca_words
from lockdesk.ui.dialogs.deadline import DeadlineSheet
from lockdesk.ui.dialogs.notice import NoticeSheet
from lockdesk.ui.dialogs.operations import ReissueSheet, RevokeSheet
from lockdesk.ui.dialogs.review import (
    AskApplicantSheet,
    CallSheet,
    CorrectSheet,
    RejectSheet,
    ResolveOtherwiseSheet,
)
from lockdesk.ui.dialogs.route import RouteSheet
from lockdesk.ui.dialogs.simple import ConfirmSheet, ReasonSheet
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class CaseDialogs(QObject):
    """Begins an action on a case: at once, by a dialog, or by a question to the CA first."""

    print_asked = Signal(object)
    answer_asked = Signal(int)

    def __init__(
        self, work: Casework, steps: CaSteps, settings: DeskSettings, times: OfficeTime, page: QWidget
    ) -> None:
        super().__init__(page)
        self._work = work
        self._steps = steps
        self._settings = settings
        self._times = times
        self._page = page
        self._case: CaseView | None = None
        self._by_hand = False
        work.preflight_done.connect(self._on_preflight)
        work.notice_drafted.connect(self._on_drafted)
        work.deadline_explained.connect(self._on_explained)

    def hold(self, case: CaseView, by_hand: bool) -> None:
        """The case that the next action is about; `by_hand`: a person acts in the CA's portal."""
        self._case, self._by_hand = case, by_hand

    def begin(self, action: CaseAction) -> None:
        """Begins an action on the held case."""
        case = self._case
        if case is None:
            return
        work = self._work
        at_once: dict[CaseAction, Callable[[int], None]] = {
            CaseAction.START_REVIEW: work.start_review,
            CaseAction.ACCEPT: work.accept,
            CaseAction.SETTLE: self._steps.settle,
            CaseAction.REVOKE: work.preflight,
            CaseAction.NOTIFY: work.draft_notice,
            CaseAction.ANSWER: self.answer_asked.emit,
        }
        by_dialog: dict[CaseAction, Callable[[CaseView], Sheet | None]] = {
            CaseAction.DECIDE_WARNING: self._decide_first,
            CaseAction.RECORD_CALL: self._call,
            CaseAction.REISSUE: self._reissue,
            CaseAction.COMPLETE: self._complete,
            CaseAction.REJECT: self._reject,
            CaseAction.ASK_APPLICANT: self._ask,
            CaseAction.RESOLVE_OTHERWISE: self._resolve,
            CaseAction.WITHDRAW: self._withdraw,
            CaseAction.RECHECK: self._recheck,
            CaseAction.CORRECT: self._correct,
            CaseAction.SET_ROUTE: self._route,
            CaseAction.SET_COMPROMISED: self._compromised,
        }
        if action in at_once:
            at_once[action](case.id)
        elif action in by_dialog:
            sheet = by_dialog[action](case)
            if sheet is not None:
                sheet.open()
        elif action is CaseAction.PRINT:
            self.print_asked.emit(case)

    @Slot(object)
    def decide(self, finding: Finding) -> None:
        """Putuskan peringatan on one finding."""
        if self._case is not None:
            self._decide(self._case, finding).open()

    def _decide_first(self, case: CaseView) -> Sheet | None:
        waiting = undecided(case)
        return self._decide(case, waiting[0]) if waiting else None

    def _decide(self, case: CaseView, finding: Finding) -> Sheet:
        sheet = ReasonSheet(
            self._page,
            case.id,
            finding.check,
            _("Putuskan peringatan"),
            title_of(finding),
            _("Terima dengan alasan"),
            _("Mengapa permohonan tetap dapat diteruskan"),
            " ".join(part for part in (finding.evidence, finding.remedy) if part),
        )
        sheet.given.connect(self._work.decide)
        return sheet

    def _call(self, case: CaseView) -> Sheet:
        sheet = CallSheet(self._page, case, self._settings.office.zone)
        sheet.recorded.connect(self._work.record_call)
        return sheet

    def _reissue(self, case: CaseView) -> Sheet:
        sheet = ReissueSheet(self._page, case, ca_words(self._settings), self._by_hand)
        sheet.reissue_asked.connect(self._steps.reissue)
        return sheet

    def _complete(self, case: CaseView) -> Sheet:
        lines = [_("Sertifikat lama dicabut")]
        if case.new_certificate is not None:
            lines.append(_("Sertifikat baru diterbitkan: {serial}").format(serial=case.new_certificate.serial))
        lines.append(_("Pemohon sudah diberi tahu"))
        title = _("Selesaikan kasus {name}?").format(name=case.applicant.name)
        words = _("Kasus yang selesai tidak dibuka lagi. Bukti penyelesaian dapat dicetak.")
        sheet = ConfirmSheet(self._page, case.id, title, words, _("Selesaikan"), lines)
        sheet.confirmed.connect(self._work.complete)
        return sheet

    def _reject(self, case: CaseView) -> Sheet:
        sheet = RejectSheet(self._page, case)
        sheet.rejected.connect(self._work.reject)
        return sheet

    def _ask(self, case: CaseView) -> Sheet:
        sheet = AskApplicantSheet(self._page, case, self._settings.office.checklist)
        sheet.asked.connect(self._work.ask_applicant)
        return sheet

    def _resolve(self, case: CaseView) -> Sheet:
        sheet = ResolveOtherwiseSheet(self._page, case)
        sheet.resolved.connect(self._work.resolve_otherwise)
        return sheet

    def _withdraw(self, case: CaseView) -> Sheet:
        title = _("Tarik kembali permohonan {name}?").format(name=case.applicant.name)
        words = _("Kasus ditutup atas permintaan pemohon. Nomor kasus tetap tersimpan.")
        sheet = ReasonSheet(self._page, case.id, "", title, words, _("Tarik kembali"))
        sheet.given.connect(self._work.withdraw)
        return sheet

    def _recheck(self, case: CaseView) -> Sheet:
        title = _("Periksa kembali permohonan {name}?").format(name=case.applicant.name)
        words = _("Pernyataan sesuai dibatalkan dan pemeriksaan dibuka lagi.")
        sheet = ReasonSheet(self._page, case.id, "", title, words, _("Periksa kembali"))
        sheet.given.connect(self._work.recheck)
        return sheet

    def _correct(self, case: CaseView) -> Sheet:
        sheet = CorrectSheet(self._page, case)
        sheet.corrected.connect(self._work.correct)
        return sheet

    def _route(self, case: CaseView) -> Sheet:
        sheet = RouteSheet(self._page, case)
        sheet.chosen.connect(self._work.set_route)
        return sheet

    def _compromised(self, case: CaseView) -> Sheet:
        name = case.applicant.name
        if case.compromised:
            title = _("Hapus keterangan kebocoran pada kasus {name}?").format(name=name)
            words = _("Sertifikat lama dicabut dengan alasan biasa, bukan karena kemungkinan bocor.")
            verb, key = _("Hapus keterangan"), ""
        else:
            title = _("Passphrase {name} mungkin diketahui orang lain?").format(name=name)
            words = _("Sertifikat lama dicabut dengan alasan kemungkinan bocor (keyCompromise).")
            verb, key = _("Catat kemungkinan bocor"), "compromised"
        sheet = ReasonSheet(self._page, case.id, key, title, words, verb)
        sheet.given.connect(self._work.set_compromised)
        return sheet

    @Slot(int, object)
    def _on_explained(self, case_id: int, intervals: tuple[Interval, ...]) -> None:
        case = self._case
        if case is not None and case.id == case_id and case.due_at is not None:
            DeadlineSheet(self._page, case, intervals, self._times).open()

    @Slot()
    def unmask(self) -> None:
        """Shows the NIK in full after a reason."""
        if self._case is None:
            return
        words = _("Siapa melihat NIK lengkap dan mengapa dicatat dalam rekam jejak.")
        title = _("Tampilkan NIK lengkap?")
        sheet = ReasonSheet(self._page, self._case.id, "", title, words, _("Tampilkan"))
        sheet.given.connect(self._work.unmask)
        sheet.open()

    @Slot(object)
    def _on_preflight(self, preflight: Preflight) -> None:
        case = self._case
        if case is None or case.id != preflight.case_id:
            return
        sheet = RevokeSheet(self._page, case, preflight, self._times, self._by_hand)
        sheet.revocation_asked.connect(self._steps.revoke)
        sheet.open()

    @Slot(object)
    def _on_drafted(self, message: Message) -> None:
        case = self._case
        if case is None or case.id != message.case_id:
            return
        sheet = NoticeSheet(self._page, message, case.applicant.name, self._settings.practice)
        sheet.delivered.connect(self._work.deliver)
        sheet.told.connect(self._work.told)
        sheet.open()
