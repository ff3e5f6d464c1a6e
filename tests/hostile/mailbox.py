"""A mailbox full of other people's mail and of attacks, renumbered meanwhile: what was read, refused, taken twice."""

import hashlib
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.tray import MailState
from lockdesk.errors import LockdeskError
from tests.helpers.desk.office import MONDAY, SetClock
from tests.helpers.desk.portal_office import portal_office, serving_ca
from tests.helpers.desk.steps import count
from tests.helpers.mail.posting import use_account
from tests.helpers.papers.arrivals import mail
from tests.helpers.papers.samples import sample
from tests.hostile.hands import Hands, at_desk
from tests.hostile.mutants import files, in_mail
from tests.hostile.pulse import Pulse
from tests.servers.mail_house import MailHouse
from tests.servers.small_ca import SmallCa

_SAMPLES = ("01", "02", "05", "09", "12")
Taken = Callable[[Desk], AbstractContextManager[Hands]]
_MESSAGE_ID = re.compile(rb"(?im)^Message-ID:.*\r?\n")


@dataclass
class Deluge:
    """What happened. `escaped` are exceptions that reached the caller, `twice` mails that were met or taken again."""

    messages: int = 0
    met: int = 0
    unexplained: int = 0
    """Mails in the tray that say neither what they seem to be nor why."""
    seems: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    escaped: list[str] = field(default_factory=list)
    twice: int = 0
    lost: int = 0
    read: int = 0
    """Mails that somebody would find marked as read."""
    unlisted: int = 0
    """How often the list that the officer sees was not what waits."""
    stall: float = 0.0
    window_stall: float = 0.0
    seconds: float = 0.0

    @property
    def holds(self) -> bool:
        faults = (self.unexplained, self.escaped, self.twice, self.lost, self.read, self.unlisted)
        return self.met == self.messages and not any(faults)

    def words(self) -> str:
        return "\n".join(
            (
                f"messages {self.messages}, met {self.met}, lost {self.lost}, twice {self.twice}, "
                f"without a reason {self.unexplained}, marked as read {self.read}, lists not right {self.unlisted}",
                f"accepted {self.accepted}, refused {sum(self.refused.values())}: {dict(self.refused)}",
                f"seem to be {dict(sorted(self.seems.items()))}",
                f"exceptions in the caller {len(self.escaped)}; {self.seconds:.0f} s, "
                f"longest stall of the interpreter {self.stall * 1000:.0f} ms, "
                f"of the window while mail came in {self.window_stall * 1000:.0f} ms",
                *self.escaped[:20],
            )
        )


def ordinary() -> Iterator[bytes]:
    """Two of three are none of the desk's business."""
    for number, name in enumerate(cycle(_SAMPLES)):
        named = f"<{number}@contoh.pekalongankota.go.id>"
        if number % 3:
            text = f"Undangan rapat koordinasi nomor {number}."
            yield mail([], text, From="Agenda <agenda@contoh.go.id>", Subject="Undangan", Message_ID=named).content
        else:
            yield f"Message-ID: {named}\r\n".encode() + _MESSAGE_ID.sub(b"", sample(name), count=1)


def hostile(wanted: int, seed: int) -> Iterator[bytes]:
    for item in files(wanted, seed):
        yield item.content if item.family == "mail" else in_mail(item.content, item.family)


def deluge(folder: Path, messages: int, attacks: int, seed: int = 1, hands: Taken = at_desk) -> Deluge:
    """Half of it comes, the mailbox is renumbered, the rest comes; all that waits is accepted, and it is renumbered
    once more. `hands`: by whom it is worked on."""
    books, ca = Deluge(messages), SmallCa("CA kantor")
    mails = [*hostile(attacks, seed), *islice(ordinary(), messages - attacks)]
    mails.sort(key=hash_of)
    house = MailHouse(ca)
    started = time.perf_counter()
    try:
        with (
            serving_ca(folder / "ca") as authority,
            portal_office(folder / "kerja", authority, SetClock(MONDAY + timedelta(hours=3))) as office,
            Pulse() as pulse,
        ):
            use_account(office.desk, house.smtp_port, ca, house.imap_port)
            with hands(office.desk) as taken:
                pulse.take()
                _work(office.desk, taken, house, mails, books)
                books.stall, books.window_stall = pulse.take(), taken.stall
            # not before the window is closed: its last look may still be on its way
            _count(office.desk, house, books)
    finally:
        house.close()
    books.seconds = time.perf_counter() - started
    return books


def hash_of(raw: bytes) -> bytes:
    """An order in which attacks and ordinary mail are mixed, the same each time."""
    return hashlib.sha256(raw).digest()


def _work(desk: Desk, hands: Hands, house: MailHouse, mails: list[bytes], books: Deluge) -> None:
    for part in (mails[: books.messages // 2], mails[books.messages // 2 :]):
        for raw in part:
            house.deliver(raw, MONDAY)
        look(desk, hands, books)
        house.renumber()
    look(desk, hands, books)
    _judge(desk, books)
    _accept(desk, hands, books)
    look(desk, hands, books)  # what could not be moved at once is moved now, not while the server goes down
    house.renumber()
    look(desk, hands, books)


def look(desk: Desk, hands: Hands, books: Deluge) -> None:
    try:
        hands.look()
    except Exception as error:  # whatever gets this far stops a mailbox for good
        books.escaped.append(f"look: {type(error).__name__}: {error}"[:200])
    books.unlisted += hands.listed() != [item.id for item in desk.tray.page(MailState.WAITING.value, None, 0).rows]


def _judge(desk: Desk, books: Deluge) -> None:
    books.met = len(desk.casebook.known_mail())
    shown = desk.tray.mails()
    books.seems = Counter(item.match.seems.value for item in shown)
    books.unexplained = sum(not item.match.reasons for item in shown)


def _accept(desk: Desk, hands: Hands, books: Deluge) -> None:
    for item in desk.tray.page(MailState.WAITING.value, None, 0).rows:
        before = count(desk)
        try:
            received = hands.accept(item)
            books.accepted += 1
            books.twice += count(desk) - before != sum(not one.known for one in received)
        except LockdeskError as error:
            books.refused[error.code] += 1
            books.unexplained += not (error.message and error.remedy)
        except Exception as error:  # a bug
            books.escaped.append(f"accept {item.subject[:40]}: {type(error).__name__}: {error}"[:200])


def _count(desk: Desk, house: MailHouse, books: Deluge) -> None:
    left, moved = house.mailbox("lock"), house.accepted()
    books.lost = books.messages - len(left) - len(moved)
    books.read = len(left) - house.unread("lock")
    again = desk.tray.page(MailState.WAITING.value, None, 0).rows
    books.twice += max(0, len(again) - sum(books.refused.values())) + max(0, len(moved) - len(set(moved)))
