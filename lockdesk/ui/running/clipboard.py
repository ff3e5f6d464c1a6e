"""What the program copies, and how it is taken back when the window is locked."""

from PySide6.QtGui import QClipboard, QGuiApplication


class Copies:
    """The system's clipboard as far as it is ours."""

    def __init__(self) -> None:
        self._last = ""

    def put(self, text: str) -> None:
        self._last = text
        QGuiApplication.clipboard().setText(text)

    def take_back(self) -> None:
        """Empties the clipboard if it still holds what came from here, also what was copied out of a field."""
        board = QGuiApplication.clipboard()
        for mode, owned in (
            (QClipboard.Mode.Clipboard, board.ownsClipboard()),
            (QClipboard.Mode.Selection, board.ownsSelection()),
        ):
            if owned or (self._last and board.text(mode) == self._last):
                board.clear(mode)
        self._last = ""


copies = Copies()
