"""The documents beside receipts and slips: what stands on them, when they can be had, what proves that they arrived."""

from dataclasses import replace
from datetime import date

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.identity import normal_phone
from lockdesk.core.messages import MessageState
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.prints.documents import available_prints, office_prints
from lockdesk.desk.prints.history_words import KIND_LABELS
from lockdesk.desk.values.cases import IntakeChannel
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.steps import completed, receive, verify, waiting
from tests.helpers.papers.samples import sample

SECRET = {"name": "Tri Umpamakan", "contact": "0812-0000-0077"}


def rejected(profile: OpenProfile) -> int:
    case_id = receive(profile.desk, "06")
    profile.desk.review.start(case_id)
    profile.desk.review.reject(case_id, ("Tanda tangan CSR tidak sah.", "Surat tidak ditandatangani."))
    return case_id


def kinds(profile: OpenProfile, case_id: int) -> list[str]:
    return [spec.kind for spec in available_prints(profile.desk.reading.case(case_id))]


# ── the escalation sheet ──


def test_what_is_passed_on_to_the_official_says_all_that_he_needs(profile: OpenProfile) -> None:
    complaints, prints = profile.desk.complaints, profile.desk.prints
    number = complaints.receive(form(evidence="Tangkapan layar"))
    complaints.respond(number, "Pemberitahuan dikirim ulang.")
    with pytest.raises(Declined):
        prints.make("escalation", number, PaperSize.A4)
    complaints.escalate(number, "Pengadu meminta penjelasan pejabat.")
    assert [spec.kind for spec in available_prints(profile.desk.reading.complaint(number))] == [
        "escalation",
        "complaint_receipt",
    ]
    for size in PaperSize:
        words = text_of(prints.make("escalation", number, size).pdf)
        for told in (
            "Lembar penerusan pengaduan", "0001/LATIH-ADU/XI/2026", "Contoh Pejabat", "Tri Umpamakan",
            "Pemberitahuan tidak pernah diterima", "Tangkapan layar", "Pemberitahuan dikirim ulang.",
            "Pengadu meminta penjelasan pejabat.", "Jumat, 11 Desember 2026", "Tanggapan pejabat",
        ):  # fmt: skip
            assert told in words, (size, told)
    assert "halaman 1/1" in text_of(prints.make("escalation", number, PaperSize.A4).pdf)


def test_a_confidential_complainant_stays_so_before_the_official(profile: OpenProfile) -> None:
    case = profile.desk.reading.case(receive(profile.desk, "01"))
    number = profile.desk.complaints.receive(form(confidential=True, case_number=case.number, **SECRET))
    profile.desk.complaints.escalate(number, "Perlu keputusan pejabat.")
    for size in PaperSize:
        words = text_of(profile.desk.prints.make("escalation", number, size).pdf)
        assert "dirahasiakan" in words
        assert not any(told in words for told in (*SECRET.values(), case.number))


# ── what was done with a person's data ──


def test_a_person_is_told_of_every_entry_about_all_cases(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    first = rejected(profile)
    other = receive(desk, "01")
    clock.forward(days=1)
    mail = NamedBytes("lagi.eml", b"X-Again: 1\r\n" + sample("06"))
    again = desk.intake.receive((mail,), IntakeChannel.EMAIL).case_id
    desk.review.start(again)
    words = text_of(desk.prints.make("data_trail", again, PaperSize.A4).pdf)
    entries = [line for case_id in (first, again) for line in desk.reading.case(case_id).history]
    shown = [line for line in entries if line.kind not in {"print.made", "print.finished"}]
    assert len(shown) >= 5
    for line in shown:
        assert line.kind in KIND_LABELS and KIND_LABELS[line.kind] in words
        assert f"catatan {line.sequence}" in words
    assert desk.reading.case(other).applicant.name not in words
    nik = desk.reading.case(again).applicant.nik
    assert nik and nik in words, "it is handed over to the person whom it is about"
    assert "sumber: " in words, "where the register's data come from"
    assert desk.reading.case(again).history[-1].sequence < desk.reading.case(again).history[0].sequence


def test_the_trail_of_somebody_without_numbers_is_of_this_case_alone(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    receive(desk, "06")
    view = desk.reading.case
    desk.prints._view = lambda id_: replace(view(id_), applicant=replace(view(id_).applicant, nik="", nip=""))
    assert "1 kasus" in text_of(desk.prints.make("data_trail", case_id, PaperSize.A4).pdf)


# ── the rejection, handed over ──


def test_the_letter_of_rejection_is_signed_for_and_that_is_kept(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = rejected(profile)
    assert kinds(profile, case_id)[0] == "rejection"
    words = text_of(desk.prints.make("rejection", case_id, PaperSize.A4).pdf)
    assert "Diterima oleh," in words
    assert "diserahkan langsung, dengan tanda tangan penerima" in words
    clock.forward(days=1)
    desk.notices.handed_over(case_id, "  Endang   Perandaian ", date(2026, 11, 24))
    case = desk.reading.case(case_id)
    entry = next(line for line in case.history if line.kind == "case.letter_handed_over")
    assert entry.facts == {"on": "2026-11-24"}, "a name is no public fact"
    told = [item for item in case.messages if item.notice == "rejected"]
    assert [item.state for item in told] == [MessageState.TOLD]
    words = text_of(desk.prints.make("rejection", case_id, PaperSize.A4).pdf)
    assert "diserahkan kepada Endang Perandaian pada 24 November 2026" in words
    assert desk.casebook.verify_journal().whole


@pytest.mark.parametrize(
    ("name", "on"),
    [(" ", date(2026, 11, 23)), ("Endang", date(2026, 11, 22)), ("Endang", date(2026, 11, 24))],
)
def test_a_handing_over_that_cannot_have_been_is_declined(profile: OpenProfile, name: str, on: date) -> None:
    case_id = rejected(profile)
    before = profile.desk.casebook.head()
    with pytest.raises(Declined):
        profile.desk.notices.handed_over(case_id, name, on)
    assert profile.desk.casebook.head() == before


def test_nothing_is_handed_over_of_a_case_that_was_not_rejected(profile: OpenProfile) -> None:
    case_id = receive(profile.desk, "06")
    with pytest.raises(Declined, match="surat pengembalian"):
        profile.desk.notices.handed_over(case_id, "Endang", date(2026, 11, 23))


# ── the letter of somebody at the counter ──


def test_the_letter_is_filled_in_and_is_read_back_without_doubt(profile: OpenProfile) -> None:
    """Printed, signed and brought in, it must say to our own reader what the register and the CSR say."""
    desk = profile.desk
    case_id = receive(desk, "01")
    case = desk.reading.case(case_id)
    assert case.register is not None and case.facts.csr.facts is not None and case.old_certificate is not None
    pdf = desk.prints.make("statement", case_id, PaperSize.A4).pdf
    read = desk._reader().read_request((NamedBytes("surat.pdf", pdf),)).statement
    for name in ("name", "position", "agency", "email"):
        assert getattr(read.fields, name) == case.register.text(name), name
    assert "".join(read.fields.nip.split()) == case.register.text("nip")
    assert read.fields.serial.replace(":", "").lower() in case.old_certificate.facts.serial_hex.replace(":", "").lower()
    assert read.fields.key_fingerprint.replace(" ", "").lower().endswith(case.facts.csr.facts.key.sha256[-16:])
    words = text_of(pdf)
    assert case.applicant.nik not in words and "lupa passphrase" in words
    assert "0812 0000 0011" in words, "grouped as on the screen"
    assert normal_phone(read.fields.phone) == normal_phone(case.register.text("phone")), "and read again whole"
    assert "PEMERINTAH" not in words, "no letter of the office"


def test_the_letter_of_a_compromise_says_so(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.review.set_compromised(case_id, True, "Pemohon menyebut passphrase diketahui orang lain.")
    words = text_of(desk.prints.make("statement", case_id, PaperSize.A4).pdf)
    assert "lupa passphrase" not in words and "mungkin diketahui orang lain" in words


def test_an_empty_letter_asks_for_what_the_office_asks_for(profile: OpenProfile) -> None:
    desk = profile.desk
    labels = ("Nomor surat", "NIK", "Nomor seri", "Sidik jari")
    full = text_of(desk.prints.make("blank_statement", 0, PaperSize.A4).pdf)
    assert all(label in full for label in labels) and "Contoh Petugas" not in full
    text = desk.setup.office_text()
    for key in ("nomor_seri", "sidik_jari", "nomor_surat", "nik"):
        text = text.replace(f'{key} = "diterima"', f'{key} = "tidak diminta"')
    desk.setup.save_office(text)
    bare = text_of(desk.prints.make("blank_statement", 0, PaperSize.A4).pdf)
    assert not any(label in bare for label in labels)


# ── how to apply, and who was told ──


def test_how_to_apply_is_what_the_office_profile_says(profile: OpenProfile) -> None:
    desk = profile.desk
    words = text_of(desk.prints.make("how_to_apply", 0, PaperSize.ROLL80).pdf)
    for told in (
        "Cara mengajukan permohonan", "diskominfo@gafe.pekalongankota (belum dikonfirmasi)", "pekalongankota.go.id",
        "surat pernyataan", "CSR", "Senin–Kamis 08.00–12.00 dan 13.00–15.45 WIB", "Jumat 08.00–11.00 WIB",
        "gratis", "Jangan berikan passphrase kepada siapa pun",
    ):  # fmt: skip
        assert told in words, told
    text = desk.setup.office_text()
    desk.setup.save_office(text.replace('csr = "diwajibkan"', 'csr = "tidak diminta"').replace("15:45", "15:30"))
    words = text_of(desk.prints.make("how_to_apply", 0, PaperSize.ROLL80).pdf)
    assert ".p10" not in words and "13.00–15.30 WIB" in words


def test_whoever_is_told_at_the_counter_signs_for_what_was_said(profile: OpenProfile) -> None:
    desk = profile.desk
    case = waiting(desk)
    for size in PaperSize:
        words = text_of(desk.prints.make("notice_receipt", case.id, size).pdf)
        for told in ("menunggu kelengkapan", "CSR dengan kunci baru", "Disampaikan kepada", "Yang diberi tahu,"):
            assert told in words
    with pytest.raises(Declined):
        desk.prints.make("notice_receipt", receive(desk, "06"), PaperSize.A5)


# ── what is proposed ──


def test_what_is_proposed_follows_the_state(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    assert kinds(profile, case_id)[0] == "receipt"
    verify(desk, case_id)
    assert kinds(profile, case_id)[0] == "receipt"
    completed(desk, case_id)
    assert desk.reading.case(case_id).state is CaseState.COMPLETED
    assert kinds(profile, case_id)[0] == "completion"
    assert next(spec.kind for spec in office_prints()) == "standard"
    for spec in office_prints():
        desk.prints.make(spec.kind, 0, spec.paper)
