"""How a version of a dated rule is written."""

from datetime import date
from typing import Any

from lockdesk.dated_rules import EVER, KINDS, Rule, rule_text
from lockdesk.desk import changes as c
from lockdesk.desk.office.office import RULE_PREFIX, Office


def confirms(rule: Rule, value: Any) -> bool:
    """Whether it says how long personal data is kept, and that this is decided: the head of section's word."""
    return rule is Rule.RETENTION and not value.perlu_konfirmasi


def rule_writes(office: Office, rule: Rule, since: date, value: Any) -> tuple[c.SetSetting, ...]:
    """The new version, before the first one what held until then: no later change of the profile's text alters it."""
    written = [(since, value)]
    if all(version.rule is not rule for version in office.dated.versions):
        written.insert(0, (EVER, KINDS[rule].of(office.dated.base)))
    return tuple(c.SetSetting(RULE_PREFIX + rule, rule_text(day, said)) for day, said in written)
