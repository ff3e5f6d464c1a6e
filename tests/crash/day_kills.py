"""The program killed while a request goes from the office's mailbox to its end: one case, one certificate, and each
message with the applicant once.

`python -m tests.crash.day_kills SETTINGS` is the template process that forks one program for each point.
"""

import itertools
import pickle
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from lockdesk.core.cases import CaseState
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import CaseFilter
from lockdesk.desk.values.tray import MailState
from lockdesk.errors import LockdeskError
from lockdesk.mail.incoming import Incoming
from lockdesk.mail.post import MailPost
from lockdesk.store.casebook import SqlCasebook
from tests.crash.day_scene import EXPECTED, NAMED, Applicant, make_base, opened, received, work
from tests.crash.killing import MOMENTS, Template, kill_at, kill_at_call, serve
from tests.crash.scene import Broken, Ca, copied
from tests.helpers.patience import PATIENT, until
from tests.servers.mail_house import MailHouse
from tests.servers.small_ca import SmallCa

CALLS: dict[str, tuple[type, str]] = {
    "known": (SqlCasebook, "keep_mail"),
    "move": (Incoming, "move"),
    "send": (MailPost, "send"),
}
"""What is killed at besides every journal write: what is known of mail, its move, a message's handing over."""


@dataclass(frozen=True)
class Kill:
    """Where the program dies: at its n-th call of a kind."""

    kind: str
    number: int
    moment: str

    def __str__(self) -> str:
        return f"{self.moment} {self.kind} {self.number}"


class Stage:
    """The servers, the applicant, the template process, and the base profile that is copied for every point."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        trusted = SmallCa("CA kantor")
        with ExitStack() as stack:
            self.house = MailHouse(trusted, (NAMED,))
            stack.callback(self.house.close)
            self.ca = Ca.start()
            stack.callback(self.ca.server.stop)
            self._settings = self.ca.server.settings()
            self._request = make_base(folder / "base", self.house, trusted, self.ca, self._settings)
            (folder / "settings").write_bytes(pickle.dumps(self._settings))
            self._template = Template.start(folder / "settings", module="tests.crash.day_kills")
            stack.callback(self._template.close)
            self.close = stack.pop_all().close

    def run(self, kill: Kill) -> bool:
        """The day until the program is killed, and the next start, which ends it; whether it was killed. Raises
        Broken."""
        self.house.empty()
        self.ca.forget(approval=False)
        self.house.deliver(self._request)
        folder = copied(self._folder / "base", self._folder / "run")
        with Applicant(self.house, self.ca.csr):
            killed = self._template.run(folder, write=kill.number, moment=kill.moment, kind=kill.kind)
            with opened(folder, self._settings) as desk:
                desk.operations.reconcile()
                work(desk, self.house.took, patience())
                self._require_whole(desk)
        return killed

    def _require_whole(self, desk: Desk) -> None:
        rows = desk.reading.page(CaseFilter.ALL, None, 9).rows
        if [row.state for row in rows] != [CaseState.COMPLETED]:
            raise Broken(f"cases: {[str(row.state) for row in rows]}")
        case = desk.reading.case(rows[0].id)
        kept = sum(item.role == "mail" for item in case.documents)
        waiting = desk.tray.page(MailState.WAITING.value, None, 0).rows
        if (kept, len(self.house.accepted()), len(waiting)) != (2, 2, 0):
            raise Broken(f"{kept} mails kept, {len(self.house.accepted())} moved, {len(waiting)} wait")
        if len(self.ca.issued) != 1 or not self.ca.revoked or not desk.casebook.verify_journal().whole:
            raise Broken(f"{len(self.ca.issued)} certificates, or no whole journal")
        self._require_once()

    def _require_once(self) -> None:
        """The server delivers what it accepted in its own time; then nothing is left on its way."""
        until(lambda: len(received(self.house, NAMED)) >= len(EXPECTED))
        subjects = [str(message["Subject"]) for message in received(self.house, NAMED)]
        times = [sum(words in subject for subject in subjects) for words in EXPECTED]
        if times != [1] * len(EXPECTED) or len(subjects) != len(EXPECTED):
            raise Broken(f"the applicant got {subjects}")


@dataclass
class Tally:
    points: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def add(self, stage: Stage, kill: Kill) -> bool:
        """Tries the point; whether the program came to it."""
        try:
            killed = stage.run(kill)
        except (AssertionError, LockdeskError) as error:
            self.broken.append(f"{kill}: {error}")
            killed = True
        self.points[kill.kind] += killed
        return killed


def patience() -> Callable[[], bool]:
    end = time.monotonic() + PATIENT
    return lambda: time.monotonic() < end


@contextmanager
def staged() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory() as name:
        stage = Stage(Path(name))
        try:
            yield stage
        finally:
            stage.close()


def onslaught(tell: Callable[[str], None]) -> Tally:
    """All points: each number of each kind, until the day is over before it is reached."""
    tally = Tally()
    with staged() as stage:
        for kind in ("write", *CALLS):
            moments = MOMENTS if kind == "write" else ("before", "after")
            numbers = (tuple(Kill(kind, number, moment) for moment in moments) for number in itertools.count(1))
            while sum(tally.add(stage, kill) for kill in next(numbers)):
                tell(f"{sum(tally.points.values())} points")
    return tally


def _day(settings: Any, order: dict[str, Any]) -> None:
    number, moment, kind = order["write"], order["moment"], order["kind"]
    if kind == "write":
        kill_at(number, moment)
    else:
        kill_at_call(*CALLS[kind], number, moment)
    with opened(Path(order["folder"]), settings) as desk:
        work(desk, lambda _mail_id: False, patience())


if __name__ == "__main__":
    serve(partial(_day, pickle.loads(Path(sys.argv[1]).read_bytes())))  # noqa: S301 - written by the test itself
