"""What the office changes about its rules holds from a day on: a case is judged by what held when it was received."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.complaints import Channel, ComplaintClass, ComplaintKind
from lockdesk.core.operations import RevocationReason
from lockdesk.dated_rules import EVER, Rule
from lockdesk.desk.operations.readiness import reason_for
from lockdesk.desk.values.complaints import ComplaintForm
from lockdesk.errors import Declined
from lockdesk.office_file import (
    AgesTable,
    DeadlineTable,
    HoursTable,
    LimitsTable,
    ReasonsTable,
    SpecialHoursTable,
)
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.steps import receive

SHORT = (("08:00", "12:00"),)
WORKDAYS = HoursTable(*([SHORT] * 5))
A_DAY = dict.fromkeys(("senin", "selasa", "rabu", "kamis"), (("08:00", "14:00"),))


def wib(text: str) -> datetime:
    """A moment in the office (UTC+7)."""
    return datetime.strptime(text + " +0700", "%Y-%m-%d %H:%M %z").astimezone(UTC)


@pytest.fixture
def monday(clock: SetClock) -> SetClock:
    clock.at = wib("2026-11-23 09:00")
    return clock


def test_new_hours_move_open_cases_and_no_day_before_them(profile: OpenProfile, monday: SetClock) -> None:
    case_id = receive(profile.desk, "01")
    assert profile.desk.reading.case(case_id).due_at == wib("2026-11-24 15:45")
    profile.desk.rules.save(Rule.HOURS, date(2026, 11, 24), WORKDAYS)
    assert profile.desk.reading.case(case_id).due_at == wib("2026-11-24 12:00")
    assert profile.desk.office.calendar.closing(date(2026, 11, 23)) == wib("2026-11-23 15:45")
    profile.desk.rules.save(Rule.HOURS, date(2026, 11, 25), WORKDAYS)
    assert profile.desk.reading.case(case_id).due_at == wib("2026-11-24 12:00")


def test_the_rule_that_held_at_reception_judges_the_case(profile: OpenProfile, monday: SetClock) -> None:
    before = receive(profile.desk, "01")
    profile.desk.rules.save(Rule.DEADLINE, date(2026, 11, 24), DeadlineTable("C", "10:00"))
    monday.at = wib("2026-11-24 09:00")
    after = receive(profile.desk, "02")
    assert profile.desk.reading.case(before).due_at == wib("2026-11-24 15:45"), "rule A"
    assert profile.desk.reading.case(after).due_at == wib("2026-11-24 15:45"), "rule C: the same day"
    office = profile.desk.office
    profile.desk.rules.save(Rule.AGES, date(2026, 11, 24), AgesTable(30, 3))
    assert office.at(wib("2026-11-23 16:00")).statement_max_age_days == 14
    assert office.at(wib("2026-11-24 00:00")).statement_max_age_days == 30


def test_dated_hours_hold_between_their_days(profile: OpenProfile, monday: SetClock) -> None:
    ramadan = SpecialHoursTable(**A_DAY, dari="2027-02-08", sampai="2027-03-09", sebab="Ramadan")
    profile.desk.rules.save(Rule.SPECIAL_HOURS, date(2026, 11, 23), (ramadan,))
    calendar = profile.desk.office.calendar
    assert calendar.closing(date(2027, 2, 10)) == wib("2027-02-10 14:00")
    assert calendar.closing(date(2027, 2, 12)) is None, "Friday has no hours then"
    assert calendar.closing(date(2027, 3, 10)) is None, "Idulfitri"
    assert calendar.closing(date(2027, 3, 17)) == wib("2027-03-17 15:45")


def test_every_version_stays_and_a_correction_adds_one(profile: OpenProfile, monday: SetClock) -> None:
    rules = profile.desk.rules
    rules.save(Rule.LIMITS, date(2026, 12, 1), LimitsTable(3, 10, 40))
    rules.save(Rule.LIMITS, date(2026, 12, 1), LimitsTable(4, 10, 40))
    found = rules.versions(Rule.LIMITS)
    assert [(version.since, version.value.informasi) for version in found] == [
        (date(2026, 12, 1), 4),
        (date(2026, 12, 1), 3),
        (EVER, 5),
    ]
    assert found[0].actor == office_settings().officers[0].name
    assert rules.on(Rule.LIMITS, date(2026, 11, 30)) == LimitsTable()
    assert profile.casebook.verify_journal().whole


def test_a_complaint_has_the_limit_of_the_day_it_was_received(profile: OpenProfile, monday: SetClock) -> None:
    def complain() -> date:
        form = ComplaintForm(
            channel=Channel.COUNTER, kind=ComplaintKind.INFORMATION, complaint_class=ComplaintClass.INFORMATION,
            name="Sari Rekaan", contact="", confidential=False,
            description="Bertanya cara mengajukan permohonan", wanted="",
        )  # fmt: skip
        return profile.desk.reading.complaint(profile.desk.complaints.receive(form)).due_on

    assert complain() == date(2026, 11, 30)
    profile.desk.rules.save(Rule.LIMITS, date(2026, 11, 24), LimitsTable(informasi=2))
    assert complain() == date(2026, 11, 30)
    monday.at = wib("2026-11-24 09:00")
    assert complain() == date(2026, 11, 26)


def test_the_office_says_for_what_a_certificate_is_revoked(profile: OpenProfile, monday: SetClock) -> None:
    case = profile.desk.reading.case(receive(profile.desk, "01"))
    profile.desk.rules.save(Rule.REASONS, date(2026, 11, 24), ReasonsTable("unspecified"))
    office = profile.desk.office
    assert reason_for(case, office.at(case.received_at).reasons) is RevocationReason.SUPERSEDED
    assert reason_for(case, office.on(date(2026, 11, 24)).reasons) is RevocationReason.UNSPECIFIED


RAMADAN = SpecialHoursTable(**A_DAY, dari="2027-02-08", sampai="2027-03-09", sebab="Ramadan")
FASTING = SpecialHoursTable(**A_DAY, dari="2027-03-09", sampai="2027-03-20", sebab="Syawal")
IMPOSSIBLE = [
    (Rule.HOURS, HoursTable(), "tidak ada jam buka"),
    (Rule.HOURS, HoursTable(senin=(("12:00", "08:00"),)), "jam pada hari senin terbalik"),
    (Rule.HOURS, HoursTable(senin=(("08:00", "12:00"), ("11:00", "15:00"))), "senin terbalik atau bertumpuk"),
    (Rule.SPECIAL_HOURS, (SpecialHoursTable(dari="2027-03-09", sampai="2027-02-08", sebab="x"),), "mendahului"),
    (Rule.SPECIAL_HOURS, (RAMADAN, FASTING), "jam khusus Ramadan dan Syawal bertumpuk"),
    (Rule.DEADLINE, DeadlineTable("D", "10:00"), "A, B, atau C"),
    (Rule.LIMITS, LimitsTable(0, 14, 60), "terlalu kecil"),
    (Rule.REASONS, ReasonsTable("keyCompromise"), "tidak dikenal"),
]


@pytest.mark.parametrize(("rule", "value", "words"), IMPOSSIBLE)
def test_what_is_impossible_is_refused_in_words(
    profile: OpenProfile, monday: SetClock, rule: Rule, value: object, words: str
) -> None:
    with pytest.raises(Declined, match=words):
        profile.desk.rules.save(rule, date(2026, 11, 24), value)
    assert len(profile.desk.rules.versions(rule)) == 1


def test_what_is_dated_in_an_edited_text_holds_from_that_day(profile: OpenProfile, monday: SetClock) -> None:
    """Else last year's hours would be rewritten with this year's."""
    text = profile.desk.setup.office_text()
    profile.desk.setup.save_office(text.replace('jumat = [["08:00", "11:00"]]', 'jumat = [["08:00", "10:00"]]'))
    calendar = profile.desk.office.calendar
    assert calendar.closing(date(2026, 11, 20)) == wib("2026-11-20 11:00")
    assert calendar.closing(date(2026, 11, 27)) == wib("2026-11-27 10:00")


def test_what_was_recorded_is_there_when_the_profile_is_opened_again(tmp_path: Path, monday: SetClock) -> None:
    start = ProfileStart(tmp_path / "profil", practice=True, settings=office_settings())
    with OpenProfile(start, monday) as profile:
        profile.desk.rules.save(Rule.LIMITS, date(2026, 11, 24), LimitsTable(3, 10, 40))
    with OpenProfile(ProfileStart(tmp_path / "profil", practice=True), monday) as profile:
        assert profile.desk.rules.on(Rule.LIMITS, date(2026, 11, 24)) == LimitsTable(3, 10, 40)


def test_a_case_keeps_the_checklist_that_it_was_received_under(profile: OpenProfile, monday: SetClock) -> None:
    before = receive(profile.desk, "01")
    items = profile.desk.rules.on(Rule.CHECKLIST, date(2026, 11, 23))
    changed = (replace(items[0], id="stempel", isi="Surat dibubuhi stempel"), *items[1:])
    profile.desk.rules.save(Rule.CHECKLIST, date(2026, 11, 24), changed)
    monday.at = wib("2026-11-24 09:00")
    after = receive(profile.desk, "02")
    assert profile.desk.reading.case(before).asked[0].identifier == "statement"
    assert profile.desk.reading.case(after).asked[0].words == "Surat dibubuhi stempel"
    for case_id in (before, after):
        profile.desk.review.start(case_id)
    profile.desk.review.tick(before, "statement", True)
    profile.desk.review.tick(after, "stempel", True)
    with pytest.raises(Declined, match="tidak ada dalam daftar periksa"):
        profile.desk.review.tick(after, "statement", True)
