"""Makes a working profile and has its head accept, for this computer, that documents are read without proven walls.

Run with the Windows interpreter: python accept_risk.py FOLDER. For the trial of the built program where Windows' own
walls cannot be had; nothing but the program's own way is taken, with the recovery code that it prints.
"""

import sys
from datetime import date
from pathlib import Path

from lockdesk.app import OpenProfile, ProfileStart, SystemClock, shipped_office
from lockdesk.desk.values.privacy import Confirmation
from lockdesk.settings import DeskSettings, Officer


def main(folder: Path) -> None:
    officer = Officer("Contoh Petugas", "198501012010011001", "Pranata Komputer", date(2026, 1, 1))
    settings = DeskSettings(office=shipped_office().office, officers=(officer,), practice=False)
    with OpenProfile(ProfileStart(folder, False, "frasa sandi percobaan", settings), SystemClock()) as opened:
        recovery = opened.desk.recovery
        assert recovery is not None
        made = recovery.make()
        recovery.confirm(made, made.code[-4:])
        head = Confirmation("Kepala Rekaan", "197001011995011001", "Kepala Bidang", made.code)
        risk = opened.desk.reader_risk.accept(head)
        print(f"accepted: {risk.accepted_at:%Y-%m-%d %H:%M} UTC, {risk.position}, computer {risk.machine[:16]}")
        print(f"profile {folder}: {opened.casebook.head().count} entries")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
