"""Who may take which step: one table, and what is not in it is the officer's."""

import pytest

from lockdesk.core.journal import JournalNote
from lockdesk.core.roles import MAY, Role, may, step_of


@pytest.mark.parametrize(
    ("kind", "facts", "officer", "head"),
    [
        ("case.viewed", {}, True, True),
        ("operation.intended", {}, True, False),
        ("case.nik_unmasked", {}, True, False),
        ("disposal.done", {}, True, True),
        ("retention.confirmed", {"rule": "retensi"}, False, True),
        ("override.sampled", {}, False, True),
        ("rule.changed", {"rule": "retensi"}, True, True),
        ("rule.changed", {"rule": "jam_layanan"}, True, False),
        ("report.saved", {"parts": "assessment"}, True, True),
        ("report.saved", {"parts": "assessment introduction"}, True, False),
        ("key.changed", {}, True, False),
        ("never.heard.of", {}, True, False),
    ],
)
def test_a_step_is_taken_by_whom_the_table_names(kind: str, facts: dict[str, str], officer: bool, head: bool) -> None:
    note = JournalNote(kind, facts)
    assert (may(Role.OFFICER, note), may(Role.HEAD, note)) == (officer, head)


def test_a_parted_kind_is_known_by_what_it_is_about() -> None:
    assert step_of(JournalNote("rule.changed", {"rule": "retensi"})) in MAY
    assert step_of(JournalNote("rule.changed")) == "rule.changed/"
