"""Jobs off the GUI thread: answers come back on it, failures are told, threads end."""

import errno
import logging
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from lockdesk.errors import LockdeskError, Unreachable
from lockdesk.ui.running.background import Background, Lane


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def fail(error: Exception) -> None:
    raise error


def test_answers_come_on_the_gui_thread(qtbot: QtBot, background: Background) -> None:
    heard: list[tuple[int, threading.Thread]] = []
    for number in range(200):
        background.run(partial(int, number), lambda value: heard.append((value, threading.current_thread())))
    qtbot.waitUntil(lambda: len(heard) == 200, timeout=5000)
    assert {value for value, _thread in heard} == set(range(200))
    assert {thread for _value, thread in heard} == {threading.main_thread()}


def test_news_of_a_running_job_come_on_the_gui_thread_before_its_answer(qtbot: QtBot, background: Background) -> None:
    heard: list[tuple[object, threading.Thread]] = []
    report = background.on_gui_thread(lambda value: heard.append((value, threading.current_thread())))

    def job() -> str:
        report("halaman 1")
        report("halaman 2")
        return "selesai"

    background.run(job, lambda value: heard.append((value, threading.current_thread())))
    qtbot.waitUntil(lambda: len(heard) == 3, timeout=5000)
    assert [value for value, _thread in heard] == ["halaman 1", "halaman 2", "selesai"]
    assert {thread for _value, thread in heard} == {threading.main_thread()}
    background.close()
    report("terlambat")
    qtbot.wait(0)
    assert len(heard) == 3, "a closed window hears nothing more"


def test_a_slow_ca_does_not_delay_reading(qtbot: QtBot, background: Background) -> None:
    gate = threading.Event()
    heard: list[object] = []
    background.run(partial(gate.wait, 20), heard.append, lane=Lane.CA)
    background.run(partial(str, "baca"), heard.append)
    qtbot.waitUntil(lambda: heard == ["baca"], timeout=5000)
    gate.set()
    qtbot.waitUntil(lambda: heard == ["baca", True], timeout=5000)


def test_an_expected_failure_is_told_with_its_remedy(qtbot: QtBot, background: Background) -> None:
    with qtbot.waitSignal(background.failed, timeout=5000) as told:
        background.run(partial(fail, Unreachable("CA tidak terhubung.", "Coba lagi.")))
    assert told.args is not None
    assert told.args[0].remedy == "Coba lagi."


def test_a_bug_is_told_and_logged_without_its_message(
    qtbot: QtBot, background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(background.failed, timeout=5000) as told:
        background.run(partial(fail, KeyError("3375995502909901")))
    assert told.args is not None
    shown = told.args[0]
    assert (shown.code, bool(shown.remedy)) == ("bug", True)
    assert "3375995502909901" not in caplog.text + str(shown) + shown.detail
    assert f"KeyError at {__name__}:" in caplog.text


ENVIRONMENT = (
    (OSError(errno.ENOSPC, "No space left", "/rahasia/3375995502909901"), "disk.full"),
    (PermissionError(errno.EACCES, "Permission denied"), "disk.read_only"),
    (FileNotFoundError(errno.ENOENT, "No such file"), "disk.gone"),
    (OSError(errno.EIO, "Input/output error"), "disk.failing"),
    (MemoryError(), "memory.full"),
)


@pytest.mark.parametrize(("error", "code"), ENVIRONMENT, ids=[code for _error, code in ENVIRONMENT])
def test_whatever_a_job_comes_to_its_caller_is_told_with_cause_and_remedy(
    qtbot: QtBot, background: Background, error: Exception, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[LockdeskError] = []
    background.run(partial(fail, error), failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=5000)
    assert heard[0].code == code and heard[0].message and heard[0].remedy
    assert "3375995502909901" not in heard[0].detail
    assert not caplog.records, "a full disk is no bug"


def test_a_cancelled_job_is_not_answered(qtbot: QtBot, background: Background) -> None:
    heard: list[str] = []
    gate = threading.Event()
    background.run(partial(gate.wait, 20), lane=Lane.PAGES)
    background.run(partial(str, "lama"), heard.append, lane=Lane.PAGES).cancel()
    background.run(partial(str, "baru"), heard.append, lane=Lane.PAGES)
    gate.set()
    qtbot.waitUntil(lambda: background.idle, timeout=5000)
    assert heard == ["baru"]


class Listener(QObject):
    def hear(self, _value: object) -> None:
        raise AssertionError("a deleted widget was called")


def test_an_answer_for_a_deleted_widget_is_dropped(qtbot: QtBot, background: Background) -> None:
    import shiboken6

    listener, gate = Listener(), threading.Event()
    background.run(partial(gate.wait, 20), listener.hear)
    shiboken6.delete(listener)
    gate.set()
    qtbot.waitUntil(lambda: background.idle, timeout=5000)


def test_closing_drops_waiting_jobs_and_joins(qtbot: QtBot) -> None:
    background = Background()
    ran: list[object] = []
    gate = threading.Event()
    background.run(partial(gate.wait, 20), lane=Lane.CA)
    background.run(partial(ran.append, 1), lane=Lane.CA)
    gate.set()
    background.close()
    assert len(ran) <= 1
    assert background.run(partial(ran.append, 2)).cancelled


def test_a_case_whose_ca_is_slow_delays_no_other_case(qtbot: QtBot, background: Background) -> None:
    gate = threading.Event()
    heard: list[object] = []
    try:
        background.run(partial(gate.wait, 60), heard.append, lane=Lane.CA)
        background.run(partial(gate.wait, 60), heard.append, lane=Lane.INTAKE)
        for lane in (Lane.CA, Lane.INTAKE, Lane.DESK):
            background.run(partial(str, lane), heard.append, lane=lane)
        qtbot.waitUntil(lambda: sorted(map(str, heard)) == ["ca", "desk", "intake"], timeout=5000)
    finally:
        gate.set()


def test_closing_does_not_wait_for_what_hangs_outside(qtbot: QtBot) -> None:
    """A name that is being looked up cannot be called back: its thread ends with the program."""
    gate, begun, made = threading.Event(), threading.Event(), Background()

    def hang() -> None:
        begun.set()
        gate.wait(60)

    made.run(hang, lane=Lane.CA)
    assert begun.wait(5)
    threads = list(made._threads)
    closing = threading.Thread(target=made.close)
    closing.start()
    closing.join(5)
    late = closing.is_alive()
    gate.set()
    for thread in (closing, *threads):
        thread.join()
    assert not late


class Noted:
    """Notes which thread lets go of it."""

    def __init__(self, ended: list[str]) -> None:
        self.ended = ended

    def hear(self, _value: object) -> None:
        pass

    def __del__(self) -> None:
        self.ended.append(threading.current_thread().name)


def test_what_a_job_and_its_answer_hold_ends_on_the_gui_thread(qtbot: QtBot, background: Background) -> None:
    ended = list[str]()
    background.run(partial(isinstance, Noted(ended), str), Noted(ended).hear, lane=Lane.POST)
    qtbot.waitUntil(lambda: background.idle, timeout=5000)
    background.run(partial(str, "lalu"), lane=Lane.POST)
    qtbot.waitUntil(lambda: background.idle and len(ended) == 2, timeout=5000)
    assert set(ended) == {"MainThread"}


def test_what_is_kept_and_dropped_stays_dropped(qtbot: QtBot, background: Background) -> None:
    """Two threads take the desk's jobs: a slow keeping must not come after the dropping that followed it."""
    kept: list[str] = []

    def keep() -> None:
        time.sleep(0.05)
        kept.append("half written")

    background.keep(keep)
    background.keep(kept.clear)
    qtbot.waitUntil(lambda: background.idle)
    assert kept == []
