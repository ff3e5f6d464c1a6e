"""All fault points, one after the other: what is disturbed, what came of it, and whether the promises were kept."""

import base64
import dataclasses
import itertools
import json
import os
import pickle
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from lockdesk.errors import LockdeskError
from tests.crash.broken import break_desk
from tests.crash.faults import SPOILS, Cut, Proxies, Sizes, Spoil, expired_server
from tests.crash.killing import MOMENTS, Template
from tests.crash.scene import (
    NAME,
    SCENARIOS,
    Broken,
    Ca,
    copied,
    make_base,
    opened,
    require_noticed,
    require_whole,
    work,
)
from tests.helpers.authority import pki_material as make
from tests.servers.web import LoopbackServer, Question, Reply

SECONDS = 0.4
"""The client's patience."""
RECOVERY_LIMIT = 1.0


@dataclass
class Tally:
    """What the run has to say."""

    points: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    recoveries: list[float] = field(default_factory=list)
    """Seconds from the restart to every operation asked after."""

    def add(self, kind: str, name: str, trouble: str) -> None:
        self.points[kind] += 1
        if trouble:
            self.broken.append(f"{name}: {trouble}")


@dataclass(frozen=True)
class Point:
    """One fault. `kind` groups them for the count."""

    kind: str
    name: str
    scenario: str
    cuts: dict[int, Cut] = field(default_factory=dict)
    spoils: dict[int, Spoil] = field(default_factory=dict)
    write: int = 0
    moment: str = ""
    kill_at_request: int | None = None


class Stage:
    """The CA, the proxies before it, and a prepared profile for each scenario."""

    def __init__(self, folder: Path, broken: bool = False) -> None:
        self._folder, self._broken = folder, broken
        self.ca = Ca.start()
        self.proxies = Proxies()
        server = self.ca.server
        rest = self.proxies.before(_port(server._rest))
        status = self.proxies.before(_port(server._status))
        self._expired = expired_server(server.management)
        self.proxies.expired_port = _port(self._expired)
        self._wrap(server._rest)
        self._wrap(server._status)
        self._questions: Iterator[int] = itertools.count()
        self._spoils: dict[int, Spoil] = {}
        self._on_question: Callable[[int], None] = lambda number: None
        places = f"http://127.0.0.1:{status}"
        usual = server.settings(
            url=server.url.replace(str(_port(server._rest)), str(rest)), ocsp_url=f"{places}/ocsp", seconds=SECONDS
        )
        self.settings = {
            name: dataclasses.replace(usual, ocsp_url="", crl_url=f"{places}/crl") if name == "crl" else usual
            for name in SCENARIOS
        }
        for name in SCENARIOS:
            self.ca.forget(approval=False)
            make_base(folder / name, self.ca, self.settings[name], compromise=name == "compromise")
        self._templates: dict[str, Template] = {}

    def _wrap(self, server: LoopbackServer) -> None:
        inner = server.answer

        def answer(question: Question) -> Reply:
            number = next(self._questions)
            self._on_question(number)
            spoil = self._spoils.get(number)
            return spoil(question, lambda: inner(question)) if spoil else inner(question)

        server.answer = answer

    def close(self) -> None:
        for template in self._templates.values():
            template.close()
        self.proxies.close()
        self._expired.stop()
        self.ca.server.stop()

    def _begin(self, point: Point) -> Path:
        self.ca.forget(approval=point.scenario == "approval")
        self.proxies.begin(point.cuts)
        self._questions, self._spoils = itertools.count(), dict(point.spoils)
        self._on_question = lambda number: None
        return copied(self._folder / point.scenario, self._folder / "run")

    # ── a fault on the line ──
    def disturb(self, point: Point) -> None:
        """The officer works while one fault happens. Raises Broken."""
        folder = self._begin(point)
        mend = break_desk() if self._broken else lambda: None
        try:
            with opened(folder, self.settings[point.scenario]) as desk:
                work(desk, self.ca)
                require_whole(desk, self.ca)
        finally:
            mend()

    def measure(self, scenario: str) -> tuple[list[Sizes], int]:
        """A run without a fault: how much each connection carries; how many journal writes there are."""
        self.disturb(Point("clean", "clean", scenario))
        return list(self.proxies.sizes), len(self.proxies.sizes)

    # ── a killed process ──
    def kill(self, point: Point) -> tuple[bool, float]:
        """Kills the process at the point, starts again and works on; whether it was killed, and the recovery's
        seconds. Raises Broken."""
        folder = self._begin(point)
        pid: list[int] = []

        def on_question(number: int) -> None:
            if number == point.kill_at_request:
                while not pid:
                    time.sleep(0.001)
                os.kill(pid[0], signal.SIGKILL)

        if point.kill_at_request is not None:
            self._on_question = on_question
        self.ca.server.after = self._approving
        killed = self._template(point.scenario).run(
            folder, write=point.write, moment=point.moment, broken=self._broken, started=pid.append
        )
        self._on_question = lambda number: None
        started = time.perf_counter()
        with opened(folder, self.settings[point.scenario]) as desk:
            desk.operations.reconcile()
            seconds = time.perf_counter() - started
            case = desk.reading.case(1)
            require_noticed(case, self.ca)
            work(desk, self.ca)
            require_whole(desk, self.ca)
        return killed, seconds

    def _approving(self, _question: Question) -> Reply | None:
        self.ca.approve()
        return None

    def _template(self, scenario: str) -> Template:
        if scenario not in self._templates:
            path = self._folder / f"{scenario}.settings"
            path.write_bytes(pickle.dumps(self.settings[scenario]))
            self._templates[scenario] = Template.start(path)
        return self._templates[scenario]


def _port(server: LoopbackServer) -> int:
    return int(server.url.rpartition(":")[2])


# ── which points there are ──


def line_points(stage: Stage, scenario: str) -> Iterator[Point]:
    """Every connection of a clean run, cut, held, refused, misled and spoilt in every way."""
    sizes, connections = stage.measure(scenario)
    for number, size in enumerate(sizes):
        for name, cut in _cuts(size):
            yield Point("line", f"{scenario}, connection {number}: {name}", scenario, cuts={number: cut})
    for number in range(connections):
        for name, spoil in (SPOILS | {"a certificate of another key": another_key(stage)}).items():
            yield Point("answer", f"{scenario}, request {number}: {name}", scenario, spoils={number: spoil})


def _cuts(size: Sizes) -> Iterator[tuple[str, Cut]]:
    yield "refused", Cut(refuse=True)
    yield "held", Cut(hold=True)
    yield "an expired certificate", Cut(expired=True)
    asked = sorted({0, 1, *(part * size.request // 4 for part in range(1, 5)), max(size.request - 1, 0)})
    told = sorted({0, 1, *(part * size.answer // 8 for part in (1, 2, 4, 6, 7)), max(size.answer - 1, 0)})
    for reset in (False, True):
        how = "RST" if reset else "FIN"
        for count in asked:
            yield f"{how} after {count} bytes asked", Cut(request_bytes=count, reset=reset)
        for count in told:
            yield f"{how} after {count} bytes told", Cut(answer_bytes=count, reset=reset)


def another_key(stage: Stage) -> Spoil:
    """The CA answers an enrolment with a certificate on a key that nobody asked for."""

    def spoil(question: Question, work_done: Callable[[], Reply]) -> Reply:
        reply = work_done()
        if b'"certificate"' not in reply.body:
            return reply
        ca, before = stage.ca.server.ca, dict(stage.ca.server.ca.issued)
        other = ca.issue_signing(x509.load_der_x509_csr(make.request(make.ec_key(72), NAME)))
        ca.issued = before
        body = json.loads(reply.body) | {"certificate": base64.b64encode(other.public_bytes(Encoding.DER)).decode()}
        return Reply(reply.status, json.dumps(body).encode(), reply.headers)

    return spoil


KILLS = ("write", "request")


def kill_points(stage: Stage, scenario: str) -> Iterator[Point]:
    """Every journal write and every request of a clean run."""
    _sizes, connections = stage.measure(scenario)
    for write in range(1, 12):
        for moment in MOMENTS:
            yield Point("write", f"{scenario}, killed {moment} write {write}", scenario, write=write, moment=moment)
    for number in range(connections):
        yield Point("request", f"{scenario}, killed at request {number}", scenario, kill_at_request=number)


def run(points: Iterable[Point], stage: Stage, tally: Tally, tell: Callable[[Point], None]) -> None:
    """Runs the points and counts. A point at which nothing was killed any more is left out of the count."""
    for point in points:
        trouble = ""
        try:
            if point.kind in KILLS:
                killed, seconds = stage.kill(point)
                if not killed:
                    continue
                tally.recoveries.append(seconds)
            else:
                stage.disturb(point)
        except Broken as error:
            trouble = str(error)
        except LockdeskError as error:
            trouble = f"{type(error).__name__}: {error.message} {error.detail}"
        tally.add(point.kind, point.name, trouble)
        tell(point)


def onslaught(most: int | None, broken: bool, tell: Callable[[Point], None] = lambda point: None) -> Tally:
    """At most `most` points, spread evenly over all of them (every point when None)."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        stage = Stage(Path(name), broken)
        stack.callback(stage.close)
        every = [
            point for scenario in SCENARIOS for point in (*line_points(stage, scenario), *kill_points(stage, scenario))
        ]
        chosen = every if most is None or most >= len(every) else every[:: max(len(every) // most, 1)]
        run(chosen, stage, tally, tell)
    return tally
