"""The program's start as the bench measures it: profile, desk, window, filled list."""

import gc
import sys
import time
from pathlib import Path

from lockdesk.app import OpenProfile, ProfileStart, SystemClock
from lockdesk.vault import slots


def start(folder: Path) -> None:
    """Prints "ready SECONDS" once the list is filled; SECONDS went into stretching the passphrase."""
    gc.disable()  # as the program itself does until its window is there
    stretched: list[float] = []
    original = slots._stretch

    def measured(kind: slots.SlotKind, secret: str, salt: bytes) -> bytes:
        began = time.perf_counter()
        key = original(kind, secret, salt)
        stretched.append(time.perf_counter() - began)
        return key

    slots._stretch = measured
    from lockdesk.ui.shell.application import MainWindow, PreferenceFile, create_application

    application = create_application(sys.argv)
    with OpenProfile(ProfileStart(folder, practice=True), SystemClock()) as profile:
        window = MainWindow(profile.desk, PreferenceFile())

        def ready() -> None:
            print("ready", sum(stretched), flush=True)
            application.quit()

        window.ready.connect(ready)
        window.show()
        application.exec()
        window.close()
