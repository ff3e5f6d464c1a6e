"""A second start: the first window of a profile comes forward and takes the files that were opened."""

from pathlib import Path

from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from lockdesk.verbs.first_window import FirstWindow, _name, call_first_window


def test_the_files_of_a_second_start_reach_the_first_window(tmp_path: Path, qtbot: QtBot) -> None:
    mail = tmp_path / "permohonan é.eml"
    mail.write_bytes(b"x")
    first, heard = FirstWindow(tmp_path), list[tuple[Path, ...]]()
    first.called.connect(heard.append)
    assert call_first_window(tmp_path, [mail, tmp_path / "tidak ada.eml"])
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert call_first_window(tmp_path)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [(mail, tmp_path / "tidak ada.eml"), ()], "what is not there is told in the window"
    first.close()


def test_where_there_is_no_window_nobody_answers(tmp_path: Path, qtbot: QtBot) -> None:
    assert not call_first_window(tmp_path)
    del qtbot


def test_whatever_else_is_said_only_brings_it_forward(tmp_path: Path, qtbot: QtBot) -> None:
    first, heard = FirstWindow(tmp_path), list[tuple[Path, ...]]()
    first.called.connect(heard.append)
    for said in (b"", b"{}", b"[1, 2]", b"\xff" * 100_000):
        socket = QLocalSocket()
        socket.connectToServer(_name(tmp_path))
        assert socket.waitForConnected(1000)
        socket.write(said)
        socket.disconnectFromServer()
        socket.deleteLater()
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert heard == [()] * 4
    first.close()
