"""One template of the sealed reader for all profiles of a process: to start one takes half a second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from lockdesk.app import OpenProfile
from lockdesk.desk.ports import Reader
from lockdesk.reader.sealed import ChildMaker, SealedReader


class _Kept(ChildMaker):
    """Forks a real child for each document. What closes leaves the template to the next profile."""

    def close(self) -> None:
        self.restart(hangs=False)

    def end(self) -> None:
        super().close()


@contextmanager
def one_template() -> Iterator[None]:
    """Readers that a test makes for itself have a template of their own, as in the program."""
    kept, own_reader = _Kept(lambda: False), OpenProfile._reader

    def reader(profile: OpenProfile) -> Reader:
        made = own_reader(profile)
        assert isinstance(made, SealedReader)
        made._children = kept
        return made

    if sys.platform != "linux":
        yield
        return
    OpenProfile._reader = reader  # type: ignore[method-assign]
    try:
        yield
    finally:
        OpenProfile._reader = own_reader  # type: ignore[method-assign]
        kept.end()
