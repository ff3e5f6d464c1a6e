"""A breach of personal data: the notice with its parts and its clock, kept while it is typed, recorded and printed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.desk.values.privacy import BREACH_PARTS, Breach
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined
from lockdesk.ui.office.breach import BreachSheet
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.shell.application import MainWindow
from tests.helpers.desk.counter import text_of
from tests.helpers.desk.journal import entries
from tests.helpers.desk.office import MONDAY, SetClock
from tests.helpers.window.real_window import real_window, rest

NOTICE = Breach(
    "", MONDAY - timedelta(hours=5), "Nama dan NIK tiga pemohon.", "Stik USB hilang pada 22 November.",
    "Kunci diganti; pemiliknya diberi tahu.", "Contoh Petugas, (0285) 421243",
)  # fmt: skip


def test_a_notice_without_one_of_its_parts_is_no_notice(profile: OpenProfile) -> None:
    for part in BREACH_PARTS:
        with pytest.raises(Declined) as told:
            profile.desk.breaches.record(replace(NOTICE, **{part.name: " "}))  # type: ignore[arg-type]
        assert told.value.code == "breach.incomplete" and part.words in told.value.message
    with pytest.raises(Declined) as told:
        profile.desk.breaches.record(replace(NOTICE, known_at=MONDAY + timedelta(minutes=1)))
    assert told.value.code == "breach.future"
    assert profile.desk.breaches.all() == ()


@pytest.mark.parametrize("part", [part.name for part in BREACH_PARTS])
def test_a_passphrase_stands_in_no_notice(profile: OpenProfile, part: str) -> None:
    told = replace(NOTICE, **{part: "Tertempel di monitor: passphrase: Rahasia#123."})  # type: ignore[arg-type]
    with pytest.raises(Declined) as refused:
        profile.desk.breaches.record(told)
    assert refused.value.code == "reason.passphrase" and profile.desk.breaches.all() == ()


def test_it_is_recorded_with_its_clock_corrected_and_printed(profile: OpenProfile) -> None:
    breaches = profile.desk.breaches
    first = breaches.record(NOTICE)
    assert (first.number, first.due_at) == ("LATIH-BOCOR-2026-0001", MONDAY + timedelta(hours=67))
    again = breaches.record(replace(first, data="Nama dan NIK empat pemohon."))
    assert breaches.record(NOTICE).number.endswith("0002") and breaches.all()[1] == again
    words = text_of(profile.desk.prints.make("breach", again, PaperSize.A4).pdf)
    for said in (
        again.number,
        again.data,
        again.how,
        again.done,
        again.contact,
        "Kamis, 26 November 2026 pukul 03.05",
        "3 × 24",
    ):
        assert said in words
    told = [entry for entry in entries(profile) if entry["kind"].startswith("breach.")]
    assert [entry["kind"] for entry in told] == ["breach.recorded", "breach.changed", "breach.recorded"]
    assert told[0]["facts"]["due"] and profile.desk.earlier_prints.of_office(again.number)


def opened(qtbot: QtBot, window: MainWindow) -> BreachSheet:
    window.begin("breach")
    rest(qtbot, window)
    return next(sheet for sheet in window.findChildren(BreachSheet) if sheet.isVisible())


def test_what_is_half_typed_is_there_the_next_time(qtbot: QtBot, profile: OpenProfile, clock: SetClock) -> None:
    with real_window(qtbot, profile.desk) as window:
        sheet = opened(qtbot, window)
        sheet.texts["data"].setPlainText("Nama tiga pemohon.")
        sheet.reject()
        rest(qtbot, window)
        clock.forward(hours=80)
        sheet = opened(qtbot, window)
        assert sheet.texts["data"].toPlainText() == "Nama tiga pemohon."
        assert any("terlewat 8 jam" in label.text() for label in sheet.findChildren(QLabel)), "known since it was begun"
        for name, text in (("how", "Stik USB hilang."), ("done", "Diganti."), ("contact", "Petugas")):
            sheet.texts[name].setPlainText(text)
        sheet.act()
        rest(qtbot, window)
        rest(qtbot, window)
        assert next(item for item in window.findChildren(PrintSheet) if item.isVisible())
        (breach,) = profile.desk.breaches.all()
        assert (breach.data, breach.known_at) == ("Nama tiga pemohon.", MONDAY)
        next(item for item in window.findChildren(PrintSheet) if item.isVisible()).reject()
        assert opened(qtbot, window).texts["data"].toPlainText() == "", "recorded: no draft any more"
