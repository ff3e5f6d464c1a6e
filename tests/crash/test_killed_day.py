"""A slice of `python -m tests.crash day`, and the proof that it can find a fault."""

from collections.abc import Iterator

import pytest

from lockdesk.store.casebook import SqlCasebook
from tests.crash.day_kills import Kill, Stage, staged
from tests.crash.scene import Broken


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with staged() as made:
        yield made


ACCEPTED, JOINED = Kill("known", 2, "before"), Kill("known", 6, "before")
"""The request has its case, the reply is with it, and that their mails are taken is not noted yet."""


@pytest.mark.parametrize(
    "kill",
    [
        ACCEPTED,
        JOINED,
        Kill("move", 1, "after"),
        Kill("move", 2, "before"),
        Kill("send", 2, "before"),
        Kill("send", 3, "after"),
        Kill("write", 1, "after"),
        Kill("write", 17, "during"),
    ],
    ids=str,
)
def test_killed_on_its_way_a_mailed_request_ends_as_one_case_and_each_message_arrives_once(
    stage: Stage, kill: Kill
) -> None:
    assert stage.run(kill)


def test_a_program_that_forgets_which_mail_a_case_holds_is_found_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqlCasebook, "case_with_mail", lambda _casebook, _sha256: None)
    monkeypatch.setattr(SqlCasebook, "mails_of_cases", lambda _casebook, _digests: frozenset())
    with pytest.raises(Broken, match="3 mails kept"):
        stage.run(JOINED)
