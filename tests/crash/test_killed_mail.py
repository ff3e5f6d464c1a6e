"""A slice of `python -m tests.crash mail`, and the proof that it can find a fault."""

from tests.crash.mail_kills import onslaught


def ignore(_words: str) -> None: ...


def test_killed_at_writes_and_answers_nothing_is_sent_twice_and_nothing_is_lost() -> None:
    tally = onslaught(ignore, lambda place, _kill: place % 25 == 0)
    assert tally.broken == []
    assert tally.points["write"] >= 6 and tally.points["answer"] >= 6


def test_a_program_that_forgets_that_it_handed_a_message_over_is_found_out() -> None:
    """Killed at the answer to the first message's end: the tenth of that server."""
    tally = onslaught(ignore, lambda _place, kill: (kill.sort, kill.kind, kill.number) == ("plain", "answer", 10), True)
    assert any("2 times" in words for words in tally.broken)
