"""How a request stands: one sentence for every state, with its number and time, and nothing of the person."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import FINAL_STATES, CaseState, Route
from lockdesk.core.service_hours import Pause
from lockdesk.desk.requests.standing import standing
from lockdesk.desk.values.cases import CaseView
from tests.helpers.desk.office import MONDAY
from tests.helpers.desk.steps import receive


@pytest.fixture
def case(profile: OpenProfile) -> CaseView:
    return profile.desk.reading.case(receive(profile.desk, "01"))


def test_every_state_has_its_sentence_without_personal_data(profile: OpenProfile, case: CaseView) -> None:
    assert all(getattr(case.applicant, item.name) for item in fields(case.applicant))
    for state in CaseState:
        closed = MONDAY + timedelta(hours=3) if state in FINAL_STATES else None
        said = standing(replace(case, state=state, closed_at=closed), profile.desk.office.zone)
        assert said.startswith(f"Permohonan nomor {case.number}, diterima Senin, 23 November 2026 pukul 08.05 WIB, ")
        assert said.endswith("Ditutup Senin, 23 November 2026 pukul 11.05 WIB." if closed else "pukul 15.45 WIB.")
        assert not [item.name for item in fields(case.applicant) if getattr(case.applicant, item.name) in said]


def test_while_the_clock_stands_still_no_limit_is_promised(profile: OpenProfile, case: CaseView) -> None:
    pause = Pause(MONDAY + timedelta(hours=1), None, "applicant")
    waiting = replace(case, state=CaseState.AWAITING_APPLICANT, pauses=(pause,))
    said = standing(waiting, profile.desk.office.zone)
    assert said.endswith("Waktu penyelesaian berhenti sejak Senin, 23 November 2026 pukul 09.05 WIB.")
    assert "Batas" not in said


def test_who_only_had_a_certificate_revoked_is_promised_no_new_one(profile: OpenProfile, case: CaseView) -> None:
    revoked = replace(case, state=CaseState.REVOKED, route=Route.REVOKE_ONLY)
    assert "baru" not in standing(revoked, profile.desk.office.zone)
