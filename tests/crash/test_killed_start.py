"""A first start that is interrupted leaves nothing half: the next one takes every step again."""

from pathlib import Path

import pytest

import lockdesk.app
from lockdesk.app import UNFINISHED, OpenProfile, ProfileStart
from lockdesk.errors import Declined
from lockdesk.verbs.demo import demo_settings
from tests.helpers.desk.office import SetClock


class PowerCut(BaseException):
    """Stands for the process ending at this very point."""


def cut(*_arguments: object) -> None:
    raise PowerCut


def test_an_interrupted_first_start_is_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = ProfileStart(tmp_path / "profile", practice=True, settings=demo_settings())
    with monkeypatch.context() as patch:
        patch.setattr(lockdesk.app, "_import_sample_register", cut)
        with pytest.raises(PowerCut):
            OpenProfile(start, SetClock())
    with pytest.raises(Declined) as declined:
        OpenProfile(ProfileStart(start.folder, practice=True), SetClock())
    assert declined.value.code == UNFINISHED
    with OpenProfile(start, SetClock()) as profile:
        assert profile.desk.reading.register_page("").rows
        assert profile.desk.setup.closed_days(2026)
        assert profile.casebook.verify_journal().whole
    with OpenProfile(ProfileStart(start.folder, practice=True), SetClock()) as profile:
        assert profile.desk.settings().officers[0].name == "Contoh Petugas"
