"""Who does what at the desk: the officer works, the head of section watches.

One table: the kinds of journal entries that are not the officer's alone. A step leaves an entry of its kind, and none
is written for who may not take it. What roles cannot hold against somebody with the database's key stands in the threat
model.
"""

from enum import StrEnum

from lockdesk.core.journal import JournalNote


class Role(StrEnum):
    OFFICER = "officer"
    """The officer, or who stands in for the officer."""
    HEAD = "head"
    """The head of section (Kepala Bidang), or the acting one (Plt., Plh.)."""


_OFFICER, _HEAD, _BOTH = frozenset({Role.OFFICER}), frozenset({Role.HEAD}), frozenset(Role)
RETENTION, REPORT_ASSESSED = "rule.changed/retensi", "report.saved/assessment"
RETENTION_CONFIRMED = "retention.confirmed"
OVERRIDE_SAMPLED = "override.sampled"
MAY: dict[str, frozenset[Role]] = {
    **dict.fromkeys(
        (
            "desk.opened", "desk.locked", "desk.unlocked", "desk.unlock_refused", "desk.clock_behind",
            "case.viewed", "role.refused",
            "print.made", "print.failed", "print.finished", "print.sent", "print.saved", "print.cancelled",
            "print.viewed", "print.checked", "print.copied",
            REPORT_ASSESSED, "book.exported", "list.exported", "journal.exported", "backup.made",
            "disposal.done", "disposal.swept", "disposal.refused", RETENTION,
            "reader.risk_accepted", "reader.risk_refused", "reader.risk_withdrawn",
        ),
        _BOTH,
    ),
    RETENTION_CONFIRMED: _HEAD,
    OVERRIDE_SAMPLED: _HEAD,
}  # fmt: skip
"""What is not in it is the officer's alone."""
_PARTED = {"rule.changed": "rule", "report.saved": "parts"}
"""Kinds that are parted by a fact."""


def step_of(note: JournalNote) -> str:
    """What `MAY` knows a step by: its kind, and what it is about where that decides."""
    by = _PARTED.get(note.kind)
    return note.kind if by is None else f"{note.kind}/{note.facts.get(by, '')}"


def may(role: Role, note: JournalNote) -> bool:
    return role in MAY.get(step_of(note), _OFFICER)
