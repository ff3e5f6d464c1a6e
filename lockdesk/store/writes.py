"""What each kind of write does: one small function a kind, found by its type."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from lockdesk.core.cases import CaseState, Route
from lockdesk.core.confirmation import Basis
from lockdesk.core.findings import Finding
from lockdesk.core.numbering import Series
from lockdesk.core.operations import OPEN_STATES, OperationState, after
from lockdesk.desk import changes as c
from lockdesk.desk.values.authority import CertificateRecord
from lockdesk.desk.values.cases import UsableCertificate
from lockdesk.desk.values.facts import RequestFacts
from lockdesk.desk.values.people import APPLICANT_FIELDS, Applicant
from lockdesk.errors import Declined
from lockdesk.store import complaint_writes, disposal, outbox
from lockdesk.store import tables as t
from lockdesk.store.calls import add_call
from lockdesk.store.certificates import encode_record
from lockdesk.store.codec import encode
from lockdesk.store.documents import destroy_content, store_document
from lockdesk.store.finding import indexed, phone_text, serial_text
from lockdesk.store.mailbox import take_mail
from lockdesk.store.prepared import first, insert, rows, update
from lockdesk.store.prints import add_print, set_print_digest
from lockdesk.store.register_writes import merge_people, put_people, retire_person
from lockdesk.store.reports import set_report_part
from lockdesk.store.unit import (
    Unit,
    changed_meanwhile,
    end_pause,
    next_number,
    person_for,
    reasons_text,
    start_pause,
)
from lockdesk.words import _

Handler = Callable[[Unit, Any], None]


def _update_case(unit: Unit, **values: object) -> None:
    unit.case()
    unit.changed |= values


def _update_detail(unit: Unit, **values: object) -> None:
    update(t.Detail.case, unit.case(), **values)


def _new_case(unit: Unit, write: c.NewCase) -> None:
    number = str(next_number(Series.CASE, write))
    person = person_for(write.applicant.nik, write.applicant.nip)
    row = t.Case.create(
        number=number,
        state=CaseState.DRAFT.value,
        route=Route.REVOKE_AND_REISSUE.value,
        channel=write.channel.value,
        gateway=write.gateway,
        person=person,
        received_at=write.received_at,
        list_group=0,
        list_at=0,
        mail_sha256=write.mail_sha256,
        previous=write.previous_id,
        emergency_form=write.emergency_form,
        **asdict(write.applicant),
    )
    t.Detail.create(case=row.id)
    t.CaseSearch.insert(rowid=row.id, **_searched(write.applicant, number)).execute()
    unit.case_id = row.id


def _searched(applicant: Applicant, number: str) -> dict[str, str]:
    as_they_are = {name: getattr(applicant, name) for name in ("name", "agency", "nip", "nik", "email")}
    numbers = {"number": number, "phone": phone_text(applicant.phone), "serial": serial_text(applicant.serial)}
    return indexed(as_they_are | numbers)


def _set_applicant(unit: Unit, write: c.SetApplicant) -> None:
    for name in APPLICANT_FIELDS:
        before = getattr(unit.row, name)
        if before and before != getattr(write.applicant, name):
            insert(t.ApplicantPast, case=unit.case(), name=name, value=before, until=unit.change.at)
    person = person_for(write.applicant.nik, write.applicant.nip)
    _update_case(unit, person=person, **asdict(write.applicant))
    t.CaseSearch.update(_searched(write.applicant, unit.number)).where(t.CaseSearch.rowid == unit.case()).execute()


def _set_route(unit: Unit, write: c.SetRoute) -> None:
    _update_case(unit, route=write.route.value)


def _set_compromised(unit: Unit, write: c.SetCompromised) -> None:
    _update_case(unit, compromised=write.value)


def _set_told_in_person(unit: Unit, write: c.SetToldInPerson) -> None:
    _update_case(unit, told_in_person=write.value)


def _reopen_case(unit: Unit, _write: c.ReopenCase) -> None:
    _update_case(unit, closed_at=None, on_time=None)


def _set_deadline(unit: Unit, write: c.SetDeadline) -> None:
    _update_case(unit, complete_at=write.complete_at, due_at=write.due_at)


def _start_pause(unit: Unit, write: c.StartPause) -> None:
    start_pause(unit, write.reason)


def _end_pause(unit: Unit, _write: c.EndPause) -> None:
    end_pause(unit)


def _close_case(unit: Unit, write: c.CloseCase) -> None:
    _update_case(unit, closed_at=unit.change.at, on_time=write.on_time, closing_reasons=reasons_text(write.reasons))


def _set_role(unit: Unit, write: c.SetRole) -> None:
    its = (t.Document.id == write.document_id) & (t.Document.case == unit.case())
    t.Document.update(role=write.role).where(its).execute()


def _set_facts(unit: Unit, write: c.SetFacts) -> None:
    _update_detail(unit, facts=encode(RequestFacts, write.facts))


def _set_findings(unit: Unit, write: c.SetFindings) -> None:
    _update_detail(unit, findings=encode(tuple[Finding, ...], write.findings))


def _add_decision(unit: Unit, write: c.AddDecision) -> None:
    t.Decided.create(
        case=unit.case(),
        check_name=write.check,
        reason=write.reason,
        evidence=write.evidence,
        at=unit.change.at,
        officer=unit.change.actor,
        basis=encode(Basis, write.basis),
    )


def _set_tick(unit: Unit, write: c.SetTick) -> None:
    t.Tick.insert(
        case=unit.case(),
        item=write.item,
        ticked=write.ticked,
        at=unit.change.at,
        officer=unit.change.actor,
    ).on_conflict_replace().execute()


def _set_old_certificate(unit: Unit, write: c.SetOldCertificate) -> None:
    _update_detail(unit, old_certificate=_record_text(write.record))


def _set_usable(unit: Unit, write: c.SetUsable) -> None:
    _update_detail(unit, usable=encode(tuple[UsableCertificate, ...], write.certificates))


def _set_new_certificate(unit: Unit, write: c.SetNewCertificate) -> None:
    _update_detail(unit, new_certificate=_record_text(write.record))


def _record_text(record: CertificateRecord | None) -> str:
    return "" if record is None else encode_record(record)


def _new_operation(unit: Unit, write: c.NewOperation) -> None:
    # By the case: an index over states would be searched through every proved operation there ever was.
    earlier = [(row.kind, OperationState(row.state)) for row in rows(t.Operation.case, unit.case())]
    busy = any(state in OPEN_STATES for _kind, state in earlier)
    if busy or (write.kind.value, OperationState.PROVED) in earlier:
        raise Declined(
            _("Operasi ini sudah berjalan atau sudah selesai."),
            _("Periksa status ke CA."),
            code="operation.open",
        )
    unit.created_id = insert(
        t.Operation,
        case=unit.case(),
        request_id=write.request_id,
        kind=write.kind.value,
        state=OperationState.INTENDED.value,
        gateway=write.gateway,
        serial=write.serial,
        key_sha256=write.key_sha256,
        reason=None if write.reason is None else int(write.reason),
        started_at=unit.change.at,
        changed_at=unit.change.at,
    )
    _update_case(unit, operation_state=OperationState.INTENDED.value)


def _move_operation(unit: Unit, write: c.MoveOperation) -> None:
    row = first(t.Operation.id, write.operation_id)
    if row is None or row.case_id != unit.case():
        raise changed_meanwhile()
    state = after(OperationState(row.state), write.event)
    # The transaction is IMMEDIATE: nobody else moves the row between the reading and the writing.
    update(
        t.Operation.id,
        row.id,
        state=state.value,
        words=write.words or row.words,
        reference=write.reference or row.reference,
        changed_at=unit.change.at,
    )
    _update_case(unit, operation_state=state.value if state in OPEN_STATES else None)


def _add_evidence(unit: Unit, write: c.AddEvidence) -> None:
    operation = unit.created_id if write.operation_id == c.CREATED else write.operation_id
    insert(t.Evidence, operation=operation, kind=write.kind, content=write.content)


def _add_key_use(unit: Unit, write: c.AddKeyUse) -> None:
    t.KeyUsed.insert(
        key_sha256=write.key_sha256, case=unit.case(), use=write.use, nik=write.nik, nip=write.nip
    ).on_conflict_ignore().execute()


def _add_marks(unit: Unit, write: c.AddMarks) -> None:
    known = {(row.kind, row.value) for row in rows(t.DocumentMark.case, unit.case())}
    for mark in write.marks:
        if (mark.kind, mark.value) not in known:
            known.add((mark.kind, mark.value))
            insert(t.DocumentMark, case=unit.case(), kind=mark.kind, value=mark.value, whole=mark.whole)


def _add_message(unit: Unit, write: c.AddMessage) -> None:
    unit.created_id = outbox.add_message(unit.case(), None, write.message)


def _owe_message(unit: Unit, write: c.OweMessage) -> None:
    unit.owe(write)


def _write_message(unit: Unit, write: c.WriteMessage) -> None:
    outbox.write_message(unit.case_id, write, unit.change)


def _move_message(unit: Unit, write: c.MoveMessage) -> None:
    outbox.move_message(unit.case_id, write, unit.change)


def _set_setting(unit: Unit, write: c.SetSetting) -> None:
    t.Setting.create(name=write.name, value=write.value, since=unit.change.at, actor=unit.change.actor)


def _pass_numbers(_unit: Unit, write: c.PassNumbers) -> None:
    row = t.Counter.insert(series=write.series, year=write.year, last=write.last)
    further = t.Counter.last < write.last
    key = (t.Counter.series, t.Counter.year)
    row.on_conflict(conflict_target=key, update={t.Counter.last: write.last}, where=further).execute()


def _put_closed_day(_unit: Unit, write: c.PutClosedDay) -> None:
    """The officer's word goes before a decree, a decree before the calendar that the program brings along."""
    found = t.ClosedDayRow.get_or_none(t.ClosedDayRow.day == write.day)
    if found is not None:
        decided = (found.manual or found.removed, bool(found.source))
        if decided > (write.manual, bool(write.source)):
            return
    t.ClosedDayRow.insert(
        day=write.day, reason=write.reason, manual=write.manual, removed=False, source=write.source
    ).on_conflict_replace().execute()


def _open_closed_day(_unit: Unit, write: c.OpenClosedDay) -> None:
    row = t.ClosedDayRow.insert(day=write.day, reason="", manual=True, removed=write.removed)
    row.on_conflict(conflict_target=(t.ClosedDayRow.day,), update={t.ClosedDayRow.removed: write.removed}).execute()


HANDLERS: dict[type, Handler] = {
    c.NewCase: _new_case,
    c.SetApplicant: _set_applicant,
    c.SetRoute: _set_route,
    c.SetCompromised: _set_compromised,
    c.SetToldInPerson: _set_told_in_person,
    c.ReopenCase: _reopen_case,
    c.SetDeadline: _set_deadline,
    c.StartPause: _start_pause,
    c.EndPause: _end_pause,
    c.CloseCase: _close_case,
    c.StoreDocument: store_document,
    c.SetRole: _set_role,
    c.DestroyContent: destroy_content,
    c.SetFacts: _set_facts,
    c.SetFindings: _set_findings,
    c.AddDecision: _add_decision,
    c.AddCall: add_call,
    c.SetTick: _set_tick,
    c.SetOldCertificate: _set_old_certificate,
    c.SetUsable: _set_usable,
    c.SetNewCertificate: _set_new_certificate,
    c.NewOperation: _new_operation,
    c.MoveOperation: _move_operation,
    c.AddEvidence: _add_evidence,
    c.AddKeyUse: _add_key_use,
    c.AddMarks: _add_marks,
    c.AddMessage: _add_message,
    c.OweMessage: _owe_message,
    c.WriteMessage: _write_message,
    c.MoveMessage: _move_message,
    c.AddPrint: add_print,
    c.SetPrintDigest: set_print_digest,
    c.NewComplaint: complaint_writes.new_complaint,
    c.SetComplaintForm: complaint_writes.set_form,
    c.SetComplaintThread: complaint_writes.set_thread,
    c.SetComplaintLimits: complaint_writes.set_limits,
    c.SetSatisfaction: complaint_writes.set_satisfaction,
    c.AddComplaintNote: complaint_writes.add_note,
    c.StoreEvidence: complaint_writes.store_evidence,
    c.PutPeople: put_people,
    c.RetirePerson: retire_person,
    c.MergePeople: merge_people,
    c.TakeMail: lambda _unit, write: take_mail(write.identity),
    c.SetSetting: _set_setting,
    c.PassNumbers: _pass_numbers,
    c.PutClosedDay: _put_closed_day,
    c.OpenClosedDay: _open_closed_day,
    c.SetReportPart: set_report_part,
    c.DestroyData: disposal.destroy_data,
    c.MarkSwept: disposal.mark_swept,
    c.AskForData: disposal.ask_for_data,
    c.AnswerDataRequest: disposal.answer_data_request,
}
