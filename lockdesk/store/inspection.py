"""A casebook's journal looked at from beside: nothing is made, moved or written, not even in a folder that could be."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from os.path import samestat
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from peewee import DatabaseError
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3.dbapi2 import DatabaseError as DriverError

from lockdesk.core.journal import JournalHead
from lockdesk.desk.casebook import JournalCheck
from lockdesk.desk.changes import PassNumbers
from lockdesk.desk.ports import Sealer
from lockdesk.desk.values.sheets import PrintEntry
from lockdesk.environment import hindrance
from lockdesk.errors import Declined
from lockdesk.store import journal_reads, prints
from lockdesk.store.home import is_empty, staying
from lockdesk.store.threads import emptied, not_ours
from lockdesk.words import _


def inspect_journal(path: Path, vault: Sealer, key: bytes, in_use: bool = False) -> JournalCheck:
    """Walks the journal of the database at `path`; `in_use` where a running program has it open.

    Raises Declined when there is none, Damaged with a wrong key or where it is empty.
    """
    with looked_at(path, key, in_use) as database:
        execute = database.execute_sql
        return journal_reads.check(
            partial(journal_reads.entries, execute),
            partial(journal_reads.seal_holds, execute, vault),
            vault.mark(),
        )


def export_journal(path: Path, public_key: bytes, key: bytes, out: BinaryIO, in_use: bool = False) -> JournalHead:
    """Writes the journal of the database at `path` as one moment of it, whole or not. Raises as `inspect_journal`."""
    with looked_at(path, key, in_use) as database:
        return journal_reads.export(partial(journal_reads.export_step, database.execute_sql), public_key, out.write)


class InspectedPrints:
    """The prints of a casebook that is looked at: desk.prints.checking.KnownPrints."""

    def __init__(self, execute: journal_reads.Execute) -> None:
        self._execute = execute

    def print_entry(self, sequence: int) -> PrintEntry | None:
        return prints.print_entry(self._execute, sequence)

    def prints_like(self, digits: str) -> tuple[PrintEntry, ...]:
        return prints.prints_like(self._execute, digits)

    def length(self) -> int:
        return journal_reads.length(self._execute)


@contextmanager
def inspected_prints(path: Path, key: bytes, in_use: bool = False) -> Iterator[InspectedPrints]:
    """One moment of them. Raises as `inspect_journal`."""
    with looked_at(path, key, in_use) as database:
        yield InspectedPrints(database.execute_sql)


def printed_head_is_known(path: Path, key: bytes, entry: int, head: str, in_use: bool = False) -> bool:
    """Whether entry number `entry` has the head that a print carries (`head`: its first hex digits, as printed)."""
    with looked_at(path, key, in_use) as database:
        digest = journal_reads.digest_at(database.execute_sql, entry)
    return bool(head) and digest.hex().startswith(head.lower())


def journal_end(path: Path, key: bytes) -> tuple[JournalHead, datetime | None]:
    """The journal's head as its last row tells it, and when that entry was made. Raises as `inspect_journal`."""
    with looked_at(path, key, in_use=False) as database:
        return journal_reads.end_of(database.execute_sql)


def given_numbers(path: Path, key: bytes) -> tuple[PassNumbers, ...]:
    """How far the numbers of each series and year were given. Raises as `inspect_journal`."""
    with looked_at(path, key, in_use=False) as database:
        found = database.execute_sql('SELECT "series", "year", "last" FROM "counter"').fetchall()
    return tuple(PassNumbers(*row) for row in found)


@contextmanager
def looked_at(path: Path, key: bytes, in_use: bool) -> Iterator[SqlCipherDatabase]:
    """One moment of the database. What a program that was killed, or still runs, has in its write-ahead log counts."""
    if not path.is_file():
        raise Declined(_("Di folder ini tidak ada basis data LockDesk."), _("Periksa nama folder."), code="store.none")
    if is_empty(path):
        raise emptied()
    path = path.resolve()  # the log lies beside the file that a link leads to
    log = path.with_name(path.name + "-wal")
    with tempfile.TemporaryDirectory(prefix="lockdesk-") as folder:
        options = "mode=ro"
        if not in_use and (not log.exists() or log.stat().st_size == 0):
            options = "immutable=1"  # a folder without the right to write would not even give a lock
        elif not in_use:
            # SQLite would write into the log's index; so a copy is read. Both parts stay encrypted.
            path = Path(shutil.copy(path, folder))
            shutil.copy(log, folder)
        with _opened(path, key, options) as database:
            yield database


@contextmanager
def copy_looked_at(path: Path, key: bytes) -> Iterator[SqlCipherDatabase]:
    """A file that nobody writes to, a backup; what follows the database's last page is not looked at."""
    with _opened(path, key, "immutable=1") as database:
        yield database


@contextmanager
def _opened(path: Path, key: bytes, options: str) -> Iterator[SqlCipherDatabase]:
    database = SqlCipherDatabase(f"file:{quote(str(path.resolve()))}?{options}", passphrase=f"x'{key.hex()}'",
                                 pragmas={"cipher_log_level": "NONE", "query_only": 1}, uri=True)  # fmt: skip
    try:
        while not _begun(database, path):
            database.close()
        yield database
    except (DatabaseError, DriverError) as error:  # rows that are read one by one fail with the driver's own
        raise hindrance(error) or not_ours(str(error)) from error
    finally:
        with suppress(DatabaseError):
            database.close()


def _begun(database: SqlCipherDatabase, path: Path) -> bool:
    """Whether reading has begun, which keeps the file in its place; False where it was exchanged while it was opened:
    the old one would be read with the new one's log."""
    before = path.stat()
    try:
        with staying:
            database.connect()
            database.begin()
            database.execute_sql("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except DatabaseError:
        if samestat(before, path.stat()):
            raise
        return False
    return samestat(before, path.stat())
