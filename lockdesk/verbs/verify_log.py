"""`lockdesk verify-log`: walks the journal of a profile, and changes nothing there."""

import re
from pathlib import Path

from lockdesk.app import SystemClock
from lockdesk.desk.casebook import JournalCheck
from lockdesk.errors import Declined
from lockdesk.filelock import is_locked
from lockdesk.store.inspection import inspect_journal, printed_head_is_known
from lockdesk.verbs.opening import opened
from lockdesk.words import _, number_words

_PRINTED = re.compile(r"(\d+):([0-9A-Fa-f]{4,64})")


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


def run_verify_log(folder: Path, printed: str = "") -> int:
    """Exit 0 when whole, 1 when not. `printed`: an entry number and the head beside it on a print ("120:9f3a…"),
    which finds a folder that was put back whole. Raises Declined and Unreachable, which say what is wanted.
    """
    vault = opened(folder)
    path, key = folder / "casebook.db", vault.keys.database
    in_use = is_locked(folder / "profile.lock")
    check = inspect_journal(path, vault, key, in_use)
    whole, words = check.whole, [describe(check)]
    if printed:
        known = printed_head_is_known(path, key, *_entry_and_head(printed), in_use)
        whole = whole and known
        words.append(_("Cetakan dikenal.") if known else _("Cetakan ini memuat catatan yang tidak ada di rekam jejak."))
    print(f"{SystemClock().now():%Y-%m-%d %H:%M} UTC  {' '.join(words)}")
    return 0 if whole else 1


def _entry_and_head(printed: str) -> tuple[int, str]:
    found = _PRINTED.fullmatch(printed.replace(" ", ""))
    if found is None:
        raise Declined(
            _("Catatan pada cetakan ditulis sebagai nomor dan sidik, misalnya 120:9F3A11C0."), code="verify.print"
        )
    return int(found[1]), found[2]
