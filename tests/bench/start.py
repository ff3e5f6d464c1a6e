"""The program's start as the bench measures it: what the command line does, told when the list is filled."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lockdesk import cli

if TYPE_CHECKING:
    from lockdesk.app import OpenProfile


def start(folder: Path) -> int:
    """Prints "ready" once the list is filled, and ends then."""
    setattr(cli, "_open_window", _window)  # noqa: B010
    return cli.main(["--profile", str(folder)])


def _window(profile: Path | None, _files: Sequence[Path] = ()) -> int:
    """`cli._open_window` with a window that tells."""
    gc.disable()
    from lockdesk.verbs.early import begin_opening

    opening = begin_opening(profile)
    from lockdesk.verbs import window

    on_opened = window.Starter._on_opened

    def opened(starter: window.Starter, profile: "OpenProfile") -> None:
        on_opened(starter, profile)
        assert starter.window is not None
        starter.window.list_seen.connect(lambda: print("ready", flush=True))
        starter.window.list_seen.connect(starter.window.close)

    setattr(window.Starter, "_on_opened", opened)  # noqa: B010
    return window.run_window(profile, (), opening)


if __name__ == "__main__":
    sys.exit(start(Path(sys.argv[1])))
