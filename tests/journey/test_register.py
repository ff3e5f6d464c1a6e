"""The staff register: what an office's sheets hold comes in right, or the officer is told what did not and why."""

from datetime import date

import pytest

from lockdesk.app import OpenProfile
from lockdesk.desk.register.register import Terms
from lockdesk.errors import Declined
from tests.helpers.desk.register import Rows, entry_of, import_register, planned, workbook

HEADS = ("Nama", "NIP", "NIK", "Jabatan", "Telepon")
NIP, NIK = "199001012015011001", "3375990101900077"
MONDAY = date(2026, 11, 2)


def csv(*rows: tuple[str, ...], heads: tuple[str, ...] = HEADS) -> bytes:
    return "\n".join(";".join(row) for row in (heads, *rows)).encode()


def test_the_rows_that_are_whole_come_and_the_others_are_told(profile: OpenProfile) -> None:
    """Typed in Excel: the NIP as a number, then an NIK as a number that is certain, then one that is not."""
    rows: Rows = [
        HEADS,
        ("Contoh Rusak", 198503142010012013, NIK, "Analis", ""),
        ("Contoh Baru", NIP, int(NIK), "Analis", 81200000099),
        ("Contoh Ragu", "", 3375990101900070, "Analis", ""),
    ]
    plan = import_register(profile.desk, workbook(rows))
    assert [remark.words for remark in plan.remarks] == [
        "Baris 2, NIP: NIP disimpan sebagai angka; tiga digit terakhirnya hilang.",
        "Baris 4, NIK: NIK disimpan sebagai angka; digit terakhirnya mungkin hilang.",
    ]
    entry = entry_of(profile.desk, NIP)
    assert (entry.text("nik"), entry.text("phone")) == (NIK, "+6281200000099")
    assert profile.desk.reading.register_page("Rusak").rows == () == profile.desk.reading.register_page("Ragu").rows


def test_without_a_possible_telephone_number_the_person_comes_and_it_is_said(profile: OpenProfile) -> None:
    content = csv(("Contoh Baru", NIP, NIK, "Analis", "8,12E+10"), ("", "199002022015011002", "", "Analis", ""))
    plan = import_register(profile.desk, content)
    assert [remark.words for remark in plan.remarks] == [
        "Baris 2, Telepon: Bukan nomor telepon Indonesia: 8,12E+10. Diimpor tanpa isian ini.",
        "Baris 3: Nama kosong.",
    ]
    assert plan.refused == 1 and entry_of(profile.desk, "Contoh Baru").text("phone") == ""


def test_what_an_import_would_do_is_known_before_anything_is_written(profile: OpenProfile) -> None:
    lama = ("Contoh Lama", "", "3375990202900078", "Analis", "")
    import_register(profile.desk, csv(("Contoh Baru", NIP, NIK, "Analis", ""), lama))
    changed = csv(
        ("Contoh Baru", NIP, NIK, "Kepala Seksi", ""),
        lama,
        ("Contoh Lain", "199003032015011003", "", "Analis", ""),
        ("Contoh Lain", "12", "", "Analis", ""),
    )
    before = profile.desk.casebook.head()
    plan = planned(profile.desk, changed, Terms("BKPSDM", date(2026, 11, 9)))
    assert (len(plan.new), len(plan.changed), plan.unchanged, plan.refused) == (1, 1, 1, 1)
    assert profile.desk.casebook.head() == before
    assert entry_of(profile.desk, "Contoh Baru").text("position") == "Analis"


def test_the_register_maps_columns_by_their_words_and_keeps_source_and_date(profile: OpenProfile) -> None:
    content = workbook(
        [
            ["No", "Nama Pegawai", "NIP Baru", "No. KTP", "Nomor HP", "Seri sertifikat"],
            [1, "Contoh Baru", NIP, NIK, "0812-0000-0099", "0A:0B:0C:0D"],
        ]
    )
    import_register(profile.desk, content, date(2026, 11, 9))
    entry = entry_of(profile.desk, "Contoh Baru")
    phone = entry.fields["phone"]
    assert (phone.text, phone.source, phone.recorded_on) == ("+6281200000099", "BKPSDM", date(2026, 11, 9))
    assert entry.serials == ("0A:0B:0C:0D",)


def test_an_unchanged_field_keeps_its_older_date_and_an_older_sheet_changes_nothing(profile: OpenProfile) -> None:
    for day, position in ((2, "Analis"), (20, "Kepala Seksi"), (9, "Pranata Komputer")):
        row = ("Contoh Baru", NIP, NIK, position, "081200000099")
        import_register(profile.desk, csv(row), date(2026, 11, day))
    fields = entry_of(profile.desk, "Contoh Baru").fields
    assert fields["phone"].recorded_on == MONDAY
    assert (fields["position"].text, fields["position"].recorded_on) == ("Kepala Seksi", date(2026, 11, 20))


@pytest.mark.parametrize("content", [b"", b"\x89PNG", b"PK\x03\x04rusak", b"Nama;NIP\n", b"Warna;Ukuran\nmerah;5\n"])
def test_a_sheet_that_is_none_is_declined(profile: OpenProfile, content: bytes) -> None:
    before = profile.desk.reading.register_page().total
    with pytest.raises(Declined) as refused:
        import_register(profile.desk, content)
    assert refused.value.remedy
    assert profile.desk.reading.register_page().total == before


def test_a_date_to_come_is_declined(profile: OpenProfile) -> None:
    with pytest.raises(Declined, match="masa depan"):
        import_register(profile.desk, csv(("Contoh Baru", NIP, NIK, "", "")), date(2026, 12, 1))
