"""A week's hours: for each day opening, break and closing, each field saying what is impossible in it."""

from collections.abc import Mapping
from datetime import time

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from lockdesk.office_file import WEEKDAYS, Span, clock
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.forms import text_field
from lockdesk.ui.widgets.parts import label, repolish
from lockdesk.words import DAYS, N_, _, language

COLUMNS = (N_("Buka"), N_("Istirahat dari"), N_("Istirahat sampai"), N_("Tutup"))
_OPENS, _PAUSES, _RESUMES, _CLOSES = range(4)


class WeekForm(QWidget):
    """An empty row is a day without hours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        for place, words in enumerate(COLUMNS, 1):
            grid.addWidget(label(_(words), tone=Tone.QUIET, scale="small"), 0, place)
        self._edits: dict[str, list[QLineEdit]] = {}
        for row, key in enumerate(WEEKDAYS, 1):
            grid.addWidget(label(_(DAYS[row - 1])), row, 0)
            self._edits[key] = [self._edit(_(DAYS[row - 1]), _(words)) for words in COLUMNS]
            for place, edit in enumerate(self._edits[key], 1):
                grid.addWidget(edit, row, place)
        grid.setColumnStretch(5, 1)
        self._fault = label(tone=Tone.BAD, scale="small", wrap=True)
        self._fault.hide()
        grid.addWidget(self._fault, len(WEEKDAYS) + 1, 0, 1, 6)

    def _edit(self, day: str, words: str) -> QLineEdit:
        edit = text_field(mono=True)
        edit.setFixedWidth(theme.px(86))
        edit.setMaxLength(5)
        edit.setAccessibleName(f"{day}, {words}")
        return edit

    def fill(self, week: Mapping[str, tuple[Span, ...]]) -> None:
        for key, edits in self._edits.items():
            spans = week.get(key, ())
            moments = [spans[0][0], spans[0][1], spans[-1][0], spans[-1][1]] if spans else [""] * 4
            if len(spans) == 1:
                moments[_PAUSES] = moments[_RESUMES] = ""
            for edit, text in zip(edits, moments, strict=True):
                edit.setText(text.replace(":", language.tongue.clock))

    def value(self, may_be_empty: bool = False) -> dict[str, tuple[Span, ...]] | None:
        """The spans of each day that has any; None, and told at the field, when something is impossible."""
        found: dict[str, tuple[Span, ...]] = {}
        told = ""
        for key, edits in self._edits.items():
            spans, place, words = spans_of([edit.text().strip() for edit in edits])
            for number, edit in enumerate(edits):
                self._mark(edit, words if number == place else "")
            told = told or (f"{_(DAYS[WEEKDAYS.index(key)])}: {words}" if words else "")
            if spans:
                found[key] = spans
        if not told and not found and not may_be_empty:
            told = _("Isi jam layanan sedikitnya satu hari dalam seminggu.")
        self._fault.setText(told)
        self._fault.setVisible(bool(told))
        return None if told else found

    def _mark(self, edit: QLineEdit, words: str) -> None:
        edit.setProperty("invalid", "true" if words else "false")
        edit.setAccessibleDescription(words)
        edit.setToolTip(words)
        repolish(edit)


def spans_of(texts: list[str]) -> tuple[tuple[Span, ...], int, str]:
    """The spans that a row of texts means; else which of them is wrong, and why."""
    if not any(texts):
        return (), -1, ""
    moments: list[time | None] = []
    for place, text in enumerate(texts):
        try:
            moments.append(clock(text.rjust(5, "0")) if text else None)
        except ValueError as error:
            return (), place, f"{str(error)[:1].upper()}{str(error)[1:]}."
    place, words = _impossible(*moments)
    if words:
        return (), place, words
    opens, pauses, resumes, closes = (f"{moment:%H:%M}" if moment else "" for moment in moments)
    if pauses:
        return ((opens, pauses), (resumes, closes)), -1, ""
    return ((opens, closes),), -1, ""


def _impossible(opens: time | None, pauses: time | None, resumes: time | None, closes: time | None) -> tuple[int, str]:
    """The first place that is wrong, and why; -1 where none is."""
    if opens is None or closes is None:
        return (_OPENS if opens is None else _CLOSES), _("Isi jam buka dan jam tutup.")
    if closes <= opens:
        return _CLOSES, _("Jam tutup mendahului jam buka.")
    if pauses is None and resumes is None:
        return -1, ""
    if pauses is None or resumes is None:
        return (_PAUSES if pauses is None else _RESUMES), _("Isi awal dan akhir istirahat.")
    within = opens < pauses and resumes < closes
    faults = (
        (resumes <= pauses, _RESUMES, _("Istirahat berakhir sebelum dimulai.")),
        (not within, _PAUSES, _("Istirahat berada di luar jam buka.")),
    )
    return next(((place, words) for wrong, place, words in faults if wrong), (-1, ""))
