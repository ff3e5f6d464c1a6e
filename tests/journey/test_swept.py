"""A sweep of Python's garbage takes nothing that the window still holds, whatever was opened before."""

import gc
from collections.abc import Iterator
from itertools import chain

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from lockdesk.app import OpenProfile
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.ui.look.actions import WindowAction as W
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.desk.steps import receive
from tests.helpers.window.real_window import PATIENCE_MS, real_window

PAGES = (W.COMPLAINTS, W.STANDARD, W.REGISTER, W.REPORTS, W.SETTINGS, W.CALENDAR, W.BACKUPS, W.JOURNAL, W.CASES)
DIALOGS = (W.NEW_COMPLAINT, W.WALK_IN, W.CLOSE_DAY, W.PRINT_EMERGENCY, W.CHECK_PRINT, W.HELP, W.KEYS, W.CASES)
STEPS = (
    CaseAction.RECORD_CALL, CaseAction.REJECT, CaseAction.ASK_APPLICANT, CaseAction.CORRECT, CaseAction.PRINT,
    CaseAction.WITHDRAW, CaseAction.RESOLVE_OTHERWISE, CaseAction.SET_ROUTE, CaseAction.SET_COMPROMISED,
)  # fmt: skip
MAY_BE_GONE = {"_before", "_asker", "_resumed"}
"""Of a dialog: where the keyboard came from, looked at before it is used."""


def dead() -> Iterator[str]:
    """What a living widget of the program holds and Qt has no more."""
    for holder in gc.get_objects():
        if isinstance(holder, QWidget) and isValid(holder) and type(holder).__module__.startswith("lockdesk"):
            for name, value in vars(holder).items():
                held = (
                    value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
                )
                if name not in MAY_BE_GONE and any(isinstance(one, QObject) and not isValid(one) for one in held):
                    yield f"{type(holder).__name__}.{name}"


def test_nothing_that_is_shown_is_swept_away(qtbot: QtBot, profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "16")
    desk.review.start(case_id)
    with real_window(qtbot, desk) as window:

        def settle() -> None:
            qtbot.waitUntil(lambda: window.background.idle, timeout=PATIENCE_MS)
            for _press in range(2):
                focused = QApplication.focusWidget()
                if focused is not None:
                    qtbot.keyClick(focused, Qt.Key.Key_Tab)
            gc.collect()
            assert sorted(set(dead())) == []

        window.show_case(case_id)
        settle()
        for action in chain(map(str, PAGES), map(str, DIALOGS), (f"case.{step}" for step in STEPS)):
            window.begin(action)
            settle()
            for sheet in reversed(open_sheets(window)):
                sheet.reject()
            settle()
