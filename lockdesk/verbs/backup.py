"""`lockdesk backup` and `lockdesk restore`: a profile into one file, and back."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from lockdesk.app import SystemClock, profiles_root
from lockdesk.core.profile import PROFILE_NAMES
from lockdesk.desk.values.backups import Replaced
from lockdesk.errors import Declined
from lockdesk.filelock import LOCK, try_lock
from lockdesk.keeping import Archivist, Restoring, is_practice
from lockdesk.verbs.last_profile import last_profile, profile_wanted
from lockdesk.verbs.opening import opened, passphrase_asked_for, secret_given
from lockdesk.words import N_, _, date_words, number_words, time_words


def run_backup(profile: Path | None, folder: Path) -> int:
    """Exit 0 when the backup was read back and held. Works beside a running window; changes nothing in the profile.

    Raises Declined, Unreachable, Hindered, Damaged.
    """
    here = profile_wanted(profile) or profile
    if here is None:
        raise Declined(
            _("Belum ada profil yang pernah dibuka."), _("Sebut foldernya dengan --profile."), code="profile.none"
        )
    vault = opened(here)
    with _kept_closed(here / LOCK) as closed:
        made = Archivist(here, vault, in_use=not closed).make(folder, SystemClock().now(), _told)
    print(_("Cadangan: {path}").format(path=made.path))
    words = _("Dibaca kembali dan cocok: {n} catatan, sidik {head}.")
    print(words.format(n=number_words(made.entries), head=made.head[:16]))
    return 0


@contextmanager
def _kept_closed(lock: Path) -> Iterator[bool]:
    """Whether no program has the profile open; then none opens it meanwhile."""
    with lock.open("rb") if lock.exists() else nullcontext() as file:
        yield file is None or try_lock(file)


def run_restore(profile: Path | None, file: Path, replace: bool) -> int:
    """Exit 0 when the profile is in place. What it takes the place of is shown first, and needs `replace`.

    Raises Declined, Unreachable, Hindered, Damaged.
    """
    if not file.is_file():
        raise Declined(_("Berkas {path} tidak ada.").format(path=file), _("Periksa nama berkas."))
    folder = profile or last_profile().read() or profiles_root() / PROFILE_NAMES[is_practice(file)]
    with passphrase_asked_for():
        restoring = Restoring(file, folder, secret_given(), _told)
    with restoring:
        described = restoring.described
        when = f"{date_words(described.made_at.date())} {time_words(described.made_at.time())} UTC"
        words = _("Cadangan {when}: {n} catatan, sidik {head}.")
        print(words.format(when=when, n=number_words(described.entries), head=described.head[:16]))
        replaced = restoring.replaces()
        if replaced is not None:
            print(replaced_words(replaced, described.entries))
            if not replace:
                raise Declined(
                    _("Folder {path} sudah berisi profil.").format(path=folder),
                    _("Ulangi dengan --replace untuk menggantinya; isinya dipindahkan ke samping, tidak dihapus."),
                    code="restore.replaces",
                )
        entry = restoring.put_in_place(SystemClock())
    print(_("Dipulihkan ke {path}; tercatat pada rekam jejak nomor {n}.").format(path=folder, n=number_words(entry)))
    return 0


_OLDER_KEY = N_(
    "Kunci datanya sudah diganti sejak cadangan ini dibuat: setelah pemulihan berlaku lagi kunci, frasa sandi, dan "
    "kode pemulihan yang lama. Ganti kunci data lagi."
)


def replaced_words(replaced: Replaced, entries: int) -> str:
    """What a restore puts aside, in one sentence or two."""
    if replaced.older_key:
        return " ".join((_replaced_entries(replaced, entries), _(_OLDER_KEY)))
    if not replaced.same or replaced.entries is None:
        return _("Di folder itu ada profil lain; isinya dipindahkan ke samping.")
    return _replaced_entries(replaced, entries)


def _replaced_entries(replaced: Replaced, entries: int) -> str:
    if replaced.entries is None:
        return _(
            "Di folder itu ada profil yang sama, tetapi tidak dapat dibaca: nomor yang diberikan sejak cadangan dibuat "
            "dapat terulang, cocokkan dengan kertas."
        )
    lost = max(replaced.entries - entries, 0)
    words = _("Di folder itu ada profil yang sama dengan {n} catatan; {lost} catatan terakhir tidak ada di cadangan.")
    return words.format(n=number_words(replaced.entries), lost=number_words(lost))


def _told(percent: int) -> None:
    """On a console one line that counts; nothing where the output goes into a file."""
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"\r{percent:3} %", end="\n" if percent == 100 else "", file=sys.stderr, flush=True)
