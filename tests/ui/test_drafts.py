"""What is half written anywhere: there again after leaving, closing and a failure, and never with a passphrase."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.cases import Received
from lockdesk.errors import Unreachable
from lockdesk.ui.complaints.new import NewComplaint
from lockdesk.ui.intake.sheets import WalkInSheet
from lockdesk.ui.office.breach import BreachSheet
from lockdesk.ui.office.notice_texts import NoticeTextsSection
from lockdesk.ui.register.people import People
from lockdesk.ui.register.person_sheets import MergeSheet
from lockdesk.ui.reports.page import ReportsPage
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.drafts import AnewLink
from lockdesk.ui.widgets.sheet import open_sheets
from tests.ui.conftest import MakeWindow
from tests.ui.fake_desk import UNDECIDED, FakeDesk, register_entries

SAID = "Passphrase lama saya Melati#2026"
ShowCase = Callable[[MainWindow, int], None]
Written = QLineEdit | QPlainTextEdit


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.background.idle, timeout=10_000)


def in_report(qtbot: QtBot, window: MainWindow) -> Written:
    QTest.keyClick(window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, window)
    rest(qtbot, window)
    return found(window.findChildren(ReportsPage)[0], QPlainTextEdit, "obstacles")


def in_breach(qtbot: QtBot, window: MainWindow) -> Written:
    window.begin("breach")
    rest(qtbot, window)
    return window.findChildren(BreachSheet)[-1].texts["how"]


def in_walk_in(qtbot: QtBot, window: MainWindow) -> Written:
    window.begin("walk_in")
    rest(qtbot, window)
    return found(window.findChildren(WalkInSheet)[-1], QLineEdit, "position")


def in_reason(qtbot: QtBot, window: MainWindow) -> Written:
    window.show_case(UNDECIDED)
    rest(qtbot, window)
    window.begin(f"case.{CaseAction.WITHDRAW}")
    rest(qtbot, window)
    return open_sheets(window)[-1].findChildren(QPlainTextEdit)[0]


def in_complaint(qtbot: QtBot, window: MainWindow) -> Written:
    window.new_complaint()
    rest(qtbot, window)
    return next(edit for edit in window.findChildren(QPlainTextEdit) if edit.isVisible())


def in_reopening(qtbot: QtBot, window: MainWindow) -> Written:
    window.show_page("complaints")
    window.services.pages.complaints().show_complaint(4)
    rest(qtbot, window)
    asked = next(button for button in window.findChildren(QPushButton) if button.text() == "Buka kembali…")
    asked.click()
    rest(qtbot, window)
    return open_sheets(window)[-1].findChildren(QPlainTextEdit)[0]


def in_person(qtbot: QtBot, window: MainWindow) -> Written:
    window.show_page("register")
    rest(qtbot, window)
    next(button for button in window.findChildren(QPushButton) if button.text() == "Tambah orang…").click()
    rest(qtbot, window)
    return open_sheets(window)[-1].findChildren(QLineEdit)[0]


PLACES = pytest.mark.parametrize(
    "place", [in_report, in_breach, in_walk_in, in_reason, in_complaint, in_reopening, in_person]
)
DIALOGS = pytest.mark.parametrize(("place", "step"), [(in_reopening, "reopen"), (in_person, "put_person")])


def found(within: QWidget, kind: type[QLineEdit] | type[QPlainTextEdit], name: str) -> Written:
    only = within.findChild(kind, name)
    assert isinstance(only, QLineEdit | QPlainTextEdit)
    return only


def write(edit: Written, text: str) -> None:
    if isinstance(edit, QPlainTextEdit):
        edit.setPlainText(text)
    else:
        edit.setText(text)


def text_of(edit: Written) -> str:
    return edit.toPlainText() if isinstance(edit, QPlainTextEdit) else edit.text()


def leave(qtbot: QtBot, window: MainWindow) -> None:
    for sheet in open_sheets(window):
        sheet.reject()
    window.show_page("settings")
    rest(qtbot, window)


@PLACES
def test_no_draft_holds_a_passphrase_and_the_field_says_so(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, place: Callable[[QtBot, MainWindow], Written]
) -> None:
    edit = place(qtbot, window)
    write(edit, SAID)
    qtbot.waitUntil(lambda: "tampak memuat passphrase" in edit.accessibleDescription(), timeout=30_000)
    leave(qtbot, window)
    assert "Melati" not in str(desk.drafts.kept)


@PLACES
def test_what_was_written_last_is_kept_when_it_is_left(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, place: Callable[[QtBot, MainWindow], Written]
) -> None:
    write(place(qtbot, window), "Baru saja ditulis")
    leave(qtbot, window)
    assert "Baru saja ditulis" in str(desk.drafts.kept)


@PLACES
def test_what_was_written_last_is_kept_when_the_window_is_closed(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, place: Callable[[QtBot, MainWindow], Written]
) -> None:
    write(place(qtbot, window), "Baru saja ditulis")
    window.close()
    assert "Baru saja ditulis" in str(desk.drafts.kept)


@DIALOGS
def test_what_is_half_written_in_a_dialog_is_there_again_until_its_step_is_taken(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, place: Callable[[QtBot, MainWindow], Written], step: str
) -> None:
    write(place(qtbot, window), "Sekar Contohwati")
    leave(qtbot, window)
    again = place(qtbot, window)
    assert text_of(again) == "Sekar Contohwati"
    sheet = open_sheets(window)[-1]
    for edit in sheet.findChildren(QLineEdit)[1:]:
        edit.setText({"NIP": "199001012015011001", "NIK": ""}.get(edit.accessibleName(), edit.text()))
    for edit in sheet.findChildren(QLineEdit)[-2:]:
        edit.setText("BKPSDM, surat nomor 800/12")
    desk.state.failures[step] = Unreachable("Disk penuh.")
    assert sheet.verb.isEnabled()
    sheet.verb.click()
    rest(qtbot, window)
    leave(qtbot, window)
    desk.state.failures.clear()
    again = place(qtbot, window)
    assert text_of(again) == "Sekar Contohwati", "the step failed"
    open_sheets(window)[-1].verb.click()
    qtbot.waitUntil(lambda: window.background.idle and "Contohwati" not in str(desk.drafts.kept), timeout=10_000)
    assert desk.state.called(step)


def filled_walk_in(qtbot: QtBot, window: MainWindow, path: Path) -> WalkInSheet:
    write(in_walk_in(qtbot, window), "Pustakawan")
    sheet = window.findChildren(WalkInSheet)[-1]
    write(found(sheet, QLineEdit, "name"), "Tri Umpamakan")
    sheet.add_files([path])
    sheet.findChildren(QCheckBox, "told_in_person")[0].setChecked(True)
    number = next(e for e in sheet.findChildren(QLineEdit) if e.accessibleName() == "Nomor formulir darurat")
    number.setText("DARURAT-2026-0003")
    clock = next(e for e in sheet.findChildren(QLineEdit) if e.accessibleName() == "Diterima pukul")
    clock.setText("09.05")
    return sheet


def assert_all_is_there(sheet: WalkInSheet) -> None:
    texts = [edit.text() for edit in sheet.findChildren(QLineEdit)]
    for text in ("Pustakawan", "Tri Umpamakan", "DARURAT-2026-0003", "09.05"):
        assert text in texts
    assert any(label.text() == "kunci.csr" for label in sheet.findChildren(QLabel))
    assert sheet.findChildren(QCheckBox, "told_in_person")[0].isChecked()


def test_a_visitors_form_comes_back_whole(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    filled_walk_in(qtbot, window, tmp_path / "kunci.csr").reject()
    rest(qtbot, window)
    in_walk_in(qtbot, window)
    assert_all_is_there(window.findChildren(WalkInSheet)[-1])


def test_a_visitors_form_that_was_emptied_by_mistake_comes_back(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    sheet = filled_walk_in(qtbot, window, tmp_path / "kunci.csr")
    (anew,) = sheet.findChildren(AnewLink)
    anew.click()
    assert "Tri Umpamakan" not in [edit.text() for edit in sheet.findChildren(QLineEdit)]
    anew.click()
    assert_all_is_there(sheet)
    anew.click()
    write(found(sheet, QLineEdit, "name"), "Warga Lain")
    assert anew.text() == "Kosongkan", "the one before is gone as soon as the next one is there"


def in_complaint_form(qtbot: QtBot, window: MainWindow) -> QWidget:
    in_complaint(qtbot, window)
    form = window.findChildren(NewComplaint)[0]
    form.fields._name.setText("Tri Umpamakan")
    return form


def in_visitors_form(qtbot: QtBot, window: MainWindow) -> QWidget:
    return filled_walk_in(qtbot, window, Path("kunci.csr"))


def lock_and_unlock(qtbot: QtBot, window: MainWindow) -> None:
    window.lock()
    rest(qtbot, window)
    assert window.locking.overlay is not None
    window.locking.overlay.unlock_asked.emit("pelatihan")
    rest(qtbot, window)
    assert not window.locking.closed


def leave_and_come_back(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("cases")
    rest(qtbot, window)
    window.show_page("complaints")


@pytest.mark.parametrize(
    ("place", "away"),
    [
        (in_visitors_form, lock_and_unlock),
        (in_complaint_form, lock_and_unlock),
        (in_complaint_form, leave_and_come_back),
    ],
)
def test_an_emptied_form_that_was_left_holds_nothing_of_the_last_visitor(
    qtbot: QtBot,
    window: MainWindow,
    place: Callable[[QtBot, MainWindow], QWidget],
    away: Callable[[QtBot, MainWindow], None],
) -> None:
    form = place(qtbot, window)
    (anew,) = form.findChildren(AnewLink)
    anew.click()
    assert anew.text() == "Kembalikan isian" and "dihapus" not in anew.toolTip(), "what it does now deletes nothing"
    away(qtbot, window)
    assert anew.isVisible() and anew.text() == "Kosongkan" and "dihapus" in anew.toolTip()
    anew.click()
    assert "Tri Umpamakan" not in [edit.text() for edit in form.findChildren(QLineEdit)]


def test_a_window_made_small_is_not_left(qtbot: QtBot, window: MainWindow) -> None:
    form = in_complaint_form(qtbot, window)
    (anew,) = form.findChildren(AnewLink)
    anew.click()
    window.showMinimized()
    rest(qtbot, window)
    window.showNormal()
    rest(qtbot, window)
    assert anew.isVisible() and anew.text() == "Kembalikan isian"
    anew.click()
    assert "Tri Umpamakan" in [edit.text() for edit in form.findChildren(QLineEdit)]


def test_what_seems_a_passphrase_is_not_brought_back_and_never_kept(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, tmp_path: Path
) -> None:
    sheet = filled_walk_in(qtbot, window, tmp_path / "kunci.csr")
    name = found(sheet, QLineEdit, "name")
    write(name, "passphrase: Rahasia-12345")
    (anew,) = sheet.findChildren(AnewLink)
    for _press in range(2):
        anew.click()
        assert anew.text() == "Kosongkan" and not name.text()
        rest(qtbot, window)
    leave(qtbot, window)
    assert "Rahasia" not in str(desk.drafts.kept)


def test_a_visitors_form_that_could_not_be_saved_is_there_again(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, tmp_path: Path
) -> None:
    path = tmp_path / "kunci.csr"
    path.write_text("x")
    desk.state.failures["receive_walk_in"] = Unreachable("Disk penuh.")
    sheet = filled_walk_in(qtbot, window, path)
    assert sheet.verb.isEnabled()
    sheet.verb.click()
    rest(qtbot, window)
    leave(qtbot, window)
    desk.state.failures.clear()
    in_walk_in(qtbot, window)
    again = window.findChildren(WalkInSheet)[-1]
    assert_all_is_there(again)
    again.verb.click()
    rest(qtbot, window)
    assert "Umpamakan" not in str(desk.drafts.kept), "what was taken in is no draft any more"


def section_of(qtbot: QtBot, window: MainWindow) -> NoticeTextsSection:
    window.show_page("settings")
    rest(qtbot, window)
    return window.findChildren(NoticeTextsSection)[0]


def choose(section: NoticeTextsSection, notice: str) -> None:
    section.notice.setCurrentIndex(section.notice.findData(notice))
    section.notice.activated.emit(section.notice.currentIndex())


def test_a_notice_s_text_is_there_again_after_another_one_and_after_a_restart(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, open_window: MakeWindow
) -> None:
    section = section_of(qtbot, window)
    shipped = section.text.toPlainText()
    section.text.setPlainText("Salam {nama}, nomor {nomor}.")
    choose(section, "issued")
    assert "Salam" not in section.text.toPlainText()
    choose(section, "received")
    assert section.text.toPlainText() == "Salam {nama}, nomor {nomor}."
    section.subject.setText("Diterima")
    window.close()
    again = section_of(qtbot, open_window())
    assert (again.subject.text(), again.text.toPlainText()) == ("Diterima", "Salam {nama}, nomor {nomor}.")
    choose(again, "received")
    again.text.setPlainText(shipped)
    again.subject.setText(desk.notice_texts.of("received").subject)
    choose(again, "issued")
    qtbot.waitUntil(lambda: not any(desk.drafts.kept.get(f"notice_text:{name}") for name in ("received", "issued")))


def test_a_notice_s_text_that_cannot_be_sent_says_why_when_it_is_there_again(qtbot: QtBot, window: MainWindow) -> None:
    section = section_of(qtbot, window)
    section.text.setPlainText("Salam {zzz}.")
    choose(section, "issued")
    choose(section, "received")
    told = " ".join(label.text() for label in section.findChildren(QLabel) if label.isVisibleTo(section))
    assert "{zzz}" in told and "Belum disimpan." not in told


def test_a_notice_s_text_with_a_passphrase_is_not_left(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    section = section_of(qtbot, window)
    section.text.setPlainText(SAID)
    choose(section, "issued")
    assert (section.notice.currentData(), section.text.toPlainText()) == ("received", SAID)
    assert "tampak memuat passphrase" in section.text.accessibleDescription()
    assert "Melati" not in str(desk.drafts.kept)


def test_what_is_written_in_another_notice_while_one_is_saved_stays(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = threading.Event()

    def slow(*_told: object) -> None:
        assert going.wait(30)

    section = section_of(qtbot, window)
    monkeypatch.setattr(desk.notice_texts, "save", slow)
    section.text.setPlainText("Salam {nama}, nomor {nomor}.")
    next(b for b in section.findChildren(QPushButton) if b.accessibleName() == "Simpan teks pemberitahuan").click()
    choose(section, "issued")
    section.text.setPlainText("Sedang ditulis.")
    going.set()
    rest(qtbot, window)
    assert section.text.toPlainText() == "Sedang ditulis."
    window.show_page("cases")
    rest(qtbot, window)
    assert "Sedang ditulis." in desk.drafts.kept["notice_text:issued"]


def test_what_was_deleted_from_the_report_does_not_return(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    edit = in_report(qtbot, window)
    write(edit, "Baru saja ditulis")
    leave(qtbot, window)
    assert "Baru saja ditulis" in str(desk.drafts.kept)
    write(in_report(qtbot, window), "")
    leave(qtbot, window)
    assert "Baru saja ditulis" not in str(desk.drafts.kept)


def test_a_visitor_s_form_waits_until_the_one_before_is_saved(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, take = threading.Event(), desk.intake.receive_walk_in

    def slow(*told: Any) -> Received:
        assert going.wait(30)
        return take(*told)

    monkeypatch.setattr(desk.intake, "receive_walk_in", slow)
    path = tmp_path / "kunci.csr"
    path.write_text("x")
    filled_walk_in(qtbot, window, path).verb.click()
    window.begin("walk_in")
    assert any("masih disimpan" in label.text() for label in open_sheets(window)[-1].findChildren(QLabel))
    open_sheets(window)[-1].reject()
    going.set()
    rest(qtbot, window)
    assert found(in_walk_in_sheet(qtbot, window), QLineEdit, "name").text() == ""


def in_walk_in_sheet(qtbot: QtBot, window: MainWindow) -> WalkInSheet:
    in_walk_in(qtbot, window)
    return window.findChildren(WalkInSheet)[-1]


def test_a_visitor_s_file_that_is_gone_is_taken_out(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, tmp_path: Path
) -> None:
    filled_walk_in(qtbot, window, tmp_path / "kunci.csr").reject()
    rest(qtbot, window)
    sheet = in_walk_in_sheet(qtbot, window)
    next(b for b in sheet.findChildren(QPushButton) if b.accessibleName() == "Keluarkan kunci.csr").click()
    sheet.verb.click()
    rest(qtbot, window)
    assert len(desk.state.called("receive_walk_in")) == 1


def test_the_next_visitor_from_the_register_gets_nothing_of_the_one_before(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    before = register_entries()[0]
    other = replace(before.fields["nip"], text="198507082010011002")
    after = replace(before, id=2, fields={**before.fields, "nip": other})
    sheet = in_walk_in_sheet(qtbot, window)
    sheet.search.chosen.emit(before)
    sheet.add_files([tmp_path / "kunci.csr"])
    sheet.search.chosen.emit(before)
    assert sheet.written.paths, "found once more"
    sheet.reject()
    rest(qtbot, window)
    sheet = in_walk_in_sheet(qtbot, window)
    sheet.search.chosen.emit(after)
    assert sheet.written.applicant.nip == after.text("nip") and not sheet.written.paths


def test_of_a_visitor_written_without_a_nip_the_next_one_gets_no_papers_either(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    after = register_entries()[0]
    filled_walk_in(qtbot, window, tmp_path / "kunci.csr").reject()
    rest(qtbot, window)
    sheet = in_walk_in_sheet(qtbot, window)
    sheet.search.chosen.emit(after)
    assert sheet.written.applicant.nip == after.text("nip") and not sheet.written.paths


def test_papers_stay_with_a_visitor_whose_name_was_begun_by_hand(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    entry = register_entries()[0]
    sheet = in_walk_in_sheet(qtbot, window)
    sheet.add_files([tmp_path / "kunci.csr"])
    found(sheet, QLineEdit, "name").setText(entry.text("name").split()[0].lower())
    sheet.search.chosen.emit(entry)
    assert sheet.written.applicant.name == entry.text("name") and sheet.written.paths


def test_whom_enter_would_fill_in_is_said_only_while_it_does(qtbot: QtBot, window: MainWindow) -> None:
    def said() -> list[str]:
        return [label.text() for label in sheet.search.findChildren(QLabel) if label.text().startswith("Enter:")]

    entry = register_entries()[0]
    sheet = in_walk_in_sheet(qtbot, window)
    qtbot.keyClicks(sheet.search._edit, "sekar")
    rest(qtbot, window)
    sheet.search.show_people("sekar", [entry])
    assert entry.text("name") in said()[0]
    qtbot.keyClick(sheet.search._edit, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert sheet.written.applicant.name == entry.text("name")
    assert isinstance(focused, QLineEdit) and focused.accessibleName().startswith("NIK") and not said()
    sheet.search.setFocus()
    assert entry.text("name") in said()[0], "Enter takes somebody again"


@pytest.mark.parametrize("fails", [False, True])
def test_why_two_entries_are_one_person_is_there_again_and_which_holds_is_not(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, fails: bool
) -> None:
    first = register_entries()[0]
    second = replace(first, id=first.id + 1)

    def opened() -> MergeSheet:
        window.show_page("register")
        rest(qtbot, window)
        window.findChildren(People)[0].merge(first, second)
        rest(qtbot, window)
        return window.findChildren(MergeSheet)[-1]

    sheet = opened()
    sheet._kept.findChildren(QPushButton)[0].click()
    write(sheet._reason, "Nomor yang sama")
    leave(qtbot, window)
    sheet = opened()
    assert sheet._reason.text() == "Nomor yang sama" and sheet._kept.value == "" and not sheet.verb.isEnabled()
    sheet._kept.findChildren(QPushButton)[0].click()
    desk.state.failures = {"merge_people": Unreachable("Disk penuh.")} if fails else {}
    sheet.verb.click()
    rest(qtbot, window)
    leave(qtbot, window)
    assert ("Nomor yang sama" in str(desk.drafts.kept)) is fails
