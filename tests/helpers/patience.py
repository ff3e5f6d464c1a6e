"""How long a test waits for what is to happen, and for what must not."""

import time
from collections.abc import Callable

SECONDS = 20.0
"""For what comes true by itself on a busy machine."""
PATIENT = 60.0
"""Seconds that nobody is to wait."""
SOON = 8.0


def until(done: Callable[[], bool]) -> bool:
    """Whether it comes true in time."""
    end = time.monotonic() + SECONDS
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
