"""Another city begins with its own office file; a slip in it is told at the field."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lockdesk.app import DEFAULT_OFFICE
from lockdesk.resource import resource
from lockdesk.ui.shell.application import MainWindow, PreferenceFile
from lockdesk.ui.shell.first_start import FirstStartWizard
from lockdesk.ui.widgets.days import date_field, day_of
from tests.ui.fake_desk import FakeDesk

SHIPPED = resource(DEFAULT_OFFICE).read_text(encoding="utf-8")


def told(wizard: FirstStartWizard) -> str:
    return "\n".join(label.text() for label in wizard.findChildren(QLabel) if not label.isHidden())


def test_another_citys_file_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = FirstStartWizard(tmp_path / "data")
    qtbot.addWidget(wizard)
    before = wizard.value.office_file
    wrong, right = tmp_path / "salah.toml", tmp_path / "tegal.toml"
    wrong.write_text(SHIPPED.replace('batas_waktu = "A"', 'batas_waktu = "D"'), encoding="utf-8")
    right.write_text(SHIPPED.replace('kota = "Kota Pekalongan"', 'kota = "Kota Rekaan"'), encoding="utf-8")
    wizard.take_office(str(wrong))
    assert "batas_waktu harus A, B, atau C, bukan D" in told(wizard) and wizard.value.office_file == before
    wizard.take_office(str(tmp_path / "tidak-ada.toml"))
    assert wizard.value.office_file == before
    wrong.write_bytes(b"\xff" * 2_000_000)
    wizard.take_office(str(wrong))
    assert "terlalu besar" in told(wizard) and wizard.value.office_file == before
    wizard.take_office(str(right))
    assert wizard.value.office_file == right and "terlalu besar" not in told(wizard)


FAR_ZONES = ("Pacific/Kiritimati", "Etc/GMT+12")
"""More than a day apart: whatever zone the computer has, it is another day in one of them."""


@pytest.mark.parametrize("zone", FAR_ZONES)
def test_the_day_that_an_officer_begins_is_the_office_s(qtbot: QtBot, tmp_path: Path, zone: str) -> None:
    wizard = FirstStartWizard(tmp_path / "data")
    qtbot.addWidget(wizard)
    file = tmp_path / "jauh.toml"
    file.write_text(SHIPPED.replace('"Asia/Jakarta"', f'"{zone}"'), encoding="utf-8")
    before = datetime.now(ZoneInfo(zone)).date()
    wizard.take_office(str(file))
    assert wizard.value.officer.since in {before, datetime.now(ZoneInfo(zone)).date()}
    assert not wizard.unsaved, "a day that is proposed was written by nobody"
    typed = before.replace(year=before.year - 1, day=1)
    wizard._since.set_day(typed)
    wizard.take_office(str(file))
    assert wizard.value.officer.since == typed and wizard.unsaved


@pytest.mark.parametrize("zone", FAR_ZONES)
def test_a_day_that_is_proposed_later_is_the_office_s_as_well(qtbot: QtBot, zone: str) -> None:
    desk = FakeDesk()
    desk.office.dated.zone = ZoneInfo(zone)
    window = MainWindow(desk, PreferenceFile())
    qtbot.addWidget(window)
    before = datetime.now(ZoneInfo(zone)).date()
    assert day_of(date_field()) in {before, datetime.now(ZoneInfo(zone)).date()}
