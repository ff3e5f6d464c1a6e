"""A database under another key: copied beside, encrypted anew, read back whole, and sealed by the new key."""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from peewee import DatabaseError
from playhouse.sqlcipher_ext import SqlCipherDatabase

from lockdesk.core.journal import JournalHead
from lockdesk.desk.ports import Sealer
from lockdesk.desk.values.backups import BackupProgress
from lockdesk.errors import Damaged
from lockdesk.store import journal_reads
from lockdesk.store.backup import copy_pages, require_digests, row_counts
from lockdesk.store.backup_place import require_room
from lockdesk.store.inspection import copy_looked_at, looked_at
from lockdesk.words import _

_PRAGMAS = {"cipher_log_level": "NONE", "journal_mode": "off", "synchronous": "off"}
"""Nobody but us has the copy, and one that was not finished is thrown away."""


def copy_under(
    database: Path, key: bytes, into: Path, new_key: bytes, sealer: Sealer, progress: BackupProgress
) -> JournalHead:
    """Copies a database that nobody has open, under another key; gives its journal's head. What was copied is read back
    and held against the source: journal and seal (`sealer`'s), rows, every kept file.

    Raises Hindered (disk), Damaged where it is not whole; the source is as it was.
    """
    require_room(database, into.parent)
    with looked_at(database, key, in_use=False) as source:
        head, _at = journal_reads.end_of(source.execute_sql)
        counts = row_counts(source)

        def told(_status: int, remaining: int, total: int) -> None:
            progress((total - remaining) * 30 // max(total, 1))

        copy_pages(source, into, key, told)
    _written(into, key, lambda copy: copy.execute_sql(f"PRAGMA rekey = \"x'{new_key.hex()}'\""))
    progress(50)
    with copy_looked_at(into, new_key) as copy:
        execute = copy.execute_sql
        check = journal_reads.check(
            partial(journal_reads.entries, execute), partial(journal_reads.seal_holds, execute, sealer), sealer.mark()
        )
        if not check.whole or check.chain.count != head.count or row_counts(copy) != counts:
            raise not_whole("journal")
        require_digests(copy, lambda percent: progress(50 + percent * 40 // 100))
    return head


def seal_anew(database: Path, key: bytes, seal: bytes) -> None:
    """Puts another seal on the head that was sealed last, durably."""
    _written(database, key, lambda copy: copy.execute_sql('UPDATE "seal" SET "signature" = ?', (seal,)))
    with database.open("rb+") as file:
        os.fsync(file.fileno())


def _written(path: Path, key: bytes, write: Callable[[SqlCipherDatabase], object]) -> None:
    copy = SqlCipherDatabase(str(path), passphrase=f"x'{key.hex()}'", pragmas=_PRAGMAS)
    copy.connect()
    try:
        write(copy)
    finally:
        with suppress(DatabaseError):
            copy.close()


def not_whole(detail: str) -> Damaged:
    """The copy cannot take the place of the database."""
    return Damaged(
        _("Salinan dengan kunci baru tidak sama dengan data."),
        _("Kunci lama tetap berlaku. Periksa disk, lalu ulangi."),
        detail=detail,
        code="rekey.not_whole",
    )
