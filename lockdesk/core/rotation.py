"""Which backups are kept: the rule as data, the same for every folder."""

from collections.abc import Callable, Collection
from datetime import datetime

from lockdesk.records import dataclass


@dataclass(frozen=True, slots=True)
class Keep:
    """Of the newest `count` periods the newest backup of each; `period` names the period that a moment lies in."""

    count: int
    period: Callable[[datetime], tuple[int, ...]]


ROTATION = (
    Keep(10, lambda at: (int(at.timestamp()),)),
    Keep(7, lambda at: (at.year, at.month, at.day)),
    Keep(5, lambda at: tuple(at.isocalendar()[:2])),
    Keep(12, lambda at: (at.year, at.month)),
)
"""The newest ten whenever they were made (one that was made of the wrong state takes no right one away), a week of
days, a month of weeks, a year of months."""


def outlived(moments: Collection[datetime]) -> frozenset[datetime]:
    """Those that no rule keeps any more; never the newest."""
    newest_first = sorted(moments, reverse=True)
    kept = set[datetime]()
    for rule in ROTATION:
        newest: dict[tuple[int, ...], datetime] = {}
        for at in newest_first:
            newest.setdefault(rule.period(at), at)
        kept |= set(list(newest.values())[: rule.count])
    return frozenset(moments) - kept
