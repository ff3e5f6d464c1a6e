"""What a sheet's cells say of people: put right where that is certain, refused in words where it is not."""

import pytest

from lockdesk.desk.register.heads import find_heads
from lockdesk.desk.register.planning import Remark, SheetPerson, read_people
from lockdesk.desk.values.facts import SheetTable
from tests.helpers.desk.register import table

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


def test_a_csv_that_excel_wrote_of_numbers_is_refused_for_all_its_niks_end_in_0() -> None:
    rows = [(f"Contoh {n}", "", f"33759901019000{n}0", "Analis", "") for n in range(1, 4)]
    people, remarks = read(table(HEADS, *rows))
    assert people == [] and all(remark.refused and "berakhir 0" in remark.reason for remark in remarks)
    people, remarks = read(table(HEADS, *rows, ("Contoh 4", "", NIK, "Analis", "")))
    assert len(people) == 4 and remarks == []
