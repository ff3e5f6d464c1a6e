"""What lies on the disk behind a killed program: nothing that anybody could read; and the search would find it."""

from tests.hostile.traces import left


def test_a_killed_program_leaves_nothing_in_the_clear() -> None:
    found = left(6)
    assert found.hits == set()
    assert {"casebook.db", "casebook.db-wal", "ca.ledger"} <= set(found.written), "the program had much to hide"
    assert any(name.endswith(".log") for name in found.written)


def test_the_same_without_encryption_is_found_out() -> None:
    assert any(name.startswith("casebook.db") for name, _words in left(2, encrypted=False).hits)
