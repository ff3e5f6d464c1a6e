"""A list that is read in pages, a filter at a time."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Signal, Slot

from lockdesk.desk.desk import Drafts
from lockdesk.desk.values.listing import PLAIN, ListChoice, ListView, choice_of, choice_text
from lockdesk.errors import LockdeskError
from lockdesk.ui.running.background import Background, Ticket

Index = QModelIndex | QPersistentModelIndex
PAGE_ROWS = 60
FAR_ROWS = 5_000
"""So much is read at once by whoever wants to see a list's end."""
Fetch = Callable[..., Any]
"""Filter, key after which the page begins (None: at the beginning), number of rows → a page with `rows` and `next_key`;
an ArrangedListing also gives its view. Runs on a worker."""


class Listing(QObject):
    """Asks for pages; an answer for a filter that is no longer chosen is dropped."""

    rows_read = Signal(object, bool)
    """A page; True when it continues the list, False when it is its beginning read again."""
    unread = Signal()
    """What was asked for could not be read; why is told elsewhere."""

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
        read = partial(self._on_read, self.wanted, False)
        self._reading = self._background.run(self._job(None, self._loaded), read, self._on_unread, by_itself=True)

    @property
    def reading(self) -> bool:
        """Whether its beginning is on its way."""
        return self._reading is not None

    @Slot(object)
    def read_more(self, key: object) -> None:
        """The next page."""
        self._read_on(key, PAGE_ROWS)

    @Slot(object)
    def read_far(self, key: object) -> None:
        """All that follows, or as much of it as is read at once."""
        self._read_on(key, FAR_ROWS)

    def _read_on(self, key: object, rows: int) -> None:
        read = partial(self._on_read, self.wanted, True)
        self._background.run(self._job(key, rows), read, self._on_not_continued, by_itself=True)

    @property
    def wanted(self) -> Any:
        """What an answer must be about."""
        return self.chosen

    def _job(self, key: object, rows: int) -> Callable[[], Any]:
        return partial(self._fetch, self.chosen, key, rows)

    def _on_unread(self, error: LockdeskError) -> None:
        self._reading = None
        self._on_not_continued(error)

    def _on_not_continued(self, error: LockdeskError) -> None:
        self.unread.emit()
        self._background.failed.emit(error)

    def _on_read(self, wanted: Any, continued: bool, page: Any) -> None:
        if wanted == self.wanted:
            self._reading = self._reading if continued else None
            self._loaded += len(page.rows) if continued else 0
            self.rows_read.emit(page, continued)


class ArrangedListing(Listing):
    """A list that is sorted and narrowed as well, and begins as it was left. `fetch` is told the view, too."""

    changed = Signal()
    """It shows something else, or in another order."""

    def __init__(
        self,
        background: Background,
        fetch: Fetch,
        drafts: Drafts,
        kept: str,
        filters: Collection[str],
        chosen: str,
        parent: QObject,
    ) -> None:
        """`kept`: under which name it is remembered; `filters`: what may be chosen."""
        super().__init__(background, fetch, chosen, parent)
        self.view = PLAIN
        self._drafts, self._kept, self._filters = drafts, kept, filters
        self._recalling: Ticket | None = None
        self._begun = False

    @property
    def wanted(self) -> ListChoice:
        return ListChoice(self.chosen, self.view)

    def _job(self, key: object, rows: int) -> Callable[[], Any]:
        return partial(self._fetch, self.chosen, key, rows, self.view)

    def begin(self) -> None:
        """Reads the list as it was left the last time; later again as it is."""
        if self._begun:
            self.read()
            return
        self._begun = True
        self._recalling = self._background.run(self._recall, self._on_recalled, by_itself=True)

    def _recall(self) -> tuple[ListChoice, Any]:
        """What is remembered and its first page at once: the window waits for both. Runs on a worker."""
        text = self._drafts.load(self._kept)
        found = choice_of(text, self._filters, self.wanted)
        return found, self._fetch(found.within, None, PAGE_ROWS, found.view)

    def _on_recalled(self, recalled: tuple[ListChoice, Any]) -> None:
        self._recalling = None
        found, page = recalled
        self.chosen, self.view = found.within, found.view
        self.changed.emit()
        self._on_read(found, False, page)

    @Slot(object)
    def choose(self, chosen: Any) -> None:
        self._show(ListChoice(str(chosen), self.view))

    @Slot(object)
    def arrange(self, view: ListView) -> None:
        """Sorted or narrowed otherwise: the list begins again."""
        self._show(ListChoice(self.chosen, view))

    def _show(self, wanted: ListChoice) -> None:
        self._begun = True
        if self._recalling is not None:
            self._recalling.cancel()  # what is chosen by now counts
            self._recalling = None
        self.view = wanted.view
        super().choose(wanted.within)
        self._background.keep(partial(self._drafts.keep, self._kept, choice_text(wanted)))
        self.changed.emit()


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
