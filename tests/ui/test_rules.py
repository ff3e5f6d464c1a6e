"""Aturan kantor in the real window: forms instead of a file, what is impossible told at the field, every version."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.dated_rules import Rule
from lockdesk.office_file import ReasonsTable, SpecialHoursTable
from lockdesk.ui.office.rule_forms import ArmsForm, ChecklistForm, HoursForm, SpecialHoursForm
from lockdesk.ui.office.rule_words import summary
from lockdesk.ui.office.rules import RuleSheet, RulesSection
from lockdesk.ui.office.week_form import spans_of
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.past_sheet import PastSheet
from tests.helpers.desk.office import SetClock
from tests.helpers.window.real_window import rest, settings_page

MONDAY_2026 = datetime(2026, 11, 23, 2, tzinfo=UTC)


def press(section: RulesSection, name: str) -> None:
    button = next(b for b in section.findChildren(QAbstractButton) if b.accessibleName() == name)
    button.click()


def opened(qtbot: QtBot, window: MainWindow, name: str) -> RuleSheet:
    rest(qtbot, window)
    press(window.findChildren(RulesSection)[-1], name)
    return [sheet for sheet in window.findChildren(RuleSheet) if sheet.isVisible()][-1]


def words_of(widget: object) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())  # type: ignore[attr-defined]


def edit(form: HoursForm | SpecialHoursForm, name: str) -> QLineEdit:
    return next(item for item in form.findChildren(QLineEdit) if item.accessibleName() == name)


def test_hours_are_changed_in_a_form_from_a_day_on(qtbot: QtBot, profile: OpenProfile, clock: SetClock) -> None:
    clock.at = MONDAY_2026
    with settings_page(qtbot, profile.desk) as window:
        sheet = opened(qtbot, window, "Ubah Jam layanan")
        assert isinstance(sheet.form, HoursForm)
        assert edit(sheet.form, "Senin, Istirahat sampai").text() == "13.00"
        edit(sheet.form, "Jumat, Tutup").setText("07.00")
        sheet.verb.click()
        assert "Jumat: Jam tutup mendahului jam buka." in words_of(sheet)
        assert edit(sheet.form, "Jumat, Tutup").property("invalid") == "true"
        edit(sheet.form, "Jumat, Tutup").setText("11.30")
        sheet.since.set_day(date(2026, 12, 1))
        sheet.verb.click()
        qtbot.waitUntil(lambda: sheet.left, timeout=15000)
        rest(qtbot, window)
        calendar = profile.desk.office.calendar
        assert (
            calendar.spans(date(2026, 11, 27))[-1][1].hour == 11
            and calendar.spans(date(2026, 12, 4))[-1][1].minute == 30
        )
        section = window.findChildren(RulesSection)[-1]
        assert "Berubah mulai 1 Desember 2026" in words_of(section)
        press(section, "Riwayat Jam layanan")
        versions = window.findChildren(PastSheet)[-1]
        told = words_of(versions)
        assert "sejak 1 Desember 2026" in told and "sejak awal" in told and "Dicatat 23 November 2026" in told
        versions.reject()


def test_ramadan_is_added_and_what_crosses_it_refused(qtbot: QtBot) -> None:
    form = SpecialHoursForm()
    qtbot.addWidget(form)
    kept = SpecialHoursTable(senin=(("08:00", "14:00"),), dari="2027-02-08", sampai="2027-03-09", sebab="Ramadan")
    form.fill((kept,))
    assert form.value() == (kept,)
    form.reason.setText("Syawal")
    form.first.set_day(date(2027, 3, 9))
    form.last.set_day(date(2027, 3, 1))
    assert form.value() is None and "Tanggal akhir mendahului tanggal awal." in words_of(form)
    form.last.set_day(date(2027, 3, 12))
    assert form.value() is None and "Jam khusus Ramadan dan Syawal bertumpuk." in words_of(form)
    form.first.set_day(date(2027, 3, 10))
    edit(form, "Senin, Buka").setText("8.00")
    edit(form, "Senin, Tutup").setText("14.00")
    assert form.value() == (
        kept,
        SpecialHoursTable(senin=(("08:00", "14:00"),), dari="2027-03-10", sampai="2027-03-12", sebab="Syawal"),
    )


@pytest.mark.parametrize(
    ("texts", "place", "words"),
    [
        (["", "", "", "15.45"], 0, "Isi jam buka"),
        (["08.00", "", "", ""], 3, "Isi jam buka"),
        (["16.00", "", "", "15.45"], 3, "mendahului"),
        (["08.00", "12.00", "", "15.45"], 2, "awal dan akhir istirahat"),
        (["08.00", "13.00", "12.00", "15.45"], 2, "berakhir sebelum dimulai"),
        (["08.00", "07.00", "07.30", "15.45"], 1, "di luar jam buka"),
        (["08.00", "15.00", "16.00", "15.45"], 1, "di luar jam buka"),
        (["pagi", "", "", "15.45"], 0, "Jam ditulis seperti"),
        (["08.00", "", "", "24.00"], 3, "Tidak ada pukul"),
    ],
)
def test_what_is_impossible_is_told_at_its_field(texts: list[str], place: int, words: str) -> None:
    spans, wrong, told = spans_of(texts)
    assert spans == () and wrong == place and words in told


def test_a_week_without_any_hours_is_refused(qtbot: QtBot) -> None:
    form = HoursForm()
    qtbot.addWidget(form)
    assert form.value() is None and "sedikitnya satu hari" in words_of(form)


def test_every_rule_gives_back_what_it_was_filled_with(qtbot: QtBot, profile: OpenProfile, clock: SetClock) -> None:
    clock.at = MONDAY_2026
    with settings_page(qtbot, profile.desk) as window:
        rest(qtbot, window)
        names = [b.accessibleName() for b in window.findChildren(RulesSection)[0].findChildren(QAbstractButton)]
        asked = [name for name in names if name.startswith("Ubah ")]
        assert len(asked) == len(Rule)
        for name in asked:
            sheet = opened(qtbot, window, name)
            assert sheet.form.value() == profile.desk.rules.on(sheet.rule, date(2026, 11, 23)), name
            sheet.reject()


def test_an_item_without_words_is_refused(qtbot: QtBot, profile: OpenProfile) -> None:
    form = ChecklistForm()
    qtbot.addWidget(form)
    form.fill(profile.desk.rules.on(Rule.CHECKLIST, date(2026, 11, 23)))
    form.edits["csr"][0].setText(" ")
    assert form.value() is None and "Isi bunyi butir ini." in words_of(form)


def test_arms_are_opened_apart_previewed_and_printed(
    qtbot: QtBot, profile: OpenProfile, clock: SetClock, tmp_path: Path
) -> None:
    clock.at = MONDAY_2026
    picture, text = tmp_path / "lambang.jpg", tmp_path / "lambang.png"
    Image.new("RGB", (300, 340), (20, 60, 160)).save(picture)
    text.write_text("bukan gambar")
    with settings_page(qtbot, profile.desk) as window:
        sheet = opened(qtbot, window, "Ubah Lambang daerah")
        assert isinstance(sheet.form, ArmsForm)
        sheet.form.picture_chosen.emit(str(text))
        rest(qtbot, window)
        assert "Gambar tidak dapat dipakai." in words_of(sheet) and not sheet.form.value().gambar
        sheet.form.picture_chosen.emit(str(picture))
        rest(qtbot, window)
        assert not sheet.form.preview.pixmap().isNull()
        sheet.verb.click()
        qtbot.waitUntil(lambda: sheet.left, timeout=15000)
        rest(qtbot, window)
        assert profile.desk.settings().office.arms.startswith(b"\x89PNG")


def test_why_a_certificate_is_revoked_is_told_in_plain_words() -> None:
    told = summary(Rule.REASONS, ReasonsTable())
    assert told == "lupa passphrase: diganti sertifikat baru; tanpa penggantian: tidak dipakai lagi"
