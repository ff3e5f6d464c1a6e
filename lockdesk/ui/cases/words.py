"""What the list and the head say about a case."""

from datetime import datetime

from lockdesk.core.cases import FINAL_STATES, STATE_LABELS, CaseState, Route
from lockdesk.core.operations import OPERATION_LABELS, OperationState
from lockdesk.desk.values.cases import CaseRow, CaseView
from lockdesk.settings import DeskSettings
from lockdesk.ui.look.state_tones import STATE_TONES
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.verification.operations_card import OPERATION_TONES
from lockdesk.ui.widgets.rows import RowText
from lockdesk.words import N_, _

_S = CaseState
LINE_LABELS = (
    N_("Diterima"),
    N_("Diperiksa"),
    N_("Dicabut"),
    N_("Diterbitkan"),
    N_("Diberitahukan"),
    N_("Selesai"),
)
LINES_OF_ROUTE: dict[Route, tuple[str, ...]] = {
    Route.REVOKE_ONLY: (*LINE_LABELS[:3], *LINE_LABELS[4:]),
    Route.VERIFIER_RESET: (*LINE_LABELS[:2], N_("Tautan dikirim"), N_("Tanda tangan berhasil"), LINE_LABELS[-1]),
}
"""Where the procedure is another one than LINE_LABELS."""


def ca_words(settings: DeskSettings) -> str:
    """What the CA is called: the training CA never passes for the real one."""
    return _("CA pelatihan") if settings.practice else settings.office.ca_name


def chip_of(state: CaseState, operation: OperationState | None) -> tuple[str, Tone]:
    """The chip's words and tone; an operation that is still open comes first."""
    if operation in OPERATION_TONES and operation is not None:
        return _(OPERATION_LABELS[operation]), OPERATION_TONES[operation]
    return _(STATE_LABELS[state]), STATE_TONES[state]


def short_number(number: str) -> str:
    """ "LOCK-2026-0042" → "0042"."""
    return number.rpartition("-")[2] or number


def row_text(row: CaseRow, times: OfficeTime, now: datetime) -> RowText:
    """The words of one line of the list."""
    chip, chip_tone = chip_of(row.state, row.operation)
    right, tone = _right(row, times, now)
    name = row.name or _("Nama belum diketahui")
    tip = "\n".join(part for part in (name, row.number, row.agency) if part)
    return RowText(name, right, tone, short_number(row.number), row.agency, chip, chip_tone, tip)


def _right(row: CaseRow, times: OfficeTime, now: datetime) -> tuple[str, Tone]:
    if row.state in FINAL_STATES:
        if row.on_time is None or row.state is not CaseState.COMPLETED:
            return times.day_words(row.closed_at or row.received_at), Tone.QUIET
        return (_("tepat waktu"), Tone.QUIET) if row.on_time else (_("terlambat"), Tone.BAD)
    if row.waiting_since is not None:
        return times.waiting(row.waiting_since, now), Tone.QUIET
    return times.left(row.due_at, now) if row.due_at is not None else ("", Tone.QUIET)


def deadline_words(case: CaseView, times: OfficeTime, now: datetime) -> tuple[str, Tone]:
    """The words at the end of the procedure line."""
    if case.state in FINAL_STATES and case.closed_at is not None:
        when = times.day_words(case.closed_at) + " " + times.clock(case.closed_at)
        if case.due_at is not None and case.closed_at > case.due_at:
            return _("Ditutup {when}, terlambat").format(when=when), Tone.BAD
        return _("Ditutup {when}, tepat waktu").format(when=when), Tone.OK
    pause = next((pause for pause in case.pauses if pause.end is None), None)
    if pause is not None:
        who = _("pemohon") if pause.reason == "applicant" else _("CA")
        words = times.waiting(pause.start, now, who)
        return words[:1].upper() + words[1:], Tone.WARN
    return times.deadline(case.due_at, now) if case.due_at is not None else ("", Tone.QUIET)


def line_of(case: CaseView) -> tuple[tuple[str, ...], int, bool, Tone]:
    """The procedure line: labels, where the case stands, whether that is done, and in which tone."""
    labels = [_(text) for text in LINES_OF_ROUTE.get(case.route, LINE_LABELS)]
    state = case.state
    places = {
        _S.DRAFT: (0, False),
        _S.RECEIVED: (0, True),
        _S.UNDER_REVIEW: (1, False),
        _S.AWAITING_APPLICANT: (1, False),
        _S.VERIFIED: (1, True),
        _S.REVOKED: (2, True),
        _S.AWAITING_NEW_CSR: (2, True),
        _S.REVIEWING_NEW_CSR: (2, True),
        _S.ISSUED: (3, True),
        _S.AWAITING_SIGNATURE: (2, True),
        _S.NOTIFIED: (len(labels) - 2, True),
        _S.COMPLETED: (len(labels) - 1, True),
    }
    if state not in places:
        tone = STATE_TONES[state]
        return (_("Diterima"), _("Diperiksa"), _(STATE_LABELS[state])), 2, True, tone
    if state in {_S.AWAITING_APPLICANT, _S.VERIFIED}:
        labels[1] = _(STATE_LABELS[state])
    place, done = places[state]
    return tuple(labels), place, done, Tone.ACCENT
