"""The rules of the floor below everything, where they end."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from lockdesk.core.complaints import ComplaintState, ComplaintStep, complaint_steps_from
from lockdesk.core.confirmation import Basis, BasisPart
from lockdesk.core.identity import normal_phone
from lockdesk.core.journal import GENESIS, ChainReport, Entry, JournalHead, chain, short_head, walk_chain
from lockdesk.core.letter_dates import parse_letter_date
from lockdesk.core.numbering import case_numbers_in, printed_number
from lockdesk.core.operations import OperationEvent, OperationState, after
from lockdesk.core.profile import GatewayKind, Mode, ProfileIdentity
from lockdesk.core.service_hours import Calendar
from lockdesk.errors import Declined

ZONE = ZoneInfo("Asia/Jakarta")
WEEKLY = {day: ((time(8), time(12)), (time(13), time(15))) for day in range(5)}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def test_a_resolved_complaint_can_only_be_opened_again() -> None:
    assert complaint_steps_from(ComplaintState.RESOLVED) == {ComplaintStep.REOPEN}


def test_what_changed_since_a_call_is_told_part_by_part() -> None:
    before = Basis("key", "serials", "person", "", "contact")
    assert before.changed_since(None) == tuple(BasisPart)
    assert before.changed_since(before) == ()
    assert Basis("other", "serials", "person", "", "contact").changed_since(before) == (BasisPart.KEY,)
    assert Basis("key", "serials", "person", "Budi", "elsewhere").changed_since(before) == (
        BasisPart.PERSON, BasisPart.CONTACT,
    )  # fmt: skip
    named = Basis("key", "serials", "person", "Budi", "contact")
    assert before.changed_since(named) == (), "a name that is put right is no other person"


@pytest.mark.parametrize("text", ["", "abc", "12", "0812", "+62 8"])
def test_what_cannot_be_called_is_no_telephone_number(text: str) -> None:
    assert normal_phone(text) == ""


def test_an_entry_whose_bytes_are_no_entry_breaks_the_chain() -> None:
    entry = Entry(1, 0, "x", "k", "s", b"not json", chain(GENESIS, b"not json"))
    report = walk_chain([entry], ChainReport(0, GENESIS))
    assert not report.whole and report.broken_at == 1
    assert short_head("0123456789abcdef99") == JournalHead(1, bytes.fromhex("0123456789abcdef99")).short


def test_a_hundred_is_a_number_in_words_too() -> None:
    assert parse_letter_date("satu Januari seribu sembilan ratus sembilan puluh") == date(1990, 1, 1)
    assert parse_letter_date("sepuluh Mei dua ribu sebelas") == date(2011, 5, 10)
    assert parse_letter_date("dua Mei dua ribu nol lima") == date(2005, 5, 2)


@pytest.mark.parametrize("text", ["LOCK", "LOCK-2026", "LOCK-x-0001"])
def test_a_text_that_is_no_number_has_no_paper_form(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        printed_number(text, date(2026, 11, 2))


def test_an_operation_that_ended_takes_no_further_step() -> None:
    with pytest.raises(Declined) as refused:
        after(OperationState.PROVED, OperationEvent.ANSWERED_DONE)
    assert refused.value.code == "operation.step_not_allowed"


@pytest.mark.parametrize(
    "facts",
    [
        None, [], {}, {"profile": "a", "mode": "work"}, {"profile": "a", "mode": "no", "gateway": "training"},
        {"profile": "a", "mode": Mode.PRACTICE.value, "gateway": GatewayKind.AUTHORITY.value},
    ],
)  # fmt: skip
def test_facts_that_no_profile_made_are_refused(facts: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        ProfileIdentity.from_facts(facts)


def test_a_calendar_that_never_opens_says_so_instead_of_searching_for_ever() -> None:
    shut = Calendar(ZONE, {}, {})
    for ask in (
        lambda: shut.next_open(at(2, 9)),
        lambda: shut.add_minutes(at(2, 9), 1),
        lambda: shut.working_day_after(date(2026, 11, 2)),
    ):
        with pytest.raises(ValueError, match="no open day"):
            ask()


def test_time_is_counted_across_breaks_nights_and_the_end_of_a_span() -> None:
    calendar = Calendar(ZONE, WEEKLY, {date(2026, 11, 4): "libur"})
    assert calendar.add_minutes(at(2, 11), 120) == at(2, 14)
    assert calendar.add_minutes(at(3, 14), 120) == at(5, 9)
    assert calendar.working_day_after(date(2026, 11, 3)) == date(2026, 11, 5)
    assert calendar.working_day_after(date(2026, 11, 5), 2) == date(2026, 11, 9)
    assert calendar.minutes_between(at(2, 9), at(2, 9)) == 0
    parts = calendar.explain(at(2, 11), at(2, 12, 30))
    assert [part.minutes for part in parts if part.reason == "open"] == [60]
    assert parts[-1].end == at(2, 12, 30), "what was skipped at the end is told as well"
    assert sum((part.end - part.start for part in parts), timedelta()) == timedelta(minutes=90)


def test_numbers_are_known_as_they_stand_on_glass_and_on_paper() -> None:
    text = "Re: [LOCK-2026-0042] dan 0007/LATIH-LOCK/XI/2026, bukan ADU-2026-0003 atau 0042/SK/XI/2026"
    assert case_numbers_in(text) == ("LOCK-2026-0042", "LATIH-LOCK-2026-0007")


def test_a_lost_answer_is_asked_after_until_it_is_proved() -> None:
    state = OperationState.INTENDED
    for event in (OperationEvent.ANSWER_LOST, OperationEvent.FOUND_DONE, OperationEvent.PROOF):
        state = after(state, event)
    assert state is OperationState.PROVED


def test_time_in_which_the_desk_never_opens_is_told_as_skipped() -> None:
    parts = Calendar(ZONE, {}, {}).explain(at(2, 9), at(4, 9))
    assert {part.minutes for part in parts} == {0} and (parts[0].start, parts[-1].end) == (at(2, 9), at(4, 9))
