"""What lists and heads say about a complaint."""

from datetime import datetime

from lockdesk.core.complaints import CHANNEL_LABELS, COMPLAINT_STATE_LABELS, LIMIT_LABELS, Channel, ComplaintState
from lockdesk.desk.values.complaints import ComplaintRow, ComplaintView
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.rows import RowText
from lockdesk.words import N_, _, date_words

_S = ComplaintState
STATE_TONES = {
    _S.RECEIVED: Tone.QUIET,
    _S.HANDLED_BY_OFFICER: Tone.INFO,
    _S.AWAITING_COMPLAINANT: Tone.WARN,
    _S.ESCALATED: Tone.WARN,
    _S.HANDLED_BY_OFFICIAL: Tone.INFO,
    _S.RESOLVED: Tone.OK,
}
LINE_LABELS = (N_("Diterima"), N_("Ditangani petugas"), N_("Diteruskan ke pejabat"), N_("Selesai"))
TRAINING_PREFIX = "LATIH-"
HIDDEN_NAME = N_("Identitas dirahasiakan")


def person_words(name: str, confidential: bool) -> str:
    return _(HIDDEN_NAME) if confidential else (name or _("Tanpa nama"))


def row_text(row: ComplaintRow, times: OfficeTime, now: datetime) -> RowText:
    """The words of one line of the list; a confidential complainant has no name here."""
    name = person_words(row.name, row.confidential)
    if row.resolved_at is not None:
        right, tone = (_("tepat waktu"), Tone.QUIET) if row.on_time is not False else (_("terlambat"), Tone.BAD)
    else:
        right, tone = times.days_left(row.next_on, now)
    channel = _(CHANNEL_LABELS[row.channel])
    spoken = channel if row.channel in {Channel.TWITTER, Channel.INSTAGRAM, Channel.SP4N_LAPOR} else channel.lower()
    chip = _(COMPLAINT_STATE_LABELS[row.state])
    limit = f"{_(LIMIT_LABELS[row.next_limit])} {date_words(row.next_on)}" if row.resolved_at is None else ""
    tip = "\n".join(filter(None, (name, row.number, limit)))
    code = row.number.removeprefix(TRAINING_PREFIX)  # the band says so already, and there is little room
    return RowText(name, right, tone, code, spoken, chip, STATE_TONES[row.state], tip, code_last=True)


def line_of(view: ComplaintView) -> tuple[tuple[str, ...], int, bool, Tone]:
    """The line of steps: labels, place, done, tone."""
    labels = [_(text) for text in LINE_LABELS]
    escalated = any(note.step == "escalate" for note in view.notes)
    if view.state is _S.AWAITING_COMPLAINANT:
        labels[1] = _(COMPLAINT_STATE_LABELS[view.state])
    if view.state is _S.HANDLED_BY_OFFICIAL:
        labels[2] = _(COMPLAINT_STATE_LABELS[view.state])
    place, done = {
        _S.RECEIVED: (0, True),
        _S.HANDLED_BY_OFFICER: (1, False),
        _S.AWAITING_COMPLAINANT: (1, False),
        _S.ESCALATED: (2, False),
        _S.HANDLED_BY_OFFICIAL: (2, False),
        _S.RESOLVED: (3, True),
    }[view.state]
    if view.state is _S.RESOLVED and not escalated:
        del labels[2]
        place = 2
    return tuple(labels), place, done, Tone.ACCENT


def deadline_words(view: ComplaintView, times: OfficeTime, now: datetime) -> tuple[str, Tone]:
    """The words at the end of the line."""
    if view.resolved_at is not None:
        late = times.day(view.resolved_at) > view.due_on
        when = times.day_words(view.resolved_at)
        words = _("Selesai {when}, terlambat") if late else _("Selesai {when}, tepat waktu")
        return words.format(when=when), Tone.BAD if late else Tone.OK
    nearest = view.next_limit
    left, tone = times.days_left(nearest.on, now)
    limit = f"{_(LIMIT_LABELS[nearest.kind])} {date_words(nearest.on, year=False)}"
    if view.close_on is not None and tone is Tone.QUIET:
        words = _("Menunggu pengadu sampai {day}")
        return words.format(day=date_words(view.close_on, year=False)), Tone.WARN
    return (f"{limit} · {left}", tone) if tone is not Tone.QUIET else (limit, Tone.WARN)
