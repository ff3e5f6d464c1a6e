"""Answers of a child that was taken over: frames that no child of ours would send, read by the parent and the desk.

Real answers of real documents are spoilt: bytes, lengths, members, and values that are well-formed and lie. The
same seed number makes the same answers.
"""

import json
import random
import struct
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from lockdesk.desk.checks.all import run_checks
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.intake import without_bytes
from lockdesk.desk.values.facts import Attachment, AttachmentKind, RequestFacts, StatementProblem
from lockdesk.errors import LockdeskError
from lockdesk.reader.cage.jobs import Order, Ready
from lockdesk.reader.cage.wire import Frame, frame, read_frame, unpack
from lockdesk.reader.sealed import SealedReader
from lockdesk.store.codec import decode, encode
from tests.helpers.desk.evidence_material import evidence
from tests.helpers.papers.letter_layouts import draw
from tests.helpers.papers.samples import sample
from tests.hostile.pulse import STALL_SECONDS, Pulse, stall_of

JOBS = ("open", "statement", "lines", "render", "scan", "scanned", "signatures", "certificates", "probe", "sheet")
_HEAD = struct.Struct(">cIH")


class Puppet:
    """A line to a child that says what it was told to say, whatever it is asked."""

    def __init__(self, answer: Callable[[Order], bytes]) -> None:
        self._answer = answer
        self._asked = bytearray()
        self._said = bytearray(b"".join(frame(Ready(True))))

    def write(self, content: bytes) -> None:
        self._asked += content

    def read(self, count: int) -> bytes:
        if self._asked:
            self._said += self._answer(order_in(bytes(self._asked)))
            self._asked.clear()
        if len(self._said) < count:
            raise EOFError
        piece = bytes(self._said[:count])
        del self._said[:count]
        return piece

    def extend(self, seconds: float) -> None:
        pass

    def pixels(self, count: int) -> bytes:
        return bytes(count)

    def close(self) -> None:
        pass


class Puppets:
    """Makes puppets of one mind."""

    def __init__(self, answer: Callable[[Order], bytes]) -> None:
        self._answer = answer

    def take(self, canvas: bool = False, need: bytes = b"x") -> Puppet:
        return Puppet(self._answer)

    def warm(self) -> None:
        pass

    def restart(self, hangs: bool) -> None:
        pass

    def close(self) -> None:
        pass


def order_in(asked: bytes) -> Order:
    left = bytearray(asked)

    def read(count: int) -> bytes:
        piece = bytes(left[:count])
        del left[:count]
        return piece

    return unpack(Order, read_frame(read))


@cache
def genuine() -> dict[str, bytes]:
    """What honest children answer to each job, as it goes over the pipe."""
    from lockdesk.reader.cage import jobs

    jobs.prepare(b"s")
    letter, mail = draw("two_pages"), sample("01")
    scanned = draw("colons")
    page = jobs.run(Order("scan"), letter)
    orders = {
        "open": (Order("open", "surat.eml", as_mail=True), mail),
        "statement": (Order("statement"), letter),
        "lines": (Order("lines"), letter),
        "scan": (Order("scan"), letter),
        "scanned": (Order("scanned", pages=(page,), whole=True), b""),
        "certificates": (Order("certificates"), mail),
    }
    found = {job: b"".join(frame(jobs.run(order, content))) for job, (order, content) in orders.items()}
    signed = replace(jobs.run(Order("statement"), letter), signature_fields=1)  # so that its signatures are asked for
    found["statement"] = b"".join(frame(signed))
    rendered = replace(jobs.run(Order("render", width=300), scanned), pixels=b"")
    found["render"] = b"".join(frame(rendered))
    found["signatures"] = b"".join(frame(()))
    found["sheet"] = b"".join(frame(jobs.run(Order("sheet"), b"Nama;NIP\nContoh Baru;199001012015011001\n")))
    found["probe"] = b"".join(frame((("read_file", "EPERM"),)))
    return found


POISONS: tuple[Any, ...] = (
    None, True, -1, 0, 1 << 31, 1 << 63, 10**400, 1.5, -0.0, float("nan"), float("inf"), "", "\ud800", "a\udfff",
    "\x00", "\u202e", "9" * 5000, "x" * 250_000, "2026-11-23T00:41:00", "9999-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00+14:00", "ZZ" * 32, [], {}, [[]], {"blob": 0}, [None] * 600, ["x"] * 600, "{}", "private_key",
)  # fmt: skip


def poisoned(count: int, seed: int = 1) -> Iterator[tuple[str, str, bytes]]:
    """`count` answers: the job whose answer it is, the way it was spoilt, the bytes."""
    dice = random.Random(seed)
    for number in range(count):
        job = JOBS[number % len(JOBS)]
        way = dice.choice(tuple(WAYS))
        yield job, way, WAYS[way](genuine()[job], dice)


def _parts(answer: bytes) -> Frame:
    left = bytearray(answer)

    def read(count: int) -> bytes:
        piece = bytes(left[:count])
        del left[:count]
        return piece

    return read_frame(read)


def _packed(text: bytes, blobs: tuple[bytes, ...] = (), tag: bytes = b"v") -> bytes:
    sizes = b"".join(struct.pack(">I", len(blob)) for blob in blobs)
    return _HEAD.pack(tag, len(text), len(blobs)) + sizes + text + b"".join(blobs)


def _flipped(answer: bytes, dice: random.Random) -> bytes:
    spoilt = bytearray(answer)
    for _turn in range(dice.randint(1, 30)):
        spoilt[dice.randrange(min(len(spoilt), 4000))] = dice.randrange(256)
    return bytes(spoilt)


def _cut(answer: bytes, dice: random.Random) -> bytes:
    return answer[: dice.randrange(len(answer))]


def _boasting(answer: bytes, dice: random.Random) -> bytes:
    """Lengths that nothing follows, or that would fill the memory."""
    length = dice.choice((0, 1, 0xFFFF, 1 << 24, 0xFFFFFFFF))
    count = dice.choice((0, 1, 512, 0xFFFF))
    return _HEAD.pack(b"v", length, count) + b"\xff" * dice.choice((0, 8, 4096)) + answer


def _nodes(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value: the container and the key or index in it."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        current = waiting.pop()
        places = list(current.items()) if isinstance(current, dict) else list(enumerate(current))
        found += [(current, key) for key, _inner in places]
        waiting += [inner for _key, inner in places if isinstance(inner, dict | list)]
    return found


def _one_member(answer: bytes, dice: random.Random) -> bytes:
    parts = _parts(answer)
    value = json.loads(parts.text)
    places = _nodes(value) if isinstance(value, dict | list) else []
    poison = dice.choice(POISONS)
    if not places:
        value = poison
    for _turn in range(dice.randint(1, 3)):
        if places:
            inside, key = dice.choice(places)
            inside[key] = poison
    return _packed(json.dumps(value).encode(), parts.blobs)


def _more_or_less(answer: bytes, dice: random.Random) -> bytes:
    """Members left out, doubled or made up, lists grown."""
    parts = _parts(answer)
    value = json.loads(parts.text)
    for inside, key in dice.sample(_nodes(value), min(3, len(_nodes(value)))) if isinstance(value, dict | list) else []:
        if isinstance(inside, list):
            inside.extend(inside[:2000])
        elif dice.random() < 0.5:
            inside.pop(key, None)
        else:
            inside[f"{key}_"] = dice.choice(POISONS)
    return _packed(json.dumps(value).encode(), parts.blobs)


def _crossed(answer: bytes, dice: random.Random) -> bytes:
    """Another job's answer."""
    return genuine()[dice.choice(JOBS)]


def _blobs(answer: bytes, dice: random.Random) -> bytes:
    parts = _parts(answer)
    blobs = [dice.randbytes(dice.choice((0, 1, 5000))) for _blob in range(dice.choice((0, 1, 3, 512)))]
    return _packed(parts.text, tuple(blobs))


def _swelling(answer: bytes, dice: random.Random) -> bytes:
    """What takes a parser long: a great many values, depths, escapes, members, words that there are too many of."""
    size = dice.choice((20_000, 200_000, 2_000_000))
    word = '{"page":0,"text":"x","left":0,"top":0,"right":0,"bottom":0}'
    texts = (
        lambda: b"[" + b'{"":[]},' * (size // 8) + b"{}]",
        lambda: b"[" * size,
        lambda: b'{"":' * (size // 4),
        lambda: b"{" + b'"":0,' * (size // 5) + b'"":0}',
        lambda: b"[" + b"0," * (size // 2) + b"0]",
        lambda: b'"' + b"\\u00e9" * (size // 6) + b'"',
        lambda: b"[" + b"0.12345678901234567890," * (size // 23) + b"1]",
        lambda: b'[{"page":0,"words":[' + b",".join([word.encode()] * (size // len(word))) + b"]}]",
        lambda: b" " * size + b"[]",
    )
    return _packed(dice.choice(texts)(), dice.choice(((), (b"",))))


def _lying(answer: bytes, dice: random.Random) -> bytes:
    """Well-formed and of the agreed types, and not so: numbers, texts and kinds within their bounds."""
    parts = _parts(answer)
    value = json.loads(parts.text)
    for inside, key in _nodes(value) if isinstance(value, dict | list) else []:
        old = inside[key]
        if dice.random() > 0.2 or isinstance(old, dict | list | bool):
            continue
        if isinstance(old, str) and key not in ("kind", "problem", "source", "date"):
            inside[key] = dice.choice(("", "a" * 64, "\U0001f600", "\ufdfa" * 100, "3375990101900001", "<b>{}</b>%s"))
        elif isinstance(old, float):
            inside[key] = dice.random()
        elif isinstance(old, int):
            inside[key] = dice.choice((0, 1, 7, 99_999))
    return _packed(json.dumps(value).encode(), parts.blobs)


def _failing(answer: bytes, dice: random.Random) -> bytes:
    text = json.dumps(dice.choice(("MemoryError", "x" * 3000, "\ud800", 5, None, ["ValueError"])))
    return _packed(text.encode(), tag=dice.choice((b"f", b"f", b"x", b"\0")))


WAYS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "flipped": _flipped,
    "cut": _cut,
    "boasting": _boasting,
    "one member": _one_member,
    "more or less": _more_or_less,
    "crossed": _crossed,
    "blobs": _blobs,
    "swelling": _swelling,
    "lying": _lying,
    "failing": _failing,
}


@dataclass
class PoisonBooks:
    """What became of the answers. `escaped`: exceptions that are none of ours."""

    answers: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    escaped: list[str] = field(default_factory=list)
    stalls: list[str] = field(default_factory=list)
    longest: float = 0.0
    slowest: float = 0.0

    @property
    def holds(self) -> bool:
        return not self.escaped and not self.stalls

    def words(self) -> str:
        return "\n".join(
            [
                f"poisoned answers {self.answers}, exceptions in the caller {len(self.escaped)}",
                f"longest stall {self.longest * 1000:.0f} ms of {STALL_SECONDS * 1000:.0f}",
                f"slowest {self.slowest:.2f} s",
                *(f"  {name}: {count}" for name, count in sorted(self.outcomes.items())),
                *self.escaped[:20],
                *self.stalls[:20],
            ]
        )


def poison(count: int, seed: int = 1) -> PoisonBooks:
    """Every answer is read by the parent, checked by the desk, written as a row and read back."""
    books = PoisonBooks()
    genuine()
    with Pulse() as pulse:
        for number, (job, way, answer) in enumerate(poisoned(count, seed)):
            started = time.perf_counter()
            outcome: list[str] = []

            def work(job: str = job, answer: bytes = answer, outcome: list[str] = outcome) -> None:
                outcome.append(_met(job, answer))

            try:
                stall = stall_of(pulse, work)
            except Exception as error:
                books.escaped.append(f"{number} {job}, {way}: {type(error).__name__}: {error}"[:300])
                continue
            books.answers += 1
            books.outcomes[f"{way}: {outcome[0]}"] += 1
            books.longest = max(books.longest, stall)
            books.slowest = max(books.slowest, time.perf_counter() - started)
            if stall > STALL_SECONDS:
                books.stalls.append(f"{number} {job}, {way}: {stall * 1000:.0f} ms")
    return books


def _met(job: str, answer: bytes) -> str:
    """What the desk comes to when a child gives this answer to that job; everything else is answered honestly."""
    reader = SealedReader()
    reader._children = Puppets(lambda order: answer if order.job == job else genuine()[order.job])
    letter = NamedBytes("surat.pdf", b"%PDF-1.7 x")
    try:
        if job in ("open", "statement", "signatures"):
            files = [NamedBytes("surat.eml", b"From: a@b.id\n\nx")] if job == "open" else [letter]
            return _judged(reader.read_request(files))
        if job in ("scan", "scanned"):
            read = reader.read_scan(letter.content)
            return _judged(RequestFacts(None, read, evidence().facts.csr, _file(letter)))
        answers: dict[str, Callable[[], object]] = {
            "lines": lambda: sum(line.top for line in reader.lines(letter.content)),
            "render": lambda: reader.render(letter.content, 0, 300),
            "certificates": lambda: reader.read_certificates([letter]),
            "sheet": lambda: reader.read_sheet(letter.content).tables,
            "probe": lambda: reader.cage()["walls"],
        }
        return "read" if answers[job]() else "nothing"
    except LockdeskError as error:
        return error.code


def _file(named: NamedBytes) -> Attachment:
    return Attachment(named.name, AttachmentKind.PDF, len(named.content), "", named.content)


def _judged(facts: RequestFacts) -> str:
    findings = run_checks(
        evidence(mail=facts.mail, statement=facts.statement, csr_reading=facts.csr,
                 statement_file=facts.statement_file, csr_file=facts.csr_file, others=facts.others)
    )  # fmt: skip
    assert findings
    kept = without_bytes(facts)
    assert decode(RequestFacts, encode(RequestFacts, kept)) == kept
    if facts.mail is not None and facts.mail.defects == ("damaged",):
        return "refused"
    return "refused" if facts.statement.problem is StatementProblem.DAMAGED else "read"
