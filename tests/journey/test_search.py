"""What people bring is found: the receipt's number, parts of numbers however they are written, the newest first."""

from dataclasses import replace

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.numbering import printed_number
from lockdesk.desk.values.cases import CaseFilter
from lockdesk.desk.values.listing import ListOrder, ListView
from lockdesk.desk.values.people import Applicant
from lockdesk.store import case_list, register
from tests.helpers.desk.counter import form

SARI = Applicant(
    name="Sari Contohwati, S.Kom.",
    nip="198705162014042124",
    nik="3375990101870033",
    position="Pranata Komputer",
    agency="Dinas Perhubungan Contoh",
    email="sari.contohwati@contoh.pekalongankota.go.id",
    phone="+6281234500077",
    serial="4A:7F:00:00:00:00:0B:2C",
)


@pytest.fixture
def sari(profile: OpenProfile) -> int:
    profile.desk.intake.receive_walk_in(Applicant(name="Orang Lain", nip="199001012015011001"), ())
    taken = profile.desk.intake.receive_walk_in(SARI, ())
    profile.desk.intake.receive_walk_in(Applicant(name="Joko Permisalan", agency="Dinas Sosial"), ())
    return taken.case_id


@pytest.mark.parametrize(
    "typed",
    [
        "sari", "contohwati", "hwati", "SARI perhub", "S.Kom", "19870516", "201404", "1987 0516 2014 04 2 124",
        "19870516 201404 2 124", "3375990101870033", "337599 010187", "870033", "0B2C", "4a7f", "4a:7f:00",
        "4A7F000000000B2C", "4A 7F 00 00 00 00 0B 2C", str(0x4A7F000000000B2C), "0812", "081234500077",
        "0812-3450-0077", "+62 812 3450 0077", "62812345", "sari.contohwati@", "pekalongankota", "Perhubungan",
        "LOCK-2026-0002", "2026-0002", "perhubungan 124",
        "NIP 198705162014042124", "NIP. 19870516 201404 2 124", "NIK: 3375990101870033", "tel. 0812-3450-0077",
        "Sari, Contohwati", "No. Seri: 4A:7F:00:00:00:00:0B:2C", "(Sari)", "NIP:198705162014042124",
        "NIK.3375990101870033", "<sari.contohwati@contoh.pekalongankota.go.id>", "“Sari Contohwati”",
        "0062 812 3450 0077", "+62 (0)812-3450-0077", "HP:+6281234500077",
    ],
)  # fmt: skip
def test_a_case_is_found_by_any_part_of_what_is_brought(profile: OpenProfile, sari: int, typed: str) -> None:
    assert sari in [row.id for row in profile.desk.reading.search(typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "ｓａｒｉ　ｐｅｒｈｕｂ", "１９８７０５１６２０１４０４２１２４", "ＮＩＰ：１９８７０５１６",
        "ＬＯＣＫ－２０２６－０００２", "LOCK–2026–0002",
        "NIP198705162014042124", "NIP 198705162014042124.", "nik3375990101870033", "NIP/NIK: 3375990101870033",
        "HP081234500077", "tel:+6281234500077", "tel:0812-3450-0077;", "SN4A7F000000000B2C", "No.Seri:4A7F0000",
        "mailto:sari.contohwati@contoh.pekalongankota.go.id", "sari.contohwati@contoh.pekalongankota.go.id.",
        "mailto:sari.contohwati@contoh.pekalongankota.go.id?subject=LOCK", "Contohwati!", "Sari,Contohwati", "«Sari»…",
        "LOCK-2026-0002.", "Sari Contohwati –", "#LOCK-2026-0002", "0002 / LATIH-LOCK / XI / 2026",
        "2/latih-lock/xi/2026", "No. 02/LATIH-LOCK/XI/2026",
    ],
)  # fmt: skip
def test_a_case_is_found_however_untidily_it_is_sought(profile: OpenProfile, sari: int, typed: str) -> None:
    assert [row.id for row in profile.desk.reading.search(typed)] == [sari]


def test_every_part_of_every_number_is_found_and_no_other(profile: OpenProfile, sari: int) -> None:
    desk = profile.desk
    number = desk.complaints.receive(form(contact=f"NIP {SARI.nip}, HP 0812-345-00077"))
    desk.register.put(None, {"name": SARI.name, "nip": SARI.nip, "nik": SARI.nik}, "BKPSDM", "Surat BKPSDM.")
    texts = (SARI.nip, SARI.nik, "081234500077", SARI.serial.replace(":", ""))
    for whole in texts:
        parts = {whole[first:end] for first in range(len(whole)) for end in range(first + 5, len(whole) + 1)}
        for part in parts:
            assert sari in [row.id for row in desk.reading.search(part)], part
            other = part[:-1] + f"{(int(part[-1], 16) + 5) % 10}"
            if not any(other in text for text in texts):
                assert sari not in [row.id for row in desk.reading.search(other)], other
            if whole in (SARI.nip, "081234500077"):
                assert [row.id for row in desk.reading.search_complaints(part)] == [number], part
            if whole in (SARI.nip, SARI.nik):
                assert SARI.name in [row.text("name") for row in desk.reading.register_page(part).rows], part


def test_a_number_within_other_words_is_found_by_its_digits(profile: OpenProfile) -> None:
    taken = profile.desk.intake.receive_walk_in(
        Applicant(
            name="Contoh",
            agency="Gedung 1234567 Fabadé, cabang dabad25, Dédé123",
            email="pegawai.876543@contoh.example",
        ),
        (),
    )
    for typed in (
        "1234567",
        "234567",
        "123456",
        "876543",
        "pegawai.876543@",
        "gedung 234567",
        "fabade",
        "dabad2",
        "ABAD25",
        "dede12",
        "Dédé12",
    ):
        assert [row.id for row in profile.desk.reading.search(typed)] == [taken.case_id], typed
    view = ListView(ListOrder.RECEIVED, origin="gedung 1234567")
    assert [row.id for row in profile.desk.reading.page(CaseFilter.ALL, None, 9, view).rows] == [taken.case_id]


@pytest.mark.parametrize("typed", ["saro", "4A7F000000000B2D", "sari sosial", "19870517", "1987 0516 2014 04 2 125"])
def test_what_is_written_otherwise_is_not_found(profile: OpenProfile, sari: int, typed: str) -> None:
    assert sari not in [row.id for row in profile.desk.reading.search(typed)]


@pytest.mark.parametrize(
    ("written", "phone"), [("Ma'ruf", "+62 (0)812-7"), ("Ma’ruf", "0062 8127"), ("Ma`ruf", "8127")]
)
def test_apostrophes_and_ways_to_dial_are_all_the_same(profile: OpenProfile, written: str, phone: str) -> None:
    taken = profile.desk.intake.receive_walk_in(Applicant(name=f"Ahmad {written} Contoh", phone=phone + "0001234"), ())
    for typed in ("ma'ruf", "MA’RUF", "ahmad ma´ruf", "812 7000 1234"):
        assert [row.id for row in profile.desk.reading.search(typed)] == [taken.case_id], typed


WAYS_OF_AINI = (
    "Nuraini",
    "Nur'aini",
    "Nur’aini",
    "Nur‘aini",
    "Nur`aini",
    "Nur´aini",
    "Nurʼaini",
    "Nur＇aini",
    "Ｎｕｒａｉｎｉ",
)
"""How one name is written and typed."""


@pytest.mark.parametrize("written", WAYS_OF_AINI)
def test_a_name_is_found_with_and_without_its_apostrophe(profile: OpenProfile, written: str) -> None:
    desk, name = profile.desk, f"{written} Contoh"
    profile.desk.intake.receive_walk_in(Applicant(name="Nur Permisalan", agency="Aini Rekaan"), ())
    case = desk.intake.receive_walk_in(Applicant(name=name), ()).case_id
    complaint = desk.complaints.receive(form(name=name))
    desk.register.put(None, {"name": name, "nip": SARI.nip}, "BKPSDM", "Dicatat dari surat BKPSDM.")
    for way in WAYS_OF_AINI:
        for typed in (way, way.upper(), f"{way} co", f"{way}, contoh"):
            assert case in [row.id for row in desk.reading.search(typed)], typed
            assert [row.id for row in desk.reading.search_complaints(typed)] == [complaint], typed
            assert [row.text("name") for row in desk.reading.register_page(typed).rows] == [name], typed


def test_an_agency_of_very_many_is_narrowed_to_without_its_apostrophe(
    profile: OpenProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_list, "_FEW", 1)
    ids = [
        profile.desk.intake.receive_walk_in(Applicant(name="Contoh", agency=f"Kantor Jum’at {n}"), ()).case_id
        for n in range(3)
    ]
    view = ListView(ListOrder.RECEIVED, origin="jumat ka")
    assert [row.id for row in profile.desk.reading.page(CaseFilter.ALL, None, 9, view).rows] == ids


def test_the_number_of_a_receipt_finds_its_case_alone(profile: OpenProfile, sari: int) -> None:
    case = profile.desk.reading.case(sari)
    given = case.received_at.astimezone(profile.desk.settings().office.zone).date()
    printed = printed_number(case.number, given)
    assert "/LATIH-LOCK/" in printed
    assert [row.id for row in profile.desk.reading.search(printed)] == [sari]


@pytest.mark.parametrize(
    "typed",
    ["LATIH-LOCK-2026-0002", "LATIH-LOCK-2026-00002", "LATIH-LOCK-2026-0002 (2)", "LATIH-LOCK-2026-0002\n1",
     "latih lock 2026 0002", "LATIHLOCK20260002", "LOCK/2026/0002", "LATIH-LOCK-20260002", "latih_lock_2026_0002",
     "LATIH-LOCK-2026-0002/2", "1. 0002/LATIH-LOCK/XI/2026", "00002/LATIH-LOCK/XI/2026", "002/LATIH/LOCK/XI/2026",
     "0002-LOCK-XI-2026", "2 lock xi 2026", "002LATIH-LOCKXI2026",
     "0002 // LATIH-LOCK // XI // 2026", "No. 0002/LOCK/2026"],
)  # fmt: skip
def test_a_number_is_found_alone_however_its_noughts_and_marks_stand(profile: OpenProfile, typed: str) -> None:
    desk = profile.desk
    ids = [desk.intake.receive_walk_in(Applicant(name=f"Contoh Banyak {n}"), ()).case_id for n in range(22)]
    assert [row.id for row in desk.reading.search(typed)] == [ids[1]]
    assert desk.complaints.related(typed).id == ids[1]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("LATIH-LOCK-2026-002", (2, 20, 21, 22)), ("LOCK-2026-02", (2,)), ("LATIH-LOCK-2026-2", (2,)),
     ("LATIH-LOCK-2026-001", (1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19))],
)  # fmt: skip
def test_a_number_that_may_be_half_typed_is_not_taken_for_another(
    profile: OpenProfile, typed: str, found: tuple[int, ...]
) -> None:
    desk = profile.desk
    ids = [desk.intake.receive_walk_in(Applicant(name=f"Contoh Banyak {n}"), ()).case_id for n in range(22)]
    assert {row.id for row in desk.reading.search(typed)} == {ids[n - 1] for n in found}
    assert desk.complaints.related(typed) is None


@pytest.mark.parametrize("typed", ["ADU-2026-0002", "00002/LATIH-ADU/XI/2026", "latih adu 2026 0002", "2-ADU-XI-2026"])
def test_a_complaint_s_number_is_found_alone_as_well(profile: OpenProfile, typed: str) -> None:
    complaints, search = profile.desk.complaints, profile.desk.reading.search_complaints
    ids = [complaints.receive(form(name=f"Tri Umpamakan {n}")) for n in range(21)]
    assert [row.id for row in search(typed)] == [ids[1]]


@pytest.mark.parametrize(
    "typed", ["{}-0002", "{}0002", "{}-02", "latih-{}-0002", "{}/002", "0002/{}", "0002/LATIH-{}", "no. {} 0002"]
)
def test_a_number_is_found_without_its_year(profile: OpenProfile, typed: str) -> None:
    """As it is said at the counter; the list shows it so, too."""
    desk = profile.desk
    cases = [desk.intake.receive_walk_in(Applicant(name=f"Contoh Banyak {n}"), ()).case_id for n in range(21)]
    complaints = [desk.complaints.receive(form(name=f"Tri Umpamakan {n}")) for n in range(21)]
    assert [row.id for row in desk.reading.search(typed.format("LOCK"))] == [cases[1]]
    assert [row.id for row in desk.reading.search_complaints(typed.format("adu"))] == [complaints[1]]
    assert desk.reading.search(typed.format("ADU")) == () == desk.reading.search_complaints(typed.format("LOCK"))


@pytest.mark.parametrize("typed", ["LOCK-2", "LOCK-20", "lock 202", "LOCK-2026"])
def test_what_may_become_a_year_is_no_number_yet(profile: OpenProfile, typed: str) -> None:
    ids = [profile.desk.intake.receive_walk_in(Applicant(name=f"Contoh Banyak {n}"), ()).case_id for n in range(21)]
    assert len(profile.desk.reading.search(typed)) == len(ids)


def test_another_number_names_no_case(profile: OpenProfile, sari: int) -> None:
    for typed in ("LOCK-2026-20", "LOCK-2025-0002", "0000/LOCK/XI/2026", "0020/LATIH-LOCK/XI/2026"):
        assert profile.desk.reading.search(typed) == (), typed
        assert profile.desk.complaints.related(typed) is None, typed


def test_the_newest_come_first_and_none_of_them_is_cut_off(profile: OpenProfile) -> None:
    taken = [profile.desk.intake.receive_walk_in(Applicant(name=f"Contoh Banyak {n}"), ()).case_id for n in range(120)]
    found = [row.id for row in profile.desk.reading.search("banyak")]
    assert found == taken[::-1][: len(found)] and len(found) == 100


@pytest.mark.parametrize(
    ("typed", "found"),
    [("smp negeri 2", "db"), ("ahmad", "ca"), ("ahmad zz", ""), ("ahmad ne", "ca"), ("2 smp", "db"), ("smp 03", "c"),
     ("1990 0101 2015 01 1 00 3", "c"), ("negeri s.", "dcba"), ("smp &", "dcba")],
)  # fmt: skip
def test_short_words_narrow_what_the_others_find(profile: OpenProfile, typed: str, found: str) -> None:
    people = (
        ("a", "Ahmad Negara", "SMP Negeri 1", "199001012015011001"),
        ("b", "Budi Contoh", "SMP Negeri 2", "199001012015011002"),
        ("c", "Ahmad Contoh", "SMP Negeri 1", "199001012015011003"),
        ("d", "Dewi Contoh", "SMP Negeri 21", "199001012015011004"),
    )
    ids = {
        profile.desk.intake.receive_walk_in(Applicant(name=name, agency=agency, nip=nip), ()).case_id: key
        for key, name, agency, nip in people
    }
    hits = "".join(ids[row.id] for row in profile.desk.reading.search(typed))
    assert hits == found


def test_short_words_narrow_complaints_too(profile: OpenProfile) -> None:
    numbers = [profile.desk.complaints.receive(form(name=f"Tri Umpamakan {n}")) for n in ("II", "IV")]
    assert [row.id for row in profile.desk.reading.search_complaints("umpamakan iv")] == numbers[1:]
    assert profile.desk.reading.search_complaints("umpamakan zz") == ()


def test_two_letters_are_sought_at_the_beginning_of_a_name(profile: OpenProfile, sari: int) -> None:
    assert [row.id for row in profile.desk.reading.search("sa")] == [sari]
    assert sari in [row.id for row in profile.desk.reading.search("02")], "or at a number's end"
    assert profile.desk.reading.search(" ") == ()


def test_a_corrected_value_is_found_and_the_wrong_one_no_more(profile: OpenProfile, sari: int) -> None:
    desk = profile.desk
    desk.review.start(sari)
    desk.review.correct(sari, replace(SARI, phone="+6281300000055"), "Nomor pada surat salah ketik.")
    assert [row.id for row in desk.reading.search("0813 0000 0055")] == [sari]
    assert desk.reading.search("081234500077") == ()


@pytest.mark.parametrize(
    "typed", ["0812-3450-0099", "+62 812 3450 0099", "08123450", "3450 0099", "tri@contoh", "contoh.pekalongankota"]
)
def test_a_complaint_is_found_by_how_its_complainant_is_reached(profile: OpenProfile, typed: str) -> None:
    complaints, search = profile.desk.complaints, profile.desk.reading.search_complaints
    number = complaints.receive(form(contact="HP +62 812-3450-0099 atau tri@contoh.pekalongankota.go.id"))
    complaints.receive(form(contact="0812-3450-0099, tri@contoh.pekalongankota.go.id", confidential=True))
    assert [found.id for found in search(typed)] == [number]
    complaints.correct(number, replace(profile.casebook.complaint_form(number), confidential=True), "Diminta pengadu.")
    assert search(typed) == ()


def test_a_complaint_is_found_by_its_number_and_who_complained(profile: OpenProfile) -> None:
    number = profile.desk.complaints.receive(form())
    row = profile.desk.reading.complaint(number)
    for typed in (row.number, "umpama", "0001/LATIH-ADU/XI/2026"):
        assert [found.id for found in profile.desk.reading.search_complaints(typed)] == [number], typed


def test_people_of_the_register_are_found_by_parts(profile: OpenProfile) -> None:
    everyone = profile.desk.reading.register_page().rows
    known = next(entry for entry in everyone if entry.text("nip") and entry.text("nik"))
    nip, nik = known.text("nip"), known.text("nik")
    for typed in (nip[6:14], nip[-6:], nik[4:12], f"{nip[:8]} {nip[8:14]}", known.text("name").split()[0][1:]):
        assert known.id in [row.id for row in profile.desk.reading.register_page(typed).rows], typed
    assert profile.desk.reading.register_page("tidak ada").rows == ()


SHORT = ("Li Wei Contoh", "Bo Contoh", "Al Contoh", "Contoh Albertus", "Bo Li")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("contoh li", [0]), ("contoh al", [2, 3]), ("al contoh", [2, 3]), ("contoh zz", []), ("li", [0, 4]),
     ("bo", [1, 4]), ("li bo", [4]), ("wei contoh li", [0]), ("contoh 42", [1]),
     ("contoh di", [0, 1, 2, 3]), ("zz", [])],
)  # fmt: skip
@pytest.mark.parametrize("few", [0, 2_000])
def test_short_words_narrow_the_register_too(
    profile: OpenProfile, monkeypatch: pytest.MonkeyPatch, typed: str, found: list[int], few: int
) -> None:
    monkeypatch.setattr(register, "_FEW", few)
    people = [
        {"name": name, "nip": f"1990010120150110{41 + n}", "agency": "Dinas Rekaan"} for n, name in enumerate(SHORT)
    ]
    for fields in people:
        profile.desk.register.put(None, fields, "BKPSDM", "Dicatat dari surat BKPSDM.")
    page = profile.desk.reading.register_page(typed)
    assert [row.text("name") for row in page.rows if row.text("agency") == "Dinas Rekaan"] == sorted(
        SHORT[n] for n in found
    )
    assert page.total == len(page.rows)


FARU, ZZ, UI, EMI = "Al-Fa'ru Contoh", "M.Zz Contoh", "Ui/Ua (So),Sp", "Émi Ma’ru “Rs” & Ti"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("m", [ZZ, EMI]), ("zz", [ZZ]), ("fa", [FARU]), ("RU", [FARU, EMI]), ("s", [UI]), ("so", [UI]), ("sp", [UI]),
     ("ua", [UI]), ("rs", [EMI]), ("ti", [EMI]), ("ém", [EMI]), ("É", [EMI]), ("l", []), ("_", []), ("__", []),
     ("%", None)],
)  # fmt: skip
def test_a_first_letter_begins_a_word_wherever_that_stands(
    profile: OpenProfile, typed: str, found: list[str] | None
) -> None:
    """None: nobody is looked for by it, so all are listed."""
    names = [FARU, ZZ, UI, EMI]
    for number, name in enumerate(names):
        fields = {"name": name, "nip": f"1990010120150110{41 + number}", "agency": "Dinas Rekaan"}
        profile.desk.register.put(None, fields, "BKPSDM", "Dicatat dari surat BKPSDM.")
    page = profile.desk.reading.register_page(typed)
    rows = [row.text("name") for row in page.rows if row.text("agency") == "Dinas Rekaan"]
    assert rows == (names if found is None else found)


SIGNS = (
    '"', '"sari" OR', "sari*", "name:sari", "(((", "NOT sari", "sari AND", "-1 OR 1=1", "%%%", "'; --", "sa\x00ri",
    "\x00",
)  # fmt: skip


def test_quotes_and_signs_are_no_query(profile: OpenProfile, sari: int) -> None:
    for typed in SIGNS:
        profile.desk.reading.search(typed)
        profile.desk.reading.search_complaints(typed)
        profile.desk.reading.register_page(typed)
