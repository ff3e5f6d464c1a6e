"""One write, one journal entry: carries out a Change inside one IMMEDIATE transaction."""

import json
import math
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from lockdesk.core.cases import (
    ASKED_IN,
    FINAL_STATES,
    CaseState,
    CaseStep,
    ClockEffect,
    Route,
    require_on_route,
    rule_for,
)
from lockdesk.core.complaints import ANSWERS, ComplaintState, Satisfaction, complaint_rule
from lockdesk.core.journal import Fact, JournalHead, JournalNote, canonical_body, chain, personal_tag
from lockdesk.core.messages import MessageState
from lockdesk.core.numbering import Number, Series
from lockdesk.desk.changes import (
    AddPrint,
    Change,
    Committed,
    NewCase,
    NewComplaint,
    OweMessage,
    SetPrintDigest,
    Write,
)
from lockdesk.desk.values.cases import Message
from lockdesk.errors import Declined
from lockdesk.store import outbox
from lockdesk.store import tables as t
from lockdesk.store.journal_reads import blob, read_end
from lockdesk.store.journal_texts import keep_texts
from lockdesk.store.prepared import Prepared, first, insert, rows, update
from lockdesk.store.threads import broken_journal, writing
from lockdesk.words import _

Seal = Callable[[JournalHead], bytes]
_SEAL = Prepared(lambda: t.Seal.update({t.Seal.count: 0, t.Seal.digest: b"", t.Seal.signature: b""}))
_SEALED = Prepared(lambda: t.Seal.select(t.Seal.count, t.Seal.digest).limit(1))
_GROUP_ACTIVE, _GROUP_WAITING, _GROUP_CLOSED = 0, 1, 2
_PROVING = frozenset({CaseStep.PROVE_REVOKED, CaseStep.PROVE_ISSUED})
"""The only steps that a case takes while an operation at the CA is open: those that end it."""


@dataclass
class Unit:
    """What the writes of one change share while the transaction runs."""

    change: Change
    case_id: int | None = None
    complaint_id: int | None = None
    row: Any = None
    """The case as it was before the writes."""
    changed: dict[str, Any] = field(default_factory=dict)
    """What they change in that row: it is read once and written once."""
    number: str = ""
    created_id: int | None = None
    print_id: int | None = None
    entry_id: int | None = None
    """Of the person of the staff register whom it is about."""
    learnt: dict[str, Fact] = field(default_factory=dict)
    """Facts that only the writing itself tells."""

    def case(self) -> int:
        if self.case_id is None:
            raise RuntimeError("this write needs a case")
        return self.case_id

    def owe(self, write: OweMessage) -> None:
        """A message to be written and sent; nothing where the office has no mail account."""
        if outbox.posts():
            told = Message(0, 0, write.notice, "", write.subject, write.body, MessageState.OWED, self.change.at)
            outbox.add_message(self.case_id, self.complaint_id, told)

    def complaint(self) -> int:
        if self.complaint_id is None:
            raise RuntimeError("this write needs a complaint")
        return self.complaint_id


def commit(change: Change, seal: Seal, handlers: "dict[type, Callable[[Unit, Write], None]]") -> Committed:
    """Runs on the writer thread. Raises Declined when a rule or the expected state forbids it."""
    with writing():
        unit = Unit(change, change.case_id, change.complaint_id)
        _apply(unit, handlers, creating=True)
        _load_subject(unit)
        _take_step(unit)
        _apply(unit, handlers, creating=False)
        _write_case(unit)
        head = _append(unit, seal)
    return Committed(unit.case_id, unit.complaint_id, unit.number, head, unit.created_id)


def _apply(unit: Unit, handlers: "dict[type, Callable[[Unit, Write], None]]", creating: bool) -> None:
    for write in unit.change.writes:
        if isinstance(write, NewCase | NewComplaint) is creating:
            handlers[type(write)](unit, write)


def _load_subject(unit: Unit) -> None:
    if unit.case_id is not None:
        unit.row = first(t.Case.id, unit.case_id)
        unit.number = _number_of(unit.row, "case")
        _require_kept(unit.row, unit.change)
    elif unit.complaint_id is not None:
        row = first(t.Complaint.id, unit.complaint_id)
        unit.number = _number_of(row, "complaint")
        _require_kept(row, unit.change)


def _number_of(row: Any, what: str) -> str:
    if row is None:
        raise Declined(_("Data yang diminta tidak ada."), code=f"{what}.unknown")
    return str(row.number)


_OF_PRINTS = (AddPrint, SetPrintDigest)


def _require_kept(row: Any, change: Change) -> None:
    """Of what lost its personal data nothing is written any more but prints."""
    writes = not all(isinstance(write, _OF_PRINTS) for write in change.writes)
    if row.destroyed_at is not None and (writes or change.step is not None or change.complaint_step is not None):
        raise Declined(
            _("Data pribadi pada nomor ini sudah dimusnahkan."),
            _("Catatannya tinggal nomor, status, tanggal, dan rekam jejak."),
            code="data.destroyed",
        )


def changed_meanwhile() -> Declined:
    return Declined(
        _("Data sudah berubah sejak ditampilkan."),
        _("Muat ulang, periksa, lalu ulangi langkah ini bila masih perlu."),
        code="case.changed",
    )


def _take_step(unit: Unit) -> None:
    change = unit.change
    if change.step is not None:
        _take_case_step(unit)
    if change.complaint_step is not None:
        _take_complaint_step(unit)


def _take_case_step(unit: Unit) -> None:
    change, row = unit.change, unit.row
    assert change.step is not None
    state = CaseState(row.state)
    if change.expected is not None and state is not change.expected:
        raise changed_meanwhile()
    rule = rule_for(state, change.step)
    require_on_route(Route(row.route), change.step)
    if row.operation_state and change.step not in _PROVING:
        raise Declined(
            _("Masih ada operasi ke CA yang belum selesai."),
            _("Periksa status ke CA, atau catat bahwa operasi itu tidak dilaksanakan."),
            code="operation.open",
        )
    row.state = unit.changed["state"] = rule.to.value
    if withdrawn := outbox.withdraw_asked(unit.case(), ASKED_IN.get(state, frozenset()), change):
        unit.learnt["withdrawn"] = " ".join(withdrawn)
    if rule.notice:
        unit.owe(OweMessage(rule.notice))
    if rule.clock is ClockEffect.PAUSE:
        start_pause(unit, "applicant")
    else:
        end_pause(unit)


def _take_complaint_step(unit: Unit) -> None:
    change = unit.change
    assert change.complaint_step is not None
    row = t.Complaint.get_by_id(unit.complaint())
    state = ComplaintState(row.state)
    if change.complaint_expected is not None and state is not change.complaint_expected:
        raise changed_meanwhile()
    following, _kind = complaint_rule(state, change.complaint_step)
    row.state, row.verified_at = following.value, row.verified_at or change.at
    row.asked_at = change.at if following is ComplaintState.AWAITING_COMPLAINANT else None
    if change.complaint_step in ANSWERS:
        row.responded_at = row.responded_at or change.at
    if following is ComplaintState.RESOLVED:
        row.resolved_at = change.at
    elif state is ComplaintState.RESOLVED:
        row.resolved_at = row.on_time = None
        row.satisfaction = Satisfaction.UNKNOWN.value
    row.next_on = next_complaint_limit(row)
    row.save(only=_STEPPED)


_STEPPED = (
    t.Complaint.state, t.Complaint.verified_at, t.Complaint.responded_at, t.Complaint.asked_at,
    t.Complaint.resolved_at, t.Complaint.on_time, t.Complaint.satisfaction, t.Complaint.next_on,
)  # fmt: skip
"""What a step changes in a complaint's row."""


def next_complaint_limit(row: Any) -> date:
    """The nearest limit that is not met yet; the resolution's own comes last."""
    early = ((row.verify_on, row.verified_at), (row.respond_on, row.responded_at))
    found: date = min([row.due_on, *(on for on, met_at in early if on is not None and met_at is None)])
    return found


def start_pause(unit: Unit, reason: str) -> None:
    """The clock stands still; nothing happens while it already does."""
    case_id = unit.case()
    running = t.ClockPause.select().where((t.ClockPause.case == case_id) & t.ClockPause.end.is_null())
    if not running.exists():
        t.ClockPause.create(case=case_id, start=unit.change.at, end=None, reason=reason)
        unit.changed["waiting_since"] = unit.change.at


def end_pause(unit: Unit) -> None:
    case_id = unit.case()
    running = [(row.id, row.start) for row in rows(t.ClockPause.case, case_id) if row.end is None]
    for pause, start in running:
        update(t.ClockPause.id, pause, end=max(start, unit.change.answered_at or unit.change.at))
    if unit.row.waiting_since is not None or "waiting_since" in unit.changed:
        unit.changed["waiting_since"] = None


def next_number(series: Series, write: NewCase | NewComplaint) -> Number:
    """The next number of the year; the row is locked by the running IMMEDIATE transaction."""
    year = write.given_on.year
    found = t.Counter.get_or_none((t.Counter.series == series.value) & (t.Counter.year == year))
    last = found.last + 1 if found is not None else 1
    if found is None:
        t.Counter.create(series=series.value, year=year, last=last)
    else:
        t.Counter.update(last=last).where(t.Counter.id == found.id).execute()
    return Number(series, last, write.given_on, write.practice)


def person_for(nik: str, nip: str) -> t.Person:
    """The person with this NIP or NIK, made with a fresh key when new."""
    found = None
    if nip:
        found = t.Person.get_or_none(t.Person.nip == nip)
    if found is None and nik:
        found = t.Person.get_or_none(t.Person.nik == nik)
    if found is None:
        found = t.Person.create(nik=nik, nip=nip, tag_key=os.urandom(32))
    return found


def _append(unit: Unit, seal: Seal) -> JournalHead:
    change, (previous, last) = unit.change, read_end()
    _refuse_alien_head(previous)
    note = _with_clock_step(change, last)
    note = replace(note, facts={**note.facts, **unit.learnt})
    sequence = previous.count + 1
    subject = unit.number
    bound = {"case": unit.case_id, "complaint": unit.complaint_id, "entry_id": unit.entry_id}
    texts = keep_texts(sequence, note.written, bound)
    body = canonical_body(sequence, change.at, change.actor, subject, note, _tags(unit, note), texts)
    head = JournalHead(sequence, chain(previous.digest, body))
    insert(
        t.Journal,
        sequence=sequence,
        at=change.at,
        actor=change.actor,
        kind=note.kind,
        subject=subject,
        body=body,
        digest=head.digest,
    )
    signature = seal(head)
    if _SEAL.run(head.count, head.digest, signature).rowcount == 0:
        insert(t.Seal, count=head.count, digest=head.digest, signature=signature)
    if unit.print_id is not None:
        t.Printed.update(sequence=head.count, head=head.digest.hex()).where(t.Printed.id == unit.print_id).execute()
    return head


def _with_clock_step(change: Change, last: datetime | None) -> JournalNote:
    """A clock that went back since the last entry is written into this one: nothing is back-dated unseen."""
    if last is None or change.at >= last:
        return change.note
    back = math.ceil((last - change.at).total_seconds())
    return replace(change.note, facts={**change.note.facts, "clock_back_seconds": back})


def _refuse_alien_head(head: JournalHead) -> None:
    sealed = _SEALED.run(1).fetchone()
    whole = head.count == 0 if sealed is None else (sealed[0], blob(sealed[1])) == (head.count, head.digest)
    if not whole:
        raise broken_journal(head.count)


def _tags(unit: Unit, note: JournalNote) -> dict[str, str]:
    if not note.personal or unit.case_id is None:
        return {}
    person = first(t.Person.id, first(t.Case.id, unit.case_id).person_id)
    return {name: personal_tag(bytes(person.tag_key), name, text) for name, text in note.personal.items()}


def _write_case(unit: Unit) -> None:
    """With the two columns that order the list: running by deadline, waiting, then ended newest first."""
    if unit.case_id is None:
        return
    row = vars(unit.row) | unit.changed
    if CaseState(row["state"]) in FINAL_STATES:
        group, at = _GROUP_CLOSED, -_seconds(row["closed_at"] or unit.change.at)
    elif row["waiting_since"] is not None:
        group, at = _GROUP_WAITING, _seconds(row["waiting_since"])
    else:
        group, at = _GROUP_ACTIVE, _seconds(row["due_at"] or row["received_at"])
    if (row["list_group"], row["list_at"]) != (group, at):
        unit.changed |= {"list_group": group, "list_at": at}
    if unit.changed:
        update(t.Case.id, unit.case_id, **unit.changed)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def reasons_text(reasons: tuple[str, ...]) -> str:
    return json.dumps(list(reasons), ensure_ascii=False)
