"""What presses today, over the list of the cases: figures, each of which opens its list; none where nothing presses."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from lockdesk.desk.values.cases import Board, CaseFilter, Waiting
from lockdesk.records import dataclass
from lockdesk.ui.look.actions import WindowAction
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.parts import HintButton, set_tone
from lockdesk.words import N_, _, number_words


@dataclass(frozen=True, slots=True)
class _Figure:
    """`opens`: a filter of the cases, or an action of the window; `within`: a filter of its list. `span` in the words
    is since when."""

    opens: CaseFilter | WindowAction
    count: Callable[[Board, int], Waiting]
    words: str
    tone: Tone
    within: str = ""


_FIGURES = (
    _Figure(CaseFilter.LATE, lambda board, _mail: Waiting(board.late), N_("{n} terlambat"), Tone.BAD),
    _Figure(
        CaseFilter.DUE_TODAY, lambda board, _mail: Waiting(board.due_today), N_("{n} jatuh tempo hari ini"), Tone.WARN
    ),
    _Figure(
        CaseFilter.UNSETTLED, lambda board, _mail: Waiting(board.unsettled), N_("{n} hasil belum pasti"), Tone.WARN
    ),
    _Figure(
        WindowAction.UNSETTLED_MAIL,
        lambda board, _mail: board.messages,
        N_("{n} pesan belum pasti"),
        Tone.WARN,
    ),
    _Figure(
        CaseFilter.WAITING_APPLICANT,
        lambda board, _mail: board.applicant,
        N_("{n} di pemohon ({span})"),
        Tone.QUIET,
    ),
    _Figure(CaseFilter.WAITING_CA, lambda board, _mail: board.ca, N_("{n} di CA ({span})"), Tone.QUIET),
    _Figure(
        WindowAction.COMPLAINTS,
        lambda board, _mail: board.official,
        N_("{n} di pejabat ({span})"),
        Tone.QUIET,
        "escalated",
    ),
    _Figure(
        WindowAction.COMPLAINTS,
        lambda board, _mail: Waiting(board.complaints_near),
        N_("{n} pengaduan dekat batas"),
        Tone.WARN,
        "open",
    ),
    _Figure(
        WindowAction.DATA_REQUESTS,
        lambda board, _mail: board.data_requests,
        N_("{n} permintaan data pribadi ({span})"),
        Tone.WARN,
    ),
    _Figure(WindowAction.MAIL, lambda _board, mail: Waiting(mail), N_("{n} surat masuk"), Tone.QUIET),
)


_ACROSS, _HALF = 2, 150
"""Figures a row, and the room of each in pixels at 100 %: half the list's."""


class BoardStrip(QWidget):
    """Two figures a row, one where its words need the room; none that is nought."""

    action_asked = Signal(str, str)
    """An action of the window, and the filter of the list that it shows ("" as it is)."""

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
            button = HintButton(role="deadline", parent=self)
            set_tone(button, figure.tone)
            self._buttons[figure] = button
            if isinstance(figure.opens, WindowAction):
                button.setObjectName("-".join(filter(None, ("board", figure.opens, figure.within))))
                button.clicked.connect(partial(self._on_action, figure))
            else:
                button.setCheckable(True)
                button.setObjectName(str(figure.opens))
                self.filters[str(figure.opens)] = button
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
        place = 0
        for figure, button in self._buttons.items():
            found = figure.count(self._board, self._mail)
            span = self._times.span(found.since, now) if found.since is not None else ""
            words = _(figure.words).format(n=number_words(found.count), span=span)
            button.setText(words)
            button.setAccessibleName(words)
            # the one that is chosen stays while its list is shown, also when the list is empty by now
            if found.count > 0 or button.isChecked():
                across = 1 if button.sizeHint().width() <= theme.px(_HALF) else _ACROSS
                place += -place % across
                self._grid.addWidget(button, place // _ACROSS, place % _ACROSS, 1, across, Qt.AlignmentFlag.AlignLeft)
                place += across
                button.show()
            else:
                self._grid.removeWidget(button)
                button.hide()
        self.setVisible(place > 0)

    def _on_action(self, figure: _Figure, _checked: bool = False) -> None:
        self.action_asked.emit(str(figure.opens), figure.within)
