"""Whoever asked for confidentiality is named by nothing that the program shows, finds, prints, exports or journals."""

import io
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from lockdesk.app import OpenProfile
from lockdesk.core.quarters import Quarter
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.prints.documents import available_prints
from lockdesk.desk.values.reports import BookFilter, BookFormat, BookKind
from lockdesk.desk.values.sheets import PaperSize
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.journal import entries
from tests.helpers.desk.steps import receive

NAME, NIP, ADDRESS, PHONE = "Tri Umpamakan", "198702122010012999", "Jalan Rekaan 12", "0812-0000-0077"
MAIL = "tri@contoh.pekalongankota.go.id"


class Secret:
    """A confidential complaint whose every text names the complainant, and the case that it is about."""

    def __init__(self, profile: OpenProfile) -> None:
        desk = profile.desk
        self.case = desk.reading.case(receive(desk, "01"))
        told = f"{NAME} (NIP {NIP}, {ADDRESS}, {PHONE}, {MAIL}) mengadu tentang {self.case.number} milik"
        told += f" {self.case.applicant.name}."
        self.form = form(
            name=NAME, contact=f"{MAIL}, {ADDRESS}", confidential=True, description=told, wanted=told, place=ADDRESS,
            evidence=told, case_number=self.case.number,
        )  # fmt: skip
        self.id = desk.complaints.receive(self.form, files=(NamedBytes(f"surat_{NAME}.txt", told.encode()),))
        desk.complaints.correct(self.id, replace(self.form, wanted=told + " Segera."), told)
        desk.complaints.respond(self.id, told)
        desk.complaints.escalate(self.id, told)
        desk.complaints.official_responds(self.id, told)

    @property
    def needles(self) -> tuple[str, ...]:
        return (
            "Umpamakan", NIP, "19870212 201001 2 999", "Jalan Rekaan", PHONE, "81200000077", MAIL, self.case.number,
            self.case.applicant.name,
        )  # fmt: skip

    def named_in(self, text: str) -> list[str]:
        return [needle for needle in self.needles if needle.casefold() in text.casefold()]


@pytest.fixture
def secret(profile: OpenProfile) -> Secret:
    return Secret(profile)


def test_nothing_that_is_read_names_them(profile: OpenProfile, secret: Secret) -> None:
    reading = profile.desk.reading
    shown = [reading.complaint(secret.id), reading.complaint_page("open"), reading.explain_limits(secret.id)]
    shown += [profile.casebook.complaint_rows((secret.id,))]
    assert secret.named_in(repr(shown)) == []
    assert reading.case(secret.case.id).complaints == ()


def test_they_are_found_by_the_matter_and_never_by_themselves(profile: OpenProfile, secret: Secret) -> None:
    search = profile.desk.reading.search_complaints
    assert [row.id for row in search("mengadu")] == [secret.id]
    assert [needle for needle in secret.needles if search(needle)] == []
    assert secret.named_in(repr(search("mengadu"))) == []


def test_no_print_and_no_preview_names_them(profile: OpenProfile, secret: Secret) -> None:
    documents = available_prints(profile.desk.reading.complaint(secret.id))
    assert {document.kind for document in documents} == {"complaint_receipt", "escalation"}
    for document in documents:
        for paper in document.papers:
            words = text_of(profile.desk.prints.make(document.kind, secret.id, paper).pdf)
            assert secret.named_in(words) == [] and "dirahasiakan" in words, (document.kind, paper)


def test_no_book_export_or_report_names_them(profile: OpenProfile, secret: Secret) -> None:
    chosen = BookFilter(BookKind.COMPLAINTS, 2026)
    sheet = load_workbook(io.BytesIO(profile.desk.books.export(chosen, BookFormat.XLSX))).active
    assert sheet is not None
    cells = repr([[cell.value for cell in row] for row in sheet.iter_rows()])
    whole = [cells, profile.desk.books.export(chosen, BookFormat.CSV).decode("utf-8-sig")]
    for kind, subject in (("register_book", chosen), ("quarterly_report", Quarter(2026, 4))):
        whole.append(text_of(profile.desk.prints.make(kind, subject, PaperSize.A4).pdf))
    assert [secret.named_in(text) for text in whole] == [[]] * len(whole)


def test_the_journal_never_learns_who_it_was(profile: OpenProfile, secret: Secret) -> None:
    number = profile.desk.reading.complaint(secret.id).number
    bodies = [body for body in entries(profile) if body["subject"] == number]
    assert len(bodies) == 5 and secret.named_in(json.dumps(bodies)) == []


def test_who_asks_for_it_later_is_hidden_in_what_was_recorded_before(profile: OpenProfile) -> None:
    complaints = profile.desk.complaints
    number = complaints.receive(form(name=NAME, contact=MAIL))
    complaints.correct(number, form(name=NAME, contact=PHONE), f"Nomor telepon {NAME} keliru")
    complaints.respond(number, f"Ibu {NAME} sudah ditelepon.")
    complaints.correct(number, form(name=NAME, contact=PHONE, confidential=True), "Diminta pengadu")
    shown = repr(profile.desk.reading.complaint(number))
    assert [needle for needle in ("Umpamakan", MAIL, PHONE) if needle in shown] == []


def test_who_may_see_it_does_and_the_journal_keeps_that(profile: OpenProfile, secret: Secret) -> None:
    assert profile.desk.complaints.identity(secret.id).name == NAME
    assert entries(profile)[-1]["kind"] == "complaint.identity_shown"
