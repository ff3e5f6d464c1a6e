"""A case that is written straight into a casebook."""

from dataclasses import replace
from datetime import date

from lockdesk.core.cases import CaseState, CaseStep
from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.values.cases import IntakeChannel
from lockdesk.desk.values.facts import RequestFacts, StatementFacts, StatementProblem
from lockdesk.desk.values.people import Applicant
from lockdesk.pki.values import CsrProblem, CsrReading
from lockdesk.store.casebook import SqlCasebook
from tests.helpers.desk.office import MONDAY

FACTS = RequestFacts(None, StatementFacts(StatementProblem.MISSING), CsrReading(CsrProblem.MISSING))
PERSON = Applicant(name="Sekar Contohwati", nip="199002152019032999", nik="3375995502909901")


def new_case(casebook: SqlCasebook, applicant: Applicant = PERSON, **options: object) -> int:
    write = c.NewCase(IntakeChannel.EMAIL, "training", applicant, MONDAY, date(2026, 11, 23), True)
    change = c.Change(
        MONDAY,
        "Contoh Petugas",
        JournalNote("case.received", {"channel": "email"}, {"name": applicant.name}),
        (replace(write, **options), c.SetFacts(FACTS)),  # type: ignore[arg-type]
        step=CaseStep.REGISTER,
        expected=CaseState.DRAFT,
    )
    case_id = casebook.commit(change).case_id
    assert case_id is not None
    return case_id
