"""Whatever the journal may hold is told in the officer's words, and belongs to a group that it can be narrowed to."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import RULES
from lockdesk.core.complaints import COMPLAINT_RULES
from lockdesk.core.journal import JournalNote
from lockdesk.core.operations import OperationEvent
from lockdesk.desk import changes as c
from lockdesk.desk.prints.history_words import JOURNAL_FACTS, KIND_GROUPS, KIND_LABELS, value_words
from lockdesk.desk.values.journal import JournalSearch

DESK = Path(__file__).parents[2] / "lockdesk" / "desk"
RECORDS = frozenset({"JournalNote", "_note", "_day", "_record"})
"""What the desk's modules call to record something, with the kind among the arguments."""


def _recorded() -> Iterator[str]:
    for path in sorted(DESK.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                for part in (part for argument in node.args for part in ast.walk(argument)):
                    if name in RECORDS and isinstance(part, ast.Constant) and "." in str(part.value)[:-1]:
                        yield str(part.value)


def test_every_kind_that_is_recorded_has_words_and_a_group() -> None:
    events = {f"operation.{event}" for event in OperationEvent if event is not OperationEvent.PROOF}
    complaints = {kind for _state, kind in COMPLAINT_RULES.values()}
    kinds = {*_recorded(), *(rule.journal for rule in RULES.values()), *events, *complaints, *KIND_LABELS}
    assert {"desk.locked", "setting.changed", "calendar.closed"} <= kinds
    groups = [began for _words, members in KIND_GROUPS.values() for began in members]
    assert len(groups) == len(set(groups))
    assert not {kind for kind in kinds if kind not in KIND_LABELS or kind.split(".")[0] not in groups}


@pytest.mark.parametrize("fact", ["answer", "holder", "phone", "nip", "address"])
def test_what_may_name_somebody_is_no_fact_that_the_page_shows(fact: str) -> None:
    assert fact not in JOURNAL_FACTS


def test_a_kind_without_words_is_still_listed(profile: OpenProfile) -> None:
    """An entry of a version to come: it is not hidden by what this one does not know."""
    profile.casebook.commit(c.Change(profile.desk.clock.now(), "Contoh Petugas", JournalNote("later.kind")))
    assert profile.desk.journal.page(JournalSearch(), None, 1).rows[0].line.kind == "later.kind"


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("changed", "number kind", "Nomor, Jenis"),
        ("changed", "", "–"),
        ("book", "complaints", "Pengaduan"),
        ("rule", "gelar", "Gelar pada nama"),
        ("name", "office", "profil kantor"),
        ("by", "recovery", "kode pemulihan"),
        ("put_back", True, "ya"),
        ("rule", "aturan versi mendatang", "aturan versi mendatang"),
    ],
)
def test_a_recorded_value_is_told_as_the_officer_knows_it(fact: str, value: object, words: str) -> None:
    assert value_words(fact, value) == words
