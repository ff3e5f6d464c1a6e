"""What is read of the staff register."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import Any

from peewee import SQL, Tuple

from lockdesk.desk.values.people import RegisterEntry, SourcedText
from lockdesk.desk.values.register import PastText, RegisterPage, RegisterView
from lockdesk.errors import Declined
from lockdesk.store import tables as t
from lockdesk.store.codec import decode
from lockdesk.store.finding import reading_of, words_of
from lockdesk.store.prepared import Prepared, first, rows
from lockdesk.words import _

FIELDS = dict[str, SourcedText]


def known_entry(entry_id: int) -> RegisterEntry:
    found = first(t.RegisterRow.id, entry_id)
    if found is None:
        raise Declined(
            _("Orang ini tidak ada lagi dalam data kepegawaian."), _("Muat ulang daftarnya."), code="register.unknown"
        )
    return _entry_of(found)


def register_view(entry_id: int) -> RegisterView:
    past = (
        PastText(item.name, decode(SourcedText, item.value), item.until)
        for item in rows(t.RegisterPast.entry, entry_id, newest_first=True)
    )
    return RegisterView(known_entry(entry_id), tuple(past))


def register_find(nik: str, nip: str, email: str) -> tuple[RegisterEntry, ...]:
    """By NIP, else by NIK, else by office e-mail: the first of them that finds somebody in service."""
    for column, value in (
        (t.RegisterRow.nip, nip),
        (t.RegisterRow.nik, nik),
        (t.RegisterRow.email, email.casefold()),
    ):
        if value:
            found = tuple(_entry_of(item) for item in rows(column, value) if item.retired_at is None)
            if found:
                return found
    return ()


def register_matching(nips: Sequence[str], niks: Sequence[str], namesakes: Sequence[str]) -> tuple[RegisterEntry, ...]:
    found = _MATCHING.run(*(json.dumps(texts) for texts in (nips, niks, namesakes)))
    since = t.RegisterRow.retired_at.python_value
    return tuple(_entry(number, fields, serials, since(at)) for number, fields, serials, at in found)


def register_page(text: str, after: tuple[str, int] | None, limit: int) -> RegisterPage:
    """By key, never by offset: the people of whom all of `text` is known, everybody for none."""
    row = t.RegisterRow
    known, count = _known(text)
    if count == 0:
        return RegisterPage((), None, 0)
    query = row.select().order_by(row.name, row.id).limit(limit)
    if known is not None:
        query = query.where(known)
    if after is not None:
        query = query.where(Tuple(row.name, row.id) > after)
    entries = _entries(query)
    key = (entries[-1].text("name"), entries[-1].id) if len(entries) == limit else None
    return RegisterPage(entries, key, count)


_FEW = 2_000
"""So many are read and sorted. For more, added to nought, so that SQLite goes through the names in their order and
stops at the limit: they are found soon, while to read and sort all of them takes long."""


def _known(text: str) -> tuple[Any, int]:
    """The condition for the people in whose entry all words of `text` stand, or the number that it is, None where it
    has no words; and how many they are. A number may be typed in groups; words that are too short for the index begin
    one of the name's or the agency's, and of the name's where there are no others."""
    row, index = t.RegisterRow, t.RegisterSearch
    (terms, short), number = words_of(text), reading_of(text)
    found = [index.select(index.rowid).where(index.match(match)) for match in (terms, number) if match]
    if found:
        if short and terms:
            found[0] = found[0].where(_begun(short, (index.name, index.agency), (index.nip,)))
        either = reduce(or_, found)
        count = either.count()
        return (row.id if count <= _FEW else row.id + 0).in_(either), count
    known = _begun(short, (row.name,)) if short else None
    return known, (row.select() if known is None else row.select().where(known)).count()


_BREAKS = " .-,(/'’‘“\"&[+:;–‐"
"""What stands before a word within a name."""


def _begun(short: str, texts: Sequence[Any], numbers: Sequence[Any] = ()) -> Any:
    """Each of the short words begins a word of the texts, or ends a number. Without a function of the program's own:
    every name is looked at after the first letter that is typed."""

    def begun(part: str) -> Any:
        # SQLite knows small and capital letters of ASCII alone.
        spellings = {part} if part.isascii() else {part, part.upper(), part.capitalize()}
        begins = [
            text.contains(one) & reduce(or_, (text.contains(sign + one) for sign in _BREAKS), text.startswith(one))
            for text in texts
            for one in sorted(spellings)
        ]
        return reduce(or_, (*begins, *(number.endswith(part) for number in numbers)))

    return reduce(and_, map(begun, short.split()))


def _matching() -> Any:
    row = t.RegisterRow
    listed = SQL("(SELECT value FROM json_each(?))", ("",))
    alike = row.nip.in_(listed) | row.nik.in_(listed) | row.namesake.in_(listed)
    return row.select(row.id, row.fields, row.serials, row.retired_at).where(alike).order_by(row.id)


_MATCHING = Prepared(_matching)


def _entries(found: Iterable[Any]) -> tuple[RegisterEntry, ...]:
    return tuple(_entry_of(item) for item in found)


def _entry_of(found: Any) -> RegisterEntry:
    return _entry(found.id, found.fields, found.serials, found.retired_at)


def _entry(number: int, fields: str, serials: str, retired_at: datetime | None) -> RegisterEntry:
    return RegisterEntry(number, decode(FIELDS, fields), tuple(json.loads(serials)), retired_at)
