"""The page of the cases: the list at the left, the chosen case at the right."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from lockdesk.core.cases import STATE_NAMES
from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.steps import Availability, CaseAction
from lockdesk.desk.values.cases import Board, CaseFilter, CaseRow
from lockdesk.settings import DeskSettings
from lockdesk.ui.cases.arranging import Arranging
from lockdesk.ui.cases.casework import CaseReading, Casework
from lockdesk.ui.cases.words import row_text
from lockdesk.ui.day.board import BoardStrip
from lockdesk.ui.day.first_day import FirstDayPage
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.in_turns import Piece, loading
from lockdesk.ui.widgets.list_panel import BesideList, ListPanel
from lockdesk.ui.widgets.list_view import Origin
from lockdesk.ui.widgets.parts import PageStack, column
from lockdesk.ui.widgets.rows import RowText
from lockdesk.ui.widgets.sheet import is_locked, is_typing, sheet_is_open
from lockdesk.words import N_, _

if TYPE_CHECKING:
    from lockdesk.ui.cases.case_panel import CasePanel
    from lockdesk.ui.cases.handling import Handling

FILTERS = (
    (CaseFilter.NEEDS_ACTION, N_("Perlu tindakan")),
    (CaseFilter.WAITING, N_("Menunggu")),
    (CaseFilter.ALL, N_("Semua")),
)
AGENCY = N_("Unit kerja")
_BEHIND = (
    "cryptography.x509",
    "lockdesk.pki.certificates",
    "asn1crypto.ocsp",
    "lockdesk.desk.operations.proving",
    "lockdesk.desk.operations.practice",
    "lockdesk.ui.verification.panel",
    "lockdesk.ui.cases.case_panel",
    "lockdesk.ui.cases.handwork",
    "lockdesk.ui.cases.handling",
)
"""What an open case is built of."""
_MINUTE = 60_000


class CasesPage(QWidget):
    """Connects list, panel and what is done about the held case."""

    receive_asked = Signal()
    complaint_asked = Signal()
    first_rows_shown = Signal()
    case_shown = Signal(int)
    handling_made = Signal(object)
    """What is done about the held case can be connected."""

    def __init__(
        self,
        desk: Desk,
        work: Casework,
        settings: DeskSettings,
        times: OfficeTime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.work = work
        self._times = times
        self._desk = desk
        self._clock = desk.clock
        self._filled = False
        empty = (
            _("Daftar kosong"),
            _("Terima permohonan dengan membuka atau menjatuhkan e-mail (.eml, .msg) di jendela ini."),
        )
        filters = [(str(value), _(words)) for value, words in FILTERS]
        origin = Origin(AGENCY, {str(state): words for state, words in STATE_NAMES.items()})
        self.list = ListPanel(filters, self.describe, _("Daftar kasus"), empty, origin, self)
        self.board = BoardStrip(times)
        self.list.add_filters(self.board, self.board.filters)
        self.list.show_beginnings(desk.office.works)
        self.list.read_from(work.listing)
        self._settings = settings
        self._handling: Handling | None = None
        self._room = PageStack(self)
        self.first_day = FirstDayPage(desk.first_day, work.background, self._room)
        self._room.addWidget(self.first_day)
        columns = BesideList(self.list, self._room)
        column(self).addWidget(columns)
        self.arranging = Arranging(self, self.list, columns)
        self._connect_list()
        work.free = self._is_free
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()

    @property
    def handling(self) -> "Handling":
        """What is done about the held case. Made once the list is seen, or when a case is shown before: it takes longer
        than all the rest."""
        return self._handling or self._make_handling()

    def _make_handling(self) -> "Handling":
        from lockdesk.ui.cases.handling import Handling  # late: panel, checks, dialogs and X.509

        made = self._handling = Handling(self._desk, self.work, self._settings, self._times, self, self.first_day)
        panel = self.arranging.panel = made.panel
        panel.case_filled.connect(self.case_shown)
        panel.arrangement_asked.connect(self.arranging.arrange)
        panel.letter.window_asked.connect(self.arranging.toggle_papers)
        made.case_chosen.connect(self.show_case)
        self._room.addWidget(panel)
        self._room.setCurrentWidget(panel)
        self.handling_made.emit(made)
        return made

    @property
    def panel(self) -> "CasePanel":
        return self.handling.panel

    @property
    def at_case(self) -> bool:
        """Whether the keyboard is at the case, not at the list."""
        focused = QApplication.focusWidget()
        return self._handling is not None and focused is not None and self.panel.isAncestorOf(focused)

    @property
    def available(self) -> Availability | None:
        """What may be begun with the held case now."""
        return self.panel.bar.available if self._handling is not None else None

    def _connect_list(self) -> None:
        work, rows = self.work, self.list
        rows.receive_asked.connect(self.receive_asked)
        rows.complaint_asked.connect(self.complaint_asked)
        rows.chosen.connect(self._show)
        rows.opened.connect(self._on_opened)
        work.listing.rows_read.connect(self._on_rows)
        work.row_read.connect(self._on_row)
        work.case_read.connect(self._on_case)

    def describe(self, row: Any) -> RowText:
        """A case's line in the list."""
        return row_text(row, self._times, self._clock.now())

    def show_counts(self, counts: Mapping[str, int], board: Board) -> None:
        self.board.show_board(board, self._clock.now())
        self.list.show_counts({name: counts.get(name, 0) for name in (CaseFilter.NEEDS_ACTION, CaseFilter.WAITING)})

    def show_first_day(self) -> None:
        """What is to be prepared, in the case's place until one is chosen again."""
        self.panel.put_aside(True)
        self.first_day.read()

    @Slot(int)
    def show_case(self, case_id: int) -> None:
        """Shows a case, whether or not its row is loaded."""
        self.list.choose(case_id)
        self._show(case_id)

    @Slot(int)
    def _show(self, case_id: int) -> None:
        if self._handling is not None:
            self.panel.put_aside(False)
        self.work.show(case_id)

    def refresh(self) -> None:
        """Reads the list and the held case again."""
        self.work.listing.read()
        self.work.read()

    def take_focus(self) -> None:
        """Where Enter takes the case's next step, as soon as it can be taken; without a case the list."""
        if self.work.case_id:
            self.panel.focus_panel(self.work.case_id)
        else:
            self.list.take_focus()

    @Slot()
    def _on_rows(self) -> None:
        if not self._filled:
            self._filled = True
            self.first_rows_shown.emit()

    def made_behind(self) -> tuple[Piece, ...]:
        """What is made once the list is seen."""
        return (*loading(*_BEHIND), lambda: self.handling)

    @Slot(object)
    def _on_row(self, row: CaseRow) -> None:
        self.list.model.update_row(row)

    @Slot(object)
    def _on_case(self, reading: CaseReading) -> None:
        self.panel.show_case(reading, self._clock.now())

    def _is_free(self) -> bool:
        """Whether a dialog may open by itself: never on another page, over another dialog, or while one types. Behind
        the lock it waits by itself until that is opened."""
        if is_locked(self.window()):
            return True
        return self.isVisible() and not is_typing() and not sheet_is_open(self.window())

    @Slot()
    def _on_focus(self) -> None:
        """What was kept while something else was done is told, once the keyboard has arrived."""
        QTimer.singleShot(0, self, self.work.tell_trouble)

    @Slot(int)
    def _on_opened(self, case_id: int) -> None:
        """Enter in the list: the case that is seen is being checked from now on."""
        held = self.work.held
        seen = held is not None and held.case.id == case_id == self.work.case_id
        if self.work.case_id != case_id:
            self.show_case(case_id)
        self.panel.focus_panel(case_id)
        if seen and held is not None and held.available.primary is CaseAction.START_REVIEW:
            self.handling.begin(str(CaseAction.START_REVIEW))

    @Slot()
    def _on_minute(self) -> None:
        self.list.model.update_words()
