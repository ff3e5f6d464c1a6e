"""`python -m tests.bench journal --cases 100000`: the whole journal walked, so many entries long, columns included."""

import hashlib
import json
import tempfile
from pathlib import Path

from lockdesk.core.journal import JournalHead, JournalNote, canonical_body, chain
from lockdesk.store import journal_reads
from lockdesk.store import tables as t
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.prepared import insert
from lockdesk.store.threads import writing
from lockdesk.vault import Vault, create_vault
from tests.bench.figures import Figure, figure, timed
from tests.helpers.desk.office import MONDAY

RUNS = 5
NOTE = JournalNote("operation.intended", {"request_id": "ab" * 16, "kind": "revoke", "key_sha256": "cd" * 32})
ACTOR, SUBJECT = "Contoh Petugas", "LOCK-2026-0001"


def journal(entries: int) -> list[Figure]:
    """Beside hashing and parsing the same bytes without a database."""
    with tempfile.TemporaryDirectory() as name:
        vault = create_vault(Path(name), "x")
        casebook = SqlCasebook(Path(name) / "casebook.db", vault, vault.keys.database)
        casebook._writer.run(lambda: _fill(vault, entries))
        body = canonical_body(1, MONDAY, ACTOR, SUBJECT, NOTE, {})

        def bare() -> None:
            for _n in range(entries):
                hashlib.sha256(body).digest()
                json.loads(body)

        def walk() -> None:
            check = casebook.verify_journal()
            assert check.whole and check.chain.count == entries

        walked, limits = [timed(walk) for _run in range(RUNS)], [timed(bare) for _run in range(RUNS)]
        casebook.close()
    return [figure("journal", walked, "hash and parse alone", limits, f"aim {entries / 100_000 * 1500:.0f} ms")]


def _fill(vault: Vault, entries: int) -> None:
    with writing():
        head = journal_reads.read_head()
        for sequence in range(head.count + 1, entries + 1):
            body = canonical_body(sequence, MONDAY, ACTOR, SUBJECT, NOTE, {})
            head = JournalHead(sequence, chain(head.digest, body))
            insert(
                t.Journal,
                sequence=sequence,
                at=MONDAY,
                actor=ACTOR,
                kind=NOTE.kind,
                subject=SUBJECT,
                body=body,
                digest=head.digest,
            )
        insert(t.Seal, count=head.count, digest=head.digest, signature=vault.seal(head))
