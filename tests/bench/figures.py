"""Figures: a thing and its own limit, measured in turns in the same run."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`limit` says what the limit is; figures in `unit`; `ratio` is p50 over the limit's p50."""

    name: str
    n: int
    p50: float
    p99: float
    limit: str
    limit_p50: float
    ratio: float
    aim: str = ""
    unit: str = "ms"

    def words(self) -> str:
        return (
            f"{self.name:8} n={self.n:4} p50 {self.p50:8.2f} {self.unit}  p99 {self.p99:8.2f} {self.unit}  "
            f"{self.limit}: {self.limit_p50:.2f} {self.unit}  ratio {self.ratio:.2f}"
            + (f"  ({self.aim})" if self.aim else "")
        )


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def figure(name: str, seconds: list[float], limit: str, limit_seconds: list[float], aim: str = "") -> Figure:
    own, bound = percentile(seconds, 0.5) * 1000, percentile(limit_seconds, 0.5) * 1000
    return Figure(
        name,
        len(seconds),
        round(own, 2),
        round(percentile(seconds, 0.99) * 1000, 2),
        limit,
        round(bound, 2),
        round(own / bound, 2),
        aim,
    )


def timed(job: Callable[[], object]) -> float:
    """Seconds that one run takes."""
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def in_turns(name: str, job: Callable[[], object], limit: str, limit_job: Callable[[], object], runs: int) -> Figure:
    """Both jobs once unmeasured, then in turns."""
    job()
    limit_job()
    own, bound = [], []
    for _run in range(runs):
        own.append(timed(job))
        bound.append(timed(limit_job))
    return figure(name, own, limit, bound)
