"""The two threads that own the database: one writes, one reads with `PRAGMA query_only`."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from peewee import DatabaseError

from lockdesk.errors import Damaged
from lockdesk.store.tables import database
from lockdesk.words import _

_T = TypeVar("_T")
_Job = tuple[Callable[[], Any], "Future[Any]"]


class DatabaseThread:
    """Runs functions one after the other on its own thread with its own connection.

    A write outside `writing()` raises: the connection is read-only except inside a unit.
    """

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=f"database-{name}", daemon=True)
        self._thread.start()
        try:
            self.run(self._connect)
        except DatabaseError as error:
            self.close()
            raise not_ours(str(error)) from error

    @property
    def entered(self) -> bool:
        """Whether the calling thread is this one: a job runs here."""
        return threading.current_thread() is self._thread

    def run(self, job: Callable[[], _T]) -> _T:
        """Runs `job` there and waits for its result or exception; at once when this is that thread."""
        if self.entered:
            return job()
        future: Future[_T] = Future()
        self._jobs.put((job, future))
        return future.result()

    def close(self) -> None:
        """Closes the connection and ends the thread; nothing where that was done."""
        if not self._thread.is_alive():
            return
        self.run(_disconnect)
        self._jobs.put(None)
        self._thread.join()

    @staticmethod
    def _connect() -> None:
        database.connect()
        database.execute_sql("PRAGMA query_only = 1")

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, future = item
            try:
                future.set_result(job())
            except BaseException as error:
                future.set_exception(error)


_own = threading.local()
"""Holds the connection on which a thread writes, made at its first unit."""


class writing:
    """One unit of writing: an IMMEDIATE transaction on a connection of its own. The thread's other one, for all
    that happens outside of units, stays read-only: were there one, and `query_only` turned off and on, SQLite
    would prepare every statement anew for every unit."""

    def __enter__(self) -> None:
        if not hasattr(_own, "connection"):
            _own.connection = database._connect()
        self._reading = database.connection()
        if self._reading is _own.connection:
            raise RuntimeError("a unit cannot be written inside another unit")
        database._state.set_connection(_own.connection)
        try:
            self._transaction = database.atomic("IMMEDIATE")
            self._transaction.__enter__()
        except BaseException:
            database._state.set_connection(self._reading)
            raise

    def __exit__(self, *failure: Any) -> None:
        try:
            self._transaction.__exit__(*failure)
        finally:
            database._state.set_connection(self._reading)


def _disconnect() -> None:
    if hasattr(_own, "connection"):
        _own.connection.close()
    database.close()


def not_ours(detail: str) -> Damaged:
    """The error for a database that cannot be read with this key."""
    return Damaged(
        _("Basis data tidak dapat dibuka dengan kunci ini."),
        _("Pastikan berkas profil dan kuncinya sepasang, tidak berasal dari dua salinan yang berbeda."),
        detail=detail,
        code="store.not_ours",
    )


def broken_journal(sequence: int) -> Damaged:
    """The error that stops all writing (DOMAIN section 9)."""
    return Damaged(
        _("Rekam jejak tidak utuh pada catatan nomor {n}.").format(n=sequence),
        _("Hubungi Kepala Bidang; jangan melanjutkan pencatatan sebelum diperiksa."),
        code="journal.broken",
    )
