"""A locked window: nothing that was open can be reached, and what was typed comes back when it is unlocked."""

import stat
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.errors import Hindered, LockdeskError
from lockdesk.ui.dialogs.operations import RevokeSheet
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.lock import LockOverlay
from lockdesk.ui.widgets.questions import ConfirmSheet, ErrorSheet, ReasonSheet
from lockdesk.ui.widgets.sheet import open_sheets, sheet_is_open
from tests.helpers.window.filling import act
from tests.helpers.window.officer import unlock
from tests.ui.fake_desk import FakeDesk

ShowCase = Callable[[MainWindow, int], None]


def dialogs() -> list[QDialog]:
    return [item for item in QApplication.topLevelWidgets() if isinstance(item, QDialog) and item.isVisible()]


def test_an_open_save_dialog_exports_nothing_once_the_window_is_locked(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    target = tmp_path / "ekspor.eml"
    window.services.printing.save("ekspor.eml", partial(bytes, b"isi"), "E-mail (*.eml)")
    (dialog,) = dialogs()
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(target))
    window.lock()
    for left in dialogs():
        left.accept()
    unlock(qtbot, window)
    assert not target.exists()


def test_a_yes_that_left_with_the_lock_leaves_enter_to_the_next_step(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.change(3, state=CaseState.REVOKED)
    window.cases.refresh()
    show_case(window, 3)
    window.cases.take_focus()
    act(window, CaseAction.REISSUE)
    qtbot.waitUntil(lambda: bool(open_sheets(window)) and window.background.idle)
    window.lock()
    unlock(qtbot, window)
    qtbot.wait(0)
    assert not open_sheets(window)
    focused = QApplication.focusWidget()
    assert focused is not None and focused.isVisible()
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(open_sheets(window)))
    open_sheets(window)[-1].reject()


def test_what_is_exported_can_be_read_by_its_owner_only(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    for name, before in (("baru.pdf", None), ("lama.pdf", b"terbuka bagi semua")):
        target = tmp_path / name
        if before is not None:
            target.write_bytes(before)
            target.chmod(0o644)
        window.services.printing.save(name, partial(bytes, b"isi"), "PDF (*.pdf)")
        window.services.printing._on_save_chosen(str(target))
        qtbot.waitUntil(lambda: window.background.idle)
        assert target.read_bytes() == b"isi"
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        (dialog,) = dialogs()
        dialog.reject()


def test_a_half_typed_reason_comes_back_with_its_sheet(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, 2)
    window.cases.handling.begin(str(CaseAction.DECIDE_WARNING))
    (sheet,) = window.findChildren(ReasonSheet)
    (area,) = sheet.findChildren(QPlainTextEdit)
    area.setPlainText("Jabatan baru dibenarkan bagian kepegawaian.")
    window.lock()
    assert not sheet.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Return)
    unlock(qtbot, window)
    assert sheet.isVisible() and sheet_is_open(window)
    assert area.toPlainText() == "Jabatan baru dibenarkan bagian kepegawaian."
    assert QApplication.focusWidget() is area


def test_six_digits_and_confirmations_are_given_anew(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, 3)
    window.cases.handling.begin(str(CaseAction.REVOKE))
    qtbot.waitUntil(lambda: sheet_is_open(window))
    (revoke,) = window.findChildren(RevokeSheet)
    revoke.edit.setText(revoke._digits)
    assert revoke.verb.isEnabled()
    window.lock()
    unlock(qtbot, window)
    assert revoke.isVisible() and not revoke.edit.text() and not revoke.verb.isEnabled()
    revoke.reject()
    confirm = ConfirmSheet(window.cases, 3, "Selesaikan?", "", "Selesaikan")
    confirm.open()
    window.lock()
    unlock(qtbot, window)
    assert confirm.left and not sheet_is_open(window)


def test_the_clipboard_is_emptied_of_what_came_from_here_only(qtbot: QtBot, window: MainWindow) -> None:
    board = QApplication.clipboard()
    copies.put("3375995502909901")
    window.lock()
    assert board.text() == ""
    unlock(qtbot, window)
    copies.put("3375995502909901")
    board.setText("dari program lain")
    window.lock()
    assert board.text() == "dari program lain"
    board.clear()


def test_a_late_answer_does_not_give_the_hidden_page_the_keyboard(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, 3)
    window.lock()
    window.show_case(2)
    qtbot.waitUntil(lambda: window.background.idle)
    overlay, focused = window.locking.overlay, QApplication.focusWidget()
    assert overlay is not None and focused is not None and overlay.isAncestorOf(focused)
    for action in ("new_complaint", "receive", str(CaseAction.REVOKE)):
        window.begin(action)
    assert not sheet_is_open(window)
    unlock(qtbot, window)
    assert not desk.state.called("revoke")


def test_new_settings_do_not_lift_the_cover(qtbot: QtBot, window: MainWindow) -> None:
    window.lock()
    window.rebuild()
    overlay = window.locking.overlay
    assert overlay is not None and overlay.isVisible() and not window.cases.isVisible()
    unlock(qtbot, window)
    assert window.cases.isVisible()


def test_no_dialog_stays_whose_verb_would_reach_nobody(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    """Settings were saved, then the window was locked over a decision: it is made anew when it is unlocked."""
    reason = "Jabatan baru dibenarkan bagian kepegawaian."

    def decide() -> tuple[ReasonSheet, QPlainTextEdit]:
        window.cases.handling.begin(str(CaseAction.DECIDE_WARNING))
        qtbot.waitUntil(lambda: window.background.idle)
        sheet = window.findChildren(ReasonSheet)[-1]
        return sheet, sheet.findChildren(QPlainTextEdit)[0]

    show_case(window, 2)
    _sheet, area = decide()
    area.setFocus()
    qtbot.keyClicks(area, reason)
    window.lock()
    window.rebuild()
    with qtbot.waitSignal(window.case_shown):
        unlock(qtbot, window)
    qtbot.waitUntil(lambda: window.background.idle)
    assert not sheet_is_open(window)
    sheet, area = decide()
    assert area.toPlainText() == reason
    sheet.verb.click()
    qtbot.waitUntil(lambda: len(desk.state.called("decide")) == 1)


def test_files_dropped_on_a_locked_window_are_left_alone(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, tmp_path: Path
) -> None:
    (tmp_path / "a.eml").write_bytes(b"isi")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.eml"))])
    window.lock()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    qtbot.waitUntil(lambda: window.background.idle)
    assert not desk.state.called("receive")


FAILURES = (
    Hindered("Ruang penyimpanan penuh.", "Kosongkan ruang pada disk data, lalu ulangi langkah ini.", code="disk.full"),
    MemoryError(),
    KeyError("3375995502909901"),
)


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_the_right_passphrase_is_never_called_wrong(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hindered(_passphrase: str) -> bool:
        raise failure

    window.lock()
    qtbot.waitUntil(lambda: window.background.idle)
    with monkeypatch.context() as patch:
        patch.setattr(desk.guard, "unlock", hindered)
        unlock(qtbot, window)
    overlay = window.locking.overlay
    assert overlay is not None and overlay.isVisible()
    words = overlay._words.text()
    assert "tidak cocok" not in words and words and "3375995502909901" not in words
    if isinstance(failure, LockdeskError):
        assert words == str(failure)
    unlock(qtbot, window)
    assert not overlay.isVisible(), "the field can be used again at once"


def test_what_failed_behind_the_cover_is_told_afterwards_and_once(qtbot: QtBot, window: MainWindow) -> None:
    window.lock()
    for _time in range(3):
        window.show_error(FAILURES[0])
    assert not sheet_is_open(window)
    unlock(qtbot, window)
    (told,) = [sheet for sheet in window.findChildren(ErrorSheet) if sheet.isVisible()]
    told.reject()


def locked(window: MainWindow) -> tuple[LockOverlay, QLineEdit]:
    """The cover and the field in it."""
    window.lock()
    overlay = window.locking.overlay
    assert overlay is not None
    edit = overlay.findChild(QLineEdit)
    assert edit is not None
    return overlay, edit


def test_wrong_passphrases_slow_whoever_guesses_down_and_lock_nobody_out(qtbot: QtBot, window: MainWindow) -> None:
    overlay, edit = locked(window)
    for _try in range(4):
        unlock(qtbot, window, "bukan frasa sandinya")
    assert not edit.isEnabled() and not edit.text(), "the fourth wrong one is waited out"
    window.lock()
    assert not edit.isEnabled(), "to lock it again ends no pause"
    qtbot.waitUntil(edit.isEnabled, timeout=60_000)
    unlock(qtbot, window)
    assert not overlay.isVisible()
    window.lock()
    unlock(qtbot, window, "bukan frasa sandinya")
    assert edit.isEnabled(), "who was let in begins anew"


def test_help_over_the_lock_keeps_the_keyboard_while_a_wrong_passphrase_is_waited_out(
    qtbot: QtBot, window: MainWindow
) -> None:
    _overlay, edit = locked(window)
    for _try in range(4):
        unlock(qtbot, window, "bukan frasa sandinya")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (sheet,) = open_sheets(window)
    qtbot.waitUntil(edit.isEnabled, timeout=60_000)
    held = QApplication.focusWidget()
    assert held is not None and sheet.isAncestorOf(held)
    qtbot.keyClicks(held, "kode")
    assert not edit.text()
    qtbot.keyClick(held, Qt.Key.Key_Escape)
    assert not sheet.isVisible() and edit.hasFocus()


def test_help_that_was_opened_over_the_lock_is_left_with_it(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    before = QApplication.focusWidget()
    _overlay, edit = locked(window)
    gate = desk.state.gates["unlock"] = threading.Event()
    edit.setText("pelatihan")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert open_sheets(window)
    gate.set()
    qtbot.waitUntil(lambda: window.background.idle)
    assert not window.locking.closed and not open_sheets(window) and not sheet_is_open(window)
    assert QApplication.focusWidget() is before


def test_what_is_said_of_a_wrong_passphrase_still_names_the_way_on(qtbot: QtBot, window: MainWindow) -> None:
    overlay, _edit = locked(window)
    unlock(qtbot, window, "bukan frasa sandinya")
    assert "F1" in overlay._words.text()


def test_the_key_locks_over_a_dialog_too(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    """Somebody comes to the counter while a reason is being written: what is typed next is the passphrase."""
    show_case(window, 2)
    window.cases.handling.begin(str(CaseAction.DECIDE_WARNING))
    (sheet,) = window.findChildren(ReasonSheet)
    (area,) = sheet.findChildren(QPlainTextEdit)
    area.setFocus()
    qtbot.keyClicks(area, "Setengah alasan")
    qtbot.keyClick(area, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.locking.closed and not sheet.isVisible()
    unlock(qtbot, window)
    assert sheet.isVisible() and area.toPlainText() == "Setengah alasan"


def test_a_file_opened_with_the_program_waits_behind_lock_and_dialog(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, tmp_path: Path
) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(b"isi")
    window.begin("help")
    (helping,) = open_sheets(window)
    window.lock()
    window.open_files((mail,))
    unlock(qtbot, window)
    assert not desk.state.called("receive"), "the dialog is there again"
    helping.reject()
    qtbot.waitUntil(lambda: len(desk.state.called("receive")) == 1 and window.background.idle)


def test_a_cover_that_cannot_be_made_does_not_pass_for_a_lock(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr("lockdesk.ui.shell.locking.LockOverlay", fails)
        with pytest.raises(MemoryError):
            window.locking.close()
    window.locking.close()
    assert window.locking.overlay is not None and window.locking.overlay.isVisible()
