"""The list behind a figure: exactly what it counted, by number and name; Enter opens one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.cases import STATE_LABELS
from lockdesk.core.complaints import COMPLAINT_STATE_LABELS
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import CaseRow
from lockdesk.desk.values.complaints import ComplaintRow
from lockdesk.desk.values.reports import Subject
from lockdesk.records import dataclass
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.background import Background
from lockdesk.ui.running.listing import Listing
from lockdesk.ui.widgets.list_panel import RowList
from lockdesk.ui.widgets.rows import ID_ROLE, ROW_HEIGHT, RowModel, RowText
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, number_words


@dataclass(frozen=True, slots=True)
class MembersPage:
    """A page of the list; `next_key` is where the next one begins."""

    rows: tuple[Any, ...]
    next_key: int | None


class MembersSheet(Sheet):
    """Reads as far as one scrolls."""

    chosen = Signal(object, int)
    """Which Subject, and its id."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        background: Background,
        times: OfficeTime,
        title: str,
        subject: Subject,
        members: Sequence[int],
    ) -> None:
        super().__init__(parent, title, _("{count} baris").format(count=number_words(len(members))), width=620)
        self._subject, self._times = subject, times
        self.model = RowModel(self._describe, self)
        self.view = RowList(self.model, title)
        room = max(min(theme.px(580), parent.window().height() - theme.px(260)), theme.px(180))
        rows = min(max(len(members), 1), room // theme.px(ROW_HEIGHT))
        self.view.setFixedHeight(rows * theme.px(ROW_HEIGHT) + 2)
        self.body.addWidget(self.view)
        self.add_close()

        def fetch(_chosen: str, after: int | None, limit: int) -> MembersPage:
            begin = after or 0
            rows = desk.evaluation.rows(subject, members[begin : begin + limit])
            end = begin + limit
            return MembersPage(tuple(rows), end if end < len(members) else None)

        self._listing = Listing(background, fetch, "", self)
        self._listing.rows_read.connect(self._on_rows)
        self.model.more_wanted.connect(self._listing.read_more)
        self.view.opened.connect(self._on_opened)
        self.view.doubleClicked.connect(self._on_double_clicked)
        self._listing.read()

    def _describe(self, row: CaseRow | ComplaintRow) -> RowText:
        when = self._times.day_words(row.received_at, year=True)
        if isinstance(row, ComplaintRow):
            name = _("Identitas dirahasiakan") if row.confidential else row.name
            chip = _(COMPLAINT_STATE_LABELS[row.state])
            return RowText(name, when, Tone.QUIET, row.number, "", chip, Tone.QUIET)
        return RowText(row.name, when, Tone.QUIET, row.number, row.agency, _(STATE_LABELS[row.state]), Tone.QUIET)

    @Slot(object, bool)
    def _on_rows(self, page: MembersPage, continued: bool) -> None:
        if continued:
            self.model.append(page.rows, page.next_key)
            return
        self.model.merge(page.rows, page.next_key)
        if page.rows:
            self.view.setCurrentIndex(self.model.index(0, 0))

    @Slot(int)
    def _on_opened(self, row_id: int) -> None:
        self.accept()
        self.chosen.emit(self._subject, row_id)

    def _on_double_clicked(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self._on_opened(index.data(ID_ROLE))
