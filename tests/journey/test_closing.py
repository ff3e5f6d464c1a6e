"""The window is closed while the CA is being waited for: at once, and nothing is lost or done twice."""

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx
import pytest
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.operations import OperationState
from lockdesk.desk.ports import Gateway
from lockdesk.desk.values.authority import RevocationOrder, Waiting
from lockdesk.errors import Declined
from lockdesk.store import rewriting
from lockdesk.ui.running.background import Lane
from lockdesk.ui.shell.application import MainWindow, PreferenceFile
from tests.helpers.authority.openssl_ca import OpensslCa
from tests.helpers.desk.portal import SERIAL, waiting_for_revocation
from tests.helpers.desk.portal_office import portal_office, serving_ca
from tests.helpers.desk.steps import receive, revoke, verify
from tests.helpers.patience import PATIENT, SOON
from tests.helpers.window.real_window import show_case
from tests.servers.web import LoopbackServer, Question, Reply


def closed_soon(qtbot: QtBot, window: MainWindow) -> bool:
    """Whether the window closes while a thread of its own watches the time."""
    closed = threading.Event()
    late: list[bool] = []
    watch = threading.Thread(target=lambda: late.append(not closed.wait(SOON)))
    watch.start()
    window.close()
    closed.set()
    watch.join()
    return not late[0]


class FrontDoor:
    """Stands before the CA's OCSP responder; while `shut`, who comes is kept waiting until it is `over`."""

    def __init__(self, ca: OpensslCa) -> None:
        self._ca = ca
        self.shut, self.asked, self.over = threading.Event(), threading.Event(), threading.Event()
        self._http = LoopbackServer(self._answer)
        self.url = self._http.url

    def _answer(self, question: Question) -> Reply:
        if self.shut.is_set():
            self.asked.set()
            self.over.wait(PATIENT)
            return Reply(0)
        headers = {"Content-Type": "application/ocsp-request"}
        return Reply(200, httpx.post(self._ca.ocsp_url, content=question.body, headers=headers).content)

    def __enter__(self) -> "FrontDoor":
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self._http.stop()


def test_a_ca_that_does_not_answer_holds_up_no_closing(qtbot: QtBot, tmp_path: Path) -> None:
    with (
        serving_ca(tmp_path / "ca") as ca,
        FrontDoor(ca) as door,
        portal_office(tmp_path / "kerja", ca) as office,
    ):
        office.switch(ocsp_url=door.url, seconds=str(int(PATIENT)))
        case_id = waiting_for_revocation(office.desk)
        ca.revoke(SERIAL)
        door.shut.set()
        window = MainWindow(office.desk, PreferenceFile())
        window.resize(1366, 768)
        with qtbot.waitSignal(window.ready):
            window.show()
        window.background.run(partial(office.desk.operations.settle, case_id), lane=Lane.CA)
        assert door.asked.wait(SOON)
        seen: list[CaseState] = []
        window.background.run(partial(office.desk.reading.case, case_id), lambda case: seen.append(case.state))
        qtbot.waitUntil(lambda: seen == [CaseState.VERIFIED])
        assert closed_soon(qtbot, window)
        window.deleteLater()
        office.close()
        door.shut.clear()
        office.again()
        assert office.desk.reading.row(case_id).state is CaseState.REVOKED, "the next start asks and proves it"


class HeldAnswer:
    """A gateway that has a case's revocation in its hands until it is let go."""

    def __init__(self, inner: Gateway) -> None:
        self._inner = inner
        self.asked, self.let_go = threading.Event(), threading.Event()

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def revoke(self, order: RevocationOrder) -> Waiting | None:
        self.asked.set()
        self.let_go.wait(PATIENT)
        return self._inner.revoke(order)


def test_a_file_that_is_written_anew_holds_up_no_closing(
    qtbot: QtBot, profile: OpenProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was kept last needs the thread on which that goes on."""
    desk = profile.desk
    case_id, broken_off, write, begun = receive(desk, "01"), threading.Event(), rewriting.write, threading.Event()

    def slowly(path: Path, wanted: Callable[[], bool]) -> None:
        begun.set()
        until = time.monotonic() + PATIENT
        while not wanted() and time.monotonic() < until:
            time.sleep(0.01)
        if wanted():
            broken_off.set()
        write(path, wanted)

    monkeypatch.setattr(rewriting, "write", slowly)
    window = MainWindow(desk, PreferenceFile())
    window.resize(1366, 768)
    with qtbot.waitSignal(window.ready):
        window.show()
    show_case(qtbot, window, case_id)
    window.background.run(desk.casebook.sweep)
    assert begun.wait(SOON)
    assert closed_soon(qtbot, window) and broken_off.is_set()
    window.deleteLater()


def test_who_asks_after_a_case_that_is_being_sent_is_told_to_wait(profile: OpenProfile) -> None:
    """Polling on another thread must not take an order on its way for one that a crash left behind."""
    desk = profile.desk
    first, second = receive(desk, "01"), receive(desk, "04")
    for case_id in (first, second):
        verify(desk, case_id)
    held = HeldAnswer(desk.gateway)
    desk.operations.answer_through(held)  # type: ignore[arg-type]
    sending = threading.Thread(target=partial(revoke, desk, first))
    sending.start()
    try:
        assert held.asked.wait(SOON)
        for ask in (desk.operations.settle, desk.operations.reissue):
            with pytest.raises(Declined):
                ask(first)
        assert desk.reading.row(first).operation is OperationState.INTENDED
        desk.operations.answer_through(desk.gateway)
        revoke(desk, second)
        assert desk.reading.row(second).state is CaseState.REVOKED, "another case goes its way meanwhile"
    finally:
        held.let_go.set()
        sending.join()
    assert desk.reading.row(first).state is CaseState.REVOKED
