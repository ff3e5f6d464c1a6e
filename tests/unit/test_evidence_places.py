"""Every check's evidence has a place, and a call's faults are told apart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lockdesk.core.confirmation import CallResult
from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.desk.checks.catalogue import checks
from lockdesk.desk.checks.places import field_places, places_of
from lockdesk.desk.requests.calls import CALL_FAULTS, CallFault, call_fault
from lockdesk.desk.values.cases import CallForm, CaseView
from lockdesk.desk.values.people import SourcedText
from tests.helpers.desk.office import office_settings
from tests.helpers.window import people

NAME = Place("statement", 1, ((0.1, 0.1, 0.3, 0.12),))


@pytest.fixture
def case() -> CaseView:
    view = people.case_at(1)
    return replace(view, facts=replace(view.facts, statement=replace(view.facts.statement, places=(("name", NAME),))))


def test_every_check_has_its_evidence_somewhere() -> None:
    assert all(spec.places for spec in checks().values())


def test_a_finding_s_own_place_comes_first_and_is_not_repeated(case: CaseView) -> None:
    own = Place("csr", anchor="subject")
    places = places_of(Finding("csr.subject", Verdict.FAIL, "", place=own), case)
    assert [(place.source, place.anchor) for place in places] == [
        ("csr", "subject"), ("statement", "name"), ("comparison", "name"),
    ]  # fmt: skip
    assert places[1].page == 1 and places[1].boxes == NAME.boxes


def test_a_field_that_the_letter_does_not_show_leaves_no_place(case: CaseView) -> None:
    places = places_of(Finding("identity.nik", Verdict.FAIL, ""), case)
    assert [place.source for place in places] == ["comparison", "csr"]
    assert [place.source for place in field_places("name", case)] == ["statement", "csr"]


def call(outgoing: bool = True, number: str = "0812-0000-0042", reached: str = "Sekar") -> CallForm:
    return CallForm(outgoing, number, reached, "", CallResult.CONFIRMED)


def test_why_a_call_confirms_nothing(case: CaseView) -> None:
    zone = office_settings().office.zone
    assert call_fault(case, call(), zone) is CallFault.NONE
    assert call_fault(case, call(outgoing=False), zone) is CallFault.INCOMING
    assert call_fault(case, call(number="0813-1111-2222"), zone) is CallFault.OTHER_NUMBER
    assert call_fault(case, call(reached="  "), zone) is CallFault.NOBODY_REACHED
    assert call_fault(replace(case, register=None), call(), zone) is CallFault.NO_NUMBER_KNOWN
    assert CALL_FAULTS.keys() == set(CallFault) - {CallFault.NONE}


@pytest.mark.parametrize(
    "phone",
    [
        SourcedText("0812-0000-0042", "BKPSDM", people.NOW.date()),
        SourcedText("0812-0000-0042", "BKPSDM", date(2026, 1, 1), people.NOW + timedelta(hours=1)),
    ],
)
def test_a_number_that_came_with_or_after_the_request_confirms_nothing(case: CaseView, phone: SourcedText) -> None:
    assert case.register is not None
    register = replace(case.register, fields={**case.register.fields, "phone": phone})
    zone = office_settings().office.zone
    late = replace(case, register=register, received_at=people.NOW)
    assert call_fault(late, call(), zone) is CallFault.TOO_NEW
