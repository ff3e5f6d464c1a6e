"""The system's dialogs for files. Each opens where the officer chose or saved something of its kind the last time."""

import json
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from lockdesk.beside import beside
from lockdesk.ownfile import saveable
from lockdesk.words import _

_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
_HOME = QStandardPaths.StandardLocation.HomeLocation
_PATIENCE_SECONDS = 0.3


class Place(StrEnum):
    """Kinds of files that lie together: each has a folder of its own."""

    PRINTS = "prints"
    TABLES = "tables"
    JOURNAL = "journal"
    FILES = "files"
    """What leaves a case or a complaint as it is kept: documents, messages, its CSR."""
    REQUESTS = "requests"
    PAPERS = "papers"
    EVIDENCE = "evidence"
    STAFF = "staff"
    CERTIFICATES = "certificates"
    OFFICE = "office"
    """What an administrator hands to the office: its profile, the arms, a joint decree."""
    BACKUPS = "backups"


class KeptFolders(QObject):
    """Where files of a kind were the last time. A folder may be named after a person: it is the profile's to keep."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, str] = {}

        self._taken_up = False

    @property
    def text(self) -> str:
        return json.dumps(self._known)

    def begin(self) -> None:
        """For a profile of which nothing is known yet."""
        self._known, self._taken_up = {}, False

    def take_up(self, text: str) -> None:
        """What was kept the last time; what was chosen since then goes before it, and is kept with it."""
        kept, self._taken_up = dict[str, str](), True
        with suppress(ValueError, TypeError):
            kept = {str(place): str(folder) for place, folder in dict(json.loads(text or "{}")).items()}
        self._known = kept | self._known
        if self._known != kept:
            self.changed.emit()

    def of(self, place: Place, first: str = "") -> str:
        """The folder of the last time if it is still there (a stick goes), else `first`, else the system's own for
        documents: never the folder that the program happens to run in."""
        usual = map(QStandardPaths.writableLocation, (_DOCUMENTS, _HOME))
        return _first_there(self._known.get(place, "")) or _first_there(first, *usual)

    def keep(self, place: Place, chosen: list[str]) -> None:
        folder = str(Path(chosen[0]).parent) if chosen else ""
        if folder and self._known.get(place) != folder:
            self._known[place] = folder
            if self._taken_up:
                self.changed.emit()


folders = KeptFolders()
"""Those of this process."""


def open_dialog(
    over: QWidget, title: str, place: Place, types: str = "", several: bool = False, first: str = ""
) -> QFileDialog:
    """For files that are there. `first`: where it begins as long as nothing was chosen."""
    dialog = _dialog(over, title, folders.of(place, first), types)
    mode = QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile
    dialog.setFileMode(mode)
    dialog.filesSelected.connect(lambda chosen: folders.keep(place, chosen))
    return dialog


def save_dialog(over: QWidget, name: str, place: Place, types: str) -> QFileDialog:
    """For a file of ours; a name that is typed without an ending, which no program would open, gets that of `name`."""
    dialog = _dialog(over, _("Simpan"), folders.of(place), types)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix)
    dialog.selectFile(saveable(name))
    dialog.filesSelected.connect(lambda chosen: folders.keep(place, chosen))
    return dialog


def folder_dialog(over: QWidget, title: str, wanted: str) -> QFileDialog:
    """For a folder, beginning at the one that is written already, or at what is there of its address."""
    address = Path(wanted.strip())
    there = _first_there(*(str(place) for place in (address, *address.parents) if place.is_absolute()))
    dialog = _dialog(over, title, there or folders.of(Place.BACKUPS), "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return dialog


def _dialog(over: QWidget, title: str, folder: str, types: str) -> QFileDialog:
    dialog = QFileDialog(over, title, folder, types)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _first_there(*folders: str) -> str:
    """The first of some folders that is there; "" for none, and where a server that is away lets the window wait."""

    def look() -> str:
        return next((folder for folder in folders if folder and _is_there(folder)), "")

    try:
        return beside("look-for-folder", look).result(timeout=_PATIENCE_SECONDS)
    except TimeoutError:
        return ""


def _is_there(folder: str) -> bool:
    try:
        return Path(folder).is_dir()
    except (OSError, ValueError):
        return False
