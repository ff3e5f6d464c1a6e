"""The office's dated rules: what holds from when, with every version; each change is journalled and moves the deadlines
of open cases."""

from datetime import UTC, date, datetime
from typing import Any

from lockdesk.core.journal import JournalNote
from lockdesk.core.roles import RETENTION_CONFIRMED
from lockdesk.dated_rules import EVER, KINDS, Rule, RuleVersion, checked
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.office.rule_writes import confirms, rule_writes
from lockdesk.desk.office.setup import Setup
from lockdesk.errors import Declined
from lockdesk.words import _

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Rules:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, setup: Setup) -> None:
        self._casebook = casebook
        self._office = office
        self._setup = setup

    def versions(self, rule: Rule) -> tuple[RuleVersion, ...]:
        """All that were ever recorded, the one recorded last first; what the office began with at the end."""
        found = [version for version in self._office.dated.versions if version.rule is rule]
        if not found:
            base = KINDS[rule].of(self._office.dated.base)
            found = [RuleVersion(rule, EVER, base, _BEGINNING, "")]
        return tuple(reversed(found))

    def on(self, rule: Rule, day: date) -> Any:
        """What the rule says on `day`."""
        return KINDS[rule].of(self._office.dated.file_on(day))

    def save(self, rule: Rule, since: date, value: Any) -> None:
        """Lets a rule say something else from `since` on. Raises Declined with what is impossible in it."""
        try:
            value = checked(rule, value)
        except ValueError as error:
            raise Declined(str(error), _("Perbaiki isian yang disebut."), code="rule.impossible") from error
        if value == self.on(rule, since) and since in {EVER, *self._office.dated.changes}:
            return
        writes = rule_writes(self._office, rule, since, value)
        kind = RETENTION_CONFIRMED if confirms(rule, value) else "rule.changed"
        note = JournalNote(kind, {"rule": rule.value, "since": since.isoformat()})
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, writes))
        self._office.forget()
        self._setup.move_deadlines()
