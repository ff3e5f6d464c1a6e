"""Closing the casebook while something is under way: at once, and nothing half done."""

import threading
import weakref
from concurrent.futures import Future
from pathlib import Path

import pytest

from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.errors import Declined
from lockdesk.store import tables as t
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.threads import DatabaseThread, writing
from lockdesk.vault import Vault
from tests.helpers.desk.office import MONDAY
from tests.helpers.desk.vaults import fresh_vault
from tests.helpers.patience import PATIENT

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return fresh_vault(tmp_path, "frasa sandi kantor")


def casebook(vault: Vault) -> SqlCasebook:
    return SqlCasebook(vault.folder / "casebook.db", vault, vault.keys.database)


def aside(thread: DatabaseThread, begun: threading.Event, statement: str) -> "Future[object]":
    """Runs a unit of two statements there, for somebody who waits on a thread of his own."""
    told: Future[object] = Future()

    def unit() -> None:
        with writing():
            t.database.execute_sql("INSERT INTO draft (form, text) VALUES ('x', 'setengah')")
            begun.set()
            t.database.execute_sql(statement).fetchall()

    def wait() -> None:
        try:
            told.set_result(thread.run(unit))
        except BaseException as error:
            told.set_exception(error)

    threading.Thread(target=wait).start()
    return told


def test_what_takes_long_is_broken_off_as_if_it_had_never_begun(vault: Vault) -> None:
    book, begun = casebook(vault), threading.Event()
    told = aside(book._writer, begun, ENDLESS)
    assert begun.wait(PATIENT)
    waiting = aside(book._writer, threading.Event(), "SELECT 1")
    book.close()
    for future in (told, waiting):
        error = future.exception(PATIENT)
        assert isinstance(error, Declined) and error.code == "store.closed"
    again = casebook(vault)
    assert again.load_draft("x") == "" and again.verify_journal().whole
    again.close()


def test_a_step_that_was_begun_ends_before_the_casebook_does(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lockdesk.store.casebook._UNIT_SECONDS", PATIENT)
    book, begun, go_on = casebook(vault), threading.Event(), threading.Event()
    commit = book._writer.run

    def slow() -> None:
        begun.set()
        go_on.wait(PATIENT)
        book.commit(c.Change(MONDAY, "Contoh Petugas", JournalNote("desk.locked")))

    stepping = threading.Thread(target=commit, args=(slow,))
    stepping.start()
    assert begun.wait(PATIENT)
    go_on.set()
    book.close()
    stepping.join(PATIENT)
    again = casebook(vault)
    assert again.head().count == 1 and vault.mark() == again.head()
    again.close()


def test_a_closed_casebook_refuses_instead_of_waiting(vault: Vault) -> None:
    book = casebook(vault)
    book.close()
    book.close()
    with pytest.raises(Declined, match="sedang ditutup"):
        book.head()


def test_a_thread_lets_go_of_a_job_that_is_done(vault: Vault) -> None:
    """What it holds, a mail of 25 MB say, would otherwise be held until the next job comes."""

    class Mail:
        """Something that can be known without being held."""

    book, gone = casebook(vault), threading.Event()

    def run() -> None:
        mail = Mail()
        weakref.finalize(mail, gone.set)
        book._writer.run(lambda: mail)

    run()
    assert gone.wait(PATIENT)
    book.close()
