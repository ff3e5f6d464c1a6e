"""A disk that fails under a running program: noticed before a number is given, told in words, over when it is over."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from lockdesk.core.journal import GENESIS, JournalHead
from lockdesk.errors import Hindered
from lockdesk.gateway.training.ledger import Ledger
from lockdesk.store import tables
from lockdesk.store.casebook import PRAGMAS, SqlCasebook
from lockdesk.store.threads import writing
from lockdesk.vault import Vault
from tests.helpers.desk.full_disk import full, nobody_writes
from tests.helpers.desk.office import MONDAY
from tests.helpers.desk.stored_cases import new_case

KEY = bytes(32)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Outside of the folders that only this user may enter: a test becomes somebody else."""
    made = Path(tempfile.mkdtemp(prefix="lockdesk-disk-"))
    (made / "profil").mkdir()
    yield made / "profil"
    shutil.rmtree(made)


@pytest.fixture
def casebook(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlCasebook]:
    monkeypatch.setitem(PRAGMAS, "busy_timeout", 50)
    vault = Vault(folder, KEY)
    vault.advance(JournalHead(0, GENESIS))
    opened = SqlCasebook(folder / "casebook.db", vault, vault.keys.database)
    yield opened
    opened.close()


@contextmanager
def moved_away(folder: Path) -> Iterator[None]:
    away = folder.with_name("dipindahkan")
    folder.rename(away)
    yield
    away.rename(folder)


@contextmanager
def another_database(folder: Path) -> Iterator[None]:
    path = folder / "casebook.db"
    kept = path.with_suffix(".asli")
    path.rename(kept)
    shutil.copy(kept, path)
    yield
    kept.replace(path)


@contextmanager
def log_taken_away(folder: Path) -> Iterator[None]:
    log = folder / "casebook.db-wal"
    log.rename(folder / "diambil")
    yield
    (folder / "diambil").rename(log)


@contextmanager
def held_by_another(folder: Path) -> Iterator[None]:
    other = sqlcipher.connect(str(folder / "casebook.db"), isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{Vault(folder, KEY).keys.database.hex()}'\"")
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


Trouble = Callable[[Path], AbstractContextManager[None]]
TROUBLES: dict[Trouble, str] = {
    moved_away: "disk.gone",
    another_database: "disk.gone",
    log_taken_away: "disk.gone",
    nobody_writes: "disk.read_only",
    held_by_another: "disk.locked",
    full: "disk.failing",
}


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
def test_trouble_is_noticed_before_a_number_is_given_and_over_without_a_restart(
    casebook: SqlCasebook, folder: Path, trouble: Trouble
) -> None:
    new_case(casebook)
    new_case(casebook)
    head = casebook.head()
    with trouble(folder):
        for _try in range(2):
            with pytest.raises(Hindered) as told:
                new_case(casebook)
            assert told.value.code == TROUBLES[trouble] and told.value.message and told.value.remedy
    assert casebook.head() == head
    third = new_case(casebook)
    assert casebook.row(third).number == "LATIH-LOCK-2026-0003"
    assert casebook.verify_journal().whole
    casebook.keep_draft("complaint", "isi", MONDAY)
    assert casebook.load_draft("complaint") == "isi"


def test_a_full_database_rolls_back_once_and_goes_on(casebook: SqlCasebook) -> None:
    """SQLITE_FULL in the middle of a unit: SQLite may have rolled back before we do."""
    new_case(casebook)

    def fill() -> None:
        with writing():
            connection = tables.database
            tables.Draft.create(form="x", text="y", kept_at=MONDAY)
            pages = connection.execute_sql("PRAGMA page_count").fetchone()[0]
            connection.execute_sql(f"PRAGMA max_page_count = {pages}")
            tables.Draft.create(form="besar", text="z" * 400_000, kept_at=MONDAY)

    with pytest.raises(Hindered) as told:
        casebook._writer.run(fill)
    assert told.value.code == "disk.full"

    def clear() -> None:
        with writing():
            tables.database.execute_sql("PRAGMA max_page_count = 1000000")

    casebook._writer.run(clear)
    assert casebook.load_draft("x") == "", "nothing of the failed unit is left"
    new_case(casebook)
    assert casebook.verify_journal().whole


def test_a_ledger_that_was_taken_away_or_cannot_grow_takes_nothing_and_goes_on(folder: Path) -> None:
    path = folder / "ca.ledger"
    ledger = Ledger(path, KEY)
    ledger.append(b"satu")
    for trouble in (moved_away, full):
        with trouble(folder), pytest.raises(Exception, match="tidak dapat ditulis"):
            ledger.append(b"hilang")
    ledger.append(b"dua")
    ledger.close()
    again = Ledger(path, KEY)
    again.close()
    assert again.records == [b"satu", b"dua"]
