"""Fixtures of every test: a clock that is set, a practice profile, and the watch for leaks."""

import functools
import gc
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from lockdesk import unlocking
from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.verbs.early import load_shiboken
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.papers.one_template import one_template
from tests.helpers.papers.read_once import read_each_page_once

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.helpers.desk.portal_office import PortalOffice


load_shiboken()  # as the program does, before anything of Qt
hypothesis.settings.register_profile("lockdesk", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("lockdesk")  # a busy machine is no reason to fail

unlocking.stretch = functools.cache(unlocking.stretch)
"""Argon2id takes its time for every passphrase; the same one of the same profile is stretched once."""

LONG = {
    "test_scan_pages.py", "test_reader_scans.py", "test_command_line.py", "test_letters.py", "test_drawn_marks.py",
    "test_person_field_row.py",
}  # fmt: skip
"""Unit tests that read scans or many letters, or start programs: not part of the quick run."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m quick`: the unit tests but the long ones. What only Windows can show is run there (resources/setup)."""
    if sys.platform != "win32":
        items[:] = [item for item in items if item.get_closest_marker("windows") is None]
    for item in items:
        if item.path.parent.name == "unit" and item.path.name not in LONG:
            item.add_marker(pytest.mark.quick)


@pytest.fixture
def each_page_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests about what becomes of a scan, not about reading it."""
    read_each_page_once(monkeypatch)


@pytest.fixture(scope="session")
def qapp() -> "QApplication":
    """The program's own application object, for every test with a window."""
    from lockdesk.ui.shell.application import create_application  # late: most tests have no window

    made = create_application(["lockdesk"])
    gc.disable()  # as in the program: a worker that collects garbage may end a widget of an earlier test's window
    gc.freeze()
    return made


_WHOLE_EACH = 50
"""After so many tests the garbage of all is looked for, and not of the latest alone."""


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="session")
def made_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice profile as it is made, closed again: a copy is as fresh, and its keys are derived once."""
    folder = tmp_path_factory.mktemp("made") / "profil"
    with OpenProfile(ProfileStart(folder, practice=True, settings=office_settings()), SetClock()):
        pass
    return folder


@pytest.fixture
def profile(tmp_path: Path, clock: SetClock, made_profile: Path) -> Iterator[OpenProfile]:
    """A fresh practice profile with the real store, reader, training CA and paper."""
    folder = Path(shutil.copytree(made_profile, tmp_path / "profil"))
    with OpenProfile(ProfileStart(folder, practice=True, settings=office_settings()), clock) as opened:
        yield opened


@pytest.fixture
def office(tmp_path: Path) -> "Iterator[PortalOffice]":
    """A working profile whose CA answers on loopback."""
    from tests.helpers.desk.portal_office import portal_office, serving_ca  # late: most tests need no CA

    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca) as made:
        yield made


@pytest.fixture(scope="session", autouse=True)
def reader_of_all_profiles() -> Iterator[None]:
    with one_template():
        yield


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """A test that leaves a thread behind fails."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(10)  # a closed window waits a moment only for what it has begun
    left = [thread.name for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    if not gc.isenabled():
        gc.collect(2 if gc.get_count()[2] >= _WHOLE_EACH else 1)
    assert not left, f"threads left behind: {left}"
