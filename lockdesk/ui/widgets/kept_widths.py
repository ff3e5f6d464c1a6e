"""How wide the officer made columns and parts of pages, by their names."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QSplitter

from lockdesk.ui.look.theme import theme


class KeptWidths:
    """Only what somebody moved is kept, in pixels of text at 100 %. The window puts in what was kept the last time."""

    def __init__(self) -> None:
        self.known: dict[str, list[int]] = {}

    def splitter(self, name: str, splitter: QSplitter) -> None:
        """From now on the shares of a splitter are kept; as they are known, they are taken up."""
        self.share_out(name, splitter)
        splitter.splitterMoved.connect(lambda _position, _index: self.keep(name, splitter.sizes()))

    def share_out(self, name: str, splitter: QSplitter) -> None:
        known = self.known.get(name, [])
        if len(known) == splitter.count():
            splitter.setSizes([theme.px(width) for width in known])

    def columns(self, name: str, header: QHeaderView) -> None:
        """The same for the columns of a table."""
        self.fit(name, header)
        header.sectionResized.connect(partial(self._on_resized, header))

    def fit(self, name: str, header: QHeaderView) -> None:
        """What the table shows has the name of its own from now on."""
        header.setObjectName(name)
        known = self.known.get(name, [])
        if len(known) == header.count():
            for place, width in enumerate(known):
                header.resizeSection(place, theme.px(width))

    def _on_resized(self, header: QHeaderView, *_change: int) -> None:
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:  # by hand, not by what is shown
            self.keep(header.objectName(), [header.sectionSize(place) for place in range(header.count())])

    def keep(self, name: str, widths: list[int]) -> None:
        self.known[name] = [round(width * 100 / theme.percent) for width in widths]


kept = KeptWidths()
"""Those of this process."""
