"""What is half written about a case is there again, for that case and that step alone, until the step is taken."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QRadioButton
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import ROUTE_LABELS, CaseState, Route
from lockdesk.core.complaints import Channel, ComplaintKind, ComplaintStep
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.errors import Unreachable
from lockdesk.ui.complaints.form import ComplaintFields
from lockdesk.ui.complaints.panel import ComplaintPanel
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.verification.choices import Choice
from lockdesk.ui.verification.comparison import ComparisonCard
from lockdesk.ui.widgets.drafts import EVERY_MS
from lockdesk.ui.widgets.sheet import Sheet, open_sheets
from tests.ui.fake_desk import UNDECIDED, FakeDesk

ShowCase = Callable[[MainWindow, int], None]
WRITTEN = "Pemohon pensiun bulan depan dan"


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(practice=True)


def begin(qtbot: QtBot, window: MainWindow, action: CaseAction) -> QPlainTextEdit:
    window.begin(f"case.{action}")
    qtbot.waitUntil(lambda: window.background.idle)
    found = open_sheets(window)[-1].findChild(QPlainTextEdit)
    assert found is not None
    return found


def leave(qtbot: QtBot, window: MainWindow) -> None:
    open_sheets(window)[-1].reject()
    qtbot.waitUntil(lambda: window.background.idle)


def test_a_reason_survives_leaving_and_belongs_to_its_case_and_step(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase
) -> None:
    show_case(window, UNDECIDED)
    begin(qtbot, window, CaseAction.WITHDRAW).setPlainText(WRITTEN)
    leave(qtbot, window)
    assert begin(qtbot, window, CaseAction.SET_COMPROMISED).toPlainText() == ""
    leave(qtbot, window)
    show_case(window, UNDECIDED + 1)
    assert WRITTEN not in begin(qtbot, window, CaseAction.WITHDRAW).toPlainText()
    leave(qtbot, window)
    show_case(window, UNDECIDED)
    there = begin(qtbot, window, CaseAction.WITHDRAW)
    assert there.toPlainText() == WRITTEN and there.textCursor().atEnd(), "one goes on writing"


def test_it_is_kept_while_one_writes_so_that_a_power_cut_takes_two_seconds(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    begin(qtbot, window, CaseAction.WITHDRAW).setPlainText(WRITTEN)
    qtbot.waitUntil(lambda: any(WRITTEN in kept for kept in desk.drafts.kept.values()), timeout=EVERY_MS * 10)


def test_a_step_that_is_taken_drops_it_and_one_that_fails_does_not(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    desk.state.failures["withdraw"] = Unreachable("Basis data sibuk.")
    begin(qtbot, window, CaseAction.WITHDRAW).setPlainText(WRITTEN)
    open_sheets(window)[-1].verb.click()
    qtbot.waitUntil(lambda: window.background.idle and bool(open_sheets(window)))
    leave(qtbot, window)
    desk.state.failures.clear()
    assert begin(qtbot, window, CaseAction.WITHDRAW).toPlainText() == WRITTEN, "the step failed"
    open_sheets(window)[-1].verb.click()
    qtbot.waitUntil(lambda: window.background.idle and not desk.drafts.kept)


def test_what_was_deleted_does_not_come_back(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    begin(qtbot, window, CaseAction.WITHDRAW).setPlainText(WRITTEN)
    leave(qtbot, window)
    begin(qtbot, window, CaseAction.WITHDRAW).clear()
    leave(qtbot, window)
    assert begin(qtbot, window, CaseAction.WITHDRAW).toPlainText() == ""


@pytest.mark.parametrize(
    "text", ["passphrase: Melati#2026", "Passphrase lama saya Melati2026", "kata sandinya adalah Melati#2026"]
)
def test_what_looks_like_a_passphrase_is_not_kept(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, text: str
) -> None:
    show_case(window, UNDECIDED)
    begin(qtbot, window, CaseAction.WITHDRAW).setPlainText(text)
    leave(qtbot, window)
    assert not [kept for kept in desk.drafts.kept.values() if "elati" in kept]
    assert begin(qtbot, window, CaseAction.WITHDRAW).toPlainText() == ""


@pytest.mark.parametrize(
    "action", [CaseAction.WITHDRAW, CaseAction.REJECT, CaseAction.ASK_APPLICANT, CaseAction.RESOLVE_OTHERWISE]
)
def test_what_looks_like_a_passphrase_goes_into_no_journal(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, action: CaseAction
) -> None:
    show_case(window, UNDECIDED)
    area = begin(qtbot, window, action)
    (sheet,) = open_sheets(window)
    before = list(desk.state.calls)
    area.setPlainText("Passphrase saya adalah Rahasia#2024")
    sheet.verb.click()
    assert sheet.isVisible() and "tampak memuat passphrase" in area.accessibleDescription()
    assert window.focusWidget() is area and desk.state.calls == before
    area.setPlainText("Pemohon membatalkannya sendiri.")
    assert area.accessibleDescription() == ""
    sheet.verb.click()
    qtbot.waitUntil(lambda: window.background.idle)
    assert sheet not in open_sheets(window)


def test_a_correction_is_there_again_with_its_reason(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    """What is written in one line as well."""
    show_case(window, UNDECIDED)

    def opened() -> dict[str, QLineEdit]:
        window.begin(f"case.{CaseAction.CORRECT}")
        qtbot.waitUntil(lambda: window.background.idle)
        return {edit.accessibleName(): edit for edit in open_sheets(window)[-1].findChildren(QLineEdit)}

    edits = opened()
    edits["Jabatan"].setText("Pustakawan Ahli Madya")
    edits["Alasan koreksi"].setText("Menurut surat keputusan")
    leave(qtbot, window)
    edits = opened()
    assert edits["Jabatan"].text() == "Pustakawan Ahli Madya"
    assert edits["Alasan koreksi"].text() == "Menurut surat keputusan"
    open_sheets(window)[-1].verb.click()
    qtbot.waitUntil(lambda: window.background.idle and not desk.drafts.kept)


@pytest.mark.parametrize("fails", [False, True])
def test_a_reason_about_a_complaint_is_there_again_until_its_step_is_taken(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, fails: bool
) -> None:
    def opened() -> QPlainTextEdit:
        window.findChildren(ComplaintPanel)[0].step_asked.emit(ComplaintStep.ESCALATE, "")
        qtbot.waitUntil(lambda: window.background.idle)
        return open_sheets(window)[-1].findChildren(QPlainTextEdit)[0]

    with qtbot.waitSignal(window.complaint_shown, timeout=5000):
        window.show_complaint(7)
    opened().setPlainText("Di luar wewenang bidang ini")
    leave(qtbot, window)
    there = opened()
    assert there.toPlainText() == "Di luar wewenang bidang ini"
    desk.state.failures = {"escalate": Unreachable("Basis data sibuk.")} if fails else {}
    open_sheets(window)[-1].verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("escalate")) and window.background.idle)
    kept = [text for form, text in desk.drafts.kept.items() if form.startswith("complaint:7:")]
    assert any("Di luar wewenang" in text for text in kept) is fails
    for sheet in open_sheets(window):
        sheet.reject()


def lines(window: MainWindow) -> dict[str, QLineEdit]:
    return {edit.accessibleName(): edit for edit in open_sheets(window)[-1].findChildren(QLineEdit)}


def test_who_spoke_is_never_proposed_by_a_call_that_was_not_kept(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase
) -> None:
    """The next call may reach somebody else; what was noted besides is there again."""
    show_case(window, UNDECIDED)
    begin(qtbot, window, CaseAction.RECORD_CALL).setPlainText("Minta ditelepon lagi pukul dua")
    lines(window)["Berbicara dengan"].setText("Sekar Contohwati")
    leave(qtbot, window)
    assert begin(qtbot, window, CaseAction.RECORD_CALL).toPlainText() == "Minta ditelepon lagi pukul dua"
    assert lines(window)["Berbicara dengan"].text() == ""


def test_a_number_that_is_shown_masked_is_kept_by_no_draft(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    window.begin(f"case.{CaseAction.CORRECT}")
    edits = lines(window)
    edits["NIK"].setText("3375010101900001")
    edits["Jabatan"].setText("Pustakawan Ahli Madya")
    leave(qtbot, window)
    assert "Pustakawan Ahli Madya" in str(desk.drafts.kept) and "3375010101900001" not in str(desk.drafts.kept)
    window.begin(f"case.{CaseAction.CORRECT}")
    qtbot.waitUntil(lambda: window.background.idle)
    assert lines(window)["Jabatan"].text() == "Pustakawan Ahli Madya" and lines(window)["NIK"].text() == ""


def test_somebody_new_from_one_case_is_not_proposed_in_another(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    def opened(case_id: int) -> QLineEdit:
        desk.state.change(case_id, register=None)
        show_case(window, case_id)
        card = window.cases.panel.verification.findChildren(ComparisonCard)[0]
        wanted = "Tambah ke data kepegawaian…"
        next(b for b in card.findChildren(QAbstractButton) if b.text() == wanted).click()
        qtbot.waitUntil(lambda: window.background.idle)
        return next(edit for name, edit in lines(window).items() if name.startswith("Nama"))

    opened(UNDECIDED).setText("Contoh Baru")
    leave(qtbot, window)
    assert opened(UNDECIDED + 1).text() == ""
    leave(qtbot, window)
    assert opened(UNDECIDED).text() == "Contoh Baru"


def test_who_complains_in_confidence_is_kept_by_no_draft(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    def opened() -> tuple[QLineEdit, QPlainTextEdit]:
        panel = window.findChildren(ComplaintPanel)[0]
        next(b for b in panel.findChildren(QAbstractButton) if b.text() == "Koreksi").click()
        qtbot.waitUntil(lambda: window.background.idle)
        return lines(window)["Nama pengadu"], open_sheets(window)[-1].findChildren(QPlainTextEdit)[0]

    with qtbot.waitSignal(window.complaint_shown, timeout=5000):
        window.show_complaint(6)
    name, words = opened()
    name.setText("Tri Umpamakan")
    words.setPlainText("Pemberitahuan tidak pernah sampai.")
    leave(qtbot, window)
    assert "tidak pernah sampai" in str(desk.drafts.kept) and "Umpamakan" not in str(desk.drafts.kept)
    name, words = opened()
    assert (name.text(), words.toPlainText()) == ("", "Pemberitahuan tidak pernah sampai.")
    leave(qtbot, window)


def choose(sheet: Sheet, words: str) -> None:
    button = next(b for b in sheet.findChildren(QAbstractButton) if words in (b.text(), b.accessibleName()))
    button.click()


def chosen(sheet: Sheet) -> list[str]:
    """The words of everything that is chosen in it."""
    buttons = [b.accessibleName() or b.text() for b in sheet.findChildren(QAbstractButton) if b.isChecked()]
    return [*buttons, *(box.currentText() for box in sheet.findChildren(QComboBox))]


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (CaseAction.RESOLVE_OTHERWISE, "Bukan lupa passphrase"),
        (CaseAction.SET_ROUTE, "Pencabutan saja"),
        (CaseAction.ASK_APPLICANT, "Konfirmasi telepon keluar ke nomor data kepegawaian"),
    ],
)
def test_what_was_chosen_beside_a_text_is_chosen_again_with_it(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, action: CaseAction, words: str
) -> None:
    show_case(window, UNDECIDED)
    area = begin(qtbot, window, action)
    sheet = open_sheets(window)[-1]
    proposed = chosen(sheet)
    choose(sheet, words)
    area.appendPlainText(WRITTEN)
    said, text = chosen(sheet), area.toPlainText()
    assert said != proposed and words in said
    leave(qtbot, window)
    again = begin(qtbot, window, action)
    assert (chosen(open_sheets(window)[-1]), again.toPlainText()) == (said, text)
    assert open_sheets(window)[-1].verb.isEnabled(), "what rests on the choice follows it"
    choose(open_sheets(window)[-1], proposed[0])
    leave(qtbot, window)


def test_a_choice_alone_is_there_again_and_the_proposed_one_once_it_is_taken_back(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    for words in ("Bukan lupa passphrase", "Diselesaikan sendiri di portal"):
        begin(qtbot, window, CaseAction.RESOLVE_OTHERWISE)
        choose(open_sheets(window)[-1], words)
        leave(qtbot, window)
        begin(qtbot, window, CaseAction.RESOLVE_OTHERWISE)
        assert words in chosen(open_sheets(window)[-1])
        focused = window.focusWidget()
        assert isinstance(focused, QRadioButton) and focused.text() == words, "the arrow keys go on from there"
        leave(qtbot, window)
    assert not desk.drafts.kept


def test_a_route_that_is_closed_by_now_is_not_chosen_again(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    """Who may be known to somebody else is not kept by a reset."""
    show_case(window, UNDECIDED)
    begin(qtbot, window, CaseAction.SET_ROUTE).setPlainText(WRITTEN)
    reset = ROUTE_LABELS[Route.VERIFIER_RESET]
    choose(open_sheets(window)[-1], reset)
    leave(qtbot, window)
    desk.state.change(UNDECIDED, compromised=True)
    show_case(window, UNDECIDED + 1)
    show_case(window, UNDECIDED)
    assert begin(qtbot, window, CaseAction.SET_ROUTE).toPlainText() == WRITTEN
    assert reset not in chosen(open_sheets(window)[-1]) and not open_sheets(window)[-1].verb.isEnabled()
    leave(qtbot, window)


def test_a_draft_that_comes_late_turns_no_choice_behind_new_words(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The choice belongs to the words that are withheld then."""
    show_case(window, UNDECIDED)
    begin(qtbot, window, CaseAction.RESOLVE_OTHERWISE).setPlainText(WRITTEN)
    proposed = chosen(open_sheets(window)[-1])
    choose(open_sheets(window)[-1], "Bukan lupa passphrase")
    leave(qtbot, window)
    come, load = threading.Event(), desk.drafts.load

    def late(form: str) -> str:
        come.wait()
        return load(form)

    monkeypatch.setattr(desk.drafts, "load", late)
    window.begin(f"case.{CaseAction.RESOLVE_OTHERWISE}")
    qtbot.waitUntil(lambda: bool(open_sheets(window)))
    area = open_sheets(window)[-1].findChild(QPlainTextEdit)
    assert area is not None
    area.setPlainText("Pemohon sudah")
    come.set()
    qtbot.waitUntil(lambda: window.background.idle)
    assert (chosen(open_sheets(window)[-1]), area.toPlainText()) == (proposed, "Pemohon sudah")
    leave(qtbot, window)


def test_old_choices_do_not_come_back_beside_a_new_proposal(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    begin(qtbot, window, CaseAction.ASK_APPLICANT).appendPlainText(WRITTEN)
    choose(open_sheets(window)[-1], "Konfirmasi telepon keluar ke nomor data kepegawaian")
    leave(qtbot, window)
    for form, kept in desk.drafts.kept.items():
        first, *others = json.loads(kept)
        desk.drafts.kept[form] = json.dumps([["Yang diusulkan sebelum suratnya diganti.", *first[1:]], *others])
    area = begin(qtbot, window, CaseAction.ASK_APPLICANT)
    assert WRITTEN not in area.toPlainText()
    assert "Konfirmasi telepon keluar ke nomor data kepegawaian" not in chosen(open_sheets(window)[-1])
    leave(qtbot, window)


def test_why_a_nik_is_shown_is_there_again_until_it_was_shown(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    def asked() -> QPlainTextEdit:
        window.cases.panel.head.unmask_asked.emit()
        qtbot.waitUntil(lambda: window.background.idle)
        found = open_sheets(window)[-1].findChild(QPlainTextEdit)
        assert found is not None
        return found

    show_case(window, UNDECIDED)
    asked().setPlainText(WRITTEN)
    leave(qtbot, window)
    assert asked().toPlainText() == WRITTEN
    open_sheets(window)[-1].verb.click()
    qtbot.waitUntil(lambda: window.background.idle and not desk.drafts.kept)
    assert asked().toPlainText() == ""
    leave(qtbot, window)


def test_to_look_at_it_does_not_make_it_newer(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    begin(qtbot, window, CaseAction.WITHDRAW).setPlainText(WRITTEN)
    leave(qtbot, window)
    before = [call for call in desk.state.calls if "draft_keep" in call]
    assert begin(qtbot, window, CaseAction.WITHDRAW).toPlainText() == WRITTEN
    leave(qtbot, window)
    assert [call for call in desk.state.calls if "draft_keep" in call] == before != []


def test_no_result_and_no_sighted_paper_is_chosen_again(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    area = begin(qtbot, window, CaseAction.RECORD_CALL)
    proposed = chosen(open_sheets(window)[-1])
    choose(open_sheets(window)[-1], "Membenarkan")
    area.setPlainText(WRITTEN)
    leave(qtbot, window)
    assert begin(qtbot, window, CaseAction.RECORD_CALL).toPlainText() == WRITTEN
    assert chosen(open_sheets(window)[-1]) == proposed
    leave(qtbot, window)


@pytest.mark.parametrize(
    ("action", "fact"),
    [(CaseAction.SET_COMPROMISED, "compromised"), (CaseAction.SET_TOLD_IN_PERSON, "told_in_person")],
)
def test_why_something_is_recorded_is_not_why_it_is_taken_back(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, action: CaseAction, fact: str
) -> None:
    for holds, said in ((False, "Rekan kerja melihatnya"), (True, "Ternyata bukan miliknya")):
        desk.state.change(UNDECIDED, **{fact: holds})
        show_case(window, UNDECIDED + 1)
        show_case(window, UNDECIDED)
        assert begin(qtbot, window, action).toPlainText() == ""
        open_sheets(window)[-1].findChildren(QPlainTextEdit)[0].setPlainText(said)
        leave(qtbot, window)
    assert begin(qtbot, window, action).toPlainText() == "Ternyata bukan miliknya"
    leave(qtbot, window)


def test_a_correction_of_a_complaint_comes_back_with_what_was_chosen(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    def opened() -> ComplaintFields:
        panel = window.findChildren(ComplaintPanel)[0]
        next(b for b in panel.findChildren(QAbstractButton) if b.text() == "Koreksi").click()
        qtbot.waitUntil(lambda: window.background.idle)
        return open_sheets(window)[-1].findChildren(ComplaintFields)[0]

    with qtbot.waitSignal(window.complaint_shown, timeout=5000):
        window.show_complaint(7)
    fields = opened()
    before = fields.form
    fields.fill(replace(before, kind=ComplaintKind.SUGGESTION, channel=Channel.TELEPHONE, confidential=True))
    lines(window)["Alasan koreksi"].setText("Disampaikan lewat telepon")
    after = fields.form
    leave(qtbot, window)
    fields = opened()
    assert fields.form == after != before and open_sheets(window)[-1].verb.isEnabled()
    leave(qtbot, window)


def test_to_whom_a_complaint_goes_is_there_again(qtbot: QtBot, window: MainWindow) -> None:
    def opened() -> QComboBox:
        window.findChildren(ComplaintPanel)[0].step_asked.emit(ComplaintStep.ESCALATE, "")
        qtbot.waitUntil(lambda: window.background.idle)
        return open_sheets(window)[-1].findChildren(QComboBox)[0]

    with qtbot.waitSignal(window.complaint_shown, timeout=5000):
        window.show_complaint(7)
    opened().setCurrentText("Sekretaris Dinas")
    leave(qtbot, window)
    assert opened().currentText() == "Sekretaris Dinas"
    leave(qtbot, window)


@pytest.mark.parametrize("fails", [False, True])
def test_why_a_case_was_late_is_there_again_until_it_is_saved(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, fails: bool
) -> None:
    def opened(place: int) -> QPlainTextEdit:
        window.show_page("reports")
        qtbot.waitUntil(lambda: window.background.idle)
        asked = [b for b in window.findChildren(QAbstractButton) if b.text() == "Tulis sebab…" and b.isVisible()]
        asked[place].click()
        qtbot.waitUntil(lambda: window.background.idle)
        return open_sheets(window)[-1].findChildren(QPlainTextEdit)[0]

    opened(0).setPlainText("Server CA tidak terjangkau")
    leave(qtbot, window)
    assert opened(1).toPlainText() == "", "another case was late for another cause"
    leave(qtbot, window)
    assert opened(0).toPlainText() == "Server CA tidak terjangkau"
    desk.state.failures = {"commit": Unreachable("Disk penuh.")} if fails else {}
    open_sheets(window)[-1].verb.click()
    qtbot.waitUntil(lambda: window.background.idle)
    for sheet in open_sheets(window):
        sheet.reject()
    assert ("tidak terjangkau" in str(desk.drafts.kept)) is fails


def test_who_took_a_letter_is_there_again(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.change(UNDECIDED, state=CaseState.REJECTED)
    show_case(window, UNDECIDED)

    def opened() -> QLineEdit:
        window.begin(f"case.{CaseAction.HAND_OVER}")
        qtbot.waitUntil(lambda: window.background.idle)
        return lines(window)["Nama penerima"]

    opened().setText("Suami pemohon, Bambang Contohan")
    leave(qtbot, window)
    assert opened().text() == "Suami pemohon, Bambang Contohan"
    leave(qtbot, window)


@pytest.mark.parametrize(("field", "kept"), [("serial", True), ("phone", False)])
def test_what_a_doubted_value_says_is_there_again_unless_it_is_masked(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, field: str, kept: bool
) -> None:
    show_case(window, UNDECIDED)
    doubted = Choice("doubt", field, "", "4A7F")

    def opened() -> QLineEdit:
        window.cases.panel.verification.retype_asked.emit(doubted)
        qtbot.waitUntil(lambda: window.background.idle)
        return open_sheets(window)[-1].findChildren(QLineEdit)[0]

    opened().setText("4A7B00")
    leave(qtbot, window)
    assert opened().text() == ("4A7B00" if kept else "4A7F")
    leave(qtbot, window)
