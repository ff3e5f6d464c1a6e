"""How a list is sorted and narrowed: the band that says so over the rows, and the dialog that changes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QComboBox, QWidget

from lockdesk.desk.values.listing import ORDERS, PLAIN, ListOrder, ListView, order_words, view_words
from lockdesk.desk.values.reports import BookFormat
from lockdesk.records import dataclass
from lockdesk.ui.look import help_places
from lockdesk.ui.look.actions import WINDOW_SPEC, WindowAction
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.days import DayBox
from lockdesk.ui.widgets.forms import Field, Segments, choice, text_field
from lockdesk.ui.widgets.parts import HintButton, glyph, icon_button, label, line, set_property, set_tone
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


@dataclass(frozen=True, slots=True)
class Origin:
    """From where a list's rows come: what that is called, and what may be chosen; nothing: a part of it is typed.
    `states`: in which they may be."""

    words: str
    states: Mapping[str, str]
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        return _(self.words)

    def phrases(self, view: ListView) -> tuple[str, ...]:
        """What of a view is not as usual."""
        named = _(self.options[view.origin]) if view.origin in self.options else view.origin
        return view_words(view, self.called, named, _(self.states.get(view.state, view.state)))


class ViewBand(QWidget):
    """Over the rows: how they are sorted and narrowed, and while that is not as usual, the way back."""

    asked = Signal()
    cleared = Signal()

    def __init__(self, origin: Origin, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._origin = origin
        self.setObjectName("viewband")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = f"{_(WINDOW_SPEC[WindowAction.ARRANGE_LIST].words)} ({WINDOW_SPEC[WindowAction.ARRANGE_LIST].shortcut})"
        self._open = icon_button("list-filter", words)
        self._shown = label(scale="small", wrap=True)
        self._clear = icon_button("x", _("Daftar seperti biasa (Esc)"))
        self._clear.setObjectName("clearview")
        self._open.clicked.connect(self.asked)
        self._clear.clicked.connect(self.cleared)
        inner = line((self._open, self._shown, self._clear), 2)
        inner.setStretch(1, 1)
        inner.setContentsMargins(theme.px(8), theme.px(1), theme.px(6), theme.px(1))
        self.setLayout(inner)
        self._clear.hide()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are as good as the button."""
        super().mouseReleaseEvent(event)
        self.asked.emit()

    def show_view(self, view: ListView) -> None:
        usual = view.plain
        words = order_words(view, self._origin.called) if usual else " · ".join(self._origin.phrases(view))
        self._shown.setText(words[:1].upper() + words[1:])
        set_tone(self._shown, Tone.QUIET if usual else Tone.ACCENT)
        set_property(self, "on", "" if usual else "true")
        self._clear.setVisible(not usual)


class ViewSheet(Sheet):
    """Order, state, origin and days of a list; what is set is seen when it is confirmed."""

    help_at = help_places.FINDING
    arranged = Signal(object)

    def __init__(self, parent: QWidget, view: ListView, origin: Origin) -> None:
        super().__init__(parent, _("Urutkan dan saring daftar"), width=520)
        orders = [
            (f"{order}:{int(backwards)}", _(words).format(origin=origin.called))
            for (order, backwards), words in ORDERS.items()
        ]
        self.order = choice(orders, f"{view.order}:{int(view.backwards)}")
        self.first, self.last = DayBox(view.first, optional=True), DayBox(view.last, optional=True)
        self._last_field = Field(_("Diterima sampai"), self.last)
        self.state = _any_or(origin.states, view.state)
        kinds = line((Field(_("Urutan"), self.order), Field(_("Status"), self.state)), 12)
        kinds.setStretch(0, 1)
        kinds.setStretch(1, 1)
        self.body.addLayout(kinds)
        self.origin, self._origin_of = _origin_box(origin, view.origin)
        hint = "" if origin.options else _("Bagian mana pun dari namanya, misalnya: kesehatan")
        self.body.addWidget(Field(origin.called, self.origin, hint))
        days = line((Field(_("Diterima sejak"), self.first), self._last_field), 12)
        days.setStretch(0, 1)
        days.setStretch(1, 1)
        self.body.addLayout(days)
        self.add_buttons(_("Tampilkan"))
        self._clear = HintButton(_("Daftar seperti biasa"), role="link")
        self._clear.clicked.connect(self._on_clear)
        self.add_side_button(self._clear)
        self._clear.setVisible(not view.plain)

    @property
    def view(self) -> ListView:
        order, _colon, backwards = str(self.order.currentData()).partition(":")
        origin, state = self._origin_of().strip(), str(self.state.currentData())
        return ListView(ListOrder(order), backwards == "1", origin, self.first.day, self.last.day, state)

    def act(self) -> None:
        view = self.view
        backwards = view.first is not None and view.last is not None and view.last < view.first
        self._last_field.show_fault(_("Tanggal akhir mendahului tanggal awal.") if backwards else "")
        if not backwards:
            self._give(view)

    @Slot()
    def _on_clear(self) -> None:
        self._give(PLAIN)

    def _give(self, view: ListView) -> None:
        self.arranged.emit(view)
        self.accept()


class ExportSheet(Sheet):
    """What leaves the program when a list is exported, and as which kind of file."""

    help_at = help_places.FINDING
    chosen = Signal(object)

    def __init__(self, parent: QWidget, name: str, phrases: Sequence[str]) -> None:
        words = _("Semua baris daftar ini, bukan hanya yang tampak. Ekspor dicatat dalam rekam jejak.")
        super().__init__(parent, _("Ekspor {list}?").format(list=name), words, width=520)
        for told in (*phrases, _("Tanpa NIK, NIP, telepon, dan e-mail: daftar tidak memuatnya.")):
            row = line((glyph("check", Tone.OK), label(told, wrap=True)), 8)
            row.setStretch(1, 1)
            self.body.addLayout(row)
        kinds = [(BookFormat.CSV, "CSV"), (BookFormat.XLSX, "XLSX")]
        self.form = Segments([(str(value), words) for value, words in kinds], _("Jenis berkas"))
        self.body.addWidget(Field(_("Jenis berkas"), self.form))
        self.add_buttons(_("Simpan…"))

    def act(self) -> None:
        self.accept()
        self.chosen.emit(BookFormat(self.form.value))


def _origin_box(origin: Origin, chosen: str) -> tuple[QWidget, Callable[[], str]]:
    """The field for the origin, and what reads it."""
    if not origin.options:
        edit = text_field(chosen)
        return edit, edit.text
    box = _any_or(origin.options, chosen)
    return box, lambda: str(box.currentData())


def _any_or(options: Mapping[str, str], chosen: str) -> QComboBox:
    return choice([("", _("Semua")), *((value, _(words)) for value, words in options.items())], chosen)
