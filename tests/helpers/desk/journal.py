"""The journal as a test reads it."""

import json
from typing import Any

from lockdesk.app import OpenProfile
from lockdesk.store import journal_reads, tables


def entries(profile: OpenProfile) -> list[dict[str, Any]]:
    """Every entry's chained body, the oldest first."""
    found = profile.casebook._read(lambda: journal_reads.entries(tables.database.execute_sql, 0, 100_000))
    return [json.loads(entry.body) for entry in found]
