"""The head of a case: the person, the numbers, where the procedure stands and until when."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lockdesk.core.identity import mask_nik, print_nip
from lockdesk.desk.values.cases import CaseView
from lockdesk.ui.cases.words import deadline_words, line_of
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.chips import Chip, ProcedureLine
from lockdesk.ui.widgets.parts import (
    SELECTABLE,
    ElidedLabel,
    HintButton,
    WholeLabel,
    column,
    label,
    line,
    set_property,
    set_tone,
)
from lockdesk.words import _

_LARGE = 125
"""From this text size on the identity numbers have a line of their own, so that there is room beside the number."""


def _from_top(row: QHBoxLayout) -> QHBoxLayout:
    """Where one of them needs a second line the others stay on the first."""
    for place in range(row.count()):
        if (item := row.itemAt(place)) is not None and item.widget() is not None:
            item.setAlignment(Qt.AlignmentFlag.AlignTop)
    return row


class CaseHead(QWidget):
    """Shows one case's head."""

    unmask_asked = Signal()
    deadline_asked = Signal()
    case_chosen = Signal(int)
    """Another case of the same person was clicked."""

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._times = times
        self._other = 0
        self._name = ElidedLabel()
        self._name.setProperty("scale", "title")
        self._name.setProperty("bold", "true")
        self._name.setTextInteractionFlags(SELECTABLE)
        self._compromised = Chip(_("Passphrase mungkin diketahui orang lain"), Tone.BAD)
        self._link = HintButton("", role="link")
        self._link.setAccessibleName(_("Kasus lain pemohon ini"))
        self._link.clicked.connect(self._on_link)
        self._number = label(tone=Tone.QUIET, mono=True, scale="small")
        self._place = WholeLabel()
        self._place.setProperty("tone", "quiet")
        self._nip = label(tone=Tone.QUIET, mono=True, scale="small")
        self._nik = label(tone=Tone.QUIET, mono=True, scale="small")
        for words in (self._number, self._nip, self._nik):
            words.setTextInteractionFlags(SELECTABLE)
        self._unmask = HintButton(_("Tampilkan…"), role="link")
        self._unmask.setAccessibleName(_("Tampilkan NIK lengkap"))
        self._unmask.clicked.connect(self._on_unmask)
        self._line = ProcedureLine()
        self._deadline = HintButton("", role="deadline")
        self._deadline.clicked.connect(self._on_deadline)
        self._arrange()

    def _arrange(self) -> None:
        inner = column(self)
        inner.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(6))
        inner.setSpacing(theme.px(1))
        first = line((self._name, self._compromised, self._link, 1), 10)
        inner.addLayout(first)
        for row in self._second_lines():
            inner.addLayout(row)
        third = line((self._line, self._deadline), 12)
        third.setStretch(0, 1)
        inner.addSpacing(theme.px(3))
        inner.addLayout(third)

    def _second_lines(self) -> tuple[QHBoxLayout, ...]:
        """Number, place and identity numbers; large text gets two lines."""
        numbers = (self._nip, self._nik, self._unmask, 1)
        if theme.percent < _LARGE:
            return (_from_top(line((self._number, self._place, *numbers), 16)),)
        return _from_top(line((self._number, self._place, 1), 16)), line(numbers, 16)

    def show_case(self, case: CaseView, now: datetime) -> None:
        """Everything but the NIK in full."""
        person = case.applicant
        self._name.set_whole(person.name or _("Nama belum diketahui"))
        self._number.setText(case.number)
        later = _("dari {form}").format(form=case.emergency_form) if case.emergency_form else ""
        place = " · ".join(part for part in (later, person.position, person.agency) if part)
        self._place.setText(place)
        self._place.setVisible(bool(place))
        self._nip.setText(f"NIP {print_nip(person.nip)}" if person.nip else _("Tanpa NIP"))
        self._nik.setText(f"NIK {mask_nik(person.nik)}" if person.nik else _("NIK belum diketahui"))
        for shown, number in ((self._nip, person.nip), (self._nik, person.nik)):
            set_property(shown, "mono", "true" if number else "")  # words are not read digit by digit
        self._unmask.setVisible(bool(person.nik))
        for part in (self._number, self._place, self._nip, self._nik):  # the button is taller than words: one line all
            part.setMinimumHeight(self._unmask.sizeHint().height())
        self._compromised.setVisible(case.compromised)
        self._show_link(case)
        self._line.show_steps(*line_of(case))
        words, tone = deadline_words(case, self._times, now)
        self._show_deadline(words, tone, case.due_at is not None)

    def _show_deadline(self, words: str, tone: Tone, explained: bool) -> None:
        self._deadline.setText(words)
        self._deadline.setVisible(bool(words))
        self._deadline.setEnabled(explained)
        self._deadline.setToolTip(_("Tampilkan cara batas waktu dihitung") if explained else "")
        self._deadline.setAccessibleName(_("{words}. Tampilkan cara dihitung").format(words=words))
        self._deadline.updateGeometry()
        set_tone(self._deadline, tone)

    def show_nik(self, nik: str) -> None:
        """The NIK in full, until another case is shown."""
        self._nik.setText(f"NIK {nik}")
        self._unmask.hide()

    def _show_link(self, case: CaseView) -> None:
        other = case.previous or case.following
        self._link.setVisible(other is not None)
        if other is None:
            return
        self._other = other[0]
        words = _("Permohonan ulang dari {number}") if case.previous else _("Diajukan ulang: {number}")
        self._link.setText(words.format(number=other[1]))

    @Slot()
    def _on_unmask(self) -> None:
        self.unmask_asked.emit()

    @Slot()
    def _on_deadline(self) -> None:
        self.deadline_asked.emit()

    @Slot()
    def _on_link(self) -> None:
        self.case_chosen.emit(self._other)
