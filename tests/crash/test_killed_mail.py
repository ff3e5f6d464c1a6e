"""A slice of `python -m tests.crash mail`, and the proof that it can find a fault."""

from tests.crash.mail_kills import onslaught


def ignore(_words: str) -> None: ...


def test_killed_at_writes_and_answers_nothing_is_sent_twice_and_nothing_is_lost() -> None:
    tally = onslaught(ignore, every=23)
    assert tally.broken == []
    assert tally.points["write"] >= 6 and tally.points["answer"] >= 10


def test_a_program_that_forgets_that_it_handed_a_message_over_is_found_out() -> None:
    tally = onslaught(ignore, every=3, broken=True)
    assert any("2 times" in words for words in tally.broken)
