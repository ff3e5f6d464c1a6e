"""A list that is read in pages, a filter at a time."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Signal, Slot

from lockdesk.ui.running.background import Background, Ticket

Index = QModelIndex | QPersistentModelIndex
PAGE_ROWS = 60
Fetch = Callable[[Any, Any, int], Any]
"""Filter, key after which the page begins (None: at the beginning), number of rows → a page with `rows` and `next_key`.
Runs on a worker."""


class Listing(QObject):
    """Asks for pages; an answer for a filter that is no longer chosen is dropped."""

    rows_read = Signal(object, bool)
    """A page; True when it continues the list, False when it is its beginning read again."""

    def __init__(self, background: Background, fetch: Fetch, chosen: Any, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._fetch = background, fetch
        self.chosen = chosen
        """The filter."""
        self._loaded = PAGE_ROWS
        self._reading: Ticket | None = None

    @Slot(object)
    def choose(self, chosen: Any) -> None:
        """Another filter: the list begins again."""
        self.chosen, self._loaded = chosen, PAGE_ROWS
        self.read()

    @Slot()
    def read(self) -> None:
        """Reads again as much of the list as was read."""
        if self._reading is not None:
            self._reading.cancel()
        job = partial(self._fetch, self.chosen, None, self._loaded)
        self._reading = self._background.run(job, partial(self._on_read, self.chosen, False))

    @Slot(object)
    def read_more(self, key: object) -> None:
        """The next page."""
        job = partial(self._fetch, self.chosen, key, PAGE_ROWS)
        self._background.run(job, partial(self._on_read, self.chosen, True))

    def _on_read(self, chosen: Any, continued: bool, page: Any) -> None:
        if chosen == self.chosen:
            self._loaded += len(page.rows) if continued else 0
            self.rows_read.emit(page, continued)


class PagedModel(QAbstractTableModel):
    """The rows read so far; at their end a view asks for the next page."""

    more_wanted = Signal(object)
    """The key after which the next page begins."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Any] = []
        self._next: object = None

    def show_page(self, page: Any, continued: bool) -> None:
        """Puts a page with `rows` and `next_key` behind the rows, or in their place."""
        if not continued:
            self.beginResetModel()
            self._entries = list(page.rows)
            self.endResetModel()
        elif page.rows:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
            self._entries += page.rows
            self.endInsertRows()
        self._next = page.next_key

    def canFetchMore(self, _parent: Index) -> bool:
        return self._next is not None

    def fetchMore(self, _parent: Index) -> None:
        key, self._next = self._next, None
        if key is not None:
            self.more_wanted.emit(key)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)
