"""Statements whose SQL is built once: peewee needs several times longer to build one than SQLite to run it.

Rows come back with the columns' names and the models' values: to make a model of one costs
several times what reading it does. Names come from the models, never from data.
"""

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from itertools import islice
from types import SimpleNamespace
from typing import Any

from peewee import BooleanField, Field, fn
from playhouse.sqlite_ext import FTS5Model

from lockdesk.store import tables as t
from lockdesk.store.finding import begins_in, match_of, reading_of, words_of

Model = type[t.Table]
MOST_HELD = 3_000
"""Rows that are read for the words that are too short for an index."""


class Prepared:
    """A query whose SQL is built once, from models; what it asks for is given anew each time, in the order in which it
    stands in the query, a LIMIT last."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build

    @cached_property
    def sql(self) -> str:
        return str(self._build().sql()[0])

    def run(self, *values: object) -> Any:
        """The cursor."""
        return t.database.execute_sql(self.sql, values)


@cache
def _select(field: Field, newest_first: bool) -> str:
    key = field.model._meta.primary_key
    query = field.model.select().where(field == field.db_value(0)).order_by(key.desc() if newest_first else key)
    return str(query.sql()[0])


@cache
def _columns(table: Model) -> tuple[list[str], list[tuple[int, Callable[[Any], Any]]]]:
    """The columns' names, and how those are read that SQLite holds in another form."""
    fields = table._meta.sorted_fields
    other = (t.MomentField, t.DayField, BooleanField)
    changed = [(n, field.python_value) for n, field in enumerate(fields) if isinstance(field, other)]
    return [field.column_name for field in fields], changed


def rows(field: Field, value: object, newest_first: bool = False) -> list[Any]:
    """Every row of the field's table with `value` in it, in the order of the primary key."""
    names, changed = _columns(field.model)
    found = []
    for stored in t.database.execute_sql(_select(field, newest_first), (field.db_value(value),)):
        values = list(stored)
        for n, python_value in changed:
            values[n] = python_value(values[n])
        found.append(SimpleNamespace(**dict(zip(names, values, strict=True))))
    return found


def first(field: Field, value: object) -> Any:
    """The first such row, None when there is none."""
    found = rows(field, value)
    return found[0] if found else None


@cache
def _insert(table: Model, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{table._meta.fields[name].column_name}"' for name in names)
    return f'INSERT INTO "{table._meta.table_name}" ({columns}) VALUES ({", ".join("?" * len(names))})'  # noqa: S608


def insert(table: Model, **values: object) -> int:
    """Adds a row, with the model's defaults for what is left out; returns its rowid."""
    whole = {field.name: default for field, default in table._meta.defaults.items()} | values
    return int(t.database.execute_sql(_insert(table, tuple(whole)), _stored(table, whole)).lastrowid)


def insert_all(table: Model, records: Sequence[dict[str, object]]) -> None:
    """Adds many rows that name the same columns by one statement."""
    defaults = {field.name: default for field, default in table._meta.defaults.items()}
    whole = [defaults | record for record in records]
    if whole:
        sql = _insert(table, tuple(whole[0]))
        t.database.connection().executemany(sql, [_stored(table, record) for record in whole])


def next_id(table: Model) -> int:
    """The number that the next row gets: within a unit nobody else takes it."""
    last = table.select(fn.MAX(table.id)).scalar()
    return 1 + (last or 0)


@cache
def _update(table: Model, names: tuple[str, ...], key: str) -> str:
    columns = ", ".join(f'"{table._meta.fields[name].column_name}" = ?' for name in names)
    where = table._meta.fields[key].column_name
    return f'UPDATE "{table._meta.table_name}" SET {columns} WHERE "{where}" = ?'  # noqa: S608


def update(field: Field, value: object, **values: object) -> int:
    """Changes every row with `value` in `field`; returns how many there were."""
    table: Model = field.model
    sql = _update(table, tuple(values), field.name)
    return int(t.database.execute_sql(sql, [*_stored(table, values), field.db_value(value)]).rowcount)


def _stored(table: Model, values: dict[str, object]) -> list[object]:
    """The values as their columns hold them."""
    return [table._meta.fields[name].db_value(value) for name, value in values.items()]


def found_in(index: type[FTS5Model], match: str, limit: int) -> list[int]:
    """The rows that match, the newest first: the index is read from its end, so that the newest are never cut off."""
    found = index.select(index.rowid).where(index.match(match)).order_by(index.rowid.desc()).limit(limit)
    return [key for (key,) in found.tuples()]


def found_by(index: type[FTS5Model], columns: Sequence[Field], text: str, limit: int) -> list[int]:
    """The rows in which all words of `text` stand, or the number that it is, the newest first. Words that are too short
    for the index begin one of `columns`' words, the first of which is the row's number; they are held against the
    newest alone of what the others find."""
    terms, short = words_of(text)
    if not short or not terms:
        match = match_of(text)
        return found_in(index, match, limit) if match else []
    newest = index.select(index.rowid, *columns).where(index.match(terms)).order_by(index.rowid.desc())
    held = newest.limit(MOST_HELD).tuples()
    # Of what was destroyed there are no texts.
    fitting = (key for key, *texts in held if begins_in(short, *(text or "" for text in texts)))
    keys = set(islice(fitting, limit))
    if number := reading_of(text):
        keys |= set(found_in(index, number, limit))
    return sorted(keys, reverse=True)[:limit]
