"""One row makes a check: wherever findings are judged, shown, translated or held back, it is there."""

from dataclasses import asdict, replace
from typing import Any

import pytest

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.all import rejection_reasons, run_checks
from lockdesk.desk.checks.catalogue import checks, title_of
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.places import places_of
from lockdesk.desk.checks.spec import DOCUMENTS, CheckSpec, titles
from lockdesk.desk.checks.unread import while_reading
from lockdesk.desk.prints.history_words import value_words
from lockdesk.desk.requests.steps import is_hard_stop, needs_decision
from lockdesk.desk.values.facts import StatementFacts, StatementFields
from lockdesk.desk.values.people import RegisterEntry
from tests.helpers.desk.evidence_material import evidence, person, statement
from tests.helpers.window import people


def _letter_is_short(given: Evidence) -> Finding | None:
    verdict = Verdict.PASS if len(given.facts.statement.text) < 5000 else Verdict.FAIL
    return Finding("specimen.length", verdict, "Panjang surat diperiksa.", "Kirim surat yang lebih pendek.")


SPECIMEN = CheckSpec(
    "specimen.length", _letter_is_short, titles("Surat pendek", "Surat terlalu panjang"), "panjang surat",
    ((DOCUMENTS, ""),), hard_stop=True,
)  # fmt: skip


@pytest.fixture
def specimen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(checks(), SPECIMEN.name, SPECIMEN)


def _found(given: Evidence) -> Finding:
    return next(item for item in run_checks(given) if item.check == SPECIMEN.name)


@pytest.mark.usefixtures("specimen")
def test_a_row_is_run_judged_and_shown() -> None:
    fine, long = _found(evidence()), _found(evidence(statement=statement(text="kata " * 2000)))
    assert (fine.verdict, title_of(fine)) == (Verdict.PASS, "Surat pendek")
    assert is_hard_stop(long) and needs_decision(long) and not needs_decision(fine)
    assert rejection_reasons([long]) == ("Surat terlalu panjang. Kirim surat yang lebih pendek.",)
    assert [place.source for place in places_of(long, people.case_at(1))] == [DOCUMENTS]
    assert value_words("check", SPECIMEN.name) == "panjang surat"


@pytest.mark.usefixtures("specimen")
def test_a_row_that_says_nothing_of_further_pages_never_passes_on_half_a_letter() -> None:
    meanwhile = {item.check: item for item in while_reading(run_checks(evidence()))}
    assert meanwhile[SPECIMEN.name].verdict is Verdict.UNKNOWN


WHOLE = replace(
    statement().fields, serial="0A1B2C3D4E5F60718293A4B5", key_fingerprint="ab12 cd34", phone="081200000042"
)
MORE = (
    {"text": statement().text + " Surat ini untuk perpanjangan sertifikat."},
    {"risks": ("javascript", "private_key", "passphrase")},
    {"fields": WHOLE},
    {"fields": replace(WHOLE, letter_date="1 Januari 2020", email="lain@contoh.id")},
    {"signature_fields": 1},
    {"people": (), "unread": (2,)},
)
"""What a further page may add."""


@pytest.mark.parametrize("more", MORE)
@pytest.mark.parametrize("begun", [statement(), statement(text="", fields=StatementFields()), statement(
    fields=replace(StatementFields(), name=WHOLE.name))])  # fmt: skip
@pytest.mark.parametrize("entry", [(), (person(),), (person(name="Orang Lain", nip="198001012005012001"),)])
def test_what_is_settled_no_further_page_changes(
    begun: StatementFacts, more: dict[str, Any], entry: tuple[RegisterEntry, ...]
) -> None:
    """A check that says so and is changed all the same would pass on half of a letter."""
    added, kept = asdict(more.get("fields", WHOLE)), {key: text for key, text in asdict(begun.fields).items() if text}
    known = StatementFields(**{**added, **kept})
    part = run_checks(evidence(statement=begun, register=entry))
    whole = run_checks(evidence(statement=replace(begun, **{**more, "fields": known}), register=entry))
    after = {item.check: item.verdict for item in whole}
    settled = {item.check: item.verdict for item in part if item.verdict in checks()[item.check].settled}
    assert settled == {name: after.get(name) for name in settled}
