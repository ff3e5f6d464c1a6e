"""The demonstration waits for as long as its work gets on, on however slow a computer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile
from lockdesk.verbs import demo_play
from lockdesk.verbs.demo_report import Report
from lockdesk.verbs.demo_stage import NoStage


@pytest.mark.parametrize("passes", [[False], [True, True, True, False]], ids=["in one", "bit by bit"])
def test_what_was_reached_is_never_given_up(
    profile: OpenProfile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passes: list[bool]
) -> None:
    """`passes`: whether there is more to do after each; with the last one it is reached, and each takes too long."""
    monkeypatch.setattr(demo_play, "PATIENCE_SECONDS", -1.0)
    officer = demo_play.Officer(profile.desk, NoStage(), Report(), tmp_path)
    left: Iterator[bool] = iter(passes)
    done: list[bool] = []

    def work() -> bool:
        done.append(next(left))
        return done[-1]

    officer._until(lambda: len(done) == len(passes), work, "e-mail")
    assert done == passes


def test_what_does_not_move_is_given_up(profile: OpenProfile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_play, "PATIENCE_SECONDS", -1.0)
    officer = demo_play.Officer(profile.desk, NoStage(), Report(), tmp_path)
    with pytest.raises(demo_play.StepFailed):
        officer._until(lambda: False, lambda: False, "e-mail")
