"""How long the event loop keeps a timer waiting that is due every millisecond."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot

_LOOK_MS = 20


def loop_until(done: Callable[[], bool]) -> None:
    """Runs the event loop until it comes true."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if done() else None)
    timer.start(_LOOK_MS)
    loop.exec()


class Heart(QObject):
    """Beats every millisecond and remembers the seconds between beats."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.case_gaps: list[float] = []
        self._case = False
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._on_beat)

    def beat_for(self, seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        self._begin()
        loop.exec()
        self._timer.stop()

    def beat_until(self, done: Callable[[], bool]) -> None:
        self._begin()
        loop_until(done)
        self._timer.stop()

    def _begin(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    @Slot()
    def _on_beat(self) -> None:
        now = time.perf_counter()
        (self.case_gaps if self._case else self.gaps).append(now - self._last)
        self._last, self._case = now, False

    @Slot(int)
    def on_case_shown(self, _case: int) -> None:
        """The turn under way is one that shows a case."""
        self._case = True
