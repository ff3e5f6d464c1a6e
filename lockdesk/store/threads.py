"""The two threads that own the database: one writes, one reads with `PRAGMA query_only`."""

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from peewee import DatabaseError

from lockdesk.environment import gone, hindrance
from lockdesk.errors import Damaged, Declined, LockdeskError
from lockdesk.store.home import Home, is_empty
from lockdesk.store.tables import database
from lockdesk.words import _

_T = TypeVar("_T")
_QUERY_ONLY = 8
"""SQLITE_READONLY: what a connection says that only reads; a read-only disk says more, or fails a unit."""
_INTERRUPTED = 9
_LAST_SECONDS = 10.0
"""What was broken off ends within milliseconds, unless the disk itself hangs."""
_Job = tuple[Callable[[], Any], "Future[Any]"]


class DatabaseThread:
    """Runs functions one after the other on its own thread with its own connection.

    A write outside `writing()` raises: the connection is read-only except inside a unit.
    """

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = self._leaving = False
        self._hurried = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"database-{name}", daemon=True)
        self._thread.start()
        try:
            self.run(self._connect)
        except BaseException:
            self.close()
            raise

    @property
    def leaving(self) -> bool:
        """Whether what takes long here, and loses nothing by it, is to be broken off at once."""
        return self._leaving

    def leave(self) -> None:
        """It is closed soon: what comes until then is waited for, and has to find the thread free."""
        self._leaving = True

    @property
    def entered(self) -> bool:
        """Whether the calling thread is this one: a job runs here."""
        return threading.current_thread() is self._thread

    def run(self, job: Callable[[], _T]) -> _T:
        """Runs `job` there and waits for its result or exception; at once when this is that thread.

        Raises Hindered where disk or memory fail, Damaged where the file is no database of ours, and Declined
        ("store.closed") once it is closed.
        """
        if self.entered:
            return job()
        future: Future[_T] = Future()
        with self._gate:
            if self._closed:
                raise _closing()
            self._jobs.put((partial(copy_context().run, job), future))  # it speaks the caller's language
        return future.result()

    def apart(self, job: Callable[[], bool]) -> bool:
        """Runs `job`, which says whether it exchanged the database's file, there while this thread has no connection,
        and opens it again whatever came of it; what hinders that is told to whoever comes next, for whom it is tried
        again. Raises as `run`."""

        def alone() -> bool:
            _disconnect()
            try:
                exchanged = job()
                if exchanged:
                    _own.home = Home(Path(database.database))
                return exchanged
            finally:
                with suppress(DatabaseError, LockdeskError, OSError):
                    self._connect_again()

        return self.run(alone)

    def close(self, patience: float = 0.0) -> None:
        """Closes the connection and ends the thread; nothing where that was done. What still runs or waits after
        `patience` seconds is broken off: a unit as if it had never begun."""
        with self._gate:
            first, self._closed, self._leaving = not self._closed, True, True
            if first:
                self._jobs.put(None)
        self._thread.join(patience)
        self._hurried.set()
        self._thread.join(_LAST_SECONDS)

    def _connect(self) -> None:
        database.break_off_when(self._hurried.is_set)
        database.connect()
        database.pragma("query_only", 1)
        _own.home = Home(Path(database.database))

    def _connect_again(self) -> None:
        """Never to another file, nor to a new database, which SQLite would make where the file is gone."""
        _own.home.require_file()
        if is_empty(Path(database.database)):
            raise gone()
        self._connect()

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, future = item
            try:
                if self._hurried.is_set():
                    raise _closing()
                if hasattr(_own, "home") and database.is_closed():
                    self._connect_again()
                future.set_result(job())
            except BaseException as error:
                future.set_exception(_closing() if self._hurried.is_set() else _told(error))
            del item, job, future  # what they hold, a mail say, would be held until the next job comes
        _disconnect()


def home() -> Home:
    """The database's files as this thread opened them."""
    found: Home = _own.home
    return found


def all_apart(threads: Sequence[DatabaseThread], job: Callable[[], bool]) -> bool:
    """Runs `job` on the last of them while none has a connection. Raises as `DatabaseThread.run`."""
    for thread in reversed(threads):
        job = partial(thread.apart, job)
    return job()


def _told(error: BaseException) -> BaseException:
    """What the caller gets of a failed job: a bug as it is, everything else in words."""
    if getattr(error.__context__, "sqlite_errorcode", 0) == _QUERY_ONLY:
        return error  # a write outside of a unit
    if getattr(error, "sqlite_errorcode", 0) == _INTERRUPTED:
        return _closing()
    known = hindrance(error)
    if known is None and "not a database" in str(error):
        known = not_ours(str(error))
    if known is not None and known is not error:
        known.__cause__ = error
    return known or error


_own = threading.local()
"""Holds what a thread has for itself: the connection on which it writes, made at its first unit, and the files."""


class writing:
    """One unit of writing: an IMMEDIATE transaction on a connection of its own. The thread's other one, for all
    that happens outside of units, stays read-only: were there one, and `query_only` turned off and on, SQLite
    would prepare every statement anew for every unit."""

    def __enter__(self) -> None:
        _own.home.require()
        if not hasattr(_own, "writing"):
            _own.writing = database.another()
        self._reading = database.connection()
        if self._reading is _own.writing:
            raise RuntimeError("a unit cannot be written inside another unit")
        database.choose(_own.writing)
        try:
            self._transaction = database.atomic("IMMEDIATE")
            self._transaction.__enter__()
        except BaseException:
            database.choose(self._reading)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._transaction.__exit__(kind, error, trace)
        except DatabaseError as failed:
            # On a full or failing disk SQLite has rolled back by itself, and there is nothing left to roll back.
            if error is None:
                raise (hindrance(failed) or failed) from failed
        finally:
            database.choose(self._reading)
            if _own.writing.in_transaction:  # not even that was possible: the next unit begins on another one
                _own.writing.close()
                del _own.writing
        if isinstance(error, DatabaseError) and (known := hindrance(error)) is not None:
            raise known from error


def _disconnect() -> None:
    if hasattr(_own, "writing"):
        _own.writing.close()
        del _own.writing
    database.close()


def _closing() -> Declined:
    return Declined(_("Program sedang ditutup."), _("Ulangi langkah ini setelah dibuka lagi."), code="store.closed")


def not_ours(detail: str) -> Damaged:
    """The error for a database that cannot be read with this key."""
    return Damaged(
        _("Basis data tidak dapat dibuka dengan kunci ini."),
        _(
            "Pastikan berkas profil dan kuncinya sepasang, tidak berasal dari dua salinan yang berbeda. Bila berkas "
            "aslinya tidak ada lagi, pulihkan dari cadangan."
        ),
        detail=detail,
        code="store.not_ours",
    )


def emptied() -> Damaged:
    """The error for a database that holds nothing where records were made."""
    return Damaged(
        _("Basis data profil ini kosong: berkasnya hilang atau diganti."),
        _("Kembalikan berkas aslinya, atau pulihkan dari cadangan. Yang ada di folder data tidak diubah."),
        code="store.emptied",
    )


def broken_journal(sequence: int) -> Damaged:
    """The error that stops all writing (DOMAIN section 9)."""
    return Damaged(
        _("Rekam jejak tidak utuh pada catatan nomor {n}.").format(n=sequence),
        _("Hubungi Kepala Bidang; jangan melanjutkan pencatatan sebelum diperiksa."),
        code="journal.broken",
    )
