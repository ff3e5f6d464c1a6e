"""What is read of the staff register."""

import json
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, Tuple

from lockdesk.desk.values.people import RegisterEntry, SourcedText
from lockdesk.desk.values.register import PastText, RegisterPage, RegisterView
from lockdesk.errors import Declined
from lockdesk.store import tables as t
from lockdesk.store.codec import decode
from lockdesk.store.finding import match_of
from lockdesk.store.prepared import first, rows
from lockdesk.words import _

FIELDS = dict[str, SourcedText]


def known_entry(entry_id: int) -> RegisterEntry:
    found = first(t.RegisterRow.id, entry_id)
    if found is None:
        raise Declined(
            _("Orang ini tidak ada lagi dalam data kepegawaian."), _("Muat ulang daftarnya."), code="register.unknown"
        )
    return _entry(found)


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
            found = tuple(_entry(item) for item in rows(column, value) if item.retired_at is None)
            if found:
                return found
    return ()


def register_matching(nips: Sequence[str], niks: Sequence[str], namesakes: Sequence[str]) -> tuple[RegisterEntry, ...]:
    row = t.RegisterRow
    wanted = [column.in_(texts) for column, texts in ((row.nip, nips), (row.nik, niks), (row.namesake, namesakes))
              if texts]  # fmt: skip
    return _entries(row.select().where(reduce(or_, wanted)).order_by(row.id)) if wanted else ()


def register_page(text: str, after: tuple[str, int] | None, limit: int) -> RegisterPage:
    """By key, never by offset. A number may be typed in groups."""
    row, terms = t.RegisterRow, match_of(text)
    query = row.select().order_by(row.name, row.id).limit(limit)
    if terms or not text.strip():
        found = t.RegisterSearch.select().where(t.RegisterSearch.match(terms)) if terms else row.select()
        count = found.count()
    else:
        begins = row.name.startswith(text.strip())
        query, count = query.where(begins), row.select().where(begins).count()
    if terms:
        query = query.where(SQL(_OF_FEW if count <= _FEW else _OF_MANY, (terms,)))
    if after is not None:
        query = query.where(Tuple(row.name, row.id) > after)
    entries = _entries(query)
    key = (entries[-1].text("name"), entries[-1].id) if len(entries) == limit else None
    return RegisterPage(entries, key, count)


_FEW = 2_000
_OF_FEW = "t1.id IN (SELECT rowid FROM register_search WHERE register_search MATCH ?)"
"""These are read and sorted."""
_OF_MANY = f"+{_OF_FEW}"
"""With its plus sign SQLite goes through the names in their order and stops at the limit: they would be found soon,
while to read and sort all of them takes long."""


def _entries(found: Iterable[Any]) -> tuple[RegisterEntry, ...]:
    return tuple(_entry(item) for item in found)


def _entry(found: Any) -> RegisterEntry:
    return RegisterEntry(found.id, decode(FIELDS, found.fields), tuple(json.loads(found.serials)), found.retired_at)
