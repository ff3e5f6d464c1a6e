"""What is written into the staff register: what a source says of people, and what the officer changes by hand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from lockdesk.desk import changes as c
from lockdesk.desk.values.drafts import of_person
from lockdesk.desk.values.people import RegisterEntry, SourcedText
from lockdesk.desk.values.register import Origin, RegisterPerson, changes_in, namesake_key
from lockdesk.store import tables as t
from lockdesk.store.codec import encode
from lockdesk.store.drafts import forget_drafts
from lockdesk.store.finding import indexed
from lockdesk.store.prepared import insert, insert_all, next_id, update
from lockdesk.store.register import FIELDS, known_entry
from lockdesk.store.unit import Unit


def put_people(unit: Unit, write: c.PutPeople) -> None:
    for person in write.people:
        if person.entry_id is not None:
            unit.created_id = unit.entry_id = _put(known_entry(person.entry_id), person, write.origin)
    new = [_put_in(RegisterEntry(0, {}), person, write.origin) for person in write.people if person.entry_id is None]
    if new:
        unit.created_id = unit.entry_id = _add(new)


def _put(known: RegisterEntry, person: RegisterPerson, origin: Origin) -> int:
    entry = _put_in(known, person, origin)
    _keep_past(known, entry.fields, origin.entered_at)
    _rewrite(entry)
    return entry.id


def _put_in(entry: RegisterEntry, person: RegisterPerson, origin: Origin) -> RegisterEntry:
    changed = changes_in(entry, person, origin)
    serials = tuple(sorted({*entry.serials, *person.serials}))
    return replace(entry, fields={**entry.fields, **changed}, serials=serials)


def retire_person(unit: Unit, write: c.RetirePerson) -> None:
    known_entry(write.entry_id)
    unit.entry_id = write.entry_id
    update(t.RegisterRow.id, write.entry_id, retired_at=unit.change.at if write.retired else None)


def merge_people(unit: Unit, write: c.MergePeople) -> None:
    kept, merged = known_entry(write.kept_id), known_entry(write.merged_id)
    at, by = write.origin.entered_at, write.origin.by
    moved = {
        name: replace(value, entered_at=at, listed_on=None, by=by, reason=write.origin.reason)
        for name, value in merged.fields.items()
        if value.text and not kept.text(name)
    }
    for name, value in merged.fields.items():
        if name not in moved and value.text != kept.text(name):
            insert(t.RegisterPast, entry=kept.id, name=name, value=encode(SourcedText, value), until=unit.change.at)
    t.RegisterPast.update(entry=kept.id).where(t.RegisterPast.entry == merged.id).execute()
    t.JournalText.update(entry_id=kept.id).where(t.JournalText.entry_id == merged.id).execute()
    unit.entry_id = kept.id
    t.RegisterRow.delete().where(t.RegisterRow.id == merged.id).execute()
    t.RegisterSearch.delete().where(t.RegisterSearch.rowid == merged.id).execute()
    forget_drafts(of_person(merged.id))
    _keep_past(kept, moved, unit.change.at)
    serials = tuple(sorted({*kept.serials, *merged.serials}))
    _rewrite(replace(kept, fields={**kept.fields, **moved}, serials=serials))


def _keep_past(entry: RegisterEntry, changed: Mapping[str, SourcedText], at: datetime) -> None:
    for name, value in changed.items():
        before = entry.fields.get(name)
        if before is not None and before.text != value.text:
            insert(t.RegisterPast, entry=entry.id, name=name, value=encode(SourcedText, before), until=at)


def _add(entries: Sequence[RegisterEntry]) -> int:
    """Adds people, all of a slice at once; returns the number of the last one."""
    place = next_id(t.RegisterRow)
    insert_all(
        t.RegisterRow, [{"id": place + n, **_columns(entry.fields, entry.serials)} for n, entry in enumerate(entries)]
    )
    insert_all(t.RegisterSearch, [{"rowid": place + n, **_searched(entry.fields)} for n, entry in enumerate(entries)])
    return place + len(entries) - 1


def _rewrite(entry: RegisterEntry) -> None:
    update(t.RegisterRow.id, entry.id, **_columns(entry.fields, entry.serials))
    update(t.RegisterSearch.rowid, entry.id, **_searched(entry.fields))


def _searched(fields: Mapping[str, SourcedText]) -> dict[str, str]:
    return indexed({name: _text(fields, name) for name in ("name", "nip", "nik", "agency", "email")})


def _columns(fields: Mapping[str, SourcedText], serials: Sequence[str]) -> dict[str, object]:
    nik, nip, name = (_text(fields, field) for field in ("nik", "nip", "name"))
    return {
        "nik": nik,
        "nip": nip,
        "name": name,
        "email": _text(fields, "email").casefold(),
        "namesake": namesake_key(name, nip, nik),
        "fields": encode(FIELDS, dict(fields)),
        "serials": json.dumps(list(serials)),
    }


def _text(fields: Mapping[str, SourcedText], name: str) -> str:
    found = fields.get(name)
    return "" if found is None else found.text
