"""Complaints in the window: what is written for one stays with it, what is asked before it is done, what is found."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lockdesk.core.complaints import ComplaintClass, ComplaintState, ComplaintStep, Satisfaction
from lockdesk.errors import Damaged, Declined, Unreachable
from lockdesk.ui.complaints.new import NewComplaint
from lockdesk.ui.complaints.panel import ComplaintPanel
from lockdesk.ui.complaints.sheets import EscalateSheet
from lockdesk.ui.look.actions import WindowAction
from lockdesk.ui.prints.offers import MEMORY, PrintMemory
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.drafts import AnewLink, keep_drafts
from lockdesk.ui.widgets.forms import Segments
from lockdesk.ui.widgets.parts import HintButton, settle
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.ui.widgets.sheet import open_sheets, sheet_is_open
from tests.ui.conftest import MakeWindow
from tests.ui.fake_desk import FakeDesk

CONTROL = Qt.KeyboardModifier.ControlModifier


def show(qtbot: QtBot, window: MainWindow, complaint_id: int) -> ComplaintPanel:
    with qtbot.waitSignal(window.complaint_shown):
        window.show_complaint(complaint_id)
    return window.services.pages.complaints().panel


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.background.idle)


def press(over: QWidget, words: str) -> None:
    next(button for button in over.findChildren(HintButton) if button.text() == words and button.isVisible()).click()


def outcome(panel: ComplaintPanel) -> Segments:
    return panel.answer.findChildren(Segments)[0]


def write(panel: ComplaintPanel, text: str) -> None:
    panel.answer._area.setPlainText(text)


def test_an_answer_and_its_outcome_stay_with_their_complaint(
    qtbot: QtBot, open_window: Callable[..., MainWindow], desk: FakeDesk
) -> None:
    window = open_window()
    panel = show(qtbot, window, 7)
    write(panel, "Sedang ditelusuri di server e-mail.")
    press(panel, "Masih diproses")
    show(qtbot, window, 5)
    assert (panel.text, outcome(panel).value) == ("", "resolve"), "nothing is carried to another complaint"
    write(panel, "Untuk yang lain.")
    show(qtbot, window, 7)
    assert (panel.text, outcome(panel).value) == ("Sedang ditelusuri di server e-mail.", "respond")
    window.show_page("cases")
    rest(qtbot, window)
    assert json.loads(desk.drafts.kept["complaint_answer:5"])["text"] == "Untuk yang lain."
    window.show_complaint(7)
    write(panel, "Ditelusuri sampai sore.")
    window.close()  # within the two seconds after which it would have been kept anyway
    again = open_window()
    panel = show(qtbot, again, 7)
    assert (panel.text, outcome(panel).value) == ("Ditelusuri sampai sore.", "respond")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not panel.text and again.background.idle)
    assert desk.drafts.kept["complaint_answer:7"] == "", "what was recorded is no draft any more"
    assert [call[2] for call in desk.state.called("respond")] == ["Ditelusuri sampai sore."]


def test_the_lock_keeps_an_answer_and_hides_who_was_named(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    view = desk.state.complaints[6]
    desk.state.complaints[6] = replace(view, form=replace(view.form, name="Nama Rahasia", case_number="LOCK-2026-0042"))
    panel = show(qtbot, window, 6)
    assert "Nama Rahasia" not in repr(panel.facts.facts.facts) and "0042" not in repr(panel.facts.facts.facts)
    press(panel, "Tampilkan identitas")
    qtbot.waitUntil(lambda: "Nama Rahasia" in repr(panel.facts.facts.facts))
    assert "LOCK-2026-0042" in repr(panel.facts.facts.facts)
    write(panel, "Pejabat sudah menelepon.")
    window.lock()
    rest(qtbot, window)
    assert "Nama Rahasia" not in repr(panel.facts.facts.facts)
    assert "Pejabat" in desk.drafts.kept["complaint_answer:6"]


def test_escalation_asks_to_whom_and_why_and_prints_the_sheet(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    panel = show(qtbot, window, 7)
    write(panel, "Menyangkut anggaran.")
    press(panel, "Perlu pejabat")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CONTROL)
    (sheet,) = window.findChildren(EscalateSheet)
    assert desk.state.called("escalate") == [], "nothing is passed on before it was asked"
    to = sheet.findChildren(QComboBox)[0]
    assert to.currentText() == "Contoh Pejabat"
    to.setEditText("")
    assert not sheet.verb.isEnabled()
    to.setEditText("Contoh Kepala Dinas")
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("send")) and window.background.idle)
    assert desk.state.called("addressee")[0][1] == "Contoh Kepala Dinas"
    assert desk.state.called("escalate")[0][2] == "Menyangkut anggaran."
    assert [call[1:3] for call in desk.state.called("print")] == [("escalation", 7)]
    assert not sheet_is_open(window)


def test_without_a_printer_the_preview_offers_to_save(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    desk.state.printers = ()
    window.services.printing.print_at_once("complaint_receipt", 7)
    qtbot.waitUntil(lambda: sheet_is_open(window) and window.background.idle)
    assert desk.state.called("print") == []


def test_what_is_damaged_is_told_and_not_taken_for_a_missing_printer(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    desk.state.failures["printers"] = Damaged("Jejak audit rusak.", "Hentikan pekerjaan.")
    window.services.printing.print_slip(3)
    qtbot.waitUntil(lambda: window.background.idle)
    assert not [label for label in window.findChildren(QLabel) if "printer tidak tersedia" in label.text()]
    (told,) = open_sheets(window)
    assert isinstance(told, ErrorSheet) and told.error.message == "Jejak audit rusak."


def test_a_silent_print_system_opens_no_dialog_over_a_case_that_was_completed(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    desk.state.failures["printers"] = Unreachable("Sistem cetak komputer ini tidak menjawab.")
    window.services.printing.print_slip(3)
    qtbot.waitUntil(lambda: window.background.idle)
    assert [label for label in window.findChildren(QLabel) if "printer tidak tersedia" in label.text()]
    assert not open_sheets(window)


def test_where_the_printer_used_last_is_gone_another_is_not_taken_unasked(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    desk.drafts.keep(MEMORY, PrintMemory("Lantai dua").text())
    window.services.printing.print_at_once("complaint_receipt", 7)
    qtbot.waitUntil(lambda: sheet_is_open(window) and window.background.idle)
    assert desk.state.called("print") == [] and desk.state.called("send") == []


def test_what_comes_first_is_verification_by_keyboard(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    panel = show(qtbot, window, 5)
    assert panel.view is not None and panel.view.state is ComplaintState.RECEIVED
    qtbot.keyClick(panel, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: panel.view is not None and panel.view.state is ComplaintState.HANDLED_BY_OFFICER)
    assert desk.state.called("verify") and not desk.state.called("resolve")


def test_a_reply_waits_for_the_complainant_whose_answer_is_recorded(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    panel = show(qtbot, window, 7)
    write(panel, "Apakah sudah diterima?")
    press(panel, "Menunggu balasan pengadu")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: panel.view is not None and panel.view.state is ComplaintState.AWAITING_COMPLAINANT)
    rest(qtbot, window)
    assert not panel._buttons[ComplaintStep.RESOLVE].isVisible(), "what comes next is the complainant's word"
    press(panel, "Catat balasan pengadu…")
    assert sheet_is_open(window)
    window.complaint_work.complainant_replies(7, "", "Sudah diterima.")
    qtbot.waitUntil(lambda: panel.view is not None and panel.view.state is ComplaintState.HANDLED_BY_OFFICER)


def test_an_answer_is_recorded_once_however_often_the_key_is_pressed(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    gate = desk.state.gates["respond:7"] = threading.Event()
    panel = show(qtbot, window, 7)
    press(panel, "Masih diproses")
    write(panel, "Sedang ditelusuri.")
    for _stroke in range(3):
        qtbot.keyClick(panel, Qt.Key.Key_Return, CONTROL)
    gate.set()
    rest(qtbot, window)
    assert len(desk.state.called("respond")) == 1, "the complainant would get the same message three times"
    write(panel, "Sudah selesai ditelusuri.")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(desk.state.called("resolve")), timeout=5000)


def test_what_was_typed_is_recorded_after_a_step_that_failed(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    panel = show(qtbot, window, 7)
    write(panel, "Sudah diperbaiki.")
    desk.state.failures["resolve"] = Declined("Basis data sedang sibuk.")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: sheet_is_open(window), timeout=5000)
    open_sheets(window)[-1].reject()
    del desk.state.failures["resolve"]
    qtbot.keyClick(panel, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(desk.state.called("resolve")) == 2, timeout=5000)
    rest(qtbot, window)


def test_taking_back_an_escalation_keeps_the_answer_that_is_half_written(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    panel = show(qtbot, window, 6)
    write(panel, "Menurut pejabat lewat telepon,")
    press(panel, "Batal diteruskan…")
    (sheet,) = open_sheets(window)
    sheet.findChildren(QPlainTextEdit)[0].setPlainText("Salah pilih pengaduan.")
    sheet.verb.click()
    qtbot.waitUntil(lambda: panel.view is not None and panel.view.state is ComplaintState.HANDLED_BY_OFFICER)
    rest(qtbot, window)
    assert panel.text == "Menurut pejabat lewat telepon,"
    assert QApplication.focusWidget() is panel.answer._area


def test_after_reopening_one_writes_the_answer(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    panel = show(qtbot, window, 4)
    press(panel, "Buka kembali…")
    (sheet,) = open_sheets(window)
    sheet.findChildren(QPlainTextEdit)[0].setPlainText("Pengadu datang lagi.")
    sheet.verb.click()
    qtbot.waitUntil(lambda: panel.view is not None and panel.view.state is ComplaintState.HANDLED_BY_OFFICER)
    rest(qtbot, window)
    assert QApplication.focusWidget() is panel.answer._area


def test_after_the_last_answer_no_button_has_the_keyboard_by_chance(qtbot: QtBot, window: MainWindow) -> None:
    panel = show(qtbot, window, 7)
    panel.take_focus()
    write(panel, "Sudah diperbaiki.")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: panel.view is not None and panel.view.state is ComplaintState.RESOLVED)
    rest(qtbot, window)
    assert QApplication.focusWidget() is panel


def test_after_recording_a_complaint_the_keyboard_is_at_it(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    """And not on whatever button stands next in the window, which the next space would press."""
    window.new_complaint()
    rest(qtbot, window)
    form = window.services.pages.complaints().form
    form.fields._name.setText("Tri Umpamakan")
    form.fields._description.setPlainText("Pemberitahuan tidak pernah diterima.")
    form._save.setFocus()
    qtbot.keyClick(form._save, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.state.called("complaint_receive")), timeout=5000)
    rest(qtbot, window)
    assert QApplication.focusWidget() is window.services.pages.complaints().panel.answer._area


def test_enter_in_the_list_leads_to_the_answer(qtbot: QtBot, window: MainWindow) -> None:
    panel = show(qtbot, window, 7)
    rows = window.services.pages.complaints().list.view
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert QApplication.focusWidget() is panel.answer._area


def test_the_related_case_is_checked_before_saving(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    window.new_complaint()
    rest(qtbot, window)
    form = window.services.pages.complaints().form
    fields = form.fields
    fields._name.setText("Tri Umpamakan")
    fields._description.setPlainText("Pemberitahuan tidak pernah diterima.")
    case = next(iter(desk.state.cases.values()))
    fields._case.setText(case.number)
    qtbot.waitUntil(lambda: case.applicant.name in fields._fields["case"]._below.text())
    assert form._print.isEnabled()
    fields._case.setText("LOCK-2026-9999")
    qtbot.waitUntil(lambda: "tidak ada" in fields._fields["case"]._below.text())
    qtbot.keyClick(fields, Qt.Key.Key_Return, CONTROL)
    assert not form._print.isEnabled() and not desk.state.called("complaint_receive")
    fields._case.clear()
    qtbot.waitUntil(lambda: form._print.isEnabled() and window.background.idle)


def test_dropped_evidence_is_kept_with_the_draft_and_goes_with_the_complaint(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, tmp_path: Path
) -> None:
    path = tmp_path / "bukti.png"
    path.write_bytes(b"gambar")
    window.new_complaint()
    rest(qtbot, window)
    page = window.services.pages.complaints()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(9, 9), action, data, button, Qt.KeyboardModifier.NoModifier))
    window.show_page("cases")
    rest(qtbot, window)
    assert json.loads(desk.drafts.kept["complaint"])["files"] == [str(path)]
    window.new_complaint()
    page.form.fields._name.setText("Tri Umpamakan")
    page.form.fields._description.setPlainText("Pemberitahuan tidak pernah diterima.")
    with qtbot.waitSignal(window.complaint_shown):
        page.form._save.click()
    rest(qtbot, window)
    ((_name, _form, files),) = desk.state.called("complaint_receive")
    assert [(file.name, file.content) for file in files] == [("bukti.png", b"gambar")]
    window.new_complaint()
    assert page.form.files.paths == () and page.form.empty, "nothing is carried to the next one"
    rest(qtbot, window)
    page.form.fields._class.setCurrentIndex(2)
    qtbot.keyClick(page.form.fields, Qt.Key.Key_Escape)
    window.new_complaint()
    rest(qtbot, window)
    assert page.form.fields.form.complaint_class is ComplaintClass.SUPERVISORY, "what was only chosen is kept, too"
    assert json.loads(desk.drafts.kept["complaint"])["complaint_class"] == "supervisory"


def test_a_complaint_is_found_by_ctrl_k_and_opened(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "umpamakan")
    commands = window.commands
    qtbot.waitUntil(lambda: any(command.kind == "complaint" for command in commands.commands()))
    (found,) = [command for command in commands.commands() if command.kind == "complaint"]
    assert found.words.startswith("ADU-2026-0007 · Tri Umpamakan · Ditangani petugas · 24 November 2026 · Sertifikat")
    row = [command.kind for command in commands.commands()].index("complaint")
    with qtbot.waitSignal(window.complaint_shown) as shown:
        commands.clicked.emit(commands.model().index(row, 0))
    assert shown.args == [7]
    rest(qtbot, window)


def test_satisfaction_is_recorded_after_the_resolution(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    panel = show(qtbot, window, 7)
    assert not panel.satisfaction.isVisible()
    panel = show(qtbot, window, 4)
    assert panel.satisfaction.isVisible()
    press(panel.satisfaction, "Tidak puas")
    rest(qtbot, window)
    assert desk.state.called("satisfaction") == [("satisfaction", 4, Satisfaction.DISSATISFIED)]


@pytest.mark.parametrize("language", ["id", "en"])
def test_large_text_makes_no_wider_window(qtbot: QtBot, open_window: Callable[..., MainWindow], language: str) -> None:
    window = open_window(percent=150, language=language)
    for complaint_id in (5, 7, 4, 6):
        panel = show(qtbot, window, complaint_id)
        assert panel.isVisible() and window.width() == 1366
        write(panel, "Sedang ditelusuri di server e-mail.")
        assert window.width() == 1366
    window.new_complaint()
    rest(qtbot, window)
    assert window.services.pages.complaints().form.isVisible() and window.width() == 1366


@pytest.mark.parametrize("page", ["complaints", "reports", "settings"])
def test_the_wheel_changes_no_choice(qtbot: QtBot, window: MainWindow, page: str) -> None:
    window.show_page(page)
    if page == "complaints":
        window.new_complaint()
    if page == "reports":
        window.services.pages.reports().show_view("books")
    rest(qtbot, window)
    shown = window.services.pages.page(WindowAction(page))
    boxes: list[QComboBox | QAbstractSpinBox] = [*shown.findChildren(QComboBox), *shown.findChildren(QAbstractSpinBox)]
    assert boxes
    for box in boxes:
        assert box.focusPolicy() is Qt.FocusPolicy.StrongFocus, "the wheel takes no keyboard: a letter would choose"
        before = _said(box)
        for turn in (-120, 120):
            middle = QPointF(box.rect().center())
            event = QWheelEvent(
                middle, middle, QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(box, event)
            assert _said(box) == before


def _said(box: QComboBox | QAbstractSpinBox) -> str:
    return box.currentText() if isinstance(box, QComboBox) else box.text()


def test_for_the_next_visitor_the_form_and_what_was_kept_of_it_are_emptied(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    window.new_complaint()
    form = window.findChildren(NewComplaint)[0]
    rest(qtbot, window)
    form.fields._name.setText("Tri Umpamakan")
    keep_drafts(form)
    rest(qtbot, window)
    anew = next(button for button in form.findChildren(QAbstractButton) if button.text() == "Kosongkan")
    window.resize(1366, 500)
    form._flow.ensureWidgetVisible(anew)
    qtbot.mouseClick(anew, Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    assert form.fields._name.visibleRegion().boundingRect() == form.fields._name.rect(), "where the next one begins"
    assert form.empty and "Umpamakan" not in str(desk.drafts.load("complaint"))


def test_a_form_that_was_emptied_by_mistake_comes_back(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    window.new_complaint()
    form = window.findChildren(NewComplaint)[0]
    rest(qtbot, window)
    (anew,) = form.findChildren(AnewLink)
    form.fields._name.setText("Tri Umpamakan")
    form.fields._description.setPlainText("Pemberitahuan tidak pernah diterima.")
    anew.click()
    assert form.empty and anew.text() == "Kembalikan isian"
    anew.click()
    rest(qtbot, window)
    assert form.fields._name.text() == "Tri Umpamakan" and anew.text() == "Kosongkan"
    assert "Umpamakan" in str(desk.drafts.load("complaint")), "and is kept again"
    anew.click()
    form.fields._name.setText("Warga Lain")
    assert anew.text() == "Kosongkan", "the one before is gone as soon as the next one is there"
    form.clear()


def test_a_complaint_with_a_passphrase_is_not_brought_back_nor_kept(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    window.new_complaint()
    form = window.findChildren(NewComplaint)[0]
    rest(qtbot, window)
    (anew,) = form.findChildren(AnewLink)
    form.fields._name.setText("Tri Umpamakan")
    form.fields._description.setPlainText("Passphrase lama saya Melati#2026")
    for _press in range(2):
        anew.click()
        assert form.empty and anew.text() == "Kosongkan"
        rest(qtbot, window)
    assert "Melati" not in str(desk.drafts.kept)


def test_no_draft_of_a_complaint_or_its_answer_holds_a_passphrase(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    said = "Passphrase lama saya Melati#2026"
    write(show(qtbot, window, 5), said)
    window.new_complaint()
    rest(qtbot, window)
    form = window.findChildren(NewComplaint)[0]
    form.fields._description.setPlainText(said)
    window.show_page("cases")
    rest(qtbot, window)
    assert "Melati" not in str(desk.drafts.kept)


def test_no_new_complaint_with_a_passphrase_in_it_is_saved(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    window.new_complaint()
    rest(qtbot, window)
    form = window.findChildren(NewComplaint)[0]
    saves = [button for button in form.findChildren(QAbstractButton) if button.text().startswith("Simpan")]
    form.fields._name.setText("Tri Umpamakan")
    form.fields._description.setPlainText("Pemberitahuan tidak pernah diterima.")
    assert all(button.isEnabled() for button in saves)
    for field in (form.fields._place, form.fields._evidence):
        field.setText("kata sandi: Melati#2026")
        assert not any(button.isEnabled() for button in saves)
        field.clear()
    form.fields._description.setPlainText("Passphrase lama saya Melati#2026")
    assert not any(button.isEnabled() for button in saves)
    assert "tampak memuat passphrase" in form.fields._description.accessibleDescription()
    qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not desk.state.called("complaint_receive")
    form.clear()


@pytest.mark.parametrize("percent", [100, 150])
def test_the_next_visitor_s_empty_form_is_at_hand_where_the_form_begins(open_window: MakeWindow, percent: int) -> None:
    window = open_window(percent=percent)
    window.new_complaint()
    form = window.services.pages.complaints().form
    anew = next(button for button in form.findChildren(HintButton) if button.text() == "Kosongkan")
    settle(window)
    assert anew.visibleRegion().boundingRect().size() == anew.size(), "seen whole without scrolling"
    assert window.services.pages.complaints().minimumSizeHint().width() <= 1366, "and all of it fits the screen"
