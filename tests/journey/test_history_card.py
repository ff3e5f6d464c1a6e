"""Riwayat shows what happened last, and what became of a print beside it."""

from datetime import UTC, datetime

from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.desk.desk import Desk
from lockdesk.desk.office.dated import calendar_of
from lockdesk.desk.prints.history_words import fact_words, facts_told
from lockdesk.desk.values.cases import HistoryLine
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.verification.progress_cards import SHOWN, HistoryCard
from tests.helpers.desk.steps import completed


def lines(qtbot: QtBot, desk: Desk, case_id: int) -> list[str]:
    card = HistoryCard(OfficeTime(calendar_of(desk.office.dated, {})))
    qtbot.addWidget(card)
    card.show_history(desk.reading.case(case_id).history, desk.clock.now())
    return [fact.value for fact in card.facts.facts]


def test_the_last_entries_are_seen_and_a_print_is_one_of_them(qtbot: QtBot, profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = completed(desk)
    seen = lines(qtbot, desk, case_id)
    assert len(seen) == SHOWN and seen[:2] == ["Kasus selesai", "Pemohon diberi tahu"]
    printed = desk.prints.make("completion", case_id, PaperSize.A4)
    assert lines(qtbot, desk, case_id)[:2] == ["Dokumen dicetak", "Kasus selesai"]
    desk.queueing._note(printed, "print.cancelled", {"entry": printed.sequence, "printer": "Loket"})
    assert lines(qtbot, desk, case_id)[0].startswith("Dokumen dicetak · Cetakan dibatalkan")


def test_a_fact_that_says_nothing_is_not_told() -> None:
    """As of a scan in which nothing could be read that was missing."""
    entry = HistoryLine(7, datetime(2026, 11, 27, tzinfo=UTC), "Rina", "case.checked", {"fields": "", "copies": 0})
    assert fact_words(entry) == "jumlah 0 · catatan\u00a07" and facts_told(entry) == (("jumlah", "0"),)
