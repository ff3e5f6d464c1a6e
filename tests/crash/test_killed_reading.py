"""The program killed with SIGKILL while OCR reads a page: nothing half is stored, nobody goes on reading."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.findings import Verdict
from lockdesk.desk.requests.scanning import scanned_letter
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.scan_pages import YOHANES, read, receive, verdicts

ROOT = Path(__file__).parents[2]
GONE_SECONDS = 20.0


def gone(pid: int) -> bool:
    """Whether a process has ended, or does soon."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], GONE_SECONDS)[0])
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("page", [0, 1])
def test_killed_while_a_page_is_read_it_reads_the_letter_anew(tmp_path: Path, page: int) -> None:
    start = ProfileStart(tmp_path / "profil", practice=True, settings=office_settings())
    with OpenProfile(start, SetClock()) as profile:
        case_id = receive(profile.desk)
        before = profile.desk.reading.case(case_id)
    killed = subprocess.run(
        [sys.executable, "-m", "tests.crash.reading", str(start.folder), str(case_id), str(page)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    *told, readers = killed.stdout.splitlines()
    assert told == [YOHANES.nik] * page, "what the pages before said had been shown"
    pids = [int(pid) for pid in readers.split()]
    assert len(pids) >= 2, "the template and the child that reads"
    assert [pid for pid in pids if not gone(pid)] == []
    with OpenProfile(ProfileStart(start.folder, practice=True), SetClock()) as profile:
        desk = profile.desk
        found = desk.reading.case(case_id)
        assert found == before
        assert scanned_letter(found) is not None
        read(desk, case_id)
        after = desk.reading.case(case_id)
        assert after.facts.statement.fields.nik == YOHANES.nik and verdicts(after)["statement.age"] is Verdict.PASS
        assert [line.kind for line in after.history].count("case.checked") == 1
        assert desk.casebook.verify_journal().whole
