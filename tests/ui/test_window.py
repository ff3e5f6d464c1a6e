"""The window as a whole: pages, complaints, intake, lock, language, shortcuts."""

import json
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTableView,
)
from pytestqt.qtbot import QtBot

from lockdesk.core.complaints import ComplaintState
from lockdesk.core.messages import MessageState
from lockdesk.desk.register.register import Terms
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.cases import IntakeChannel
from lockdesk.desk.values.office import DeskStatus
from lockdesk.desk.values.register import RegisterPage as RegisterRows
from lockdesk.errors import Declined, Refused
from lockdesk.ui.intake.desk_intake import requests_of
from lockdesk.ui.intake.sheets import EmergencySheet, ReceiveSheet, WalkInSheet
from lockdesk.ui.look.actions import WindowAction
from lockdesk.ui.register.import_sheet import ImportSheet
from lockdesk.ui.register.page import RegisterPage
from lockdesk.ui.register.person_sheets import EditSheet, MergeSheet, PersonSheet
from lockdesk.ui.register.plan_sheet import PlanSheet
from lockdesk.ui.running.files import read_files
from lockdesk.ui.shell.application import MainWindow, PreferenceFile
from lockdesk.ui.shell.first_start import FirstStart, FirstStartWizard
from lockdesk.ui.shell.status_line import StatusLine
from lockdesk.ui.verification.comparison import ComparisonCard
from lockdesk.ui.widgets.parts import ElidedLabel, HintButton, settle
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.ui.widgets.sheet import open_sheets, sheet_is_open
from tests.helpers.window.people import NOW
from tests.helpers.window.reading import words_in
from tests.ui.conftest import MakeWindow, StrayWindows
from tests.ui.fake_desk import UNDECIDED, FakeDesk, register_entries

ShowCase = Callable[[MainWindow, int], None]
ROWS_TOO = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
PAGES = ("cases", "complaints", "standard", "register", "settings")


def shown_sheets(window: MainWindow, kind: type[Any]) -> list[Any]:
    return [found for found in window.findChildren(kind) if found.isVisible()]


def test_every_page_opens(qtbot: QtBot, window: MainWindow) -> None:
    for name in PAGES:
        window.show_page(name)
        qtbot.waitUntil(lambda: window.background.idle)
    assert not sheet_is_open(window)


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("id", "light")])
def test_every_page_opens_in_every_dress(
    qtbot: QtBot, open_window: Callable[..., MainWindow], show_case: ShowCase, language: str, theme: str
) -> None:
    window = open_window(language=language, theme=theme, percent=125)
    show_case(window, UNDECIDED)
    for name in PAGES:
        window.show_page(name)
        qtbot.waitUntil(lambda: window.background.idle)


def test_changing_the_look_keeps_page_and_case(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    with qtbot.waitSignal(window.case_shown) as shown:
        window.begin("theme")
    assert shown.args == [UNDECIDED]
    qtbot.waitUntil(lambda: window.background.idle)
    assert window.work.case_id == UNDECIDED


def test_f8_opens_the_form_and_esc_returns_to_the_same_place(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase
) -> None:
    show_case(window, UNDECIDED)
    bar = window.cases.panel.verification.verticalScrollBar()
    bar.setValue(140)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    form = window.services.pages.complaints().form
    assert form.isVisible()
    qtbot.waitUntil(lambda: window.background.idle)
    qtbot.keyClick(form.fields, Qt.Key.Key_Escape)
    assert window.cases.isVisible()
    assert window.work.case_id == UNDECIDED
    assert bar.value() == 140
    qtbot.waitUntil(lambda: window.background.idle)


def test_a_complaint_is_offered_the_case_that_is_open_and_none_from_elsewhere(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: window.background.idle)
    form = window.services.pages.complaints().form
    number = desk.reading.case(UNDECIDED).number
    offer = next(button for button in form.findChildren(HintButton) if number in button.text())
    assert form.fields.form.case_number == "", "the visitor may have nothing to do with it"
    offer.click()
    qtbot.waitUntil(lambda: window.background.idle)
    assert form.fields.form.case_number == number and not offer.isVisible()
    form.fields._case.clear()
    assert offer.isVisible()
    next(button for button in form.findChildren(HintButton) if button.text() == "Kosongkan").click()
    assert not offer.isVisible(), "the next visitor did not come for it"
    qtbot.keyClick(form.fields, Qt.Key.Key_Escape)
    window.begin("register")
    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: window.background.idle)
    assert not offer.isVisible()


def test_a_half_typed_complaint_survives(qtbot: QtBot, open_window: Callable[..., MainWindow], desk: FakeDesk) -> None:
    window = open_window()
    window.new_complaint()
    qtbot.waitUntil(lambda: window.background.idle)
    qtbot.keyClicks(QApplication.focusWidget(), "Tri Umpamakan")
    qtbot.waitUntil(lambda: bool(desk.drafts.kept), timeout=5000)
    assert json.loads(desk.drafts.kept["complaint"])["name"] == "Tri Umpamakan"
    window.close()
    again = open_window()
    again.new_complaint()
    fields = again.services.pages.complaints().form.fields
    qtbot.waitUntil(lambda: fields.form.name == "Tri Umpamakan")


def test_a_complaint_is_recorded_once_and_its_draft_dropped(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    window.new_complaint()
    qtbot.waitUntil(lambda: window.background.idle)
    form = window.services.pages.complaints().form
    qtbot.keyClicks(QApplication.focusWidget(), "Tri Umpamakan")
    form.findChildren(QPlainTextEdit)[0].setPlainText("Pemberitahuan tidak pernah diterima.")
    with qtbot.waitSignal(window.complaint_shown):
        for _press in range(3):
            qtbot.keyClick(form.fields, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(desk.state.called("send")) and window.background.idle)
    assert len(desk.state.called("complaint_receive")) == 1
    assert [call[1:3] for call in desk.state.called("print")] == [("complaint_receipt", 8)]
    assert not sheet_is_open(window), "the receipt goes out without a preview in the way"
    assert "complaint" not in desk.drafts.kept


def visitor(qtbot: QtBot, window: MainWindow, form: str = "") -> WalkInSheet:
    window.begin("walk_in")
    qtbot.waitUntil(lambda: window.background.idle)
    sheet = window.findChildren(WalkInSheet)[-1]
    fields = {edit.objectName() or edit.accessibleName(): edit for edit in sheet.findChildren(QLineEdit)}
    fields["Nomor formulir darurat"].setText(form)
    fields["name"].setText("Tri Umpamakan")
    fields["name"].setFocus()
    return sheet


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_a_visitor_s_request_is_recorded_and_its_receipt_printed_in_one_step(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, held: Qt.KeyboardModifier
) -> None:
    sheet = visitor(qtbot, window)
    assert sheet.verb.text() == "Simpan dan cetak tanda terima"
    with qtbot.waitSignal(window.case_shown):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, held)
    qtbot.waitUntil(lambda: bool(desk.state.called("send")) and window.background.idle)
    assert len(desk.state.called("receive_walk_in")) == 1
    assert [call[1:3] for call in desk.state.called("print")] == [("receipt", window.work.case_id)]
    assert not sheet_is_open(window), "the receipt goes out without a preview in the way"


def test_a_visitor_s_request_is_recorded_without_a_receipt_too(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    sheet = visitor(qtbot, window)
    save = next(b for b in sheet.findChildren(QAbstractButton) if b.text() == "Simpan" and b.isVisible())
    with qtbot.waitSignal(window.case_shown):
        qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.background.idle)
    assert len(desk.state.called("receive_walk_in")) == 1 and not desk.state.called("print")


def test_a_visitor_who_comes_while_a_complaint_is_answered_is_led_to(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    """The keyboard is in the answer's field when the dialog is left, but nobody writes there."""
    with qtbot.waitSignal(window.complaint_shown):
        window.show_complaint(7)
    answer = window.services.pages.complaints().panel.findChildren(QPlainTextEdit)[0]
    answer.setFocus()
    qtbot.keyClicks(answer, "Sudah ")
    visitor(qtbot, window)
    with qtbot.waitSignal(window.case_shown):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.background.idle)
    assert window.cases.isVisible() and window.work.case_id != 7
    focused = QApplication.focusWidget()
    assert focused is not None and window.cases.panel.isAncestorOf(focused), "the next step is at hand"


def test_a_receipt_without_a_printer_opens_nothing_over_the_next_visitor_s_form(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    desk.state.printers = ()
    gate = desk.state.gates["printers"] = threading.Event()
    said: list[str] = []
    visitor(qtbot, window)
    window.services.printing.said.connect(said.append)
    with qtbot.waitSignal(window.case_shown):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    window.begin("walk_in")
    qtbot.waitUntil(lambda: bool(window.findChildren(WalkInSheet)) and bool(desk.state.called("printers")))
    (sheet,) = open_sheets(window)
    field = next(edit for edit in sheet.findChildren(QLineEdit) if edit.objectName() == "name")
    field.setFocus()
    qtbot.keyClicks(field, "Dewi")
    gate.set()
    qtbot.waitUntil(lambda: window.background.idle)
    assert open_sheets(window) == [sheet] and QApplication.focusWidget() is field
    qtbot.keyClicks(field, " Andai")
    assert field.text() == "Dewi Andai"
    (told,) = [words for words in said if "belum dicetak" in words]  # and yet it is told
    assert window.work.held is not None and window.work.held.case.number in told


def test_who_is_entered_from_an_emergency_form_has_a_receipt(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    sheet = visitor(qtbot, window, "DARURAT-2026-0003")
    assert sheet.verb.text() == "Simpan permohonan"
    assert not [b for b in sheet.findChildren(QAbstractButton) if b.text() == "Simpan" and b.isVisible()]
    with qtbot.waitSignal(window.case_shown):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.background.idle)
    assert len(desk.state.called("receive_walk_in")) == 1 and not desk.state.called("print")


def test_a_complaint_is_answered_and_resolved(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    with qtbot.waitSignal(window.complaint_shown):
        window.show_complaint(7)
    panel = window.services.pages.complaints().panel
    text = panel.findChildren(QPlainTextEdit)[0]
    text.setPlainText("Pemberitahuan dikirim ulang pukul 10.12.")
    qtbot.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: panel.view is not None and panel.view.state is ComplaintState.RESOLVED)
    assert not panel.text
    assert desk.state.called("resolve")[0][1] == 7


def test_a_long_list_of_complaints_is_read_page_by_page(
    qtbot: QtBot, open_window: Callable[..., MainWindow], desk: FakeDesk
) -> None:
    desk.state.many = 500
    window = open_window()
    window.show_page("complaints")
    view = window.services.pages.complaints().list.view
    qtbot.waitUntil(lambda: view.model().rowCount() > 0)
    first = view.model().rowCount()
    assert first < 100, "what nobody scrolls to is not read"
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: view.model().rowCount() > first)


def test_a_confidential_complainant_has_no_name(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    with qtbot.waitSignal(window.complaint_shown):
        window.show_complaint(6)
    words = words_in(window.services.pages.complaints().panel)
    assert "Identitas dirahasiakan" in words.splitlines() and "Uraian" in words
    assert "0812-0000-0077" not in words


@pytest.mark.parametrize("kind", ["gone", "folder", "pipe"])
def test_what_was_opened_and_is_no_file_is_told_by_its_name(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "permohonan.eml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    window.open_files((path,))
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in window.findChildren(ErrorSheet)), timeout=10_000)
    sheet = next(found for found in window.findChildren(ErrorSheet) if found.isVisible())
    why = {"gone": "tidak ada", "folder": "adalah folder", "pipe": "bukan berkas biasa"}[kind]
    assert "permohonan.eml" in sheet.error.message and why in sheet.error.message
    sheet.reject()


def test_dropped_files_become_requests(qtbot: QtBot, window: MainWindow, desk: FakeDesk, tmp_path: Path) -> None:
    for name in ("a.eml", "surat.pdf", "permintaan.csr"):
        (tmp_path / name).write_bytes(b"isi")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.eml", "surat.pdf", "permintaan.csr")])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        window.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    qtbot.waitUntil(lambda: len(desk.state.called("receive")) == 2 and window.background.idle)
    assert set(desk.state.called("receive")) == {
        ("receive", ("a.eml",), IntakeChannel.EMAIL),
        ("receive", ("surat.pdf", "permintaan.csr"), IntakeChannel.FILES),
    }


def test_files_that_cannot_be_read_are_declined(tmp_path: Path) -> None:
    with pytest.raises(Declined, match="tidak dapat dibaca"):
        read_files([tmp_path / "hilang.eml"])
    with pytest.raises(Declined, match="Terlalu banyak"):
        read_files([tmp_path / f"{n}.pdf" for n in range(20)])
    assert requests_of([Path("a.eml"), Path("b.eml")]) == ((Path("a.eml"),), (Path("b.eml"),))


def test_the_error_box_says_cause_and_remedy_and_copies_the_detail(qtbot: QtBot, window: MainWindow) -> None:
    window.show_error(Refused("CA menolak CSR ini.", "Minta CSR baru.", "badCertTemplate", "ca.refused"))
    box = next(found for found in window.findChildren(ErrorSheet) if found.isVisible())
    copy = next(b for b in box.findChildren(QAbstractButton) if b.text() == "Salin rincian")
    copy.click()
    assert QApplication.clipboard().text().splitlines()[0] == "ca.refused"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not sheet_is_open(window)


def test_locking_hides_everything_until_the_passphrase(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    window.lock()
    overlay = window.locking.overlay
    assert overlay.isVisible()
    assert overlay.geometry() == window.rect()
    window.begin("new_complaint")
    assert not window.cases.isVisible(), "nothing of the page is there to be seen, read aloud or given the keyboard"
    qtbot.waitUntil(lambda: bool(desk.state.called("lock")))
    edit = overlay.findChild(QLineEdit)
    for typed, shown in (("salah", True), ("pelatihan", False)):
        edit.setText(typed)
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.background.idle)
        assert overlay.isVisible() == shown
        assert edit.text() == ""
    assert window.cases.isVisible()


def test_a_late_dialog_does_not_open_over_a_locked_window(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, 3)
    gate = desk.state.gates["preflight:3"] = threading.Event()
    window.begin(f"case.{CaseAction.REVOKE}")
    window.lock()
    gate.set()
    qtbot.waitUntil(lambda: window.background.idle)
    assert not sheet_is_open(window)
    overlay = window.locking.overlay
    shown = window.childAt(window.rect().center())
    assert shown is not None and (shown is overlay or overlay.isAncestorOf(shown))
    overlay.unlock_asked.emit("pelatihan")
    qtbot.waitUntil(lambda: window.background.idle)
    assert sheet_is_open(window), "it waited"


def test_shortcuts_rest_while_a_dialog_is_open(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    window.cases.handling.begin(str(CaseAction.DECIDE_WARNING))
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.cases.isVisible()


def test_tab_stays_in_the_dialog(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    window.cases.handling.begin(str(CaseAction.RECORD_CALL))
    from lockdesk.ui.dialogs.call import CallSheet

    sheet = next(found for found in window.findChildren(CallSheet) if found.isVisible())
    for _stop in range(14):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
    assert focused is not None and sheet.isAncestorOf(focused)


def test_the_command_list_finds_actions_and_cases(qtbot: QtBot, window: MainWindow) -> None:
    window.begin("search")
    box = QApplication.focusWidget()
    qtbot.keyClicks(box, "Sekar")
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        qtbot.waitUntil(lambda: any(c.kind == "case" for c in window.commands.commands()))
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.work.case_id == UNDECIDED


def test_a_sheet_is_imported_with_its_mapping(qtbot: QtBot, window: MainWindow, desk: FakeDesk, tmp_path: Path) -> None:
    window.show_page("register")
    path = tmp_path / "pegawai.csv"
    path.write_text(
        "Nama;NIP;Unit\nContoh Baru;199001012015011001;Dinas Contoh\nContoh Rusak;1,99001E+17;Dinas Contoh\n",
        encoding="utf-8",
    )
    page = window.findChild(RegisterPage)
    assert page is not None
    page.begin_import([str(path)])
    qtbot.waitUntil(lambda: bool(shown_sheets(window, ImportSheet)))
    (sheet,) = shown_sheets(window, ImportSheet)
    source, day = sheet.findChildren(QLineEdit)
    source.setText("BKPSDM")
    assert not sheet.verb.isEnabled(), "the day has no default"
    day.setText("1 Januari 2030")
    assert not sheet.verb.isEnabled(), "nor may it be to come"
    day.setText("2 November 2026")
    next(box for box in sheet.findChildren(QCheckBox) if box.objectName() == "whole_office").click()
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(shown_sheets(window, PlanSheet)))
    (plan,) = shown_sheets(window, PlanSheet)
    assert "Hanya 2 dari 9 orang: tampaknya bukan daftar seluruh pegawai." in words_in(plan)
    next(b for b in plan.findChildren(QAbstractButton) if b.text() == "Kembali").click()
    qtbot.waitUntil(lambda: bool(shown_sheets(window, ImportSheet)))
    (sheet,) = shown_sheets(window, ImportSheet)
    next(box for box in sheet.findChildren(QCheckBox) if box.objectName() == "whole_office").click()
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(shown_sheets(window, PlanSheet)))
    (plan,) = shown_sheets(window, PlanSheet)
    told = plan.findChild(QPlainTextEdit)
    assert told is not None and told.toPlainText().startswith("Baris 3, NIP: Nomor tertulis 1,99001E+17")
    assert "bukan daftar seluruh pegawai" not in words_in(plan)
    assert not desk.state.called("import_people")
    plan.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("import_people")))
    people, terms = desk.state.called("import_people")[0][1:]
    assert [person.fields["name"] for person in people] == ["Contoh Baru"]
    assert terms == Terms("BKPSDM", date(2026, 11, 2))
    qtbot.waitUntil(lambda: window.background.idle)


def test_from_the_case_somebody_unknown_is_added_and_the_case_checked_again(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, show_case: ShowCase
) -> None:
    desk.state.change(UNDECIDED, register=None)
    show_case(window, UNDECIDED)
    card = window.cases.panel.verification.findChildren(ComparisonCard)[0]
    next(b for b in card.findChildren(QAbstractButton) if b.text() == "Tambah ke data kepegawaian…").click()
    (sheet,) = shown_sheets(window, EditSheet)
    texts = ("Contoh Baru", "199001012015011001", "", "", "", "", "", "", "BKPSDM", "Pindahan")
    for edit, text in zip(sheet.findChildren(QLineEdit), texts, strict=True):
        assert edit.text() == "", "nothing is taken from the request"
        edit.setText(text)
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("recheck_findings")))
    (put,) = desk.state.called("put_person")
    assert (put[1], put[2]["nip"], *put[3:]) == (None, "199001012015011001", "BKPSDM", "Pindahan", UNDECIDED)
    qtbot.waitUntil(lambda: window.background.idle)


def test_two_people_are_merged_from_the_list_and_one_is_looked_up(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    window.show_page("register")
    page = window.findChildren(RegisterPage)[0]
    table = page.findChildren(QTableView)[0]
    qtbot.waitUntil(lambda: table.model().rowCount() > 2)
    see, merge = (next(b for b in page.findChildren(QAbstractButton) if b.text() == words)
                  for words in ("Lihat…", "Gabungkan…"))  # fmt: skip
    table.selectRow(1)
    assert see.isEnabled() and not merge.isEnabled()
    see.click()
    qtbot.waitUntil(lambda: bool(shown_sheets(window, PersonSheet)))
    (person,) = shown_sheets(window, PersonSheet)
    words = words_in(person)
    assert "Sampai 24 November 2026: 0812 •••• •088 (BKPSDM Contoh, 3 Maret 2025" in words and "3375••••••••" in words
    numbers = [entry.text("phone") for entry in register_entries() if entry.text("phone")]
    assert numbers and not [number for number in numbers if number in words]
    person.reject()
    table.selectionModel().select(table.model().index(0, 0), ROWS_TOO)
    assert merge.isEnabled() and not see.isEnabled()
    merge.click()
    (sheet,) = shown_sheets(window, MergeSheet)
    sheet.findChildren(QLineEdit)[0].setText("Satu orang")
    assert not sheet.verb.isEnabled()
    next(b for b in sheet.findChildren(QAbstractButton) if b.text() == "Yang kedua berlaku").click()
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("merge_people")))
    assert set(desk.state.called("merge_people")[0][1:3]) == {1, 2}
    qtbot.waitUntil(lambda: window.background.idle)


def test_every_button_and_field_has_a_name(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    for name in PAGES:
        window.show_page(name)
        qtbot.waitUntil(lambda: window.background.idle)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit)
        for widget in window.findChildren(kind)
        if not (widget.accessibleName() or getattr(widget, "text", str)())
        and not widget.objectName().startswith("qt_")
        and type(widget).__name__ not in {"QTableCornerButton", "QAbstractButton"}
    ]
    assert not nameless


def test_the_first_start_gives_one_value(qtbot: QtBot, strays: StrayWindows, tmp_path: Path) -> None:
    strays.allowed = (FirstStartWizard,)
    wizard = FirstStartWizard(tmp_path)
    qtbot.addWidget(wizard)
    wizard.show()
    begin = next(b for b in wizard.findChildren(QAbstractButton) if b.text() == "Mulai")
    assert not begin.isEnabled()
    edits = wizard.findChildren(QLineEdit)
    next(edit for edit in edits if edit.accessibleName() == "Nama").setText("Contoh Petugas")
    nip = next(edit for edit in edits if edit.accessibleName() == "NIP")
    nip.setText("1985")
    assert not begin.isEnabled()
    nip.setText("19850303 201001 1 999")
    nip.setText("1985")
    with qtbot.assertNotEmitted(wizard.finished):
        qtbot.keyClick(nip, Qt.Key.Key_Return)
    nip.setText("19850303 201001 1 999")
    for edit in edits:
        with qtbot.waitSignal(wizard.finished, timeout=1000):
            qtbot.keyClick(edit, Qt.Key.Key_Return)
    with qtbot.waitSignal(wizard.finished) as told:
        begin.click()
    assert told.args is not None
    value = told.args[0]
    assert isinstance(value, FirstStart)
    assert (value.practice, value.officer.nip, value.data_folder) == (True, "198503032010011999", tmp_path)


def test_preferences_survive_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "tampilan.json"
    PreferenceFile(path).change(theme="dark", percent=125)
    assert PreferenceFile(path).value.percent == 125
    path.write_text("{", encoding="utf-8")
    assert PreferenceFile(path).value.theme == "light"


def test_a_message_at_the_foot_never_widens_the_window(qtbot: QtBot, open_window: MakeWindow) -> None:
    """Large letters: what is said there is read whole, and the reminder stays readable."""
    window = open_window(percent=150)
    status = window.findChildren(StatusLine)[0]
    told = DeskStatus(NOW, NOW, "CA pelatihan LockDesk", True, 1204, True, 0, "Contoh Petugas", True, {})
    status.show_status(told, NOW)
    for words in ("Diterima: LATIH-2026-0042, Sekar Contohwati Anggraeni, S.Kom., M.Si.", ""):
        status.say(words)
        qtbot.wait(50)
        assert window.width() == 1366 and window.minimumSizeHint().width() <= 1366
        shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
        assert "CSR belum dipastikan" in shown and (words in shown or not words)


def test_a_message_at_the_foot_is_read_whole_before_what_always_stands_there(open_window: MakeWindow) -> None:
    window = open_window()
    status = window.findChildren(StatusLine)[0]
    told = DeskStatus(NOW, NOW, "CA pelatihan LockDesk", True, 1204, True, 0, "Contoh Petugas", True, {})
    status.show_status(told, NOW)
    status.show_mail("E-mail diperiksa pukul 14.11", "")
    words = "Bukti penyelesaian belum dicetak: printer tidak tersedia. Cetak dari kasusnya bila printer siap."
    status.say(words)
    settle(status)
    assert words in [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert window.minimumSizeHint().width() <= 1366
    status.say("")
    settle(status)
    assert "Petugas: Contoh Petugas" in [label.text() for label in status.findChildren(QLabel) if label.isVisible()]


def test_why_the_mailbox_or_the_backup_failed_is_still_told_in_a_window_of_another_size(
    open_window: MakeWindow,
) -> None:
    window = open_window()
    status = window.findChildren(StatusLine)[0]
    status.show_mail("Kotak surat belum terjangkau", "Server menolak <kata> sandi.")
    status.show_backup("Stik tidak terpasang.")
    for width in (1100, 1366):
        window.resize(width, 768)
        settle(status)
        tips = [label.toolTip() for label in status.findChildren(ElidedLabel) if label.isVisible()]
        assert sum("Server menolak &lt;kata&gt; sandi." in tip for tip in tips) == 1
        assert sum("Stik tidak terpasang." in tip for tip in tips) == 1


@pytest.mark.parametrize("percent", [100, 125, 150, 200])
def test_what_always_stands_at_the_foot_is_read_whole(open_window: MakeWindow, percent: int) -> None:
    """All that a practice profile says there, when something waits and a reminder stands."""
    window = open_window(percent=percent)
    status = window.findChildren(StatusLine)[0]
    told = DeskStatus(
        None, NOW + timedelta(days=3), "CA Pelatihan LockDesk", True, 1204, True, 0, "Contoh Petugas", True, {}
    )
    status.show_status(told, NOW)
    status.show_mail("E-mail diperiksa pukul 14.11", "")
    settle(status)
    shown = [label for label in status.findChildren(ElidedLabel) if label.isVisible()]
    assert {"Rekam jejak utuh · catatan 1.204", "CSR belum dipastikan"} <= {label.whole for label in shown}
    assert [label.whole for label in shown if label.text() != label.whole] == []


@pytest.mark.parametrize("percent", [100, 110])
def test_where_the_foot_is_short_of_room_the_lesser_parts_go_whole(open_window: MakeWindow, percent: int) -> None:
    """What is seen of it can be read; what went is told by the tool tip."""
    window = open_window(percent=percent)
    status = window.findChildren(StatusLine)[0]
    told = DeskStatus(
        None, NOW + timedelta(days=3), "CA Pelatihan LockDesk", True, 1204, True, 0, "Contoh Petugas Loket", True, {}
    )
    status.show_mail("E-mail diperiksa pukul 14.11", "")
    status.show_status(replace(told, outbox={MessageState.QUEUED: 1}), NOW)
    settle(status)
    parts = status.findChildren(ElidedLabel)
    shown = [part for part in parts if part.isVisible() and part.whole]
    assert [part.whole for part in shown if part.text() != part.whole] == []
    assert "CSR belum dipastikan" in [part.whole for part in shown]
    assert "E-mail diperiksa pukul 14.11" in [part.whole for part in shown] or "14.11" in status.toolTip()
    window.resize(1920, 1080)
    settle(window)
    settle(status)
    wide = [part.text() for part in parts if part.isVisible()]
    assert {"E-mail diperiksa pukul 14.11", "1 pesan menunggu dikirim", "Petugas: Contoh Petugas Loket"} <= {*wide}


@pytest.mark.parametrize("percent", [100, 110])
def test_position_and_agency_of_a_case_are_read_whole(
    open_window: MakeWindow, show_case: Callable[[MainWindow, int], None], desk: FakeDesk, percent: int
) -> None:
    position, agency = "Pengelola Pengadaan Barang/Jasa Ahli Muda", "Dinas Pekerjaan Umum dan Penataan Ruang Contoh"
    desk.state.change(2, applicant=replace(desk.state.cases[2].applicant, position=position, agency=agency))
    window = open_window(percent=percent)
    show_case(window, 2)
    settle(window)
    (shown,) = [
        part for part in window.findChildren(QLabel) if part.isVisible() and part.text() == f"{position} · {agency}"
    ]
    assert shown.height() >= shown.heightForWidth(shown.width())
    assert window.width() == 1366


@pytest.mark.parametrize("percent", [100, 125, 150, 200])
def test_no_message_at_the_foot_widens_the_window_or_is_cut(open_window: MakeWindow, percent: int) -> None:
    window = open_window(percent=percent)
    status = window.findChildren(StatusLine)[0]
    told = DeskStatus(
        None, NOW + timedelta(days=3), "CA pelatihan LockDesk", True, 1204, True, 0, "Contoh Petugas", True, {}
    )
    status.show_status(told, NOW)
    status.show_mail("E-mail diperiksa pukul 14.11", "")
    words = (
        "Menunggu printer LoketPDF (kata printer: Kertas habis). Cetakan keluar sendiri bila printer siap; atau"
        " batalkan, lalu pilih printer lain."
    )
    before, room = status.geometry(), window.width() if percent < 200 else status.width()
    status.say(words)
    settle(status)
    assert status.geometry() == before, "the page does not move under the eye"
    assert status.minimumSizeHint().width() <= room
    status.show_status(replace(told, outbox={MessageState.UNSETTLED: 3}), NOW)
    settle(status)
    assert status.minimumSizeHint().width() <= room, "what comes beside it leaves it less"
    (said,) = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text() == words]
    assert said.height() >= said.heightForWidth(said.width())
    foot = said.mapTo(window, said.rect().bottomLeft()), status.mapTo(window, status.rect().bottomLeft())
    assert foot[0] == foot[1]


def test_another_page_is_seen_from_its_left_edge(open_window: MakeWindow) -> None:
    """With the largest letters a page is wider than the window, and the one before was looked at elsewhere."""
    window = open_window((1100, 700), percent=200)
    bar = window.centralWidget().horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    window.show_page("settings")
    assert bar.value() == 0


def test_whoever_receives_a_request_begins_at_its_file_and_cancels_at_the_right(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.begin(str(WindowAction.RECEIVE))
    (sheet,) = shown_sheets(window, ReceiveSheet)
    focused = QApplication.focusWidget()
    assert isinstance(focused, HintButton) and focused.property("role") == "primary"
    assert sheet.cancel.isVisible() and sheet.cancel.x() > sheet.width() // 2
    sheet.reject()


def test_an_empty_register_says_what_to_do_and_a_search_without_result_another_thing(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_page("register")
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    page = window.findChild(RegisterPage)
    assert page is not None
    search = page.findChildren(QLineEdit)[0]
    for text, told in (("", "Belum ada data kepegawaian"), ("Tidak Dikenal", "Tidak ada data yang cocok")):
        search.setText(text)
        page._on_rows(RegisterRows((), None, 0), continued=False)
        assert told in [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_another_number_is_typed_over_the_proposed_one(qtbot: QtBot, window: MainWindow) -> None:
    window.begin(str(WindowAction.PRINT_EMERGENCY))
    (sheet,) = shown_sheets(window, EmergencySheet)
    qtbot.keyClicks(QApplication.focusWidget(), "3")
    assert [box.value() for box in sheet.findChildren(QSpinBox)] == [3]
    sheet.reject()
