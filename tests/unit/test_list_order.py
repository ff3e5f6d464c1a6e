"""The lists in every order and narrowed: each row once, page by page, in the database itself."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState, CaseStep
from lockdesk.core.complaints import Channel
from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.values.cases import CaseFilter, CaseRow
from lockdesk.desk.values.listing import (
    EVER,
    ORDERS,
    PLAIN,
    Key,
    ListChoice,
    ListOrder,
    ListView,
    choice_of,
    choice_text,
)
from lockdesk.store import case_list
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.tables import database
from lockdesk.vault import create_vault
from tests.helpers.desk.counter import form
from tests.helpers.desk.office import MONDAY, SetClock
from tests.helpers.desk.stored_cases import PERSON, new_case

AGENCIES = ("Dinas Kesehatan", "dinas Arsip", "RSUD Contoh", "")
START = ListChoice("all")


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlCasebook]:
    """Read by every test, changed by none."""
    folder = tmp_path_factory.mktemp("profile")
    vault = create_vault(folder, "pelatihan")
    opened = SqlCasebook(folder / "casebook.db", vault, vault.keys.database)
    for n in range(23):
        person = replace(PERSON, name=f"{'aB'[n % 2]} Contoh {n % 5}", agency=AGENCIES[n % 4])
        case_id = new_case(opened, person, received_at=MONDAY - timedelta(days=(7 * n) % 10, minutes=n))
        writes = (c.SetDeadline(MONDAY, MONDAY + timedelta(hours=(5 * n) % 9)),) if n % 3 else ()
        if writes:
            opened.commit(c.Change(MONDAY, "P", JournalNote("x"), writes, case_id))
        if n % 4 == 0:
            taken = c.Change(
                MONDAY, "P", JournalNote("x"), case_id=case_id, step=CaseStep.START_REVIEW, expected=CaseState.RECEIVED
            )
            opened.commit(taken)
    yield opened
    opened.close()


def whole(book: SqlCasebook, view: ListView, rows: int = 4) -> list[CaseRow]:
    """Every row, read in short pages."""
    found: list[CaseRow] = []
    key: Key | None = None
    while True:
        page = book.page(CaseFilter.ALL, key, rows, None, view)
        found += page.rows
        key = page.next_key
        if key is None:
            return found


VALUE_OF = {
    ListOrder.DUE: lambda row: row.due_at or datetime.max.replace(tzinfo=UTC),
    ListOrder.RECEIVED: lambda row: row.received_at,
    ListOrder.NAME: lambda row: row.name.lower(),
    ListOrder.ORIGIN: lambda row: row.agency.lower(),
    ListOrder.STATE: lambda row: list(CaseState).index(row.state),
}


@pytest.mark.parametrize(("order", "backwards"), [pair for pair in ORDERS if pair[0] in VALUE_OF])
def test_every_order_gives_each_case_once(casebook: SqlCasebook, order: ListOrder, backwards: bool) -> None:
    found = whole(casebook, ListView(order, backwards))
    values = [VALUE_OF[order](row) for row in found]
    assert len({row.id for row in found}) == len(found) == 23
    assert values == sorted(values, reverse=backwards)
    ids = [row.id for row in found]
    assert ids == [row.id for row in whole(casebook, ListView(order, backwards), 100)]


@pytest.mark.parametrize(("order", "backwards"), list(ORDERS))
def test_no_order_sorts_all_cases_for_a_page(casebook: SqlCasebook, order: ListOrder, backwards: bool) -> None:
    """Not for a later one either: that reads from its key on."""
    view = ListView(order, backwards)
    first = casebook.page(CaseFilter.ALL, None, 4, None, view)
    for key in (None, first.next_key):
        for plan in plans(casebook, lambda key=key: case_list.page(CaseFilter.ALL, key, 4, None, view)):  # type: ignore[misc]
            assert " USING INDEX " in plan and "TEMP B-TREE" not in plan
            assert key is None or plan.startswith("SEARCH")


def plans(book: SqlCasebook, read: Callable[[], object]) -> list[str]:
    """How SQLite goes about the statements that `read` runs."""
    asked = list[tuple[str, object]]()

    def run() -> list[str]:
        execute = database.execute_sql

        def noted(sql: str, params: object = None) -> object:
            asked.append((sql, params))
            return execute(sql, params)

        database.execute_sql = noted
        try:
            read()
        finally:
            del database.execute_sql
        rows = (execute(f"EXPLAIN QUERY PLAN {sql}", params).fetchall() for sql, params in asked)
        return ["; ".join(row[3] for row in found) for found in rows]

    return book._reader.run(run)


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("kesehatan", {"Dinas Kesehatan"}),
        ("DINAS", {"Dinas Kesehatan", "dinas Arsip"}),
        ("dinas ars", {"dinas Arsip"}),
        ("dinas ip", {"dinas Arsip"}),
        ("rs", {"RSUD Contoh", "dinas Arsip"}),
        ("tidak ada", set()),
        ('") OR name:x', set()),
    ],
)
def test_an_agency_is_found_by_any_part_of_its_name(casebook: SqlCasebook, text: str, agencies: set[str]) -> None:
    found = whole(casebook, ListView(ListOrder.NAME, origin=text))
    assert {row.agency for row in found} == agencies
    assert len(found) == sum(agency in agencies for n in range(23) for agency in (AGENCIES[n % 4],))


@pytest.mark.parametrize("few", [2_000, 0], ids=["few", "many"])
@pytest.mark.parametrize("text", ["dinas", "nas ars", "kesehatan dinas", "sakit", "50%", "d_nas"])
@pytest.mark.parametrize("order", [ListOrder.NAME, ListOrder.ORIGIN])
def test_many_are_found_as_few_are(
    casebook: SqlCasebook, monkeypatch: pytest.MonkeyPatch, text: str, few: int, order: ListOrder
) -> None:
    monkeypatch.setattr(case_list, "_FEW", few)
    words = text.split()
    expected = {row.id for row in whole(casebook, PLAIN) if all(word in row.agency.lower() for word in words)}
    found = whole(casebook, ListView(order, origin=text))
    assert {row.id for row in found} == expected and len(found) == len(expected)
    assert [VALUE_OF[order](row) for row in found] == sorted(VALUE_OF[order](row) for row in found)


@pytest.mark.parametrize("backwards", [False, True])
def test_among_agencies_in_their_order_only_those_that_are_meant_are_read(
    casebook: SqlCasebook, monkeypatch: pytest.MonkeyPatch, backwards: bool
) -> None:
    monkeypatch.setattr(case_list, "_FEW", 0)
    view = ListView(ListOrder.ORIGIN, backwards, "contoh")
    first = casebook.page(CaseFilter.ALL, None, 4, None, view)
    for key in (None, first.next_key):
        *_names, page = plans(casebook, lambda key=key: case_list.page(CaseFilter.ALL, key, 4, None, view))  # type: ignore[misc]
        assert page.startswith("SEARCH") and "agency" in page and "TEMP B-TREE" not in page


@pytest.mark.parametrize("few", [2_000, 0], ids=["few", "many"])
@pytest.mark.parametrize("order", [ListOrder.URGENCY, ListOrder.NAME, ListOrder.STATE])
@pytest.mark.parametrize("state", [CaseState.UNDER_REVIEW, CaseState.RECEIVED, CaseState.COMPLETED])
def test_only_what_is_in_a_state(
    casebook: SqlCasebook, monkeypatch: pytest.MonkeyPatch, state: CaseState, order: ListOrder, few: int
) -> None:
    monkeypatch.setattr(case_list, "_FEW", few)
    found = whole(casebook, ListView(order, state=str(state)))
    assert found == [row for row in whole(casebook, ListView(order)) if row.state is state]


def test_a_state_of_another_version_is_nobody_s(casebook: SqlCasebook) -> None:
    assert whole(casebook, ListView(state="unheard_of")) == []


def test_only_what_was_received_in_time(casebook: SqlCasebook) -> None:
    span = (MONDAY - timedelta(days=4), MONDAY - timedelta(days=1))
    found = casebook.page(CaseFilter.ALL, None, 50, None, PLAIN, span).rows
    everything = whole(casebook, PLAIN)
    assert found and found == tuple(row for row in everything if span[0] <= row.received_at < span[1])
    assert casebook.page(CaseFilter.ALL, None, 50, None, PLAIN, EVER).rows == tuple(everything)


def test_days_are_the_office_s(profile: OpenProfile, clock: SetClock) -> None:
    """A complaint after midnight in Pekalongan is the next day's, though it is not midnight in Greenwich."""
    clock.at = datetime(2026, 11, 24, 16, 59, tzinfo=UTC)  # 23.59
    profile.desk.complaints.receive(form(channel=Channel.WEBSITE))
    clock.forward(minutes=2)
    profile.desk.complaints.receive(form(channel=Channel.EMAIL))
    day = clock.now().astimezone(profile.desk.office.zone).date()
    read = profile.desk.reading.complaint_page
    assert [row.channel for row in read("open", view=ListView(first=day)).rows] == [Channel.EMAIL]
    assert [row.channel for row in read("open", view=ListView(last=day - timedelta(days=1))).rows] == [Channel.WEBSITE]
    assert [row.channel for row in read("open", view=ListView(origin="email")).rows] == [Channel.EMAIL]
    assert len(read("open", view=ListView(state="received")).rows) == 2
    assert read("open", view=ListView(state="escalated")).rows == ()
    backwards = ListView(ListOrder.RECEIVED, backwards=True)
    assert [row.channel for row in read("open", view=backwards).rows] == [Channel.EMAIL, Channel.WEBSITE]


def test_what_is_kept_of_a_list_is_read_again_or_forgotten() -> None:
    chosen = ListChoice("late", ListView(ListOrder.ORIGIN, True, "Dinas", MONDAY.date(), None, "completed"))
    assert choice_of(choice_text(chosen), {"late"}, START) == chosen
    assert choice_of(choice_text(chosen), {"all"}, START) == START
    for text in ("", "{}", "[1]", choice_text(chosen).replace("origin", "x"), '{"within": "late"}'):
        assert choice_of(text, {"late"}, START) == START


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("order", [ListOrder.URGENCY, ListOrder.STATE])
def test_one_state_in_its_order_is_read_from_its_place(
    casebook: SqlCasebook, monkeypatch: pytest.MonkeyPatch, order: ListOrder, backwards: bool
) -> None:
    monkeypatch.setattr(case_list, "_FEW", 0)
    view = ListView(order, backwards, state=str(CaseState.UNDER_REVIEW))
    first = casebook.page(CaseFilter.ALL, None, 4, None, view)
    for key in (None, first.next_key):
        for plan in plans(casebook, lambda key=key: case_list.page(CaseFilter.ALL, key, 4, None, view)):  # type: ignore[misc]
            assert plan.startswith("SEARCH") and "state" in plan and "TEMP B-TREE" not in plan


@pytest.mark.parametrize("order", [ListOrder.NAME, ListOrder.ORIGIN, ListOrder.RECEIVED, ListOrder.DUE])
def test_many_of_one_state_are_not_sorted_for_another_order(
    casebook: SqlCasebook, monkeypatch: pytest.MonkeyPatch, order: ListOrder
) -> None:
    monkeypatch.setattr(case_list, "_FEW", 0)
    view = ListView(order, state=str(CaseState.UNDER_REVIEW))
    *_counted, page = plans(casebook, lambda: case_list.page(CaseFilter.ALL, None, 4, None, view))
    assert " USING INDEX " in page and "TEMP B-TREE" not in page
