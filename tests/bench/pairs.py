"""The training CA after so many pairs of a revocation and a certificate: opening it, finding in it, one pair more."""

import random
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from lockdesk.core.operations import RevocationReason
from lockdesk.desk.values.authority import EnrolmentOrder, RevocationOrder
from lockdesk.gateway.training.authority import Revocation
from lockdesk.gateway.training.gateway import TrainingGateway
from tests.bench.figures import Figure, figure, in_turns, timed
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.office import MONDAY, SetClock

PAIRS, FEW, RUNS = 10_000, 100, 50
KEY = bytes(32)


def pairs(_folder: Path) -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        many, few = (Path(name) / f"{count}.ca" for count in (PAIRS, FEW))
        for path, count in ((many, PAIRS), (few, FEW)):
            with patch("os.fsync"):  # only the filling is spared it
                _fill(path, count)
        beside = f"after {FEW} pairs"
        found = [
            figure("pairs: open", [timed(lambda: _open(many).close()) for _run in range(5)], beside,
                   [timed(lambda: _open(few).close()) for _run in range(5)]),
        ]  # fmt: skip
        with closing(_open(many)) as large, closing(_open(few)) as small:
            chance = random.Random(1)

            def finding(gateway: TrainingGateway, count: int) -> None:
                number = chance.randrange(count)
                assert gateway.find_by_serial(_serial(number))
                assert gateway.find_by_holder(frozenset({f"19751231200501{number:04}"}))

            found.append(in_turns("pairs: find", lambda: finding(large, PAIRS), beside,
                                  lambda: finding(small, FEW), RUNS))  # fmt: skip
            numbers = iter(range(10_000_000, 20_000_000))
            found.append(in_turns("pairs: one more", lambda: _one_more(large, next(numbers)), beside,
                                  lambda: _one_more(small, next(numbers)), RUNS))  # fmt: skip
        return found


def _serial(number: int) -> int:
    return (1 << 100) + number


def _open(path: Path) -> TrainingGateway:
    return TrainingGateway.open(path, KEY, SetClock())


def _fill(path: Path, count: int) -> None:
    with closing(_open(path)) as gateway:
        for number in range(count):
            name, nip = f"Contoh Pegawai {number}", f"19751231200501{number:04}"
            gateway.issue_practice_certificate(name, "Dinas Contoh", _serial(number), serial_number=nip)
            at = MONDAY + timedelta(seconds=number)
            gateway._books.add_revocation(Revocation(_serial(number), RevocationReason.SUPERSEDED, at))
            gateway.issue_practice_certificate(name, "Dinas Contoh", _serial(count + number), serial_number=nip)


def _one_more(gateway: TrainingGateway, number: int) -> None:
    nip, name = f"1975123120050{number}"[:18], f"Contoh Pegawai {number}"
    gateway.issue_practice_certificate(name, "Dinas Contoh", _serial(number), serial_number=nip)
    gateway.revoke(RevocationOrder(f"r{number}", "", _serial(number), RevocationReason.SUPERSEDED))
    gateway.crl()
    gateway.enrol(EnrolmentOrder(f"e{number}", make.request(make.ec_key(number), name), name, "Dinas Contoh", "", nip))
