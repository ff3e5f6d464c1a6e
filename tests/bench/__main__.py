"""`python -m tests.bench --cases 1000000 --json`: every figure beside its limit in the same run; some with their names.

All of them look at one profile of so many cases, made first (or kept in `--folder`). Not part of the suite: figures
depend on the machine, so nothing is asserted here.
"""

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from lockdesk.verbs.early import load_shiboken
from tests.bench.closing import close
from tests.bench.figures import Figure
from tests.bench.filled import make
from tests.bench.journal import journal
from tests.bench.lists import complaints, first_page, jump, open_case, receipt, scroll, search
from tests.bench.memory import memory
from tests.bench.pairs import pairs
from tests.bench.register import register
from tests.bench.reissue import reissue
from tests.bench.report import report
from tests.bench.startup import startup
from tests.bench.verify import verify

if TYPE_CHECKING:
    from tests.bench.heartbeat import Beats


def _stall(folder: Path) -> "list[Beats]":
    from tests.bench.heartbeat import heartbeat  # the others need no Qt

    return heartbeat(folder)


BENCHES: "dict[str, Callable[[Path], Sequence[Figure | Beats]]]" = {
    "startup": startup,
    "list": first_page,
    "scroll": scroll,
    "jump": jump,
    "search": search,
    "journal": journal,
    "report": report,
    "open": open_case,
    "receipt": receipt,
    "verify": verify,
    "reissue": reissue,
    "pairs": pairs,
    "complaints": complaints,
    "register": register,
    "stall": _stall,
    "close": close,
    "memory": memory,
}


def main() -> int:
    parser = argparse.ArgumentParser("tests.bench")
    parser.add_argument("names", nargs="*", help=", ".join(BENCHES))
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, help="where the profile is made, or was made before")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not {*options.names} <= BENCHES.keys():
        parser.error(f"known: {', '.join(BENCHES)}")
    figures: list[Figure | Beats] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary) / "profil"
        if not folder.exists():
            began = time.perf_counter()
            make(folder, options.cases)
            size = sum(path.stat().st_size for path in folder.iterdir())
            print(f"{options.cases} cases in {time.perf_counter() - began:.0f} s, {size / 1e6:.0f} MB", file=sys.stderr)
        load_shiboken()
        gc.disable()  # as in the window, which sweeps while nobody waits
        for name in options.names or BENCHES:
            gc.collect()
            for item in BENCHES[name](folder):
                figures.append(item)
                print(item.words(), file=sys.stderr if options.json else sys.stdout, flush=True)
    if options.json:
        print(json.dumps([asdict(item) for item in figures], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
