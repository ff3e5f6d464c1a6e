"""The officer's judgement of a request: from an action to its dialog, and from the dialog's answer to the desk."""

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.cases import Route
from lockdesk.core.findings import Finding
from lockdesk.desk.checks.catalogue import title_of
from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.steps import CaseAction, undecided
from lockdesk.desk.values.cases import CallForm, CaseView
from lockdesk.desk.values.people import Applicant
from lockdesk.ui.cases.casework import Begin, CaseReading, Casework
from lockdesk.ui.dialogs.call import CallSheet
from lockdesk.ui.dialogs.letter import RetypeSheet
from lockdesk.ui.dialogs.reasons import usual_reasons
from lockdesk.ui.dialogs.review import (
    AskApplicantSheet,
    CorrectSheet,
    RejectSheet,
    ResolveOtherwiseSheet,
)
from lockdesk.ui.dialogs.route import RouteSheet
from lockdesk.ui.running.background import Lane
from lockdesk.ui.verification.choices import ANSWER, CSR, DOUBT, EACH, LETTER, OPEN, PERSON, Choice
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _

_MOST_PEOPLE = 30
"""To choose from; whoever is not among them is searched for with more words."""


class Review(QObject):
    """What the officer decides about a request, up to the CA."""

    def __init__(self, desk: Desk, work: Casework, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._work, self._page = desk, work, page
        self.actions: dict[CaseAction, Begin] = {
            CaseAction.START_REVIEW: self._start,
            CaseAction.DECIDE_WARNING: self._decide_first,
            CaseAction.RECORD_CALL: self._call,
            CaseAction.ACCEPT: self._accept,
            CaseAction.REJECT: self._reject,
            CaseAction.ASK_APPLICANT: self._ask_applicant,
            CaseAction.RESOLVE_OTHERWISE: self._resolve,
            CaseAction.WITHDRAW: self._withdraw,
            CaseAction.RECHECK: self._recheck,
            CaseAction.REOPEN: self._reopen,
            CaseAction.CORRECT: self._correct,
            CaseAction.SET_ROUTE: self._route,
            CaseAction.SET_COMPROMISED: self._compromised,
            CaseAction.SET_TOLD_IN_PERSON: self._told_in_person,
        }

    def _start(self, held: CaseReading) -> None:
        self._work.step(held.case.id, partial(self._desk.review.start, held.case.id), lane=Lane.CA)

    def _open(self, sheet: Sheet, case_id: int, name: str) -> None:
        """What is half written in it is there again when it is opened anew."""
        self._work.keep_texts(sheet, case_id, name)
        sheet.open()

    def _accept(self, held: CaseReading) -> None:
        self._work.step(held.case.id, partial(self._desk.review.accept, held.case.id), leads_on=True)

    def tick(self, case_id: int, item: str, ticked: bool) -> None:
        """A line of the checklist."""
        self._work.step(case_id, partial(self._desk.review.tick, case_id, item, ticked))

    def choose(self, case_id: int, choice: Choice) -> None:
        """What the officer chooses of what the letter leaves open; what is asked about it, and the answer."""
        choosing = self._desk.choosing
        if choice.kind in {OPEN, ANSWER}:
            self._ask_about(case_id, choice)
            return
        jobs = {
            EACH: lambda: choosing.each(case_id),
            PERSON: lambda: choosing.person(case_id, int(choice.key)),
            DOUBT: lambda: choosing.settled(case_id, choice.key, choice.text),
            LETTER: lambda: choosing.letter(case_id, int(choice.key)),
            CSR: lambda: choosing.csr(case_id, int(choice.key)),
        }
        self._work.step(case_id, jobs[choice.kind])

    def _ask_about(self, case_id: int, choice: Choice) -> None:
        if choice.kind == OPEN:
            title, verb, name = _("Apa yang akan ditanyakan?"), _("Simpan pertanyaan"), _("Pertanyaan")
            words = _("Kepada pemohon atau Kepala Bidang. Belum ada yang dipilih.")
        else:
            title, verb, name = _("Apa jawabannya?"), _("Simpan jawaban"), _("Jawaban")
            words = choice.key
        sheet = ReasonSheet(self._page, case_id, choice.key, title, words, verb, name)
        sheet.given.connect(self._on_asked_about)
        self._open(sheet, case_id, f"ask:{choice.key}")

    @Slot(int, str, str)
    def _on_asked_about(self, case_id: int, question: str, text: str) -> None:
        choosing = self._desk.choosing
        job = (
            partial(choosing.answered, case_id, question, text)
            if question
            else partial(choosing.left_open, case_id, text)
        )
        self._work.step(case_id, job)

    def retype(self, case_id: int, choice: Choice) -> None:
        """A doubted value says something else than it is taken for."""
        sheet = RetypeSheet(self._page, case_id, choice.key, choice.text)
        sheet.typed.connect(self._on_retyped)
        self._open(sheet, case_id, f"retype:{choice.key}")

    @Slot(int, str, str)
    def _on_retyped(self, case_id: int, field: str, text: str) -> None:
        self._work.step(case_id, partial(self._desk.choosing.settled, case_id, field, text))

    def _decide_first(self, held: CaseReading) -> None:
        waiting = undecided(held.case)
        if waiting:
            self.decide(held.case, waiting[0])

    def decide(self, case: CaseView, finding: Finding) -> None:
        """Putuskan peringatan on one finding."""
        finding = finding.now
        detail = " ".join(part for part in (finding.evidence, finding.remedy) if part)
        why = _("Mengapa permohonan tetap dapat diteruskan")
        title, verb = _("Putuskan peringatan"), _("Terima dengan alasan")
        sheet = ReasonSheet(
            self._page,
            case.id,
            finding.check,
            title,
            title_of(finding),
            verb,
            why,
            detail,
            usual=usual_reasons(CaseAction.DECIDE_WARNING),
        )
        sheet.given.connect(self._on_decided)
        self._open(sheet, case.id, f"decide:{finding.check}")

    @Slot(int, str, str)
    def _on_decided(self, case_id: int, check: str, reason: str) -> None:
        self._work.step(case_id, partial(self._desk.review.decide, case_id, check, reason))

    def _call(self, held: CaseReading) -> None:
        office = self._desk.settings().office
        sheet = CallSheet(self._page, held.case, office.zone, office.in_person)
        sheet.recorded.connect(self._on_called)
        sheet.people_wanted.connect(partial(self._find_people, held, sheet))
        self._open(sheet, held.case.id, "call")
        self._work.ask(held.case.id, partial(self._desk.review.number_shown, held.case.id), lambda _done: None)

    def _find_people(self, held: CaseReading, sheet: CallSheet, text: str) -> None:
        """Who may speak for the applicant."""
        find = partial(self._desk.reading.register_page, text, None, _MOST_PEOPLE)
        self._work.ask(held.case.id, find, sheet.show_people)

    @Slot(int, object, bool)
    def _on_called(self, case_id: int, form: CallForm, accepts: bool) -> None:
        """`accepts`: the call was all that was missing."""

        def job() -> None:
            self._desk.review.record_call(case_id, form)
            if accepts:
                self._desk.review.accept(case_id)

        # Another certificate is looked up at the CA, which may be slow.
        self._work.step(case_id, job, lane=Lane.CA if form.certificate else Lane.DESK, leads_on=accepts)

    def _reject(self, held: CaseReading) -> None:
        sheet = RejectSheet(self._page, held.case)
        sheet.rejection.connect(self._on_rejected)
        self._open(sheet, held.case.id, "reject")

    @Slot(int, object)
    def _on_rejected(self, case_id: int, reasons: tuple[str, ...]) -> None:
        self._work.step(case_id, partial(self._desk.review.reject, case_id, reasons))

    def _ask_applicant(self, held: CaseReading) -> None:
        sheet = AskApplicantSheet(self._page, held.case, held.case.asked)
        sheet.asked.connect(self._on_asked)
        self._open(sheet, held.case.id, "ask_applicant")

    @Slot(int, str)
    def _on_asked(self, case_id: int, words: str) -> None:
        self._work.step(case_id, partial(self._desk.review.ask_applicant, case_id, words))

    def _resolve(self, held: CaseReading) -> None:
        sheet = ResolveOtherwiseSheet(self._page, held.case)
        sheet.resolved.connect(self._on_resolved)
        self._open(sheet, held.case.id, "resolve")

    @Slot(int, str, str)
    def _on_resolved(self, case_id: int, route: str, note: str) -> None:
        self._work.step(case_id, partial(self._desk.review.resolve_otherwise, case_id, Route(route), note))

    def _withdraw(self, held: CaseReading) -> None:
        title = _("Tarik kembali permohonan {name}?").format(name=held.case.applicant.name)
        words = _("Kasus ditutup atas permintaan pemohon. Nomor kasus tetap tersimpan.")
        sheet = ReasonSheet(
            self._page,
            held.case.id,
            "",
            title,
            words,
            _("Tarik kembali"),
            usual=usual_reasons(CaseAction.WITHDRAW),
            final=True,
        )
        sheet.given.connect(self._on_withdrawn)
        self._open(sheet, held.case.id, "withdraw")

    @Slot(int, str, str)
    def _on_withdrawn(self, case_id: int, _key: str, reason: str) -> None:
        self._work.step(case_id, partial(self._desk.review.withdraw, case_id, reason))

    def _reopen(self, held: CaseReading) -> None:
        title = _("Buka kembali permohonan {name}?").format(name=held.case.applicant.name)
        words = _("Pemeriksaan dilanjutkan; pesan tentang hasilnya yang belum terkirim dibatalkan.")
        sheet = ReasonSheet(
            self._page, held.case.id, "", title, words, _("Buka kembali"), usual=usual_reasons(CaseAction.REOPEN)
        )
        sheet.given.connect(self._on_reopened)
        self._open(sheet, held.case.id, "reopen")

    @Slot(int, str, str)
    def _on_reopened(self, case_id: int, _key: str, reason: str) -> None:
        self._work.step(case_id, partial(self._desk.review.reopen, case_id, reason), lane=Lane.CA)

    def _recheck(self, held: CaseReading) -> None:
        title = _("Periksa kembali permohonan {name}?").format(name=held.case.applicant.name)
        words = _("Pernyataan sesuai dibatalkan dan pemeriksaan dibuka lagi.")
        sheet = ReasonSheet(
            self._page, held.case.id, "", title, words, _("Periksa kembali"), usual=usual_reasons(CaseAction.RECHECK)
        )
        sheet.given.connect(self._on_rechecked)
        self._open(sheet, held.case.id, "recheck")

    @Slot(int, str, str)
    def _on_rechecked(self, case_id: int, _key: str, reason: str) -> None:
        self._work.step(case_id, partial(self._desk.review.recheck, case_id, reason), lane=Lane.CA)

    def _correct(self, held: CaseReading) -> None:
        sheet = CorrectSheet(self._page, held.case)
        sheet.corrected.connect(self._on_corrected)
        self._open(sheet, held.case.id, "correct")

    @Slot(int, object, str)
    def _on_corrected(self, case_id: int, applicant: Applicant, reason: str) -> None:
        self._work.step(case_id, partial(self._desk.review.correct, case_id, applicant, reason), lane=Lane.CA)

    def _route(self, held: CaseReading) -> None:
        sheet = RouteSheet(self._page, held.case)
        sheet.chosen.connect(self._on_route)
        self._open(sheet, held.case.id, f"route:{held.case.route}")

    @Slot(int, str, str)
    def _on_route(self, case_id: int, route: str, reason: str) -> None:
        self._work.step(case_id, partial(self._desk.review.set_route, case_id, Route(route), reason))

    def _compromised(self, held: CaseReading) -> None:
        name = held.case.applicant.name
        if held.case.compromised:
            title = _("Hapus keterangan kebocoran pada kasus {name}?").format(name=name)
            words = _("Sertifikat lama dicabut dengan alasan biasa, bukan karena kemungkinan bocor.")
            verb, key = _("Hapus keterangan"), ""
        else:
            title = _("Passphrase {name} mungkin diketahui orang lain?").format(name=name)
            words = _("Sertifikat lama dicabut dengan alasan kemungkinan bocor (keyCompromise).")
            if held.case.route is Route.VERIFIER_RESET:
                words += " " + _("Cara penanganannya menjadi pencabutan dan penerbitan ulang.")
            verb, key = _("Catat kemungkinan bocor"), "compromised"
        sheet = ReasonSheet(self._page, held.case.id, key, title, words, verb)
        sheet.given.connect(self._on_compromised)
        self._open(sheet, held.case.id, key or "not_compromised")  # why it is taken back is another reason

    @Slot(int, str, str)
    def _on_compromised(self, case_id: int, key: str, reason: str) -> None:
        """`key` is not empty when somebody else may know the passphrase."""
        self._work.step(case_id, partial(self._desk.review.set_compromised, case_id, bool(key), reason))

    def _told_in_person(self, held: CaseReading) -> None:
        name = held.case.applicant.name
        if held.case.told_in_person:
            title = _("Beri tahu {name} lewat e-mail lagi?").format(name=name)
            words = _("Pemberitahuan berikutnya dikirim ke kotak surat dinasnya.")
            verb, key = _("Beri tahu lewat e-mail"), ""
        else:
            title = _("Beri tahu {name} di loket?").format(name=name)
            words = _("Pemohon tidak dapat membuka kotak surat dinasnya: disampaikan di loket dengan tanda tangan.")
            verb, key = _("Beri tahu di loket"), "told_in_person"
        sheet = ReasonSheet(self._page, held.case.id, key, title, words, verb)
        sheet.given.connect(self._on_told_in_person)
        self._open(sheet, held.case.id, key or "told_by_mail")

    @Slot(int, str, str)
    def _on_told_in_person(self, case_id: int, key: str, reason: str) -> None:
        """`key` is not empty when the applicant is to be told at the counter."""
        self._work.step(case_id, partial(self._desk.review.set_told_in_person, case_id, bool(key), reason))
