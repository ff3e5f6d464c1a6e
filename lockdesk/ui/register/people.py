"""The officer's hand on the register: from a person, or from a case that knows none, to the desk and back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.steps import CHECKABLE
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.drafts import NEW_PERSON, merging, of_case, of_person
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.desk.values.privacy import DataRequest
from lockdesk.desk.values.register import RegisterView
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.register.data_requests import request_words
from lockdesk.ui.register.person_sheets import EditSheet, MergeSheet, PersonSheet
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.kept_texts import KeptTexts
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class People(QObject):
    """Opens the sheets of people and carries out what they ask for."""

    changed = Signal()
    """Something was written."""
    data_asked = Signal(int)
    """The person of an entry asks for the own data."""
    case_step = Signal(int, object)
    """A job that writes for a case, which is to be shown again afterwards."""

    def __init__(self, desk: Desk, background: Background, times: OfficeTime, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._background, self._times, self._page = desk, background, times, page

    def add(self, case: CaseView | None = None) -> None:
        """Somebody new; from a case, when nobody in the register is its applicant."""
        self._edit(case, None)

    def show(self, entry_id: int, case: CaseView | None = None) -> None:
        """One person with all that was known before."""

        def read() -> tuple[RegisterView, DataRequest | None]:
            return self._desk.register.view(entry_id), self._desk.data_requests.of_entry(entry_id)

        self._background.run(read, partial(self._on_view, case))

    def merge(self, first: RegisterEntry, second: RegisterEntry) -> None:
        sheet = MergeSheet(self._page, first, second)
        form = of_person(first.id, merging(second.id))
        sheet.merged.connect(partial(self._on_merged, form))
        self._keep_texts(sheet, form)
        sheet.open()

    def _on_view(self, case: CaseView | None, found: tuple[RegisterView, DataRequest | None]) -> None:
        view, request = found
        sheet = PersonSheet(self._page, view, self._times)
        if request is not None:
            sheet.tell(*request_words(request, self._desk))
        sheet.data_asked.connect(self.data_asked)
        sheet.change_asked.connect(partial(self._edit, case))
        sheet.retire_asked.connect(self._ask_retire)
        sheet.open()

    def _edit(self, case: CaseView | None, entry: RegisterEntry | None) -> None:
        sheet = EditSheet(self._page, entry, case.number if case is not None else "")
        form = _form_of(case, entry)
        sheet.saved.connect(partial(self._on_saved, case, form))
        self._keep_texts(sheet, form)
        sheet.open()

    def _keep_texts(self, sheet: Sheet, form: str) -> None:
        """What is half written about a person is there again when the dialog is opened anew."""
        KeptTexts(sheet, form, self._background, self._desk.drafts)

    def _on_saved(
        self,
        case: CaseView | None,
        form: str,
        entry: RegisterEntry | None,
        fields: dict[str, str],
        source: str,
        reason: str,
    ) -> None:
        put = partial(self._desk.register.put, entry.id if entry is not None else None, fields, source, reason)
        if case is None:
            self._write(put, form)
            return
        put_down = self._background.on_gui_thread(self._drop)

        def put_and_check() -> None:
            put(case.id)
            put_down(form)
            if case.state in CHECKABLE:
                self._desk.review.recheck_findings(case.id)

        self.case_step.emit(case.id, put_and_check)

    def _ask_retire(self, entry: RegisterEntry) -> None:
        serving = entry.retired_at is None
        title = _("Tandai tidak lagi bertugas?") if serving else _("Aktifkan kembali?")
        words = _("{name} tetap tersimpan, tetapi tidak dipakai lagi sebagai pembanding dan nomor telepon.")
        if not serving:
            words = _("{name} dipakai lagi sebagai pembanding dan nomor telepon.")
        key = "retire" if serving else ""
        sheet = ReasonSheet(self._page, entry.id, key, title, words.format(name=entry.text("name")), _("Simpan"))
        sheet.given.connect(self._on_retired)
        self._keep_texts(sheet, _form_of_retiring(entry.id, key))
        sheet.open()

    def _on_retired(self, entry_id: int, key: str, reason: str) -> None:
        self._write(partial(self._desk.register.retire, entry_id, reason, bool(key)), _form_of_retiring(entry_id, key))

    def _on_merged(self, form: str, kept_id: int, merged_id: int, reason: str) -> None:
        self._write(partial(self._desk.register.merge, kept_id, merged_id, reason), form)

    def _write(self, job: Callable[[], object], form: str) -> None:
        """`form`: where what was half written of it is kept."""
        self._background.run(job, partial(self._on_written, form))

    def _on_written(self, form: str, _result: object) -> None:
        self._drop(form)
        self.changed.emit()

    def _drop(self, form: str) -> None:
        """What was half written has become part of the register."""
        self._background.keep(partial(self._desk.drafts.drop, form))


def _form_of(case: CaseView | None, entry: RegisterEntry | None) -> str:
    """Somebody new whom a case asks for is that case's, and goes with its data."""
    if entry is None and case is not None:
        return of_case(case.id, "person")
    return of_person(entry.id, "edit") if entry is not None else NEW_PERSON


def _form_of_retiring(entry_id: int, key: str) -> str:
    """Why somebody goes is not why somebody is back."""
    return of_person(entry_id, key or "serve")
