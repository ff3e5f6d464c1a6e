"""Telephone calls as rows, and what they were about."""

from typing import Any

from lockdesk.core.confirmation import Basis, CallResult, NamedCsr, SightedDocument, StandIn
from lockdesk.desk import changes as c
from lockdesk.desk.values.cases import CallRecord
from lockdesk.store import tables as t
from lockdesk.store.codec import decode, encode
from lockdesk.store.prepared import rows
from lockdesk.store.unit import Unit


def add_call(unit: Unit, write: c.AddCall) -> None:
    call = write.call
    t.Call.create(
        case=unit.case(),
        outgoing=call.outgoing,
        number=call.number,
        reached=call.reached,
        note=call.note,
        counts=call.counts,
        at=call.at,
        officer=unit.change.actor,
        result=call.result.value,
        basis=encode(Basis | None, call.basis),
        csr="" if call.csr is None else encode(NamedCsr, call.csr),
        certificate=call.certificate,
        through=call.through.value if call.through is not None else "",
        sighted=call.sighted.value if call.sighted is not None else "",
    )


def calls(case_id: int) -> tuple[CallRecord, ...]:
    return tuple(map(call_of, rows(t.Call.case, case_id)))


def call_of(item: Any) -> CallRecord:
    return CallRecord(
        item.outgoing,
        item.number,
        item.reached,
        item.at,
        item.note,
        CallResult(item.result),
        item.counts,
        basis_of(item.basis),
        item.officer,
        decode(NamedCsr, item.csr) if item.csr else None,
        item.certificate,
        StandIn(item.through) if item.through else None,
        SightedDocument(item.sighted) if item.sighted else None,
    )


def basis_of(text: str) -> Basis | None:
    """None in a row from before it was kept: such a call or decision has to be made anew."""
    return decode(Basis, text) if text else None
