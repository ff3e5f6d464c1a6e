"""The journal as a file for others: lines of JSON, written in one way only, so that every byte of it counts.

What it proves and how it is checked without this program stands in `resources/verify/verify_journal.py`.
"""

import json
from collections.abc import Iterable, Mapping

from lockdesk.core.journal import Entry, JournalHead

FORMAT = "lockdesk journal 2"


def opening_line(public_key: bytes) -> bytes:
    """Says what the file is, and which key sealed its end."""
    return _line({"format": FORMAT, "public_key": public_key.hex()})


def entry_line(entry: Entry) -> bytes:
    """The chained bytes and their digest as they are stored, even where they are no longer what was chained; and the
    texts beside them, each with the key of its tag, null for one that is gone."""
    value: dict[str, object] = {"body": entry.body.decode("utf-8", "surrogateescape"), "digest": entry.digest.hex()}
    named = {*entry.texts, *_tagged(entry.body)}
    if named:
        value["texts"] = {name: _text_of(entry, name) for name in named}
    return _line(value)


def _tagged(body: bytes) -> Iterable[str]:
    try:
        return list(json.loads(body).get("texts", {}))
    except (ValueError, AttributeError, TypeError):
        return ()


def _text_of(entry: Entry, name: str) -> list[str] | None:
    found = entry.texts.get(name)
    return None if found is None else [found[0].hex(), found[1]]


def closing_line(head: JournalHead, seal: bytes) -> bytes:
    """The head as it was sealed; a file without it was cut."""
    return _line({"count": head.count, "digest": head.digest.hex(), "seal": seal.hex()})


def _line(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode() + b"\n"
