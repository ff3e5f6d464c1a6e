"""A computer whose clock was set back, or whose battery is empty: told and journalled, and nobody is locked out."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile, ProfileStart
from tests.helpers.desk.journal import entries
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.steps import receive


@pytest.mark.parametrize(("back", "told"), [(timedelta(minutes=4), False), (timedelta(days=9490), True)])
def test_a_clock_before_the_last_entry_is_told_and_journalled_and_work_goes_on(
    tmp_path: Path, clock: SetClock, back: timedelta, told: bool
) -> None:
    start = ProfileStart(tmp_path / "profil", practice=True, settings=office_settings())
    written: datetime = clock.at
    with OpenProfile(start, clock) as profile:
        receive(profile.desk, "01")
    clock.at = written - back
    with OpenProfile(start, clock) as profile:
        receive(profile.desk, "02")  # what is entered before the start is recorded hides nothing
        assert profile.desk.guard.signed_in() == (written if told else None)
        facts = [entry["facts"] for entry in entries(profile) if entry["kind"] == "desk.clock_behind"]
        assert facts == ([{"last_entry": written.isoformat()}] if told else [])
        receive(profile.desk, "03")
        assert profile.casebook.verify_journal().whole
