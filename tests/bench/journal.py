"""The whole journal of so many cases walked, columns and texts included, as the window does while it is idle."""

import gc
import hashlib
import json
from pathlib import Path

from lockdesk.core.journal import JournalNote, canonical_body
from tests.bench.figures import Figure, figure, timed
from tests.bench.filled import opened
from tests.helpers.desk.office import MONDAY

RUNS = 3
MANY = 1_000_000
"""Entries of which one walk takes long enough to be believed."""
NOTE = JournalNote("operation.intended", {"request_id": "ab" * 16, "kind": "revoke", "key_sha256": "cd" * 32})


def journal(folder: Path) -> list[Figure]:
    """Beside hashing and parsing as many bytes without a database; and opening, which proves its end."""
    body = canonical_body(1, MONDAY, "Contoh Petugas", "LOCK-2026-0001", NOTE, {})
    opening = list[float]()
    for _run in range(RUNS):
        opening.append(timed(lambda: opened(folder).close()))
    with opened(folder) as profile:
        entries = profile.casebook.head().count

        def bare() -> None:
            for _n in range(entries):
                hashlib.sha256(body).digest()
                json.loads(body)

        def walk() -> None:
            check = profile.casebook.verify_journal()
            assert check.whole and check.chain.count >= entries

        walked, limits = list[float](), list[float]()
        for _run in range(1 if entries > MANY else RUNS):
            walked.append(timed(walk))
            limits.append(timed(bare))
            gc.collect()
    aim = f"aim {entries / 100:.0f} ms for {entries} entries"
    return [
        figure("journal", walked, "hash and parse alone", limits, aim),
        figure("its end", opening, "the whole walk", walked, "when the profile is opened, passphrase included"),
    ]
