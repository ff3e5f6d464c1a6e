"""What stands beside the procedure: route, leak, practice authority, deadline, exports, letter, corrections."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QtMsgType
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QRadioButton
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState, Route
from lockdesk.core.operations import OperationState
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.ui.cases.head import CaseHead
from lockdesk.ui.complaints.sheets import CorrectComplaintSheet
from lockdesk.ui.dialogs.deadline import DeadlineSheet
from lockdesk.ui.dialogs.reset import ResetSheet, SignatureSheet
from lockdesk.ui.dialogs.review import CorrectSheet
from lockdesk.ui.dialogs.route import RouteSheet
from lockdesk.ui.dialogs.standing import StandingSheet
from lockdesk.ui.look.value_words import readable_subject
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.page_canvas import turned_box
from lockdesk.ui.widgets.parts import ElidedLabel
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.ui.widgets.sheet import Sheet, sheet_is_open
from tests.helpers.window import people
from tests.ui.conftest import MakeWindow
from tests.ui.fake_desk import UNDECIDED, FakeDesk, form

ShowCase = Callable[[MainWindow, int], None]


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(practice=True)


def sheet(window: MainWindow, kind: type[Sheet]) -> Sheet:
    return next(found for found in window.findChildren(kind) if found.isVisible())


def press(window: MainWindow, words: str) -> None:
    next(b for b in window.findChildren(QAbstractButton) if b.text() == words and b.isVisible()).click()


def has_button(window: MainWindow, words: str) -> bool:
    return any(b.text() == words and b.isVisible() for b in window.findChildren(QAbstractButton))


def test_the_route_is_changed_with_a_reason(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    window.begin(f"case.{CaseAction.SET_ROUTE}")
    asked = sheet(window, RouteSheet)
    next(b for b in asked.findChildren(QRadioButton) if b.text() == "Pencabutan saja").setChecked(True)
    assert not asked.verb.isEnabled()
    asked.findChildren(QPlainTextEdit)[0].setPlainText("Pemohon pensiun bulan depan")
    asked.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("set_route")) and window.background.idle)
    assert desk.state.called("set_route")[0] == (
        "set_route",
        UNDECIDED,
        Route.REVOKE_ONLY,
        "Pemohon pensiun bulan depan",
    )


def test_no_reset_is_offered_where_somebody_else_may_know_the_passphrase(
    window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.change(UNDECIDED, compromised=True)
    show_case(window, UNDECIDED)
    window.begin(f"case.{CaseAction.SET_ROUTE}")
    asked = sheet(window, RouteSheet)
    reset = next(b for b in asked.findChildren(QRadioButton) if b.text() == "Reset passphrase oleh verifikator")
    assert not reset.isEnabled()
    assert any("harus dicabut" in found.text() for found in asked.findChildren(QLabel))


def test_a_reset_asks_for_the_number_at_the_ca_then_when_and_how_the_signature_was_told(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.change(3, state=CaseState.VERIFIED, route=Route.VERIFIER_RESET)
    show_case(window, 3)
    assert "Cabut sertifikat…" not in {b.text() for b in window.findChildren(QAbstractButton) if b.isVisible()}
    window.begin(f"case.{CaseAction.SEND_RESET}")
    asked = sheet(window, ResetSheet)
    assert isinstance(asked, ResetSheet)
    asked.phone.setFocus()
    asked.phone.setText("0813-0000-9999")
    assert not asked.verb.isEnabled() and not asked.phone.accessibleDescription(), "still being typed"
    qtbot.keyClick(asked.phone, Qt.Key.Key_Tab)
    assert any("Bukan nomor pemohon" in found.text() for found in asked.findChildren(QLabel))
    asked.phone.setText(asked.known)
    asked.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("sent")) and window.background.idle)
    window.begin(f"case.{CaseAction.PROVE_RESET}")
    told = sheet(window, SignatureSheet)
    assert not told.verb.isEnabled()
    told.findChildren(QPlainTextEdit)[0].setPlainText("Menelepon, tanda tangan berhasil")
    told.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("proved")) and window.background.idle)
    now = desk.clock.now().replace(second=0, microsecond=0)
    assert desk.state.called("proved") == [("proved", 3, now, "Menelepon, tanda tangan berhasil", False)]


def test_a_leak_is_noted_and_taken_back(qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk) -> None:
    show_case(window, UNDECIDED)
    for count, expected in ((1, True), (2, False)):
        window.begin(f"case.{CaseAction.SET_COMPROMISED}")
        asked = sheet(window, ReasonSheet)
        asked.findChildren(QPlainTextEdit)[0].setPlainText("Disampaikan pemohon lewat telepon")
        asked.verb.click()
        qtbot.waitUntil(lambda count=count: len(desk.state.called("set_compromised")) == count)  # type: ignore[misc]
        qtbot.waitUntil(lambda: window.background.idle)
        assert desk.state.called("set_compromised")[-1][2] is expected


def test_an_unknown_serial_is_given_a_practice_certificate(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.change(UNDECIDED, old_certificate=None)
    show_case(window, UNDECIDED)
    press(window, "Beri sertifikat latihan")
    qtbot.waitUntil(lambda: bool(desk.state.called("give_certificate")) and window.background.idle)
    qtbot.waitUntil(lambda: not has_button(window, "Beri sertifikat latihan"))


def test_what_waits_is_approved_or_declined_in_practice_only(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    waiting = replace(people.unsettled(1), state=OperationState.AWAITING)
    desk.state.change(1, state=CaseState.REVOKED, operations=(waiting,))
    show_case(window, 1)
    press(window, "Setujui di CA pelatihan")
    qtbot.waitUntil(lambda: bool(desk.state.called("approve")) and window.background.idle)
    press(window, "Tolak di CA pelatihan…")
    asked = sheet(window, ReasonSheet)
    asked.findChildren(QPlainTextEdit)[0].setPlainText("Kunci terlalu pendek")
    asked.verb.click()
    qtbot.waitUntil(lambda: desk.state.called("decline") == [("decline", 1, "Kunci terlalu pendek")])
    qtbot.waitUntil(lambda: window.background.idle)


def test_at_work_nobody_plays_the_ca(
    qtbot: QtBot, desk: FakeDesk, open_window: Callable[..., MainWindow], show_case: ShowCase
) -> None:
    desk._settings = replace(desk._settings, practice=False)
    waiting = replace(people.unsettled(1), state=OperationState.AWAITING)
    desk.state.change(1, state=CaseState.REVOKED, operations=(waiting,), old_certificate=None)
    window = open_window()
    show_case(window, 1)
    assert has_button(window, "Periksa status ke BSrE")
    assert not has_button(window, "Setujui di CA pelatihan")
    assert not has_button(window, "Beri sertifikat latihan")


def test_the_deadline_explains_itself(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    head = window.findChild(CaseHead)
    assert head is not None
    words = next(b for b in head.findChildren(QAbstractButton) if b.text().startswith("Batas "))
    assert words.toolTip()
    words.setFocus()
    qtbot.keyClick(words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet_is_open(window))
    told = sheet(window, DeadlineSheet)
    shown = [found.text() for found in told.findChildren(QLabel)]
    assert "di luar jam layanan" in shown
    assert any(text.endswith(" dihitung") for text in shown)
    qtbot.keyClick(told, Qt.Key.Key_Escape)
    assert not sheet_is_open(window)


def test_how_the_request_stands_is_copied_by_two_keys(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    case = desk.reading.case(UNDECIDED)
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: sheet_is_open(window))
    told = sheet(window, StandingSheet)
    assert isinstance(told, StandingSheet)
    qtbot.waitUntil(lambda: case.number in told.sentence.text)
    qtbot.keyClick(told, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not sheet_is_open(window))
    assert QGuiApplication.clipboard().text() == told.sentence.text
    assert case.applicant.name not in told.sentence.text


def test_somebody_who_asks_is_found_by_name_from_any_page(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    asked_about = next(view for view in desk.state.cases.values() if view.id != UNDECIDED)
    window.show_page("register")
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: sheet_is_open(window))
    told = sheet(window, StandingSheet)
    assert isinstance(told, StandingSheet)
    told.search.field.setText("Tidak Ada")
    qtbot.waitUntil(lambda: window.background.idle)
    assert not told.sentence.text and not told.verb.isEnabled()
    told.search.field.setText(asked_about.applicant.name)
    qtbot.waitUntil(lambda: asked_about.number in told.sentence.text)
    assert asked_about.applicant.name not in told.sentence.text
    qtbot.keyClick(told.search.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not sheet_is_open(window))
    assert asked_about.number in QGuiApplication.clipboard().text()


def test_a_stored_document_leaves_through_the_journal(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, tmp_path: Path
) -> None:
    show_case(window, UNDECIDED)
    save = next(b for b in window.findChildren(QAbstractButton) if b.accessibleName().startswith("Simpan… permintaan"))
    save.click()
    dialog = next(found for found in window.findChildren(QFileDialog) if found.isVisible())
    assert not desk.state.called("export_document")
    path = tmp_path / "permintaan.csr"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: window.background.idle)
    assert path.read_bytes() == b"isi dokumen"
    assert desk.state.called("export_document") == [("export_document", UNDECIDED, 22)]


def test_the_letter_is_enlarged_turned_and_fitted_by_keys(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    letter = window.cases.panel.letter
    canvas = letter.canvas
    whole = canvas.paper.width()
    letter.area.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    for key, factor in ((Qt.Key.Key_Plus, 1.25), (Qt.Key.Key_Plus, 1.5), (Qt.Key.Key_Minus, 1.25)):
        qtbot.keyClick(letter.area, key, control)
        assert canvas.paper.width() == pytest.approx(whole * factor, abs=20)
    qtbot.keyClick(letter.area, Qt.Key.Key_0, control)
    assert canvas.paper.width() == pytest.approx(whole, abs=20)
    qtbot.keyClick(letter.area, Qt.Key.Key_R, control)
    assert canvas.turns == 1
    qtbot.keyClick(letter.area, Qt.Key.Key_F11)
    assert window.cases.list.isHidden()
    qtbot.keyClick(letter.area, Qt.Key.Key_F11)
    assert not window.cases.list.isHidden()
    qtbot.waitUntil(lambda: window.background.idle)


def test_page_keys_scroll_and_then_turn_the_page(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    facts = desk.state.cases[UNDECIDED].facts
    desk.state.change(UNDECIDED, facts=replace(facts, statement=replace(facts.statement, pages=2)))
    show_case(window, UNDECIDED)
    letter = window.cases.panel.letter
    letter.area.setFocus()
    for _press in range(4):
        qtbot.keyClick(letter.area, Qt.Key.Key_PageDown)
    assert letter.page == 1
    for _press in range(4):
        qtbot.keyClick(letter.area, Qt.Key.Key_PageUp)
    assert letter.page == 0
    qtbot.waitUntil(lambda: window.background.idle)


def test_a_place_turns_with_the_page() -> None:
    box = (0.1, 0.2, 0.3, 0.25)
    assert turned_box(box, 1) == pytest.approx((0.75, 0.1, 0.8, 0.3))
    assert turned_box(box, 4) == pytest.approx(box)


def test_a_confidential_complaint_is_corrected_unseen(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    view = desk.state.complaints[6]
    hidden = replace(form("Nama Rahasia", view.form.channel, True), name="Nama Rahasia")
    desk.state.complaints[6] = replace(view, form=hidden)
    with qtbot.waitSignal(window.complaint_shown):
        window.show_complaint(6)
    press(window, "Koreksi")
    qtbot.waitUntil(lambda: bool(window.findChildren(CorrectComplaintSheet)))
    asked = sheet(window, CorrectComplaintSheet)
    typed = [edit.text() for edit in asked.findChildren(QLineEdit)]
    assert "Nama Rahasia" not in typed
    assert hidden.contact not in typed
    asked.findChildren(QPlainTextEdit)[1].setPlainText("Dihubungi lewat surat saja")
    asked.findChildren(QLineEdit)[-1].setText("Permintaan pengadu")
    asked.verb.click()
    qtbot.waitUntil(lambda: any(call[0].endswith("correct") for call in desk.state.calls) and window.background.idle)
    written = next(call for call in desk.state.calls if call[0].endswith("correct"))[2]
    assert (written.name, written.contact) == (hidden.name, hidden.contact)


def test_subjects_are_read_without_escapes() -> None:
    assert readable_subject(r"CN=Sekar Contohwati\, S.I.Pust.,C=ID") == "CN=Sekar Contohwati, S.I.Pust.,C=ID"


def test_only_the_offscreen_noise_is_dropped(qapp: object, capfd: pytest.CaptureFixture[str]) -> None:
    from lockdesk.ui.shell.application import OFFSCREEN_NOISE, on_qt_message

    on_qt_message(QtMsgType.QtWarningMsg, None, OFFSCREEN_NOISE)
    on_qt_message(QtMsgType.QtWarningMsg, None, "lain")
    assert capfd.readouterr().err == "lain\n"


def test_what_is_corrected_shows_neither_nik_nor_telephone_number_and_keeps_them(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    case = desk.state.cases[UNDECIDED]
    applicant = replace(case.applicant, phone="+6281200000077")
    asked = CorrectSheet(window, replace(case, applicant=applicant))
    asked.open()
    written = "\n".join(edit.text() + edit.placeholderText() for edit in asked.findChildren(QLineEdit))
    assert applicant.nik not in written and applicant.phone[4:-3] not in written
    assert applicant.nik[-4:] in written and applicant.phone[-3:] in written
    edits = asked.findChildren(QLineEdit)
    next(edit for edit in edits if edit.objectName() == "name").setText("Sekar Contohwati")
    edits[-1].setText("Gelar salah ketik")
    with qtbot.waitSignal(asked.corrected) as told:
        asked.verb.click()
    corrected = told.args[1]
    assert (corrected.name, corrected.nik, corrected.phone) == ("Sekar Contohwati", applicant.nik, applicant.phone)


@pytest.mark.parametrize("percent", [100, 125])
@pytest.mark.parametrize("code", ["id", "en"])
def test_the_name_of_a_letter_is_whole_in_a_small_window_and_no_tool_is_lost(
    qtbot: QtBot, open_window: MakeWindow, show_case: ShowCase, code: str, percent: int
) -> None:
    window = open_window(size=(1366, 768), language=code, percent=percent)
    show_case(window, UNDECIDED)
    head = window.cases.panel.letter.head
    name = next(found for found in head.findChildren(ElidedLabel) if found.whole == "Surat pernyataan.pdf")
    qtbot.waitUntil(lambda: name.text() == name.whole)
    tools = [tool for tool in head.findChildren(QAbstractButton) if tool.isVisible() and tool.accessibleName()]
    assert len(tools) >= (6 if percent == 100 else 4)
