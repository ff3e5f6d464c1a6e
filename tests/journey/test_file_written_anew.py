"""The database's file written anew after a disposal: whole or as it was, whatever comes between."""

import errno
import itertools
import os
import resource
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from lockdesk import renaming
from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.errors import Declined, Hindered
from lockdesk.renaming import rename_over
from lockdesk.store import rewriting
from lockdesk.store import tables as t
from lockdesk.store.inspection import looked_at
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
    """Not closing at the first `most` looks."""
    looks = itertools.count()
    return lambda _thread: next(looks) >= most


class _Slow:
    """A connection that lets other threads work while it vacuums."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, statement: str, *more: Any) -> Any:
        if statement.startswith("VACUUM"):
            self._connection.set_progress_handler(lambda: time.sleep(0.001), 500)
        return self._connection.execute(statement, *more)


def _watched_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    another = t.database.another
    monkeypatch.setattr(t.database, "another", lambda: _Slow(another()))
    monkeypatch.setattr(rewriting, "_LOOK_SECONDS", 0)


def test_it_is_broken_off_at_any_row_and_nothing_is_left_of_it(
    profile: OpenProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As closing does; how often there is to be looked before it is through is found by letting it run."""
    completed(profile.desk)
    before, around = _rows(profile), set(_file().parent.iterdir())
    _watched_closely(monkeypatch)
    for times in itertools.count():
        monkeypatch.setattr(DatabaseThread, "leaving", property(_after((1 << times) - 1)))
        try:
            assert profile.casebook.sweep()
            break
        except Declined as error:
            assert error.code == "store.closed"
        assert set(_file().parent.iterdir()) == around and _rows(profile) == before
    assert times > 2, "it could be broken off at several places"
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

    with patch.object(rewriting, "write", slowly), patch.object(rewriting, "_LOOK_SECONDS", 0):
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
    for end in ("", "-journal", "-wal", "-shm"):
        Path(f"{rewriting.beside(_file())}{end}").write_bytes(b"SQLite format 3\0" + bytes(5000))
    assert profile.casebook.sweep()
    assert _rows(profile) == before and set(_file().parent.iterdir()) == around


KILLED = """
import os, signal, sys
from pathlib import Path
from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.store import rewriting
from lockdesk.store import tables as t
from tests.helpers.desk.office import SetClock

def die(*_arguments):
    os.kill(os.getpid(), signal.SIGKILL)

class Dying:
    def __init__(self, connection):
        self.connection = connection

    def __getattr__(self, name):
        return getattr(self.connection, name)

    def execute(self, *arguments):
        self.connection.set_progress_handler(die, 500)
        return self.connection.execute(*arguments)

def killed_vacuuming():
    another = t.database.another
    t.database.another = lambda: Dying(another())

def killed_behind(name):
    real = getattr(rewriting, name)
    setattr(rewriting, name, lambda *arguments: die(real(*arguments)))

def killed_before(name):
    setattr(rewriting, name, die)

for folder in map(Path, sys.argv[1:]):
    if not os.fork():
        profile = OpenProfile(ProfileStart(folder), SetClock())
        {
            "vacuuming": killed_vacuuming,
            "written": lambda: killed_behind("write"),
            "alone": lambda: killed_before("sync"),
            "renaming": lambda: killed_before("rename_over"),
            "renamed": lambda: killed_behind("rename_over"),
        }[folder.name]()
        profile.casebook.sweep()
        os._exit(0)
    assert os.WIFSIGNALED(os.wait()[1]), folder.name
"""
MOMENTS = ("vacuuming", "written", "alone", "renaming", "renamed")


def test_a_killed_program_leaves_one_file_or_the_other(tmp_path: Path, made_profile: Path) -> None:
    first = Path(shutil.copytree(made_profile, tmp_path / MOMENTS[0]))
    with OpenProfile(ProfileStart(first), SetClock()) as profile:
        completed(profile.desk)
        before = _rows(profile)
    folders = [first, *(Path(shutil.copytree(first, tmp_path / name)) for name in MOMENTS[1:])]
    subprocess.run([sys.executable, "-c", KILLED, *map(str, folders)], check=True, timeout=PATIENT)
    for folder in folders:
        assert (folder / f"{NAME}.baru").exists() is (folder.name != "renamed"), folder.name
        with OpenProfile(ProfileStart(folder), SetClock()) as profile:
            assert _rows(profile) == before and profile.casebook.verify_journal().whole, folder.name
            assert receive(profile.desk, "02") and profile.casebook.sweep()
        assert [path.name for path in folder.glob(f"{NAME}*")] == [NAME]


def test_a_disk_without_room_for_both_says_so_and_leaves_all(profile: OpenProfile) -> None:
    completed(profile.desk)
    before, around = _rows(profile), set(_file().parent.iterdir())
    with full(_file().parent), pytest.raises(Hindered) as told:
        profile.casebook.sweep()
    assert "ruang" in f"{told.value.message} {told.value.remedy}".lower()
    assert _rows(profile) == before and set(_file().parent.iterdir()) == around
    assert profile.casebook.sweep()


@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_who_may_not_read_the_old_file_may_not_read_the_new_one(profile: OpenProfile, mode: int) -> None:
    _file().chmod(mode)
    seen = set[int]()

    def renamed(source: Path, target: Path) -> None:
        seen.add(stat.S_IMODE(source.stat().st_mode))
        rename_over(source, target)

    with patch.object(rewriting, "rename_over", renamed):
        assert profile.casebook.sweep()
    assert seen == {mode} and stat.S_IMODE(_file().stat().st_mode) == mode


def test_a_database_that_lies_elsewhere_is_written_anew_there(tmp_path: Path, made_profile: Path) -> None:
    """What was destroyed must not stay behind on another disk that a link led to."""
    folder = Path(shutil.copytree(made_profile, tmp_path / "tautan"))
    (tmp_path / "disk").mkdir()
    real = Path(shutil.move(folder / NAME, tmp_path / "disk" / NAME))
    (folder / NAME).symlink_to(real)
    with OpenProfile(ProfileStart(folder), SetClock()) as profile:
        completed(profile.desk)
        before, file = _rows(profile), real.stat().st_ino
        assert profile.casebook.sweep()
        assert (folder / NAME).is_symlink() and real.stat().st_ino != file and _rows(profile) == before
        receive(profile.desk, "02")
    assert [path.name for path in real.parent.iterdir()] == [NAME]


@pytest.mark.parametrize("name", ['Kantor "Kota" 100 %20', "#1 berkas? ä'ö"])
def test_a_folder_may_have_any_name(tmp_path: Path, made_profile: Path, name: str) -> None:
    folder = Path(shutil.copytree(made_profile, tmp_path / name))
    with OpenProfile(ProfileStart(folder), SetClock()) as profile:
        case_id = receive(profile.desk, "02")
        assert profile.casebook.sweep() and profile.desk.reading.case(case_id).number
    assert [path.name for path in folder.glob(f"{NAME}*")] == [NAME]


# ── others who read ──
def test_the_walk_of_the_journal_goes_on_in_the_new_file(profile: OpenProfile) -> None:
    """Each start begins one, and on a large profile it takes longer than the writing."""
    completed(profile.desk)
    swept = list[bool]()

    def between_two_steps(_read: int) -> None:
        if not swept:
            swept.append(profile.casebook.sweep())
            receive(profile.desk, "02")

    assert profile.casebook.verify_journal(between_two_steps).whole
    assert swept == [True] and profile.casebook.verify_journal().whole


def test_a_walk_that_begins_at_that_moment_reads_one_file(profile: OpenProfile) -> None:
    completed(profile.desk)
    begun, go_on, checked = threading.Event(), threading.Event(), list[bool]()

    def wait(_read: int) -> None:
        begun.set()
        assert go_on.wait(PATIENT)

    walk = threading.Thread(target=lambda: checked.append(profile.casebook.verify_journal(wait).whole))

    def renamed(source: Path, target: Path) -> None:
        walk.start()
        begun.wait(0.3)
        rename_over(source, target)

    with patch.object(rewriting, "rename_over", renamed):
        assert profile.casebook.sweep()
    receive(profile.desk, "02")
    go_on.set()
    walk.join(PATIENT)
    assert checked == [True] and profile.casebook.journal_whole()
    assert profile.casebook.verify_journal().whole and profile.casebook.sweep()


def test_who_begins_to_read_right_after_it_hinders_nobody(profile: OpenProfile) -> None:
    completed(profile.desk)
    before = _rows(profile)
    reader = list[Any]()

    def renamed(source: Path, target: Path) -> None:
        rename_over(source, target)
        reader.append(sqlcipher.connect(target, isolation_level=None, check_same_thread=False))
        reader[0].execute(f"PRAGMA key = \"x'{profile.vault.keys.database.hex()}'\"")
        reader[0].execute("BEGIN")
        reader[0].execute("SELECT COUNT(*) FROM journal").fetchone()

    with patch.object(rewriting, "rename_over", renamed):
        assert profile.casebook.sweep()
    assert _rows(profile) == before and receive(profile.desk, "02")
    reader[0].close()
    assert profile.casebook.sweep() and profile.casebook.verify_journal().whole


LOOKS = """
import sys
from pathlib import Path
from playhouse.sqlcipher_ext import SqlCipherDatabase
from lockdesk.store.inspection import looked_at
real = SqlCipherDatabase.connect
def connect(self, *more):
    made = real(self, *more)
    print("opened", flush=True)
    sys.stdin.readline()
    return made
SqlCipherDatabase.connect = connect
with looked_at(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), in_use=True) as database:
    print(database.execute_sql("SELECT MAX(sequence) FROM journal").fetchone()[0])
    print(database.execute_sql("PRAGMA integrity_check").fetchone()[0])
"""


def test_a_command_that_opened_it_just_before_looks_at_the_new_file(profile: OpenProfile) -> None:
    """The old one would be read with the log of the new one."""
    completed(profile.desk)
    command = [sys.executable, "-c", LOOKS, t.database.database, profile.vault.keys.database.hex()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as looking:
        assert looking.stdout is not None and looking.stdout.readline() == "opened\n"
        assert profile.casebook.sweep()
        receive(profile.desk, "02")
        told, _none = looking.communicate("\n\n", PATIENT)
    assert looking.returncode == 0
    assert told.split()[-2:] == [str(profile.casebook.head().count), "ok"]


def test_a_file_that_windows_holds_is_somebody_who_reads(profile: OpenProfile) -> None:
    completed(profile.desk)
    before, around = _rows(profile), set(_file().parent.iterdir())
    held = PermissionError(errno.EACCES, "sharing violation")
    held.winerror = 32  # type: ignore[attr-defined]
    with patch.object(Path, "replace", side_effect=held), patch.object(renaming, "PAUSES", ()):
        assert not profile.casebook.sweep()
    assert _rows(profile) == before and set(_file().parent.iterdir()) == around
    assert receive(profile.desk, "02") and profile.casebook.sweep()


def _told(database: Any) -> tuple[int, str]:
    read = database.execute_sql
    return read("SELECT MAX(sequence) FROM journal").fetchone()[0], read("PRAGMA integrity_check").fetchone()[0]


def test_who_looks_at_the_new_file_sees_one_moment_of_it(profile: OpenProfile) -> None:
    """Its log is empty at first, and filled and emptied into the file meanwhile."""
    completed(profile.desk)
    assert profile.casebook.sweep()
    with looked_at(_file(), profile.vault.keys.database, in_use=True) as database:
        before = _told(database)
        receive(profile.desk, "02")
        profile.casebook._read(lambda: t.database.execute_sql("PRAGMA wal_checkpoint").fetchall())
        database.execute_sql("PRAGMA shrink_memory")
        assert _told(database) == before and before[1] == "ok"


def test_a_database_that_lies_elsewhere_is_looked_at_with_its_log(profile: OpenProfile, tmp_path: Path) -> None:
    completed(profile.desk)
    (tmp_path / "disk").mkdir()
    for part in ("", "-wal"):  # as a killed program leaves them
        shutil.copy(f"{_file()}{part}", tmp_path / "disk")
    (tmp_path / NAME).symlink_to(tmp_path / "disk" / NAME)
    with looked_at(tmp_path / NAME, profile.vault.keys.database, in_use=False) as database:
        assert _told(database) == (profile.casebook.head().count, "ok")


# ── the computer ──
def test_a_system_that_opens_no_more_files_for_a_while_stops_nobody_for_longer(profile: OpenProfile) -> None:
    completed(profile.desk)
    before, limits = _rows(profile), resource.getrlimit(resource.RLIMIT_NOFILE)

    def renamed(source: Path, target: Path) -> None:
        rename_over(source, target)
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))

    try:
        with patch.object(rewriting, "rename_over", renamed):
            assert profile.casebook.sweep()
        with pytest.raises(Hindered):
            profile.casebook.head()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert _rows(profile) == before and receive(profile.desk, "02")
    assert profile.casebook.sweep() and profile.casebook.verify_journal().whole


def test_a_disk_that_fails_is_told_as_such(profile: OpenProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    completed(profile.desk)
    before, around = _rows(profile), set(_file().parent.iterdir())
    _watched_closely(monkeypatch)
    monkeypatch.setattr(rewriting, "_SYNC_EVERY", 0)

    def failing(_file: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with patch.object(os, "fsync", failing), pytest.raises(Hindered) as told:
        profile.casebook.sweep()
    assert told.value.code == "disk.failing"
    assert _rows(profile) == before and set(_file().parent.iterdir()) == around


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_another_file_in_its_place_is_not_touched(
    profile: OpenProfile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """An older copy, say, that somebody put there while the program runs."""
    completed(profile.desk)
    other = Path(shutil.copy(_file(), tmp_path / "lama.db"))
    holds, write = other.read_bytes(), rewriting.write

    def slowly(path: Path, broken_off: Callable[[], bool]) -> None:
        write(path, broken_off)
        other.replace(path)

    if when == "before":
        other.replace(_file())
    else:
        monkeypatch.setattr(rewriting, "write", slowly)
    for step in (profile.casebook.sweep, lambda: receive(profile.desk, "02")):
        with pytest.raises(Hindered) as told:
            step()
        assert told.value.code == "disk.gone"
    assert _file().read_bytes() == holds
    assert not list(_file().parent.glob("*.baru*"))


def test_what_cannot_be_taken_away_yet_is_no_trouble(profile: OpenProfile) -> None:
    """A virus scanner holds the new file, on Windows, for a while."""
    completed(profile.desk)
    held = PermissionError(errno.EACCES, "sharing violation")
    held.winerror = 32  # type: ignore[attr-defined]
    unlink, around = Path.unlink, set(_file().parent.iterdir())

    def scanned(path: Path, missing_ok: bool = False) -> None:
        if path.name.endswith(".baru") and path.exists():
            raise held
        unlink(path, missing_ok)

    with (
        patch.object(Path, "replace", side_effect=held),
        patch.object(renaming, "PAUSES", ()),
        patch.object(Path, "unlink", scanned),
    ):
        assert not profile.casebook.sweep()
    assert profile.casebook.sweep() and set(_file().parent.iterdir()) == around
