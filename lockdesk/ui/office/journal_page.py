"""Rekam jejak: who did what and when, narrowed and searched, an entry in words, and the whole of it as a file."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QWidget

from lockdesk.core.journal import short_head
from lockdesk.desk.desk import Desk
from lockdesk.desk.prints.history_words import KIND_GROUPS, entry_words, facts_told
from lockdesk.desk.values.journal import JournalLine, JournalSearch
from lockdesk.desk.values.journal import JournalPage as JournalRows
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.office.journal_table import JournalModel, JournalTable
from lockdesk.ui.running.background import Background
from lockdesk.ui.running.journal_walk import JournalWalk
from lockdesk.ui.running.listing import PAGE_ROWS, Listing
from lockdesk.ui.widgets.cards import Card, EmptyState, Flow, Row
from lockdesk.ui.widgets.days import date_field, day_of
from lockdesk.ui.widgets.facts import Fact
from lockdesk.ui.widgets.forms import choice, text_field
from lockdesk.ui.widgets.parts import STACKED_PERCENT, HintButton, column, label, line, set_tone
from lockdesk.ui.widgets.sought_table import SoughtTable
from lockdesk.words import N_, _, moment_words, number_words

_DAYS = (("", N_("Semua hari")), ("today", N_("Hari ini")), ("day", N_("Pada tanggal")), ("from", N_("Sejak tanggal")))
_SIDE = 20
_DETAIL_WIDTH, _DETAIL_HEIGHT = 380, 140


class JournalPage(QWidget):
    """Asks for what fits until the list is full or the first entry was reached."""

    number_asked = Signal(str)
    """A case or a complaint to be opened."""
    export_asked = Signal(str, object, str)
    """A file's name, what writes it, its type."""
    key_asked = Signal(str, object, str)
    """A file's name, what fetches its bytes, its type."""

    def __init__(
        self,
        desk: Desk,
        background: Background,
        times: OfficeTime,
        walk: JournalWalk,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._background, self._times = desk, background, times
        self._walk = walk
        self.search = text_field(placeholder=_("Nomor kasus, pengaduan, atau catatan; atau kejadian"))
        self.search.setAccessibleName(_("Cari dalam rekam jejak"))
        groups = [("", _("Semua jenis")), *((name, _(words)) for name, (words, _kinds) in KIND_GROUPS.items())]
        self.group, self.actor = choice(groups), choice([("", _("Semua orang"))])
        self.days, self.day = choice([(name, _(words)) for name, words in _DAYS]), date_field()
        for box, name in ((self.group, _("Jenis")), (self.actor, _("Orang")), (self.days, _("Hari"))):
            box.setAccessibleName(name)
        self.day.setAccessibleName(_("Tanggal"))
        self.day.hide()
        self.setFocusProxy(self.search)
        self.count = label(tone=Tone.QUIET)
        self.model = JournalModel(times, self)
        self.table = JournalTable(self.model)
        self.detail = EntryCard(times)
        self._reached: int | None = None
        self._listing = Listing(background, desk.journal.page, JournalSearch(), self)
        self._sought = SoughtTable(self.search, self.table, self._listing)
        self._arrange()
        self._connect()
        self._show_walk()
        background.run(desk.journal.people, self._on_people)
        self.refresh()

    def _arrange(self) -> None:
        self._export = HintButton(_("Ekspor rekam jejak…"))
        self._key = HintButton(_("Simpan kunci publik…"))
        whole, outer = column(self), column(spacing=8)
        outer.setContentsMargins(_SIDE, theme.px(14), _SIDE, 0)
        whole.addLayout(outer)
        note = label(
            _("Memuat kejadian dan alasan yang ditulis petugas, bukan data pribadi lain; yang terbaru di atas."),
            tone=Tone.QUIET,
            wrap=True,
        )
        about = line((note, self.count), 16)
        about.setStretch(0, 1)
        self.search.setMinimumWidth(theme.px(160))
        outer.addLayout(line((self.search, self.group, self.actor, self.days, self.day), 8))
        whole.addLayout(self._body(), 1)
        # Above the rest, and yet not first with the keyboard: that begins where one searches.
        self.walked = label(tone=Tone.QUIET)
        title = label(_("Rekam jejak"), scale="title", bold=True)
        outer.insertLayout(0, line((title, self.walked, 1, self._key, self._export), 12))
        outer.insertLayout(1, about)

    def _body(self) -> QBoxLayout:
        """The list, and beside it (beneath it where text is large) the entry that is chosen."""
        listed = QWidget()
        stacked = theme.percent >= STACKED_PERCENT
        self._stack = QStackedLayout(listed)
        self._empty = EmptyState("search", "", "")
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        around = column()  # the cards' own margins beside the list's
        around.setContentsMargins(_SIDE, theme.px(12), _SIDE if stacked else 0, 0 if stacked else theme.px(16))
        around.addWidget(listed)
        flow = Flow()
        flow.add(self.detail)
        if stacked:
            flow.setFixedHeight(theme.px(_DETAIL_HEIGHT))
        else:
            flow.setFixedWidth(theme.px(_DETAIL_WIDTH))
        inner: QBoxLayout = column() if stacked else line((), 0)
        inner.addLayout(around, 1)
        inner.addWidget(flow)
        return inner

    def _connect(self) -> None:
        self._listing.rows_read.connect(self._on_rows)
        self.model.more_wanted.connect(self._listing.read_more)
        self._sought.settled.connect(self.narrow)
        for box in (self.group, self.actor, self.days):
            box.currentIndexChanged.connect(self.narrow)
        self.day.day_changed.connect(self._sought.touch)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.activated.connect(self.open_subject)
        self.detail.open_asked.connect(self.open_subject)
        self._walk.changed.connect(self._show_walk)
        self._export.clicked.connect(self._on_export)
        self._key.clicked.connect(self._on_key)

    def _on_people(self, names: tuple[str, ...]) -> None:
        for name in names:
            self.actor.addItem(name, name)

    @Slot()
    def _show_walk(self) -> None:
        """How far the whole of it is read since the start, and what that came to."""
        check, at = self._walk.check, self._walk.ended_at
        if check is None or at is None:
            read, length = number_words(self._walk.read), number_words(self._walk.length)
            words = _("memeriksa seluruhnya: {read} dari {length} catatan").format(read=read, length=length)
        elif check.whole:
            words = _("diperiksa seluruhnya {when}: utuh").format(when=self._times.moment(at, self._desk.clock.now()))
        else:
            words = _("diperiksa seluruhnya: tidak utuh")
        self.walked.setText(words if self._walk.length else "")
        set_tone(self.walked, Tone.BAD if check is not None and not check.whole else Tone.QUIET)

    # ── searching ──
    @property
    def wanted(self) -> JournalSearch:
        first, last = self._span()
        return JournalSearch(
            self.search.text().strip(), str(self.group.currentData()), str(self.actor.currentData()), first, last
        )

    def _span(self) -> tuple[date | None, date | None]:
        today = self._times.day(self._desk.clock.now())
        day = day_of(self.day)
        spans: dict[str, tuple[date | None, date | None]] = {
            "today": (today, today),
            "day": (day, day),
            "from": (day, None),
        }
        return spans.get(str(self.days.currentData()), (None, None))

    @Slot()
    def narrow(self, _index: int = 0) -> None:
        """Begins the list anew with what is wanted now."""
        self.day.setVisible(self.days.currentData() in {"day", "from"})
        self._listing.choose(self.wanted)

    @Slot()
    def refresh(self) -> None:
        self._listing.choose(self.wanted)

    def _on_rows(self, page: JournalRows, continued: bool) -> None:
        self.model.show_page(page, continued)
        found = self.model.rowCount()
        if page.next_key is not None and found < PAGE_ROWS:
            self._tell(_("{n} catatan; mencari sebelum catatan {entry}").format(
                n=number_words(found), entry=number_words(page.next_key)
            ))  # fmt: skip
            self.model.fetchMore(self.table.rootIndex())
        else:
            more = page.next_key is not None
            self._tell((_("{n} catatan, gulir untuk yang lebih lama") if more else _("{n} catatan")).format(
                n=number_words(found)
            ))  # fmt: skip
        searching = page.next_key is not None
        words = _("Mencari…") if searching else _("Tidak ada catatan yang cocok")
        self._empty.set_words(words, "" if searching else _("Ubah kata yang dicari atau saringannya."))
        self._stack.setCurrentIndex(0 if found else 1)
        if found and not continued:
            self.table.selectRow(0)
        if not found:
            self.detail.show_entry(None)
        self._sought.show(more=searching)

    def _tell(self, words: str) -> None:
        self.count.setText(words)

    # ── an entry ──
    @Slot()
    def _on_current(self, *_places: Any) -> None:
        self.detail.show_entry(self.model.entry_at(self.table.currentIndex().row()))

    @Slot()
    def open_subject(self, _index: Any = None) -> None:
        entry = self.model.entry_at(self.table.currentIndex().row())
        if entry is not None and entry.subject:
            self.number_asked.emit(entry.subject)

    # ── files ──
    @Slot()
    def _on_export(self) -> None:
        name = f"rekam-jejak-{self._times.day(self._desk.clock.now()).isoformat()}.jsonl"
        self.export_asked.emit(name, self._desk.journal.export, _("Rekam jejak (*.jsonl)"))

    @Slot()
    def _on_key(self) -> None:
        self.key_asked.emit("kunci-publik.pem", self._desk.journal.public_key, _("Kunci publik (*.pem)"))

    def take_focus(self) -> None:
        self.table.setFocus()


class EntryCard(Card):
    """One entry, in words: what happened, who did it and when, what else was recorded, and its fingerprint."""

    open_asked = Signal()

    def __init__(self, times: OfficeTime) -> None:
        super().__init__(_("nomor\x04Catatan"))
        self._times = times
        self.open = HintButton(_("Buka"), "Enter")
        self.open.clicked.connect(self.open_asked)
        self._row = Row((self.open, 1))
        self.add_row(self._row)
        self.show_entry(None)

    def show_entry(self, entry: JournalLine | None) -> None:
        self._row.setVisible(entry is not None and bool(entry.subject))
        if entry is None:
            self.set_title(_("nomor\x04Catatan"))
            self.set_note("")
            self.show_facts((Fact("", _("Pilih satu catatan."), Tone.QUIET),))
            return
        self.set_title(entry_words(entry.line))
        self.set_note(_("catatan {number}").format(number=number_words(entry.line.sequence)))
        kept = _("{n} isian, hanya sebagai sidik").format(n=number_words(entry.tags)) if entry.tags else ""
        rows = (
            Fact(_("Waktu"), moment_words(entry.line.at, self._times.zone)),
            Fact(_("Oleh"), entry.line.actor),
            Fact(_("Nomor"), entry.subject) if entry.subject else None,
            *(Fact(name[:1].upper() + name[1:], value) for name, value in facts_told(entry.line)),
            Fact(_("Data pribadi"), kept) if kept else None,
            Fact(_("Sidik catatan"), short_head(entry.digest), mono=True),
        )
        self.show_facts(tuple(row for row in rows if row is not None))
