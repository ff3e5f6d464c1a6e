"""What is typed at the counter, found among so many cases: names, parts of numbers, serials, and what is not there."""

import random
from pathlib import Path

from lockdesk.app import OpenProfile
from lockdesk.desk.reading import SEARCH_LIMIT
from lockdesk.store.tables import database
from tests.bench.figures import Figure, figure, timed

KEYS = 60


def _typed(row: tuple[str, ...], chance: random.Random) -> tuple[str, ...]:
    number, name, nip, nik, email = row
    at = chance.randrange(4, 10)
    return (
        name, name.split()[0], number, number[-6:], nip, f"{nip[:8]} {nip[8:14]}", nip[at : at + 6], nik[at : at + 5],
        email.split("@")[0], name[:4], f"tidak {name[:3]}xq", nip[:-1] + "x",
    )  # fmt: skip


def search(_folder: Path, profile: OpenProfile) -> Figure:
    """Every kind of key; beside it a row read by its number."""
    book, chance = profile.casebook, random.Random(7)
    rows = book._reader.run(
        lambda: database.execute_sql(
            'SELECT number, name, nip, nik, email FROM "case" ORDER BY id % 997 LIMIT ?', (KEYS,)
        ).fetchall()
    )
    own, bound = [], []
    for row in rows:
        for text in _typed(row, chance):
            own.append(timed(lambda text=text: book.search(text, SEARCH_LIMIT)))  # type: ignore[misc]
            bound.append(timed(lambda: book._reader.run(lambda: database.execute_sql("SELECT 1").fetchone())))
    return figure("search", own, "a question to the reader", bound, "aim: p50 10, p99 50 ms")
