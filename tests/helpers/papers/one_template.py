"""One template of the sealed reader for all profiles of a process: to start one takes half a second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from lockdesk.app import OpenProfile
from lockdesk.desk.ports import Reader
from lockdesk.reader import sealed


@contextmanager
def one_template() -> Iterator[None]:
    """Readers that a test makes for itself have a template of their own, as in the program."""
    if sys.platform != "linux":
        yield
        return
    from lockdesk.reader.cage.lines import Template

    class Kept(Template):
        """Forks a real child for each document. What closes leaves the template to the next profile."""

        def close(self) -> None:
            self.restart(hangs=False)

        def end(self) -> None:
            super().close()

    kept, own_reader = Kept(lambda: False), OpenProfile._reader

    def reader(self: OpenProfile) -> Reader:
        made = own_reader(self)
        assert isinstance(made, sealed.SealedReader)
        made._children = kept
        return made

    OpenProfile._reader = reader  # type: ignore[method-assign]
    try:
        yield
    finally:
        OpenProfile._reader = own_reader  # type: ignore[method-assign]
        kept.end()
