"""One row makes a person field: a specimen that only the register knows is imported, kept, listed and found again."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile
from lockdesk.desk.register.heads import proposed_mapping
from lockdesk.desk.register.register import Terms
from lockdesk.desk.values import person_fields
from lockdesk.desk.values.people import APPLICANT_FIELDS
from lockdesk.desk.values.person_fields import BY_NAME, PERSON_FIELDS, PersonField, fault_in
from tests.helpers.desk.register import table

SPECIMEN = PersonField("grade", "Golongan", "Pangkat/golongan", ("gol", "golongan"), on_request=False)


def test_a_request_has_every_field_that_says_so() -> None:
    assert {field.name for field in PERSON_FIELDS if field.on_request} == set(APPLICANT_FIELDS)


def test_a_register_field_is_imported_and_kept_by_its_row_alone(
    profile: OpenProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lockdesk.desk.register.heads.PERSON_FIELDS", (*PERSON_FIELDS, SPECIMEN))
    monkeypatch.setitem(person_fields.BY_NAME, "grade", SPECIMEN)
    rows = (("Nama", "NIP", "Gol"), ("Ratri Contohwati", "19900215 201903 2 999", " III/b "))
    assert proposed_mapping(rows[0]) == {"name": 0, "nip": 1, "grade": 2}
    profile.desk.register.import_table(table(*rows), Terms("BKPSDM", date(2026, 1, 2)))
    (entry,) = profile.desk.reading.register_page("Ratri").rows
    assert (entry.text("grade"), entry.text("nip")) == ("III/b", "199002152019032999")
    assert entry.fields["grade"].source == "BKPSDM"


ROWS = """PERSON_FIELDS = (
    PersonField("shoe_size", "Ukuran sepatu", "Ukuran sepatu", ("ukuran sepatu",), on_request=False),
    PersonField("grade", "Golongan", "Pangkat/golongan", ("gol", "golongan", "pangkat/golongan")),"""
MIGRATION = """
def up(migrator, db):
    db.execute_sql('ALTER TABLE "case" ADD COLUMN "grade" TEXT NOT NULL DEFAULT \\'\\'')
"""
ATTRIBUTE = '    serial: str = ""\n'
ROOT = Path(__file__).parents[2]


def copy_with_rows(folder: Path) -> None:
    """The program once more, with two rows in its table of person fields: one that only the register has, in front
    of all, and one that a request has too. The tests are the same ones."""
    shutil.copytree(ROOT / "lockdesk", folder / "lockdesk", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tests", "resources", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    table = folder / "lockdesk/desk/values/person_fields.py"
    text = table.read_text(encoding="utf-8")
    for found, wanted in {"PERSON_FIELDS = (": ROWS, ATTRIBUTE: f'{ATTRIBUTE}    grade: str = ""\n'}.items():
        assert text.count(found) == 1
        text = text.replace(found, wanted)
    table.write_text(text, encoding="utf-8")
    (folder / "lockdesk/store/migrations/0999_grade.py").write_text(MIGRATION, encoding="utf-8")


def test_the_program_runs_with_two_fields_more(tmp_path: Path) -> None:
    copy_with_rows(tmp_path)
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-k",
         "page_opens or sheet or forms or letter_people or identity or field_more",
         "tests/ui/test_window.py", "tests/unit/test_letter_people.py", "tests/journey/test_desk_journey.py",
         "tests/unit/one_field_more.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize(
    ("name", "text", "begins"),
    [("nip", "1990", "NIP harus"), ("nik", "33", "NIK harus"), ("phone", "x", "Nomor ini"), ("email", "a@b", "Alamat"),
     ("serial", "zz", "Nomor seri"), ("name", "?", ""), ("nip", " ", "")],
)  # fmt: skip
def test_what_a_form_says_of_a_field_comes_from_its_row(name: str, text: str, begins: str) -> None:
    assert fault_in(name, text).startswith(begins) and bool(fault_in(name, text)) == bool(begins)


def test_an_impossible_number_is_kept_as_the_letter_says_it_and_judged_by_the_check() -> None:
    assert fault_in("nik", "3375999913900001") == ""
    assert BY_NAME["nik"].clean("3375.9999.1390.0001") == "3375999913900001"
