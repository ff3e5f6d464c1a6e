"""Fills a practice profile with many invented cases, quickly: whole batches in one unit of writing."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from lockdesk.app import OpenProfile
from lockdesk.core.cases import FINAL_STATES, CaseState
from lockdesk.core.journal import JournalHead, JournalNote, canonical_body, chain
from lockdesk.desk.values.facts import RequestFacts, StatementFacts, StatementProblem
from lockdesk.pki.values import CsrProblem, CsrReading
from lockdesk.store import tables as t
from lockdesk.store.codec import encode
from lockdesk.store.journal_reads import read_head
from lockdesk.store.prepared import _insert
from lockdesk.store.threads import writing

BATCH = 5_000
FIRST = ("Sekar", "Joko", "Rini", "Agus", "Dewi", "Hadi", "Lestari", "Bambang", "Tri", "Wahyu", "Endang")
LAST = ("Contohwati", "Permisalan", "Andaikan", "Rekayasa", "Umpamakan", "Taksiran", "Perandaian")
AGENCIES = ("Dinas Perpustakaan Contoh", "Inspektorat Contoh", "Kecamatan Contoh Barat", "RSUD Contoh")
STATES = (CaseState.COMPLETED,) * 90 + (CaseState.REJECTED,) * 6 + (CaseState.UNDER_REVIEW,) * 3 + (
    CaseState.AWAITING_APPLICANT,)  # fmt: skip
FACTS = encode(
    RequestFacts,
    RequestFacts(None, StatementFacts(StatementProblem.MISSING), CsrReading(CsrProblem.MISSING)),
)


def fill(profile: OpenProfile, cases: int) -> None:
    """Adds `cases` cases with details, key uses, search rows and journal entries; the chain stays whole."""
    book = profile.casebook
    for first in range(0, cases, BATCH):
        count = min(BATCH, cases - first)
        book._writer.run(lambda first=first, count=count: _batch(profile, first, count))  # type: ignore[misc]
    profile.desk.guard.signed_in()  # an ordinary step: the vault's mark catches up with what was written past it


def _batch(profile: OpenProfile, first: int, count: int) -> None:
    chance = random.Random(first)
    with writing():
        base = _next_id()
        rows = [_case(base + n, first + n, chance) for n in range(count)]
        keys = [_key(row, chance) for row in rows]
        _add(t.Case, rows)
        _add(t.Detail, [{"case": row["id"], "facts": FACTS} for row in rows])
        _add(t.KeyUsed, keys)
        _add(t.Operation, [item for row, key in zip(rows, keys, strict=True) for item in _operations(row, key, chance)])
        _add(t.DocumentMark, [item for row in rows for item in _marks(row, chance)])
        t.database.connection().executemany(
            "INSERT INTO case_search (rowid, name, number, agency, nip, nik, email) VALUES (?,?,?,?,?,?,?)",
            [tuple(row[name] for name in ("id", "name", "number", "agency", "nip", "nik", "email")) for row in rows],
        )
        _journal(profile, rows)


def _add(table: type[t.Table], rows: list[dict[str, Any]]) -> None:
    """Many rows by one prepared statement."""
    if not rows:
        return
    whole = [{field.name: default for field, default in table._meta.defaults.items()} | row for row in rows]
    names = tuple(whole[0])
    fields = [table._meta.fields[name] for name in names]
    values = [[field.db_value(row[field.name]) for field in fields] for row in whole]
    t.database.connection().executemany(_insert(table, names), values)


def _operations(row: dict[str, Any], key: dict[str, Any], chance: random.Random) -> list[dict[str, Any]]:
    """A completed case revoked one certificate and issued another."""
    if row["state"] != CaseState.COMPLETED.value:
        return []
    at = row["received_at"]
    common = {
        "case": row["id"], "state": "proved", "gateway": "training", "key_sha256": key["key_sha256"],
        "words": "CA menjawab selesai.", "started_at": at + timedelta(hours=2), "changed_at": at + timedelta(hours=2),
    }  # fmt: skip
    revoked = {"kind": "revoke", "serial": f"{chance.getrandbits(128):032X}", "reason": 4}
    issued: dict[str, Any] = {"kind": "reissue", "serial": "", "reason": None}
    return [common | item | {"request_id": f"{chance.getrandbits(128):032x}"} for item in (revoked, issued)]


def _marks(row: dict[str, Any], chance: random.Random) -> list[dict[str, Any]]:
    """By which the letter and the CSR are known again."""
    return [{"case": row["id"], "kind": kind, "value": f"{chance.getrandbits(256):064x}"} for kind in ("letter", "csr")]


def _next_id() -> int:
    return int(t.database.execute_sql("SELECT coalesce(max(id), 0) + 1 FROM [case]").fetchone()[0])


def _case(number: int, ordinal: int, chance: random.Random) -> dict[str, Any]:
    state = chance.choice(STATES)
    received = datetime(2026, 11, 20, tzinfo=UTC) - timedelta(minutes=11 * ordinal)
    final = state in FINAL_STATES
    group = 2 if final else 1 if state is CaseState.AWAITING_APPLICANT else 0
    seconds = int(received.timestamp())
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    return {
        "id": number,
        "number": f"LATIH-LOCK-{2025 - ordinal // 900_000}-{ordinal % 900_000 + 1:06d}",
        "state": state.value,
        "route": "revoke_and_reissue",
        "channel": "email",
        "gateway": "training",
        "name": name,
        "nip": f"19{chance.randrange(60, 99)}0101201001{chance.choice('12')}{chance.randrange(1000):03d}",
        "nik": f"337599{chance.randrange(10**10):010d}",
        "agency": chance.choice(AGENCIES),
        "email": name.lower().replace(" ", ".") + "@contoh.pekalongankota.go.id",
        "received_at": received,
        "complete_at": received,
        "due_at": received + timedelta(days=1),
        "closed_at": received + timedelta(hours=5) if final else None,
        "on_time": True if final else None,
        "waiting_since": received if group == 1 else None,
        "list_group": group,
        "list_at": -seconds if final else seconds,
    }


def _key(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    use = "certificate" if row["state"] == CaseState.COMPLETED.value else "csr"
    key = f"{chance.getrandbits(256):064x}"
    return {"key_sha256": key, "use": use, "case": row["id"], "nik": row["nik"], "nip": row["nip"]}


def _journal(profile: OpenProfile, rows: list[dict[str, Any]]) -> None:
    head, entries = read_head(), []
    for row in rows:
        sequence, at = head.count + 1, row["received_at"]
        note = JournalNote("case.received", {"bulk": True})
        body = canonical_body(sequence, at, "Contoh Petugas", row["number"], note, {})
        head = JournalHead(sequence, chain(head.digest, body))
        entries.append(
            {"sequence": sequence, "at": at, "actor": "Contoh Petugas", "kind": note.kind,
             "subject": row["number"], "body": body, "digest": head.digest}
        )  # fmt: skip
    _add(t.Journal, entries)
    t.Seal.delete().execute()
    t.Seal.create(count=head.count, digest=head.digest, signature=profile.vault.seal(head))
