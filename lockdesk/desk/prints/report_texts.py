"""What the quarterly report and the register books say on paper. Nobody who complained or applied is named in the
report: its tables hold numbers of cases and names of units."""

from collections.abc import Callable

from lockdesk.core.survey import QUESTIONS, grade
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.prints.sheet_texts import SERVICE
from lockdesk.desk.reports.definitions import (
    BREAKDOWNS,
    CAUSE,
    COMPLAINTS,
    FIGURES,
    RESULTS,
    ReportPart,
)
from lockdesk.desk.reports.words import (
    denominator_words,
    index_words,
    value_words,
)
from lockdesk.desk.values.reports import Book, Breakdown, Figure, LateCase, QuarterReport
from lockdesk.desk.values.sheets import (
    Bar,
    Box,
    Chart,
    Footer,
    Grid,
    GridColumn,
    Section,
    Sheet,
    SheetRow,
    Signature,
    join_words,
)
from lockdesk.words import N_, _, date_words, duration_words, number_words

MOST_BARS = 8


def report_sheet(parts: SheetParts, report: QuarterReport, footer: Footer) -> Sheet:
    """Sections I to VII; a quarter without cases has them too."""
    now = report.now
    until = date_words(now.until.astimezone(parts.zone).date())
    last = date_words(now.quarter.last)
    period = f"{date_words(now.quarter.first)} – {last}"
    open_words = "" if now.over else _("Triwulan belum berakhir; angka sampai {day}.").format(day=until)
    rows = (
        SheetRow(_("Layanan"), _(SERVICE)),
        SheetRow(_("Periode"), f"{now.quarter}, {period}", open_words, strong=True),
        SheetRow(_("Pembanding"), str(report.before.quarter)),
    )
    makers: tuple[tuple[str, Callable[[SheetParts, QuarterReport], tuple[str | Grid | Chart | Box, ...]]], ...] = (
        (N_("Pendahuluan"), _introduction),
        (N_("Hasil pelayanan"), _results),
        (N_("Pengaduan, saran, dan masukan"), _complaints),
        (N_("Survei kepuasan masyarakat"), _survey),
        (N_("Kendala"), _obstacles),
        (N_("Tindak lanjut dan rekomendasi"), _follow_up),
        (N_("Penutup"), _close),
    )
    roman = ("I", "II", "III", "IV", "V", "VI", "VII")
    return Sheet(
        number=str(now.quarter),
        rows=rows,
        footer=footer,
        sections=tuple(
            Section(f"{numeral}. {_(title)}", make(parts, report))
            for numeral, (title, make) in zip(roman, makers, strict=True)
        ),
        signatures=(_leader(parts, report), parts.officer_signature()),
    )


def _leader(parts: SheetParts, report: QuarterReport) -> Signature:
    name, nip = report.parts.get(ReportPart.LEADER, ""), report.parts.get(ReportPart.LEADER_NIP, "")
    signature = parts.head_signature(_("Mengetahui,"))
    if name in ("", signature.name):
        return signature
    above = (_("Mengetahui,"), parts.settings.office.supervisor_position + ",")
    return Signature(above, name, f"NIP {nip}" if nip else "NIP")


def _introduction(_parts: SheetParts, report: QuarterReport) -> tuple[str, ...]:
    return (report.parts.get(ReportPart.INTRODUCTION, ""),)


def _figure_table(report: QuarterReport, names: tuple[str, ...]) -> Grid:
    columns = (
        GridColumn(_("Ukuran dan maknanya"), 3.6),
        GridColumn(str(report.now.quarter), 1.2, right=True),
        GridColumn(str(report.before.quarter), 1.2, right=True),
    )
    rows = []
    for name in names:
        spec, now, before = FIGURES[name], report.now.figures[name], report.before.figures[name]
        words = [join_words((value_words(spec, item), _in_brackets(denominator_words(spec, item))), "\n")
                 for item in (now, before)]  # fmt: skip
        rows.append((f"{_(spec.label)}\n{_(spec.definition)}", *words))
    return Grid(columns, tuple(rows))


def _in_brackets(words: str) -> str:
    return f"({words})" if words else ""


def _results(_parts: SheetParts, report: QuarterReport) -> tuple["str | Grid | Chart", ...]:
    blocks: list[str | Grid | Chart] = [_figure_table(report, RESULTS)]
    if not report.now.figures["received"].members:
        blocks.append(_("Tidak ada permohonan yang diterima dalam triwulan ini."))
    for name in ("agency", "channel", "route", "reasons"):
        blocks += _group_blocks(report, name, chart=name in {"agency", "reasons"})
    return tuple(blocks)


def _complaints(_parts: SheetParts, report: QuarterReport) -> tuple["str | Grid | Chart", ...]:
    blocks: list[str | Grid | Chart] = [_figure_table(report, COMPLAINTS)]
    for name in ("complaint_kind", "complaint_channel", "complaint_state", "complaint_satisfaction"):
        blocks += _group_blocks(report, name, chart=name == "complaint_kind")
    return tuple(blocks)


def _group_blocks(report: QuarterReport, name: str, chart: bool) -> list["str | Grid | Chart"]:
    """A table of a breakdown, with the first figure of the quarter before at its end; a chart of the largest groups."""
    now, before = report.now.breakdowns[name], report.before.breakdowns[name]
    title = _(BREAKDOWNS[name])
    if not now.rows:
        return [f"{title}: {_('tidak ada')}."]
    labels = [_(FIGURES[column].label) for column in now.columns]
    columns = (
        GridColumn(_("Kelompok"), 2.6),
        GridColumn(labels[0], 1.0, right=True),
        GridColumn(str(report.before.quarter), 1.0, right=True),
        *(GridColumn(label, 1.0, right=True) for label in labels[1:]),
    )
    rows = []
    for row in now.rows:
        first, *others = (value_words(FIGURES[name], item) for name, item in zip(now.columns, row.figures, strict=True))
        rows.append((_(row.label), first, _first_before(before, row.label, now.columns[0]), *others))
    blocks: list[str | Grid | Chart] = []
    drawn = chart and len(now.rows) > 1
    if drawn:
        blocks.append(_chart(title, report, now, before))
    blocks.append(Grid(columns, tuple(rows), title="" if drawn else title))
    return blocks


def _before(table: Breakdown, label: str) -> Figure | None:
    row = table.row(label)
    return row.figures[0] if row is not None else None


def _first_before(table: Breakdown, label: str, column: str) -> str:
    figure = _before(table, label)
    return value_words(FIGURES[column], figure) if figure is not None else "0"


def _chart(title: str, report: QuarterReport, now: Breakdown, before: Breakdown) -> Chart:
    bars = []
    for row in now.rows[:MOST_BARS]:
        earlier = _before(before, row.label)
        value, past = float(row.figures[0].value or 0), float(earlier.value or 0) if earlier is not None else 0.0
        bars.append(Bar(_(row.label), value, past, number_words(int(value))))
    legend = (str(report.now.quarter), str(report.before.quarter))
    return Chart(title, tuple(bars), legend)


def _survey(_parts: SheetParts, report: QuarterReport) -> tuple["str | Grid", ...]:
    survey, before = report.survey, report.survey_before
    if survey.index is None:
        return (_("Tidak ada survei yang diisi dalam triwulan ini."),)
    letter, words = grade(survey.index)
    told = _(
        "{count} responden mengisi survei (Permenpan RB 14/2017). Indeks kepuasan masyarakat (IKM) {index}, mutu"
        " pelayanan {letter} ({words}). Triwulan sebelumnya: {before}. IKM adalah rata-rata kesembilan nilai unsur"
        " dikalikan 25, dihitung tanpa pembulatan antara."
    ).format(
        count=number_words(survey.respondents),
        index=index_words(survey.index),
        letter=letter,
        words=_(words).lower(),
        before=index_words(before.index),
    )
    columns = (
        GridColumn(_("Unsur"), 3.6),
        GridColumn(_("Nilai rata-rata"), 1.2, right=True),
        GridColumn(_("Triwulan sebelumnya"), 1.2, right=True),
    )
    rows = tuple(
        (f"U{n + 1}. {_(question.element)}", index_words(survey.mean(n)), index_words(before.mean(n)))
        for n, question in enumerate(QUESTIONS)
    )
    return (told, Grid(columns, rows))


def _obstacles(parts: SheetParts, report: QuarterReport) -> tuple["str | Grid", ...]:
    blocks: list[str | Grid] = []
    if words := report.parts.get(ReportPart.OBSTACLES, ""):
        blocks.append(words)
    late = report.now.late
    if late:
        columns = (
            GridColumn(_("Nomor"), 1.5),
            GridColumn(_("Unit kerja"), 1.5),
            GridColumn(_("Batas waktu"), 1.45),
            GridColumn(_("Selesai"), 1.45),
            GridColumn(_("Lama layanan dan sebab"), 2.25),
        )
        rows = tuple(_late_row(parts, report, case) for case in late)
        blocks.append(Grid(columns, rows, title=_("Kasus yang terlambat dan sebabnya")))
        if beyond := len(report.now.figures["late"].members) - len(late):
            words = _("Dan {n} kasus lagi; daftarnya ada di LockDesk.")
            blocks.append(words.format(n=number_words(beyond)))
    else:
        blocks.append(_("Tidak ada kasus yang terlambat."))
    blocks.append(_closed_days(report))
    return tuple(blocks)


def _late_row(parts: SheetParts, report: QuarterReport, case: LateCase) -> tuple[str, ...]:
    ended = parts.short_moment(case.closed_at) if case.closed_at is not None else _("masih berjalan")
    return (case.number, _(case.agency), parts.short_moment(case.due_at), ended, cause_words(report, case))


def cause_words(report: QuarterReport, case: LateCase) -> str:
    """What the officer wrote, and where the case's time went."""
    spent = [_("layanan {span}").format(span=duration_words(case.service_minutes))]
    if case.ca_minutes:
        spent.append(_("menunggu CA {span}").format(span=duration_words(case.ca_minutes)))
    if case.applicant_minutes:
        spent.append(_("menunggu pemohon {span}").format(span=duration_words(case.applicant_minutes)))
    return join_words((report.parts.get(CAUSE + case.number, ""), ", ".join(spent)), " · ")


def _closed_days(report: QuarterReport) -> str:
    days = report.now.closed_days
    if not days:
        return _("Tidak ada hari tutup selain akhir pekan.")
    named = "; ".join(f"{date_words(item.day, year=False)} ({item.reason})" for item in days)
    return _("Hari tutup selain akhir pekan ({n}): {days}.").format(n=number_words(len(days)), days=named)


def _follow_up(_parts: SheetParts, report: QuarterReport) -> tuple[str | Box, ...]:
    blocks: list[str | Box] = []
    for part, title in (
        (ReportPart.FOLLOW_UP, _("Tindak lanjut atas butir triwulan sebelumnya")),
        (ReportPart.RECOMMENDATIONS, _("Rekomendasi")),
    ):
        blocks += [f"# {title}", report.parts.get(part, "") or _("Tidak ada.")]
    return tuple(blocks)


def _close(parts: SheetParts, report: QuarterReport) -> tuple[str | Box, ...]:
    words = _("Demikian laporan evaluasi {quarter} disampaikan kepada {position} untuk dinilai.").format(
        quarter=report.now.quarter, position=parts.settings.office.supervisor_position
    )
    assessment = report.parts.get(ReportPart.ASSESSMENT, "")
    return (words, Box(_("Penilaian pimpinan"), assessment, lines=0 if assessment else 4))


def book_sheet(parts: SheetParts, book: Book, footer: Footer) -> Sheet:
    """A register book: A4 landscape, its columns numbered."""
    columns = tuple(GridColumn(column.label, column.share, column.right) for column in book.columns)
    block: str | Grid = Grid(columns, book.rows, counted=True)
    if not book.rows:
        block = _("Tidak ada catatan pada periode ini.")
    return Sheet(
        number=f"{book.title}, {book.period}",
        rows=(),
        footer=footer,
        sections=(Section("", (block, *filter(None, (book.closed,)))),),
        landscape=True,
        signatures=(parts.officer_signature(),),
    )
