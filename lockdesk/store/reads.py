"""What is read from the casebook. Everything here runs on the reader thread."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from peewee import fn

from lockdesk.core.cases import FINAL_STATES, CaseState, Route
from lockdesk.core.complaints import ComplaintState
from lockdesk.core.findings import Finding
from lockdesk.core.operations import OPEN_STATES, OperationKind, OperationState, RevocationReason
from lockdesk.core.service_hours import Pause
from lockdesk.desk.casebook import KeyUse, MarkUse
from lockdesk.desk.values.authority import CertificateRecord
from lockdesk.desk.values.cases import (
    CaseFilter,
    CaseRow,
    CaseView,
    ChecklistTick,
    Decision,
    DocumentRef,
    HistoryLine,
    IntakeChannel,
    NewCertificate,
    OperationView,
    UsableCertificate,
)
from lockdesk.desk.values.facts import AttachmentKind, RequestFacts
from lockdesk.desk.values.marks import Mark
from lockdesk.desk.values.people import APPLICANT_FIELDS, Applicant
from lockdesk.desk.values.privacy import told
from lockdesk.errors import Declined
from lockdesk.store import tables as t
from lockdesk.store.calls import basis_of, calls
from lockdesk.store.case_list import ROW_COLUMNS, row_of
from lockdesk.store.certificates import decode_record
from lockdesk.store.codec import decode
from lockdesk.store.complaint_reads import ESCALATED, complaints_about
from lockdesk.store.finding import match_of, whole_numbers, words_of
from lockdesk.store.journal_reads import history
from lockdesk.store.outbox import messages
from lockdesk.store.prepared import Prepared, first, found_by, rows
from lockdesk.store.register import register_find
from lockdesk.words import _


def search(text: str, limit: int) -> tuple[CaseRow, ...]:
    """Cases in whose name, number, agency, NIP, NIK, telephone, e-mail or serial all that is given stands, the newest
    first; too short words are looked for among the latest alone, as beginnings of the name's words or the number's
    end."""
    keys: set[int] = set()
    for name, values in whole_numbers(text).items():
        query: Any = t.Case.select(t.Case.id).where(getattr(t.Case, name).in_(values))
        keys |= {item.id for item in query}
    if keys:
        return rows_of(sorted(keys, reverse=True)[:limit])
    if match_of(text):
        index = t.CaseSearch
        return rows_of(found_by(index, (index.number, index.name, index.agency), text, limit))
    _terms, short = words_of(text)
    if not short:
        return ()
    newest = t.Case.select(t.Case.id).order_by(t.Case.id.desc()).limit(_LATEST)
    begins = fn.begins_in(short, t.Case.number, t.Case.name)
    found = t.Case.select(*ROW_COLUMNS).where(t.Case.id.in_(newest) & begins).order_by(t.Case.id.desc()).limit(limit)
    return tuple(map(row_of, found))


_LATEST = 5_000
"""Cases through which a text is looked for that is too short for the index."""


def counts() -> dict[str, int]:
    """Cases per filter and complaints per group."""
    counted: Any = t.CaseCount.select(t.CaseCount.list_group, t.CaseCount.cases).tuples()
    by_state: Any = t.Complaint.select(t.Complaint.state, fn.COUNT(t.Complaint.id)).group_by(t.Complaint.state).tuples()
    groups, states = dict(counted), dict(by_state)
    escalated = sum(states.get(state.value, 0) for state in ESCALATED)
    resolved = states.get(ComplaintState.RESOLVED.value, 0)
    return {
        CaseFilter.NEEDS_ACTION.value: groups.get(0, 0),
        CaseFilter.WAITING.value: groups.get(1, 0),
        CaseFilter.ALL.value: sum(groups.values()),
        "complaints_open": sum(states.values()) - resolved,
        "complaints_escalated": escalated,
        "complaints_resolved": resolved,
    }


def unknown_case() -> Declined:
    return Declined(_("Kasus ini tidak ada."), _("Muat ulang daftar kasus."), code="case.unknown")


def row(case_id: int) -> CaseRow:
    found = t.Case.select(*ROW_COLUMNS).where(t.Case.id == case_id).first()
    if found is None:
        raise unknown_case()
    return row_of(found)


def rows_of(ids: Sequence[int]) -> tuple[CaseRow, ...]:
    """The rows of a list in the order in which they are named."""
    found = {item.id: row_of(item) for item in t.Case.select(*ROW_COLUMNS).where(t.Case.id.in_(ids))}
    return tuple(found[key] for key in ids if key in found)


def applicant_of(found: Any) -> Applicant:
    return Applicant(**{name: told(getattr(found, name)) for name in APPLICANT_FIELDS})


def case(case_id: int) -> CaseView:
    """Everything about one case; `net_minutes` is left to the desk, which knows the calendar."""
    found = first(t.Case.id, case_id)
    if found is None:
        raise unknown_case()
    detail = first(t.Detail.case, case_id)
    following = first(t.Case.previous, case_id)
    previous = first(t.Case.id, found.previous_id) if found.previous_id else None
    register = register_find(found.nik, found.nip, found.email)
    operations = _operations(rows(t.Operation.case, case_id))
    return CaseView(
        id=found.id,
        number=found.number,
        state=CaseState(found.state),
        route=Route(found.route),
        compromised=found.compromised,
        told_in_person=found.told_in_person,
        emergency_form=found.emergency_form,
        channel=IntakeChannel(found.channel),
        gateway=found.gateway,
        applicant=applicant_of(found),
        received_at=found.received_at,
        complete_at=found.complete_at,
        due_at=found.due_at,
        closed_at=found.closed_at,
        net_minutes=0,
        pauses=_pauses(case_id),
        facts=decode(RequestFacts, detail.facts),
        findings=decode(tuple[Finding, ...], detail.findings),
        decisions=_decisions(case_id),
        checklist=_ticks(case_id),
        calls=calls(case_id),
        documents=_documents(case_id),
        operations=operations,
        messages=messages(rows(t.Outbox.case, case_id)),
        history=_with_past(history(found.number), case_id),
        register=register[0] if len(register) == 1 else None,
        old_certificate=decode_record(detail.old_certificate),
        usable=decode(tuple[UsableCertificate, ...], detail.usable),
        new_certificate=_new_certificate(decode_record(detail.new_certificate), operations),
        previous=(previous.id, previous.number) if previous else None,
        following=(following.id, following.number) if following else None,
        # of an end that was taken back nothing is shown, or told
        closing_reasons=tuple(json.loads(found.closing_reasons)) if found.state in FINAL_STATES else (),
        complaints=complaints_about(case_id),
        destroyed_at=found.destroyed_at,
    )


def _with_past(lines: tuple[HistoryLine, ...], case_id: int) -> tuple[HistoryLine, ...]:
    """A correction tells what was there before, found by its moment."""
    past: dict[datetime, list[tuple[str, str]]] = defaultdict(list)
    for item in rows(t.ApplicantPast.case, case_id):
        past[item.until].append((item.name, item.value))
    if not past:
        return lines
    return tuple(replace(line, before=tuple(past.get(line.at, ()))) for line in lines)


def _new_certificate(record: CertificateRecord | None, operations: Sequence[OperationView]) -> NewCertificate | None:
    if record is None:
        return None
    proved = [item.id for item in operations if item.kind is OperationKind.REISSUE]
    lint = [content.decode() for kind, content in evidence(proved[-1]) if kind == "lint"] if proved else []
    facts = record.facts
    return NewCertificate(
        facts.serial_hex,
        facts.subject.text,
        facts.issuer.text,
        facts.not_before,
        facts.not_after,
        record.der,
        tuple(lint[-1].splitlines()) if lint else None,
    )


def _pauses(case_id: int) -> tuple[Pause, ...]:
    return tuple(Pause(item.start, item.end, item.reason) for item in rows(t.ClockPause.case, case_id))


def _decisions(case_id: int) -> tuple[Decision, ...]:
    return tuple(
        Decision(item.check_name, item.reason, item.at, item.officer, item.evidence, basis_of(item.basis))
        for item in rows(t.Decided.case, case_id, newest_first=True)
    )


def _ticks(case_id: int) -> tuple[ChecklistTick, ...]:
    return tuple(ChecklistTick(item.item, item.ticked, item.at, item.officer) for item in rows(t.Tick.case, case_id))


def _documents(case_id: int) -> tuple[DocumentRef, ...]:
    return tuple(
        DocumentRef(
            item.id,
            told(item.name),
            item.role,
            AttachmentKind(item.kind),
            item.size,
            item.sha256,
            item.stored,
            item.added_at,
        )
        for item in rows(t.Document.case, case_id)
    )


def _operations(found: Iterable[Any]) -> tuple[OperationView, ...]:
    return tuple(
        OperationView(
            id=item.id,
            case_id=item.case_id,
            request_id=item.request_id,
            kind=OperationKind(item.kind),
            state=OperationState(item.state),
            gateway=item.gateway,
            serial=item.serial,
            key_sha256=item.key_sha256,
            reason=None if item.reason is None else RevocationReason(item.reason),
            reference=item.reference,
            words=item.words,
            started_at=item.started_at,
            changed_at=item.changed_at,
            **_told_of_holder(item.id),
        )
        for item in found
    )


_HOLDER_STATUS = Prepared(
    lambda: t.Evidence.select(t.Evidence.content)
    .where((t.Evidence.operation == 0) & (t.Evidence.kind == "")).order_by(t.Evidence.id)
)  # fmt: skip


def _told_of_holder(operation_id: int) -> dict[str, str]:
    """Read by its kind: the lists among an operation's evidence are large."""
    told = (bytes(content).decode().partition(" ") for (content,) in _HOLDER_STATUS.run(operation_id, "holder_status"))
    return {f"holder_{moment}": words for moment, _space, words in told}


def open_operations() -> tuple[OperationView, ...]:
    open_ones = t.Operation.state.in_([state.value for state in OPEN_STATES])
    return _operations(t.Operation.select().where(open_ones).order_by(t.Operation.id))


def case_of_emergency_form(number: str) -> str:
    """The number of the case that was entered from a form; "" for none."""
    found = t.Case.select(t.Case.number).where(t.Case.emergency_form == number).first()
    return "" if found is None else str(found.number)


def case_with_mail(sha256: str) -> int | None:
    """The case that it opened, as the last one where it opened several; else the one to which it came as an answer."""
    found = t.Case.select(t.Case.id).where(t.Case.mail_sha256 == sha256).first()
    if found is not None:
        return int(found.id)
    answer = t.Document.select(t.Document.case).join(t.Case).where(_came_later((sha256,))).first()
    return None if answer is None else int(answer.case_id)


def _came_later(digests: Sequence[str]) -> Any:
    """Documents of cases that are these mails, but for a case that only a part of the mail opened."""
    of_a_part = t.Case.mail_sha256.startswith(t.Document.sha256.concat("/"))
    return t.Document.sha256.in_(digests) & (t.Document.role == "mail") & ~of_a_part


def mails_of_cases(digests: Sequence[str]) -> frozenset[str]:
    """Which of these mails opened a case or came to one, as `case_with_mail` knows it of each."""
    opened = t.Case.select(t.Case.mail_sha256).where(t.Case.mail_sha256.in_(digests)).tuples()
    came = t.Document.select(t.Document.sha256).join(t.Case).where(_came_later(digests)).tuples()
    return frozenset(digest for (digest,) in (*opened, *came))


def cases_of_person(nik: str, nip: str) -> tuple[CaseRow, ...]:
    known = {name: value for name, value in (("nik", nik), ("nip", nip)) if value}
    if not known:
        return ()
    match = reduce(or_, (getattr(t.Case, name) == value for name, value in known.items()))
    return tuple(row_of(item) for item in t.Case.select(*ROW_COLUMNS).where(match).order_by(t.Case.id.desc()))


_USED = t.KeyUsed
_KEY_USES = Prepared(
    lambda: _USED.select(_USED.use, t.Case.id, t.Case.number, t.Case.state, _USED.nik, _USED.nip)
    .join(t.Case).where(_USED.key_sha256 == "").order_by(_USED.case)
)  # fmt: skip


def key_uses(key_sha256: str, except_case: int | None) -> tuple[KeyUse, ...]:
    found = _KEY_USES.run(t.KeyUsed.key_sha256.db_value(key_sha256))
    return tuple(
        KeyUse(use, case_id, number, CaseState(state) not in FINAL_STATES, nik, nip)
        for use, case_id, number, state, nik, nip in found
        if case_id != except_case or use != "csr"
    )


def mark_uses(marks: Sequence[Mark], except_case: int | None) -> tuple[MarkUse, ...]:
    """By the index over (kind, value); a letter without marks asks nothing."""
    if not marks:
        return ()
    of, case = t.DocumentMark, t.Case
    wanted = reduce(or_, ((of.kind == mark.kind) & (of.value == mark.value) for mark in marks))
    columns = (of.kind, of.value, of.whole, case.id, case.number, case.state, case.nik, case.nip)
    found: Iterable[Any] = of.select(*columns).join(case).where(wanted).order_by(of.id).tuples()
    return tuple(
        MarkUse(Mark(kind, value, whole), case_id, number, CaseState(state), nik, nip)
        for kind, value, whole, case_id, number, state, nik, nip in found
        if case_id != except_case
    )


def evidence(operation_id: int) -> Sequence[tuple[str, bytes]]:
    return [(item.kind, bytes(item.content)) for item in rows(t.Evidence.operation, operation_id)]
