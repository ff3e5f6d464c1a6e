"""A slice of the fault points (`python -m tests.crash` runs them all), and the proof that they can find a fault."""

import tempfile
from pathlib import Path

import pytest

from tests.crash.faults import SPOILS, Cut
from tests.crash.onslaught import RECOVERY_LIMIT, Point, Stage, Tally, kill_points, line_points, run

SLICE = 30
"""Of the points of two scenarios, one in so many."""


def ignore(_point: Point) -> None: ...


@pytest.mark.parametrize("scenario", ["ocsp", "approval"])
def test_every_fault_leaves_one_certificate_and_nothing_unnoticed(scenario: str) -> None:
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        stage = Stage(Path(name))
        try:
            points = [*line_points(stage, scenario)][::SLICE]
            kills = [point for point in kill_points(stage, scenario) if point.write <= 4][::4]
            run([*points, *kills], stage, tally, ignore)
        finally:
            stage.close()
    assert tally.broken == []
    assert tally.points["line"] >= 5 and tally.points["answer"] >= 2
    assert tally.points["write"] >= 3 and tally.points["request"] >= 1
    assert max(tally.recoveries) < 10 * RECOVERY_LIMIT, "far beyond any machine's mood"


def test_an_intent_stored_after_the_call_is_found_out() -> None:
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        stage = Stage(Path(name), broken=True)
        try:
            stage.disturb(Point("clean", "clean", "ocsp"))
            requests = len(stage.proxies.sizes)
            spoil = SPOILS["hangs up after"]
            run(
                [Point("answer", f"request {n}", "ocsp", spoils={n: spoil}) for n in range(requests)],
                stage,
                tally,
                ignore,
            )
        finally:
            stage.close()
    assert any("unnoticed" in words for words in tally.broken)


def test_a_point_that_nobody_reaches_is_not_counted() -> None:
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        stage = Stage(Path(name))
        try:
            run([Point("write", "never", "ocsp", write=99, moment="after")], stage, tally, ignore)
            run([Point("line", "cut", "ocsp", cuts={0: Cut(refuse=True)})], stage, tally, ignore)
        finally:
            stage.close()
    assert dict(tally.points) == {"line": 1}
