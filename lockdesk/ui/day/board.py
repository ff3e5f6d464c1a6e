"""What presses today, over the list of the cases: figures, each of which opens its list; none where nothing presses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from lockdesk.desk.values.cases import Board, CaseFilter
from lockdesk.ui.look.actions import WindowAction
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.parts import HintButton, set_tone
from lockdesk.words import N_, _, number_words


@dataclass(frozen=True, slots=True)
class _Figure:
    """`opens`: a filter of the cases, or a page."""

    opens: CaseFilter | WindowAction
    count: Callable[[Board, int], int]
    words: str
    tone: Tone


_FIGURES = (
    _Figure(CaseFilter.LATE, lambda board, _mail: board.late, N_("{n} terlambat"), Tone.BAD),
    _Figure(CaseFilter.DUE_TODAY, lambda board, _mail: board.due_today, N_("{n} jatuh tempo hari ini"), Tone.WARN),
    _Figure(CaseFilter.UNSETTLED, lambda board, _mail: board.unsettled, N_("{n} hasil belum pasti"), Tone.WARN),
    _Figure(CaseFilter.WAITING, lambda board, _mail: board.waiting, N_("Terlama {waiting}"), Tone.QUIET),
    _Figure(
        WindowAction.COMPLAINTS, lambda board, _mail: board.complaints_near, N_("{n} pengaduan dekat batas"), Tone.WARN
    ),
    _Figure(WindowAction.MAIL, lambda _board, mail: mail, N_("{n} surat masuk"), Tone.QUIET),
)


_ACROSS = 2


class BoardStrip(QWidget):
    """Two figures a row, and none that is nought."""

    page_asked = Signal(str)
    """A page of the window."""
    filter_asked = Signal(str)
    """A filter that has its own button elsewhere."""

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board")
        self._times = times
        self._board, self._mail = Board(), 0
        self.filters: dict[str, HintButton] = {}
        """The buttons that choose what the list shows, by their filter."""
        self._buttons: dict[_Figure, HintButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(_ACROSS, 1)
        for figure in _FIGURES:
            button = HintButton(role="deadline")
            set_tone(button, figure.tone)
            button.setObjectName(f"board-{figure.opens}")
            self._buttons[figure] = button
            if isinstance(figure.opens, WindowAction):
                button.clicked.connect(self._on_page)
            elif figure.opens is CaseFilter.WAITING:
                button.clicked.connect(self._on_waiting)
            else:
                button.setCheckable(True)
                button.setObjectName(str(figure.opens))
                self.filters[str(figure.opens)] = button
            button.setParent(self)
            button.hide()
        self.hide()

    def show_board(self, board: Board, now: datetime) -> None:
        """`now` tells how long somebody has been waiting."""
        self._board = board
        self._show(now)

    def show_mail(self, count: int, now: datetime) -> None:
        """How many mails wait in the tray."""
        self._mail = count
        self._show(now)

    def _show(self, now: datetime) -> None:
        since = self._board.waiting_since
        waiting = self._times.waiting(since, now) if since is not None else ""
        shown = 0
        for figure, button in self._buttons.items():
            count = figure.count(self._board, self._mail)
            words = _(figure.words).format(n=number_words(count), waiting=waiting)
            button.setText(words)
            button.setAccessibleName(words)
            # the one that is chosen stays while its list is shown, also when the list is empty by now
            if count > 0 or button.isChecked():
                self._grid.addWidget(button, shown // _ACROSS, shown % _ACROSS, Qt.AlignmentFlag.AlignLeft)
                shown += 1
                button.show()
            else:
                self._grid.removeWidget(button)
                button.hide()
        self.setVisible(shown > 0)

    @Slot()
    def _on_page(self) -> None:
        sender = self.sender()
        self.page_asked.emit(sender.objectName().removeprefix("board-"))

    @Slot()
    def _on_waiting(self) -> None:
        self.filter_asked.emit(str(CaseFilter.WAITING))
