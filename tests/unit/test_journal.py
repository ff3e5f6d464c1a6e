"""The chain: any change, cut or insertion shows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockdesk.core.journal import (
    GENESIS,
    ChainReport,
    Entry,
    Fact,
    JournalNote,
    Words,
    canonical_body,
    chain,
    personal_tag,
    walk_chain,
)

AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
MICROS = int(AT.timestamp()) * 1_000_000


def entries(count: int) -> list[Entry]:
    rows, digest = [], GENESIS
    for sequence in range(1, count + 1):
        body = canonical_body(sequence, AT, "Petugas", "LOCK-2026-0001", JournalNote("x", {"n": sequence}), {})
        digest = chain(digest, body)
        rows.append(entry(sequence, body, digest))
    return rows


def entry(sequence: int, body: bytes, digest: bytes, kind: str = "x") -> Entry:
    return Entry(sequence, MICROS, "Petugas", kind, "LOCK-2026-0001", body, digest)


def test_a_whole_chain_is_whole() -> None:
    report = walk_chain(entries(20))
    assert report.whole and report.count == 20


@given(st.integers(0, 19), st.integers(0, 60))
def test_a_changed_byte_breaks_the_chain_at_its_entry(index: int, offset: int) -> None:
    rows = entries(20)
    changed = bytearray(rows[index].body)
    changed[offset % len(changed)] ^= 1
    rows[index] = rows[index]._replace(body=bytes(changed))
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


# ── what lies beside the chain ──
KEY = b"k" * 32


def with_texts(
    sequence: int, before: bytes, kind: str = "x", facts: dict[str, str] | None = None, **texts: str
) -> Entry:
    """An entry with texts beside it, all of them there."""
    note = JournalNote(kind, {**(facts or {}), **{name: Words(text) for name, text in texts.items()}})
    tags = {name: personal_tag(KEY, name, text) for name, text in note.written.items()}
    body = canonical_body(sequence, AT, "Petugas", "LOCK-2026-0001", note, {}, tags)
    beside = {name: (KEY, text) for name, text in texts.items()}
    return entry(sequence, body, chain(before, body), kind)._replace(texts=beside)


def test_what_somebody_wrote_is_not_in_the_entry_but_its_tag_is() -> None:
    note = JournalNote("x", {"n": 1, "reason": Words("Sedang cuti")})
    assert note.chained == {"n": 1} and note.written == {"reason": "Sedang cuti"}
    found = with_texts(1, GENESIS, reason="Sedang cuti")
    assert b"cuti" not in found.body and b'"texts"' in found.body
    assert walk_chain([found]) == ChainReport(1, found.digest)


def test_a_text_that_is_changed_or_added_beside_the_chain_breaks_it() -> None:
    found = with_texts(1, GENESIS, reason="Sedang cuti")
    for texts in ({"reason": (KEY, "lain")}, {"reason": (b"j" * 32, "Sedang cuti")},
                  {"reason": (KEY, "Sedang cuti"), "lain": (KEY, "x")}):  # fmt: skip
        assert walk_chain([found._replace(texts=texts)]).broken_at == 1


def test_a_text_may_be_gone_where_a_later_disposal_says_so() -> None:
    first = with_texts(1, GENESIS, reason="Sedang cuti")
    gone, second = first._replace(texts={}), with_texts(2, first.digest)
    report = walk_chain([gone, second])
    assert report.whole and report.missing == {1} and report.ended().broken_at == 1
    disposed = with_texts(3, second.digest, "disposal.done", {"texts": "1 7"})
    whole = walk_chain([disposed], report)
    assert whole.ended() is whole and whole.whole and not whole.missing
    other = with_texts(3, second.digest, "disposal.done", {"texts": "2"})
    assert walk_chain([other], report).ended().broken_at == 1
    assert ChainReport(3, GENESIS, broken_at=2, missing=frozenset({1})).ended().broken_at == 2


def test_a_disposal_written_before_excuses_nothing_of_later() -> None:
    disposed = with_texts(1, GENESIS, "disposal.done", {"texts": "2"})
    later = with_texts(2, disposed.digest, reason="Sedang cuti")._replace(texts={})
    assert walk_chain([disposed, later]).ended().broken_at == 2


def test_a_disposal_whose_numbers_are_none_is_no_whole_entry() -> None:
    disposed = with_texts(1, GENESIS, "disposal.done", {"texts": "satu"})
    assert walk_chain([disposed]).broken_at == 1


WORDS = st.text(st.sampled_from('ab"\\,:{}\n\u2028é😀'), max_size=12) | st.sampled_from(
    ["", "x", '","sequence":2', ',"kind":"x","sequence":1,"subject":"","tags":{', ',"texts":{', "disposal.done"]
)


@given(
    st.tuples(WORDS, WORDS, WORDS), st.dictionaries(WORDS, WORDS | st.integers() | st.booleans(), max_size=4),
    st.datetimes(timezones=st.just(UTC)), st.tuples(WORDS, WORDS, WORDS), st.integers(-1, 1), st.booleans(),
)  # fmt: skip
def test_columns_say_what_the_chained_bytes_do_or_break_the_walk(
    told: tuple[str, str, str], facts: dict[str, Fact], at: datetime, beside: tuple[str, str, str], later: int,
    same: bool,
) -> None:  # fmt: skip
    actor, kind, subject = told
    kind = kind.replace("disposal.done", "disposal")
    body = canonical_body(1, at, actor, subject, JournalNote(kind, facts), {"name": "ab"})
    micros = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    columns = (actor, kind, subject) if same else beside
    found = Entry(1, micros + later, *columns, body, chain(GENESIS, body))
    assert walk_chain([found]).whole is (later == 0 and columns == (actor, kind, subject))


@pytest.mark.parametrize(
    "changed",
    [{"at": "kemarin"}, {"at": 2**62}, {"at": 0.5}, {"actor": b"x"}, {"kind": None}, {"subject": 3}, {"body": b""}],
)
def test_what_no_program_of_ours_wrote_into_a_column_breaks_the_walk(changed: dict[str, Any]) -> None:
    assert walk_chain([entries(1)[0]._replace(**changed)]).broken_at == 1
