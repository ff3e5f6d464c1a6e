"""The database's file written anew after a disposal: whole or as it was, whatever comes between."""

import itertools
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlcipher3.dbapi2 import OperationalError as DriverError

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.errors import Declined, Hindered
from lockdesk.store import rewriting
from lockdesk.store import tables as t
from lockdesk.store.threads import DatabaseThread
from tests.helpers.desk.full_disk import full
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.steps import completed, receive
from tests.helpers.patience import PATIENT

NAME = "casebook.db"


def _file() -> Path:
    return Path(t.database.database)


def _rows(profile: OpenProfile) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Every row of every table."""

    def read() -> list[tuple[str, list[tuple[object, ...]]]]:
        names = t.database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return [(name, t.database.execute_sql(f'SELECT * FROM "{name}"').fetchall()) for (name,) in names]  # noqa: S608

    return profile.casebook._read(read)


def test_everything_stays_and_the_next_step_is_taken_as_ever(profile: OpenProfile) -> None:
    completed(profile.desk)
    before, file = _rows(profile), _file().stat().st_ino
    assert profile.casebook.sweep()
    assert _rows(profile) == before and _file().stat().st_ino != file
    assert profile.desk.reading.case(receive(profile.desk, "02")).number
    assert profile.casebook.verify_journal().whole
    with pytest.raises(Exception, match="readonly"):
        profile.casebook._read(lambda: t.database.execute_sql("DELETE FROM journal"))


def _after(most: int) -> Callable[[DatabaseThread], bool]:
    """Not hurried at the first `most` looks."""
    looks = itertools.count()
    return lambda _thread: next(looks) >= most


def test_it_is_broken_off_at_any_row_and_nothing_is_left_of_it(
    profile: OpenProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As closing does; how many rows there are to stop at is found by letting it run."""
    completed(profile.desk)
    before, around = _rows(profile), set(_file().parent.iterdir())
    for most in itertools.count(0, 7):
        monkeypatch.setattr(DatabaseThread, "hurried", property(_after(most)))
        try:
            assert profile.casebook.sweep()
            break
        except DriverError as error:
            assert "interrupted" in str(error)
        assert set(_file().parent.iterdir()) == around and _rows(profile) == before
    assert most > 20, "it could be broken off at many places"
    assert _rows(profile) == before and profile.casebook.verify_journal().whole


def test_closing_in_the_midst_leaves_it_to_the_next_start(tmp_path: Path, made_profile: Path) -> None:
    folder = Path(shutil.copytree(made_profile, tmp_path / "tutup"))
    profile = OpenProfile(ProfileStart(folder), SetClock())
    completed(profile.desk)
    before, around = _rows(profile), {file.name for file in folder.iterdir()}
    begun, told = threading.Event(), []
    real = rewriting.write

    def slowly(path: Path, broken_off: Callable[[], bool]) -> None:
        def asked() -> bool:
            begun.set()
            return broken_off()

        while True:
            real(path, asked)

    def sweep() -> None:
        with pytest.raises(Declined) as error:
            profile.casebook.sweep()
        told.append(error.value.code)

    with patch.object(rewriting, "write", slowly):
        sweeping = threading.Thread(target=sweep)
        sweeping.start()
        assert begun.wait(PATIENT)
        profile.close()
        sweeping.join(PATIENT)
    assert told == ["store.closed"]
    assert {file.name for file in folder.iterdir()} == around - {f"{NAME}-wal", f"{NAME}-shm"}
    again = OpenProfile(ProfileStart(folder), SetClock())
    assert _rows(again) == before and again.casebook.sweep()
    again.close()


def test_what_a_killed_program_left_of_it_is_no_hindrance(profile: OpenProfile) -> None:
    completed(profile.desk)
    before, around = _rows(profile), set(_file().parent.iterdir())
    for end in ("", "-journal"):
        Path(f"{rewriting.beside(_file())}{end}").write_bytes(b"SQLite format 3\0" + bytes(5000))
    assert profile.casebook.sweep()
    assert _rows(profile) == before and set(_file().parent.iterdir()) == around


def test_a_disk_without_room_for_both_says_so_and_leaves_all(profile: OpenProfile) -> None:
    completed(profile.desk)
    before, around = _rows(profile), set(_file().parent.iterdir())
    with full(_file().parent), pytest.raises(Hindered) as told:
        profile.casebook.sweep()
    assert "ruang" in f"{told.value.message} {told.value.remedy}".lower()
    assert _rows(profile) == before and set(_file().parent.iterdir()) == around
    assert profile.casebook.sweep()
