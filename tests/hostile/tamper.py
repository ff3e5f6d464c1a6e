"""Hands on the journal: every edit, deletion, insertion, swap, cut and roll-back, by somebody without a key, with the
database's key, and with every key; and honest use, which must raise no alarm.

What is promised stands in README ("What the journal guarantees"): without a key and with the database's alone all of it
is found by the folder itself, but for a folder put back whole, which is found against a print, as is whatever somebody
does who has every key. What is not found must have left the journal saying what it said.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path

from playhouse.sqlcipher_ext import SqlCipherDatabase

from lockdesk.core import journal
from lockdesk.core.journal import GENESIS, Entry, JournalHead, JournalNote, canonical_body, chain
from lockdesk.core.journal_export import closing_line, entry_line, opening_line
from lockdesk.desk import changes as c
from lockdesk.errors import Damaged, LockdeskError
from lockdesk.store import journal_reads
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.inspection import inspect_journal, looked_at, printed_head_is_known
from lockdesk.vault import Vault
from tests.helpers.desk.exported import objection
from tests.helpers.desk.office import MONDAY

PAGE = 4096
ROOT = b"r" * 32
KINDS = ("case.received", "case.viewed", "finding.decided", "print.made", "operation.intended", "case.completed")
STAGES, PER_STAGE = 6, 12
Files = dict[str, bytes]


@dataclass
class Scene:
    """A folder whose journal has gone through stages, each kept as somebody could have copied it."""

    folder: Path
    vault: Vault
    stages: list[Files] = field(default_factory=list)
    seals: list[tuple[JournalHead, bytes]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    printed: tuple[int, str] = (0, "")
    """The entry and the first digits of the last print."""

    @property
    def book(self) -> Path:
        return self.folder / "casebook.db"

    @property
    def key(self) -> bytes:
        return self.vault.keys.database

    @property
    def last(self) -> Files:
        return self.stages[-1]

    @cached_property
    def written_pages(self) -> list[int]:
        """The pages that the journal's growth has written: those that tell of it."""
        first, last = (files["casebook.db"] for files in (self.stages[0], self.last))
        return [
            n for n in range(len(last) // PAGE) if last[n * PAGE : (n + 1) * PAGE] != first[n * PAGE : (n + 1) * PAGE]
        ]

    def lay(self, files: Files) -> None:
        for path in self.folder.iterdir():
            path.unlink()
        for name, content in files.items():
            (self.folder / name).write_bytes(content)

    def write(self, count: int) -> None:
        """Goes on as the program does, a print among it."""
        casebook = SqlCasebook(self.book, self.vault, self.key)
        begin = casebook.head().count
        for n in range(begin, begin + count):
            note = JournalNote(KINDS[n % len(KINDS)], {"n": n, "alasan": f"uraian – {n}"})
            change = c.Change(MONDAY + timedelta(minutes=n), "Contoh Petugas", note)
            head = casebook.commit(change).head
            if note.kind == "print.made":
                self.printed = head.count, head.digest.hex()[:16]
        casebook.close()

    def read(self) -> tuple[list[Entry], tuple[JournalHead, bytes]]:
        with looked_at(self.book, self.key, False) as database:
            execute = database.execute_sql
            return journal_reads.entries(execute, 0, 10_000), journal_reads.seal(execute)


def scene(folder: Path) -> Scene:
    folder.mkdir()
    made = Scene(folder, Vault(folder, ROOT))
    made.vault.advance(JournalHead(0, GENESIS))
    for _stage in range(STAGES):
        made.write(PER_STAGE)
        made.entries, sealed = made.read()
        made.seals.append(sealed)
        made.stages.append({path.name: path.read_bytes() for path in folder.iterdir()})
    return made


# ── how it is looked at ──
def found_by(at: Scene, printed: tuple[int, str]) -> str:
    """What finds something wrong in the folder, as `verify-log` does: "" for nothing. Anything else than an error of
    our own would escape, and is a fault of the program."""
    try:
        check = inspect_journal(at.book, at.vault, at.key)
        if not check.chain.whole:
            return "chain"
        if check.behind_mark:
            return "mark"
        if not check.seal_valid:
            return "seal"
        return "" if printed_head_is_known(at.book, at.key, *printed) else "print"
    except Damaged as error:
        return "mark" if error.code.startswith("vault.") else "unreadable"
    except LockdeskError:
        return "unreadable"


def says_the_same(at: Scene) -> bool:
    """Whether the journal still says what it said."""
    entries, sealed = at.read()
    return entries == at.entries and sealed == at.seals[-1]


# ── what is done to a list of entries ──
def _with(entry: Entry, sequence: int, **changed: str) -> Entry:
    """The entry with another number or other words, in columns and bytes alike."""
    value = json.loads(entry.body) | changed
    note, at = JournalNote(value["kind"], value["facts"]), datetime.fromisoformat(value["at"])
    tags, texts = value["tags"], value.get("texts", {})
    body = canonical_body(sequence, at, value["actor"], value["subject"], note, tags, texts)
    return entry._replace(sequence=sequence, actor=value["actor"], kind=value["kind"], body=body)


def rechained(entries: list[Entry]) -> list[Entry]:
    """Numbered and chained anew from the first on."""
    made, digest = list[Entry](), GENESIS
    for number, entry in enumerate(entries, 1):
        numbered = entry if entry.sequence == number else _with(entry, number)
        digest = chain(digest, numbered.body)
        made.append(numbered._replace(digest=digest))
    return made


def edit(entries: list[Entry], k: int, dice: random.Random) -> list[Entry]:
    word = dice.choice(("actor", "kind"))
    return [*entries[:k], _with(entries[k], k + 1, **{word: f"lain {dice.random()}"}), *entries[k + 1 :]]


def delete(entries: list[Entry], k: int, dice: random.Random) -> list[Entry]:
    return [*entries[:k], *entries[k + dice.randint(1, 3) :]]


def insert(entries: list[Entry], k: int, dice: random.Random) -> list[Entry]:
    return [*entries[:k], _with(dice.choice(entries), k + 1, actor="Orang Lain"), *entries[k:]]


def swap(entries: list[Entry], k: int, dice: random.Random) -> list[Entry]:
    other = dice.choice([place for place in range(len(entries)) if place != k])
    made = list(entries)
    made[k], made[other] = made[other], made[k]
    return made


def cut(entries: list[Entry], k: int, _dice: random.Random) -> list[Entry]:
    return entries[:k]


OPERATIONS = (edit, delete, insert, swap, cut)


def _numbered(entries: list[Entry]) -> list[Entry]:
    """Rows with the numbers of their places, so that the table takes them; nothing else is made to fit."""
    return [entry._replace(sequence=number) for number, entry in enumerate(entries, 1)]


@contextmanager
def opened(at: Scene) -> Iterator[SqlCipherDatabase]:
    """As somebody who has the database's key opens it."""
    database = SqlCipherDatabase(str(at.book), passphrase=f"x'{at.key.hex()}'")
    database.connect()
    try:
        yield database
    finally:
        database.close()


def put(at: Scene, entries: list[Entry], seal: tuple[JournalHead, bytes] | None = None) -> None:
    """The rows as they are given, and the seal where one is given."""
    with opened(at) as database, database.atomic():
        database.execute_sql("DELETE FROM journal")
        for item in entries:
            values = (
                item.sequence,
                item.at,
                item.actor,
                item.kind,
                item.subject,
                item.body,
                item.digest,
            )
            database.execute_sql(
                "INSERT INTO journal (sequence, at, actor, kind, subject, body, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )
        if seal is not None:
            head, signature = seal
            database.execute_sql(
                "UPDATE seal SET count = ?, digest = ?, signature = ?", (head.count, head.digest, signature)
            )


# ── who does it ──
def without_key(at: Scene, dice: random.Random) -> set[str]:
    """Bytes of the files; pages of an older copy, which the same key encrypted, too."""
    book = bytearray(at.last["casebook.db"])
    page = dice.choice(at.written_pages if dice.random() < 0.8 else range(len(book) // PAGE)) * PAGE
    what = dice.choice(("flip", "zero", "cut", "swap", "older", "grow", "mark", "no mark"))
    if what == "flip":
        book[page + dice.randrange(PAGE)] ^= 1 << dice.randrange(8)
    elif what == "zero":
        book[page : page + PAGE] = bytes(PAGE)
    elif what == "cut":
        del book[page or PAGE :]
    elif what == "swap":
        other = dice.randrange(len(book) // PAGE) * PAGE
        book[page : page + PAGE], book[other : other + PAGE] = book[other : other + PAGE], book[page : page + PAGE]
    elif what == "older":
        before = dice.choice(at.stages[:-1])["casebook.db"]
        book[page : page + PAGE] = before[page : page + PAGE] or book[page : page + PAGE]
    elif what == "grow":
        book += dice.randbytes(PAGE)
    files = at.last | {"casebook.db": bytes(book)}
    if what == "mark":
        mark = bytearray(files["mark.bin"])
        mark[dice.randrange(len(mark))] ^= 1 << dice.randrange(8)
        files["mark.bin"] = bytes(mark)
    elif what == "no mark":
        del files["mark.bin"]
    at.lay(files)
    return {"chain", "seal", "mark", "unreadable"}


def put_back_alone(at: Scene, dice: random.Random) -> set[str]:
    at.lay(at.last | {"casebook.db": dice.choice(at.stages[:-1])["casebook.db"]})
    return {"mark"}


def put_back_whole(at: Scene, dice: random.Random) -> set[str]:
    at.lay(dice.choice(at.stages[:-1]))
    return {"print"}


def with_database_key(operation: Callable[..., list[Entry]], at: Scene, dice: random.Random) -> set[str]:
    """Rows as one likes, chained anew or not; but nothing can be sealed, nor the mark moved."""
    at.lay(at.last)
    changed = operation(at.entries, dice.randrange(len(at.entries)), dice)
    put(at, rechained(changed) if dice.random() < 0.5 else _numbered(changed))
    return {"chain", "seal", "mark"}


def with_database_key_and_an_old_seal(at: Scene, dice: random.Random) -> set[str]:
    """Rows cut to where an older copy's seal fits: the only seal that whoever cannot seal can show."""
    at.lay(at.last)
    head, signature = dice.choice(at.seals[:-1])
    put(at, at.entries[: head.count], (head, signature))
    return {"mark"}


def columns_alone(at: Scene, dice: random.Random) -> set[str]:
    """What an entry is found and shown by; its chained bytes stay."""
    at.lay(at.last)
    column = dice.choice(("actor", "kind", "subject", "at", "sequence", "digest"))
    value: object = {"at": 5, "sequence": 10_000, "digest": dice.randbytes(32)}.get(column, f"lain {dice.random()}")
    value = dice.choice((value, value, "teks", dice.randbytes(5), 2**62, -0.5))
    with opened(at) as database:
        which = dice.randint(1, len(at.entries))
        database.execute_sql(f"UPDATE journal SET {column} = ? WHERE sequence = ?", (value, which))  # noqa: S608
    return {"chain", "seal", "mark", "unreadable"}


def with_every_key(operation: Callable[..., list[Entry]], at: Scene, dice: random.Random) -> set[str]:
    """Chained, sealed and marked anew, from an entry on that the last print stands behind."""
    at.lay(at.last)
    made = rechained(operation(at.entries, dice.randrange(at.printed[0]), dice))
    head = JournalHead(len(made), made[-1].digest if made else GENESIS)
    put(at, made, (head, at.vault.seal(head)))
    at.vault.advance(head)
    return {"print"}


def in_the_export(operation: Callable[..., list[Entry]], at: Scene, dice: random.Random) -> set[str]:
    """What left as a file, looked at by the verifier that shares no code with the program."""
    keys = dice.random() < 0.3
    reach = at.printed[0] if keys else len(at.entries)
    changed = operation(at.entries, dice.randrange(reach), dice)
    made = rechained(changed) if keys or dice.random() < 0.5 else changed
    head, seal = at.seals[-1]
    if keys:
        head = JournalHead(len(made), made[-1].digest if made else GENESIS)
        seal = at.vault.seal(head)
    lines = (opening_line(at.vault.public_key()), *map(entry_line, made), closing_line(head, seal))
    at.lay({})
    told = objection(at.folder / "ekspor.jsonl", b"".join(lines), (at.printed,))
    return {"verifier"} if told else {"nothing"}


def bytes_of_the_export(at: Scene, dice: random.Random) -> set[str]:
    whole = _export_of(at)
    place, more = dice.randrange(len(whole)), dice.randbytes(dice.randint(0, 3))
    changed = whole[:place] + more + whole[place + dice.randint(0, 3) :]
    at.lay({})
    told = changed == whole or objection(at.folder / "ekspor.jsonl", changed)
    return {"verifier"} if told else {"nothing"}


def _export_of(at: Scene) -> bytes:
    lines = (opening_line(at.vault.public_key()), *map(entry_line, at.entries), closing_line(*at.seals[-1]))
    return b"".join(lines)


Attack = Callable[[Scene, random.Random], set[str]]
ATTACKS: dict[str, Attack] = {
    "no key: bytes of the files": without_key,
    "no key: database put back": put_back_alone,
    "no key: folder put back": put_back_whole,
    **{f"database key: {each.__name__}": partial(with_database_key, each) for each in OPERATIONS},
    "database key: cut to an old seal": with_database_key_and_an_old_seal,
    "database key: columns": columns_alone,
    **{f"every key: {each.__name__}": partial(with_every_key, each) for each in OPERATIONS},
    **{f"export: {each.__name__}": partial(in_the_export, each) for each in OPERATIONS},
    "export: bytes": bytes_of_the_export,
}


# ── honest use ──
def a_copy(at: Scene, dice: random.Random) -> None:
    at.lay(dice.choice(at.stages))


def going_on(at: Scene, dice: random.Random) -> None:
    """More steps, the mark lagging behind mere looking."""
    at.lay(at.last)
    at.write(dice.randint(1, 3))


def an_older_mark(at: Scene, dice: random.Random) -> None:
    """A power cut between a commit and the mark: a journal ahead of its mark is none that was put back."""
    at.lay(at.last | {"mark.bin": dice.choice(at.stages)["mark.bin"]})


def killed(at: Scene, _dice: random.Random) -> None:
    """Entries that only the write-ahead log has."""
    at.lay(at.last)
    casebook = SqlCasebook(at.book, at.vault, at.key)
    casebook.commit(c.Change(MONDAY + timedelta(days=1), "Contoh Petugas", JournalNote("case.received")))
    files = {path.name: path.read_bytes() for path in at.folder.iterdir() if not path.name.endswith("-shm")}
    casebook.close()
    at.lay(files)


HONEST: tuple[Callable[[Scene, random.Random], None], ...] = (a_copy, going_on, an_older_mark, killed)


def break_the_walk() -> Callable[[], None]:
    """From now on the walk believes the columns. What this leaves unnoticed must be found out here; gives what mends
    it again."""
    honest = journal._says_the_same
    setattr(journal, "_says_the_same", lambda _entry, _missing: True)  # noqa: B010 - the checker knows its own name only
    return partial(setattr, journal, "_says_the_same", honest)


# ── the count ──
@dataclass
class Tampering:
    """What was done, and what became of it."""

    found: dict[str, Counter[str]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    honest: int = 0

    @property
    def cases(self) -> int:
        return sum(sum(counts.values()) for counts in self.found.values())

    @property
    def holds(self) -> bool:
        return not self.missed and not self.alarms

    def words(self) -> str:
        lines = [
            f"{name:36} {sum(counts.values()):6}  {', '.join(f'{how} {n}' for how, n in counts.most_common())}"
            for name, counts in self.found.items()
        ]
        total = f"{self.cases} cases, {len(self.missed)} missed; {self.honest} honest, {len(self.alarms)} false alarms"
        return "\n".join([*lines, total, *self.missed[:10], *self.alarms[:10]])


def tamper(folder: Path, cases: int, seed: int, honest: int) -> Tampering:
    """So many cases, the attacks in turn, and so many of honest use."""
    at, dice, told = scene(folder / "buku"), random.Random(seed), Tampering()
    for n in range(cases):
        name = list(ATTACKS)[n % len(ATTACKS)]
        promised = ATTACKS[name](at, dice)
        how = next(iter(promised)) if name.startswith("export") else found_by(at, at.printed)
        if how == "" and says_the_same(at):
            how = "no change"
        told.found.setdefault(name, Counter())[how or "nothing"] += 1
        if how not in promised | {"no change"} or how == "nothing":
            told.missed.append(f"case {n}: {name}: {how or 'nothing'}")
    printed = at.printed
    for n in range(honest):
        HONEST[n % len(HONEST)](at, dice)
        how = found_by(at, (0, GENESIS.hex()[:16]))
        at.printed = printed
        if how:
            told.alarms.append(f"honest {n}: {HONEST[n % len(HONEST)].__name__}: {how}")
    told.honest = honest + 1
    if objection(at.folder / "ekspor.jsonl", _export_of(at), (printed,)):
        told.alarms.append("the export as it was made")
    return told
