"""A reading process whose children were taken over: `python -m tests.hostile.rogue HOW`, in the template's place.

The children are in their cages as always. What takes them over is what a document could: from the order on they do
what they like, with the calls that the cage allows.
"""

import select
import signal
import sys
from typing import Any

from lockdesk.reader.cage import child, jobs

_MEGABYTES = 64


def outlive(order: jobs.Order, content: bytes, canvas: Any = None) -> Any:
    """Blocks every signal and waits, with memory in its hands, for ever."""
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            continue
    held = bytearray(_MEGABYTES << 20)
    while held:
        select.select([], [], [], 3600)


def main() -> int:
    jobs.warm()
    jobs.run = outlive
    jobs.rehearse = lambda asked: None
    jobs.warm = lambda: None
    return child.main()


if __name__ == "__main__":
    sys.exit(main())
