"""The window killed with SIGKILL again and again while it is used: no false alarm, nothing promised is lost."""

import contextlib
import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.window_use import Promise

KILLS_A_PROFILE = 25
START_SECONDS = 120.0
USED_SECONDS = 3.0
"""Up to so long a window is used before it is killed."""
EARLY = 0.2
"""The part of the kills that come at any time after the start, the opening of the profile included."""
PASSING = {"proved", "shown", "alarm", "broken"}


@dataclass
class Tally:
    """What came of it."""

    kills: int = 0
    early: int = 0
    alarms: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    promised: Counter[str] = field(default_factory=Counter)


class Start:
    """One start of the window."""

    def __init__(self, folder: Path, order: Promise) -> None:
        self._order = folder.parent / "order.json"
        self._order.write_text(json.dumps({"folder": str(folder), **order}), encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.window_use", str(self._order)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            start_new_session=True,
        )
        assert self._process.stdout is not None
        self._pipe = self._process.stdout.fileno()
        os.set_blocking(self._pipe, False)
        self._text = b""

    def listen(self, seconds: float, until: str = "") -> list[Promise]:
        """What it told within so many seconds, or up to and with the kind `until`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and (not until or f'"kind": "{until}"'.encode() not in self._text):
            ready, _w, _x = select.select([self._pipe], [], [], max(end - time.monotonic(), 0))
            if ready and not self._read():
                break
        return self.told()

    def _read(self) -> bool:
        try:
            piece = os.read(self._pipe, 1 << 20)
        except BlockingIOError:
            return True
        self._text += piece
        return bool(piece)

    def told(self) -> list[Promise]:
        whole, _newline, _cut = self._text.rpartition(b"\n")
        return [json.loads(line) for line in whole.splitlines()]

    def kill(self) -> list[Promise]:
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        while select.select([self._pipe], [], [], 0)[0] and self._read():
            pass
        assert self._process.stdout is not None
        self._process.stdout.close()
        return self.told()


def onslaught(kills: int, seed: int, say: Callable[[str], None] = lambda words: None) -> Tally:
    """Kills the window so many times; every start, and one more at the end, proves what was promised."""
    tally, chance = Tally(), random.Random(seed)
    while tally.kills < kills:
        with tempfile.TemporaryDirectory() as made:
            folder, begun, promises = Path(made) / "profil", time.time(), list[Promise]()
            for _kill in range(min(KILLS_A_PROFILE, kills - tally.kills)):
                _use_and_kill(folder, begun, promises, chance, tally)
                say(f"{tally.kills} kills, {len(promises)} promises, {tally.alarms + tally.lost}")
            last = Start(folder, {"begun": begun, "seed": 0, "promises": promises, "only_prove": True})
            last.listen(START_SECONDS, "proved")
            _judge(last.kill(), promises, tally)
    return tally


def _use_and_kill(folder: Path, begun: float, promises: list[Promise], chance: random.Random, tally: Tally) -> None:
    order = {"begun": begun, "seed": chance.randrange(1 << 30), "promises": promises, "only_prove": False}
    start = Start(folder, order)
    early = folder.exists() and chance.random() < EARLY
    if early:
        start.listen(chance.uniform(0.1, USED_SECONDS))
    else:
        start.listen(START_SECONDS, "shown")
        start.listen(chance.uniform(0.02, USED_SECONDS))
    told = start.kill()
    if not early and not any(item["kind"] == "shown" for item in told):
        tally.alarms.append("the window did not open")
    _judge(told, promises, tally)
    tally.kills += 1
    tally.early += early


def _judge(told: list[Promise], promises: list[Promise], tally: Tally) -> None:
    tally.alarms += [f"{item['code']} {item['detail']}" for item in told if item["kind"] == "alarm"]
    tally.lost += [item["words"] for item in told if item["kind"] == "broken"]
    kept = [item for item in told if item["kind"] not in PASSING]
    tally.promised.update(item["kind"] for item in kept)
    promises += kept
