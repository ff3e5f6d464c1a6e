"""Which profile a start opens that names none."""

from pathlib import Path

import pytest

from lockdesk.verbs.last_profile import LastProfile


def test_it_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`lockdesk --profile profil` was typed in one, the program is opened from the menu in another."""
    kept = LastProfile(tmp_path / "config" / "profile.json")
    monkeypatch.chdir(tmp_path)
    kept.write(Path("profil"))
    assert kept.named() == tmp_path / "profil"
