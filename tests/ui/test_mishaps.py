"""A failing slot, a failing step: one box, a log without personal data, and the window goes on."""

import errno
import logging
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lockdesk.desk.requests.steps import CaseAction
from lockdesk.mishap_log import NAME, read_log, start_log, stop_log
from lockdesk.ui.running.mishaps import mishaps
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.verbs.doctor import export_log
from tests.ui.fake_desk import FakeDesk

ShowCase = Callable[[MainWindow, int], None]
NIK = "3375995502909901"


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hooks as the program has them; the test runner has its own."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    mishaps.watch()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    handler = start_log(tmp_path / "log")
    yield tmp_path / "log"
    stop_log(handler)


class Failing(QPushButton):
    @Slot()
    def fail(self) -> None:
        nik = NIK
        try:
            raise KeyError(nik)
        except KeyError as error:
            raise ValueError(f"tidak dikenal: {nik}") from error


def boxes(window: MainWindow) -> list[ErrorSheet]:
    return [sheet for sheet in window.findChildren(ErrorSheet) if sheet.isVisible()]


def test_a_failing_slot_is_told_in_one_box_and_logged_without_data(
    qtbot: QtBot, window: MainWindow, log: Path, watched: None
) -> None:
    button = Failing(window)
    button.clicked.connect(button.fail)
    for _press in range(3):
        button.click()
    (box,) = boxes(window)
    assert box.error.code == "bug" and "Program tetap berjalan" in box.error.message
    words = read_log(log)
    assert words.count("ValueError at ") == 3 and f"{__name__}:" in words and "from KeyError at " in words
    assert NIK not in words + box.error.detail + str(box.error)
    assert stat.S_IMODE((log / NAME).stat().st_mode) == 0o600
    box.reject()
    button.click()
    assert len(boxes(window)) == 1, "the next time it is told again"


def test_a_thread_that_ends_by_an_exception_is_told(qtbot: QtBot, window: MainWindow, log: Path, watched: None) -> None:
    def fail() -> None:
        raise KeyError(NIK)

    thread = threading.Thread(target=fail)
    with qtbot.waitSignal(mishaps.happened):
        thread.start()
    thread.join()
    assert len(boxes(window)) == 1
    assert "KeyError" in read_log(log) and NIK not in read_log(log)


def test_the_log_is_rotated_and_exported_whole(log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1_500):
        logging.getLogger("lockdesk.ui").error("KeyError at %s:%d", "x" * 1000, number)
    files = sorted(log.iterdir())
    assert len(files) == 4 and all(file.stat().st_size <= 256 * 1024 for file in files)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    monkeypatch.setattr("lockdesk.verbs.doctor.log_folder", lambda: log)
    target = tmp_path / "catatan.txt"
    export_log(target)
    lines = target.read_text(encoding="utf-8").splitlines()
    numbers = [int(line.rpartition(":")[2]) for line in lines]
    assert numbers == list(range(numbers[0], 1_500)) and len(numbers) > 700
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_says_nothing_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "datei").write_text("kein Ordner")
    handler = start_log(tmp_path / "datei" / "log")
    logging.getLogger("lockdesk.ui").error("KeyError")
    stop_log(handler)
    assert capsys.readouterr().err == ""


FAILURES = (OSError(errno.ENOSPC, "No space left on device"), MemoryError(), KeyError(NIK), SystemExit(3))


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
@pytest.mark.parametrize("step", [CaseAction.START_REVIEW, CaseAction.REVOKE])
def test_a_step_that_fails_in_any_way_can_be_taken_again(
    qtbot: QtBot,
    window: MainWindow,
    show_case: ShowCase,
    desk: FakeDesk,
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
    step: CaseAction,
) -> None:
    case_id = {CaseAction.START_REVIEW: 4, CaseAction.REVOKE: 3}[step]
    part, name = {CaseAction.START_REVIEW: (desk.review, "start"), CaseAction.REVOKE: (desk.operations, "preflight")}[
        step
    ]
    show_case(window, case_id)

    def fail(_case: int) -> None:
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr(part, name, fail)
        window.cases.handling.begin(str(step))
        qtbot.waitUntil(lambda: window.background.idle and bool(boxes(window)))
    (box,) = boxes(window)
    assert box.error.remedy and NIK not in str(box.error)
    box.reject()
    window.cases.handling.begin(str(step))
    qtbot.waitUntil(lambda: window.background.idle)
    assert desk.state.called(name), "the second try reaches the desk"
    assert not boxes(window)


def test_a_complaint_can_be_sent_again_after_any_failure(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_form: object, files: object = ()) -> int:
        raise MemoryError

    window.new_complaint()
    qtbot.waitUntil(lambda: window.background.idle)
    form = window.services.pages.complaints().form.fields.form
    with monkeypatch.context() as patch:
        patch.setattr(desk.complaints, "receive", fail)
        window.complaint_work.receive(form)
        qtbot.waitUntil(lambda: window.background.idle)
    (box,) = boxes(window)
    assert box.error.code == "memory.full"
    box.reject()
    window.complaint_work.receive(form)
    qtbot.waitUntil(lambda: window.background.idle)
    assert len(desk.state.called("complaint_receive")) == 1
