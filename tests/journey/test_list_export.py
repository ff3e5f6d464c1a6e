"""A list as a file: every row as shown, nothing a spreadsheet would run, nobody who is confidential; journalled."""

import csv
import hashlib
import io

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.roles import Role
from lockdesk.desk.values.cases import CaseFilter
from lockdesk.desk.values.journal import JournalSearch
from lockdesk.desk.values.listing import ListChoice, ListOrder, ListView
from lockdesk.desk.values.reports import BookFormat, Subject
from tests.helpers.desk.counter import form
from tests.helpers.desk.steps import receive


def parsed(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_cases_are_exported_as_they_are_listed(profile: OpenProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = profile.desk
    for number in ("01", "02", "03"):
        receive(desk, number)
    view = ListView(ListOrder.NAME, backwards=True)
    listed = desk.reading.page(CaseFilter.ALL, None, 50, view).rows
    monkeypatch.setattr("lockdesk.desk.reports.lists._ROWS_AT_ONCE", 2)
    content = desk.lists.export(Subject.CASE, ListChoice(CaseFilter.ALL, view), BookFormat.CSV)
    rows = parsed(content)
    assert [row["Nomor"] for row in rows] == [row.number for row in listed] and len(rows) >= 3
    assert [row["Nama"] for row in rows] == [row.name for row in listed]
    case = desk.reading.case(listed[0].id)
    assert case.applicant.nik and case.applicant.nik not in content.decode()
    entry = desk.journal.page(JournalSearch(), None, 1).rows[0].line
    assert entry.kind == "list.exported" and entry.facts["rows"] == len(rows)
    assert entry.facts["sha256"] == hashlib.sha256(content).hexdigest()
    assert "list" in entry.facts and "Dinas" not in str(entry.facts)
    narrow = ListChoice(CaseFilter.ALL, ListView(origin=listed[0].agency))
    found = parsed(desk.lists.export(Subject.CASE, narrow, BookFormat.CSV))
    assert found and {row["Unit kerja"] for row in found} == {listed[0].agency}
    assert desk.lists.export(Subject.CASE, narrow, BookFormat.XLSX).startswith(b"PK")


def test_complaints_name_nobody_who_asked_for_it_and_run_nothing(profile: OpenProfile) -> None:
    desk = profile.desk
    desk.complaints.receive(form(name='=HYPERLINK("http://x")'))
    desk.complaints.receive(form(name="Rahasia Sekali", confidential=True))
    content = desk.lists.export(Subject.COMPLAINT, ListChoice("open"), BookFormat.CSV)
    told = {row["Pengadu"] for row in parsed(content)}
    assert told == {'\'=HYPERLINK("http://x")', "dirahasiakan"} and "Rahasia Sekali" not in content.decode()
    assert Role.OFFICER is desk.office.role
