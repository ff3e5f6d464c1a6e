"""The staff register: what an office's sheets hold comes in right, or the officer is told what did not and why."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.confirmation import CallResult, SightedDocument, StandIn
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.register.planning import SLICE
from lockdesk.desk.register.register import Terms
from lockdesk.desk.values.cases import CallForm
from lockdesk.desk.values.drafts import of_person
from lockdesk.desk.values.reports import BookFilter, BookKind
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined
from lockdesk.store import tables
from lockdesk.ui.register.importing import TakenSheet
from lockdesk.ui.register.page import RegisterPage
from lockdesk.ui.register.person_sheets import EditSheet
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.counter import text_of
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.register import Rows, entry_of, import_register, planned, workbook
from tests.helpers.desk.steps import completed, receive, revoke, verify
from tests.helpers.window.real_window import real_window, rest

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
    assert (plan.rows, plan.known) == (4, profile.desk.reading.register_page().total)
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
        plan = import_register(profile.desk, csv(row), date(2026, 11, day))
    assert [remark.words for remark in plan.remarks] == ["Baris 2: Data yang sudah ada lebih baru; tidak diganti."]
    assert (plan.refused, plan.unchanged) == (0, 1)
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


# ── the call-back ──

NUMBER = "081299999999"


def called(desk: Desk, case_id: int, number: str = NUMBER) -> bool:
    """Whether a call to the number confirms the case."""
    desk.review.record_call(case_id, CallForm(True, number, "pemohon", "", CallResult.CONFIRMED))
    return desk.reading.case(case_id).calls[-1].counts


def test_a_list_of_the_whole_office_counts_by_its_own_day_even_when_it_came_after_the_request(
    profile: OpenProfile, clock: SetClock
) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    applicant = desk.reading.case(case_id).applicant
    clock.forward(minutes=5)
    row = csv((applicant.name, applicant.nip, "", "", NUMBER))
    import_register(desk, row, date(2026, 11, 20), "titipan")
    assert not called(desk, case_id), "a single number, whatever day it bears"
    import_register(desk, row, date(2026, 11, 23), "BKPSDM", whole_office=True)
    assert not called(desk, case_id), "a list of the day of the request may know what the letter says"
    import_register(desk, row, date(2026, 11, 20), "BKPSDM", whole_office=True)
    assert called(desk, case_id)
    noted = [entry for entry in journal(desk) if entry["kind"] == "register.imported"][-1]["facts"]
    assert (noted["whole_office"], noted["source"], noted["as_of"]) == (True, "BKPSDM", "2026-11-20")


def test_a_request_that_comes_on_the_day_of_an_import_can_be_called_back(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    before = desk.reading.register_page("Sekar").rows[0]
    import_register(desk, csv((before.text("name"), before.text("nip"), "", "", NUMBER)), date(2026, 11, 23))
    clock.forward(minutes=5)
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    assert called(desk, case_id)


def test_a_number_changed_by_hand_never_counts_for_a_request_that_was_there(
    profile: OpenProfile, clock: SetClock
) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    register = desk.reading.case(case_id).register
    assert register is not None
    clock.forward(minutes=5)
    desk.register.put(register.id, {"phone": NUMBER}, "Ditelepon bagian umum", "Nomor lama mati", case_id)
    assert not called(desk, case_id)
    terms = date(2026, 11, 20), "BKPSDM", True
    import_register(desk, csv((register.text("name"), register.text("nip"), "", "", NUMBER)), *terms)
    assert called(desk, case_id), "the list of the whole office has the same number"


# ── by hand ──


def journal(desk: Desk) -> list[dict[str, Any]]:
    read = lambda: [json.loads(row.body) for row in tables.Journal.select().order_by(tables.Journal.sequence)]  # noqa: E731
    return desk.casebook.together(read)


def test_a_person_is_added_changed_and_leaves_by_hand_and_every_field_keeps_its_history(
    profile: OpenProfile, clock: SetClock
) -> None:
    register, texts = profile.desk.register, {"name": "Contoh Baru", "nip": NIP, "position": "Analis", "phone": NUMBER}
    number = register.put(None, texts, "SK mutasi 800/12", "Pindahan dari provinsi")
    clock.forward(days=1)
    register.put(number, {**texts, "position": "Kepala Seksi"}, "SK 821/3", "Promosi")
    view = register.view(number)
    (past,) = view.past
    assert (past.name, past.value.text, past.value.source, past.value.by) == (
        "position", "Analis", "SK mutasi 800/12", "Contoh Petugas",
    )  # fmt: skip
    assert view.entry.fields["position"].reason == "Promosi"
    assert view.entry.fields["phone"].source == "SK mutasi 800/12", "what did not change keeps its source"
    register.retire(number, "Pensiun")
    assert profile.desk.casebook.register_find("", NIP, "") == ()
    assert entry_of(profile.desk, "Contoh Baru").retired_at is not None
    register.retire(number, "Salah orang", retired=False)
    assert len(profile.desk.casebook.register_find("", NIP, "")) == 1
    noted = [
        item
        for item in journal(profile.desk)
        if item["kind"].startswith("register.") and "reason" in item.get("texts", {})
    ]
    assert [item["kind"] for item in noted] == [
        "register.added", "register.changed", "register.retired", "register.reinstated",
    ]  # fmt: skip
    assert not any(text in json.dumps(noted) for text in ("Contoh Baru", NIP, "9999999"))


def test_what_is_entered_by_hand_needs_numbers_source_and_reason_and_nobody_twice(profile: OpenProfile) -> None:
    known = profile.desk.reading.register_page("Sekar").rows[0].text("nip")
    for texts, source, reason, told in (
        ({"name": "", "nip": NIP}, "SK", "x", "belum diisi"),
        ({"name": "Contoh"}, "SK", "x", "belum diisi"),
        ({"name": "Contoh", "nip": "199913012015011001"}, "SK", "x", "NIP tidak mungkin"),
        ({"name": "Contoh", "nip": NIP}, " ", "x", "Sumber"),
        ({"name": "Contoh", "nip": NIP}, "SK", " ", "Alasan"),
        ({"name": "Contoh", "nip": known}, "SK", "x", "sudah ada"),
    ):
        with pytest.raises(Declined, match=told) as refused:
            profile.desk.register.put(None, texts, source, reason)
        assert refused.value.remedy


def test_two_entries_become_one_and_no_number_becomes_older_by_it(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    rows = ("Contoh Baru", NIP, "", "Analis", ""), ("Baru, Contoh", "", NIK, "Arsiparis", NUMBER)
    import_register(desk, csv(*rows), whole_office=True)
    kept, merged = entry_of(desk, NIP), entry_of(desk, NIK)
    clock.forward(days=1)
    desk.drafts.keep(of_person(merged.id, "retire"), "Contoh Baru pindah ke")
    desk.register.merge(kept.id, merged.id, "Satu orang")
    (entry,) = desk.reading.register_page("Contoh Baru").rows
    assert (entry.id, entry.text("nik"), entry.text("position")) == (kept.id, NIK, "Analis")
    phone = entry.fields["phone"]
    assert phone.listed_on is None and phone.entered_at == clock.now()
    assert {(past.name, past.value.text) for past in desk.register.view(entry.id).past} >= {("position", "Arsiparis")}
    with pytest.raises(Declined):
        desk.register.view(merged.id)
    assert not desk.drafts.load(of_person(merged.id, "retire")), "nobody is left whom it is about"


def test_from_the_case_an_unknown_applicant_is_added_and_compared(profile: OpenProfile) -> None:
    desk = profile.desk
    known = entry_of(desk, "Sekar")
    desk.register.retire(known.id, "Percobaan")
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    case = desk.reading.case(case_id)
    assert case.register is None
    desk.register.retire(known.id, "Percobaan selesai", retired=False)
    desk.register.put(known.id, {"position": "Arsiparis Contoh"}, "BKPSDM", "Mutasi", case_id)
    desk.review.recheck_findings(case_id)
    after = desk.reading.case(case_id)
    assert after.register is not None and after.register.text("position") == "Arsiparis Contoh"
    assert "register.changed" in [line.kind for line in after.history]


def test_an_import_goes_on_in_slices_and_stops_where_it_is_stopped(profile: OpenProfile) -> None:
    desk, terms = profile.desk, Terms("BKPSDM", MONDAY)
    rows = [(f"Contoh Pegawai {n}", "", f"33759901{1 + n % 12:02}90{1 + n:04}", "Analis", "") for n in range(SLICE + 1)]
    people = planned(desk, csv(*rows), terms).people(())
    before, told = desk.reading.register_page().total, list[tuple[int, int]]()

    def stop_after_the_first(done: int, everything: int) -> bool:
        told.append((done, everything))
        return done == 0

    assert desk.register.import_people(people, terms, follow=stop_after_the_first) == SLICE
    assert told[0] == (0, SLICE + 1) and desk.reading.register_page().total == before + SLICE
    assert desk.casebook.verify_journal().whole
    again = planned(desk, csv(*rows), terms)
    assert (len(again.new), again.unchanged) == (1, SLICE)


def test_the_register_is_searched_by_what_words_begin_with_and_listed_in_pages(profile: OpenProfile) -> None:
    desk = profile.desk
    rows = [(f"Zamrud {n:02}", "", f"337599010190{n + 1:04}", "Analis", "") for n in range(30)]
    import_register(desk, csv(*rows, ("Wening", NIP, "", "Analis", "")))
    found, key = list[str](), None
    for _page in range(3):
        page = desk.reading.register_page("zam", key, 10)
        key, found = page.next_key, [*found, *(entry.text("name") for entry in page.rows)]
        assert page.total == 30
    assert found == [row[0] for row in rows]
    for text in ("wen", "1990 0101", NIP, "3375990101900001"):
        assert len(desk.reading.register_page(text).rows) == 1, text


def test_certificates_of_the_connected_ca_bring_their_serials_to_the_people_whom_they_name(
    profile: OpenProfile,
) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    verify(desk, case_id)
    revoke(desk, case_id)
    desk.operations.reissue(case_id)
    case = desk.reading.case(case_id)
    issued, key = case.new_certificate, make.ec_key()
    assert issued is not None and case.register is not None
    genuine = NamedBytes("baru.cer", issued.der)
    other = NamedBytes("lain.cer", make.certificate(key, key, make.name(), make.name()))
    taken = desk.register.import_certificates((genuine, other))
    assert (taken.known, taken.strangers, taken.of_others) == (1, (), 1)
    assert issued.serial in desk.register.view(case.register.id).entry.serials
    desk.register.retire(case.register.id, "Pensiun")
    taken = desk.register.import_certificates((genuine,))
    assert taken.known == 0 and issued.serial == taken.strangers[0].fields["serial"]
    with pytest.raises(Declined) as refused:
        desk.register.import_certificates((other,))
    assert refused.value.code == "register.no_certificate"


def test_a_certificate_s_holder_whom_nobody_knows_is_added_with_a_source_and_nobody_else_is_lost(
    qtbot: QtBot, profile: OpenProfile, tmp_path: Path
) -> None:
    desk = profile.desk
    case_id = completed(desk)
    case = desk.reading.case(case_id)
    assert case.new_certificate is not None and case.register is not None
    other = {"name": "Orang Lain", "nip": NIP, "nik": "", "email": "lain@contoh.pekalongankota.go.id"}
    desk.register.put(case.register.id, other, "BKPSDM", "Salah orang")
    file = tmp_path / "baru.cer"
    file.write_bytes(case.new_certificate.der)
    with real_window(qtbot, desk) as window:
        window.show_page("register")
        page = window.findChildren(RegisterPage)[0]
        page.begin_import([str(file)])
        rest(qtbot, window)
        (taken,) = window.findChildren(TakenSheet)
        told = str(taken.view.model().index(0, 0).data())
        assert "Sekar Contohwati" in told and "belum dikenal" in told and case.applicant.nik not in told
        taken.verb.click()
        (edit,) = window.findChildren(EditSheet)
        edit.reject()
        assert not taken.left, "whoever is not added is not forgotten"
        taken.verb.click()
        edit = next(item for item in window.findChildren(EditSheet) if not item.left)
        assert edit._source.text().startswith("sertifikat dari ") and not edit.verb.isEnabled(), "why is asked for"
        edit._reason.setText("Pegawai baru, disahkan BKPSDM")
        edit._edits["nip"].setText(case.applicant.nip)
        edit.verb.click()
        rest(qtbot, window)
        assert taken.left
    (entry,) = desk.reading.register_page("Sekar").rows
    assert case.new_certificate.serial in entry.serials
    reason = entry.fields["name"].reason
    assert entry.text("name").startswith("Sekar Contohwati")
    assert (entry.fields["name"].source[:10], reason) == ("sertifikat", "Pegawai baru, disahkan BKPSDM")


def test_where_the_applicant_s_number_is_wrong_a_superior_s_older_number_counts_and_is_sampled(
    profile: OpenProfile, clock: SetClock
) -> None:
    desk = profile.desk
    head = desk.register.put(None, {"name": "Contoh Kepala", "nip": NIP, "phone": NUMBER}, "SK 800/1", "Kepala dinas")
    clock.forward(minutes=5)
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    clock.forward(minutes=5)
    own = desk.reading.case(case_id).register
    assert own is not None
    usual = CallForm(True, NUMBER, "x", "Nomor mati", CallResult.CONFIRMED, True, through=StandIn.SUPERIOR)

    def counted(**changes: Any) -> bool:
        desk.review.record_call(case_id, replace(usual, **{"through_id": head, **changes}))
        return desk.reading.case(case_id).calls[-1].counts

    assert not counted(), "a superior without a position is nobody's superior"
    desk.register.put(head, {"position": "Kepala Dinas Contoh"}, "SK 800/1", "Jabatan dilengkapi")
    assert not counted(note=" "), "why not the applicant's own number"
    assert not counted(number=own.text("phone")), "the number is the superior's"
    assert not counted(through_id=own.id, number=own.text("phone")), "nobody is his or her own superior"
    assert not counted(through_id=0)
    assert counted()
    call = desk.reading.case(case_id).calls[-1]
    assert (call.through, call.reached, call.csr) == (StandIn.SUPERIOR, "Contoh Kepala, Kepala Dinas Contoh", None)
    facts = desk.reading.case(case_id).history[0].facts
    assert (facts["through"], facts["sample"]) == ("superior", True)
    desk.register.put(head, {"phone": "081288888888"}, "SK 800/1", "Nomor baru")
    assert not counted(number="081288888888"), "entered after the request"
    book = desk.books.read(BookFilter(BookKind.SAMPLES, 2026, quarter=4))
    (row,) = book.rows
    assert book.ids == (case_id,) and row[4:8] == (
        "Contoh Kepala, Kepala Dinas Contoh", "atasan langsung", NUMBER, "Nomor mati"
    )  # fmt: skip
    assert not desk.books.read(BookFilter(BookKind.SAMPLES, 2026, state="personnel")).rows
    assert "Contoh Kepala" in text_of(
        desk.prints.make("register_book", BookFilter(BookKind.SAMPLES, 2026), PaperSize.A4).pdf
    )


def test_who_is_present_is_identified_instead_of_called_where_the_office_allows_it(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    form = CallForm(False, "", "pemohon", "", CallResult.CONFIRMED, sighted=SightedDocument.ID_CARD)
    desk.review.record_call(case_id, form)
    assert not desk.reading.case(case_id).calls[-1].counts, "the shipped office profile does not allow it"
    allowed = "hadir_menggantikan_telepon = false", "hadir_menggantikan_telepon = true"
    desk.setup.save_office(desk.setup.office_text().replace(*allowed))
    desk.review.record_call(case_id, replace(form, reached=" "))
    assert not desk.reading.case(case_id).calls[-1].counts
    desk.review.record_call(case_id, form)
    case = desk.reading.case(case_id)
    assert case.confirming_call() == case.calls[-1] and case.calls[-1].sighted is SightedDocument.ID_CARD
    assert case.history[0].facts["sighted"] == "id_card"
    own = case.register
    assert own is not None
    desk.register.retire(own.id, "Percobaan")
    desk.review.record_call(case_id, form)
    assert not desk.reading.case(case_id).calls[-1].counts, "nobody to be compared with"
