"""One window per profile: a second start hands its files to the first window and asks it to come forward."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

RAISE_MS = 1000
MOST_BYTES = 64 * 1024
"""Of what a second start may say."""


def _name(folder: Path) -> str:
    return "lockdesk-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]


def call_first_window(folder: Path, files: Sequence[Path] = ()) -> bool:
    """Asks the process that holds the profile to show its window and to take files; True when it answered."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(RAISE_MS):
        return False
    socket.write(json.dumps([str(path.absolute()) for path in files]).encode() + b"\n")
    socket.waitForBytesWritten(RAISE_MS)
    socket.disconnectFromServer()
    return True


def _told(said: bytes) -> tuple[Path, ...]:
    """What a second start named, whether or not a file lies there: who opened it is told. None where it said anything
    else."""
    try:
        names = json.loads(said)
    except ValueError:
        return ()
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return ()
    return tuple(map(Path, names))


class FirstWindow(QObject):
    """Listens for second starts, of this user alone."""

    called = Signal(object)
    """The files that it is to take, mostly none."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(folder))
        self._server.newConnection.connect(self._on_connection)
        self._server.listen(_name(folder))

    @Slot()
    def _on_connection(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(self._on_said)
            if connection.state() is QLocalSocket.LocalSocketState.UnconnectedState:
                self._take(connection)

    @Slot()
    def _on_said(self) -> None:
        connection = self.sender()
        if isinstance(connection, QLocalSocket):
            self._take(connection)

    def _take(self, connection: QLocalSocket) -> None:
        said = bytes(connection.read(MOST_BYTES).data())
        connection.deleteLater()
        self.called.emit(_told(said))

    def close(self) -> None:
        self._server.close()
