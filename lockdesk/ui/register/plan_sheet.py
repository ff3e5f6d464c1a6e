"""What an import would do, before anything is written: how many, which rows not and why, and who is there twice."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit, QWidget

from lockdesk.desk.register.numbers import HOW_TO_REPAIR
from lockdesk.desk.register.planning import ALIKE_WORDS, Choice, Duplicate, ImportPlan
from lockdesk.desk.register.register import Terms
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.register.alike import AlikeTable
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.forms import Segments
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _, date_words, number_words

_MOST_SHOWN = 500
"""Lines of remarks; all of them can be copied."""
_MOST_PAIRS = 50
_CHOICES = {
    Choice.FIRST: N_("Ambil yang pertama"),
    Choice.SECOND: N_("Ambil yang kedua"),
    Choice.NEITHER: N_("Tinggalkan keduanya"),
    Choice.BOTH: N_("Dua orang berbeda"),
}
_AGAINST_REGISTER = {Choice.FIRST: N_("Tetap seperti sekarang"), Choice.SECOND: N_("Ganti dengan baris ini")}


class PlanSheet(Sheet):
    """Figures, remarks and decisions; the import begins here."""

    help_at = help_places.REGISTER
    import_asked = Signal(object)
    """The people to be written."""
    back_asked = Signal()

    def __init__(self, parent: QWidget, name: str, plan: ImportPlan, terms: Terms) -> None:
        words = _("{source}, data tanggal {day}. Belum ada yang ditulis.")
        if terms.whole_office:
            words = _("{source}, daftar seluruh pegawai tanggal {day}. Belum ada yang ditulis.")
        words = words.format(source=terms.source, day=date_words(terms.as_of))
        super().__init__(parent, _("Periksa impor {name}").format(name=name), words, width=860)
        self._plan = plan
        self._pairs: list[PairCard] = []
        self._rest = [_left_out(pair) for pair in plan.duplicates[_MOST_PAIRS:]]
        inside = QWidget()
        inner = column(inside, 0, 12)
        inner.addWidget(_figures(plan))
        if terms.whole_office and 2 * plan.rows < plan.known:
            words = _(
                "Hanya {rows} dari {known} orang: tampaknya bukan daftar seluruh pegawai. Kembali dan hapus centangnya."
            )
            told = words.format(rows=number_words(plan.rows), known=number_words(plan.known))
            inner.addWidget(Notice(told, Tone.WARN))
        if plan.remarks:
            inner.addWidget(self._remarks())
        if plan.duplicates:
            inner.addWidget(self._duplicates())
        inner.addStretch(1)
        self.scrolled(inside)
        back = HintButton(_("Kembali"), role="link")
        back.clicked.connect(self._on_back)
        self.add_buttons(_("Impor"))
        self.add_side_button(back)
        self._on_decided()

    def _remarks(self) -> QWidget:
        """Every row that is refused, or comes without one of its fields, to be read and copied."""
        made = QWidget()
        remarks = self._plan.remarks
        lines = [remark.words for remark in remarks[:_MOST_SHOWN]]
        if (left := len(remarks) - _MOST_SHOWN) > 0:
            words = _("… dan {n} baris lagi; salin untuk melihat semuanya")
            lines.append(words.format(n=number_words(left)))
        area = QPlainTextEdit("\n".join(lines))
        area.setReadOnly(True)
        area.setAccessibleName(_("Baris yang tidak diimpor seutuhnya"))
        area.setTabChangesFocus(True)
        area.setFixedHeight(theme.px(20 * min(max(len(lines), 2), 6) + 18))
        copy = HintButton(_("Salin"), role="link")
        copy.clicked.connect(self._on_copy)
        inner = column(made, 0, 6)
        inner.addLayout(line((label(_("Baris yang tidak diimpor seutuhnya"), bold=True), 1, copy)))
        inner.addWidget(area)
        if any(remark.refused and remark.column for remark in self._plan.remarks):
            inner.addWidget(Notice(_(HOW_TO_REPAIR), Tone.INFO))
        return made

    @Slot()
    def _on_copy(self) -> None:
        lines = [remark.words for remark in self._plan.remarks]
        copies.put("\n".join([*lines, "", _(HOW_TO_REPAIR)]))

    def _duplicates(self) -> QWidget:
        made = QWidget()
        inner = column(made, 0, 8)
        leave = HintButton(_("Tinggalkan yang belum diputuskan"), role="link")
        leave.clicked.connect(self._on_leave_rest)
        inner.addLayout(line((label(_("Kembar: putuskan satu per satu"), bold=True), 1, leave)))
        for pair in self._plan.duplicates[:_MOST_PAIRS]:
            card = PairCard(pair)
            card.decided.connect(self._on_decided)
            self._pairs.append(card)
            inner.addWidget(card)
        if self._rest:
            words = _("{n} pasangan lagi tidak diimpor kali ini. Impor lagi berkas ini untuk memutuskannya.")
            inner.addWidget(Notice(words.format(n=number_words(len(self._rest))), Tone.WARN))
        return made

    @Slot()
    def _on_leave_rest(self) -> None:
        for card in self._pairs:
            if card.choice is None:
                card.choose(_left_out(card.pair))
        self._on_decided()

    @Slot()
    def _on_back(self) -> None:
        self.back_asked.emit()
        self.reject()

    @property
    def decided(self) -> Sequence[Choice] | None:
        """The decisions in the order of the pairs; None while one is missing."""
        made = [card.choice for card in self._pairs]
        known = [choice for choice in made if choice is not None]
        return [*known, *self._rest] if len(known) == len(made) else None

    @Slot()
    def _on_decided(self) -> None:
        decided = self.decided
        count = len(self._plan.people(decided)) if decided is not None else 0
        nothing = "" if count else _("Tidak ada yang dapat diimpor.")
        self.rest_verb(_("Putuskan dahulu setiap pasangan.") if decided is None else nothing)
        self.verb.setText(_("Impor {count} orang").format(count=number_words(count)) if count else _("Impor"))

    def act(self) -> None:
        decided = self.decided
        assert decided is not None
        self.import_asked.emit(self._plan.people(decided))
        self.accept()


def _left_out(pair: Duplicate) -> Choice:
    """The choice by which nothing of a pair is written."""
    return Choice.NEITHER if Choice.NEITHER in pair.choices else Choice.FIRST


def _figures(plan: ImportPlan) -> QWidget:
    made = QFrame()
    made.setObjectName("card")
    grid = QGridLayout(made)
    grid.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
    found = (
        (len(plan.new), _("baru"), None),
        (len(plan.changed), _("berubah"), None),
        (plan.unchanged, _("tidak berubah"), None),
        (plan.refused, _("ditolak"), Tone.BAD if plan.refused else None),
        (len(plan.duplicates), _("kembar"), Tone.WARN if plan.duplicates else None),
    )
    for place, (count, words, tone) in enumerate(found):
        grid.addWidget(label(number_words(count), tone=tone, scale="title", bold=True), 0, place)
        grid.addWidget(label(words, tone=Tone.QUIET, scale="small"), 1, place)
        grid.setColumnStretch(place, 1)
    return made


class PairCard(QFrame):
    """Two entries that may be one person, side by side where they differ, and what becomes of them."""

    decided = Signal()

    def __init__(self, pair: Duplicate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.pair = pair
        inner = column(self, 12, 8)
        inner.addWidget(label(f"{_(ALIKE_WORDS[pair.alike])}: {pair.second.text('name')}", bold=True, wrap=True))
        inner.addWidget(AlikeTable(pair.first, pair.second))
        against = _AGAINST_REGISTER if isinstance(pair.first, RegisterEntry) else {}
        options = [(choice.value, _(against.get(choice, _CHOICES[choice]))) for choice in pair.choices]
        self._segments = Segments(options, _("Keputusan"), preset=False)
        self._segments.chosen.connect(self._on_chosen)
        inner.addWidget(self._segments)

    @property
    def choice(self) -> Choice | None:
        return Choice(self._segments.value) if self._segments.value else None

    def choose(self, choice: Choice) -> None:
        self._segments.choose(choice.value)

    @Slot()
    def _on_chosen(self) -> None:
        self.decided.emit()
