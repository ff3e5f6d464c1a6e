"""Backups of the open profile: when they are made, what the journal knows of them, and the move to another computer."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.gateway_fields import FieldKind
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Archive
from lockdesk.desk.values.backups import BackupPlan, BackupProgress, BackupState, MadeBackup, Occasion
from lockdesk.errors import Declined, LockdeskError
from lockdesk.words import _

if TYPE_CHECKING:
    from lockdesk.desk.office.connecting import Connecting
    from lockdesk.desk.office.mailing import Mailing

SETTING_PLAN, SETTING_LAST, SETTING_RETIRED = "backup.plan", "backup.last", "profile.retired"
T = TypeVar("T")
RETIRED = "profile.retired"
"""The code of Declined for a profile that was moved to another computer."""
_TRIES = 3
"""A move is tried again where something was recorded while it was copied (mail that came in)."""


def backup_state(casebook: Casebook, office: Office) -> BackupState:
    """The plan, and the last backup that this profile made."""
    plan = BackupPlan(**json.loads(casebook.setting(SETTING_PLAN) or "{}"))
    kept = casebook.setting(SETTING_LAST)
    if not kept:
        return BackupState(plan)
    raw = json.loads(kept)
    made_at = datetime.fromisoformat(raw["made_at"])
    last = MadeBackup(Path(raw["path"]), made_at, raw["entries"], raw["head"], raw["size"])
    return BackupState(plan, last, made_at.astimezone(office.zone).date() == office.today())


def require_not_retired(casebook: Casebook) -> None:
    """Raises Declined where the profile was moved to another computer: two copies that both go on give the same numbers
    twice."""
    if casebook.setting(SETTING_RETIRED):
        raise Declined(
            _("Profil ini sudah dipindahkan ke komputer lain dan tidak dipakai lagi di sini."),
            _("Lanjutkan di komputer baru. Bila pemindahan batal, pulihkan dari cadangan pemindahan di komputer ini."),
            code=RETIRED,
        )


class Backups:
    """Called on worker threads: a backup takes as long as the disk does."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        archive: Archive,
        connecting: "Callable[[], Connecting | None]",
        mailing: "Callable[[], Mailing | None]",
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._archive = archive
        self._connecting = connecting
        self._mailing = mailing

    def standing(self) -> BackupState:
        return backup_state(self._casebook, self._office)

    def save(self, plan: BackupPlan) -> None:
        """Raises Declined for a folder that is not there, or that lies where the data does."""
        if plan.folder:
            self._archive.require_place(Path(plan.folder))
        facts: dict[str, Fact] = {"folder": plan.folder, "daily": plan.daily, "at_exit": plan.at_exit}
        note = JournalNote("setting.changed", {"name": SETTING_PLAN, **facts})
        self._commit(note, c.SetSetting(SETTING_PLAN, json.dumps(facts, ensure_ascii=False)))

    def due(self) -> bool:
        """Whether today's backup is still to be made."""
        state = self.standing()
        return bool(state.plan.folder) and state.plan.daily and not state.today

    def make(self, occasion: Occasion, progress: BackupProgress) -> MadeBackup:
        """Into the folder of the plan. Raises Declined without one, Hindered, Damaged."""
        folder = self.standing().plan.folder
        if not folder:
            raise Declined(
                _("Tempat cadangan belum dipilih."), _("Pilih foldernya lebih dahulu."), code="backup.nowhere"
            )
        return self._make(Path(folder), occasion, progress)

    def make_today(self, progress: BackupProgress) -> MadeBackup | None:
        """The day's own backup; None where it is not due."""
        return self.make(Occasion.DAILY, progress) if self.due() else None

    def _make(self, folder: Path, occasion: Occasion, progress: BackupProgress) -> MadeBackup:
        made = self._archive.make(folder, self._office.now(), progress)
        at = made.made_at.isoformat()
        known: dict[str, Fact] = {"made_at": at, "entries": made.entries, "head": made.head, "size": made.size}
        note = JournalNote("backup.made", {"occasion": occasion.value, "file": made.path.name, **known})
        kept = known | {"path": str(made.path)}
        self._commit(note, c.SetSetting(SETTING_LAST, json.dumps(kept, ensure_ascii=False)))
        return made

    # ── Pindah komputer ──
    def secrets_to_enter(self) -> tuple[str, ...]:
        """What lies in this computer's keyring and goes nowhere: to be typed anew on the other one."""
        found: list[str] = []
        connecting, mailing = self._connecting(), self._mailing()
        if connecting is not None:
            identifier = connecting.choice().identifier
            spec = next(spec for spec in connecting.specs if spec.identifier == identifier)
            fields = [field for field in spec.fields if field.kind is FieldKind.SECRET]
            kept = _kept_or(lambda: connecting.kept_secrets(identifier), frozenset(field.name for field in fields))
            found += [f"{_(spec.label)}: {_(field.label)}" for field in fields if field.name in kept]
        if mailing is not None and mailing.values() and _kept_or(mailing.has_secret, True):
            found.append(_("E-mail kantor: kata sandi atau token"))
        return tuple(found)

    def move(self, folder: Path, progress: BackupProgress) -> MadeBackup:
        """A last backup, and then this copy is retired: it is not opened any more, so that no number is given twice.

        Raises Declined while an operation at the CA is open, or when something is recorded meanwhile again and again;
        Hindered and Damaged: then this copy goes on as before.
        """
        if self._casebook.open_operations():
            raise Declined(
                _("Masih ada operasi ke CA yang belum selesai."),
                _("Selesaikan dahulu operasi itu, lalu pindahkan."),
                code="backup.operation_open",
            )
        for _try in range(_TRIES):
            made = self._make(folder, Occasion.MOVE, progress)
            if self._casebook.head().count == made.entries + 1:
                note = JournalNote("profile.retired", {"file": made.path.name, "entries": made.entries})
                self._commit(note, c.SetSetting(SETTING_RETIRED, made.made_at.isoformat()))
                return made
        raise Declined(
            _("Selama dicadangkan ada catatan baru, maka pemindahan belum dilakukan."),
            _("Tunggu sampai surat masuk dan pemberitahuan selesai diproses, lalu ulangi."),
            code="backup.still_working",
        )

    def _commit(self, note: JournalNote, write: c.SetSetting) -> None:
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, (write,)))


def _kept_or(ask: Callable[[], T], otherwise: T) -> T:
    """What a keyring keeps; `otherwise` while it is closed."""
    try:
        return ask()
    except LockdeskError:
        return otherwise
