"""The page of the journal: searched, narrowed, an entry in words, and the whole of it as a file that others check."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.journal import Journal
from lockdesk.desk.values.journal import JournalSearch
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.store import journal_reads
from lockdesk.ui.office.journal_page import JournalPage
from lockdesk.ui.shell.application import MainWindow
from tests.helpers.desk.counter import form
from tests.helpers.desk.exported import verifier
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.steps import receive
from tests.helpers.window.real_window import real_window, rest


@pytest.fixture
def journal(profile: OpenProfile, clock: SetClock) -> Journal:
    """A case that was printed, a day later a complaint."""
    desk = profile.desk
    desk.prints.make("receipt", receive(desk, "01"), PaperSize.A5)
    clock.forward(days=1)
    desk.complaints.receive(form())
    return desk.journal


def found(journal: Journal, search: JournalSearch) -> list[str]:
    return [row.line.kind for row in journal.page(search, None, 500).rows]


def test_the_journal_is_found_by_number_words_kind_person_and_day(
    profile: OpenProfile, journal: Journal, clock: SetClock
) -> None:
    everything = found(journal, JournalSearch())
    assert len(everything) == profile.casebook.head().count and everything[0].startswith("complaint.")
    assert "print.made" in found(journal, JournalSearch("LATIH-LOCK-2026-0001"))
    assert "print.made" in found(journal, JournalSearch("0001/LATIH-LOCK/XI/2026"))
    assert not [kind for kind in found(journal, JournalSearch("LATIH-LOCK-2026-0001")) if "complaint" in kind]
    assert found(journal, JournalSearch("1")) == [everything[-1]]
    assert found(journal, JournalSearch("dokumen dicetak")) == ["print.made"]
    assert found(journal, JournalSearch("tidak ada kata seperti ini")) == []
    assert set(found(journal, JournalSearch(group="complaints"))) == {"complaint.received"}
    today = clock.now().astimezone(profile.desk.office.zone).date()
    assert set(found(journal, JournalSearch(first=today, last=today))) == {"complaint.received"}
    assert "complaint.received" not in found(journal, JournalSearch(last=today - timedelta(days=1)))
    assert found(journal, JournalSearch(actor=profile.desk.office.actor()))
    assert found(journal, JournalSearch(actor="Orang Lain")) == []


def test_a_rare_entry_is_found_in_short_readings_and_none_is_shown_twice(
    profile: OpenProfile, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_reads, "SCAN_STEP", 7)
    for _n in range(40):
        profile.casebook.commit(c.Change(profile.desk.clock.now(), "Contoh Petugas", JournalNote("desk.locked")))
    kinds, key, readings = list[str](), None, 0
    while True:
        page = journal.page(JournalSearch("dokumen dicetak"), key, 60)
        kinds += [row.line.kind for row in page.rows]
        readings, key = readings + 1, page.next_key
        if key is None:
            break
    assert kinds == ["print.made"] and readings > 5
    seen, key = list[int](), None
    while True:
        page = journal.page(JournalSearch(), key, 5)
        seen += [row.line.sequence for row in page.rows]
        if (key := page.next_key) is None:
            break
    assert seen == list(range(profile.casebook.head().count, 0, -1))


def test_no_entry_shows_personal_data(profile: OpenProfile, journal: Journal) -> None:
    applicant = profile.desk.reading.case(1).applicant
    told = str(journal.page(JournalSearch(), None, 500))
    for secret in (applicant.name, applicant.nik, applicant.nip, applicant.email):
        assert secret and secret not in told


def opened_page(qtbot: QtBot, window: MainWindow) -> JournalPage:
    window.begin("journal")
    rest(qtbot, window)
    return window.findChildren(JournalPage)[0]


def test_the_page_finds_as_one_types_and_opens_the_case(qtbot: QtBot, profile: OpenProfile, journal: Journal) -> None:
    with real_window(qtbot, profile.desk) as window:
        page = opened_page(qtbot, window)
        assert page.model.rowCount() > 3 and page.table.currentIndex().row() == 0
        qtbot.keyClicks(page.search, "dokumen dicetak")
        qtbot.waitUntil(lambda: page.model.rowCount() == 1)
        rest(qtbot, window)
        shown = {fact.name: fact.value for fact in page.detail.facts.facts}
        assert shown["Nomor"] == "LATIH-LOCK-2026-0001" and shown["Cetakan"] == "Tanda terima permohonan"
        page.table.setFocus()
        with qtbot.waitSignal(window.case_shown):
            qtbot.keyClick(page.table, Qt.Key.Key_Return)
        page = opened_page(qtbot, window)
        page.search.clear()
        qtbot.keyClicks(page.search, "pengaduan diterima")
        qtbot.waitUntil(lambda: page.model.entry_at(0).line.kind == "complaint.received")
        with qtbot.waitSignal(window.complaint_shown):
            page.open_subject()
        page = opened_page(qtbot, window)
        page.search.clear()
        page.days.setCurrentIndex(page.days.findData("today"))
        rest(qtbot, window)
        assert {page.model.entry_at(row).subject for row in range(page.model.rowCount())} == {"LATIH-ADU-2026-0001"}
        page.days.setCurrentIndex(0)
        page.group.setCurrentIndex(page.group.findData("prints"))
        rest(qtbot, window)
        kinds = {page.model.entry_at(row).line.kind for row in range(page.model.rowCount())}
        assert kinds == {"print.made", "print.finished"}
        page.group.setCurrentIndex(0)
        qtbot.keyClicks(page.search, "zzz")
        qtbot.waitUntil(lambda: page.model.rowCount() == 0)
        rest(qtbot, window)
        assert page.count.text() == "0 catatan"


def test_what_is_exported_from_the_page_is_whole_for_others_and_stands_in_the_journal(
    qtbot: QtBot, profile: OpenProfile, journal: Journal, tmp_path: Path
) -> None:
    export, key = tmp_path / "rekam-jejak.jsonl", tmp_path / "kunci.pem"
    with real_window(qtbot, profile.desk) as window:
        page = opened_page(qtbot, window)
        for button, path in ((page._export, export), (page._key, key)):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            window.findChildren(QFileDialog)[-1].close()
            window.services.printing._on_save_chosen(str(path))
            rest(qtbot, window)
        assert found(journal, JournalSearch("rekam jejak diekspor")) == ["journal.exported"]
    assert verifier.main([str(export), "--key", str(key)]) == 0
    assert b"journal.exported" in export.read_bytes()
    assert export.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("typed", ["LOCK-2026-1", "00001/LATIH-LOCK/XI/2026", "latih lock 2026 0001"])
def test_a_number_finds_its_entries_however_it_is_written(journal: Journal, typed: str) -> None:
    assert found(journal, JournalSearch(typed)) == found(journal, JournalSearch("LATIH-LOCK-2026-0001")) != []
