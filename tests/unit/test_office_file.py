"""The office profile: a slip is named where it is entered, and no date of service locks the office out."""

import json
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from lockdesk.app import DEFAULT_OFFICE, OpenProfile, ProfileStart
from lockdesk.core.journal import JournalNote
from lockdesk.demands import CsrAnswer, Demand, Demands
from lockdesk.desk import changes as c
from lockdesk.desk.office.office import SETTING_OFFICE
from lockdesk.errors import Declined
from lockdesk.office_file import OfficeFile, TitlesTable, read_table
from lockdesk.resource import resource
from lockdesk.settings import Officer, load_office, parse_office
from tests.helpers.desk.office import MONDAY, SetClock

SHIPPED = resource(DEFAULT_OFFICE).read_text(encoding="utf-8")

SLIPS = [
    ("umur_surat_maksimum_hari = 14", "umur_surat_maksimum = 14", "aturan.umur_surat_maksimum tidak dikenal"),
    ("[aturan]", "[aturan]\nwarna = 1", "aturan.warna tidak dikenal"),
    ("[kantor]", "judul = 'x'\n[kantor]", "judul tidak dikenal"),
    ("terima_ed25519 = false", 'terima_ed25519 = "false"', "aturan.terima_ed25519 harus true atau false"),
    ("email_perlu_konfirmasi = true", "email_perlu_konfirmasi = 1", "kantor.email_perlu_konfirmasi harus true"),
    ('batas_waktu = "A"', 'batas_waktu = "D"', "batas_waktu harus A, B, atau C, bukan D"),
    ('batas_pukul = "10:00"', 'batas_pukul = "25:00"', "tidak ada pukul 25:00"),
    ('batas_pukul = "10:00"', 'batas_pukul = "pagi"', "jam ditulis seperti 08:00, bukan pagi"),
    ('"Asia/Jakarta"', '"Asia/Pekalongan"', "zona waktu Asia/Pekalongan tidak dikenal"),
    ('"Asia/Jakarta"', '"/etc/passwd"', "zona waktu /etc/passwd tidak dikenal"),
    ('jumat = [["08:00", "11:00"]]', 'jumat = [["11:00", "08:00"]]', "jam pada hari jumat terbalik"),
    ('jumat = [["08:00", "11:00"]]', 'jumat = [["08:00", "11:00"], ["10:00", "12:00"]]', "hari jumat terbalik atau"),
    ('jumat = [["08:00", "11:00"]]', 'friday = [["08:00", "11:00"]]', "jam_layanan.friday tidak dikenal"),
    ('jumat = [["08:00", "11:00"]]', 'jumat = [["08:00"]]', "jam_layanan.jumat.1"),
    ("umur_surat_maksimum_hari = 14", "umur_surat_maksimum_hari = 0", "umur_surat_maksimum_hari terlalu kecil"),
    ("umur_surat_maksimum_hari = 14", 'umur_surat_maksimum_hari = "14"', "harus berupa bilangan"),
    ('telepon = ["(0285) 421243", "(0285) 420223"]', 'telepon = "(0285) 421243"', "kantor.telepon harus berupa daftar"),
    ('kota = "Kota Pekalongan"', 'kota = " "', "nama kota dan unit harus diisi"),
    ('["pekalongankota.go.id"]', "[]", "domain_email harus memuat sedikitnya satu domain"),
    ('["pekalongankota.go.id"]', '["pekalongankota.go.id", "Gmail.com"]', "Gmail.com bukan domain milik kantor ini"),
    ('["pekalongankota.go.id"]', '["go.id"]', "go.id bukan domain milik kantor ini"),
    ('["pekalongankota.go.id"]', '["@pekalongankota.go.id"]', "@pekalongankota.go.id bukan nama domain"),
    ('kota = "Kota Pekalongan"', "kota = 7", "kantor.kota harus berupa teks"),
    ("jangkar = []", 'jangkar = ["bukan PEM"]', "tanda_tangan: ada isi yang bukan CERTIFICATE"),
    ('nik = "diterima"', 'nik = "kadang"', "nik harus salah satu dari: 'diwajibkan', 'diterima', 'tidak diminta'"),
    ('nik = "diterima"', "nik = true", "diminta.nik harus salah satu dari"),
    ("[kantor]", "[kantor", "susunan TOML rusak"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), SLIPS)
def test_a_slip_is_named_and_refused(old: str, new: str, words: str) -> None:
    assert old in SHIPPED
    with pytest.raises(Declined) as told:
        parse_office(SHIPPED.replace(old, new, 1))
    assert words in told.value.remedy and told.value.code == "settings.office_profile"


def _places(table: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Of every member and item, however deep."""
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        yield (*place, key)
        if isinstance(value, dict | list):
            yield from _places(value, (*place, key))


@pytest.mark.parametrize("wrong", [None, 1.5, {"lain": 1}, "x" * 5_000_000, -1, [[[]]]])
def test_nothing_of_another_kind_is_taken_anywhere(wrong: object) -> None:
    """And it is told at its place, in the file's own words."""
    whole = tomllib.loads(SHIPPED)
    for place in _places(whole):
        changed: Any = deepcopy(whole)
        within = reduce(lambda table, key: table[key], place[:-1], changed)
        within[place[-1]] = wrong
        with pytest.raises(ValueError) as told:
            read_table(OfficeFile, json.dumps(changed, default=str))
        named = ".".join(str(key + 1) if isinstance(key, int) else key for key in place)
        assert str(told.value).startswith(named), named


def test_half_of_a_pair_of_surrogates_is_no_text() -> None:
    with pytest.raises(ValueError, match=r"awalan\.1 tidak sah"):
        read_table(TitlesTable, '{"awalan": ["\\ud800x"]}')


def test_no_day_with_hours_is_refused() -> None:
    head, _hours, rest = SHIPPED.partition("[jam_layanan]")
    without = head + "[jam_layanan]\nsenin = []\n" + rest[rest.index("[aturan]") :]
    with pytest.raises(Declined, match="tidak ada jam buka"):
        parse_office(without)


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_is_no_text_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "kantor.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Declined):
        load_office(path)


def test_every_shipped_profile_is_sound() -> None:
    for path in resource("offices").glob("*.toml"):
        assert load_office(path).weekly


def test_the_shipped_office_demands_a_letter_and_a_csr_and_welcomes_the_rest() -> None:
    shipped = parse_office(SHIPPED)
    assert shipped.demands == Demands() and shipped.csr_to_confirm
    head, _table, rest = SHIPPED.partition("[diminta]")
    older = parse_office(head + rest[rest.index("# Tanda tangan elektronik") :])
    assert older.demands == Demands() and older.csr_to_confirm, "a profile from before the question was asked"


@pytest.mark.parametrize(
    ("answer", "demand", "to_confirm"),
    [
        (CsrAnswer.YES, Demand.DEMANDED, False),
        (CsrAnswer.NO, Demand.NOT_ASKED, False),
        (CsrAnswer.UNKNOWN, Demand.DEMANDED, True),
    ],
)
def test_an_answer_about_the_csr_stands_in_the_profile(
    answer: CsrAnswer, demand: Demand, to_confirm: bool, profile: OpenProfile
) -> None:
    desk = profile.desk
    desk.asking.demand("nik", Demand.NOT_ASKED)
    desk.asking.answer(answer)
    office = desk.settings().office
    assert (office.demands.csr, office.csr_to_confirm, office.demands.nik) == (demand, to_confirm, Demand.NOT_ASKED)
    assert "# Kota lain menyalin berkas ini" in desk.setup.office_text(), "comments stay"
    asked = desk.asking.asked()
    assert asked.answer is answer
    assert asked.overruled is (answer is CsrAnswer.NO), "the training CA wants a CSR whatever the profile says"


def test_a_wrong_profile_is_not_stored(profile: OpenProfile) -> None:
    before = profile.desk.setup.office_text()
    with pytest.raises(Declined):
        profile.desk.setup.save_office(before.replace('batas_waktu = "A"', 'batas_waktu = "Z"'))
    assert profile.desk.setup.office_text() == before


@pytest.mark.parametrize(
    ("since", "until"),
    [(date(2027, 1, 1), None), (date(2020, 1, 1), date(2020, 2, 1)), (date(2026, 2, 1), date(2026, 1, 1))],
)
def test_dates_by_which_nobody_serves_are_refused(profile: OpenProfile, since: date, until: date | None) -> None:
    settings = profile.desk.settings()
    wrong = replace(settings.officers[0], since=since, until=until)
    with pytest.raises(Declined):
        profile.desk.setup.save(replace(settings, officers=(wrong,)))
    assert profile.desk.settings() == settings


def test_an_office_whose_officer_has_left_is_not_locked_out(profile: OpenProfile) -> None:
    """The day after the last one's service: everything is still shown and recorded, and a successor can be named."""
    desk = profile.desk
    settings = desk.settings()
    leaving = replace(settings.officers[0], until=desk.office.today())
    desk.setup.save(replace(settings, officers=(leaving,)))
    desk.office.clock.forward(days=3)  # type: ignore[attr-defined]
    assert desk.reading.status().officer == leaving.name
    desk.guard.lock()
    desk.setup.add_closed_day(date(2026, 12, 1), "uji")
    following = Officer("Contoh Pengganti", "198601012010012001", "Pranata Komputer", desk.office.today())
    desk.setup.save(replace(desk.settings(), officers=(leaving, following)))
    assert desk.reading.status().officer == "Contoh Pengganti"


def test_a_stored_profile_that_today_s_rules_refuse_locks_nobody_out(profile: OpenProfile, tmp_path: Path) -> None:
    """An earlier version took what this one refuses: the shipped profile holds, and it is said why."""
    folder = tmp_path / "profil"
    text = profile.desk.setup.office_text().replace('batas_waktu = "A"', 'batas_waktu = "Z"')
    note = JournalNote("setting.changed", {"name": SETTING_OFFICE})
    profile.casebook.commit(c.Change(MONDAY, "P", note, (c.SetSetting(SETTING_OFFICE, text),)))
    profile.close()
    with OpenProfile(ProfileStart(folder), SetClock()) as again:
        assert again.desk.settings().office.deadline_rule == "A"
        assert again.desk.office.fault is not None and again.desk.office.fault.message
        assert again.desk.setup.office_text() == text, "what is to be put right is still there"
        again.desk.setup.save_office(text.replace('batas_waktu = "Z"', 'batas_waktu = "B"'))
        assert again.desk.settings().office.deadline_rule == "B" and again.desk.office.fault is None
