"""Complaints at the desk: limits, replies that wait, evidence, the related case, satisfaction, search."""

from datetime import UTC, date, datetime

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.complaints import ComplaintClass, ComplaintState, ComplaintStep, LimitKind, Satisfaction
from lockdesk.core.quarters import Quarter
from lockdesk.dated_rules import Rule
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import AttachmentKind
from lockdesk.desk.values.reports import BookFilter, BookKind
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined
from lockdesk.office_file import LimitsTable
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.journal import entries
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.steps import receive

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"gambar yang rusak"


def on(clock: SetClock, day: date) -> None:
    clock.at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def test_every_limit_is_told_with_the_days_that_count(profile: OpenProfile, clock: SetClock) -> None:
    complaints, reading = profile.desk.complaints, profile.desk.reading
    on(clock, date(2026, 11, 23))
    number = complaints.receive(form())
    view = reading.complaint(number)
    assert {limit.kind: limit.on for limit in view.limits} == {
        LimitKind.VERIFY: date(2026, 11, 26),
        LimitKind.RESPOND: date(2026, 11, 30),
        LimitKind.RESOLVE: date(2026, 12, 11),
    }
    for explained in reading.explain_limits(number):
        counted = sum((run.last - run.first).days + 1 for run in explained.runs if run.reason == "open")
        wanted = {LimitKind.VERIFY: 3, LimitKind.RESPOND: 5, LimitKind.RESOLVE: 14}[explained.limit.kind]
        assert counted == wanted and explained.runs[-1].last == explained.limit.on
    on(clock, date(2026, 11, 24))
    (row,) = reading.complaint_page("open").rows
    assert (row.next_on, row.next_limit) == (date(2026, 11, 26), LimitKind.VERIFY), "the nearest one presses"
    complaints.verify(number)
    (row,) = reading.complaint_page("open").rows
    assert (row.next_on, row.next_limit) == (date(2026, 11, 30), LimitKind.RESPOND)
    complaints.respond(number, "Sedang ditelusuri.")
    assert reading.complaint_page("open").rows[0].next_on == date(2026, 12, 11)
    assert [limit.met_at is not None for limit in reading.complaint(number).limits] == [True, True, False]


def test_a_limit_that_is_near_stands_on_the_board_before_the_resolution_does(
    profile: OpenProfile, clock: SetClock
) -> None:
    on(clock, date(2026, 11, 23))
    profile.desk.complaints.receive(form(complaint_class=ComplaintClass.SUPERVISORY))
    assert profile.desk.reading.status().board.complaints_near == 1, "it is to be verified within three working days"


def test_the_office_changes_its_limits_from_a_day_on_and_open_complaints_move(
    profile: OpenProfile, clock: SetClock
) -> None:
    on(clock, date(2026, 11, 23))
    number = profile.desk.complaints.receive(form())
    profile.desk.rules.save(Rule.LIMITS, date(2026, 11, 1), LimitsTable(verifikasi=1, biasa=10))
    view = profile.desk.reading.complaint(number)
    assert (view.verify_on, view.due_on) == (date(2026, 11, 24), date(2026, 12, 7))
    profile.desk.setup.add_closed_day(date(2026, 11, 24), "Banjir")
    assert profile.desk.reading.complaint(number).verify_on == date(2026, 11, 25)


def test_another_class_means_another_limit(profile: OpenProfile, clock: SetClock) -> None:
    on(clock, date(2026, 11, 23))
    number = profile.desk.complaints.receive(form())
    profile.desk.complaints.correct(number, form(complaint_class=ComplaintClass.INFORMATION), "Hanya bertanya")
    assert profile.desk.reading.complaint(number).due_on == date(2026, 11, 30)


def test_a_reply_left_unanswered_ends_the_complaint_and_can_be_taken_back(
    profile: OpenProfile, clock: SetClock
) -> None:
    complaints, reading = profile.desk.complaints, profile.desk.reading
    on(clock, date(2026, 11, 23))
    asked, working = complaints.receive(form()), complaints.receive(form())
    complaints.ask(asked, "Apakah pemberitahuan sudah diterima?")
    complaints.respond(working, "Masih ditelusuri.")
    assert reading.complaint(asked).close_on == date(2026, 12, 7)
    on(clock, date(2026, 12, 7))
    assert profile.desk.close_unanswered() == (), "the last day is the complainant's"
    on(clock, date(2026, 12, 14))
    assert profile.desk.close_unanswered() == (reading.complaint(asked).number,)
    view = reading.complaint(asked)
    assert view.state is ComplaintState.RESOLVED and reading.complaint_page("resolved").rows[0].on_time is True
    assert reading.complaint(working).state is ComplaintState.HANDLED_BY_OFFICER, "the silence there is our own"
    closed = next(entry for entry in entries(profile) if entry["kind"] == "complaint.closed_unanswered")
    assert closed["actor"] == "LockDesk" and "7 Desember 2026" in closed["facts"]["reason"]
    complaints.reopen(asked, "Pengadu menelepon hari ini.")
    assert reading.complaint(asked).state is ComplaintState.HANDLED_BY_OFFICER
    assert profile.desk.close_unanswered() == ()


def test_an_answered_reply_is_not_closed(profile: OpenProfile, clock: SetClock) -> None:
    on(clock, date(2026, 11, 23))
    number = profile.desk.complaints.receive(form())
    profile.desk.complaints.ask(number, "Apakah sudah diterima?")
    profile.desk.complaints.complainant_replies(number, "Belum juga diterima.")
    on(clock, date(2027, 1, 15))
    assert profile.desk.close_unanswered() == ()


def test_escalated_complaints_are_still_open_and_the_sheet_names_whom_they_go_to(profile: OpenProfile) -> None:
    number = profile.desk.complaints.receive(form())
    profile.desk.complaints.escalate(number, "Perlu keputusan anggaran.", "Contoh Kepala Bidang")
    assert [row.id for row in profile.desk.reading.complaint_page("open").rows] == [number]
    counts = profile.desk.reading.status().counts
    assert (counts["complaints_open"], counts["complaints_escalated"]) == (1, 1)
    words = text_of(profile.desk.prints.make("escalation", number, PaperSize.A4).pdf)
    assert "Contoh Kepala Bidang" in words and "Perlu keputusan anggaran." in words


def test_evidence_is_known_by_its_content_hashed_and_listed_on_the_receipt(profile: OpenProfile) -> None:
    complaints, reading = profile.desk.complaints, profile.desk.reading
    number = complaints.receive(form(), files=(NamedBytes("tangkapan.txt", PNG),))
    complaints.add_files(number, (NamedBytes("catatan.txt", b"Saya datang dua kali."),))
    first, later = reading.complaint(number).files
    assert (first.kind, later.kind) == (AttachmentKind.IMAGE, AttachmentKind.TEXT), "whatever its name says"
    assert reading.evidence_file(later.id) == b"Saya datang dua kali."
    words = text_of(profile.desk.prints.make("complaint_receipt", number, PaperSize.A4).pdf)
    assert "tangkapan.txt (gambar" in words and first.sha256[:16] in words and "catatan.txt (teks" in words
    added = [entry["facts"] for entry in entries(profile) if entry["kind"] == "complaint.evidence_added"]
    assert added == [{"evidence": 1, "sha256": later.sha256}]


def test_a_key_among_the_evidence_is_not_kept(profile: OpenProfile) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    number = profile.desk.complaints.receive(form(), files=(NamedBytes("bukti.txt", key),))
    (file,) = profile.desk.reading.complaint(number).files
    assert not file.stored and file.withheld == "key"
    with pytest.raises(Declined):
        profile.desk.reading.evidence_file(file.id)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ((NamedBytes("besar.bin", b"0" * (41 * 1024 * 1024)),), "complaint.file_large"),
        ((NamedBytes("besar.txt", b"kata " * (5 * 1024 * 1024)),), "complaint.file_large"),
        ((NamedBytes("kosong.pdf", b""),), "complaint.file_empty"),
        (tuple(NamedBytes(f"{n}.txt", b"satu") for n in range(21)), "complaint.too_many_files"),
    ],
    ids=["huge", "large", "empty", "many"],
)
def test_evidence_beyond_the_limits_is_refused_before_anything_is_stored(
    profile: OpenProfile, files: tuple[NamedBytes, ...], code: str
) -> None:
    with pytest.raises(Declined) as told:
        profile.desk.complaints.receive(form(), files=files)
    assert told.value.code == code and profile.desk.reading.complaint_page("open").rows == ()


def test_a_case_and_its_complaints_name_each_other(profile: OpenProfile) -> None:
    desk = profile.desk
    case = desk.reading.case(receive(desk, "01"))
    related = desk.complaints.related(f" {case.number.lower()} ")
    assert related is not None and related.name == case.applicant.name
    assert desk.complaints.related("LOCK-2026-9999") is None
    open_one = desk.complaints.receive(form(case_number=case.number))
    desk.complaints.receive(form(case_number=case.number, confidential=True))
    assert desk.reading.complaint(open_one).related == case.applicant.name
    assert [mention.id for mention in desk.reading.case(case.id).complaints] == [open_one]


def test_what_the_complainant_says_of_the_resolution_stands_in_book_and_report(
    profile: OpenProfile, clock: SetClock
) -> None:
    on(clock, date(2026, 11, 23))
    number = profile.desk.complaints.receive(form())
    with pytest.raises(Declined):
        profile.desk.complaints.record_satisfaction(number, Satisfaction.SATISFIED)
    profile.desk.complaints.resolve(number, "Sudah dikirim ulang.")
    profile.desk.complaints.record_satisfaction(number, Satisfaction.DISSATISFIED)
    assert profile.desk.reading.complaint(number).satisfaction is Satisfaction.DISSATISFIED
    book = profile.desk.books.read(BookFilter(BookKind.COMPLAINTS, 2026))
    assert book.rows[0][-1] == "Tidak puas" and book.columns[-1].label == "Kepuasan"
    table = profile.desk.evaluation.report(Quarter(2026, 4)).now.breakdowns["complaint_satisfaction"]
    assert [(row.label, row.figures[0].members) for row in table.rows] == [("Tidak puas", (number,))]
    profile.desk.complaints.reopen(number, "Pengadu datang lagi.")
    assert profile.desk.reading.complaint(number).satisfaction is Satisfaction.UNKNOWN


@pytest.mark.parametrize("typed", ["ADU-2026-0001", "tri ump", "pemberitahuan", "dikirim ulang"])
def test_a_complaint_is_found_by_number_complainant_and_matter(profile: OpenProfile, typed: str) -> None:
    number = profile.desk.complaints.receive(form())
    typed = profile.desk.reading.complaint(number).number if typed.startswith("ADU") else typed
    assert [row.id for row in profile.desk.reading.search_complaints(typed)] == [number]


def test_a_correction_changes_what_a_complaint_is_found_by(profile: OpenProfile) -> None:
    number = profile.desk.complaints.receive(form())
    profile.desk.complaints.correct(number, form(confidential=True), "Pengadu minta dirahasiakan")
    reading = profile.desk.reading
    assert reading.search_complaints("umpamakan") == ()
    assert [row.name for row in reading.search_complaints("pemberitahuan")] == [""]


def test_steps_of_the_program_are_not_the_officers(profile: OpenProfile) -> None:
    number = profile.desk.complaints.receive(form())
    with pytest.raises(Declined):
        profile.desk.complaints._take(number, ComplaintStep.CLOSE_UNANSWERED, "Tidak menunggu apa pun.")
