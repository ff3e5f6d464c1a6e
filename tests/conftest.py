"""Shared parts of the tests: a clock that is set, a practice profile, and the watch for leaks."""

import os
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from lockdesk.app import OpenProfile, ProfileStart, shipped_office
from lockdesk.resource import resource
from lockdesk.settings import DeskSettings, Officer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

MONDAY = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
"""Monday, 23 November 2026, 08.05 WIB: the samples' morning."""


class SetClock:
    """A clock that stands where it is put and moves when told."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


def office_settings(practice: bool = True) -> DeskSettings:
    officer = Officer("Contoh Petugas", "198501012010011001", "Pranata Komputer", date(2026, 1, 1))
    shipped = shipped_office()
    return DeskSettings(
        office=shipped.office,
        officers=(officer,),
        complaints_officer="Contoh Pejabat",
        complaints_officer_phone="0812-0000-0001",
        practice=practice,
    )


LONG = {"test_scan_pages.py", "test_reader_scans.py", "test_command_line.py"}
"""Unit tests that read scans or start programs: not part of the quick run."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m quick`: the unit tests but the long ones."""
    for item in items:
        if item.path.parent.name == "unit" and item.path.name not in LONG:
            item.add_marker(pytest.mark.quick)


@pytest.fixture(scope="session")
def qapp() -> "QApplication":
    """The program's own application object, for every test with a window."""
    from lockdesk.ui.shell.application import create_application  # late: most tests have no window

    return create_application(["lockdesk"])


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def profile(tmp_path: Path, clock: SetClock) -> Iterator[OpenProfile]:
    """A fresh practice profile with the real store, reader, training CA and paper."""
    start = ProfileStart(tmp_path / "profil", practice=True, settings=office_settings())
    with OpenProfile(start, clock) as opened:
        yield opened


def sample(name: str) -> bytes:
    """A shipped sample request by the beginning of its file name."""
    found = sorted(resource("samples").glob(f"{name}*.eml"))
    assert len(found) == 1, f"{name}: {found}"
    return found[0].read_bytes()


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """A test that leaves a thread behind fails."""
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    assert not left, f"threads left behind: {left}"
