"""`python -m tests.bench report --cases 100000`: the evaluation of a quarter among so many cases, and its PDF."""

from pathlib import Path

from lockdesk.app import OpenProfile
from lockdesk.core.quarters import Quarter, bounds
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.store.tables import database
from tests.bench.figures import Figure, figure, timed
from tests.bench.filled import opened

QUARTER = Quarter(2026, 3)
"""A whole one among the invented cases, with a whole one before it."""
RUNS = 20


def report(folder: Path) -> list[Figure]:
    """The report when nothing is known of it yet beside the bare rows of the quarter, the same again, and its PDF. The
    profile is opened anew for each first time."""
    first, bare, again, pdf = list[float](), list[float](), list[float](), list[float]()
    for _run in range(5):
        with opened(folder) as profile:
            evaluation = profile.desk.evaluation
            first.append(timed(lambda: evaluation.report(QUARTER)))  # noqa: B023 - run at once
            bare.append(timed(lambda: _rows(profile)))
            again += [timed(lambda: evaluation.report(QUARTER)) for _again in range(RUNS)]  # noqa: B023
            pdf.append(timed(lambda: profile.desk.prints.make("quarterly_report", QUARTER, PaperSize.A4)))
    return [
        figure("report", first, "the quarter's bare rows", bare, "aim 500 ms"),
        figure("again", again, "the first time", first, "aim 50 ms"),
        figure("pdf", pdf, "the first time", first, "aim 2000 ms"),
    ]


def _rows(profile: OpenProfile) -> None:
    span = bounds(QUARTER.first, QUARTER.last, profile.desk.office.calendar)
    since, until = (int(at.timestamp() * 1_000_000) for at in (span.received_from, span.received_until))
    query = "SELECT * FROM [case] WHERE received_at >= ? AND received_at < ?"
    profile.casebook._reader.run(lambda: database.execute_sql(query, (since, until)).fetchall())
