"""Pages by key in any order, never by offset: where an index holds the order, the thousandth page costs what the first
does."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from peewee import Case, ModelSelect, NodeList, Tuple

from lockdesk.desk.values.listing import Key, Span


def page_of(
    query: "ModelSelect[Any]", order: Sequence[Any], backwards: bool, after: Key | None, limit: int
) -> tuple[list[Any], Key | None]:
    """The rows after a key, and the key after which the next page begins (None: the end). `order`: what the rows are
    ordered by; their id decides between equals."""
    parts = [*order, query.model.id]
    if after is not None:
        here = Tuple(*parts)
        query = query.where(here < after if backwards else here > after)
    raw = [NodeList((part,)).alias(f"key{n}") for n, part in enumerate(parts)]  # as they are stored
    asked = query.select_extend(*raw).order_by(*(part.desc() if backwards else part for part in parts)).limit(limit)
    found = list(asked)
    full = len(found) == limit
    return found, tuple(getattr(found[-1], f"key{n}") for n in range(len(parts))) if full else None


def within(query: "ModelSelect[Any]", column: Any, span: Span) -> "ModelSelect[Any]":
    """Only what a column says is of that time."""
    since, before = span
    query = query if since is None else query.where(column >= since)
    return query if before is None else query.where(column < before)


def in_order(column: Any, states: type[StrEnum]) -> Any:
    """Which place a state has among all of its kind."""
    return Case(column, [(state.value, place) for place, state in enumerate(states)])
