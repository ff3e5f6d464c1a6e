"""Keadaan layanan hari ini: what presses and what is still open, in the words that the window has for it too."""

from enum import StrEnum
from zoneinfo import ZoneInfo

from lockdesk.core.cases import STATE_LABELS
from lockdesk.core.messages import MessageState
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.values.backups import BackupState
from lockdesk.desk.values.cases import CaseFilter, CaseRow
from lockdesk.desk.values.office import DayEnd
from lockdesk.desk.values.sheets import Footer, Grid, GridColumn, Section, Sheet
from lockdesk.words import N_, _, date_words, number_words, time_words

OPEN_WORDS: dict[CaseFilter, str] = {
    CaseFilter.UNSETTLED: N_("hasil belum pasti"),
    CaseFilter.LATE: N_("terlambat"),
    CaseFilter.DUE_TODAY: N_("jatuh tempo hari ini"),
    CaseFilter.CALL_OWED: N_("belum ditelepon"),
    CaseFilter.DUE_NEXT: N_("jatuh tempo hari kerja berikutnya"),
    CaseFilter.WAITING_APPLICANT: N_("menunggu pemohon"),
    CaseFilter.WAITING_CA: N_("menunggu CA"),
}
"""Why a case is named, the heaviest reason first."""


class Weight(StrEnum):
    """Of a line of the day's end: done, still open, gone wrong."""

    DONE = "done"
    OPEN = "open"
    BAD = "bad"


_MESSAGES = (
    (
        (MessageState.QUEUED, MessageState.SENDING, MessageState.OWED),
        N_("{n} pemberitahuan belum terkirim"),
        Weight.OPEN,
    ),
    ((MessageState.FAILED,), N_("{n} pemberitahuan gagal dikirim"), Weight.BAD),
    ((MessageState.HANDED, MessageState.UNSETTLED), N_("{n} pemberitahuan belum pasti terkirim"), Weight.BAD),
)


def day_notes(day: DayEnd, zone: ZoneInfo) -> tuple[tuple[str, Weight], ...]:
    """What is open besides the cases, what went wrong, and how the data is kept safe."""
    counts = [(sum(day.outbox.get(state, 0) for state in states), words, weight) for states, words, weight in _MESSAGES]
    counts.append((day.complaints_near, N_("{n} pengaduan dekat batas"), Weight.OPEN))
    counts.append((day.official.count, N_("{n} pengaduan di pejabat pengaduan"), Weight.OPEN))
    notes = [(_(words).format(n=number_words(count)), weight) for count, words, weight in counts if count]
    return (*notes, backup_note(day.backup, zone))


def backup_note(state: BackupState, zone: ZoneInfo, chosen_here: bool = False) -> tuple[str, Weight]:
    """Whether the data lies in a second place, since when, and what the program does about it by itself.
    `chosen_here`: it is told where the place is chosen."""
    if not state.plan.folder and state.last is None:
        words = _("Belum ada cadangan: tempatnya belum dipilih di Pengaturan, bagian Cadangan.")
        return _("Belum ada cadangan: pilih tempatnya di bawah ini.") if chosen_here else words, Weight.BAD
    if state.last is None:
        made, weight = _("Belum ada cadangan."), Weight.BAD
    else:
        at = state.last.made_at.astimezone(zone)
        day = _("hari ini") if state.today else date_words(at.date())
        made = _("Cadangan terakhir: {day} pukul {time}, dibaca kembali dan cocok.").format(
            day=day, time=time_words(at.time())
        )
        weight = Weight.DONE if state.today else Weight.OPEN
    if state.plan.folder and state.plan.at_exit:
        return " ".join((made, _("Yang berikutnya dibuat saat program ditutup."))), weight
    return made, weight


def _reason_words(parts: SheetParts, row: CaseRow, reason: CaseFilter) -> str:
    if row.waiting_since is None:
        return _(OPEN_WORDS[reason])
    since = date_words(row.waiting_since.astimezone(parts.zone).date())
    return _("{waiting} sejak {day}").format(waiting=_(OPEN_WORDS[reason]), day=since)


def day_sheet(parts: SheetParts, day: DayEnd, footer: Footer) -> Sheet:
    """Every open case with the reason that weighs most; no more of a person than the name."""
    columns = (
        GridColumn(_("Nomor"), 1.9),
        GridColumn(_("Pemohon"), 2.4),
        GridColumn(_("Keadaan"), 1.65),
        GridColumn(_("Batas waktu"), 2.1),
        GridColumn(_("Keterangan"), 1.75),
    )
    rows = tuple(
        (
            row.number,
            row.name or "–",
            _(STATE_LABELS[row.state]),
            parts.short_moment(row.due_at) if row.due_at is not None and row.waiting_since is None else "–",
            _reason_words(parts, row, reason),
        )
        for reason, found in day.rows.items()
        for row in found
    )
    block: str | Grid = Grid(columns, rows) if rows else _("Tidak ada kasus yang terbuka.")
    notes = "\n".join(words for words, _weight in day_notes(day, parts.zone))
    return Sheet(
        number=date_words(parts.at.astimezone(parts.zone).date()),
        rows=(),
        footer=footer,
        sections=(Section("", (block, notes)),),
    )
