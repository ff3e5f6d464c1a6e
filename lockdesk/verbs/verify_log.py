"""`lockdesk verify-log`: walks the journal of a practice profile, or of one that the keyring opens."""

import os
from pathlib import Path

from lockdesk.app import SystemClock
from lockdesk.desk.casebook import JournalCheck
from lockdesk.store.casebook import SqlCasebook
from lockdesk.vault import PRACTICE_PASSPHRASE, open_vault
from lockdesk.words import _, number_words


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


def run_verify_log(folder: Path) -> int:
    """Exit 0 when whole, 1 when not. The passphrase comes from LOCKDESK_PASSPHRASE or is the practice one."""
    vault = open_vault(folder, os.environ.get("LOCKDESK_PASSPHRASE", PRACTICE_PASSPHRASE))
    casebook = SqlCasebook(folder / "casebook.db", vault, vault.keys.database, inspecting=True)
    try:
        check = casebook.verify_journal()
    finally:
        casebook.close()
    print(f"{SystemClock().now():%Y-%m-%d %H:%M} UTC  {describe(check)}")
    return 0 if check.whole else 1
