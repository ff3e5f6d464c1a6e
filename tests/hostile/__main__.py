"""`python -m tests.hostile --files 10000`: the onslaught in full; `mailbox`: a full mailbox instead; `journal`: hands
on the journal; `traces`: every byte that a counter wrote in 100 cases, looked through for personal data. Exit 1 when
anything gave way."""

import argparse
import gc
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.hostile.hands import at_desk
from tests.hostile.mailbox import Taken, deluge
from tests.hostile.mutants import files
from tests.hostile.onslaught import attack
from tests.hostile.poison import poison
from tests.hostile.tamper import break_the_walk, tamper
from tests.hostile.traces import written
from tests.hostile.web import storm


def _hands(window: bool) -> Taken:
    if not window:
        gc.disable()  # as in the window
        return at_desk
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from lockdesk.ui.running.sweeper import Sweeper
    from lockdesk.ui.shell.application import create_application
    from tests.hostile.at_window import at_window

    application = create_application(["lockdesk"])
    Sweeper(application).begin()
    return at_window


def _traces(cases: int) -> int:
    hits = []
    for encrypted in (True, False):
        found = written(cases, encrypted=encrypted)
        hits.append(len(found.hits))
        print(f"{'encrypted' if encrypted else 'deliberately not'}: {dict(found.written.most_common())}")
        print(
            f"  in the clear: {len(found.hits)}, writes not seen whole: {found.cut}",
            *sorted(found.hits)[:5],
            sep="\n  ",
        )
    return 0 if hits[0] == 0 and hits[1] else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--answers", type=int, default=2_500, help="poisoned answers of a compromised child")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1500.0, help="no new file is begun afterwards")
    parser.add_argument("what", nargs="?", choices=("files", "mailbox", "journal", "traces"), default="files")
    parser.add_argument("--messages", type=int, default=1_000, help="mails in the mailbox")
    parser.add_argument("--attacks", type=int, default=50, help="how many of them are hostile")
    parser.add_argument("--window", action="store_true", help="the mailbox is worked on in the real window")
    parser.add_argument("--cases", type=int, help="hands on the journal (10,000), or cases of the counter (100)")
    parser.add_argument("--broken", action="store_true", help="the journal's columns are not compared: must be found")
    options = parser.parse_args()
    if options.what == "journal":
        if options.broken:
            break_the_walk()
        hands = options.cases or 10_000
        with tempfile.TemporaryDirectory(prefix="jejak-") as folder:
            tampered = tamper(Path(folder), hands, options.seed, hands // 10)
        print(tampered.words())
        return 0 if tampered.holds else 1
    if options.what == "mailbox":
        with tempfile.TemporaryDirectory(prefix="surat-") as folder:
            mailed = deluge(Path(folder), options.messages, options.attacks, options.seed, _hands(options.window))
        print(mailed.words())
        return 0 if mailed.holds else 1
    if options.what == "traces":
        return _traces(options.cases or 100)
    started = time.perf_counter()
    gc.disable()  # as in the window, where nothing is collected while somebody waits
    poisoned = poison(options.answers, options.seed)
    gc.enable()
    print(poisoned.words())
    stormed = storm()
    print(stormed.words())
    books = attack(files(options.files, options.seed), options.seconds)
    print(books.words())
    print(f"{time.perf_counter() - started:.0f} s, seed {options.seed}")
    return 0 if poisoned.holds and stormed.holds and books.holds and not books.left_out else 1


if __name__ == "__main__":
    sys.exit(main())
