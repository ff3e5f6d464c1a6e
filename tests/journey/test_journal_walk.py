"""After each start the whole journal is read behind the window: told where it is shown, stopped by closing."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.errors import Damaged, Declined
from lockdesk.store import journal_reads
from lockdesk.store import tables as t
from lockdesk.store.threads import writing
from lockdesk.ui.office.journal_page import JournalPage
from lockdesk.ui.shell.application import MainWindow
from tests.helpers.desk.steps import receive
from tests.helpers.window.real_window import PATIENCE_MS, real_window


@pytest.fixture
def entries(profile: OpenProfile, monkeypatch: pytest.MonkeyPatch) -> int:
    """A journal that is read in many steps."""
    monkeypatch.setattr(journal_reads, "WALK_STEP", 1)
    monkeypatch.setattr(journal_reads.entries, "__defaults__", (1,))
    for _n in range(60):
        profile.casebook.commit(c.Change(profile.desk.clock.now(), "Contoh Petugas", JournalNote("desk.locked")))
    return profile.casebook.head().count


def page_of(window: MainWindow) -> JournalPage:
    window.begin("journal")
    return window.findChildren(JournalPage)[0]


def test_the_page_tells_how_far_the_journal_was_read_and_that_it_is_whole(
    qtbot: QtBot, profile: OpenProfile, entries: int
) -> None:
    with real_window(qtbot, profile.desk) as window:
        page, told = page_of(window), list[str]()
        assert page.walked.text() == ""
        window.journal_walk.changed.connect(lambda: told.append(page.walked.text()))
        with qtbot.waitSignal(window.journal_walk.walked, timeout=PATIENCE_MS):
            window.journal_walk.begin()
        assert told[0] == f"memeriksa seluruhnya: 50 dari {entries} catatan"
        assert told[-1].startswith("diperiksa seluruhnya ") and told[-1].endswith(": utuh")
        assert profile.casebook.journal_whole()


def test_what_was_changed_long_ago_is_found_and_stops_all_writing(
    qtbot: QtBot, profile: OpenProfile, entries: int
) -> None:
    def tamper() -> None:
        with writing():
            t.database.execute_sql("UPDATE journal SET actor = 'Petugas Lain' WHERE sequence = 2")

    profile.casebook._writer.run(tamper)
    with real_window(qtbot, profile.desk) as window:
        page = page_of(window)
        with qtbot.waitSignal(window.journal_walk.walked, timeout=PATIENCE_MS) as walked:
            window.journal_walk.begin()
        assert walked.args[0].chain.broken_at == 2
        assert page.walked.text() == "diperiksa seluruhnya: tidak utuh"
    assert not profile.casebook.journal_whole()


def test_what_cannot_even_be_read_stops_all_writing(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.withdraw(case_id, "Pemohon membatalkan permohonannya.")
    desk.review.reopen(case_id, "Kasus yang keliru yang diakhiri.")

    def tamper() -> None:
        with writing():
            t.database.execute_sql("UPDATE journal_text SET text = x'ff00'")

    profile.casebook._writer.run(tamper)
    with pytest.raises(Damaged):
        desk.journal.walk(lambda _read: None)
    assert not profile.casebook.journal_whole()
    with pytest.raises(Damaged):
        profile.casebook.commit(c.Change(desk.clock.now(), "Contoh Petugas", JournalNote("desk.locked")))


def test_closing_the_window_ends_the_walk_within_a_step(qtbot: QtBot, profile: OpenProfile, entries: int) -> None:
    begun, told = threading.Event(), list[int]()
    with real_window(qtbot, profile.desk) as window:
        walk, pause = window.journal_walk, window.journal_walk._pause

        def counted(read: int) -> None:
            told.append(read)
            begun.set()
            walk._stopped.wait()
            pause(read)

        walk._pause = counted  # type: ignore[method-assign]
        walk.begin()
        qtbot.waitUntil(begun.is_set, timeout=PATIENCE_MS)
    assert told == [1], "not one step more"
    assert not [thread for thread in threading.enumerate() if thread.name == "database-walk" and thread.is_alive()]
    assert profile.casebook.journal_whole(), "what was not read to its end says nothing"


def test_nobody_else_waits_for_the_walk(profile: OpenProfile, entries: int) -> None:
    """What is read and written while a step is under way goes on beside it."""
    done = list[int]()

    def meanwhile(read: int) -> None:
        done.append(read)
        profile.casebook.commit(c.Change(profile.desk.clock.now(), "Contoh Petugas", JournalNote("desk.locked")))
        if len(done) == 5:
            raise Declined("", code="journal.stopped")

    with pytest.raises(Declined):
        profile.desk.journal.walk(meanwhile)
    assert done == [1, 2, 3, 4, 5] and profile.casebook.head().count == entries + 5
    assert profile.casebook.verify_journal().whole
