"""What is read from the journal, and how it is checked. Runs on a thread that owns the database it is given."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from lockdesk.core.journal import GENESIS, ChainReport, Entry, JournalHead, walk_chain
from lockdesk.core.journal_export import closing_line, entry_line, opening_line
from lockdesk.desk.casebook import JournalCheck
from lockdesk.desk.ports import Sealer
from lockdesk.desk.values.cases import HistoryLine
from lockdesk.desk.values.journal import JournalFilter, JournalLine, JournalPage
from lockdesk.desk.values.privacy import DESTROYED
from lockdesk.store import tables as t
from lockdesk.store.journal_texts import Texts, texts_between, texts_of
from lockdesk.store.prepared import Prepared, rows
from lockdesk.store.threads import broken_journal

Execute = Callable[..., Any]
"""`execute_sql` of a database: the open casebook's, or that of a copy which is only looked at."""
WALK_STEP = 1_000
"""Journal entries read and checked at a time: some milliseconds, which is as long as the window may wait for the
interpreter."""
SCAN_STEP = 20_000
"""Entries that a search without an index looks through at a time: some hundredths of a second."""
_J = t.Journal
_END = Prepared(lambda: _J.select(_J.sequence, _J.digest, _J.at).order_by(_J.sequence.desc()).limit(1))
_ENTRIES = Prepared(
    lambda: _J.select(_J.sequence, _J.at, _J.actor, _J.kind, _J.subject, _J.body, _J.digest)
    .where(_J.sequence > 0).order_by(_J.sequence).limit(1)
)  # fmt: skip
_DIGEST = Prepared(lambda: _J.select(_J.digest).where(_J.sequence == 0))
_NO_TEXTS: Texts = {}
_SEAL = Prepared(lambda: t.Seal.select(t.Seal.count, t.Seal.digest, t.Seal.signature))


def blob(value: object) -> bytes:
    """What a column of bytes holds; nothing where somebody put another kind of value there. (`bytes` of a number would
    be so many zeros, up to all of the memory.)"""
    return value if isinstance(value, bytes) else b""


def history(subject: str) -> tuple[HistoryLine, ...]:
    found = [(item.sequence, json.loads(item.body)) for item in rows(t.Journal.subject, subject, newest_first=True)]
    written = _written(found)
    return tuple(_history_line(sequence, body, written) for sequence, body in found)


def _written(found: Sequence[tuple[int, dict[str, Any]]]) -> dict[int, dict[str, str]]:
    """What lies beside these entries, asked for once, and only where there is anything."""
    sequences = [sequence for sequence, body in found if "texts" in body]
    return texts_of(sequences) if sequences else {}


def _history_line(sequence: int, body: dict[str, Any], written: Mapping[int, Mapping[str, str]]) -> HistoryLine:
    """Read from the chained bytes: the columns beside them only find and sort. Of a text that was destroyed it says
    so."""
    beside = written.get(sequence, {})
    facts = {**body["facts"], **{name: beside.get(name, DESTROYED) for name in body.get("texts", {})}}
    return HistoryLine(sequence, datetime.fromisoformat(body["at"]), body["actor"], body["kind"], facts)


def page(wanted: JournalFilter, before: int | None, limit: int) -> JournalPage:
    """The newest entries before `before` that fit. Reads no further than SCAN_STEP entries back where no index leads to
    what is wanted, and says where to go on: what else is read waits no longer."""
    top = read_head().count + 1 if before is None else before
    low = 1 if wanted.subjects or wanted.entry else max(top - SCAN_STEP, 1)
    conditions = [_J.sequence < top, _J.sequence >= low, *_conditions(wanted)]
    query: Any = _J.select(_J.sequence, _J.body, _J.digest).where(*conditions).order_by(_J.sequence.desc())
    read = [(sequence, _body(sequence, body), digest) for sequence, body, digest in query.limit(limit).tuples()]
    written = _written([(sequence, body) for sequence, body, _digest in read])
    found = tuple(_journal_line(sequence, body, digest, written) for sequence, body, digest in read)
    reached = found[-1].line.sequence if len(found) == limit else low
    return JournalPage(found, reached if reached > 1 else None)


def _conditions(wanted: JournalFilter) -> list[Any]:
    made = [_J.sequence == wanted.entry] if wanted.entry else []
    if wanted.kinds is not None:
        made.append(_J.kind.in_(sorted(wanted.kinds)))
    if wanted.subjects:
        made.append(_J.subject.in_(wanted.subjects))
    if wanted.actor:
        made.append(_J.actor == wanted.actor)
    if wanted.since is not None:
        made.append(_J.at >= wanted.since)
    if wanted.until is not None:
        made.append(_J.at < wanted.until)
    return made


def _body(sequence: int, body: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(blob(body)))
    except (ValueError, TypeError) as error:
        raise broken_journal(sequence) from error


def _journal_line(
    sequence: int, body: dict[str, Any], digest: bytes, written: Mapping[int, Mapping[str, str]]
) -> JournalLine:
    try:
        line = _history_line(sequence, body, written)
        return JournalLine(line, body["subject"], len(body["tags"]), blob(digest).hex())
    except (ValueError, KeyError, TypeError) as error:
        raise broken_journal(sequence) from error


def read_end() -> tuple[JournalHead, datetime | None]:
    """The head as the journal's last row tells it, and when that entry was made; None for an empty journal."""
    return end_of(t.database.execute_sql)


def end_of(execute: Execute) -> tuple[JournalHead, datetime | None]:
    """The same of any database."""
    found = execute(_END.sql, (1,)).fetchone()
    if found is None:
        return JournalHead(0, GENESIS), None
    return JournalHead(found[0], blob(found[1])), t.Journal.at.python_value(found[2])


def read_head() -> JournalHead:
    return read_end()[0]


def last_moment() -> datetime | None:
    return read_end()[1]


def entries(execute: Execute, after: int, limit: int = WALK_STEP) -> list[Entry]:
    """The entries that follow `after`, as they are stored: what no program of ours wrote is found by the walk."""
    rows_read = execute(_ENTRIES.sql, (after, limit)).fetchall()
    texts: dict[int, Texts] = {}
    if rows_read:
        try:
            texts = texts_between(execute, rows_read[0][0], rows_read[-1][0])
        except TypeError as error:
            raise broken_journal(after + 1) from error
    return [
        Entry(sequence, at, actor, kind, subject, blob(body), blob(digest), texts.get(sequence, _NO_TEXTS))
        for sequence, at, actor, kind, subject, body, digest in rows_read
    ]


def length(execute: Execute) -> int:
    """How many entries there are."""
    found = execute(_END.sql, (1,)).fetchone()
    return 0 if found is None else int(found[0])


def digest_at(execute: Execute, sequence: int) -> bytes:
    """The digest of an entry, GENESIS before the first; empty when there is none."""
    if sequence == 0:
        return GENESIS
    found = execute(_DIGEST.sql, (sequence,)).fetchone()
    return b"" if found is None else blob(found[0])


def seal(execute: Execute) -> tuple[JournalHead, bytes]:
    """The head that was sealed last, and the seal; GENESIS and nothing for an empty journal."""
    found = execute(_SEAL.sql).fetchone()
    if found is None:
        return JournalHead(0, GENESIS), b""
    return JournalHead(found[0], blob(found[1])), blob(found[2])


ExportStep = tuple[list[Entry], tuple[JournalHead, bytes] | None]


def export_step(execute: Execute, after: int) -> ExportStep:
    """The entries that follow `after`; with the seal where these are the last ones. Called inside one transaction, so
    that the seal is that of the last entry."""
    found = entries(execute, after)
    return found, (seal(execute) if len(found) < WALK_STEP else None)


def export(
    read: "Callable[[int], ExportStep]",
    public_key: bytes,
    write: Callable[[bytes], object],
    progress: Callable[[int], None] | None = None,
) -> JournalHead:
    """Writes the whole journal, `read` a step at a time; what it says is not judged. Gives the sealed head."""
    write(opening_line(public_key))
    after = 0
    while True:
        found, sealed = read(after)
        write(b"".join(entry_line(entry) for entry in found))
        after = found[-1].sequence if found else after
        if progress is not None:
            progress(after)
        if sealed is not None:
            write(closing_line(*sealed))
            return sealed[0]


def seal_holds(execute: Execute, vault: Sealer, chain: ChainReport) -> bool:
    """Whether exactly this head was sealed."""
    found = execute(_SEAL.sql).fetchall()
    if len(found) != 1:
        return chain.count == 0 and not found
    count, digest, signature = found[0]
    head = JournalHead(count, blob(digest))
    same = (head.count, head.digest) == (chain.count, chain.digest)
    return same and vault.seal_is_valid(head, blob(signature))


def end_is_whole(execute: Execute, vault: Sealer, marked: JournalHead) -> bool:
    """Whether the chain passes through the vault's mark and goes on from there to a sealed head: what a journal that
    was put back or cut fails, at the cost of the few entries behind the mark."""
    if digest_at(execute, marked.count) != marked.digest:
        return False
    chain = ChainReport(marked.count, marked.digest)
    while found := entries(execute, chain.count):
        chain = walk_chain(found, chain)
        if not chain.whole:
            return False
    return chain.ended().whole and seal_holds(execute, vault, chain)


def check(
    read: "Callable[[int], list[Entry]]",
    sealed: Callable[[ChainReport], bool],
    marked: JournalHead,
    progress: Callable[[int], None] | None = None,
) -> JournalCheck:
    """Walks the whole chain, `read` a step at a time; compares its end with the seal, and with the vault's mark."""
    chain, at_mark = ChainReport(0, GENESIS), GENESIS
    while found := read(chain.count):
        if chain.count < marked.count <= chain.count + len(found):
            at_mark = found[marked.count - chain.count - 1].digest
        chain = walk_chain(found, chain)
        if progress is not None:
            progress(chain.count)
        if not chain.whole:
            break
    chain = chain.ended()
    behind = chain.whole and (chain.count < marked.count or at_mark != marked.digest)
    return JournalCheck(chain, sealed(chain), behind)
