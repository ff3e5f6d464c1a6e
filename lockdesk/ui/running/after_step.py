"""What follows a step once it is taken: the dialog that asked for it says so as it closes, when the step has begun."""

from collections.abc import Callable
from functools import partial

Then = Callable[[], object]


class AfterStep:
    """For those who take one step after another: what is added belongs to the one that was begun last."""

    def __init__(self) -> None:
        self._last: list[Then] = []

    def begin(self) -> Callable[[], None]:
        """For a step that is begun: called once it is taken, it does what was added."""
        self._last = []
        return partial(_do, self._last)

    def add(self, then: Then) -> None:
        self._last.append(then)


def _do(added: list[Then]) -> None:
    for then in added:
        then()
