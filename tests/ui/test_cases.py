"""The page of the cases on a fake desk."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.app import shipped_office
from lockdesk.core.cases import CaseState
from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.requests.steps import CaseAction, availability
from lockdesk.desk.values.facts import ScanProgress
from lockdesk.errors import Hindered, Unsettled
from lockdesk.pki.values import RevocationEntry
from lockdesk.ui.cases.action_bar import ActionBar, ActionButton
from lockdesk.ui.dialogs.call import CallSheet
from lockdesk.ui.dialogs.operations import RevokeSheet
from lockdesk.ui.dialogs.review import AskApplicantSheet, RejectSheet
from lockdesk.ui.look.actions import CASE_ACTIONS, PROCEDURE, WINDOW_ACTIONS
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.status_line import StatusLine
from lockdesk.ui.verification.comparison import ComparisonTable, cell_words
from lockdesk.ui.widgets.facts import FactList
from lockdesk.ui.widgets.questions import ErrorSheet, ReasonSheet
from lockdesk.ui.widgets.sheet import Sheet, open_sheets, sheet_is_open
from tests.helpers.window import people
from tests.helpers.window.filling import fill
from tests.helpers.window.reading import words_in
from tests.ui.fake_desk import UNDECIDED, FakeDesk

ShowCase = Callable[[MainWindow, int], None]
VERIFIED = 3


def words_of(widget: QLabel | None) -> str:
    return widget.text() if widget is not None else ""


def all_words(window: MainWindow) -> str:
    return words_in(window.cases.panel)


def button(window: MainWindow, action: CaseAction) -> ActionButton:
    found = [b for b in window.findChildren(ActionButton, f"action-{action}") if not b.isHidden()]
    return found[0]


def sheet(window: MainWindow, kind: type[Sheet]) -> Sheet:
    return next(found for found in window.findChildren(kind) if found.isVisible())


def press(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), text)


def test_the_first_page_is_filled_and_nothing_is_chosen(window: MainWindow, desk: FakeDesk) -> None:
    assert window.cases.list.model.loaded == len(people.PEOPLE)
    assert window.work.case_id == 0
    assert not desk.state.called("case")


def test_a_case_shows_person_findings_and_letter(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    shown = all_words(window)
    assert "Jabatan di surat berbeda dengan data kepegawaian" in shown
    assert "1 perlu diputuskan · 18 sesuai" in shown
    qtbot.waitUntil(lambda: window.cases.panel.letter.page == 0 and bool(desk.state.called("render")))


def test_the_nik_is_masked_until_a_reason_is_given(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    nik = people.SEKAR.nik
    assert nik not in all_words(window)
    assert "3375••••••••9901" in all_words(window)
    window.cases.handling.unmask()
    asked = sheet(window, ReasonSheet)
    assert not asked.verb.isEnabled()
    press(qtbot, "Dicocokkan dengan surat")
    asked.verb.click()
    qtbot.waitUntil(lambda: nik in all_words(window))
    assert desk.state.called("unmask_nik") == [("unmask_nik", UNDECIDED, "Dicocokkan dengan surat")]


def test_a_late_answer_for_another_case_is_dropped(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    gate = desk.state.gates["case:1"] = threading.Event()
    window.show_case(1)
    qtbot.waitUntil(lambda: ("case", 1) in desk.state.calls)
    with qtbot.waitSignal(window.case_shown) as shown:
        window.show_case(UNDECIDED)
    assert shown.args == [UNDECIDED]
    gate.set()
    qtbot.waitUntil(lambda: window.background.idle)
    assert window.cases.panel.case is not None
    assert window.cases.panel.case.id == UNDECIDED


def test_a_late_page_of_another_document_is_dropped(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    letter = window.cases.panel.letter
    pixels = desk.pages.render(11, 0, 60)
    painted: list[int] = []
    qtbot.waitUntil(lambda: window.background.idle)
    letter.page_shown.connect(painted.append)
    letter.show_pixels(letter.document + 999, pixels)
    letter.grab()
    assert not painted


@pytest.mark.parametrize("case_id", range(1, 10))
def test_buttons_follow_what_the_desk_allows(window: MainWindow, show_case: ShowCase, case_id: int) -> None:
    show_case(window, case_id)
    case = window.cases.panel.case
    assert case is not None
    available = availability(case)
    for shown in window.cases.panel.bar.findChildren(ActionButton):
        if not shown.isHidden():
            assert shown.isEnabled() == (shown.action in available.enabled), shown.action
    filled = [b.action for b in window.cases.panel.bar.findChildren(ActionButton)
              if not b.isHidden() and b.property("role") == "primary"]  # fmt: skip
    assert filled == ([available.primary] if available.primary else [])


@pytest.mark.parametrize("key", [Qt.Key.Key_O, Qt.Key.Key_T])
def test_a_key_whose_step_rests_says_why(qtbot: QtBot, window: MainWindow, show_case: ShowCase, key: Qt.Key) -> None:
    show_case(window, 7)
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    step = CaseAction.ADD_FILES if key == Qt.Key.Key_O else CaseAction.RECORD_CALL
    available = window.cases.available
    assert available is not None and available.rests[step]
    said = [part.text() for part in window.findChildren(StatusLine)[0].findChildren(QLabel) if part.isVisible()]
    assert available.rests[step] in said and not open_sheets(window)


def test_enter_on_a_scan_that_is_being_read_says_why_it_waits(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, show_case: ShowCase
) -> None:
    desk.state.change(2, scan=ScanProgress(0, 1))
    show_case(window, 2)
    window.cases.panel.focus_panel(2)
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    said = [part.text() for part in window.findChildren(StatusLine)[0].findChildren(QLabel) if part.isVisible()]
    assert "Tunggu sampai semua halaman surat selesai dibaca." in said


@pytest.mark.parametrize("page", ["complaints", "standard"])
def test_the_key_for_printing_prints_what_the_page_shows(qtbot: QtBot, window: MainWindow, page: str) -> None:
    window.show_page(page)
    if page == "complaints":
        window.show_complaint(7)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    (sheet,) = open_sheets(window)
    assert isinstance(sheet, PrintSheet)
    sheet.reject()


@pytest.mark.parametrize("case_id", range(1, 10))
def test_whatever_rests_says_why(qtbot: QtBot, window: MainWindow, show_case: ShowCase, case_id: int) -> None:
    """At the button, in the menu behind the dots, and by keys alone."""
    show_case(window, case_id)
    bar = window.cases.panel.bar
    for shown in bar.findChildren(ActionButton):
        assert shown.isHidden() or bool(shown.toolTip()) != shown.isEnabled(), shown.action
        assert shown.isHidden() or bool(shown.accessibleDescription()) != shown.isEnabled(), shown.action
    told: list[str] = []
    bar.rest_told.connect(told.append)
    menu = bar._menu
    menu.popup(window.mapToGlobal(QPoint(0, 0)))
    for entry in menu.actions():
        assert entry.toolTip().startswith("<p") != entry.isEnabled(), entry.text()
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        assert menu.activeAction() is entry, "the keys reach what rests"
    resting = [entry for entry in menu.actions() if not entry.isEnabled()]
    assert len(told) == len(resting) and all(told)
    menu.setActiveAction(resting[0])
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    menu.hide()
    assert not open_sheets(window), "and they do nothing there"


def test_remarks_that_cannot_be_kept_say_so_and_are_tried_again(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.failures["remark"] = Hindered("Disk penuh.")
    case_id = next(case.id for case in desk.state.cases.values() if case.new_certificate is not None)
    show_case(window, case_id)
    qtbot.waitUntil(lambda: "belum dapat disimpan: Disk penuh." in words_in(window.cases.panel), timeout=5000)
    assert not open_sheets(window), "they judge the CA: nobody is held up"
    del desk.state.failures["remark"]
    window.refresh()
    qtbot.waitUntil(lambda: len(desk.state.called("remark")) == 2 and window.background.idle, timeout=5000)
    assert "belum dapat disimpan" not in words_in(window.cases.panel)


def test_a_warning_must_be_decided_before_anything_else(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    accept = button(window, CaseAction.ACCEPT)
    assert not accept.isEnabled()
    assert "Belum diputuskan" in accept.toolTip()
    button(window, CaseAction.DECIDE_WARNING).click()
    asked = sheet(window, ReasonSheet)
    press(qtbot, "Jabatan baru dilantik")
    asked.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("decide")) and window.background.idle)
    assert window.cases.panel.bar.primary is button(window, CaseAction.RECORD_CALL)
    window.begin(f"case.{CaseAction.RECORD_CALL}")
    call = sheet(window, CallSheet)
    assert isinstance(call, CallSheet)
    assert not call.verb.isEnabled(), "what was said is never assumed"
    said = next(item for item in call.findChildren(QWidget) if item.objectName() == "confirmed")
    qtbot.mouseClick(said, Qt.MouseButton.LeftButton)
    assert not call.verb.isEnabled(), "nor with whom one spoke"
    press(qtbot, "Niken Umpamakan")
    assert call.verb.isEnabled() and call.verb.text() == "Simpan dan nyatakan sesuai"
    call._alone.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("record_call")) and window.background.idle)
    assert window.cases.panel.bar.primary is button(window, CaseAction.ACCEPT)
    assert not desk.state.called("accept")


def test_revoking_needs_the_right_six_digits(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, VERIFIED)
    button(window, CaseAction.REVOKE).click()
    qtbot.waitUntil(lambda: sheet_is_open(window))
    revoke = sheet(window, RevokeSheet)
    assert isinstance(revoke, RevokeSheet)
    assert revoke.accessibleName() == "Cabut sertifikat Joko Permisalan?"
    for wrong in ("", "00002", "00002D", "0000002C"):
        revoke.edit.setText(wrong)
        assert not revoke.verb.isEnabled()
    qtbot.keyClick(revoke.edit, Qt.Key.Key_Return)
    revoke.edit.setText("00:00:2c")
    assert revoke.verb.isEnabled()
    qtbot.keyClick(revoke.edit, Qt.Key.Key_Return)
    assert not desk.state.called("revoke"), "Enter alone never revokes"
    revoke.verb.click()
    qtbot.waitUntil(lambda: window.cases.panel.case.state is CaseState.REVOKED)
    assert desk.state.called("revoke") == [("revoke", VERIFIED, "00002C")]


def test_revoking_is_impossible_when_the_ca_is_not_ready(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.operations.ready = False
    show_case(window, VERIFIED)
    button(window, CaseAction.REVOKE).click()
    qtbot.waitUntil(lambda: sheet_is_open(window))
    revoke = sheet(window, RevokeSheet)
    assert not revoke.verb.isEnabled()
    assert "CA tidak terhubung" in "\n".join(label.text() for label in revoke.findChildren(QLabel))


def test_an_unsettled_revocation_shows_a_box_and_offers_only_asking(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.failures["revoke"] = Unsettled("Jawaban CA tidak diterima.", "Periksa status ke CA.", "timeout")
    show_case(window, VERIFIED)
    button(window, CaseAction.REVOKE).click()
    qtbot.waitUntil(lambda: bool(window.findChildren(RevokeSheet)))
    desk.state.change(VERIFIED, operations=(people.unsettled(VERIFIED),))
    fill(sheet(window, RevokeSheet))
    sheet(window, RevokeSheet).verb.click()
    qtbot.waitUntil(lambda: bool([s for s in window.findChildren(ErrorSheet) if s.isVisible()]))
    sheet(window, ErrorSheet).reject()
    qtbot.waitUntil(lambda: window.background.idle)
    assert window.cases.panel.bar.procedure() == (CaseAction.SETTLE,)
    button(window, CaseAction.SETTLE).click()
    qtbot.waitUntil(lambda: bool(desk.state.called("settle")))
    assert len(desk.state.called("revoke")) == 1


def test_enter_takes_the_next_step_only_in_the_case_panel(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    panel = window.cases.panel
    held = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(panel, held)
    assert not sheet_is_open(window)
    qtbot.keyClick(panel.verification, Qt.Key.Key_Return)
    assert sheet_is_open(window)
    sheet(window, ReasonSheet).reject()
    window.cases.list.view.setFocus()
    qtbot.keyClick(window.cases.list.view, Qt.Key.Key_Return)
    assert not sheet_is_open(window)


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_ctrl_enter_takes_no_step_that_shows_enter(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, held: Qt.KeyboardModifier
) -> None:
    """It confirms dialogs: struck twice behind the last of them, or on another button, it must not accept a request."""
    show_case(window, UNDECIDED)
    panel, asked = window.cases.panel, list[str]()
    panel.bar.action_asked.connect(asked.append)
    window.cases.take_focus()
    qtbot.keyClick(panel.bar.primary, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    for other in (button(window, CaseAction.ASK_APPLICANT), panel.verification):
        other.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(other, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(panel.verification, Qt.Key.Key_Return, held)
    assert not asked and not sheet_is_open(window)
    qtbot.keyClick(panel.verification, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert asked == [str(CaseAction.DECIDE_WARNING)], "the numbers' own Enter is one as well"


def test_nothing_irreversible_is_on_a_single_key() -> None:
    irreversible = {CaseAction.REVOKE, CaseAction.REISSUE, CaseAction.REJECT, CaseAction.COMPLETE,
                    CaseAction.WITHDRAW, CaseAction.RESOLVE_OTHERWISE}  # fmt: skip
    specs = {spec.step: spec for spec in CASE_ACTIONS}
    assert all(specs[action].confirm and not specs[action].shortcut for action in irreversible)
    shortcuts = [spec.shortcut for spec in (*WINDOW_ACTIONS, *CASE_ACTIONS) if spec.shortcut]
    assert len(shortcuts) == len(set(shortcuts))


def test_every_action_has_a_button_or_stands_in_the_menu() -> None:
    assert {spec.step for spec in CASE_ACTIONS} == set(CaseAction)
    assert set(PROCEDURE) <= set(CaseAction)


def test_rejection_takes_its_reasons_from_the_failures(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    failed = Finding("csr.signature", Verdict.FAIL, "Tanda tangan tidak cocok.", "Buat CSR baru.")
    desk.state.change(UNDECIDED, findings=(failed, *people.PASSES))
    show_case(window, UNDECIDED)
    assert window.cases.panel.bar.primary is button(window, CaseAction.REJECT)
    button(window, CaseAction.REJECT).click()
    reject = sheet(window, RejectSheet)
    assert isinstance(reject, RejectSheet)
    assert reject.reasons == ("Tanda tangan CSR tidak sah. Buat CSR baru.",)
    reject.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("reject")))


def test_a_reason_that_no_check_found_is_chosen_and_can_be_edited(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.change(UNDECIDED, findings=people.PASSES)
    show_case(window, UNDECIDED)
    window.begin("case.reject")
    reject = sheet(window, RejectSheet)
    assert isinstance(reject, RejectSheet) and not reject.reasons and not reject.verb.isEnabled()
    area, letter = reject.findChild(QPlainTextEdit), reject.findChildren(QCheckBox)[0]
    assert area.hasFocus(), "whoever writes a reason of one's own just writes"
    qtbot.keyClicks(area, "Cap dinas bukan cap unit ini.")
    qtbot.keyClick(letter, Qt.Key.Key_Space)
    own, chosen = reject.reasons
    assert own == "Cap dinas bukan cap unit ini." and chosen.startswith(letter.accessibleName())
    assert ": belum terpenuhi. " in chosen
    qtbot.keyClick(letter, Qt.Key.Key_Space)
    assert reject.reasons == (own,)
    qtbot.keyClick(letter, Qt.Key.Key_Space)
    reject.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("reject")))
    assert desk.state.called("reject")[0][2] == (own, chosen)


def test_what_is_ticked_as_missing_is_read_before_it_is_sent(
    window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    """The officer signs the mail: nothing goes out that did not stand in the message."""
    unsaid = Finding("statement.signature", Verdict.UNKNOWN, "Penerbit belum dapat dipastikan.")
    desk.state.change(UNDECIDED, findings=(unsaid, *people.PASSES))
    show_case(window, UNDECIDED)
    window.begin("case.ask_applicant")
    asking = sheet(window, AskApplicantSheet)
    assert isinstance(asking, AskApplicantSheet)
    area, boxes = asking.findChild(QPlainTextEdit), asking.findChildren(QCheckBox)
    asked = {item.words: item.asked for item in shipped_office().office.checklist}
    ticked = [box for box in boxes if box.isChecked()]
    assert [asked[box.accessibleName()] for box in ticked] == area.toPlainText().splitlines() != []
    other = next(box for box in boxes if not box.isChecked())
    other.setChecked(True)
    assert area.toPlainText().splitlines()[-1] == asked[other.accessibleName()]
    sent: list[str] = []
    asking.asked.connect(lambda _case, words: sent.append(words))
    shown = area.toPlainText()
    asking.verb.click()
    assert sent == [shown]


def test_the_list_is_read_page_by_page(qtbot: QtBot, open_window: Callable[..., MainWindow], desk: FakeDesk) -> None:
    desk.state.many = 500
    window = open_window()
    model = window.cases.list.model
    assert len(desk.state.called("page")) <= 2
    assert model.loaded < 200
    gate = desk.state.gates[f"page:{(0, 0, 60)}"] = threading.Event()
    before = model.loaded
    model.fetchMore(QModelIndex())
    assert model.loaded == before, "fetching never blocks"
    assert not model.canFetchMore(QModelIndex()), "one page at a time"
    gate.set()
    qtbot.waitUntil(lambda: model.loaded > before, timeout=5000)


def test_refreshing_keeps_the_row_and_the_scroll_position(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    desk.state.cases[1] = replace(desk.state.cases[1], state=CaseState.REVOKED, operations=())
    window.refresh()
    qtbot.waitUntil(lambda: window.background.idle)
    current = window.cases.list.view.currentIndex()
    assert current.row() == 1
    assert window.work.case_id == UNDECIDED


def test_comparison_shows_differences_and_says_same(window: MainWindow, show_case: ShowCase, desk: FakeDesk) -> None:
    show_case(window, UNDECIDED)
    rows = {row.field: row for row in desk.review.comparison(desk.state.cases[UNDECIDED])}
    assert cell_words(rows["position"], "statement") == "Pustakawan Ahli Muda"
    assert cell_words(rows["position"], "register") == "Pustakawan Ahli Pertama"
    assert cell_words(rows["name"], "mail") == "sama"
    assert cell_words(rows["position"], "mail") == "–"
    table = window.cases.panel.verification.findChild(ComparisonTable)
    assert table is not None
    address = "".join(ch for ch in table.item(5, 0).text() if ch != "\u200b")
    assert address == people.SEKAR.email, "an address is wrapped, never cut"


def test_a_view_is_journalled_once_after_a_second(qtbot: QtBot, window: MainWindow, show_case: ShowCase,
                                                  desk: FakeDesk) -> None:  # fmt: skip
    show_case(window, 4)
    show_case(window, UNDECIDED)
    qtbot.waitUntil(lambda: bool(desk.state.called("viewed")), timeout=5000)
    assert desk.state.called("viewed") == [("viewed", UNDECIDED)]


def test_large_text_does_not_cut_the_primary_button(
    open_window: Callable[..., MainWindow], show_case: ShowCase
) -> None:
    window = open_window(percent=150)
    show_case(window, UNDECIDED)
    assert window.width() == 1366
    primary = window.cases.panel.bar.primary
    assert primary is not None
    assert primary.width() >= primary.sizeHint().width()
    bar: ActionBar = window.cases.panel.bar
    assert bar.rect().contains(primary.geometry())


def test_without_position_and_agency_the_head_leaves_no_hole(
    window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    known = desk.state.cases[UNDECIDED].applicant
    desk.state.change(UNDECIDED, applicant=replace(known, position="", agency=""))
    show_case(window, UNDECIDED)
    head = window.cases.panel.head
    assert not head._place.isVisible() and head._nip.x() - head._number.geometry().right() < 30
    desk.state.change(UNDECIDED, applicant=known)
    show_case(window, UNDECIDED)
    assert head._place.isVisible()


def test_a_resting_answer_says_why_beside_it(window: MainWindow, show_case: ShowCase) -> None:
    def told(of: Sheet) -> list[str]:
        return [words.text() for words in of.findChildren(QLabel) if words.isVisible()]

    show_case(window, UNDECIDED)
    window.begin("case.ask_applicant")
    asking = sheet(window, AskApplicantSheet)
    boxes, area = asking.findChildren(QCheckBox), asking.findChild(QPlainTextEdit)
    for box in boxes:
        box.setChecked(False)
    why = asking.verb.accessibleDescription()
    assert not asking.verb.isEnabled() and why in told(asking)
    area.setPlainText("Surat yang lengkap.")
    boxes[0].setChecked(True)
    assert asking.verb.isEnabled() and why not in told(asking)
    asking.reject()
    window.begin("case.reject")
    rejecting = sheet(window, RejectSheet)
    rejecting.findChild(QPlainTextEdit).clear()
    assert not rejecting.verb.isEnabled() and rejecting.verb.accessibleDescription() in told(rejecting)
    rejecting.reject()


def test_the_reason_for_revoking_is_said_plainly_with_the_ca_s_term_behind_it(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase
) -> None:
    show_case(window, VERIFIED)
    button(window, CaseAction.REVOKE).click()
    qtbot.waitUntil(lambda: sheet_is_open(window))
    told = next(item for item in sheet(window, RevokeSheet).findChildren(QLabel) if "Alasan di CA" in item.text())
    assert "superseded" not in told.text() and "superseded" in told.toolTip()


def test_what_is_asked_for_is_said_to_the_applicant(window: MainWindow, show_case: ShowCase, desk: FakeDesk) -> None:
    """Neither identifiers of the checklist nor the officer's own instructions go out."""
    warned = Finding("csr.confirmed", Verdict.WARN, "Belum.", "Saat konfirmasi telepon, bacakan digit terakhir.")
    desk.state.change(UNDECIDED, findings=(warned, *people.PASSES))
    show_case(window, UNDECIDED)
    window.begin("case.ask_applicant")
    asking = sheet(window, AskApplicantSheet)
    assert isinstance(asking, AskApplicantSheet)
    for box in asking.findChildren(QCheckBox):
        box.setChecked(True)
    sent: list[str] = []
    asking.asked.connect(lambda _case, words: sent.extend(words.splitlines()))
    asking.verb.click()
    identifiers = {item.identifier for item in shipped_office().office.checklist}
    assert len(sent) > 3 and not identifiers & set(sent)
    assert not [line for line in sent if "bacakan" in line or "Konfirmasi telepon keluar" in line]


def test_a_certificate_that_was_revoked_says_why_in_plain_words(
    window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    record = people.old_certificate(desk.state.cases[VERIFIED].applicant)
    revoked = RevocationEntry(record.facts.serial, people.NOW, "superseded")
    desk.state.change(VERIFIED, old_certificate=replace(record, revocation=revoked))
    show_case(window, VERIFIED)
    facts = (fact for found in window.findChildren(FactList) for fact in found.facts)
    told = next(fact for fact in facts if fact.name == "Dicabut")
    assert told.value.endswith(" · diganti sertifikat baru") and "superseded" in told.tip
