"""What is written into the staff register, from where, and what becomes of what was there."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime

from lockdesk.core.identity import birth_digits, without_titles
from lockdesk.core.secrets import Prose
from lockdesk.desk.values.people import RegisterEntry, SourcedText
from lockdesk.records import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where values come from: a sheet, or the officer's own hand (then with a `reason`)."""

    source: str
    recorded_on: date
    """The day that the source itself bears."""
    entered_at: datetime
    whole_office: bool = False
    """A list of everybody in the office, confirmed as such: nobody slips one number into it."""
    by: str = ""
    reason: Prose = ""

    def sourced(self, text: str) -> SourcedText:
        listed_on = self.recorded_on if self.whole_office else None
        return SourcedText(text, self.source, self.recorded_on, self.entered_at, listed_on, self.by, self.reason)


def updated(known: SourcedText | None, text: str, origin: Origin) -> SourcedText | None:
    """A field after `text` came for it; None where it stays as it is.

    An unchanged text keeps its older date, and the earliest list of the whole office that has it. A sheet that is
    older than what is known changes nothing; a list of the whole office gives way to a younger list alone.
    """
    if known is None or origin.reason:
        return None if known is not None and known.text == text else origin.sourced(text)
    if known.text == text:
        if not origin.whole_office or (known.listed_on is not None and known.listed_on <= origin.recorded_on):
            return None
        return replace(known, listed_on=origin.recorded_on)
    newest = known.listed_on if origin.whole_office else known.recorded_on
    return None if newest is not None and newest > origin.recorded_on else origin.sourced(text)


@dataclass(frozen=True, slots=True)
class RegisterPerson:
    """What is said of one person. `entry_id`: whose entry it is about, None for somebody new; serials in hex."""

    fields: Mapping[str, str]
    serials: tuple[str, ...] = ()
    entry_id: int | None = None


def changes_in(entry: RegisterEntry, person: RegisterPerson, origin: Origin) -> Mapping[str, SourcedText]:
    """The fields of the entry that would be others, or be known for longer."""
    found = {name: updated(entry.fields.get(name), text, origin) for name, text in person.fields.items()}
    return {name: value for name, value in found.items() if value is not None}


def namesake_key(name: str, nip: str, nik: str) -> str:
    """The same for two entries with one name (titles apart) and one day of birth; "" where either is not known."""
    born, words = birth_digits(nip, nik), " ".join(without_titles(name))
    return f"{words}|{born}" if words and born else ""


@dataclass(frozen=True, slots=True)
class PastText:
    """What a field held before; `until`: when it was replaced."""

    name: str
    value: SourcedText
    until: datetime


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the register in the order of names, the key after which the next begins, how many there are in all."""

    rows: tuple[RegisterEntry, ...]
    next_key: tuple[str, int] | None
    total: int


@dataclass(frozen=True, slots=True)
class RegisterView:
    """An entry with all that its fields held before, newest first."""

    entry: RegisterEntry
    past: tuple[PastText, ...] = field(default=())
