"""Prints that are kept: which there are, and their bytes. Runs on the thread that owns the connection."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from peewee import JOIN

from lockdesk.desk import changes as c
from lockdesk.desk.values.emergency import EMERGENCY_KIND, EmergencyPrint, forms_kept_as
from lockdesk.desk.values.sheets import EarlierPrint, PaperSize, PrintEntry
from lockdesk.errors import Damaged, Declined
from lockdesk.store import tables as t
from lockdesk.store.prepared import Prepared, first, insert
from lockdesk.store.unit import Unit
from lockdesk.words import _

_P, _J, _C = t.Printed, t.Journal, t.PrintContent
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


_RECOVERY = "recovery.made"
"""The sheet with a recovery code is not kept, and yet bears the code of its entry."""
_MADE = ("print.made", "print.copied", _RECOVERY)


def print_entry(sequence: int) -> PrintEntry | None:
    """The print that left this journal entry; None where it was none."""
    return next(iter(_entries(_J.sequence == sequence)), None)


def prints_like(digits: str) -> tuple[PrintEntry, ...]:
    """The prints whose entries' digests begin with these hex digits."""
    return _entries(_P.head.startswith(digits.lower()))


def _entries(wanted: Any) -> tuple[PrintEntry, ...]:
    columns = (_J.sequence, _J.kind, _J.subject, _J.at, _J.actor, _J.digest, _P.kind, _P.subject, _C.id)
    found: Any = (
        _J.select(*columns)
        .join(_P, JOIN.LEFT_OUTER, on=_P.sequence == _J.sequence)
        .join(_C, JOIN.LEFT_OUTER, on=_C.printed == _P.id)
        .where(wanted & _J.kind.in_(_MADE))
        .tuples()
    )
    return tuple(
        PrintEntry(
            sequence,
            "recovery" if event == _RECOVERY else kind,
            subject or number or "",
            at,
            actor,
            bytes(digest).hex(),
            event == "print.copied",
            content is not None,
        )
        for sequence, event, subject, at, actor, digest, kind, number, content in found
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
