"""The evaluation of a quarter: reckoned once and kept until the journal has moved, with the office's own words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lockdesk.core.journal import JournalNote
from lockdesk.core.quarters import Quarter, bounds
from lockdesk.core.survey import QUESTIONS, SCORES, Survey, grade
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.reports import figures as reckoned
from lockdesk.desk.reports.definitions import CAUSE, ReportPart
from lockdesk.desk.reports.words import index_words, minutes_words, share_words
from lockdesk.desk.values.cases import CaseRow
from lockdesk.desk.values.complaints import ComplaintRow
from lockdesk.desk.values.office import ClosedDay
from lockdesk.desk.values.reports import QuarterFigures, QuarterReport, Subject
from lockdesk.errors import Declined
from lockdesk.records import dataclass
from lockdesk.words import _, in_indonesian, number_words

LEGAL_BASIS = 7
"""The component of the standard of service that names the law."""
_KEPT = 4
"""Quarters whose figures are kept: the shown one, the one before, and two that were looked at."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """Figures that hold while the journal has not moved and no running case has missed its limit since."""

    figures: QuarterFigures
    entries: int
    holds_until: datetime | None


class Evaluation:
    """Reports of quarters and what is written for them. Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office) -> None:
        self._casebook = casebook
        self._office = office
        self._kept: dict[Quarter, _Kept] = {}

    def this_quarter(self) -> Quarter:
        return Quarter.of(self._office.today())

    def years(self) -> tuple[int, ...]:
        """The years that have something to report, and the present one; the newest first."""
        present = self._office.today().year
        first = self._casebook.first_year()
        return tuple(range(present, min(first if first is not None else present, present) - 1, -1))

    def report(self, quarter: Quarter) -> QuarterReport:
        """The quarter beside the one before it."""
        written = self._casebook.report_parts(quarter)
        earlier = self._casebook.report_parts(quarter.previous)
        return QuarterReport(
            self._figures(quarter),
            self._figures(quarter.previous),
            self.survey(quarter),
            self.survey(quarter.previous),
            self._proposed(earlier) | dict(written),
            frozenset(written),
        )

    def _figures(self, quarter: Quarter) -> QuarterFigures:
        entries, now, kept = self._casebook.head().count, self._office.now(), self._kept.get(quarter)
        if kept is not None and kept.entries == entries and (kept.holds_until is None or now < kept.holds_until):
            return kept.figures
        made = self._reckon(quarter, entries, now)
        self._kept = dict([*((key, held) for key, held in self._kept.items() if key != quarter)][1 - _KEPT :])
        self._kept[quarter] = made
        return made.figures

    def _reckon(self, quarter: Quarter, entries: int, now: datetime) -> _Kept:
        calendar = self._office.calendar
        span = bounds(quarter.first, quarter.last, calendar)
        cases, complaints = self._casebook.quarter_cases(span), self._casebook.quarter_complaints(span)
        until = min(now, span.done_until)
        clock = reckoned.open_time(cases, until, calendar)
        found = reckoned.sort_cases(cases, span)
        figures = QuarterFigures(
            quarter,
            until,
            now >= span.done_until,
            reckoned.case_figures(found, until, clock) | reckoned.complaint_figures(complaints, span),
            reckoned.breakdowns(found, complaints, span),
            reckoned.late_cases(found, until, clock),
            self._closed_days(quarter),
        )
        if figures.over:
            return _Kept(figures, entries, None)
        coming = [case.due_at for case in found.running if case.due_at is not None and case.due_at > now]
        return _Kept(figures, entries, min([*coming, span.done_until]))

    def _closed_days(self, quarter: Quarter) -> tuple[ClosedDay, ...]:
        calendar = self._office.calendar
        return tuple(
            row
            for row in self._casebook.closed_days(quarter.year)
            if quarter.first <= row.day <= quarter.last and calendar.hours_of(row.day)
        )

    def _proposed(self, earlier: Mapping[str, str]) -> dict[str, str]:
        """What a part says before anybody has written it."""
        points = [line for line in earlier.get(ReportPart.RECOMMENDATIONS, "").splitlines() if line.strip()]
        named = self._office.settings.head_on(self._office.today()) is not None
        leader = {} if named else earlier  # who serves today signs
        return {
            ReportPart.INTRODUCTION: self._introduction(),
            ReportPart.OBSTACLES: "",
            ReportPart.FOLLOW_UP: "\n".join(f"{point.strip()} – " for point in points),
            ReportPart.RECOMMENDATIONS: "",
            ReportPart.ASSESSMENT: "",
            ReportPart.LEADER: leader.get(ReportPart.LEADER, ""),
            ReportPart.LEADER_NIP: leader.get(ReportPart.LEADER_NIP, ""),
        }

    @in_indonesian()
    def _introduction(self) -> str:
        office = self._office.settings.office
        law = next((item.lines for item in office.components if item.number == LEGAL_BASIS), ())
        words = _(
            "Laporan ini disusun untuk evaluasi oleh pimpinan setiap tiga bulan sebagaimana ditetapkan dalam standar"
            " pelayanan {unit}, {government}. Dasar hukum:"
        ).format(unit=office.unit, government=office.government)
        return "\n".join((words, *law))

    def save(self, quarter: Quarter, parts: Mapping[str, str]) -> None:
        """Keeps what was written; the journal says which parts. What is unchanged leaves no trace."""
        before = self.report(quarter)
        changed = {
            name: text.strip()
            for name, text in parts.items()
            if text.strip() != before.parts.get(name, "").strip() and self._known(name)
        }
        if not changed:
            return
        note = JournalNote("report.saved", {"quarter": str(quarter), "parts": " ".join(sorted(changed))})
        writes = tuple(c.SetReportPart(quarter, name, text) for name, text in changed.items())
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, writes))

    @staticmethod
    def _known(name: str) -> bool:
        return name in set(ReportPart) or name.startswith(CAUSE)

    def rows(self, subject: Subject, members: Sequence[int]) -> tuple[CaseRow, ...] | tuple[ComplaintRow, ...]:
        """What a figure counted, as the lists show it."""
        if subject is Subject.COMPLAINT:
            return self._casebook.complaint_rows(members)
        return self._casebook.rows_of(members)

    # ── the survey ──

    def survey(self, quarter: Quarter) -> Survey:
        return Survey(self._casebook.survey_counts(quarter.first, quarter.last))

    def answer(self, scores: Sequence[int]) -> None:
        """One form: a score for each question. Only the day's counts are kept. Raises Declined for a form that is not
        whole."""
        if len(scores) != len(QUESTIONS) or any(score not in SCORES for score in scores):
            raise Declined(
                _("Survei belum terisi lengkap."),
                _("Jawab kesembilan pertanyaan, lalu kirim."),
                code="survey.incomplete",
            )
        self._casebook.count_answers(self._office.today(), scores)

    # ── for a chat ──

    @in_indonesian()
    def summary(self, quarter: Quarter) -> str:
        """The quarter in three lines that name nobody, in the language of whoever gets them."""
        report = self.report(quarter)
        of, survey = report.now.figures, report.survey.index
        counts = {name: number_words(len(of[name].members)) for name in of}
        until = "" if report.now.over else " " + _("(sampai hari ini)")
        ended = len(of["withdrawn"].members)
        withdrawn = ", " + _("{n} ditarik").format(n=number_words(ended)) if ended else ""
        index = index_words(survey) + f" ({grade(survey)[0]})" if survey is not None else "–"
        return "\n".join(
            (
                _("Layanan lupa passphrase, {quarter}{until}: {received} diterima, {completed} selesai, {rejected}"
                  " ditolak{ended}, {running} berjalan.").format(
                      quarter=quarter, until=until, ended=withdrawn, **counts),
                _("Tepat waktu {on_time}, rata-rata {mean}, benar sejak pertama {right}.").format(
                    on_time=share_words(of["on_time"].value),
                    mean=minutes_words(of["net_mean"].value),
                    right=share_words(of["first_time_right"].value),
                ),
                _("Pengaduan {complaints_received} diterima, {complaints_resolved} selesai; IKM {index}.").format(
                    index=index, **counts
                ),
            )
        )  # fmt: skip
