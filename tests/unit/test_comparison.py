"""The identity side by side: every source's words in a row, and a difference only where the register knows better."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.findings import Verdict
from lockdesk.desk.checks.comparison import compare_identity
from lockdesk.desk.values.cases import CaseView, ComparisonRow
from lockdesk.desk.values.people import RegisterEntry, SourcedText
from tests.helpers.desk.steps import receive


@pytest.fixture
def case(profile: OpenProfile) -> CaseView:
    return profile.desk.reading.case(receive(profile.desk, "01"))


def compared(case: CaseView) -> Mapping[str, ComparisonRow]:
    return {row.field: row for row in compare_identity(case)}


def known(case: CaseView, *serials: str, **fields: str) -> CaseView:
    sourced = {name: SourcedText(text, "SIMPEG", date(2026, 11, 1)) for name, text in fields.items()}
    return replace(case, register=RegisterEntry(1, sourced, serials))


def in_csr(case: CaseView, number: str) -> CaseView:
    facts = case.facts.csr.facts
    assert facts is not None
    subject = replace(facts.subject, serial_number=number)
    csr = replace(case.facts.csr, facts=replace(facts, subject=subject))
    return replace(case, facts=replace(case.facts, csr=csr))


def test_without_a_register_nothing_is_called_the_same_or_different(case: CaseView) -> None:
    rows = compared(replace(case, register=None))
    assert {row.verdict for row in rows.values()} == {Verdict.UNKNOWN}
    assert not [row for row in rows.values() if row.differing or row.register]
    assert rows["name"].statement == case.facts.statement.fields.name


def test_what_the_letter_says_otherwise_than_the_register_is_marked(case: CaseView) -> None:
    written = case.facts.statement.fields
    rows = compared(known(case, name=written.name, nip="199001012015011009"))
    assert rows["name"].verdict is Verdict.PASS and "statement" not in rows["name"].differing
    assert rows["nip"].verdict is Verdict.WARN and "statement" in rows["nip"].differing


def test_an_identity_number_is_never_shown_whole(case: CaseView) -> None:
    nik = case.facts.statement.fields.nik
    row = compared(known(case, nik=nik))["nik"]
    assert nik not in (row.statement, row.register, row.csr) and row.statement == row.register
    assert row.statement.endswith(nik[-4:])


def test_one_of_several_known_certificates_is_enough(case: CaseView) -> None:
    written = case.facts.statement.fields.serial
    other = "0A0B0C0D0E0F"
    assert compared(known(case, other, written))["serial"].verdict is Verdict.PASS
    row = compared(known(case, other))["serial"]
    assert row.verdict is Verdict.WARN and row.register == other


@pytest.mark.parametrize(("number", "field"), [("199001012015011009", "nip"), ("3375990101900002", "nik")])
def test_the_number_in_a_csr_stands_where_its_length_belongs(case: CaseView, number: str, field: str) -> None:
    rows = compared(in_csr(case, number))
    assert rows[field].csr
    assert not [name for name in ("nip", "nik") if name != field and name in rows and rows[name].csr]


def test_without_mail_and_csr_their_columns_are_empty(case: CaseView) -> None:
    bare = replace(case.facts, mail=None, csr=replace(case.facts.csr, facts=None))
    rows = compared(replace(case, facts=bare))
    assert rows and not [row for row in rows.values() if row.mail or row.csr]
    assert compared(case)["email"].mail
