"""Whom a request is about: the applicant as the documents say, and the staff register's entry."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime

from lockdesk.desk.values.person_fields import PersonTexts
from lockdesk.records import dataclass


@dataclass(frozen=True, slots=True)
class Applicant(PersonTexts):
    """The applicant as recorded for the case; the officer may correct it, with a reason in the journal.

    `nik` and `nip` are digits only, `phone` E.164, `serial` the old certificate's serial as written.
    """


APPLICANT_FIELDS = tuple(field.name for field in fields(Applicant))


@dataclass(frozen=True, slots=True)
class SourcedText:
    """A register field with where it came from and when."""

    text: str
    source: str
    recorded_on: date
    """The day the source itself bears."""
    entered_at: datetime | None = None
    """When it came into this program: a back-dated source does not make a number older."""
    listed_on: date | None = None
    """The day of the earliest list of the whole office that has this very text."""
    by: str = ""
    """Who entered it."""
    reason: str = ""
    """Why it was changed by hand."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One person of the staff register. Keys of `fields` are those of Applicant; `serials` are hex."""

    id: int
    fields: Mapping[str, SourcedText]
    serials: tuple[str, ...] = ()
    retired_at: datetime | None = None
    """Since when the person is no longer in service: kept, and found no more by a request."""

    def text(self, name: str) -> str:
        found = self.fields.get(name)
        return found.text if found is not None else ""
