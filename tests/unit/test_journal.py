"""The chain: any change, cut or insertion shows."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from lockdesk.core.journal import GENESIS, Entry, JournalNote, canonical_body, chain, personal_tag, walk_chain

AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


def entries(count: int) -> list[Entry]:
    rows, digest = [], GENESIS
    for sequence in range(1, count + 1):
        body = canonical_body(sequence, AT, "Petugas", "LOCK-2026-0001", JournalNote("x", {"n": sequence}), {})
        digest = chain(digest, body)
        rows.append(entry(sequence, body, digest))
    return rows


def entry(sequence: int, body: bytes, digest: bytes, kind: str = "x") -> Entry:
    return Entry(sequence, AT, "Petugas", kind, "LOCK-2026-0001", body, digest)


def test_a_whole_chain_is_whole() -> None:
    report = walk_chain(entries(20))
    assert report.whole and report.count == 20


@given(st.integers(0, 19), st.integers(0, 60))
def test_a_changed_byte_breaks_the_chain_at_its_entry(index: int, offset: int) -> None:
    rows = entries(20)
    changed = bytearray(rows[index].body)
    changed[offset % len(changed)] ^= 1
    rows[index] = replace(rows[index], body=bytes(changed))
    assert walk_chain(rows).broken_at == index + 1


def test_a_removed_or_inserted_entry_breaks_the_chain() -> None:
    rows = entries(10)
    assert walk_chain(rows[:4] + rows[5:]).broken_at == 5
    assert walk_chain([*rows[:4], rows[3], *rows[4:]]).broken_at == 5


def test_a_rewritten_tail_has_another_head() -> None:
    honest, rewritten = entries(10), entries(9)
    body = canonical_body(10, AT, "Petugas", "LOCK-2026-0001", JournalNote("y"), {})
    rewritten.append(entry(10, body, chain(rewritten[-1].digest, body), "y"))
    assert walk_chain(rewritten).whole
    assert walk_chain(rewritten).digest != walk_chain(honest).digest


def test_personal_text_is_not_in_the_entry_and_its_tag_needs_the_key() -> None:
    tag = personal_tag(b"k" * 32, "name", "Sekar Contohwati")
    assert tag != personal_tag(b"j" * 32, "name", "Sekar Contohwati")
    assert tag != personal_tag(b"k" * 32, "nip", "Sekar Contohwati")
    note = JournalNote("case.received", {}, {"name": "Sekar Contohwati"})
    assert b"Sekar" not in canonical_body(1, AT, "Petugas", "X", note, {"name": tag})
