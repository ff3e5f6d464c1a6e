"""The chained journal: canonical bytes, hashes, and the check of a whole chain.

Each entry's hash covers the hash before it, so a changed, removed or inserted entry breaks the chain.
An entry holds no personal text, only HMAC tags made under a key per person (destroying that key makes
the tags meaningless while the chain stays whole). What officers write (`Words`) lies beside the chain too, each
text under a random key of its own: it can be read and checked until it is destroyed, and then not even guessed.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from json.encoder import encode_basestring as _quoted
from types import MappingProxyType
from typing import NamedTuple

from lockdesk.records import dataclass

GENESIS = b"\0" * 32
_DOMAIN = b"lockdesk journal 1\n"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TEXTS = b',"texts":{'
Fact = str | int | bool
DISPOSED, DISPOSED_TEXTS = "disposal.done", "texts"
"""The kind that says what was destroyed, and the fact with the numbers of the entries whose texts went with it."""
LOOKING = frozenset({"case.viewed"})
"""Kinds of entries that record that something was looked at and nothing done."""


class Words(str):
    """What a person wrote. Among the facts of a note: it is kept beside the chain, and destroyed with the data of whom
    it was written about."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class JournalNote:
    """What is to be recorded. `facts` are public, those that are `Words` for as long as the data is kept; `personal` is
    stored as HMAC tags only."""

    kind: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)

    @property
    def chained(self) -> dict[str, Fact]:
        """The facts that stand in the entry itself."""
        return {name: fact for name, fact in self.facts.items() if not isinstance(fact, Words)}

    @property
    def written(self) -> dict[str, Words]:
        """The facts that are kept beside it."""
        return {name: fact for name, fact in self.facts.items() if isinstance(fact, Words)}


def short_head(digest: str) -> str:
    """The first 16 hex digits of a journal hash in groups of four, as printed."""
    return " ".join(digest[place : place + 4] for place in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class JournalHead:
    """How many entries there are and the hash of the last one."""

    count: int
    digest: bytes

    @property
    def short(self) -> str:
        """The first 16 hex digits in groups of four, as printed."""
        return short_head(self.digest.hex())

    def sealed_bytes(self) -> bytes:
        """What the seal signs."""
        return _DOMAIN + self.count.to_bytes(8, "big") + self.digest


def canonical_body(sequence: int, at: datetime, actor: str, subject: str, note: JournalNote,
                   tags: Mapping[str, str], texts: Mapping[str, str] = MappingProxyType({})) -> bytes:  # fmt: skip
    """The bytes an entry's digest covers: sorted keys, no white space, UTF-8. `texts`: the tags of what is kept beside
    it, where there is any."""
    value: dict[str, object] = {
        "sequence": sequence,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor,
        "subject": subject,
        "kind": note.kind,
        "facts": note.chained,
        "tags": dict(tags),
    }
    if texts:
        value["texts"] = dict(texts)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def chain(previous: bytes, body: bytes) -> bytes:
    """SHA-256 over the previous digest and the body."""
    return hashlib.sha256(_DOMAIN + previous + body).digest()


def personal_tag(person_key: bytes, name: str, text: str) -> str:
    """The HMAC tag that stands in the journal for a text, under the key of the person, or of the text itself."""
    return hmac.new(person_key, f"{name}\n{text}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class ChainReport:
    """The result of walking the chain. `broken_at` is the first bad sequence number, None if whole; `missing`: entries
    whose texts are gone, and no disposal that was walked says so."""

    count: int
    digest: bytes
    broken_at: int | None = None
    missing: frozenset[int] = frozenset()

    def ended(self) -> "ChainReport":
        """At the journal's end nothing may be missing any more."""
        if self.broken_at is not None or not self.missing:
            return self
        return replace(self, broken_at=min(self.missing))

    @property
    def whole(self) -> bool:
        return self.broken_at is None


class Entry(NamedTuple):
    """An entry as it is stored, unchanged: the columns it is found and shown by, the chained bytes that hold the same,
    and the texts beside it, each with its key. A tuple, because a walk makes millions of them."""

    sequence: int
    at: int
    """Microseconds since 1970 UTC."""
    actor: str
    kind: str
    subject: str
    body: bytes
    digest: bytes
    texts: Mapping[str, tuple[bytes, str]] = MappingProxyType({})


def walk_chain(entries: Iterable[Entry], before: "ChainReport | None" = None) -> ChainReport:
    """Checks entries from the first one on, or from where `before` ended: the chain, and that every column says
    what the chained bytes do."""
    digest, count = (GENESIS, 0) if before is None else (before.digest, before.count)
    missing = set[int]() if before is None else set(before.missing)
    for entry in entries:
        digest = chain(digest, entry.body)
        if entry.sequence != count + 1 or digest != entry.digest or not _says_the_same(entry, missing):
            return ChainReport(count, digest, broken_at=count + 1)
        count = entry.sequence
    return ChainReport(count, digest, missing=frozenset(missing))


def _says_the_same(entry: Entry, missing: set[int]) -> bool:
    """Whether columns and texts are those of the chained bytes; notes which texts are gone, and which may be."""
    try:
        return _is_written_so(entry) or _is_read_so(entry, missing)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return False


def _is_written_so(entry: Entry) -> bool:
    """Whether the chained bytes are what `canonical_body` makes of the columns; several times quicker than to parse
    them. False says nothing: there are texts, or there is something to be noted. A fact or a tag is no object, and
    within a string every quotation mark is escaped, so that no fact reads like the columns or hides texts."""
    sequence, at, actor, kind, subject, body, _digest, texts = entry
    if texts or kind == DISPOSED:
        return False
    columns = f',"kind":{_quoted(kind)},"sequence":{sequence},"subject":{_quoted(subject)},"tags":{{'.encode()
    place = body.rfind(columns)
    return (
        place > 0
        and body.startswith(f'{{"actor":{_quoted(actor)},"at":"{_moment(at)}","facts":{{'.encode())
        and body.find(_TEXTS, place) < 0
    )


def _moment(at: int) -> str:
    """As `canonical_body` writes it."""
    minutes, within = divmod(at, 60_000_000)
    return f"{_minute(minutes)}{within // 1_000_000:02}.{within % 1_000_000:06}+00:00"


@lru_cache(256)
def _minute(minutes: int) -> str:
    return (_EPOCH + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:")


def _is_read_so(entry: Entry, missing: set[int]) -> bool:
    """The same of any entry."""
    value = json.loads(entry.body)
    at = datetime.fromisoformat(value["at"])
    told = value["sequence"], value["actor"], value["kind"], value["subject"]
    tags = dict(value.get("texts", {}))
    if value["kind"] == DISPOSED:
        missing -= {int(number) for number in str(value["facts"].get(DISPOSED_TEXTS, "")).split()}
    if not entry.texts.keys() >= tags.keys():
        missing.add(entry.sequence)
    same = all(personal_tag(key, name, text) == tags.get(name) for name, (key, text) in entry.texts.items())
    beside = entry.sequence, entry.actor, entry.kind, entry.subject
    return same and at == _EPOCH + timedelta(microseconds=entry.at) and told == beside
