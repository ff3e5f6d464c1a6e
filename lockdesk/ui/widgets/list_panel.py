"""The list at the left: what can be begun, filters with counts, rows that arrive as one scrolls."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QSplitter,
    QTableView,
    QWidget,
)

from lockdesk.desk.values.listing import PLAIN
from lockdesk.ui.look.actions import WINDOW_SPEC, WindowAction
from lockdesk.ui.look.icons import icon
from lockdesk.ui.look.theme import theme
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.running.listing import ArrangedListing, Listing
from lockdesk.ui.widgets.cards import EmptyState
from lockdesk.ui.widgets.kept_widths import kept
from lockdesk.ui.widgets.list_view import Origin, ViewBand, ViewSheet
from lockdesk.ui.widgets.parts import ENTER, HintButton, PageStack, column, is_enter, line
from lockdesk.ui.widgets.rows import ID_ROLE, ROW_HEIGHT, RowDelegate, RowModel, RowText
from lockdesk.ui.widgets.seeking import RowSeeker
from lockdesk.words import _, number_words

WIDTH, WIDE = 343, 1.3
"""Pixels at 100 %, and how many times that where a large screen has room for longer names."""
_SHARE, _MOST = 0.25, 0.4
"""Of the window: what the list has as long as nobody moved the bar beside it, and what it can have."""
_KEPT = "list"
"""Under what the width is kept."""


def list_width() -> int:
    """A little less than the text grows, so that the case keeps its room."""
    return round(WIDTH * (100 + (theme.percent - 100) * 0.84) / 100)


class RowList(QTableView):
    """One column of two-line rows; Enter opens, arrows only move, letters go to the next row that begins so."""

    opened = Signal(int)
    view_asked = Signal()
    export_asked = Signal()
    missed = Signal(str)
    """No row begins with what was typed."""
    view_offered = False
    """Whether it can be sorted, narrowed and exported."""

    def __init__(self, model: RowModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._to_end = self._far_asked = False
        """End was pressed and its row is not read yet; what follows all that is read was asked for."""
        self.setModel(model)
        model.appended.connect(self._go_to_end)
        self._seeker = RowSeeker(model, self)
        self._seeker.found.connect(self._on_found)
        self._seeker.missed.connect(self.missed)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # Tab leaves the list, as it leaves every other field
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(theme.px(ROW_HEIGHT) // 2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._to_end = self._far_asked = False
        self._seeker.stop()
        if event.key() in ENTER and not is_enter(event):
            event.ignore()  # it is the dialog's that the list stands in
            return
        if is_enter(event):
            index = self.currentIndex()
            if index.isValid() and not event.isAutoRepeat():
                self.opened.emit(index.data(ID_ROLE))
            return
        if event.key() == Qt.Key.Key_Home:
            self.selectRow(0)
        elif event.key() == Qt.Key.Key_End:
            self._to_end = True
            self._go_to_end()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and self._seeker.typing:
            self.keyboardSearch(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A chosen row that was in sight stays so."""
        index = self.currentIndex()
        seen = index.isValid() and 0 <= self.visualRect(index).top() < event.oldSize().height()
        super().resizeEvent(event)
        if seen:
            self.scrollTo(index)

    def keyboardSearch(self, search: str) -> None:
        self._seeker.add(search, self.currentIndex().row())

    @Slot(int)
    def _on_found(self, place: int) -> None:
        if self.hasFocus():  # else something else is done by now
            self.selectRow(place)

    @Slot()
    def _go_to_end(self) -> None:
        """The last row, once all that follows is read, unless something else was pressed meanwhile."""
        if not self._to_end:
            return
        if self._model.unread and not self._far_asked:
            self._far_asked = self._model.fetch_far()
            return
        self._to_end = self._far_asked = False
        self.selectRow(self._model.rowCount() - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._to_end = False
        self._seeker.stop()
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("search"), _("Buka"), partial(self.opened.emit, index.data(ID_ROLE)))
        menu.addAction(icon("copy"), _("Salin"), partial(self._copy, index))
        if self.view_offered:
            menu.addSeparator()
            menu.addAction(icon("list-filter"), WINDOW_SPEC[WindowAction.ARRANGE_LIST].label, self.view_asked.emit)
            menu.addAction(icon("download"), WINDOW_SPEC[WindowAction.EXPORT_LIST].label, self.export_asked.emit)
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos())

    def _copy(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            copies.put(str(index.data()))


class ListPanel(QWidget):
    """A list with its filters; used for cases and for complaints.

    `filters` are (value, words) pairs; `describe` turns a row value into its words; with an `origin` the list can be
    sorted, narrowed and exported.
    """

    receive_asked = Signal()
    complaint_asked = Signal()
    filter_chosen = Signal(str)
    chosen = Signal(int)
    """A row was selected by mouse or keyboard."""
    opened = Signal(int)
    said = Signal(str)
    export_asked = Signal(object, str, object)
    """A ListChoice, what its filter is called, and the Origin that tells what the rest means."""

    def __init__(
        self,
        filters: Sequence[tuple[str, str]],
        describe: Callable[[Any], RowText],
        name: str,
        empty: tuple[str, str],
        origin: Origin | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("listside")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(list_width())
        self.model = RowModel(describe, self)
        self._words = dict(filters)
        self._buttons: dict[str, HintButton] = {}
        self._held = 0
        self._origin = origin
        self._listing: ArrangedListing | None = None
        self._head = self._make_head()
        self.view = RowList(self.model, name)
        self._empty_words = empty
        self._empty = EmptyState("inbox", *empty)
        self._empty.said.setObjectName("emptylist")
        self._empty.said.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._empty.said.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Esc works without rows, too
        self._empty.setFocusProxy(self._empty.said)
        self._stack = PageStack(self)  # the words of an empty list take no room from a filled one
        inner = column(self)
        inner.addWidget(self._head)
        if origin is not None:
            self.band = ViewBand(origin)
            self.band.asked.connect(self.ask_view)
            self.band.cleared.connect(self.clear_view)
            inner.addWidget(self.band)
        inner.addWidget(self._stack, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._shown: QWidget = self.view
        self.view.opened.connect(self.opened)
        self.view.missed.connect(self._on_missed)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)

    def _make_head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("listhead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        receive = HintButton("+ " + _(WINDOW_SPEC[WindowAction.RECEIVE].words), role="accent")
        complaint = HintButton(_(WINDOW_SPEC[WindowAction.NEW_COMPLAINT].words), "F8", "accent")
        receive.clicked.connect(self.receive_asked)
        complaint.clicked.connect(self.complaint_asked)
        self._beginnings = (receive, complaint)
        for button in self._beginnings:
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        chips = line((), 6)
        for value, words in self._words.items():
            chip = HintButton(words, role="filter")
            chip.setCheckable(True)
            chip.setObjectName(value)
            self._group.addButton(chip)
            self._buttons[value] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        self._group.buttonClicked.connect(self._on_filter)
        inner = column(head, 0, 9)
        inner.setContentsMargins(theme.px(12), theme.px(9), theme.px(12), theme.px(10))
        if theme.percent < 125:
            inner.addLayout(line((receive, complaint), 8))
        else:
            inner.addWidget(receive)
            inner.addWidget(complaint)
        inner.addLayout(chips)
        return head

    def add_filters(self, strip: QWidget, buttons: Mapping[str, HintButton]) -> None:
        """More filters, by their values, on a strip under the others."""
        for value, button in buttons.items():
            self._group.addButton(button)
            self._buttons[value] = button
        layout = self._head.layout()
        assert layout is not None
        layout.addWidget(strip)

    def show_beginnings(self, shown: bool) -> None:
        """Whether something can be begun from here by whoever is there."""
        for button in self._beginnings:
            button.setVisible(shown)

    def read_from(self, listing: Listing) -> None:
        """From now on the rows are those of `listing`."""
        self._buttons[listing.chosen].setChecked(True)
        if isinstance(listing, ArrangedListing):
            self._listing = listing
            self.view.view_offered = True
            self.view.view_asked.connect(self.ask_view)
            self.view.export_asked.connect(self.ask_export)
            listing.changed.connect(self._on_view)
            self._on_view()
        self.filter_chosen.connect(listing.choose)
        self.model.more_wanted.connect(listing.read_more)
        self.model.far_wanted.connect(listing.read_far)
        listing.rows_read.connect(self._on_rows)

    @Slot(str)
    def _on_missed(self, typed: str) -> None:
        if self.model.unread:
            words = _("Tidak ada baris yang diawali “{text}” di antara {n} baris pertama. Gunakan pencarian.")
        else:
            words = _("Tidak ada baris yang diawali “{text}” pada daftar ini.")
        self.said.emit(words.format(text=typed, n=number_words(self.model.loaded)))

    @Slot(object, bool)
    def _on_rows(self, page: Any, continued: bool) -> None:
        if continued:
            self.model.append(page.rows, page.next_key)
        else:
            self.model.merge(page.rows, page.next_key)
            if self._held:
                self.choose(self._held)
        self._show_list(self.view if self.model.loaded else self._empty)

    def _show_list(self, shown: QWidget) -> None:
        """The rows, or that there are none; the keyboard stays at the list."""
        if shown is not self._shown:
            focused, self._shown = self._shown.hasFocus(), shown
            self._stack.setCurrentWidget(shown)
            if focused:
                self.take_focus()

    def take_focus(self) -> None:
        self._shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc brings the usual list back, wherever the keyboard is in it."""
        if event.key() == Qt.Key.Key_Escape and self._listing is not None:
            self.clear_view()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_view(self) -> None:
        """The filter's button, the band, and what is said of an empty list."""
        assert self._listing is not None
        if self._listing.chosen in self._buttons:
            self._buttons[self._listing.chosen].setChecked(True)
        view = self._listing.view
        self.band.show_view(view)
        none = (_("Tidak ada yang cocok"), _("Ubah saringan, atau kembali ke daftar seperti biasa (Esc)."))
        self._empty.set_words(*(self._empty_words if view.plain else none))

    @Slot()
    def ask_view(self) -> None:
        """How the list is sorted and narrowed."""
        assert self._listing is not None and self._origin is not None
        sheet = ViewSheet(self, self._listing.view, self._origin)
        sheet.arranged.connect(self._listing.arrange)
        sheet.open()

    @Slot()
    def clear_view(self) -> None:
        """The list as it is without anybody's doing, within its filter."""
        if self._listing is not None and not self._listing.view.plain:
            self._listing.arrange(PLAIN)
        self.take_focus()

    @Slot()
    def ask_export(self) -> None:
        assert self._listing is not None
        button = self._buttons[self._listing.chosen]
        self.export_asked.emit(self._listing.wanted, self._words.get(self._listing.chosen, button.text()), self._origin)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Numbers beside the filters; a filter that is missing shows none."""
        for value, words in self._words.items():
            count = counts.get(value)
            self._buttons[value].setText(f"{words} {number_words(count)}" if count else words)

    @Slot(str)
    def press(self, value: str) -> None:
        """Chooses a filter as its button would."""
        self._buttons[value].click()

    def choose(self, row_id: int) -> None:
        """Marks a row as the one being shown, if it is loaded, without asking for it again."""
        self._held = row_id
        index = self.model.index_of(row_id)
        selection = self.view.selectionModel()
        if index.isValid():
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.view.scrollTo(index)
        else:
            selection.clearSelection()

    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, selected: QItemSelection, _before: QItemSelection) -> None:
        """Only a row that was selected counts: focus and removed rows move the current row by themselves."""
        indexes = selected.indexes()
        row_id = indexes[0].data(ID_ROLE) if indexes else None
        if isinstance(row_id, int) and row_id != self._held:
            self._held = row_id
            self.chosen.emit(row_id)

    @Slot(object)
    def _on_filter(self, button: HintButton) -> None:
        self.filter_chosen.emit(button.objectName())


class BesideList(QSplitter):
    """A list and what is shown of its rows. Where the bar between them was moved to holds on every such page."""

    def __init__(self, listed: ListPanel, rest: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._list = listed
        self.addWidget(listed)
        self.addWidget(rest)
        self.setStretchFactor(1, 1)  # the list is as wide as it was made
        kept.splitter(_KEPT, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._list.setMaximumWidth(max(round(self.width() * _MOST), list_width()))
        if _KEPT not in kept.known:
            listed = round(min(self.width() * _SHARE, list_width() * WIDE))
            self.setSizes([listed, self.width() - listed])

    def showEvent(self, event: QShowEvent) -> None:
        """It may have been moved on another page."""
        super().showEvent(event)
        kept.share_out(_KEPT, self)
