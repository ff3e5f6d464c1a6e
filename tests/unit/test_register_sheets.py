"""What a sheet's cells say of people: put right where that is certain, refused in words where it is not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lockdesk.desk.register.heads import find_heads, people_in
from lockdesk.desk.register.planning import (
    Alike,
    Choice,
    ImportPlan,
    Remark,
    SheetPerson,
    plan,
    read_people,
    unfollowed,
)
from lockdesk.desk.values.facts import SheetProblem, SheetTable
from lockdesk.desk.values.people import RegisterEntry, SourcedText
from lockdesk.desk.values.register import Origin
from lockdesk.reader.files.sheet import read_sheet, unpacked
from tests.helpers.desk.register import table, workbook

pytestmark = pytest.mark.quick
HEADS = ("Nama", "NIP", "NIK", "Jabatan", "Telepon")
NIP, NIK = "199001012015011001", "3375990101900077"


def read(sheet: SheetTable) -> tuple[list[SheetPerson], list[Remark]]:
    heads = find_heads(sheet.rows)
    return read_people(sheet, heads, heads.mapping)


@pytest.mark.parametrize(
    ("nip", "nik", "phone", "known"),
    [
        ("'" + NIP, "'" + NIK, "'081200000099", (NIP, NIK)),
        ("19900101 201501 1 001", "33.7599.010190.0077", "0812-0000-0099", (NIP, NIK)),
        ("1.99001012015011001E+17", "3,375990101900077E+15", "+62 812 0000 0099", (NIP, NIK)),
        ("1,99001012015011001e17", float(NIK), 81200000099.0, (NIP, NIK)),
        ("NIP. 199001012015011001", float(NIK), 6281200000099.0, (NIP, NIK)),
        (f'="{NIP}"', float(NIK), "81200000099", (NIP, NIK)),
        ("-", float(NIK), "81200000099 / 081200000098", ("", NIK)),
    ],
)
def test_numbers_are_put_right_where_that_is_certain(
    nip: str, nik: str | float, phone: str | float, known: tuple[str, str]
) -> None:
    (person,), remarks = read(table(HEADS, ("Contoh Baru", nip, nik, "Analis", phone)))
    assert remarks == []
    assert (person.text("nip"), person.text("nik"), person.text("phone")) == (*known, "+6281200000099")


@pytest.mark.parametrize(
    ("nip", "nik", "told"),
    [
        (198503142010012013.0, NIK, "Baris 2, NIP: NIP disimpan sebagai angka; tiga digit terakhirnya hilang."),
        (NIP, 3375990101900070.0, "Baris 2, NIK: NIK disimpan sebagai angka; digit terakhirnya mungkin hilang."),
        (NIP, 9171010101900077.0, "Baris 2, NIK: NIK disimpan sebagai angka; digit terakhirnya mungkin hilang."),
        ("1,98503E+17", NIK, "Baris 2, NIP: Nomor tertulis 1,98503E+17; digit belakangnya hilang."),
        ("198503142010012000", NIK, "Baris 2, NIP: NIP berakhir 000"),
        ("1985", NIK, "Baris 2, NIP: NIP harus terdiri atas 18 digit angka. Saat ini terisi 4 digit."),
        (NIP, "3375999913900001", "Baris 2, NIK: Tanggal lahir pada NIK tidak mungkin."),
        ("#N/A", NIK, "Baris 2, NIP: Isinya bukan nomor: #N/A."),
        ("", "", "Baris 2: Tidak ada NIP maupun NIK."),
    ],
)
def test_a_row_whose_numbers_are_lost_is_refused_in_words_and_the_others_come(
    nip: str | float, nik: str | float, told: str
) -> None:
    (person,), (remark,) = read(
        table(HEADS, ("Contoh Rusak", nip, nik, "Analis", ""), ("Contoh Baru", NIP, NIK, "Analis", ""))
    )
    assert remark.words.startswith(told) and remark.refused and remark.row == 2
    assert (person.text("name"), person.row) == ("Contoh Baru", 3)


ADDRESS = "baru@contoh.pekalongankota.go.id"


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        (ADDRESS, ADDRESS),
        (f"mailto:{ADDRESS}", ADDRESS),
        (f"Contoh Baru <{ADDRESS.upper()}>", ADDRESS),
        (f"{ADDRESS}; lain@gmail.com", ADDRESS),
        ("baru@contoh.\npekalongankota.go.id", ADDRESS),
        ("tidak ada", ""),
        ("-", ""),
    ],
)
def test_an_address_is_put_right_where_that_is_certain(cell: str, known: str) -> None:
    (person,), remarks = read(table(("Nama", "NIP", "E-mail"), ("Contoh Baru", NIP, cell)))
    assert (person.text("email"), remarks) == (known, [])


def test_what_is_no_address_is_left_out_and_told() -> None:
    (person,), (remark,) = read(table(("Nama", "NIP", "E-mail"), ("Contoh Baru", NIP, "baru contoh pekalongankota")))
    assert person.text("email") == "" and remark.words.startswith("Baris 2, E-mail: Bukan alamat e-mail")


@pytest.mark.parametrize("head", ["Nama / NIP", "NAMA DAN NIP", "Nama, NIP"])
@pytest.mark.parametrize(
    "cell",
    [f"Contoh Baru, S.T.\n{NIP}", "Contoh Baru, S.T. / NIP. 19900101 201501 1 001", f"Contoh Baru, S.T. ({NIP})"],
)
def test_name_and_nip_may_share_a_column(head: str, cell: str) -> None:
    (person,), remarks = read(table((head, "Jabatan"), (cell, "Analis")))
    assert (person.text("name"), person.text("nip"), remarks) == ("Contoh Baru, S.T.", NIP, [])
    none, remarks = read(table((head, "Jabatan"), ("Contoh Baru, S.T.", "Analis")))
    assert none == [] and remarks[0].refused


def test_a_csv_that_excel_wrote_of_numbers_is_refused_for_all_its_niks_end_in_0() -> None:
    rows = [(f"Contoh {n}", "", f"33759901019000{n}0", "Analis", "") for n in range(1, 4)]
    people, remarks = read(table(HEADS, *rows))
    assert people == [] and all(remark.refused and "berakhir 0" in remark.reason for remark in remarks)
    people, remarks = read(table(HEADS, *rows, ("Contoh 4", "", NIK, "Analis", "")))
    assert len(people) == 4 and remarks == []


# ── heads, sheets and encodings ──

BODY = ("Contoh Baru", NIP, NIK, "Analis", "0812-0000-0099")
WHOLE = {"name": 0, "nip": 1, "nik": 2, "position": 3, "phone": 4}


@pytest.mark.parametrize(
    ("above", "mapping"),
    [
        ((("PEMERINTAH KOTA CONTOH",), ("Pekalongan, 2 November 2026", "", "unit"), HEADS), WHOLE),
        ((("DAFTAR PEGAWAI",), ("Nama", "Identitas", "", "Jabatan", "Nomor"), ("", "NIP", "NIK", "", "HP")), WHOLE),
        ((HEADS, ("(1)", "(2)", "(3)", "(4)", "(5)")), WHOLE),
        ((HEADS, (1.0, 2.0, 3.0, 4.0, 5.0)), WHOLE),
        ((("No. KTP ", "NAMA_PEGAWAI", "NIP BARU :"),), {"nik": 0, "name": 1, "nip": 2}),
    ],
)
def test_heads_are_found_beneath_titles_and_in_two_rows(
    above: tuple[tuple[str | float, ...], ...], mapping: dict[str, int]
) -> None:
    body = BODY if mapping == WHOLE else (NIK, "Contoh Baru", NIP)
    sheet = table(*above, body)
    assert find_heads(sheet.rows).mapping == mapping
    (person,), remarks = read(sheet)
    assert remarks == [] and person.row == len(above) + 1
    assert (person.text("name"), person.text("nip"), person.text("nik")) == ("Contoh Baru", NIP, NIK)


def test_of_several_sheets_the_one_with_people_is_proposed_and_every_one_can_be_chosen() -> None:
    content = workbook([("Rekapitulasi",), ("Jumlah", 1)], [HEADS, BODY], [], [("Kode", "Arti")] * 9)
    tables = unpacked(read_sheet(content)).tables
    assert [found.name for found in tables] == ["Lembar 1", "Lembar 2", "Lembar 4"]
    assert people_in(tables) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_is_read_in_the_encodings_and_with_the_delimiters_that_are_met(encoding: str, delimiter: str) -> None:
    named = ("René Contoh, S.E., M.M.", *BODY[1:])
    lines = (("Daftar pegawai, keadaan 2 November 2026",), HEADS, named, named)
    text = "\r\n".join(delimiter.join(f'"{cell}"' if "," in cell else cell for cell in line) for line in lines)
    (sheet,) = unpacked(read_sheet(text.encode(encoding))).tables
    assert sheet.rows[2].cells == named
    assert find_heads(sheet.rows).mapping == WHOLE


def test_bytes_that_are_no_text_are_no_sheet() -> None:
    for content in ("Nama;NIP\n".encode("utf-16-le"), b"\x81\x8d;\x90\n", b"satu kolom\nsaja\n"):
        assert unpacked(read_sheet(content)).problem is SheetProblem.UNREADABLE


# ── who is there twice ──


def entry(number: int, **texts: str) -> RegisterEntry:
    known = {name: SourcedText(text, "BKPSDM", date(2026, 11, 2)) for name, text in texts.items()}
    return RegisterEntry(number, known)


def planned(*rows: tuple[str, ...], known: tuple[RegisterEntry, ...] = ()) -> ImportPlan:
    origin = Origin("BKPSDM", date(2026, 11, 9), datetime(2026, 11, 23, tzinfo=UTC))
    return plan(*read(table(HEADS, *rows)), origin, lambda *_keys: known, unfollowed)


ONE = ("Contoh Baru", NIP, NIK, "Analis", "")
OTHER_NIP, OTHER_NIK = "199001012020011002", "3375990101900088"


@pytest.mark.parametrize(
    ("other", "alike", "choices"),
    [
        (("Contoh Baru, S.E.", NIP, "", "Arsiparis", ""), Alike.NIP, 3),
        (("Contoh Lain", OTHER_NIP, NIK, "Arsiparis", ""), Alike.NIK, 3),
        (("Contoh Baru, M.Kom.", OTHER_NIP, OTHER_NIK, "Arsiparis", ""), Alike.NAMESAKE, 4),
    ],
)
def test_what_may_be_one_person_in_a_sheet_is_decided_by_the_officer_alone(
    other: tuple[str, ...], alike: Alike, choices: int
) -> None:
    made = planned(ONE, other)
    (pair,) = made.duplicates
    assert pair.alike is alike and len(pair.choices) == choices
    assert (made.new, made.changed) == ((), ())
    rows = {choice: [person.fields["position"] for person in made.people([choice])] for choice in Choice}
    assert rows[Choice.FIRST] == ["Analis"] and rows[Choice.SECOND] == ["Arsiparis"]
    assert rows[Choice.NEITHER] == [] and rows[Choice.BOTH] == ["Analis", "Arsiparis"]


def test_a_row_that_repeats_another_word_by_word_needs_no_decision() -> None:
    made = planned(ONE, ONE)
    assert made.duplicates == () and len(made.new) == 1


def test_what_may_be_one_person_with_an_entry_of_the_register_is_decided_too() -> None:
    known = entry(7, name="Contoh Baru", nip=OTHER_NIP, nik=NIK)
    made = planned(ONE, known=(known,))
    (pair,) = made.duplicates
    assert pair.alike is Alike.NIK and pair.choices == (Choice.FIRST, Choice.SECOND)
    assert made.people([Choice.FIRST]) == ()
    assert [person.entry_id for person in made.people([Choice.SECOND])] == [7]


def test_two_rows_of_one_person_whom_the_register_knows_change_that_entry_and_make_no_second() -> None:
    made = planned(ONE, (*ONE[:3], "Arsiparis", ""), known=(entry(7, name="Contoh Baru", nip=NIP),))
    assert [person.entry_id for person in made.people([Choice.SECOND])] == [7]


def test_an_entry_that_only_has_the_nik_learns_its_nip() -> None:
    made = planned(ONE, known=(entry(7, name="Contoh Baru", nik=NIK),))
    assert [item.person.entry_id for item in made.changed] == [7]


def test_a_row_between_two_entries_is_refused_and_so_is_who_left() -> None:
    between = planned(ONE, known=(entry(7, name="Contoh", nip=NIP), entry(8, name="Lain", nip=OTHER_NIP, nik=NIK)))
    assert between.refused == 1 and "milik Lain" in between.remarks[0].reason
    gone = replace(entry(7, name="Contoh Baru", nip=NIP), retired_at=datetime(2026, 11, 3, tzinfo=UTC))
    left = planned(ONE, known=(gone,))
    assert left.refused == 1 and left.people(()) == ()
