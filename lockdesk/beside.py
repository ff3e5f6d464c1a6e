"""Work that is begun on a thread of its own and waited for by whoever needs it."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TypeVar

_T = TypeVar("_T")


class NoAnswer(Exception):
    """A process ended before it gave an answer: it was killed, or had a fault."""


def beside(name: str, job: Callable[[], _T]) -> Future[_T]:
    """Begins `job` at once; whatever it raises is raised by the `result`. The program's end waits for none."""
    begun = Future[_T]()

    def work() -> None:
        try:
            begun.set_result(job())
        except BaseException as error:
            begun.set_exception(error)

    threading.Thread(target=work, name=name, daemon=True).start()
    return begun


def apart(name: str, job: Callable[[], bytes]) -> Future[bytes]:
    """The same in a process of its own, whose modules take nothing of this one's time; it has no other effect here.

    What the job gives is not empty, and it raises nothing: the `result` may raise NoAnswer. Only a process of one
    thread can be copied safely: another one, and other systems than Linux, do the job `beside`.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return beside(name, job)
    try:
        reading, writing = os.pipe()
        child = os.fork()
    except OSError:  # no more processes or files for us
        return beside(name, job)
    if child == 0:
        try:
            given = job()
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(given)
        finally:
            os._exit(0)  # nothing of the parent's is written or tidied twice
    os.close(writing)

    def answer() -> bytes:
        with os.fdopen(reading, "rb") as pipe:
            given = pipe.read()
        with suppress(ChildProcessError):  # whoever started the program may have it that nobody waits for processes
            os.waitpid(child, 0)
        if not given:
            raise NoAnswer(name)
        return given

    return beside(name, answer)
