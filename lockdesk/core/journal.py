"""The chained journal: canonical bytes, hashes, and the check of a whole chain.

Each entry's hash covers the hash before it, so a changed, removed or inserted entry breaks the chain.
An entry holds no personal text, only HMAC tags made under a key per person (destroying that key makes
the tags meaningless while the chain stays whole).
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

GENESIS = b"\0" * 32
_DOMAIN = b"lockdesk journal 1\n"
Fact = str | int | bool
LOOKING = frozenset({"case.viewed"})
"""Kinds of entries that record that something was looked at and nothing done."""


@dataclass(frozen=True, slots=True)
class JournalNote:
    """What is to be recorded. `facts` are public; `personal` is stored as HMAC tags only."""

    kind: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)


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
                   tags: Mapping[str, str]) -> bytes:  # fmt: skip
    """The bytes an entry's digest covers: sorted keys, no white space, UTF-8."""
    value = {
        "sequence": sequence,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor,
        "subject": subject,
        "kind": note.kind,
        "facts": dict(note.facts),
        "tags": dict(tags),
    }
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def chain(previous: bytes, body: bytes) -> bytes:
    """SHA-256 over the previous digest and the body."""
    return hashlib.sha256(_DOMAIN + previous + body).digest()


def personal_tag(person_key: bytes, name: str, text: str) -> str:
    """The HMAC tag that stands in the journal for a personal text."""
    return hmac.new(person_key, f"{name}\n{text}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class ChainReport:
    """The result of walking the chain. `broken_at` is the first bad sequence number, None if whole."""

    count: int
    digest: bytes
    broken_at: int | None = None

    @property
    def whole(self) -> bool:
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is stored: the columns it is found and shown by, and the chained bytes that hold the same."""

    sequence: int
    at: datetime
    actor: str
    kind: str
    subject: str
    body: bytes
    digest: bytes


def walk_chain(entries: Iterable[Entry], before: "ChainReport | None" = None) -> ChainReport:
    """Checks entries from the first one on, or from where `before` ended: the chain, and that every column says
    what the chained bytes do."""
    digest, count = (GENESIS, 0) if before is None else (before.digest, before.count)
    for entry in entries:
        digest = chain(digest, entry.body)
        if entry.sequence != count + 1 or digest != entry.digest or not _says_the_same(entry):
            return ChainReport(count, digest, broken_at=count + 1)
        count = entry.sequence
    return ChainReport(count, digest)


def _says_the_same(entry: Entry) -> bool:
    try:
        value = json.loads(entry.body)
        at = datetime.fromisoformat(value["at"])
        told = value["sequence"], value["actor"], value["kind"], value["subject"]
    except (ValueError, KeyError, TypeError):
        return False
    return at == entry.at and told == (entry.sequence, entry.actor, entry.kind, entry.subject)
