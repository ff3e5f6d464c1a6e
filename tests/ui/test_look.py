"""The palette's contrast, shortening, words about time."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState
from lockdesk.core.secrets import looks_like_passphrase
from lockdesk.core.service_hours import Calendar, Pause
from lockdesk.desk.values.facts import AttachmentKind
from lockdesk.desk.values.person_fields import fault_in
from lockdesk.desk.values.tray import TrayFile
from lockdesk.ui.cases.words import deadline_words, line_of, row_text
from lockdesk.ui.intake.mail_files import MailFiles
from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.look.elide import elide_mailbox, tool_tip
from lockdesk.ui.look.preferences import Preferences
from lockdesk.ui.look.theme import DARK, LIGHT, Tokens, Tone, text_pairs, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.parts import ElidedLabel, icon_button
from lockdesk.ui.widgets.rows import ID_ROLE, ROW_ROLE, RowModel, RowText
from lockdesk.words import duration_words
from tests.helpers.window import people
from tests.helpers.window.people import NOW, TODAY_CLOSING
from tests.ui.fake_desk import FakeDesk


def luminance(colour: str) -> float:
    """WCAG 2 relative luminance."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_every_pair_of_words_and_ground_is_readable(tokens: Tokens) -> None:
    weak = [(name, round(contrast(ink, ground), 2)) for name, ink, ground in text_pairs(tokens)
            if contrast(ink, ground) < 4.5]  # fmt: skip
    assert not weak


@pytest.fixture
def times(desk: FakeDesk) -> OfficeTime:
    office = desk.settings().office
    return OfficeTime(Calendar(office.zone, office.weekly))


def test_an_address_shortens_in_its_local_part_only(qapp: QApplication) -> None:
    metrics = QFontMetrics(theme.font())
    address = "seorang.pegawai.dengan.nama.panjang@contoh.pekalongankota.go.id"
    for width in range(20, 600, 20):
        shown = elide_mailbox(address, metrics, width)
        assert shown.endswith("@contoh.pekalongankota.go.id")
    assert elide_mailbox(address, metrics, 2000) == address
    assert elide_mailbox("bukan alamat", metrics, 10) == "bukan alamat"


def test_tool_tips_never_interpret_mark_up() -> None:
    assert "<img" not in tool_tip("<img src='file:///x'>")
    assert "&lt;img" in tool_tip("<img src='file:///x'>")


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (TODAY_CLOSING, "2 jam 15 menit lagi", Tone.WARN),
        (TODAY_CLOSING + timedelta(days=1), "besok 15.45", Tone.QUIET),
        (TODAY_CLOSING + timedelta(days=2), "Kamis 15.45", Tone.QUIET),
        (TODAY_CLOSING + timedelta(days=20), "14 Desember", Tone.QUIET),
        (NOW - timedelta(minutes=45), "terlambat 45 menit", Tone.BAD),
        (NOW - timedelta(days=1), "terlambat 1 hari kerja", Tone.BAD),
        (NOW - timedelta(days=4), "terlambat 2 hari kerja", Tone.BAD),
    ],
)
def test_time_left_in_words(times: OfficeTime, due: datetime, words: str, tone: Tone) -> None:
    assert times.left(due, NOW) == (words, tone)


def test_a_span_of_less_than_a_minute_is_no_number(times: OfficeTime) -> None:
    soon, just = NOW + timedelta(seconds=30), NOW - timedelta(seconds=30)
    said = (times.left(soon, NOW)[0], times.left(just, NOW)[0], times.waiting(just, NOW), times.span(just, NOW))
    assert said == ("kurang dari 1 menit lagi", "baru saja terlambat", "baru menunggu", "baru saja")
    assert times.left(NOW + timedelta(minutes=1), NOW)[0] == "1 menit lagi"
    assert duration_words(0) == "kurang dari 1 menit", "on slips and in reports, too"


def test_who_is_waited_for_stands_in_the_middle_of_a_sentence(times: OfficeTime) -> None:
    just, long = NOW - timedelta(seconds=30), NOW - timedelta(days=2)
    assert times.waiting(just, NOW, "pemohon") == "baru menunggu pemohon"
    assert times.waiting(long, NOW, "CA") == "menunggu CA 2 hari"
    paused = replace(people.case_at(4), pauses=(Pause(just, None, "applicant"),))
    assert deadline_words(paused, times, NOW)[0] == "Baru menunggu pemohon"


def test_closed_days_do_not_count_as_late(desk: FakeDesk) -> None:
    office = desk.settings().office
    closed = OfficeTime(Calendar(office.zone, office.weekly, {date(2026, 11, 24): "Cuti bersama"}))
    assert closed.left(NOW - timedelta(days=4), NOW)[0] == "terlambat 1 hari kerja"


def test_a_row_says_name_number_agency_and_state(times: OfficeTime) -> None:
    words = row_text(people.row_of(people.case_at(1)), times, NOW)
    assert (words.title, words.code, words.chip) == ("Sekar Contohwati, S.I.Pust.", "0042", "Diperiksa")
    waiting = row_text(people.row_of(people.case_at(4)), times, NOW)
    assert (waiting.right, waiting.chip) == ("menunggu 2 hari", "Menunggu pemohon")
    unsettled = row_text(people.row_of(people.case_at(0)), times, NOW)
    assert (unsettled.chip, unsettled.chip_tone) == ("Hasil belum pasti", Tone.BAD)


@pytest.mark.parametrize("state", list(CaseState))
def test_every_state_has_its_place_in_the_procedure(state: CaseState) -> None:
    from dataclasses import replace

    labels, place, _done, _tone = line_of(replace(people.case_at(1), state=state))
    assert 0 <= place < len(labels)


def test_rows_change_in_place(times: OfficeTime) -> None:
    model = RowModel(lambda row: row_text(row, times, NOW))
    rows = [people.row_of(people.case_at(place)) for place in range(4)]
    model.merge(rows[:3], None)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.merge([rows[2], rows[3], rows[0]], None)
    shown = [model.index(place, 0).data(ROW_ROLE).code for place in range(model.loaded)]
    assert shown == ["0043", "0044", "0039"]
    assert not resets


class CountedRow:
    """A row that counts how often anybody looks whose it is."""

    looks = 0

    def __init__(self, identifier: int) -> None:
        self._id = identifier

    @property
    def id(self) -> int:
        CountedRow.looks += 1
        return self._id


@given(st.lists(st.integers(0, 40), unique=True), st.lists(st.integers(0, 40), unique=True))
def test_a_list_read_again_is_what_was_read(before: list[int], after: list[int]) -> None:
    rows = {place: CountedRow(place) for place in range(41)}
    model = RowModel(lambda _row: RowText("", "", Tone.QUIET, "", "", "", Tone.QUIET))
    for read in (before, after):
        model.merge([rows[place] for place in read], None)
        assert [model.index(place, 0).data(ID_ROLE) for place in range(model.rowCount())] == read
        assert [model.index_of(place).row() for place in read] == list(range(len(read)))


def test_a_long_list_is_read_again_row_by_row_not_pair_by_pair() -> None:
    rows = [CountedRow(place) for place in range(2000)]
    model = RowModel(lambda _row: RowText("", "", Tone.QUIET, "", "", "", Tone.QUIET))
    model.append(rows, None)
    CountedRow.looks = 0
    model.merge([rows[-1], *rows[:-1]], None)
    assert CountedRow.looks < 20 * len(rows)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("nik", "3375", "4 digit"),
        ("nik", "3375995502909901", ""),
        ("nip", "1990", "18 digit"),
        ("phone", "12", "nomor telepon"),
        ("email", "sekar@contoh", "belum lengkap"),
        ("serial", "4A:7F:ZZ", "A sampai F"),
        ("name", "", ""),
    ],
)
def test_fields_say_what_is_wrong(field: str, text: str, said: str) -> None:
    fault = fault_in(field, text)
    assert said in fault
    assert bool(fault) == bool(said)


def test_a_private_key_is_seen_before_its_mail_is_taken(qtbot: QtBot, window: MainWindow) -> None:
    kinds = (AttachmentKind.PDF, AttachmentKind.PRIVATE_KEY, AttachmentKind.PKCS12)
    files = MailFiles(window.centralWidget())
    files.show_files(tuple(TrayFile(f"{kind}.bin", kind, 800, "other", str(kind)) for kind in kinds), True)
    said = {shown.whole: shown.property("tone") for shown in files.findChildren(ElidedLabel) if ", " in shown.whole}
    assert list(said.values()) == [Tone.QUIET, Tone.BAD, Tone.BAD] and "kunci privat" in " ".join(said)


def test_a_passphrase_is_noticed() -> None:
    assert looks_like_passphrase("passphrase: rahasia")
    assert not looks_like_passphrase("Pemohon lupa passphrase sejak kemarin.")


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_icons_and_arrows_are_as_large_as_the_words(qapp: QApplication, percent: int) -> None:
    apply_appearance(qapp, Preferences(percent=percent))
    assert icon_button("search", "Cari").iconSize().width() == 16 * percent // 100
    assert qapp.styleSheet().count(f"width: {12 * percent // 100}px; height: {12 * percent // 100}px;") == 3
