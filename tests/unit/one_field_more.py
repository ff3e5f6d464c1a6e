"""Run by `tests/unit/test_person_field_row.py` on a copy of the program with a person field more, `grade`: nothing
but its row, its attribute and the migration that adds its column was written."""

from datetime import date

from lockdesk.app import OpenProfile
from lockdesk.core.findings import Verdict
from lockdesk.desk.checks.comparison import compare_identity
from lockdesk.desk.register.register import Terms
from lockdesk.desk.values.cases import IntakeChannel
from tests.helpers.desk.register import table
from tests.helpers.papers import small_requests
from tests.helpers.papers.small_requests import csr_of, letter, mail

SHEET = (
    ("Nama", "NIP", "NIK", "Jabatan", "Unit kerja", "E-mail", "Gol"),
    ("Ratri Contohwati", "199002152019032999", "3375995502900099", "Arsiparis", "Dinas Arsip Contoh",
     "ratri@contoh.pekalongankota.go.id", "III/b"),
)  # fmt: skip


def test_a_field_more_goes_from_the_letter_to_the_case_and_is_compared(profile: OpenProfile) -> None:
    desk = profile.desk
    desk.register.import_table(table(*SHEET), Terms("BKPSDM", date(2026, 1, 2)))
    (ratri,) = desk.reading.register_page("Ratri").rows
    small_requests.LABELS["grade"] = "Pangkat/Golongan"
    request = mail(ratri, letter(ratri, grade="III/c"), csr_of(ratri))
    case = desk.reading.case(desk.intake.receive((request,), IntakeChannel.EMAIL).case_id)
    assert case.facts.statement.fields.grade == case.applicant.grade == "III/c"  # type: ignore[attr-defined]
    (row,) = [row for row in compare_identity(case) if row.field == "grade"]
    assert (row.statement, row.register, row.verdict) == ("III/c", "III/b", Verdict.WARN)
    (identity,) = [item for item in case.findings if item.check == "statement.identity"]
    assert identity.verdict is not Verdict.PASS and "III/b" in identity.evidence
