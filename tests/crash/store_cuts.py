"""Every transaction of a desk's work cut at every write and sync of its database."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlcipher3 import dbapi2

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.complaints import Channel, ComplaintClass, ComplaintKind
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.complaints import ComplaintForm
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.renaming import rename_over
from lockdesk.store import casebook, rewriting, threads
from lockdesk.store import tables as t
from lockdesk.store.backup_place import sync
from tests.crash.disk import Cut, Event, Kind, Recorder, cuts
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.steps import completed, receive, verify

NAME = "casebook.db"
ANEW = rewriting.beside(Path(NAME)).name
FILES = tuple(f"{name}{part}" for name in (NAME, ANEW) for part in ("", "-wal", "-journal"))


@dataclass(frozen=True, slots=True)
class Recording:
    """What was written while the desk worked, and what the database held after each step."""

    events: tuple[Event, ...]
    key: bytes
    steps: Mapping[bytes, int]
    """The number of the last step after which everything in it digests to this."""


@dataclass(slots=True)
class Tally:
    """How many disks were looked at, and what was found on them."""

    states: Counter[str] = field(default_factory=Counter)
    corrupt: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)

    @property
    def broken(self) -> int:
        return len(self.corrupt) + len(self.lost) + len(self.half)


def work(desk: Desk, short: bool) -> None:
    """A day at the counter: every kind of step that a database sees. `short`: one case of it, and no more."""
    first = completed(desk)
    desk.prints.make("receipt", first, PaperSize.A5)
    assert desk.casebook.sweep()
    desk.drafts.keep("loket", '{"nama": "separuh"}')
    if short:
        return
    for name in ("05", "06", "13"):
        rejected = receive(desk, name)
        desk.review.start(rejected)
        desk.review.reject(rejected, ("Nama pada CSR bukan nama pemohon.",))
        desk.prints.make("rejection", rejected, PaperSize.A4)
    asked = receive(desk, "02")
    desk.review.start(asked)
    desk.review.ask_applicant(asked, "CSR\nCSR dengan kunci baru")
    for name in ("11", "12"):
        issued = receive(desk, name)
        verify(desk, issued)
        completed(desk, issued)
    resolved = receive(desk, "14")
    desk.review.start(resolved)
    for number in range(3):
        complaint = desk.complaints.receive(
            ComplaintForm(
                channel=Channel.COUNTER, kind=ComplaintKind.COMPLAINT, complaint_class=ComplaintClass.ORDINARY,
                name=f"Warga Contoh {number}", contact="", confidential=bool(number),
                description="Terlalu lama menunggu.", wanted="",
            )
        )  # fmt: skip
        desk.complaints.respond(complaint, "Sudah dilayani.")
        desk.complaints.resolve(complaint, "Selesai.")
    desk.drafts.keep("loket", '{"nama": "setengah"}')
    desk.setup.save(replace(desk.settings(), complaints_officer="Pejabat Lain"))
    desk.notice_texts.save("received", "Permohonan diterima", "Salam {nama}, nomor {nomor}.", desk.office.today())
    desk.drafts.drop("loket")


def record(synchronous: str = "full", short: bool = False) -> Recording:
    """Works at a desk whose database is written through the recorder, and copied out of the WAL every few steps."""
    steps: dict[bytes, int] = {}
    recorder = Recorder(FILES)

    def acknowledged() -> None:
        steps[content_of(t.database.connection())] = len(steps) + 1
        recorder.acknowledge(len(steps))

    def renamed(source: Path, target: Path) -> None:
        rename_over(source, target)
        recorder.renamed(source.name, target.name)

    def synced(folder: Path) -> None:
        sync(folder)
        recorder.synced_folder()

    with (
        tempfile.TemporaryDirectory() as folder,
        patch.dict(casebook.PRAGMAS, synchronous=synchronous, wal_autocheckpoint=100),
        recorder,
        _told(acknowledged),
        patch.object(rewriting, "rename_over", renamed),
        patch.object(rewriting, "sync", synced),
        OpenProfile(ProfileStart(Path(folder) / "profil", True, settings=office_settings()), SetClock()) as profile,
    ):
        key = profile.vault.keys.database
        work(profile.desk, short)
    return Recording(tuple(recorder.events), key, steps)


@contextmanager
def _told(acknowledged: Any) -> Iterator[None]:
    """Calls back whenever a unit of writing was told to be kept."""
    original = threads.writing.__exit__

    def leave(unit: threads.writing, kind: Any, error: Any, trace: Any) -> None:
        original(unit, kind, error, trace)
        if error is None:
            acknowledged()

    with patch.object(threads.writing, "__exit__", leave):
        yield


def content_of(connection: Any) -> bytes:
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        digest.update(repr((table, connection.execute(f'SELECT * FROM "{table}"').fetchall())).encode())  # noqa: S608
    return digest.digest()


def look(recording: Recording, cut: Cut, folder: Path, tally: Tally) -> None:
    """Opens what a cut left behind as the program would, and judges it."""
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    (folder / f"{NAME}-shm").unlink(missing_ok=True)
    for name, content in cut.files().items():
        (folder / name).write_bytes(content)
    tally.states[cut.how] += 1
    where = f"{cut.how} behind event {cut.after}"
    connection = dbapi2.connect(str(folder / NAME))
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{recording.key.hex()}'\"")
        sound = connection.execute("PRAGMA integrity_check").fetchall()
        begun = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'journal'").fetchone()[0]
        empty = not begun or not connection.execute("SELECT count(*) FROM journal").fetchone()[0]
        found = 0 if empty else recording.steps.get(content_of(connection))
    except dbapi2.DatabaseError as error:
        if cut.acknowledged:
            tally.corrupt.append(f"{where}: {error}")
        return  # before the first step there is no database yet
    finally:
        connection.close()
    if sound != [("ok",)]:
        tally.corrupt.append(f"{where}: {sound[:2]}")
    elif found is None:
        tally.half.append(where)
    elif found < cut.acknowledged:
        tally.lost.append(f"{where}: step {found} of {cut.acknowledged}")


def exchange(recording: Recording) -> range:
    """The events around the moment at which the file written anew takes the old one's place."""
    kinds = [event.kind for event in recording.events]
    moment = kinds.index(Kind.RENAME)
    return range(moment - 12, moment + 6)


def onslaught(
    recording: Recording, states: int | None = None, seed: int = 20261126, torn: int = 5, behind: range | None = None
) -> Tally:
    """Looks at every disk that a cut could have left, `behind` these events alone, or at about so many, spread
    evenly."""
    tally, due, wanted = Tally(), 0.0, 1.0

    def wished() -> Iterator[Cut]:
        every = cuts(recording.events, seed, torn)
        return every if behind is None else (cut for cut in every if cut.after in behind)

    if states is not None:
        wanted = states / max(sum(1 for _cut in wished()), 1)
    with tempfile.TemporaryDirectory() as folder:
        for cut in wished():
            due += wanted
            if due >= 1:
                due -= 1
                look(recording, cut, Path(folder), tally)
    return tally
