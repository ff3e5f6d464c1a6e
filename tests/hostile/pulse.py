"""How long the interpreter keeps a thread waiting that only wants to tick, as the window's thread does."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

STALL_SECONDS = 0.05
_TICK = 0.002


@dataclass
class Pulse:
    """The longest wait of a ticking thread since it was last taken. Use as a context manager."""

    longest: float = 0.0

    def __post_init__(self) -> None:
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._tick)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._thread.join()

    def _tick(self) -> None:
        before = time.perf_counter()
        while not self._done.wait(_TICK):
            now = time.perf_counter()
            self.longest = max(self.longest, now - before - _TICK)
            before = now

    def take(self) -> float:
        """The longest wait, in seconds, and begins anew."""
        time.sleep(_TICK * 2)  # the tick that waits now counts too
        found, self.longest = self.longest, 0.0
        return found


def stall_of(pulse: Pulse, work: Callable[[], object], turns: int = 4) -> float:
    """The stall that `work` causes each time: a busy machine's own pauses come by chance, the interpreter's do not."""
    stalls: list[float] = []
    for _turn in range(turns):
        pulse.take()
        work()
        stalls.append(pulse.take())
        if stalls[-1] < STALL_SECONDS:
            break
    return min(stalls)
