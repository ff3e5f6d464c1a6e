"""Backups made of a profile, and a profile made of a backup: what needs its keys and its database alike."""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType

from lockdesk.core.journal import Fact, JournalHead, JournalNote
from lockdesk.core.messages import RESTARTED, MessageEvent
from lockdesk.desk import changes as c
from lockdesk.desk.office.office import PROGRAM
from lockdesk.desk.ports import Clock
from lockdesk.desk.values.backups import BackupProgress, MadeBackup, Replaced
from lockdesk.environment import hindrance
from lockdesk.errors import Damaged, Declined, LockdeskError
from lockdesk.filelock import LOCK, try_lock
from lockdesk.records import dataclass
from lockdesk.renaming import rename_over
from lockdesk.store import backup
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.inspection import given_numbers, journal_end
from lockdesk.vault import (
    DATABASE,
    PRACTICE_PASSPHRASE,
    Vault,
    earlier_keys,
    lay_out,
    open_vault,
    profile_exists,
    profile_id,
    profile_mode,
    settle,
)
from lockdesk.words import _

LEDGER = "ca.ledger"
BEFORE_MIGRATING = "sebelum-pembaruan"
"""The folder in a profile for the copies that are made before a newer program changes its database."""
ASIDE = "diganti-"
"""What a restore took the place of lies in a folder of this name and of the moment."""
_SECRETS, _STAGE = "secrets.bin", ".pulih"


@dataclass(frozen=True, slots=True)
class Archivist:
    """Makes backups of one profile; implements desk.ports.Archive."""

    folder: Path
    vault: Vault
    in_use: bool = True
    """Whether a program, this one or another, has the database open."""

    def require_place(self, folder: Path) -> None:
        if not folder.is_dir():
            raise Declined(_("Tempat cadangan tidak ditemukan."), _("Pilih folder yang ada."), code="backup.no_folder")
        if folder.resolve().is_relative_to(self.folder.resolve()):
            raise Declined(
                _("Folder itu berada di dalam folder data: cadangan akan hilang bersamanya."),
                _("Pilih folder lain, sebaiknya pada disk lain atau stik USB."),
                code="backup.inside",
            )

    def make(self, folder: Path, at: datetime, progress: BackupProgress) -> MadeBackup:
        if not self.vault.opens_elsewhere:
            raise Declined(
                _("Profil ini hanya dapat dibuka dengan penyimpan kata sandi komputer ini, begitu pula cadangannya."),
                _("Buat kode pemulihan di Pengaturan, lalu cadangkan lagi."),
                code="backup.opens_here_only",
            )
        return self.make_for_here(folder, at, progress)

    def make_for_here(self, folder: Path, at: datetime, progress: BackupProgress) -> MadeBackup:
        """The same, of a profile that opens on this machine alone too."""
        vault = self.vault
        origin = backup.Origin(
            database=self.folder / DATABASE,
            key=vault.keys.database,
            sealer=vault,
            sign=vault.sign,
            profile=vault.identity.profile if vault.identity is not None else "",
            practice=vault.identity.practice if vault.identity is not None else (self.folder / LEDGER).exists(),
            vault=vault.carried(),
            ledger=self.folder / LEDGER,
            in_use=self.in_use,
        )
        return backup.make_backup(origin, folder, at, progress)


def copy_before_migrating(folder: Path, vault: Vault, clock: Clock) -> None:
    """A newer program's changes can be taken back by it. Raises Hindered: then nothing is changed."""
    place = folder / BEFORE_MIGRATING
    place.mkdir(exist_ok=True, mode=0o700)
    Archivist(folder, vault).make_for_here(place, clock.now(), lambda _percent: None)


def is_practice(file: Path) -> bool:
    """Whether a backup says that it is one of a practice profile. Raises Damaged for a file that is none, Hindered."""
    return backup.described(file)[0].practice


class Restoring:
    """A backup laid out beside the place where it is to go, opened and held against what it says. Use as a context
    manager: what was laid out and not put in place is taken away."""

    def __init__(self, file: Path, folder: Path, secret: str | None, progress: BackupProgress) -> None:
        """`folder`: the profile's; `secret`: passphrase or recovery code, None for the keyring, and for practice.

        Raises Declined (passphrase), Unreachable (keyring), Damaged, Hindered; nothing is changed by looking.
        """
        self.folder, self._secret = folder, secret
        self.described, body, signature = backup.described(file)
        self._stage = folder.parent / f".{folder.name}{_STAGE}"
        self.close()  # what a killed program left
        try:
            folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._stage.mkdir(mode=0o700)
            lay_out(self._stage, self.described.vault)
            published = PRACTICE_PASSPHRASE if self.described.practice else None
            self._vault = open_vault(self._stage, secret or published, looking=True)
            if not self._vault.signed(backup.statement(body), signature):
                raise Damaged(
                    _("Keterangan pada cadangan ini diubah setelah dibuat."),
                    _("Pilih berkas cadangan yang lain."),
                    code="backup.altered",
                )
            self._take_out(file, progress)
            self._require_mode()
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise (hindrance(error) or error) from error
            raise

    def _take_out(self, file: Path, progress: BackupProgress) -> None:
        database = self._stage / DATABASE
        backup.take_out(file, database, self.described, lambda percent: progress(percent // 2))
        key = self._vault.keys.database
        backup.read_back(database, self.described, key, self._vault, lambda percent: progress(50 + percent // 2))

    def _require_mode(self) -> None:
        here = None
        with suppress(Damaged):  # a profile whose files are broken is what a backup is for
            here = profile_mode(self.folder) if profile_exists(self.folder) else None
        wanted = profile_mode(self._stage)
        if here is not None and wanted is not None and here is not wanted:
            raise Declined(
                _("Cadangan dan folder ini berbeda cara pakai: yang satu kerja, yang lain pelatihan."),
                _("Pilih folder lain."),
                code="profile.other_mode",
            )

    def replaces(self) -> Replaced | None:
        """What lies in the place now; None where there is nothing. It is only looked at."""
        if not profile_exists(self.folder):
            return None
        try:
            same = bool(self.described.profile) and profile_id(self.folder) == self.described.profile
            older = same and self._vault.public_key() in earlier_keys(self.folder)
        except (LockdeskError, OSError):
            return Replaced(same=False)
        try:
            head, last = journal_end(self.folder / DATABASE, self._key_here(older))
        except (LockdeskError, OSError):
            return Replaced(same and older, older_key=older)
        return Replaced(same, head.count, last, older)

    def _key_here(self, older: bool) -> bytes:
        """Of the database that lies in the place now: the backup's own, or, where it was changed since, what the
        keyring or what was typed opens. Raises Declined and Unreachable."""
        if not older:
            return self._vault.keys.database
        try:
            return open_vault(self.folder, looking=True).keys.database
        except LockdeskError:
            return open_vault(self.folder, self._secret or "", looking=True).keys.database

    def put_in_place(self, clock: Clock) -> int:
        """Makes it the profile of the folder, with an entry in its journal that says so; what lay there is moved into
        a folder beside, not deleted. Gives the number of that entry.

        Raises Declined while a program has the profile open; Hindered, and then what lay there still does.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with (self.folder / LOCK).open("ab") as lock:
                if not try_lock(lock):
                    raise Declined(
                        _("Profil ini sedang dibuka oleh program lain."),
                        _("Tutup LockDesk, lalu pulihkan lagi."),
                        code="profile.in_use",
                    )
                replaced = self.replaces()
                entry = self._record(clock, replaced)
                self._swap(f"{ASIDE}{clock.now():%Y%m%d-%H%M%S}-")
        except OSError as error:
            raise (hindrance(error) or error) from error
        return entry

    def _record(self, clock: Clock, replaced: Replaced | None) -> int:
        """Before anything is moved: a restored profile without its entry is never seen."""
        described = self.described
        if described.ledger:
            (self._stage / LEDGER).write_bytes(backup.ledger_of(described))
        settled = settle(self._stage, self._vault, JournalHead(described.entries, bytes.fromhex(described.head)))
        casebook = SqlCasebook(self._stage / DATABASE, settled, settled.keys.database)
        try:
            facts: dict[str, Fact] = {
                "made_at": described.made_at.isoformat(),
                "entries": described.entries,
                "head": described.head,
                "by": self._vault.opened_by.value,
            }
            if replaced is not None:
                facts["replaced"] = "same profile" if replaced.same else "another profile"
            if replaced is not None and replaced.entries is not None:
                facts["replaced_entries"] = replaced.entries
            change = c.Change(clock.now(), PROGRAM, JournalNote("profile.restored", facts), self._given(replaced))
            entry = casebook.commit(change).head.count
            _leave_unsettled(casebook, clock)
            return entry
        finally:
            casebook.close()

    def _given(self, replaced: Replaced | None) -> tuple[c.PassNumbers, ...]:
        """What stands on papers since the backup was made leaves a gap to be seen, never two cases of a number."""
        if replaced is None or not replaced.same or replaced.entries is None:
            return ()
        return given_numbers(self.folder / DATABASE, self._key_here(replaced.older_key))

    def _swap(self, name: str) -> None:
        """The vault's file goes first and comes last: what is half in place is no profile, and is restored again."""
        old = [path for path in self.folder.iterdir() if path.name not in (LOCK, BEFORE_MIGRATING)]
        old = sorted((path for path in old if not path.name.startswith(ASIDE)), key=_vault_first)
        # A clock that stands, or is put back, gives the same moment twice.
        aside = Path(tempfile.mkdtemp(prefix=name, dir=self.folder)) if old else self.folder
        new = sorted(self._stage.iterdir(), key=_vault_first, reverse=True)
        moves = [(path, aside / path.name) for path in old]
        moves += [(path, self.folder / path.name) for path in new]
        for place, (source, target) in enumerate(moves):
            try:
                rename_over(source, target)
            except OSError:
                for back, there in reversed(moves[:place]):
                    rename_over(there, back)
                raise
        kept = aside / _SECRETS
        if kept.exists() and self._vault.opens_secrets(kept):
            with suppress(OSError):  # then they are entered again
                shutil.copy(kept, self.folder / _SECRETS)

    def close(self) -> None:
        """Takes away what was laid out and not put in place."""
        shutil.rmtree(self._stage, ignore_errors=True)

    def __enter__(self) -> "Restoring":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _leave_unsettled(casebook: SqlCasebook, clock: Clock) -> None:
    """What waited to be sent may have gone after the backup was made: never sent again by itself, settled by its copy
    or by the officer."""
    for message in casebook.messages_in(RESTARTED):
        note = JournalNote("message.restored", {"message": message.id})
        write = c.MoveMessage(message.id, MessageEvent.RESTORED, _("Dipulihkan dari cadangan."))
        change = c.Change(clock.now(), PROGRAM, note, (write,), case_id=message.case_id or None)
        casebook.commit(replace(change, complaint_id=message.complaint_id or None))


def _vault_first(path: Path) -> bool:
    return path.name != "vault.json"
