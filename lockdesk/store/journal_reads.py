"""What is read from the journal. Everything here runs on a thread that owns the database."""

import json
from datetime import datetime
from typing import Any

from lockdesk.core.journal import GENESIS, JournalHead
from lockdesk.desk import views as v
from lockdesk.store import tables as t
from lockdesk.store.prepared import rows


def history(subject: str) -> tuple[v.HistoryLine, ...]:
    found = rows(t.Journal.subject, subject, newest_first=True)
    return tuple(_history_line(item.sequence, json.loads(item.body)) for item in found)


def _history_line(sequence: int, body: dict[str, Any]) -> v.HistoryLine:
    """Read from the chained bytes: the columns beside them only find and sort."""
    return v.HistoryLine(sequence, datetime.fromisoformat(body["at"]), body["actor"], body["kind"], body["facts"])


def read_end() -> tuple[JournalHead, datetime | None]:
    """The head as the journal's last row tells it, and when that entry was made; None for an empty journal."""
    sql = "SELECT sequence, digest, at FROM journal ORDER BY sequence DESC LIMIT 1"
    found = t.database.execute_sql(sql).fetchone()
    if found is None:
        return JournalHead(0, GENESIS), None
    return JournalHead(found[0], bytes(found[1])), t.Journal.at.python_value(found[2])


def read_head() -> JournalHead:
    return read_end()[0]


def last_moment() -> datetime | None:
    return read_end()[1]


def journal_rows(after: int, limit: int) -> list[tuple[int, bytes, bytes]]:
    """(sequence, body, digest) of the entries that follow `after`."""
    query = t.Journal.select(t.Journal.sequence, t.Journal.body, t.Journal.digest)
    found = query.where(t.Journal.sequence > after).order_by(t.Journal.sequence).limit(limit)
    return [(row.sequence, bytes(row.body), bytes(row.digest)) for row in found]


def digest_at(sequence: int) -> bytes:
    """The digest of an entry; empty when there is none."""
    found = t.Journal.get_or_none(t.Journal.sequence == sequence)
    return b"" if found is None else bytes(found.digest)
