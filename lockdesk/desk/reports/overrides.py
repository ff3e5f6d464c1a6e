"""Sampling of overrides: warnings that an officer decided, drawn by lot and judged by the head of section."""

import secrets
from datetime import datetime, time

from lockdesk.core.journal import JournalNote
from lockdesk.core.quarters import Quarter
from lockdesk.core.roles import OVERRIDE_SAMPLED
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.values.journal import JournalFilter, JournalLine
from lockdesk.records import dataclass

DECIDED = "finding.decided"
DRAWN_AT_ONCE = 5
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Override:
    """A warning that was decided: entry in the journal, the case's number, the check, why and by whom."""

    entry: int
    number: str
    check: str
    reason: str
    officer: str
    at: datetime


class Overrides:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office) -> None:
        self._casebook = casebook
        self._office = office

    def draw(self) -> tuple[Override, ...]:
        """Some of this and the last quarter that nobody has judged yet, in the order of their entries; which ones,
        nobody can foresee."""
        judged = {item.line.facts.get("decision") for item in self._entries(OVERRIDE_SAMPLED)}
        open_ones = [_override(item) for item in self._entries(DECIDED) if item.line.sequence not in judged]
        drawn = secrets.SystemRandom().sample(open_ones, min(DRAWN_AT_ONCE, len(open_ones)))
        return tuple(sorted(drawn, key=lambda item: item.entry))

    def judge(self, override: Override, agreed: bool) -> None:
        """The head has looked into the case. Raises Declined for anybody else."""
        note = JournalNote(OVERRIDE_SAMPLED, {"decision": override.entry, "number": override.number, "agreed": agreed})
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note))

    def _entries(self, kind: str) -> list[JournalLine]:
        first = Quarter.of(self._office.today()).previous.first
        since = datetime.combine(first, time(), self._office.zone)
        wanted, found, key = JournalFilter(kinds=frozenset({kind}), since=since), list[JournalLine](), None
        while True:
            page = self._casebook.journal_page(wanted, key, _PAGE)
            found += page.rows
            key = page.next_key
            if key is None:
                return found


def _override(item: JournalLine) -> Override:
    line = item.line
    return Override(
        line.sequence, item.subject, str(line.facts["check"]), str(line.facts.get("reason", "")), line.actor, line.at
    )
