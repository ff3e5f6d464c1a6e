"""A quarter's figures as cards of rows."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from lockdesk.core.survey import QUESTIONS, grade
from lockdesk.desk.prints.report_texts import cause_words
from lockdesk.desk.reports.definitions import BREAKDOWNS, COMPLAINTS, FIGURES, RESULTS, Unit
from lockdesk.desk.reports.words import denominator_words, index_words, value_words
from lockdesk.desk.values.reports import (
    Breakdown,
    BreakdownRow,
    Figure,
    LateCase,
    QuarterReport,
    Subject,
)
from lockdesk.ui.reports.figure_row import FigureRow, HeadRow, RowWords
from lockdesk.ui.widgets.cards import Card, Row
from lockdesk.ui.widgets.parts import HintButton, label
from lockdesk.words import N_, _, date_words, number_words

MOST_GROUPS = 10
"""Groups that have a row each; the smaller ones share one."""
MOST_LATE = 20
OTHERS = N_("{n} kelompok lain")


class Cards:
    """Makes the cards of one report; `opened` gets the row whose list is asked for."""

    def __init__(self, report: QuarterReport, opened: Callable[[FigureRow], None]) -> None:
        self._report, self._opened = report, opened

    def _card(self, title: str) -> Card:
        card = Card(title)
        card.add_to_head(HeadRow(self._report.now.quarter.words, self._report.before.quarter.words))
        return card

    def _add(self, card: Card, words: RowWords, figure: Figure | None, subject: Subject) -> None:
        row = FigureRow(words, figure.members if figure is not None else (), subject)
        row.opened.connect(self._opened)
        card.add_row(row)

    # ── figures ──

    def results(self) -> Card:
        return self._figures(_("Hasil pelayanan"), RESULTS)

    def _figures(self, title: str, names: Sequence[str]) -> Card:
        card = self._card(title)
        quarters = (self._report.now, self._report.before)
        # Bars beneath each other compare: counts with counts, times with times; a share is part of a whole.
        longest = {
            unit: max(quarter.figures[name].value or Fraction(0) for quarter in quarters for name in alike)
            for unit in Unit
            if (alike := [name for name in names if FIGURES[name].unit is unit])
        }
        longest[Unit.SHARE] = Fraction(1)
        for name in names:
            spec, now, before = FIGURES[name], self._report.now.figures[name], self._report.before.figures[name]
            words = RowWords(
                _(spec.label),
                _(spec.definition),
                value_words(spec, now),
                denominator_words(spec, now),
                value_words(spec, before),
                _part(now.value, longest[spec.unit]),
                _part(before.value, longest[spec.unit]),
                f"{_(spec.label)}, {self._report.now.quarter.words}",
            )
            self._add(card, words, now, spec.subject)
        return card

    def complaints(self) -> Card:
        return self._figures(_("Pengaduan, saran, dan masukan"), COMPLAINTS)

    # ── groups ──

    def breakdown(self, name: str) -> Card:
        now, before = self._report.now.breakdowns[name], self._report.before.breakdowns[name]
        card = self._card(_(BREAKDOWNS[name]))
        if not now.rows:
            card.add_words(_("Tidak ada pada triwulan ini."))
            return card
        shown, rest = now.rows[:MOST_GROUPS], now.rows[MOST_GROUPS:]
        longest = max([*(_first(row) for row in shown), *(_earlier(before, row.label) for row in shown)])
        for row in shown:
            earlier = _earlier(before, row.label)
            self._group(card, now, row, number_words(int(earlier)), _part(earlier, longest), longest)
        if rest:
            self._others(card, now, rest)
        return card

    def _group(
        self, card: Card, table: Breakdown, row: BreakdownRow, before: str, share: float, longest: Fraction
    ) -> None:
        details = [
            f"{_(FIGURES[name].label).lower()} {value_words(FIGURES[name], figure)}"
            for name, figure in zip(table.columns[1:], row.figures[1:], strict=True)
        ]
        first, spec = row.figures[0], FIGURES[table.columns[0]]
        words = RowWords(
            _(row.label),
            ", ".join(details),
            value_words(spec, first),
            "",
            before,
            _part(first.value, longest),
            share,
            f"{_(row.label)}, {self._report.now.quarter.words}",
        )
        self._add(card, words, first, table.subject)

    def _others(self, card: Card, table: Breakdown, rest: Sequence[BreakdownRow]) -> None:
        members = tuple(dict.fromkeys(member for row in rest for member in row.figures[0].members))
        name = _(OTHERS).format(n=number_words(len(rest)))
        words = RowWords(name, "", number_words(len(members)), "", "", name=f"{name}, {self._report.now.quarter.words}")
        self._add(card, words, Figure(Fraction(len(members)), members), table.subject)

    # ── the survey, what was late ──

    def survey(self) -> Card:
        survey, before = self._report.survey, self._report.survey_before
        card = self._card(_("Survei kepuasan masyarakat"))
        index = survey.index
        mark = f"{_('mutu')} {grade(index)[0]} · {_(grade(index)[1]).lower()}" if index is not None else ""
        definition = _("Rata-rata kesembilan unsur dikalikan 25 (Permenpan RB 14/2017); {n} responden.").format(
            n=number_words(survey.respondents)
        )
        whole = RowWords(
            _("Indeks kepuasan masyarakat (IKM)"),
            definition,
            index_words(index),
            mark,
            index_words(before.index),
            _part(index, Fraction(100)),
            _part(before.index, Fraction(100)),
        )
        self._add(card, whole, None, Subject.CASE)
        for n, question in enumerate(QUESTIONS):
            mean, earlier = survey.mean(n), before.mean(n)
            name = f"U{n + 1}. {_(question.element)}"
            words = RowWords(name, "", index_words(mean), "", index_words(earlier), _part(mean, Fraction(4)),
                             _part(earlier, Fraction(4)))  # fmt: skip
            self._add(card, words, None, Subject.CASE)
        return card

    def late(self, day_words: Callable[[LateCase], str], ask: Callable[[], None]) -> Card:
        """Cases that were late with their causes, and the days on which the office was closed. `ask` is a slot whose
        sender's object name is a case's id."""
        card, late = Card(_("Keterlambatan dan hari tutup")), self._report.now.late
        for case in late[:MOST_LATE]:
            button = HintButton(_("Tulis sebab…"), role="link")
            button.setObjectName(str(case.case_id))
            button.setAccessibleName(_("Tulis sebab {number}").format(number=case.number))
            button.clicked.connect(ask)
            words = label(f"{_(case.agency)} · {day_words(case)}\n{cause_words(self._report, case)}", wrap=True)
            card.add_row(Row((label(case.number, mono=True), words, button), 1))
        if not late:
            card.add_words(_("Tidak ada kasus yang terlambat."))
        elif (more := len(self._report.now.figures["late"].members)) > MOST_LATE:
            beyond = number_words(more - MOST_LATE)
            card.add_words(_("Dan {n} kasus lagi; buka daftar ukuran “Terlambat”.").format(n=beyond))
        card.add_words(self._closed_words())
        return card

    def _closed_words(self) -> str:
        days = self._report.now.closed_days
        named = "; ".join(f"{date_words(item.day, year=False)} ({item.reason})" for item in days)
        words = _("Hari tutup selain akhir pekan ({n}): {days}.").format(n=number_words(len(days)), days=named)
        return words if days else _("Tidak ada hari tutup selain akhir pekan.")


def _part(value: Fraction | int | None, longest: Fraction | int) -> float:
    return float(value / longest) if value and longest else 0.0


def _first(row: BreakdownRow) -> Fraction:
    return row.figures[0].value or Fraction(0)


def _earlier(table: Breakdown, name: str) -> Fraction:
    row = table.row(name)
    return _first(row) if row is not None else Fraction(0)
