"""A slice of the hands on the journal; `python -m tests.hostile journal` is the whole."""

from pathlib import Path

import pytest

from tests.hostile.tamper import ATTACKS, PAGE, break_the_walk, found_by, opened, says_the_same, scene, tamper


def test_hands_on_the_journal_are_found_and_honest_use_raises_no_alarm(tmp_path: Path) -> None:
    told = tamper(tmp_path, cases=len(ATTACKS) * 15, seed=2026, honest=24)
    assert told.holds, told.words()
    assert set(told.found) == set(ATTACKS) and all(
        "no change" not in n for name, n in told.found.items() if "bytes" not in name
    )


def test_a_journal_that_believes_its_columns_is_found_out(tmp_path: Path) -> None:
    mend = break_the_walk()
    try:
        told = tamper(tmp_path, cases=len(ATTACKS) * 6, seed=2026, honest=0)
    finally:
        mend()
    assert told.missed and all("columns" in words or "bytes" in words for words in told.missed), told.words()


@pytest.mark.parametrize("column", ["at", "body", "digest", "sequence"])
@pytest.mark.parametrize("value", ["teks", 2**62, -0.5, b"\xff"], ids=["text", "number", "fraction", "bytes"])
def test_a_value_of_another_kind_is_a_journal_that_is_not_whole_and_costs_no_memory(
    tmp_path: Path, column: str, value: object
) -> None:
    at = scene(tmp_path / "buku")
    with opened(at) as database:
        database.execute_sql(f"UPDATE journal SET {column} = ? WHERE sequence = 40", (value,))  # noqa: S608
    assert found_by(at, at.printed) in {"chain", "unreadable"}


def test_pages_out_of_their_places_are_told_as_damage_wherever_they_are_met(tmp_path: Path) -> None:
    """Rows are read one by one: what is broken behind the first of them fails with the driver's own error."""
    at, found = scene(tmp_path / "buku"), set()
    whole = at.last["casebook.db"]
    for page in at.written_pages:
        for files in at.stages[:-1]:
            older = files["casebook.db"][page * PAGE : (page + 1) * PAGE]
            if older:
                at.lay(at.last | {"casebook.db": whole[: page * PAGE] + older + whole[(page + 1) * PAGE :]})
                found.add(found_by(at, at.printed) or ("no change" if says_the_same(at) else "nothing"))
    assert "unreadable" in found and "nothing" not in found
