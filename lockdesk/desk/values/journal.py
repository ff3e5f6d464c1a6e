"""The journal as it is searched and shown."""

from datetime import date, datetime

from lockdesk.desk.values.cases import HistoryLine
from lockdesk.records import dataclass


@dataclass(frozen=True, slots=True)
class JournalSearch:
    """What the officer looks for: the number of a case, a complaint or an entry, or words of what happened; one of
    KIND_GROUPS; a person; days, the first and the last of which count."""

    text: str = ""
    group: str = ""
    actor: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """The same as the store knows it; `entry` 0, (), "" and None take all. `subjects`: numbers, of which any will do;
    `until` is no longer taken."""

    entry: int = 0
    subjects: tuple[str, ...] = ()
    kinds: frozenset[str] | None = None
    actor: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry. `subject`: the case's or complaint's number, "" for neither; `tags`: how many personal texts it holds
    as fingerprints only; `digest` in hex."""

    line: HistoryLine
    subject: str
    tags: int
    digest: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Entries, the newest first. `next_key`: the entry before which the search goes on, also where a page found
    nothing; None when the first entry was reached."""

    rows: tuple[JournalLine, ...]
    next_key: int | None
