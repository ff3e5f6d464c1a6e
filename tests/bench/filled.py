"""A profile of so many cases, opened again for every bench."""

from pathlib import Path

from lockdesk.app import OpenProfile, ProfileStart, SystemClock
from lockdesk.desk.ports import Clock
from tests.bench.bulk import fill
from tests.helpers.desk.office import SetClock, office_settings


def make(folder: Path, cases: int) -> None:
    with OpenProfile(ProfileStart(folder, practice=True, settings=office_settings()), SetClock()) as profile:
        assert profile.training_ca  # begun before its operations are: a profile with some and no CA is refused
        fill(profile, cases)


def opened(folder: Path, clock: Clock | None = None) -> OpenProfile:
    """To be used as a context manager."""
    return OpenProfile(ProfileStart(folder, practice=True), clock or SetClock())


def opened_now(folder: Path) -> OpenProfile:
    return opened(folder, SystemClock())
