"""Work of the window's thread that nobody waits for, in pieces: what the officer does meanwhile is answered between."""

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Slot

Piece = Callable[[], object]


def loading(*modules: str) -> tuple[Piece, ...]:
    """A piece for each module, in the order in which one builds on another: a library's thousand names at once would
    hold the window as long as all else together."""
    return tuple(partial(import_module, name) for name in modules)


class InTurns(QObject):
    """Does one piece in each turn of the event loop; what is not done yet ends with `parent`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces: Iterator[Piece] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_turn)

    def begin(self, *pieces: Piece) -> None:
        """In place of those before, where any are left."""
        self._pieces = iter(pieces)
        self._timer.start(0)

    def stop(self) -> None:
        """What is not done yet is left."""
        self._timer.stop()

    @Slot()
    def _on_turn(self) -> None:
        piece = next(self._pieces, None)
        if piece is None:
            self._timer.stop()
        else:
            piece()
