"""What is read from the journal. Everything here runs on a thread that owns the database."""

import json
from datetime import datetime
from typing import Any

from lockdesk.core.journal import GENESIS, JournalHead
from lockdesk.desk import views as v
from lockdesk.store import tables as t


def history(subject: str) -> tuple[v.HistoryLine, ...]:
    rows = t.Journal.select().where(t.Journal.subject == subject).order_by(t.Journal.sequence.desc())
    return tuple(_history_line(item.sequence, json.loads(item.body)) for item in rows)


def _history_line(sequence: int, body: dict[str, Any]) -> v.HistoryLine:
    """Read from the chained bytes: the columns beside them only find and sort."""
    return v.HistoryLine(sequence, datetime.fromisoformat(body["at"]), body["actor"], body["kind"], body["facts"])


def read_head() -> JournalHead:
    """The head as the journal's last row tells it."""
    row = t.Journal.select(t.Journal.sequence, t.Journal.digest).order_by(t.Journal.sequence.desc()).first()
    return JournalHead(0, GENESIS) if row is None else JournalHead(row.sequence, bytes(row.digest))


def journal_rows(after: int, limit: int) -> list[tuple[int, bytes, bytes]]:
    """(sequence, body, digest) of the entries that follow `after`."""
    query = t.Journal.select(t.Journal.sequence, t.Journal.body, t.Journal.digest)
    rows = query.where(t.Journal.sequence > after).order_by(t.Journal.sequence).limit(limit)
    return [(row.sequence, bytes(row.body), bytes(row.digest)) for row in rows]


def digest_at(sequence: int) -> bytes:
    """The digest of an entry; empty when there is none."""
    found = t.Journal.get_or_none(t.Journal.sequence == sequence)
    return b"" if found is None else bytes(found.digest)
