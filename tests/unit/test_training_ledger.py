"""The training CA's file: durable to the last byte that was acknowledged, and of no use to others."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lockdesk.core.operations import RevocationReason
from lockdesk.errors import Damaged, Unreachable
from lockdesk.gateway.training.authority import Revocation
from lockdesk.gateway.training.books import Books
from lockdesk.gateway.training.ledger import MARK, Ledger

KEY = bytes(range(32))
CONTENTS = [b"satu", b"dua" * 50, b"tiga, yang terakhir"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "ca.ledger"
    ledger = Ledger(file, KEY)
    for content in CONTENTS:
        ledger.append(content)
    ledger.close()
    return file


def untold(path: Path) -> None:
    """The program ended before somebody was told of the last record."""
    last = 4 + 12 + 16 + len(CONTENTS[-1])
    path.with_name(path.name + MARK).write_text(str(path.stat().st_size - last))


def read(path: Path, key: bytes = KEY) -> list[bytes]:
    ledger = Ledger(path, key)
    ledger.close()
    return ledger.records


def test_records_come_back_in_order_and_not_in_clear(path: Path) -> None:
    assert read(path) == CONTENTS
    assert b"satu" not in path.read_bytes()


def test_a_tail_torn_at_any_byte_loses_only_the_last_record(path: Path) -> None:
    whole = path.read_bytes()
    last = 4 + 12 + 16 + len(CONTENTS[-1])
    untold(path)
    mark = path.with_name(path.name + MARK)
    told = mark.read_text()
    for cut in range(1, last + 1):
        path.write_bytes(whole[:-cut])
        mark.write_text(told)
        assert read(path) == CONTENTS[:-1], cut
        assert len(path.read_bytes()) == len(whole) - last
        ledger = Ledger(path, KEY)
        ledger.append(CONTENTS[-1])
        ledger.close()
        assert read(path) == CONTENTS


def test_a_tail_whose_bytes_never_reached_the_disk_is_dropped(path: Path) -> None:
    whole = path.read_bytes()
    last = 4 + 12 + 16 + len(CONTENTS[-1])
    untold(path)
    path.write_bytes(whole[:-last] + bytes(last))
    assert read(path) == CONTENTS[:-1]
    path.write_bytes(whole[:-20] + bytes(20))
    assert read(path) == CONTENTS[:-1]


HEAD, SECOND = len(b"LockDesk CA ledger 1\n"), 32 + len(CONTENTS[0])


@pytest.mark.parametrize("place", [HEAD + 2, HEAD + 20, HEAD + SECOND + 1, HEAD + SECOND + 60], ids=str)
@pytest.mark.parametrize("lost", [1, 40, 90, 10_000])
def test_bytes_that_are_lost_inside_are_told_and_nothing_is_written(path: Path, place: int, lost: int) -> None:
    """What follows them was told to be there: no CA goes on without it."""
    whole = path.read_bytes()
    left = whole[:place] + whole[place + lost :]
    path.write_bytes(left)
    with pytest.raises(Damaged) as told:
        read(path)
    assert told.value.code in {"ledger.cut", "ledger.damaged"}
    assert path.read_bytes() == left, "what is left may be needed"
    path.write_bytes(whole)
    assert read(path) == CONTENTS, "the whole file is brought back"


def test_a_ledger_of_an_earlier_version_has_no_mark_until_something_is_written(path: Path) -> None:
    mark = path.with_name(path.name + MARK)
    for content in (None, b"", b"\xff", b"rusak"):
        mark.unlink() if content is None else mark.write_bytes(content)
        assert read(path) == CONTENTS
    ledger = Ledger(path, KEY)
    ledger.append(b"empat")
    ledger.close()
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Damaged) as told:
        read(path)
    assert told.value.code == "ledger.cut"


def test_a_mark_that_cannot_be_written_fails_no_record(path: Path) -> None:
    mark = path.with_name(path.name + MARK)
    mark.unlink()
    mark.mkdir()
    ledger = Ledger(path, KEY)
    ledger.append(b"empat")
    ledger.close()
    assert read(path) == [*CONTENTS, b"empat"]


def test_a_first_start_that_was_cut_off_begins_again(path: Path) -> None:
    path.with_name(path.name + MARK).unlink()
    for size in range(0, 21):
        path.write_bytes(b"LockDesk CA ledger 1\n"[:size])
        assert read(path) == []


def test_another_key_another_file_and_any_changed_byte_are_damage(path: Path) -> None:
    with pytest.raises(Damaged):
        read(path, bytes(32))
    whole = path.read_bytes()
    for place in (3, 40, 60, len(whole) - 1, len(whole) - 20):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Damaged):
            read(path)
    assert path.read_bytes()[-5:] != b""


def test_records_cannot_change_places(path: Path) -> None:
    whole, head = path.read_bytes(), len(b"LockDesk CA ledger 1\n")
    first, second = 32 + len(CONTENTS[0]), 32 + len(CONTENTS[1])
    one, two = whole[head : head + first], whole[head + first : head + first + second]
    path.write_bytes(whole[:head] + two + one + whole[head + first + second :])
    with pytest.raises(Damaged):
        read(path)


def test_one_process_has_the_file(path: Path) -> None:
    ledger = Ledger(path, KEY)
    with pytest.raises(Unreachable) as caught:
        Ledger(path, KEY)
    assert caught.value.code == "ledger.locked"
    ledger.close()
    assert read(path) == CONTENTS


def test_who_does_not_get_the_file_leaves_the_mark_of_who_has_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two programs begin at once: the other one has made the file meanwhile, and has written."""
    mark = path.with_name(path.name + MARK)
    told = mark.read_text()
    path.unlink()
    monkeypatch.setattr("lockdesk.gateway.training.ledger.try_lock", lambda _file: False)
    with pytest.raises(Unreachable):
        Ledger(path, KEY)
    assert mark.read_text() == told


def test_an_older_file_that_is_laid_in_by_hand_is_taken_as_its_remedy_says(path: Path) -> None:
    older = path.read_bytes()
    ledger = Ledger(path, KEY)
    ledger.append(b"empat")
    ledger.close()
    path.write_bytes(older)
    with pytest.raises(Damaged) as told:
        read(path)
    assert f"hapus {path.name + MARK} di sampingnya" in told.value.remedy
    path.with_name(path.name + MARK).unlink()
    assert read(path) == CONTENTS


class Counted(bytes):
    """Bytes that count how many of them were copied out."""

    copied = 0

    def __getitem__(self, key: Any) -> Any:
        taken = super().__getitem__(key)
        if isinstance(taken, bytes):
            Counted.copied += len(taken)
        return taken


def test_opening_looks_at_every_byte_once_however_many_records_there_are(path: Path) -> None:
    ledger = Ledger(path, KEY)
    for number in range(400):
        ledger.append(b"catatan nomor %d" % number * 4)
    data = Counted(path.read_bytes())
    records, end = ledger._parse(data)
    ledger.close()
    assert (len(records), end) == (len(CONTENTS) + 400, len(data))
    assert Counted.copied < 2 * len(data)


def revoke(books: Books, serials: range) -> None:
    at = datetime(2026, 11, 23, 1, tzinfo=UTC)
    for number, serial in enumerate(serials, 1):
        books.add_certificate(serial, f"{serial:064x}", b"sertifikat", f"r{serial}")
        books.add_revocation(Revocation(serial, RevocationReason.SUPERSEDED, at))
        count = len(books.revocations())
        books.add_crl(number, at, b"daftar" + b"butir" * count, count)


def test_the_file_grows_by_the_same_for_every_certificate(tmp_path: Path) -> None:
    path = tmp_path / "ca.ledger"
    books = Books(path, KEY)
    revoke(books, range(1000, 1100))
    first = path.stat().st_size
    revoke(books, range(1100, 1200))
    books.close()
    assert path.stat().st_size < 2.05 * first
    again = Books(path, KEY)
    assert again.crl is not None and (again.crl.number, len(again.revocations())) == (100, 200)
    again.close()


def test_a_ledger_that_still_holds_its_lists_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ca.ledger"
    ledger = Ledger(path, KEY)
    ledger.append(b'{"kind": "crl", "number": 7, "at": "2026-11-23T01:00:00+00:00", "der": "AAAA"}')
    ledger.close()
    books = Books(path, KEY)
    assert books.crl is not None and books.crl.number == 7
    books.close()
