"""Another data key for a profile: whoever knew the old one reads nothing that is written from now on.

A whole profile is made under the new key in a folder beside, read back, and takes the old one's place by one renaming:
before it, the next start throws the new one away; after it, the next start goes on until everything is in place.
"""

import shutil
from dataclasses import replace
from pathlib import Path

from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.profile import Mode
from lockdesk.desk import changes as c
from lockdesk.desk.office.office import SETTING_RECOVERY
from lockdesk.desk.ports import Clock
from lockdesk.desk.values.backups import BackupProgress
from lockdesk.environment import hindrance
from lockdesk.errors import Declined
from lockdesk.filelock import LOCK, try_lock
from lockdesk.renaming import rename_over
from lockdesk.store.backup_place import sync
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.inspection import journal_end
from lockdesk.store.rekeying import copy_under, not_whole, seal_anew
from lockdesk.vault import DATABASE, Vault, forget_keyring, open_vault, profile_mode, renew
from lockdesk.words import _

_STAGE, _READY = ".kunci-baru", ".kunci-siap"
"""The folder in the profile's where the new one is made, and what it is called once it is whole."""
VAULT, KEY_CHANGED = "vault.json", "key.changed"
_DOMAIN = b"lockdesk key 1\n"


def credential_names() -> tuple[str, ...]:
    """Of everything that may be kept in the keyring, or sealed beside the database."""
    from lockdesk.desk.office.gateway_fields import FieldKind  # late, all of them: every gateway, for a rare thing
    from lockdesk.desk.office.mail_fields import SECRET
    from lockdesk.gateway.forms import SPECS

    fields = ((spec.identifier, field) for spec in SPECS for field in spec.fields)
    return (SECRET, *(f"{identifier}.{field.name}" for identifier, field in fields if field.kind is FieldKind.SECRET))


def change_key(folder: Path, known: str, new: str, actor: str, clock: Clock, progress: BackupProgress) -> None:
    """Gives a working profile another data key and another passphrase. `known`: the office's passphrase so far, or the
    recovery code. Every other way in ends, the recovery code included, and is made anew by whoever it belongs to.

    Raises Declined (passphrase, in use, practice), Unreachable (keyring), Damaged, Hindered: then nothing is changed.
    """
    try:
        with (folder / LOCK).open("ab") as lock:
            if not try_lock(lock):
                raise Declined(
                    _("Profil ini sedang dibuka oleh program lain."),
                    _("Tutup LockDesk, lalu ulangi."),
                    code="profile.in_use",
                )
            finish_key_change(folder)
            try:
                _make(
                    folder,
                    _opened(folder, known),
                    new,
                    c.Change(clock.now(), actor, JournalNote(KEY_CHANGED)),
                    progress,
                )
            except BaseException:
                _throw_away(folder)
                raise
            rename_over(folder / _STAGE, folder / _READY)
            sync(folder)
            finish_key_change(folder)
    except OSError as error:
        raise (hindrance(error) or error) from error
    progress(100)


def finish_key_change(folder: Path) -> None:
    """Ends a change that was interrupted, forwards or backwards; nothing to do where none was. Called by whoever holds
    the profile's lock, before anything is read. Raises OSError."""
    if (folder / _STAGE).exists():
        _throw_away(folder)
    ready = folder / _READY
    if not ready.exists():
        return
    if (ready / VAULT).exists():  # the last to move: until then the folder's own names what the keyring had before
        forget_keyring(folder, credential_names(), key_too=False)  # older backups are still opened by that key
    for log in (f"{DATABASE}-wal", f"{DATABASE}-shm"):  # of the old database; the new one holds what stood in it
        (folder / log).unlink(missing_ok=True)
    for path in sorted(ready.iterdir(), key=lambda path: path.name == VAULT):
        rename_over(path, folder / path.name)
    sync(folder)
    ready.rmdir()


def require_finished(folder: Path) -> None:
    """For whoever only looks at a profile. Raises Declined where a change of its key was interrupted."""
    if (folder / _READY).exists():
        raise Declined(
            _("Penggantian kunci data profil ini belum selesai."),
            _("Buka LockDesk sekali sampai jendelanya tampil, lalu ulangi."),
            code="rekey.unfinished",
        )


def _throw_away(folder: Path) -> None:
    stage = folder / _STAGE
    if (stage / VAULT).exists():
        forget_keyring(stage, credential_names(), key_too=True)
    shutil.rmtree(stage, ignore_errors=True)


def _opened(folder: Path, known: str) -> Vault:
    if profile_mode(folder) is not Mode.WORK:
        raise Declined(
            _("Kunci data profil pelatihan tidak diganti: frasa sandinya diketahui semua orang."), code="rekey.practice"
        )
    vault = open_vault(folder, known, looking=True)
    if vault.opened_as:
        raise Declined(
            _("Kunci data diganti dengan frasa sandi kantor atau kode pemulihan."),
            _("Ketik frasa sandi kantor, atau kode pemulihan."),
            code="rekey.not_office",
        )
    return vault


def _make(folder: Path, vault: Vault, new: str, change: c.Change, progress: BackupProgress) -> None:
    """The whole new profile, with the entry that says so; durable before anything of the old one is touched."""
    stage, database = folder / _STAGE, folder / DATABASE
    stage.mkdir(mode=0o700)
    head, _at = journal_end(database, vault.keys.database)
    renewed = renew(vault, stage, new, head.count, credential_names())
    key = renewed.keys.database
    copy_under(database, vault.keys.database, stage / DATABASE, key, vault, progress)
    seal_anew(stage / DATABASE, key, renewed.seal(head))
    renewed.advance(head)
    renewed.echo(head)
    facts: dict[str, Fact] = {
        "old": vault.public_key().hex(),
        "new": renewed.public_key().hex(),
        "endorsed": vault.sign(_DOMAIN + renewed.public_key()).hex(),
        "ended": " ".join(vault.people()),
    }
    casebook = SqlCasebook(stage / DATABASE, renewed, key)
    try:
        note, no_code = replace(change.note, facts=facts), c.SetSetting(SETTING_RECOVERY, "")
        casebook.commit(replace(change, note=note, writes=(no_code,)))
    finally:
        casebook.close()
    if (stage / f"{DATABASE}-wal").exists():  # what moves is one file, or a start that goes on would part them
        raise not_whole("wal")
    sync(stage)
