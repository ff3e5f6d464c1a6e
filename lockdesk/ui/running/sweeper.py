"""Python's garbage is collected on the GUI thread only, at times of the window's choosing.

Left to itself the collector runs on whichever thread makes the next object. There it may delete a widget that is
part of a cycle, which only the GUI thread may do; and on the GUI thread it looks through everything at once.
"""

import gc
import sys
from functools import cached_property
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

_SECONDS = 10
_YOUNG, _EVERY = 1, 2
"""Generations: what was made lately, and everything."""
_WHOLE_EACH = 60
"""After so many sweeps of what was made lately one looks through everything."""


class Sweeper(QObject):
    """Sweeps as long as its parent lives, and hands what became free back to the system."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sweeps = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_SECONDS * 1000)
        self._timer.timeout.connect(self._on_sweep)

    def begin(self) -> None:
        """What stands now stays: it is never looked through again."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    @Slot()
    def _on_sweep(self) -> None:
        self._sweeps += 1
        gc.collect(_EVERY if self._sweeps % _WHOLE_EACH == 0 else _YOUNG)
        if self._hand_back is not None:
            self._hand_back(0)

    @cached_property
    def _hand_back(self) -> Any:
        """glibc's `malloc_trim`: it keeps what threads freed, so that a mail of 25 MB would be felt for the whole day.
        It takes tenths of a millisecond, a few ms behind such a mail. None where there is none."""
        import ctypes  # late: the list is seen by then

        return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
