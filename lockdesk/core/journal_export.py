"""The journal as a file for others: lines of JSON, written in one way only, so that every byte of it counts.

What it proves and how it is checked without this program stands in `resources/verify/verify_journal.py`.
"""

import json

from lockdesk.core.journal import Entry, JournalHead

FORMAT = "lockdesk journal 1"


def opening_line(public_key: bytes) -> bytes:
    """Says what the file is, and which key sealed its end."""
    return _line({"format": FORMAT, "public_key": public_key.hex()})


def entry_line(entry: Entry) -> bytes:
    """The chained bytes and their digest as they are stored, even where they are no longer what was chained."""
    return _line({"body": entry.body.decode("utf-8", "surrogateescape"), "digest": entry.digest.hex()})


def closing_line(head: JournalHead, seal: bytes) -> bytes:
    """The head as it was sealed; a file without it was cut."""
    return _line({"count": head.count, "digest": head.digest.hex(), "seal": seal.hex()})


def _line(value: dict[str, str | int]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode() + b"\n"
