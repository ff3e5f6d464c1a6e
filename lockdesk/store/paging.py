"""Pages by key in any order, never by offset: where an index holds the order, the thousandth page costs what the first
does."""

import operator
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from peewee import SQL, Case, ModelSelect, NodeList, Tuple

from lockdesk.desk.values.listing import Key, Span


def page_of(
    query: "ModelSelect[Any]", order: Sequence[Any], backwards: bool, after: Key | None, limit: int
) -> tuple[list[Any], Key | None]:
    """The rows after a key, and the key after which the next page begins (None: the end). `order`: what the rows are
    ordered by; their id decides between equals."""
    parts = [*order, query.model.id]
    raw = [NodeList((part,)).alias(f"key{n}") for n, part in enumerate(parts)]  # as they are stored
    asked = query.select_extend(*raw).order_by(*(part.desc() if backwards else part for part in parts))
    found = list[Any]()
    for part in _parts(asked, order, backwards, after):
        found.extend(part.limit(limit - len(found)))
        if len(found) == limit:
            break
    full = len(found) == limit
    return found, tuple(getattr(found[-1], f"key{n}") for n in range(len(parts))) if full else None


def _parts(
    query: "ModelSelect[Any]", order: Sequence[Any], backwards: bool, after: Key | None
) -> "Iterator[ModelSelect[Any]]":
    """What is left, in two parts: the rest of those that equal the key but for their id, and those beyond. One
    condition would say it too, yet SQLite reads an index from a key on only by plain columns."""
    if after is None:
        yield query
        return
    beyond, number = operator.lt if backwards else operator.gt, query.model.id
    here, key = Tuple(*order), after[:-1]
    equal = query.where(here == key, beyond(number, after[-1]))
    yield equal.order_by(number.desc() if backwards else number)
    yield query.where(beyond(here, key))


def within(query: "ModelSelect[Any]", column: Any, span: Span) -> "ModelSelect[Any]":
    """Only what a column says is of that time."""
    return query.where(*held) if (held := between(column, span)) else query


def between(column: Any, span: tuple[Any, Any]) -> list[Any]:
    """What holds where the column lies from the first value until before the second; None: without that end."""
    since, before = span
    return [*(() if since is None else (column >= since,)), *(() if before is None else (column < before,))]


def in_order(column: Any, states: type[StrEnum]) -> Any:
    """Which place a state has among all of its kind; written out, as an index on it is."""
    return Case(column, [(SQL(f"'{state.value}'"), SQL(str(place))) for place, state in enumerate(states)])
