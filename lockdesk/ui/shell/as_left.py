"""The window as it was left: place, shares of the room, the open case and its arrangement, the letter on its screen."""

from functools import partial

from PySide6.QtCore import QByteArray, QObject, QSize, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from lockdesk.desk.desk import Desk
from lockdesk.errors import LockdeskError
from lockdesk.ui.cases.arranging import Arrangement
from lockdesk.ui.cases.casework import last_case
from lockdesk.ui.cases.page import CasesPage
from lockdesk.ui.look.preferences import PreferenceFile
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.file_dialogs import folders
from lockdesk.ui.widgets.kept_widths import kept
from lockdesk.ui.widgets.room import fit

_SIZE = QSize(1366, 768)
_FOLDERS = "window.folders"


class AsLeft(QObject):
    """What is about the screen stands in the preferences; which case was open, and from where files were taken, is the
    profile's, encrypted as it is."""

    def __init__(self, window: QMainWindow, preferences: PreferenceFile, desk: Desk, background: Background) -> None:
        super().__init__(window)
        self._window, self._preferences = window, preferences
        self._desk, self._background = desk, background
        self._done = False
        kept.known = dict(preferences.value.widths)
        folders.begin()
        folders.changed.connect(self._on_folders)

    def take_place(self) -> None:
        """Where it was last, if that still is on a screen; at first as large as the counter's screen has room."""
        if self._window.restoreGeometry(QByteArray.fromBase64(self._preferences.value.place.encode())):
            return
        fit(self._window, _SIZE)

    def open_case(self, cases: CasesPage) -> None:
        """Once in a window's life, and not over what was chosen meanwhile."""
        if not self._done:
            self._done = True
            self._background.run(partial(last_case, self._desk), partial(self._on_case, cases), _forgotten)
            self._background.run(partial(self._desk.drafts.load, _FOLDERS), folders.take_up)

    @Slot()
    def _on_folders(self) -> None:
        self._background.keep(partial(self._desk.drafts.keep, _FOLDERS, folders.text))

    def _on_case(self, cases: CasesPage, case_id: int) -> None:
        if case_id and not cases.work.case_id:
            self.arrange_when_shown(cases)
            cases.show_case(case_id)

    def arrange_when_shown(self, cases: CasesPage) -> None:
        """As soon as a case is there, it stands as it was left."""
        cases.case_shown.connect(self._on_shown)

    @Slot()
    def _on_shown(self) -> None:
        cases = self.sender()
        assert isinstance(cases, CasesPage)
        cases.case_shown.disconnect(self._on_shown)
        wanted = self._preferences.value
        if wanted.arrangement in set(Arrangement) - {Arrangement.ORDINARY}:
            cases.arranging.arrange(wanted.arrangement)
        if wanted.papers_out and wanted.papers_screen in {screen.name() for screen in QGuiApplication.screens()}:
            cases.arranging.toggle_papers()
            self._window.activateWindow()  # a window that was not asked for takes no keyboard

    def keep(self, cases: CasesPage) -> None:
        """When the window is closed."""
        out = cases.arranging.papers
        self._preferences.change(
            place=bytes(self._window.saveGeometry().toBase64().data()).decode(),
            widths=kept.known,
            arrangement=str(cases.arranging.arrangement),
            papers_place=out.place if out is not None else cases.arranging.papers_place,
            papers_out=out is not None,
            papers_screen=out.screen().name() if out is not None else "",
        )


def _forgotten(_error: LockdeskError) -> None:
    """The case is no more: nothing is opened."""
