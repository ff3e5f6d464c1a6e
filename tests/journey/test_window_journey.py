"""The officer's whole way through the real window: a mail is dropped on it, a receipt comes out."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.ui.cases.action_bar import ActionButton
from lockdesk.ui.dialogs.call import CallSheet
from lockdesk.ui.dialogs.notice import NoticeSheet
from lockdesk.ui.dialogs.operations import ReissueSheet, RevokeSheet
from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.shell.application import MainWindow, Preferences
from lockdesk.ui.widgets.page_canvas import Layer
from lockdesk.ui.widgets.questions import ConfirmSheet, ReasonSheet
from lockdesk.ui.widgets.sheet import Sheet
from tests.helpers.desk.print_codes import read_codes
from tests.helpers.desk.steps import receive
from tests.helpers.papers.samples import sample
from tests.helpers.window.real_window import real_window, show_case

S = TypeVar("S", bound=Sheet)


@pytest.fixture
def window(qtbot: QtBot, profile: OpenProfile) -> Iterator[MainWindow]:
    with real_window(qtbot, profile.desk) as opened:
        yield opened


class Hands:
    """What a person does with the window: drop, click, type; and wait until the case has moved."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    def drop(self, *paths: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        event = QDropEvent(
            QPoint(500, 300),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        with self.qtbot.waitSignal(self.window.case_shown, timeout=15000):
            self.window.dropEvent(event)

    def click(self, action: CaseAction) -> None:
        found = [
            button
            for button in self.window.findChildren(ActionButton, f"action-{action}")
            if button.isVisible() and button.isEnabled()
        ]
        assert found, f"{action} cannot be clicked"
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def sheet(self, kind: type[S]) -> S:
        def shown() -> list[S]:
            return [sheet for sheet in self.window.findChildren(kind) if sheet.isVisible()]

        self.qtbot.waitUntil(lambda: bool(shown()), timeout=15000)
        return shown()[0]

    def confirm(self, sheet: Sheet) -> None:
        assert sheet.verb.isEnabled(), "the sheet's button is still disabled"
        self.qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)

    def until(self, state: CaseState) -> None:
        def there() -> bool:
            case = self.window.cases.panel.case
            return case is not None and case.state is state and self.window.background.idle

        self.qtbot.waitUntil(there, timeout=15000)


def test_from_the_dropped_mail_to_the_receipt(
    qtbot: QtBot, window: MainWindow, profile: OpenProfile, tmp_path: Path
) -> None:
    hands, desk = Hands(qtbot, window), profile.desk
    mail = tmp_path / "permohonan.eml"
    mail.write_bytes(sample("16"))  # one warning to decide
    hands.drop(mail)
    hands.click(CaseAction.START_REVIEW)
    hands.until(CaseState.UNDER_REVIEW)

    hands.click(CaseAction.DECIDE_WARNING)
    decide = hands.sheet(ReasonSheet)
    decide.findChildren(QPlainTextEdit)[0].setPlainText("Jabatan baru dibenarkan bagian kepegawaian.")
    hands.confirm(decide)
    qtbot.waitUntil(lambda: window.background.idle)

    window.begin(f"{_action_id(CaseAction.RECORD_CALL)}")
    call = hands.sheet(CallSheet)
    said = next(item for item in call.findChildren(QWidget) if item.objectName() == "confirmed")
    qtbot.mouseClick(said, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(QApplication.focusWidget(), "Lestari Contohwati")
    hands.confirm(call)
    hands.until(CaseState.VERIFIED)
    assert window.cases.panel.case is not None and window.cases.panel.case.calls

    revoke = hands.sheet(RevokeSheet)
    case = window.cases.panel.case
    assert case is not None and case.old_certificate is not None
    assert not revoke.verb.isEnabled(), "the serial must be retyped first"
    revoke.edit.setText(serial_tail(case.old_certificate))
    hands.confirm(revoke)
    hands.until(CaseState.REVOKED)

    hands.confirm(hands.sheet(ReissueSheet))
    hands.until(CaseState.ISSUED)
    notice = hands.sheet(NoticeSheet)
    notice.findChild(QCheckBox, "completes").setChecked(False)
    hands.confirm(notice)
    hands.until(CaseState.NOTIFIED)
    hands.click(CaseAction.COMPLETE)
    hands.confirm(hands.sheet(ConfirmSheet))
    hands.until(CaseState.COMPLETED)

    hands.click(CaseAction.PRINT)
    paper = hands.sheet(PrintSheet)
    qtbot.waitUntil(lambda: paper.verb.isEnabled() and window.background.idle, timeout=15000)
    assert paper.wanted.kind == "completion", "what is proposed follows the case"
    paper.boxes[0].setCurrentIndex(paper.boxes[0].findData("receipt"))
    qtbot.waitUntil(lambda: paper.verb.isEnabled() and window.background.idle, timeout=15000)
    with qtbot.waitSignal(window.services.printing.printed, timeout=15000):
        qtbot.mouseClick(paper._save, Qt.MouseButton.LeftButton)
        window.findChildren(QFileDialog)[-1].close()
        window.services.printing._on_save_chosen(str(tmp_path / "tanda-terima.pdf"))
    qtbot.waitUntil(lambda: paper.made is not None and window.background.idle, timeout=15000)
    printed = paper.made
    assert printed is not None and (tmp_path / "tanda-terima.pdf").read_bytes() == printed.pdf
    document = pypdfium2.PdfDocument(printed.pdf)
    page = document[0]
    words = page.get_textpage().get_text_range()
    codes = read_codes(page.render(scale=300 / 72).to_pil())
    document.close()
    number = desk.reading.row(case.id).number
    assert "Tanda terima permohonan" in words and "Lestari" in words
    assert [code.text.split(":")[:3] for code in codes] == [["LD2", number, "RECEIPT"]]
    assert desk.print_check.check(codes[0].text).genuine
    paper.reject()
    assert desk.casebook.verify_journal().whole


def _action_id(action: CaseAction) -> str:
    from lockdesk.ui.look.actions import CASE_ACTIONS

    return next(spec.id for spec in CASE_ACTIONS if spec.step is action)


def test_a_damaged_mail_leaves_the_window_working(
    qtbot: QtBot, window: MainWindow, profile: OpenProfile, tmp_path: Path
) -> None:
    hands = Hands(qtbot, window)
    damaged = tmp_path / "rusak.eml"
    damaged.write_bytes(sample("01")[:700])
    hands.drop(damaged)
    case = window.cases.panel.case
    assert case is not None and case.findings[0].verdict == "fail" and case.findings[0].remedy
    good = tmp_path / "baik.eml"
    good.write_bytes(sample("02"))
    hands.drop(good)
    qtbot.waitUntil(lambda: window.background.idle)
    assert len(profile.desk.reading.search("Joko")) == 1


def test_a_scan_is_shown_at_once_and_its_findings_come(
    qtbot: QtBot, window: MainWindow, profile: OpenProfile, tmp_path: Path
) -> None:
    hands = Hands(qtbot, window)
    mail = tmp_path / "pindaian.eml"
    mail.write_bytes(sample("03"))
    hands.drop(mail)

    def read() -> bool:
        case = window.cases.panel.case
        return case is not None and case.facts.statement.ocr

    qtbot.waitUntil(read, timeout=30000)
    case = window.cases.panel.case
    assert case is not None and case.applicant.nip and case.facts.statement.fields.name.startswith("dr. Yohanes")
    assert {item.check for item in case.findings if item.verdict != "pass"} == {"statement.readable"}
    letter = window.cases.panel.letter
    assert letter.strip.isHidden(), "nothing is being read any more"
    letter.begin_search()
    qtbot.keyClicks(letter.head.search.field, "yohanes contohkan")
    assert letter.head.search.count.whole.startswith("1 dari ")
    assert letter.canvas.boxes(Layer.CURRENT)


def test_the_text_of_a_letter_is_taken_from_its_page(
    qtbot: QtBot, window: MainWindow, profile: OpenProfile, tmp_path: Path
) -> None:
    hands, letter = Hands(qtbot, window), window.cases.panel.letter
    mail = tmp_path / "permohonan.eml"
    mail.write_bytes(sample("01"))
    hands.drop(mail)
    qtbot.waitUntil(lambda: bool(letter.text), timeout=15000)
    letter.area.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.keyClick(letter.area, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(letter.area, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    taken = QGuiApplication.clipboard().text()
    assert "SURAT PERNYATAAN" in taken and "Sekar Contohwati" in taken
    journal = profile.desk.reading.case(window.work.case_id).history
    assert not [line for line in journal if "Contohwati" in str(line)], "what is copied is written nowhere"


@pytest.mark.parametrize("percent", [100, 150])
def test_the_words_that_save_a_call_and_accept_are_seen_whole(
    qtbot: QtBot, qapp: QApplication, profile: OpenProfile, percent: int
) -> None:
    case_id = receive(profile.desk, "01")
    profile.desk.review.start(case_id)
    with real_window(qtbot, profile.desk, percent) as window:
        show_case(qtbot, window, case_id)
        window.begin(f"case.{CaseAction.RECORD_CALL}")
        sheet = next(found for found in window.findChildren(CallSheet) if found.isVisible())
        qtbot.mouseClick(sheet.findChildren(QWidget, "confirmed")[0], Qt.MouseButton.LeftButton)
        sheet._reached.setText("Sekar")
        assert sheet.verb.text() == "Simpan dan nyatakan sesuai"
        qtbot.waitUntil(lambda: sheet.verb.width() >= sheet.verb.sizeHint().width(), timeout=5000)
        sheet.reject()
    apply_appearance(qapp, Preferences())
