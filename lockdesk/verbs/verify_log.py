"""`lockdesk verify-log`: walks the journal of a profile, and changes nothing there."""

import json
import re
from pathlib import Path

from lockdesk.app import SystemClock
from lockdesk.desk.casebook import JournalCheck
from lockdesk.errors import Declined
from lockdesk.ownfile import own_file, write_own
from lockdesk.records import dataclass
from lockdesk.store.inspection import export_journal, inspect_journal, printed_head_is_known
from lockdesk.verbs.opened import LookedAt, look_at
from lockdesk.words import _, number_words

_PRINTED = re.compile(r"(\d+):([0-9A-Fa-f]{4,64})")


@dataclass(frozen=True, slots=True)
class LogWish:
    """What is wanted besides the walk. `printed`: an entry number and the head beside it on a print ("120:9f3a…"),
    which finds a folder that was put back whole; `export` and `public_key`: files to be written."""

    printed: str = ""
    as_json: bool = False
    export: Path | None = None
    public_key: Path | None = None


def describe(check: JournalCheck) -> str:
    """The result in one Indonesian sentence."""
    count = number_words(check.chain.count)
    if check.whole:
        return _("Rekam jejak utuh: {n} catatan.").format(n=count)
    if not check.chain.whole:
        return _("Rekam jejak tidak utuh pada catatan nomor {n}.").format(n=check.chain.broken_at)
    if check.behind_mark:
        return _("Rekam jejak lebih pendek daripada yang tercatat di brankas kunci.")
    return _("Segel rekam jejak tidak sah.")


PLAIN = LogWish()
"""The journal is walked and nothing else."""


def run_verify_log(folder: Path, wish: LogWish = PLAIN) -> int:
    """Exit 0 when whole, 1 when not. Raises Declined and Unreachable, which say what is wanted."""
    entry = _entry_and_head(wish.printed) if wish.printed else None
    profile = look_at(folder)
    check = inspect_journal(profile.casebook, profile.vault, profile.key, profile.in_use)
    known = printed_head_is_known(profile.casebook, profile.key, *entry, profile.in_use) if entry else None
    (_print_json if wish.as_json else _print_words)(profile, check, known)
    _write_files(profile, wish)
    return 0 if check.whole and known is not False else 1


def _write_files(profile: LookedAt, wish: LogWish) -> None:
    """An export is written whether the journal is whole or not: it is evidence in either case."""
    if wish.public_key is not None:
        write_own(wish.public_key, profile.vault.public_key_pem())
    if wish.export is not None:
        with own_file(wish.export) as out:
            export_journal(profile.casebook, profile.vault.public_key(), profile.key, out, profile.in_use)


def _print_words(_profile: LookedAt, check: JournalCheck, known: bool | None) -> None:
    words = [describe(check)]
    if known is not None:
        words.append(_("Cetakan dikenal.") if known else _("Cetakan ini memuat catatan yang tidak ada di rekam jejak."))
    print(f"{SystemClock().now():%Y-%m-%d %H:%M} UTC  {' '.join(words)}")


def _print_json(profile: LookedAt, check: JournalCheck, known: bool | None) -> None:
    told = {
        "whole": check.whole and known is not False,
        "entries": check.chain.count,
        "head": check.chain.digest.hex(),
        "broken_at": check.chain.broken_at,
        "seal_valid": check.seal_valid,
        "behind_mark": check.behind_mark,
        "printed_known": known,
        "public_key": profile.vault.public_key().hex(),
        "checked_at": f"{SystemClock().now():%Y-%m-%dT%H:%M:%SZ}",
    }
    print(json.dumps(told, indent=2))


def _entry_and_head(printed: str) -> tuple[int, str]:
    found = _PRINTED.fullmatch(printed.replace(" ", ""))
    if found is None:
        raise Declined(
            _("Catatan pada cetakan ditulis sebagai nomor dan sidik, misalnya 120:9F3A11C0."), code="verify.print"
        )
    return int(found[1]), found[2]
