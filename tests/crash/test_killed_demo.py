"""`lockdesk demo` killed with SIGKILL again and again goes on and gives each case exactly one certificate."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from lockdesk.core.cases import CaseState
from lockdesk.desk.values.cases import CaseFilter
from lockdesk.resource import resource
from lockdesk.verbs.demo import open_demo

SAMPLES = ("01", "02", "06", "16")
KILLS = 6
ROOT = Path(__file__).parents[2]


def start(folder: Path) -> "subprocess.Popen[bytes]":
    files = [str(next(resource("samples").glob(f"{name}*.eml"))) for name in SAMPLES]
    return subprocess.Popen(
        [sys.executable, "-m", "lockdesk", "demo", "--out", str(folder), *files],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def killed_after(folder: Path, seconds: float) -> bool:
    """Starts the demonstration and kills it and its children; False when it had ended before."""
    process = start(folder)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return True
    return False


def test_killed_at_any_point_it_goes_on_with_one_certificate_a_case(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    chance = random.Random(20261123)
    kills = 0
    for _attempt in range(KILLS):
        if not killed_after(folder, chance.uniform(0.6, 2.6)):
            break
        kills += 1
    process = start(folder)
    _out, errors = process.communicate(timeout=120)
    table = json.loads((folder / "table.json").read_text(encoding="utf-8"))
    assert [line for line in table["lines"] if line["expected"] != line["actual"]] == []
    assert process.returncode == 0, errors.decode()
    assert kills, "it was killed before it had ended"
    with open_demo(folder) as profile:
        desk = profile.desk
        rows = desk.reading.page(CaseFilter.ALL, None, 100).rows
        assert len(rows) == len(SAMPLES), "every mail opened exactly one case"
        ends = [row.state for row in rows]
        assert ends.count(CaseState.COMPLETED) == 3 and ends.count(CaseState.REJECTED) == 1
        for row in rows:
            facts = desk.reading.case(row.id).facts.csr.facts
            assert facts is not None
            issued = len(desk.gateway.find_by_key(facts.key.sha256))
            assert issued == (1 if row.state is CaseState.COMPLETED else 0)
        assert desk.casebook.verify_journal().whole
        assert not desk.casebook.open_operations()
