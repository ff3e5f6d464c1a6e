"""The program killed at every write and at every SMTP answer while it sends mail: nothing is lost, nothing sent twice.

`python -m tests.crash.mail_kills` is the template process that forks one program for each point.
"""

import os
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from lockdesk.core import messages
from lockdesk.core.cases import CaseState
from lockdesk.core.messages import MessageEvent, MessageState
from lockdesk.desk.post.outbox import Outbox
from lockdesk.desk.values.cases import Message
from lockdesk.desk.values.mail import MailAccount
from lockdesk.mail.post import MailPost
from tests.crash.killing import MOMENTS, Template, kill_at, serve
from tests.crash.mail_scene import CASE, EXPECTED, make_base, opened, settle, work
from tests.crash.scene import Broken, copied
from tests.servers.small_ca import SmallCa
from tests.servers.smtp import SmtpServer
from tests.servers.web import server_context

OFFERS = {"plain": ("STARTTLS", "AUTH PLAIN"), "login": ("STARTTLS", "AUTH LOGIN")}
"""The server's two sorts: signed in at once, and by question and answer."""


@dataclass(frozen=True)
class Kill:
    """Where the program dies: at its n-th write, or at the n-th answer of the server."""

    sort: str
    kind: str
    number: int
    moment: str

    def __str__(self) -> str:
        return f"{self.sort}: {self.moment} {self.kind} {self.number}"


@dataclass
class Tally:
    points: Counter[str] = field(default_factory=Counter)
    unsettled: int = 0
    broken: list[str] = field(default_factory=list)


def was_accepted(server: SmtpServer, mail_id: str) -> bool:
    return any(mail_id.encode() in message.content for message in server.accepted)


class _BookPost(MailPost):
    """The office's post; its mailbox holds what the server's own book says was accepted."""

    def __init__(self, account: MailAccount, secret: str, server: SmtpServer) -> None:
        super().__init__(account, secret)
        self._server = server

    def holds_copy(self, message_id: str) -> bool:
        return was_accepted(self._server, message_id)


class Stage:
    """The server, the template process, and the base profile that is copied for every point."""

    def __init__(self, folder: Path, sort: str, broken: bool) -> None:
        self._folder, self._broken = folder, broken
        ca = SmallCa("CA kantor")
        self.server = SmtpServer(server_context(ca), offers=OFFERS[sort], told=self._told)
        self._template = Template.start(module="tests.crash.mail_kills")
        self._pid, self._at, self._answers = 0, (0, ""), 0
        make_base(folder / "base", self.server.port, ca)

    def close(self) -> None:
        self._template.close()
        self.server.stop()

    def _told(self, _command: str, moment: str) -> None:
        self._answers += moment == "before"
        if self._pid and (self._answers, moment) == self._at:
            os.kill(self._pid, signal.SIGKILL)

    def run(self, kill: Kill) -> bool:
        """The program's day until it is killed; whether it was."""
        self.server.accepted.clear()
        self._answers = 0
        self._at = (kill.number, kill.moment) if kill.kind == "answer" else (0, "")
        write = kill.number if kill.kind == "write" else 0
        folder = copied(self._folder / "base", self._folder / "run")
        try:
            return self._template.run(
                folder, write=write, moment=kill.moment, broken=self._broken, started=self._started
            )
        finally:
            self._pid = 0

    def _started(self, pid: int) -> None:
        self._pid = pid

    def count(self) -> tuple[int, int]:
        """Writes and answers of a day on which nobody is killed."""
        assert not self.run(Kill("", "", 0, ""))
        with opened(self._folder / "base") as before:
            head = before.casebook.head().count
        with opened(self._folder / "run") as after:
            return after.casebook.head().count - head, self._answers

    def require_whole(self) -> int:
        """The next start ends the day. How many messages only the officer could settle; raises Broken."""
        with opened(self._folder / "run", self._post) as desk:
            work(desk)
            self._require_once(at_least=0)
            left = settle(desk, self._was_accepted)
            work(desk)
            self._require_once(at_least=1)
            case = desk.reading.case(CASE)
            open_ones = desk.casebook.outbox_counts()
            if case.state is not CaseState.COMPLETED or open_ones or not desk.casebook.verify_journal().whole:
                raise Broken(f"the case is {case.state}, in the outbox: {dict(open_ones)}")
        return left

    def _post(self, account: MailAccount, secret: str) -> MailPost:
        return _BookPost(account, secret, self.server)

    def _was_accepted(self, mail_id: str) -> bool:
        return was_accepted(self.server, mail_id)

    def _require_once(self, at_least: int) -> None:
        for address, wanted in EXPECTED.items():
            subjects = [
                str(message_from_bytes(raw, policy=policy.default)["Subject"]) for raw in self.server.to(address)
            ]
            for words in wanted:
                times = sum(words in subject for subject in subjects)
                if not at_least <= times <= 1:
                    raise Broken(f"“{words}” reached {address} {times} times")
            if len(subjects) > len(wanted):
                raise Broken(f"{address} got {len(subjects)} messages")


def points(sort: str, writes: int, answers: int) -> Iterator[Kill]:
    for number in range(1, writes + 1):
        yield from (Kill(sort, "write", number, moment) for moment in MOMENTS)
    for number in range(1, answers + 1):
        yield from (Kill(sort, "answer", number, moment) for moment in ("before", "after"))


def onslaught(
    tell: Callable[[str], None], wanted: Callable[[int, Kill], bool] = lambda _place, _kill: True, broken: bool = False
) -> Tally:
    """All points that are wanted, by their place among those of a server's sort."""
    tally = Tally()
    for sort in OFFERS:
        with tempfile.TemporaryDirectory() as name:
            stage = Stage(Path(name), sort, broken)
            try:
                for kill in [kill for place, kill in enumerate(points(sort, *stage.count())) if wanted(place, kill)]:
                    _try(stage, kill, tally)
                    if sum(tally.points.values()) % 50 == 0:
                        tell(f"{sum(tally.points.values())} points")
            finally:
                stage.close()
    return tally


def _try(stage: Stage, kill: Kill, tally: Tally) -> None:
    if not stage.run(kill):
        return  # the day was over before: nothing was tried
    tally.points[kill.kind] += 1
    try:
        tally.unsettled += stage.require_whole()
    except (Broken, AssertionError) as error:
        tally.broken.append(f"{kill}: {error}")


def forget_handing() -> None:
    """The variant that stores nothing before the end of a message is sent: it must be found out."""
    messages.TRANSITIONS[MessageState.SENDING, MessageEvent.ACCEPTED] = MessageState.SENT
    move = Outbox._move

    def moving(
        outbox: Outbox, message: Message, event: MessageEvent, words: str = "", next_at: datetime | None = None
    ) -> None:
        if event is not MessageEvent.HANDED:
            move(outbox, message, event, words, next_at)

    Outbox._move = moving  # type: ignore[method-assign,assignment]


def _day(order: dict[str, Any]) -> None:
    if order["broken"]:
        forget_handing()
    if order["write"]:
        kill_at(order["write"], order["moment"])
    with opened(Path(order["folder"])) as desk:
        work(desk)


if __name__ == "__main__":
    serve(_day)
