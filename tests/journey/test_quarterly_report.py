"""The evaluation of a quarter against one that was reckoned by hand, and on paper."""

from collections.abc import Sequence
from datetime import UTC
from fractions import Fraction
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.complaints import Channel, ComplaintClass, ComplaintKind
from lockdesk.core.quarters import Quarter
from lockdesk.desk.reports.definitions import CAUSE, ReportPart
from lockdesk.desk.values.cases import IntakeChannel
from lockdesk.desk.values.reports import QuarterReport, Subject
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined
from lockdesk.store import tables
from lockdesk.ui.reports.figure_row import FigureRow
from lockdesk.ui.reports.members import MembersSheet
from lockdesk.ui.reports.page import ReportsPage
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.words import _, language
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.journal import entries
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.story import Story, person, wib
from tests.helpers.window.real_window import PATIENCE_MS, real_window, rest

FOURTH, THIRD, FIRST = Quarter(2026, 4), Quarter(2026, 3), Quarter(2027, 1)
NO_LETTER = "Surat pernyataan tidak ada atau tidak dapat dibuka"
A, B = "Dinas Contoh A", "Dinas Contoh B"


@pytest.fixture
def cases(profile: OpenProfile, clock: SetClock) -> dict[str, int]:
    """Nine cases around the fourth quarter, at Pekalongan's hours (08.00–12.00, 13.00–15.45, Friday until 11.00)."""
    story, found = Story(profile.casebook), dict[str, int]()
    found["B"] = story.receive("2026-09-30 15.00", person(2, B), "2026-10-01 15.45")
    found["A"] = story.receive("2026-09-30 16.00", person(1, A), "2026-10-02 11.00")
    story.complete("2026-10-01 09.00", found["A"], on_time=True)  # 60 minutes
    story.complete("2026-10-02 10.00", found["B"], on_time=False)  # 45 + 405 + 120
    found["C"] = story.receive("2026-11-23 08.05", person(3, B), "2026-11-25 15.45", IntakeChannel.WALK_IN)
    story.ask("2026-11-23 09.05", "2026-11-24 08.00", found["C"])
    story.complete("2026-11-24 10.00", found["C"], on_time=True, reviewed=True)  # 60 + 120
    found["D"] = story.receive("2026-11-23 09.00", person(1, A.upper()), "2026-11-24 15.45")
    story.reject("2026-11-23 10.00", found["D"], f"{NO_LETTER}. Kirim surat.", "Bapak Rahasia tidak dikenal.")
    found["E"] = story.receive("2026-11-24 08.00", person(1, A), "2026-11-25 15.45", previous=found["D"])
    story.complete("2026-11-24 09.30", found["E"], on_time=True)  # 90 minutes
    found["I"] = story.receive("2026-12-01 08.00", person(4, B), "2026-12-02 15.45")  # left lying
    found["F"] = story.receive("2026-12-02 08.00", person(5, B), "2026-12-03 15.45")
    story.withdraw("2026-12-03 09.00", found["F"])
    found["H"] = story.receive("2026-12-31 15.44", person(6, B), "2027-01-04 15.45")
    found["G"] = story.receive("2026-12-31 15.45", person(7, B), "2027-01-06 15.45")
    clock.at = wib("2027-02-01 08.00").astimezone(UTC)
    return found


def counted(report: QuarterReport, name: str, ids: dict[str, int]) -> str:
    """The letters of the cases that a figure counted."""
    letters = {number: letter for letter, number in ids.items()}
    return "".join(sorted(letters[number] for number in report.now.figures[name].members))


def value(report: QuarterReport, name: str) -> Fraction | None:
    return report.now.figures[name].value


def test_every_figure_is_the_one_reckoned_by_hand(profile: OpenProfile, cases: dict[str, int]) -> None:
    report = profile.desk.evaluation.report(FOURTH)
    assert [counted(report, name, cases) for name in ("received", "completed", "rejected", "withdrawn", "running")] == [
        "ACDEFHI", "ABCE", "D", "F", "HI"
    ]  # fmt: skip
    assert value(report, "received") == 7
    assert (value(report, "net_mean"), value(report, "net_median")) == (Fraction(225), Fraction(135))
    assert (value(report, "on_time"), counted(report, "on_time", cases)) == (Fraction(3, 4), "ACE")
    assert (value(report, "first_time_right"), counted(report, "first_time_right", cases)) == (Fraction(2, 5), "AB")
    assert counted(report, "repeated", cases) == "DE"
    assert counted(report, "late", cases) == "BI"
    before = report.before.figures
    assert [before[name].members for name in ("received", "completed", "running")] == [(cases["B"],), (), (cases["B"],)]
    assert before["on_time"].value is None and before["net_mean"].value is None


def test_a_year_ends_with_its_last_closing(profile: OpenProfile, cases: dict[str, int]) -> None:
    report = profile.desk.evaluation.report(FIRST)
    assert counted(report, "received", cases) == "G"
    assert counted(report, "running", cases) == "GHI"
    assert counted(report, "late", cases) == "GHI"
    assert not report.now.over and report.now.until == wib("2027-02-01 08.00")


def test_the_years_are_those_that_have_something_to_report(profile: OpenProfile, clock: SetClock) -> None:
    assert profile.desk.evaluation.years() == (2026,)
    Story(profile.casebook).receive("2024-05-06 09.00", person(1, A), "2024-05-07 15.45")
    clock.at = wib("2027-02-01 08.00").astimezone(UTC)
    assert profile.desk.evaluation.years() == (2027, 2026, 2025, 2024)


def test_the_page_shows_the_same_figures_in_the_real_window(
    qtbot: QtBot, profile: OpenProfile, cases: dict[str, int]
) -> None:
    with real_window(qtbot, profile.desk) as window:
        window.begin("reports")
        rest(qtbot, window)
        page = window.findChildren(ReportsPage)[0]
        page.quarter.show_quarter(FOURTH)
        page.show_view("books")
        rest(qtbot, window)
        assert window.findChildren(ErrorSheet) == []
        shown = {row.words.label: row.words.value for row in page.quarter.findChildren(FigureRow)}
        assert (shown["Permohonan diterima"], shown["Rata-rata waktu layanan"]) == ("7", "3 jam 45 menit")
        late = next(row for row in page.quarter.findChildren(FigureRow) if row.words.label == "Terlambat")
        late.click()
        rest(qtbot, window)
        view = window.findChildren(MembersSheet)[0].view
        with qtbot.waitSignal(window.case_shown, timeout=PATIENCE_MS) as opened:
            QTest.keyClick(view, Qt.Key.Key_Return)
        assert opened.args == [cases["B"]]


def test_groups_hold_what_the_whole_holds(profile: OpenProfile, cases: dict[str, int]) -> None:
    groups = profile.desk.evaluation.report(FOURTH).now.breakdowns
    agencies = {row.label: [(len(item.members), item.value) for item in row.figures] for row in groups["agency"].rows}
    assert agencies == {
        B: [(4, 4), (2, 2), (0, 0), (1, Fraction(1, 2))],
        A: [(3, 3), (2, 2), (1, 1), (2, Fraction(1))],
    }
    channels = {row.label: row.figures[0].value for row in groups["channel"].rows}
    assert channels == {"E-mail": 6, "Loket": 1}
    assert [(row.label, row.figures[0].members) for row in groups["reasons"].rows] == [
        ("Alasan lain", (cases["D"],)), (NO_LETTER, (cases["D"],))
    ]  # fmt: skip


def test_late_cases_say_where_their_time_went(profile: OpenProfile, cases: dict[str, int]) -> None:
    late = profile.desk.evaluation.report(FOURTH).now.late
    assert [(case.case_id, case.service_minutes) for case in late][:1] == [(cases["B"], 570)]
    assert late[1].case_id == cases["I"] and late[1].closed_at is None
    assert [day.day.day for day in profile.desk.evaluation.report(FOURTH).now.closed_days] == [24, 25]


@pytest.mark.parametrize("name", ["received", "completed", "on_time", "repeated", "late", "running"])
def test_a_figures_list_is_exactly_what_it_counted(profile: OpenProfile, cases: dict[str, int], name: str) -> None:
    evaluation = profile.desk.evaluation
    figure = evaluation.report(FOURTH).now.figures[name]
    rows = evaluation.rows(Subject.CASE, figure.members)
    assert tuple(row.id for row in rows) == figure.members and len(rows) > 0


def test_a_figure_changes_with_the_next_step(profile: OpenProfile, cases: dict[str, int]) -> None:
    evaluation = profile.desk.evaluation
    assert counted(evaluation.report(FIRST), "withdrawn", cases) == ""
    Story(profile.casebook).withdraw("2027-02-01 08.00", cases["G"])
    assert counted(evaluation.report(FIRST), "withdrawn", cases) == "G"


def test_a_running_case_becomes_late_while_nothing_is_written(
    profile: OpenProfile, clock: SetClock, cases: dict[str, int]
) -> None:
    evaluation = profile.desk.evaluation
    clock.at = wib("2027-01-04 15.44").astimezone(UTC)
    assert counted(evaluation.report(FIRST), "late", cases) == "I"
    clock.at = wib("2027-01-04 15.46").astimezone(UTC)
    assert counted(evaluation.report(FIRST), "late", cases) == "HI"


# ── complaints ──


def complain(profile: OpenProfile, clock: SetClock, at: str, resolved: str = "", **changes: object) -> int:
    clock.at = wib(at).astimezone(UTC)
    number = profile.desk.complaints.receive(form(**changes))
    if resolved:
        clock.at = wib(resolved).astimezone(UTC)
        profile.desk.complaints.resolve(number, "Sudah dijelaskan kepada pengadu.")
    return number


SECRET: dict[str, Any] = {
    "name": "Tri Rahasiawan",
    "contact": "rahasiawan@contoh.example",
    "confidential": True,
    "description": "Saya Tri Rahasiawan, kasus saya lama sekali.",
}


@pytest.fixture
def complaints(profile: OpenProfile, clock: SetClock) -> Sequence[int]:
    found = (
        complain(profile, clock, "2026-09-28 09.00", "2026-10-05 09.00"),
        complain(profile, clock, "2026-10-06 09.00", "2026-11-30 09.00", channel=Channel.TELEPHONE),  # 14 working days
        complain(profile, clock, "2026-11-02 17.00", **SECRET),
        complain(
            profile, clock, "2026-12-31 20.00", "2027-01-04 09.00", kind=ComplaintKind.INFORMATION,
            complaint_class=ComplaintClass.INFORMATION,
        ),
    )  # fmt: skip
    clock.at = wib("2027-02-01 08.00").astimezone(UTC)
    return found


def test_complaints_count_by_their_date(profile: OpenProfile, complaints: Sequence[int]) -> None:
    first, second, third, fourth = complaints
    found = profile.desk.evaluation.report(FOURTH).now
    assert found.figures["complaints_received"].members == (second, third, fourth)
    assert found.figures["complaints_resolved"].members == (first, second)
    assert found.figures["complaints_open"].members == (third, fourth)
    assert found.figures["complaints_within"].value == Fraction(1, 2)
    assert found.figures["complaints_within"].members == (first,)
    kinds = {_(row.label): row.figures[0].members for row in found.breakdowns["complaint_kind"].rows}
    assert kinds == {"Pengaduan": (second, third), "Permintaan informasi": (fourth,)}
    rows = profile.desk.evaluation.rows(Subject.COMPLAINT, (third, fourth))
    assert [row.id for row in rows] == [third, fourth]


# ── on paper ──


def printed(profile: OpenProfile, quarter: Quarter) -> str:
    return text_of(profile.desk.prints.make("quarterly_report", quarter, PaperSize.A4).pdf)


SECTIONS = (
    "I. Pendahuluan", "II. Hasil pelayanan", "III. Pengaduan, saran, dan masukan", "IV. Survei kepuasan masyarakat",
    "V. Kendala", "VI. Tindak lanjut dan rekomendasi", "VII. Penutup",
)  # fmt: skip


def test_the_report_prints_what_was_reckoned_and_names_nobody(
    profile: OpenProfile, cases: dict[str, int], complaints: Sequence[int]
) -> None:
    words = printed(profile, FOURTH)
    assert all(section in words for section in SECTIONS)
    said = (
        "3 jam 45 menit", "2 jam 15 menit", "75 %", "(3 / 4)", "40 %", "Undang-Undang Nomor 11 Tahun 2008",
        "24 Desember", "Mengetahui,", "Kepala Bidang Aplikasi dan Persandian", "Contoh Petugas", NO_LETTER,
    )  # fmt: skip
    assert [text for text in said if text not in words] == []
    for hidden in ("Rahasiawan", "Contoh Pemohon", "Bapak Rahasia", "Tri Umpamakan", "19900215", "3375"):
        assert hidden not in words


def test_a_quarter_without_cases_prints_all_its_sections(profile: OpenProfile) -> None:
    words = printed(profile, Quarter(2025, 1))
    assert all(section in words for section in SECTIONS)
    assert "Tidak ada permohonan yang diterima dalam triwulan ini." in words
    assert "Penilaian pimpinan" in words


def test_the_print_stands_in_the_journal(profile: OpenProfile, cases: dict[str, int]) -> None:
    made = profile.desk.prints.make("quarterly_report", FOURTH, PaperSize.A4)
    found = [(entry["kind"], entry["facts"]) for entry in entries(profile)[-2:]]
    assert found[0] == ("print.made", {"print": "quarterly_report", "size": "A4", "quarter": "TW IV 2026"})
    assert found[1][0] == "print.finished" and found[1][1]["entry"] == made.sequence
    assert made.file_name == "laporan-evaluasi-triwulan-LOCK-2026-TW4-A4.pdf"
    with pytest.raises(Declined) as refused:
        profile.desk.prints.make("quarterly_report", FOURTH, PaperSize.ROLL80)
    assert refused.value.code == "print.paper"


def test_what_the_office_writes_is_kept_with_its_quarter(
    profile: OpenProfile, clock: SetClock, cases: dict[str, int]
) -> None:
    evaluation = profile.desk.evaluation
    number = profile.desk.reading.row(cases["B"]).number
    points = "1. Tambah jam konsultasi\n2. Perbarui data kepegawaian"
    evaluation.save(THIRD, {ReportPart.RECOMMENDATIONS: points, ReportPart.LEADER: "Contoh Kepala"})
    proposal = evaluation.report(FOURTH).parts
    assert proposal[ReportPart.FOLLOW_UP] == "1. Tambah jam konsultasi – \n2. Perbarui data kepegawaian – "
    assert proposal[ReportPart.LEADER] == "Contoh Kepala"
    count = profile.casebook.head().count
    evaluation.save(FOURTH, dict(proposal))
    assert profile.casebook.head().count == count, "nothing was changed"
    evaluation.save(FOURTH, {**proposal, ReportPart.OBSTACLES: "Jaringan padam.", CAUSE + number: "CA tidak menjawab."})
    note = entries(profile)[-1]
    assert (note["kind"], note["facts"]) == (
        "report.saved", {"quarter": "TW IV 2026", "parts": f"cause:{number} obstacles"}
    )  # fmt: skip
    words = printed(profile, FOURTH)
    for said in ("Jaringan padam.", "CA tidak menjawab.", "Tambah jam konsultasi", "Contoh Kepala"):
        assert said in words


def test_a_passphrase_stands_in_no_part_of_a_report(profile: OpenProfile) -> None:
    evaluation = profile.desk.evaluation
    for part in (ReportPart.ASSESSMENT, ReportPart.OBSTACLES, CAUSE + "LATIH-LOCK-2026-0001"):
        with pytest.raises(Declined) as refused:
            evaluation.save(FOURTH, {part: "Petugas mencatat kata sandi: Rahasia#123."})
        assert refused.value.code == "reason.passphrase"
    assert not evaluation.report(FOURTH).written
    evaluation.save(FOURTH, {ReportPart.ASSESSMENT: "Pemohon yang lupa passphrase dilayani tepat waktu."})


def test_the_summary_is_three_lines_that_name_nobody(
    profile: OpenProfile, cases: dict[str, int], complaints: Sequence[int]
) -> None:
    text = profile.desk.evaluation.summary(FOURTH)
    assert text.splitlines() == [
        "Layanan lupa passphrase, TW IV 2026: 7 diterima, 4 selesai, 1 ditolak, 1 ditarik, 2 berjalan.",
        "Tepat waktu 75 %, rata-rata 3 jam 45 menit, benar sejak pertama 40 %.",
        "Pengaduan 3 diterima, 2 selesai; IKM –.",
    ]
    language.choose("en")
    try:
        assert profile.desk.evaluation.summary(FOURTH) == text, "it is sent to people who never chose a language here"
    finally:
        language.choose("id")


# ── the survey ──


def test_a_form_leaves_counts_of_its_day_and_nothing_else(profile: OpenProfile, clock: SetClock) -> None:
    evaluation, before = profile.desk.evaluation, entries(profile)
    for scores in ((4,) * 9, (3, 4, 4, 4, 4, 4, 4, 4, 4)):
        evaluation.answer(scores)
        clock.forward(hours=1)
    assert entries(profile) == before, "an entry's moment would tell who had answered"
    report = evaluation.report(FOURTH)
    assert (report.survey.respondents, report.survey.mean(0), report.survey.index) == (
        2, Fraction(7, 2), Fraction(71, 18) * 25
    )  # fmt: skip
    stored = profile.casebook._read(lambda: tables.database.execute_sql("SELECT * FROM survey_count").fetchall())
    assert {row[1:] for row in stored if row[2] == 0} == {("2026-11-23", 0, 3, 1), ("2026-11-23", 0, 4, 1)}
    assert "IKM) 98,61, mutu pelayanan A" in printed(profile, FOURTH)


@pytest.mark.parametrize("scores", [(4,) * 8, (4,) * 8 + (5,), (0,) * 9])
def test_a_form_that_is_not_whole_is_declined(profile: OpenProfile, scores: tuple[int, ...]) -> None:
    with pytest.raises(Declined):
        profile.desk.evaluation.answer(scores)
    assert profile.desk.evaluation.report(FOURTH).survey.respondents == 0
