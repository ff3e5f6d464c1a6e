"""Prints that are kept: which there are, and their bytes. Runs on the thread that owns the connection."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from peewee import JOIN

from lockdesk.desk import changes as c
from lockdesk.desk.values.emergency import EMERGENCY_KIND, EmergencyPrint, forms_kept_as
from lockdesk.desk.values.sheets import EarlierPrint, PaperSize, PrintEntry
from lockdesk.errors import Damaged, Declined
from lockdesk.store import tables as t
from lockdesk.store.journal_reads import Execute
from lockdesk.store.prepared import Prepared, first, insert
from lockdesk.store.unit import Unit
from lockdesk.words import _

_P, _J, _C, _CASE = t.Printed, t.Journal, t.PrintContent, t.Case
_OF = Prepared(
    lambda: _P.select(_P.id, _P.kind, _P.subject, _P.size, _P.sequence, _J.at)
    .join(_J, on=_J.sequence == _P.sequence)
    .switch(_P).join(_C, on=_C.printed == _P.id)
    .where(_P.subject == "").order_by(_P.id.desc())
)  # fmt: skip


def add_print(unit: Unit, write: c.AddPrint) -> None:
    row = _P.create(subject=unit.number or write.number, kind=write.kind, size=write.size, sequence=0, head="")
    unit.created_id = unit.print_id = row.id


def set_print_digest(_unit: Unit, write: c.SetPrintDigest) -> None:
    _P.update(sha256=write.sha256).where(_P.id == write.print_id).execute()
    if write.content is not None:
        insert(_C, printed=write.print_id, content=write.content)


def prints_of(number: str) -> tuple[EarlierPrint, ...]:
    moment = cast("Callable[[int], datetime]", _J.at.python_value)
    return tuple(
        EarlierPrint(id_, kind, subject, PaperSize(size), sequence, moment(at))
        for id_, kind, subject, size, sequence, at in _OF.run(number)
    )


_RECOVERY, _RECOVERED = "recovery.made", "recovery"
"""The sheet with a recovery code is not kept, and yet bears the code of its entry."""
_MADE = ("print.made", "print.copied", _RECOVERY)


def print_entry(execute: Execute, sequence: int) -> PrintEntry | None:
    """The print that left this journal entry; None where it was none."""
    return next(iter(_entries(execute, _J.sequence == sequence)), None)


def prints_like(execute: Execute, digits: str) -> tuple[PrintEntry, ...]:
    """The prints whose entries' digests begin with these hex digits."""
    return _entries(execute, _P.head.startswith(digits.lower()))


def _entries(execute: Execute, wanted: Any) -> tuple[PrintEntry, ...]:
    columns = (_J.sequence, _J.kind, _J.subject, _J.at, _J.actor, _J.digest, _J.body, _P.subject, _C.id)
    found: Any = (
        _J.select(*columns, _CASE.id, _CASE.name)
        .join(_P, JOIN.LEFT_OUTER, on=_P.sequence == _J.sequence)
        .join(_C, JOIN.LEFT_OUTER, on=_C.printed == _P.id)
        .join(_CASE, JOIN.LEFT_OUTER, on=_CASE.number == _J.subject)
        .where(wanted & _J.kind.in_(_MADE))
    )
    moment = cast("Callable[[int], datetime]", _J.at.python_value)
    return tuple(
        PrintEntry(
            sequence,
            # From the chained bytes: the row beside them could be changed unseen.
            _RECOVERED if event == _RECOVERY else str(json.loads(body)["facts"].get("print", "")),
            subject or number or "",
            moment(at),
            actor,
            bytes(digest).hex(),
            event == "print.copied",
            content is not None,
            case_id,
            person or "",
        )
        for sequence, event, subject, at, actor, digest, body, number, content, case_id, person in execute(*found.sql())
    )


def emergency_prints(year: int) -> tuple[EmergencyPrint, ...]:
    """The forms of a year that were printed, the newest first."""
    moment = cast("Callable[[int], datetime]", _J.at.python_value)
    found: Any = (
        _P.select(_P.subject, _J.at)
        .join(_J, on=_J.sequence == _P.sequence)
        .where((_P.kind == EMERGENCY_KIND) & _P.subject.startswith(f"DARURAT-{year}-"))
        .order_by(_P.id.desc())
        .tuples()
    )
    kept = ((forms_kept_as(subject), at) for subject, at in found)
    return tuple(EmergencyPrint(forms, at if isinstance(at, datetime) else moment(at)) for forms, at in kept if forms)


def print_content(print_id: int) -> bytes:
    """Its digest was journalled when it was finished: other bytes are never shown as that print."""
    made, found = first(_P.id, print_id), first(_C.printed, print_id)
    if made is None or found is None:
        raise Declined(_("Cetakan ini tidak tersimpan."), _("Buat cetakan baru."), code="print.unknown")
    content = bytes(found.content)
    if hashlib.sha256(content).hexdigest() != made.sha256:
        raise Damaged(
            _("Cetakan yang tersimpan tidak utuh."),
            _("Hubungi Kepala Bidang; buat cetakan baru."),
            detail=str(print_id),
            code="print.altered",
        )
    return content
