"""Whoever asked for confidentiality is named by nothing that the program shows, finds, prints, exports or journals."""

import io
import json

import pytest
from openpyxl import load_workbook

from lockdesk.app import OpenProfile
from lockdesk.core.quarters import Quarter
from lockdesk.desk.prints.documents import available_prints
from lockdesk.desk.values.reports import BookFilter, BookFormat, BookKind
from lockdesk.desk.values.sheets import PaperSize
from tests.helpers.desk.confidential import MAIL, NAME, PHONE, Secret
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.journal import entries


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
