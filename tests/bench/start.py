"""The program's start as the bench measures it: what the command line does, told when the list is filled."""

import argparse
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lockdesk import cli

if TYPE_CHECKING:
    from lockdesk.app import OpenProfile


def start(folder: Path) -> int:
    """Prints "ready" once the list is filled, and ends then."""
    cli._VERBS[None] = _window
    return cli.main(["--profile", str(folder)])


def _window(options: argparse.Namespace) -> int:
    """`cli._window` with a window that tells."""
    gc.disable()
    from lockdesk.verbs.early import begin_opening

    opening = begin_opening(options.profile)
    from lockdesk.verbs import window

    shown = window.Starter._on_opened

    def telling(starter: window.Starter, profile: "OpenProfile") -> None:
        shown(starter, profile)
        assert starter.window is not None
        starter.window.ready.connect(lambda: print("ready", flush=True))
        starter.window.ready.connect(starter.window.close)

    setattr(window.Starter, "_on_opened", telling)  # noqa: B010
    return window.run_window(options.profile, (), opening)


if __name__ == "__main__":
    sys.exit(start(Path(sys.argv[1])))
