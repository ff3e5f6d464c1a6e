"""What officers wrote, beside the journal's chain: each text has a random key, and is bound to what it is about."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from lockdesk.core.journal import Words, personal_tag
from lockdesk.store import tables as t
from lockdesk.store.prepared import insert

Texts = dict[str, tuple[bytes, str]]
"""By name: the key of its tag, and the text."""
_TABLE = "journal_text"


def keep_texts(sequence: int, written: Mapping[str, Words], bound: Mapping[str, int | None]) -> dict[str, str]:
    """Keeps the texts of an entry; gives the tags that stand in the entry for them. Inside a unit."""
    tags = {}
    for name, text in written.items():
        key = os.urandom(32)
        tags[name] = personal_tag(key, name, text)
        insert(t.JournalText, sequence=sequence, name=name, text=str(text), key=key, **bound)
    return tags


def texts_between(execute: Callable[..., Any], first: int, last: int) -> dict[int, Texts]:
    """The texts of these entries, as far as there still are any; of any database, also one of before there were such
    texts. Raises TypeError for what no program of ours wrote there."""
    known = execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_TABLE,)).fetchone()
    if known is None:
        return {}
    found: dict[int, Texts] = {}
    rows = execute(
        f'SELECT "sequence", "name", "key", "text" FROM "{_TABLE}" WHERE "sequence" BETWEEN ? AND ?',  # noqa: S608
        (first, last),
    )
    for sequence, name, key, text in rows:
        if not isinstance(text, str):
            raise TypeError(name)
        found.setdefault(sequence, {})[name] = (bytes(key), text)
    return found


def texts_of(sequences: Sequence[int]) -> dict[int, dict[str, str]]:
    """What can still be read of these entries."""
    found: dict[int, dict[str, str]] = {}
    table = t.JournalText
    query: Any = table.select(table.sequence, table.name, table.text).where(table.sequence.in_(list(sequences)))
    for sequence, name, text in query.tuples():
        found.setdefault(sequence, {})[name] = text
    return found


def destroy_texts(field: Any, keys: Iterable[int]) -> set[int]:
    """Destroys what was written about some cases, complaints or entries of the register; which journal entries it was
    of. Inside a unit."""
    table, its = t.JournalText, field.in_(list(keys))
    gone: Any = table.select(table.sequence).where(its).tuples()
    found = {sequence for (sequence,) in gone}
    table.delete().where(its).execute()
    return found
