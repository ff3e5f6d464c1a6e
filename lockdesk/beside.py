"""Work that is begun on a thread of its own and waited for by whoever needs it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

_T = TypeVar("_T")


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
