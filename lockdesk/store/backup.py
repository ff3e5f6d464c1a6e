"""A backup is one file: a copy of the encrypted database, and behind its last page what opens it elsewhere.

SQLite reads as many pages as the database's first page says; what follows them it never looks at. So the file is
checked, and later restored, without being unpacked: pages, then a signed description (JSON) with the vault's slots and
the training CA's ledger, its signature (Ed25519), its length and a mark. Nothing in it is readable without a key.
"""

import base64
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from peewee import DatabaseError
from playhouse.sqlcipher_ext import SqlCipherDatabase

from lockdesk.core.journal import JournalHead
from lockdesk.desk.ports import Sealer
from lockdesk.desk.values.backups import BackupProgress, MadeBackup
from lockdesk.errors import Damaged
from lockdesk.records import dataclass
from lockdesk.renaming import rename_over
from lockdesk.store import backup_place as place
from lockdesk.store import journal_reads
from lockdesk.store.documents import document
from lockdesk.store.inspection import copy_looked_at, looked_at
from lockdesk.strict import Border, Bounds
from lockdesk.words import _

_KIND, _VERSION = b"LOCKDESK BACKUP ", b"1\n"
_MARK = _KIND + _VERSION
_SIGNATURE, _LENGTH = 64, 8
_MOST_DESCRIPTION = 64 << 20
_STEP = 1 << 20
_PAGES = 512
"""Copied between two tellings of progress: two megabytes."""
_COUNTED = ("journal", "journal_text", "case", "complaint", "document", "printed", "outbox")
_DIGESTS = (
    ("document", "blob", "document_id"),
    ("complaint_file", "complaint_file_content", "file_id"),
    ("printed", "print_content", "printed_id"),
    ("outbox", "mail_content", "message_id"),
)
"""Which table holds the digests (`sha256`) of which table's contents, and how the latter names the former's row."""
_MAILS = 'SELECT d."id", d."sha256" FROM "mail_frame" f JOIN "document" d ON d."id" = f."document_id"'
_HEX64 = {"pattern": "^[0-9a-f]{64}$"}


@dataclass(frozen=True, slots=True)
class RowCount:
    table: str
    rows: int


@dataclass(frozen=True, slots=True)
class Description:
    """What stands behind the pages, all of it signed."""

    profile: str
    """Its id; "" in a vault of the first version, which has none."""
    practice: bool
    made_at: datetime
    entries: int
    head: str
    counts: tuple["RowCount", ...]
    size: int
    """Of the database, in bytes."""
    sha256: str
    vault: str
    """The vault's file, whose slots open nothing without a passphrase, the recovery code or the keyring."""
    ledger: str
    """The training CA's encrypted ledger in base64; "" in a working profile."""


@cache
def _border() -> Border:
    big: Bounds = {"le": 1 << 53}
    bounds: dict[tuple[type, str], Bounds] = {
        (Description, "entries"): big,
        (Description, "size"): big,
        (RowCount, "rows"): big,
        (Description, "head"): _HEX64,
        (Description, "sha256"): _HEX64,
        (Description, "vault"): {"max_length": 1 << 20},
        (Description, "ledger"): {"max_length": _MOST_DESCRIPTION},
    }
    return Border(bounds, {})


@dataclass(frozen=True, slots=True)
class Origin:
    """What a backup is made of, and by whom it is signed."""

    database: Path
    key: bytes
    sealer: Sealer
    sign: Callable[[bytes], bytes]
    profile: str
    practice: bool
    vault: str
    ledger: Path
    in_use: bool = True
    """Whether a program has the database open."""


def make_backup(origin: Origin, folder: Path, at: datetime, progress: BackupProgress) -> MadeBackup:
    """Copies, reads back, and only then lets older ones go. The folder must be there: a stick that is not plugged in is
    never replaced by a folder of its name.

    Raises Hindered (full, read-only, pulled out), Damaged when what is read back is not whole; then nothing is left,
    and earlier backups stay.
    """
    stamp = at.astimezone(UTC).replace(microsecond=0)
    path = folder / f"{place.stem(origin.profile)}-{stamp:%Y%m%d-%H%M%S}Z{place.SUFFIX}"
    beside = path.with_name(path.name + place.PART)
    try:
        place.clear(folder, origin.profile)
        place.require_room(origin.database, folder)
        described = _write(origin, beside, stamp, progress)
        with place.told_in_words():
            with beside.open("rb") as file:
                place.from_the_medium(file)
            read_back(beside, described, origin.key, origin.sealer, partial(_second_half, progress))
            rename_over(beside, path)
            place.sync(folder)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    progress(100)
    removed = place.rotate(path, origin.profile)
    return MadeBackup(path, stamp, described.entries, described.head, described.size, removed)


def _second_half(progress: BackupProgress, percent: int) -> None:
    progress(50 + percent // 2)


def _write(origin: Origin, path: Path, at: datetime, progress: BackupProgress) -> Description:
    with looked_at(origin.database, origin.key, origin.in_use) as source:
        head, _at = journal_reads.end_of(source.execute_sql)
        counts = row_counts(source)

        def told(_status: int, remaining: int, total: int) -> None:
            progress((total - remaining) * 50 // max(total, 1))

        with place.told_in_words():
            copy_pages(source, path, origin.key, told)
    # Only now: a certificate that the CA has noted and the copy does not know does no harm, the reverse would.
    ledger = origin.ledger.read_bytes() if origin.ledger.exists() else b""
    with place.told_in_words():
        return _describe(origin, path, at, head, counts, ledger)


def statement(described: bytes) -> bytes:
    """What is signed of a backup: never taken for a journal's head or a print."""
    return b"lockdesk backup 1\n" + described


def _describe(
    origin: Origin, path: Path, at: datetime, head: JournalHead, counts: tuple[RowCount, ...], ledger: bytes
) -> Description:
    """Writes behind the pages what they are, signed."""
    size = path.stat().st_size
    sha256 = _digest(path, size)
    described = Description(
        origin.profile, origin.practice, at, head.count, head.digest.hex(), counts, size, sha256, origin.vault,
        base64.b64encode(ledger).decode(),
    )  # fmt: skip
    body = json.dumps(asdict(described) | {"made_at": at.isoformat()}).encode()
    with path.open("ab") as file:
        file.write(body + origin.sign(statement(body)) + len(body).to_bytes(_LENGTH, "big") + _MARK)
        file.flush()
        os.fsync(file.fileno())
    return described


def copy_pages(source: SqlCipherDatabase, path: Path, key: bytes, told: Callable[[int, int, int], None]) -> None:
    """The source stands in one moment (it reads inside a transaction), whatever is written beside it."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    pragmas = {"cipher_log_level": "NONE", "journal_mode": "off", "synchronous": "off"}
    copy = SqlCipherDatabase(str(path), passphrase=f"x'{key.hex()}'", pragmas=pragmas)
    copy.connect()
    try:
        source.connection().backup(copy.connection(), pages=_PAGES, progress=told)
    finally:
        with suppress(DatabaseError):
            copy.close()


# ── reading ──
def described(path: Path) -> tuple[Description, bytes, bytes]:
    """What a backup says it is, with the signed bytes and their signature. Raises Damaged for a file that is none, or
    was cut; Hindered where it cannot be read."""
    with place.told_in_words(), path.open("rb") as file:
        whole = file.seek(0, os.SEEK_END)
        file.seek(max(whole - _LENGTH - len(_MARK), 0))
        tail = file.read()
        length = int.from_bytes(tail[:_LENGTH], "big")
        start = whole - _LENGTH - len(_MARK) - _SIGNATURE - length
        if tail[_LENGTH : -len(_VERSION)] == _KIND and not tail.endswith(_VERSION):
            raise _newer()
        if tail[_LENGTH:] != _MARK or length > _MOST_DESCRIPTION or start < 0:
            raise _no_backup("mark")
        file.seek(start)
        body, signature = file.read(length), file.read(_SIGNATURE)
    try:
        found: Description = _border().model(Description).validate_json(body)
    except ValueError as error:
        raise _no_backup("description") from error
    if found.size != start:
        raise _no_backup("size")
    return found, body, signature


def ledger_of(found: Description) -> bytes:
    """The training CA's ledger. Raises Damaged."""
    try:
        return base64.b64decode(found.ledger, validate=True)
    except ValueError as error:
        raise _no_backup("ledger") from error


def take_out(path: Path, into: Path, found: Description, progress: BackupProgress) -> None:
    """Writes the database of a backup to a file of its own. Raises Damaged where it is not what was signed, Hindered
    where the backup cannot be read, OSError where the other file cannot be written."""
    digest, done = hashlib.sha256(), 0
    with into.open("xb") as out:
        for piece in _pieces(path, found.size):
            digest.update(piece)
            out.write(piece)
            done += len(piece)
            progress(done * 100 // found.size)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != found.sha256:
        raise _not_whole("sha256")


def _pieces(path: Path, length: int) -> Iterator[bytes]:
    with ExitStack() as opened:
        with place.told_in_words():
            file = opened.enter_context(path.open("rb"))
        while length:
            with place.told_in_words():
                piece = file.read(min(_STEP, length))
            if not piece:
                return
            yield piece
            length -= len(piece)


def read_back(path: Path, found: Description, key: bytes, sealer: Sealer, progress: BackupProgress) -> None:
    """Holds a copy against its description: its bytes, the whole journal and its seal, the rows of each table, every
    kept file against its digest. Raises Damaged, naming what does not hold."""
    if _digest(path, found.size) != found.sha256:
        raise _not_whole("sha256")
    progress(20)
    with copy_looked_at(path, key) as copy:
        execute = copy.execute_sql
        at_head = JournalHead(found.entries, bytes.fromhex(found.head))
        check = journal_reads.check(
            partial(journal_reads.entries, execute), partial(journal_reads.seal_holds, execute, sealer), at_head
        )
        if not check.whole or check.chain.count != found.entries:
            raise _not_whole("journal")
        progress(40)
        if row_counts(copy) != found.counts:
            raise _not_whole("counts")
        require_digests(copy, progress)


def require_digests(copy: SqlCipherDatabase, progress: BackupProgress) -> None:
    tables = set(copy.get_tables())
    for number, (holder, contents, reference) in enumerate(_DIGESTS, 1):
        if contents in tables:
            rows = copy.execute_sql(
                f'SELECT h."sha256", c."content" FROM "{contents}" c'  # noqa: S608 - names from the table above
                f' JOIN "{holder}" h ON h."id" = c."{reference}"'
            )
            for sha256, content in rows:
                if sha256 and hashlib.sha256(content).hexdigest() != sha256:
                    raise _not_whole(contents)
        progress(40 + 50 * number // len(_DIGESTS))
    _require_mails(copy, tables)
    progress(100)


def _require_mails(copy: SqlCipherDatabase, tables: set[str]) -> None:
    """A mail is held against its digest as it is put together."""
    if "mail_frame" not in tables:
        return
    for number, sha256 in copy.execute_sql(_MAILS).fetchall():
        try:
            whole = hashlib.sha256(document(copy.execute_sql, number)).hexdigest() == sha256
        except KeyError:  # an attachment is not there
            whole = False
        if not whole:
            raise _not_whole("mail_frame")


def row_counts(database: SqlCipherDatabase) -> tuple[RowCount, ...]:
    tables = set(database.get_tables())
    return tuple(
        RowCount(name, int(database.execute_sql(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]))  # noqa: S608 - our names
        for name in _COUNTED
        if name in tables
    )


def _digest(path: Path, length: int) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(path, length):
        digest.update(piece)
    return digest.hexdigest()


def _newer() -> Damaged:
    return Damaged(
        _("Cadangan ini dibuat oleh versi program yang lebih baru."),
        _("Pasang versi program yang terbaru."),
        code="backup.newer",
    )


def _no_backup(detail: str) -> Damaged:
    return Damaged(
        _("Berkas ini bukan cadangan LockDesk, atau terpotong."),
        _("Pilih berkas cadangan yang lain."),
        detail=detail,
        code="backup.none",
    )


def _not_whole(detail: str) -> Damaged:
    return Damaged(
        _("Cadangan tidak sama dengan yang dicatat saat dibuat."),
        _("Jangan pakai berkas ini. Pilih cadangan yang lain atau cadangkan lagi ke media lain."),
        detail=detail,
        code="backup.not_whole",
    )
