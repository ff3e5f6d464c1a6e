"""Officers with their dates: nothing is overwritten, a substitute serves by a letter, nobody decides on an own case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState, Route
from lockdesk.desk.desk import Desk
from lockdesk.errors import Declined
from lockdesk.settings import Officer
from lockdesk.ui.office.officers import OfficersCard, OfficerSheet
from lockdesk.ui.widgets.past_sheet import PastSheet
from tests.helpers.desk.office import SUBSTITUTE, SetClock
from tests.helpers.desk.steps import receive, revoke, verified
from tests.helpers.window.real_window import rest, settings_page

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def monday(clock: SetClock) -> SetClock:
    clock.at = MONDAY
    return clock


def appoint(profile: OpenProfile, *officers: Officer) -> None:
    setup, settings = profile.desk.setup, profile.desk.settings()
    setup.save(replace(settings, officers=officers))


def become_applicant(profile: OpenProfile, case_id: int, by: str) -> None:
    """The officer turns out to be who applied."""
    applicant, (officer, *others) = profile.desk.reading.case(case_id).applicant, profile.desk.settings().officers
    known = replace(officer, **{by: getattr(applicant, by)})
    appoint(profile, known, *others)


STEPS: dict[str, Callable[[Desk, int], None]] = {
    "accept": lambda desk, case: desk.review.accept(case),
    "reject": lambda desk, case: desk.review.reject(case, ("Surat belum ditandatangani",)),
    "resolve": lambda desk, case: desk.review.resolve_otherwise(case, Route.SELF_SERVICE_RESET, "Sudah dipandu"),
    "decide": lambda desk, case: desk.review.decide(case, "mail.age", "Sudah diperiksa"),
    "reopen": lambda desk, case: desk.review.reopen(case, "Surat ternyata sudah ditandatangani"),
    "revoke": lambda desk, case: desk.operations.revoke(case, "000000"),
    "reissue": lambda desk, case: desk.operations.reissue(case),
}


def brought_to(desk: Desk, step: str) -> int:
    if step not in ("revoke", "reissue"):
        case_id = receive(desk, "01")
        desk.review.start(case_id)
        if step == "reopen":
            STEPS["reject"](desk, case_id)
        return case_id
    case_id = verified(desk)
    if step == "reissue":
        revoke(desk, case_id)
    return case_id


@pytest.mark.parametrize("by", ["nip", "email"])
@pytest.mark.parametrize("step", STEPS)
def test_nobody_decides_on_a_request_of_their_own(profile: OpenProfile, monday: SetClock, step: str, by: str) -> None:
    desk = profile.desk
    case_id = brought_to(desk, step)
    become_applicant(profile, case_id, by)
    state = desk.reading.case(case_id).state
    with pytest.raises(Declined) as told:
        STEPS[step](desk, case_id)
    assert told.value.code == "case.own_request" and "surat tugas" in told.value.remedy
    assert desk.reading.case(case_id).state is state


def test_a_substitute_on_duty_decides_and_is_named(profile: OpenProfile, monday: SetClock) -> None:
    desk = profile.desk
    case_id = brought_to(desk, "reject")
    become_applicant(profile, case_id, "nip")
    appoint(profile, *desk.settings().officers, SUBSTITUTE)
    assert desk.office.officer() == SUBSTITUTE
    desk.review.reject(case_id, ("Surat belum ditandatangani",))
    assert desk.reading.case(case_id).state is CaseState.REJECTED
    monday.at = datetime(2026, 11, 25, 2, tzinfo=UTC)
    assert desk.office.actor() == "Contoh Petugas", "the letter's days are over"


def test_a_request_may_be_withdrawn_by_who_made_it(profile: OpenProfile, monday: SetClock) -> None:
    case_id = receive(profile.desk, "01")
    become_applicant(profile, case_id, "nip")
    profile.desk.review.withdraw(case_id, "Tidak diperlukan lagi")
    assert profile.desk.reading.case(case_id).state is CaseState.WITHDRAWN


def test_a_letter_without_its_date_is_refused(profile: OpenProfile, monday: SetClock) -> None:
    with pytest.raises(Declined, match="Surat tugas Pengganti Rekaan belum lengkap"):
        appoint(profile, *profile.desk.settings().officers, replace(SUBSTITUTE, letter_date=None))


def test_a_correction_keeps_what_was_there(profile: OpenProfile, monday: SetClock) -> None:
    (officer,) = profile.desk.settings().officers
    appoint(profile, replace(officer, since=date(2026, 2, 1)))
    appoint(profile, replace(officer, since=date(2026, 3, 1)))
    past = profile.desk.setup.officers_past()
    assert [version.officers[0].since.month for version in past] == [3, 2, 1]
    assert past[0].actor == officer.name and past[0].recorded_at == MONDAY


def press(card: OfficersCard, name: str) -> None:
    next(b for b in card.findChildren(QAbstractButton) if name in {b.text(), b.accessibleName()}).click()


def test_officers_are_corrected_and_added_in_the_window(qtbot: QtBot, profile: OpenProfile, monday: SetClock) -> None:
    with settings_page(qtbot, profile.desk) as window:
        press(window.findChildren(OfficersCard)[-1], "Tambah pengganti…")
        sheet = window.findChildren(OfficerSheet)[-1]
        sheet.name.setText("Pengganti Rekaan")
        sheet.since.set_day(date(2026, 11, 24))
        sheet.until.set_day(date(2026, 11, 23))
        sheet.verb.click()
        told = "\n".join(item.text() for item in sheet.findChildren(QLabel))
        assert "Masa tugas berakhir sebelum dimulai." in told and "Isi nomor surat tugas." in told
        sheet.until.set_day(date(2026, 11, 25))
        sheet.number.setText("800/12/XI/2026")
        sheet.verb.click()
        rest(qtbot, window)
        first, second = profile.desk.settings().officers
        assert first.until is None, "a substitute ends nobody's service"
        assert second.letter_number == "800/12/XI/2026" and second.until == date(2026, 11, 25)
        press(window.findChildren(OfficersCard)[-1], "Koreksi Pengganti Rekaan")
        sheet = window.findChildren(OfficerSheet)[-1]
        sheet.until.set_day(date(2026, 11, 26))
        sheet.verb.click()
        rest(qtbot, window)
        assert profile.desk.settings().officers[1].until == date(2026, 11, 26)
        press(window.findChildren(OfficersCard)[-1], "Riwayat Petugas")
        rest(qtbot, window)
        past = window.findChildren(PastSheet)[-1]
        told = "\n".join(item.text() for item in past.findChildren(QLabel))
        assert "24 November 2026 – 25 November 2026" in told and "24 November 2026 – 26 November 2026" in told
        past.reject()


def told_in(sheet: OfficerSheet) -> str:
    return "\n".join(item.text() for item in sheet.findChildren(QLabel) if item.isVisible())


def test_the_end_of_the_only_officer_s_service_says_that_nobody_serves_then(
    qtbot: QtBot, profile: OpenProfile, monday: SetClock
) -> None:
    (officer,) = profile.desk.settings().officers
    with settings_page(qtbot, profile.desk) as window:
        press(window.findChildren(OfficersCard)[-1], f"Koreksi {officer.name}")
        sheet = window.findChildren(OfficerSheet)[-1]
        assert "tidak ada petugas" not in told_in(sheet)
        sheet.until.set_day(date(2026, 11, 27))
        sheet.ends.box.setChecked(True)
        assert "Mulai 28 November 2026 tidak ada petugas yang melayani." in told_in(sheet)
        sheet.until.set_day(date(2026, 12, 31))
        assert "Mulai 1 Januari 2027 tidak ada petugas yang melayani." in told_in(sheet)
        sheet.ends.box.setChecked(False)
        assert "tidak ada petugas" not in told_in(sheet)
        sheet.reject()
        press(window.findChildren(OfficersCard)[-1], "Tambah pengganti…")
        sheet = window.findChildren(OfficerSheet)[-1]
        sheet.until.set_day(date(2026, 12, 31))
        assert "tidak ada petugas" not in told_in(sheet), "a substitute's end leaves the officer"
        sheet.reject()
