"""A change of the data key, killed (SIGKILL) at every write, sync, renaming and deletion, of ours and of SQLite.

`python -m tests.crash.key_kills` is the template that forks the processes to be killed (see killing.py).
"""

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import keyring
from keyring.backends.fail import Keyring as NoKeyring

from lockdesk import unlocking
from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.journal import JournalHead
from lockdesk.desk.office.mail_fields import SECRET
from lockdesk.desk.prints.codes import PrintClaim
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined
from lockdesk.rekeying import change_key
from lockdesk.store import tables as t
from tests.crash.disk import Event, Recorder
from tests.crash.killing import Template, die, serve
from tests.crash.store_cuts import FILES
from tests.helpers.desk.office import SUBSTITUTE, SetClock, office_settings
from tests.helpers.desk.stored_cases import new_case

KNOWN, NEW, CREDENTIAL = "frasa sandi kantor", "frasa sandi yang baru", "kata sandi surat"
_LEFT = {"casebook.db", "vault.json", "mark.bin", "secrets.bin", "profile.lock", "casebook.db-wal", "casebook.db-shm"}
LAST = 7
"""Points at the end, where the profiles change places."""
_FILE_EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}


def quick() -> None:
    """No keyring, and passphrases that are not stretched for a second: this is about files."""
    keyring.set_keyring(NoKeyring())
    unlocking.ARGON2_KIB, unlocking.ARGON2_PASSES = 64, 1


class _Fatal(list[Event]):
    """Takes events until one kills."""

    def __init__(self, point: int) -> None:
        super().__init__()
        self._point, self.counted = point, 0

    def hit(self) -> None:
        self.counted += 1
        if self.counted == self._point:
            die()

    def append(self, _event: Event, /) -> None:
        self.hit()


def change(folder: Path, point: int) -> int:
    """Changes the key, killed at the point (0: never); how many there were."""
    fatal, recorder = _Fatal(point), Recorder(FILES)
    recorder.events = fatal

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _FILE_EVENTS and str(arguments[0]).startswith(str(folder)) and _writes(event, arguments):
            fatal.hit()

    sys.addaudithook(heard)
    with recorder:
        change_key(folder, KNOWN, NEW, "Contoh Petugas", SetClock(), lambda _percent: None)
    return fatal.counted


def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
    return event != "open" or any(sign in (arguments[1] or "") for sign in "wax+")


@dataclass(frozen=True, slots=True)
class Before:
    """What the profile held before its key was changed."""

    folder: Path
    rows: str
    entries: int
    code: str
    """Of a print, as it is scanned."""


def prepare(folder: Path) -> Before:
    """A profile with everything that has to do with its key."""
    start = ProfileStart(folder, False, KNOWN, office_settings(practice=False))
    with OpenProfile(start, SetClock()) as opened:
        desk = opened.desk
        case_id = new_case(opened.casebook)
        printed = desk.prints.make("receipt", case_id, PaperSize.A5)
        desk.drafts.keep("loket", '{"nama": "setengah"}')
        opened.vault.keep_secret(SECRET, CREDENTIAL)
        assert desk.recovery is not None
        desk.recovery.make()
        opened.vault.keep_own(SUBSTITUTE.nip, "sandi milik pengganti")
        head = JournalHead(printed.sequence, bytes.fromhex(printed.head))
        code = PrintClaim(printed.number, printed.kind, SetClock().now(), head).qr_text(opened.vault.sign)
        return Before(folder, _rows(opened), opened.casebook.head().count, code)


def _rows(opened: OpenProfile) -> str:
    """A digest of every row of every table but the journal, its seal and the settings, to which the change adds."""
    digest = hashlib.sha256()

    def read() -> None:
        for model in t.MODELS:
            if model not in (t.Journal, t.Seal, t.Setting):
                name = model._meta.table_name
                for row in t.database.execute_sql(f'SELECT * FROM "{name}" ORDER BY 1').fetchall():  # noqa: S608
                    digest.update(repr((name, row)).encode())

    opened.casebook._read(read)
    return digest.hexdigest()


def fault(before: Before, folder: Path) -> str:
    """What is wrong with a profile after the change ended somewhere; "" where it holds what it held."""
    opens = []
    for passphrase in (KNOWN, NEW):
        try:
            profile = OpenProfile(ProfileStart(folder, False, passphrase), SetClock())
        except Declined:
            continue
        opens.append(passphrase)
        with profile as opened:
            found = _fault_in(before, opened, changed=passphrase == NEW)
        if found:
            return found
    left = sorted(path.name for path in folder.iterdir() if path.name not in _LEFT)
    return f"left: {left}" if left else "" if len(opens) == 1 else f"opened by {opens}"


def _fault_in(before: Before, opened: OpenProfile, changed: bool) -> str:
    entries = opened.casebook.head().count
    checks = {
        "journal": opened.casebook.verify_journal().whole,
        "entries": entries == before.entries + changed,
        "rows": _rows(opened) == before.rows,
        "draft": opened.desk.drafts.load("loket") == '{"nama": "setengah"}',
        "credential": opened.vault.secret(SECRET) == CREDENTIAL,
        "print": opened.desk.print_check.check(before.code).genuine,
        "own ways": bool(opened.vault.people()) is not changed,
    }
    return ", ".join(name for name, holds in checks.items() if not holds)


@dataclass
class Tally:
    """How many processes were killed, and what was found wrong afterwards."""

    kills: int = 0
    went_on: int = 0
    """How many of them ended with the new key."""
    broken: list[str] = field(default_factory=list)


def count_points(template: Template, before: Before) -> int:
    """How many points there are to be killed at."""
    with tempfile.TemporaryDirectory() as room:
        folder = shutil.copytree(before.folder, Path(room) / "kerja")
        template.run(folder, kind="count")
        return int((Path(room) / "points").read_text())


def onslaught(template: Template, before: Before, points: Iterable[int], tell: Callable[[str], None]) -> Tally:
    tally = Tally()
    for point in points:
        with tempfile.TemporaryDirectory() as room:
            folder = shutil.copytree(before.folder, Path(room) / "kerja")
            if not template.run(folder, write=point):
                tally.broken.append(f"{point}: was not killed")
                continue
            tally.kills += 1
            found = fault(before, folder)
            seals = json.loads((folder / "vault.json").read_text())["seals"]
            tally.went_on += bool(seals)
            if found:
                tally.broken.append(f"{point}: {found}")
        if point % 100 == 0:
            tell(f"{point}: {len(tally.broken)} broken")
    return tally


@contextmanager
def key_scene() -> Iterator[tuple[Template, Before]]:
    """A profile whose key is to be changed, and the template of the processes that do so."""
    kept = keyring.get_keyring(), unlocking.ARGON2_KIB, unlocking.ARGON2_PASSES
    quick()
    template = Template.start(module="tests.crash.key_kills")
    try:
        with tempfile.TemporaryDirectory() as room:
            yield template, prepare(Path(room) / "kerja")
    finally:
        template.close()
        keyring.set_keyring(kept[0])
        unlocking.ARGON2_KIB, unlocking.ARGON2_PASSES = kept[1:]


def spread(points: int, wanted: int, last: int) -> Sequence[int]:
    """So many of the points, equally far apart, and all of the last ones, where the profiles change places."""
    step = max(points // wanted, 1)
    return sorted({*range(1, points + 1, step), *range(points - last + 1, points + 1)})


def main() -> None:
    quick()

    def run(order: dict[str, Any]) -> None:
        folder = Path(order["folder"])
        counted = change(folder, order["write"])
        if order["kind"] == "count":
            (folder.parent / "points").write_text(str(counted))

    serve(run)


if __name__ == "__main__":
    main()
