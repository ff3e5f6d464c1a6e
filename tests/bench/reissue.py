"""What revoking and reissuing cost besides the CA's own time, in a casebook of a thousand and of a million cases."""

import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.desk.ports import Gateway, NamedBytes
from lockdesk.desk.values.people import Applicant
from lockdesk.store import tables as t
from lockdesk.store.threads import writing
from tests.bench.figures import Figure, figure
from tests.bench.filled import make as make_profile
from tests.bench.filled import opened_now
from tests.helpers.authority import pki_material as make

RUNS, SMALL = 200, 1_000
DAYS = 12_000
"""On so many days somebody may be born."""


class TimedGateway:
    """Passes every call on and adds up how long the CA takes."""

    def __init__(self, inner: Gateway) -> None:
        self._inner = inner
        self.seconds = 0.0

    def __getattr__(self, name: str) -> object:
        found = getattr(self._inner, name)
        if not callable(found):
            return found

        def call(*arguments: object) -> object:
            started = time.perf_counter()
            try:
                return found(*arguments)
            finally:
                self.seconds += time.perf_counter() - started

        return call


def _verified(profile: OpenProfile, number: int) -> int:
    """A verified case of a new invented person with a certificate at the training CA."""
    desk, name = profile.desk, f"Contoh Pegawai {number}"
    born = date(1960, 1, 1) + timedelta(number % DAYS)
    nip, serial = f"{born:%Y%m%d}200501{number % 2 + 1}{number // DAYS % 1000:03d}", (1 << 100) + number
    profile.training_ca.issue_practice_certificate(name, "Dinas Contoh", serial, serial_number=nip)
    applicant = Applicant(name=name, nip=nip, agency="Dinas Contoh", serial=f"{serial:X}")
    csr = make.pem(make.request(make.ec_key(number), name))
    case_id = desk.intake.receive_walk_in(applicant, (NamedBytes("kunci.csr", csr),)).case_id

    def verified() -> None:
        with writing():
            t.Case.update(state=CaseState.VERIFIED.value).where(t.Case.id == case_id).execute()

    profile.casebook._writer.run(verified)
    return case_id


def _pair(profile: OpenProfile, case_id: int) -> tuple[float, float]:
    """Seconds of revoke + reissue besides the CA's, and the CA's."""
    desk = profile.desk
    timed = TimedGateway(desk.gateway)
    desk.operations.answer_through(timed)  # type: ignore[arg-type]
    holder = desk.operations.preflight(case_id).holder
    assert holder is not None
    timed.seconds = 0.0
    started = time.perf_counter()
    desk.operations.revoke(case_id, serial_tail(holder))
    desk.operations.reissue(case_id)
    whole = time.perf_counter() - started
    assert desk.reading.row(case_id).state is CaseState.ISSUED
    return whole - timed.seconds, timed.seconds


def _serve(folder: Path) -> None:
    with opened_now(folder) as profile:
        synchronous = profile.casebook._writer.run(lambda: t.database.execute_sql("PRAGMA synchronous").fetchone()[0])
        assert synchronous == 2, "FULL"
        _collect_as_the_window_does()
        # a kept folder has those of earlier runs, whose certificates are revoked
        for number, _line in enumerate(sys.stdin, profile.casebook.head().count):
            own, authority = _pair(profile, _verified(profile, number))
            print(own, authority, flush=True)
            gc.collect(1)


def _collect_as_the_window_does() -> None:
    """Garbage is swept when the window chooses (ui/sweeper.py), not in the middle of a call."""
    gc.disable()
    gc.freeze()


@contextmanager
def _casebook(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process with the casebook of a folder; it answers each line with the seconds of one pair."""
    command = [sys.executable, "-m", "tests.bench.reissue", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait()


def _answer(process: "subprocess.Popen[str]") -> list[float]:
    assert process.stdout is not None
    return [float(word) for word in process.stdout.readline().split()]


def _ask(process: "subprocess.Popen[str]") -> list[float]:
    assert process.stdin is not None
    process.stdin.write("?\n")
    process.stdin.flush()
    return _answer(process)


def reissue(folder: Path) -> list[Figure]:
    """Our own part of the pair: many cases against few, in turns; and against the CA's time."""
    with ExitStack() as stack:
        beside = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "profil"
        make_profile(beside, SMALL)
        small, large = (stack.enter_context(_casebook(place)) for place in (beside, folder))
        for _warm in range(5):
            _ask(small), _ask(large)
        few, many, authority = [], [], []
        for _run in range(RUNS):
            few.append(_ask(small)[0])
            own, theirs = _ask(large)
            many.append(own)
            authority.append(theirs)
    return [
        figure("reissue", many, f"the same among {SMALL} cases", few),
        figure("reissue", many, "the CA's own time", authority),
    ]


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
