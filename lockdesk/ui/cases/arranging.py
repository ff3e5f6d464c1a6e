"""What stands where on the page of the cases: letter alone, side by side, the letter in a window of its own."""

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

if TYPE_CHECKING:
    from lockdesk.ui.cases.case_panel import CasePanel
    from lockdesk.ui.verification.papers_window import PapersWindow


class Arrangement(StrEnum):
    """What stands beside the letter."""

    ORDINARY = "ordinary"
    LETTER_ALONE = "letter_alone"
    SIDE_BY_SIDE = "side_by_side"


class Arranging(QObject):
    """The keys and buttons that rearrange a page with a list and a panel."""

    papers_shown = Signal(object)
    """The native window in which the letter is."""

    def __init__(self, page: QWidget, listed: QWidget, columns: QSplitter) -> None:
        super().__init__(page)
        self._page, self._list, self._columns = page, listed, columns
        self.panel: CasePanel | None = None
        """None until it is made."""
        self.papers_place = ""
        """Where the letter's own window was last."""

    @property
    def papers(self) -> "PapersWindow | None":
        """The window in which the letter is while it is out."""
        return self.panel.papers if self.panel is not None else None

    @property
    def arrangement(self) -> Arrangement:
        return self.panel.arrangement if self.panel is not None else Arrangement.ORDINARY

    @Slot(str)
    def arrange(self, wanted: str) -> None:
        """An arrangement by its name; the one that is shown goes back to the ordinary one. The list makes room.

        What goes is hidden before anything else: together they would widen the window.
        """
        if self.panel is None or self.panel.case is None or not self._page.isVisible():
            return
        arrangement = Arrangement(wanted)
        if arrangement is Arrangement.LETTER_ALONE and self.papers is not None:
            self.papers.toggle_full()
            return
        if arrangement is self.panel.arrangement:
            arrangement = Arrangement.ORDINARY
        self.panel.leave(arrangement)
        self._list.setVisible(arrangement is Arrangement.ORDINARY)
        self._columns.refresh()  # the columns share the whole room at once
        self.panel.arrange(arrangement)
        if arrangement is not Arrangement.ORDINARY and self.papers is None:
            self.panel.letter.area.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def toggle_letter(self) -> None:
        """F11: the letter alone, or everything again."""
        self.arrange(Arrangement.LETTER_ALONE)

    @Slot()
    def toggle_side_by_side(self) -> None:
        """F9: letter and CSR side by side, or everything again."""
        self.arrange(Arrangement.SIDE_BY_SIDE)

    @Slot()
    def toggle_papers(self) -> None:
        """Shift+F11: the letter in a window of its own, or beside the case again."""
        if self.panel is None or self.panel.case is None:
            return
        if self.papers is not None:
            self.papers_place = self.panel.bring_back()
            return
        if self.arrangement is Arrangement.LETTER_ALONE:
            self.toggle_letter()
        papers = self.panel.take_out(self.papers_place, self._page.window().actions())
        papers.left.connect(self.toggle_papers)
        self.papers_shown.emit(papers.windowHandle())

    def close_papers(self) -> None:
        """The main window goes."""
        if self.papers is not None:
            self.papers.hide()

    @Slot()
    def find_in_letter(self) -> None:
        """Ctrl+F: seeks in the letter."""
        if self.panel is not None:
            self.panel.letter.window().activateWindow()
            self.panel.letter.begin_search()
