"""Garbage with widgets in it is collected by the GUI thread, never by a worker that happens to make an object."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lockdesk.ui.running.sweeper import Sweeper


@pytest.fixture(autouse=True)
def collector_as_before() -> Iterator[None]:
    enabled = gc.isenabled()
    yield
    gc.unfreeze()
    if enabled:
        gc.enable()


class Cyclic(QWidget):
    """Holds itself, and notes which thread ends it."""

    def __init__(self, ended: list[str]) -> None:
        super().__init__()
        self.me, self.ended = self, ended

    def __del__(self) -> None:
        self.ended.append(threading.current_thread().name)


def test_a_worker_never_ends_a_widget(qtbot: QtBot) -> None:
    owner, ended = QObject(), list[str]()
    Sweeper(owner).begin()
    Cyclic(ended)
    worker = threading.Thread(target=lambda: [[number] for number in range(200_000)], name="worker")
    worker.start()
    worker.join()
    assert not ended
    timer = owner.findChild(QTimer)
    assert timer is not None
    timer.setInterval(10)
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["MainThread"]
