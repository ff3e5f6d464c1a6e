"""Fills a practice profile with many invented cases, quickly: whole batches in one unit of writing.

Each has the rows of a real one, journal, documents, call, operations and messages; only what documents and findings
hold is short, or a million cases would take a hundred gigabytes.
"""

import hashlib
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from lockdesk.app import OpenProfile
from lockdesk.core.cases import FINAL_STATES, CaseState
from lockdesk.core.journal import JournalHead, JournalNote, canonical_body, chain
from lockdesk.desk.values.facts import RequestFacts, StatementFacts, StatementProblem
from lockdesk.pki.values import CsrProblem, CsrReading
from lockdesk.store import tables as t
from lockdesk.store.codec import encode
from lockdesk.store.finding import indexed
from lockdesk.store.journal_reads import read_head
from lockdesk.store.prepared import insert_all, next_id
from lockdesk.store.threads import writing

BATCH = 2_000
ACTOR = "Contoh Petugas"
STORED = 64
"""Bytes of each document's content."""
PAPERS = (
    ("mail", "permohonan.eml", "mail", 122_420),
    ("statement", "surat-pernyataan.pdf", "pdf", 61_820),
    ("csr", "kunci.csr", "csr", 1_452),
    ("csr_der", "kunci.der", "csr", 1_019),
)
_SEEN, _PRINTED = ("case.viewed", ()), (("print.made", ("print",)), ("print.finished", ("sha256",)))
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("case.received", ("key_sha256", "request_sha256", "statement_sha256", "mail_sha256")),
    *_PRINTED,
    _SEEN,
    ("case.review_started", ()),
    ("case.call_recorded", ("result",)),
    ("finding.decided", ("check",)),
    ("finding.decided", ("check",)),
    ("case.accepted", ("key_sha256",)),
    _SEEN,
    ("operation.intended", ("key_sha256", "request_id", "serial")),
    ("case.revoked", ("request_id", "serial", "revoked_at")),
    ("operation.intended", ("key_sha256", "request_id")),
    ("case.issued", ("certificate_sha256", "request_id", "serial")),
    ("message.written", ("sha256",)),
    ("case.notified", ("notice",)),
    ("case.completed", ()),
    *_PRINTED,
    _SEEN,
)
"""The journal of a case that goes all its way, with the names of the digests in it: 20 entries."""
FIRST = ("Sekar", "Joko", "Rini", "Agus", "Dewi", "Hadi", "Lestari", "Bambang", "Tri", "Wahyu", "Endang")
LAST = ("Contohwati", "Permisalan", "Andaikan", "Rekayasa", "Umpamakan", "Taksiran", "Perandaian")
AGENCIES = ("Dinas Perpustakaan Contoh", "Inspektorat Contoh", "Kecamatan Contoh Barat", "RSUD Contoh")
STATES = (CaseState.COMPLETED,) * 90 + (CaseState.REJECTED,) * 6 + (CaseState.UNDER_REVIEW,) * 3 + (
    CaseState.AWAITING_APPLICANT,)  # fmt: skip
FOUND_BY = ("name", "number", "agency", "nip", "nik", "phone", "email", "serial")
FIRST_BORN, DAYS_OF_BIRTH = date(1964, 1, 1), 14_000
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
        base, base_paper = next_id(t.Case), next_id(t.Document)
        rows = [_case(base + n, first + n, chance) for n in range(count)]
        keys = [_key(row, chance) for row in rows]
        insert_all(t.Case, rows)
        insert_all(t.Detail, [{"case": row["id"], "facts": FACTS} for row in rows])
        insert_all(t.KeyUsed, keys)
        insert_all(
            t.Operation, [item for row, key in zip(rows, keys, strict=True) for item in _operations(row, key, chance)]
        )
        insert_all(t.DocumentMark, [item for row in rows for item in _marks(row, chance)])
        insert_all(
            t.CaseSearch, [{"rowid": row["id"], **indexed({name: row[name] for name in FOUND_BY})} for row in rows]
        )
        contents = [chance.randbytes(STORED) for _paper in range(count * len(PAPERS))]
        papers = [paper for n, row in enumerate(rows) for paper in _papers(row, base_paper + n * len(PAPERS))]
        for paper, content in zip(papers, contents, strict=True):
            paper["sha256"] = hashlib.sha256(content).hexdigest()
        insert_all(t.Document, papers)
        insert_all(t.Blob, [
            {"document": paper["id"], "content": content} for paper, content in zip(papers, contents, strict=True)
        ])  # fmt: skip
        insert_all(t.Call, [item for row in rows for item in _spoken(row)])
        insert_all(t.Outbox, [item for row in rows for item in _told(row)])
        _journal(profile, rows, chance)


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


def _case(number: int, ordinal: int, chance: random.Random) -> dict[str, Any]:
    state = chance.choice(STATES)
    received = datetime(2026, 11, 20, tzinfo=UTC) - timedelta(minutes=11 * ordinal)
    final = state in FINAL_STATES
    group = 2 if final else 1 if state is CaseState.AWAITING_APPLICANT else 0
    seconds = int(received.timestamp())
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    nip, nik = _numbers(chance)
    return {
        "id": number,
        "number": f"LATIH-LOCK-{2025 - ordinal // 900_000}-{ordinal % 900_000 + 1:04d}",
        "state": state.value,
        "route": "revoke_and_reissue",
        "channel": "email",
        "gateway": "training",
        "name": name,
        "nip": nip,
        "nik": nik,
        "phone": f"08{chance.randrange(10**10):010d}",
        "serial": f"{chance.getrandbits(128):032X}",
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


def _numbers(chance: random.Random) -> tuple[str, str]:
    """NIP and NIK of one person, as alike as real ones: both begin with a day of birth or a place, which many share,
    and end with a small number."""
    born, woman = FIRST_BORN + timedelta(days=chance.randrange(DAYS_OF_BIRTH)), chance.random() < 0.5
    since = f"{born.year + chance.randrange(20, 35)}{chance.randrange(1, 13):02d}"
    nip = f"{born:%Y%m%d}{since}{2 if woman else 1}{chance.randrange(1, 13):03d}"
    return nip, f"337599{born.day + 40 * woman:02d}{born:%m%y}{chance.randrange(1, 30):04d}"


def _key(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    use = "certificate" if row["state"] == CaseState.COMPLETED.value else "csr"
    key = f"{chance.getrandbits(256):064x}"
    return {"key_sha256": key, "use": use, "case": row["id"], "nik": row["nik"], "nip": row["nip"]}


def _papers(row: dict[str, Any], place: int) -> list[dict[str, Any]]:
    """The documents of a request, as many and named as a real one's."""
    return [
        {"id": place + n, "case": row["id"], "role": role, "name": name, "kind": kind, "size": size, "stored": True,
         "added_at": row["received_at"]}
        for n, (role, name, kind, size) in enumerate(PAPERS)
    ]  # fmt: skip


def _spoken(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The call to the applicant, where there was one."""
    if row["state"] != CaseState.COMPLETED.value:
        return []
    return [
        {"case": row["id"], "outgoing": True, "number": "0812000000", "reached": row["name"], "note": "",
         "counts": True, "at": row["received_at"], "officer": ACTOR, "result": "confirmed", "basis": "",
         "csr": "", "certificate": "", "through": "", "sighted": ""}
    ]  # fmt: skip


def _told(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages of its steps, all of them sent."""
    if row["state"] != CaseState.COMPLETED.value:
        return []
    return [
        {"case": row["id"], "complaint": None, "notice": notice, "recipient": row["email"], "subject": row["number"],
         "body": "Permohonan Saudara sudah diproses.", "state": "sent", "at": row["received_at"],
         "mail_id": f"<{row['number']}.{notice}@contoh.example>", "changed_at": row["received_at"]}
        for notice in ("received", "issued")
    ]  # fmt: skip


def _journal(profile: OpenProfile, rows: list[dict[str, Any]], chance: random.Random) -> None:
    """Every step of each case, as many entries as a real one has, each with digests of its own."""
    micros = t.Journal.at.db_value
    head, entries = read_head(), []
    for row in rows:
        at, number = row["received_at"], row["number"]
        steps = STEPS if row["state"] == CaseState.COMPLETED.value else STEPS[:6]
        for minutes, (kind, names) in enumerate(steps):
            sequence, moment = head.count + 1, at + timedelta(minutes=minutes)
            note = JournalNote(kind, {name: f"{chance.getrandbits(256):064x}" for name in names})
            body = canonical_body(sequence, moment, ACTOR, number, note, {})
            head = JournalHead(sequence, chain(head.digest, body))
            entries.append((sequence, micros(moment), ACTOR, kind, number, body, head.digest))
    t.database.connection().executemany(
        "INSERT INTO journal (sequence, at, actor, kind, subject, body, digest) VALUES (?,?,?,?,?,?,?)", entries
    )
    t.Seal.delete().execute()
    t.Seal.create(count=head.count, digest=head.digest, signature=profile.vault.seal(head))
