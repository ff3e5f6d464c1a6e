"""Dialogs for files open where something of the kind was chosen or saved last, never where the program runs."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.desk.values.reports import BookFormat
from lockdesk.ui.complaints.cards import ask_for_files
from lockdesk.ui.register.page import RegisterPage
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.first_start import FirstStartWizard
from lockdesk.ui.shell.restore import RestoreScreen
from tests.ui.conftest import started
from tests.ui.fake_desk import FakeDesk

DOCUMENTS = "Dokumen"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program runs in a folder of its own; the system has one for documents, and one for pictures."""
    for name in ("program", DOCUMENTS, "Gambar", "stik", "lain"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "program")
    known = {QStandardPaths.StandardLocation.PicturesLocation: "Gambar"}
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", lambda place: str(tmp_path / known.get(place, DOCUMENTS)), raising=True
    )
    yield


def dialog_over(over: QWidget) -> QFileDialog:
    return next(found for found in over.findChildren(QFileDialog) if found.isVisible())


def take(qtbot: QtBot, over: QWidget, path: Path) -> None:
    """Writes the name of a file and presses Enter."""
    dialog = dialog_over(over)
    name = dialog.findChild(QLineEdit)
    name.setText(str(path))
    qtbot.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def folder_of(qtbot: QtBot, over: QWidget) -> str:
    """Where the dialog stands; it is left then."""
    dialog = dialog_over(over)
    found = Path(dialog.directory().absolutePath()).name
    dialog.reject()
    QApplication.processEvents()
    return found


def save(window: MainWindow, name: str = "surat.pdf") -> None:
    window.services.printing.save(name, lambda: b"isi", "Semua berkas (*)")


def export(window: MainWindow) -> None:
    window.services.printing.save_table("daftar.csv", BookFormat.CSV, lambda form: form.encode())


def evidence(window: MainWindow) -> None:
    ask_for_files(window, lambda _chosen: None)


def staff(window: MainWindow) -> None:
    window.show_page("register")
    window.findChildren(RegisterPage)[0]._on_import()


@pytest.mark.parametrize("ask", [save, export, evidence, staff])
def test_the_first_time_it_is_the_system_s_folder_for_documents(
    qtbot: QtBot, window: MainWindow, ask: Callable[[MainWindow], None]
) -> None:
    ask(window)
    assert folder_of(qtbot, window) == DOCUMENTS


def test_scans_are_first_sought_among_the_pictures(qtbot: QtBot, window: MainWindow) -> None:
    window.intake.begin_adding(3, "LATIH-LOCK-2026-0001")
    assert folder_of(qtbot, window) == "Gambar"


def test_before_any_profile_as_well(qtbot: QtBot, tmp_path: Path) -> None:
    wizard, restore = FirstStartWizard(tmp_path / "belum" / "ada"), RestoreScreen()
    qtbot.addWidget(wizard)
    qtbot.addWidget(restore)
    wizard._on_other_office()
    assert folder_of(qtbot, wizard) == DOCUMENTS
    wizard._on_browse()
    assert folder_of(qtbot, wizard) == tmp_path.name, "what is there of the folder that is written"
    wizard._folder.clear()
    wizard._on_browse()
    assert folder_of(qtbot, wizard) == DOCUMENTS
    restore._on_browse()
    assert folder_of(qtbot, restore) == DOCUMENTS


def test_each_kind_has_its_folder_which_the_profile_remembers(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    desk, file = FakeDesk(), tmp_path / "jendela.json"
    with started(qtbot, desk, file, case=False) as window:
        save(window)
        take(qtbot, window, tmp_path / "stik" / "surat.pdf")
        export(window)
        take(qtbot, window, tmp_path / "lain" / "daftar.csv")
        qtbot.waitUntil(lambda: window.background.idle)
        save(window, "lain.pdf")
        assert folder_of(qtbot, window) == "stik"
        evidence(window)
        assert folder_of(qtbot, window) == DOCUMENTS
    assert "stik" not in file.read_text(encoding="utf-8"), "a folder may be named after an applicant"
    with started(qtbot, desk, file, case=False) as window:
        save(window)
        assert folder_of(qtbot, window) == "stik"
        export(window)
        assert folder_of(qtbot, window) == "lain"
        (tmp_path / "stik" / "surat.pdf").unlink()
        (tmp_path / "stik").rmdir()
        save(window)
        assert folder_of(qtbot, window) == DOCUMENTS, "the stick is gone"
    with started(qtbot, FakeDesk(), file, case=False) as window:
        export(window)
        assert folder_of(qtbot, window) == DOCUMENTS, "another profile knows nothing of it"


def test_a_file_that_was_chosen_is_remembered_too(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    bukti = tmp_path / "stik" / "bukti.pdf"
    bukti.write_bytes(b"isi")
    evidence(window)
    take(qtbot, window, bukti)
    evidence(window)
    assert folder_of(qtbot, window) == "stik"
