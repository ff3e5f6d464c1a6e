"""The quick frozen values do what those of the standard library do."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field, fields, is_dataclass
from datetime import date
from typing import Any, ClassVar

import pytest
from pydantic import TypeAdapter

from lockdesk import records

Maker = Callable[..., Any]
BOTH = pytest.mark.parametrize("make", [records.dataclass, dataclasses.dataclass], ids=["quick", "standard"])


def case(make: Maker) -> Any:
    @make(frozen=True, slots=True)
    class Case:
        """A case."""

        kinds: ClassVar[int] = 3
        number: int
        name: str = "Sekar"
        notes: tuple[str, ...] = field(default_factory=tuple)
        seen: bool = field(default=False, compare=False, repr=False)

        def words(self) -> str:
            return f"{self.number} {self.name}"

        @property
        def upper(self) -> str:
            return self.name.upper()

    return Case


@BOTH
def test_it_is_made_by_place_by_name_and_by_default(make: Maker) -> None:
    kind = case(make)
    one = kind(1, notes=("a",))
    assert (one.number, one.name, one.notes, one.seen, one.kinds) == (1, "Sekar", ("a",), False, 3)
    assert (one.words(), one.upper, kind.__doc__) == ("1 Sekar", "SEKAR", "A case.")
    assert kind(1).notes == () and [item.name for item in fields(kind)] == ["number", "name", "notes", "seen"]
    for wrong in ({}, {"number": 1, "other": 2}):
        with pytest.raises(TypeError, match=r"__init__\(\)"):
            kind(**wrong)
    with pytest.raises(TypeError, match=r"positional arguments"):
        kind(1, "a", (), False, 5)


@BOTH
def test_it_equals_and_counts_by_what_it_holds(make: Maker) -> None:
    kind, other = case(make), case(make)
    assert kind(1) == kind(1, seen=True) != kind(2) and hash(kind(1)) == hash(kind(1, seen=True))
    assert kind(1) != other(1) and kind(1) != 1 and len({kind(1), kind(1), kind(2)}) == 2


@BOTH
def test_it_stays_as_it_is(make: Maker) -> None:
    one = case(make)(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="name"):
        one.name = "Joko"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.name
    with pytest.raises((AttributeError, TypeError)):
        one.other = 1
    assert not hasattr(one, "__dict__")


@BOTH
def test_what_the_standard_library_does_with_it(make: Maker) -> None:
    one: Any = case(make)(1, "Joko", ("a",))
    assert is_dataclass(type(one)) and dataclasses.replace(one, number=2).words() == "2 Joko"
    assert dataclasses.asdict(one) == {"number": 1, "name": "Joko", "notes": ("a",), "seen": False}
    assert repr(one).endswith("Case(number=1, name='Joko', notes=('a',))")
    assert copy.copy(one) == copy.deepcopy(one) == one
    assert type(one).__match_args__ == ("number", "name", "notes", "seen")


@BOTH
def test_it_comes_out_of_json(make: Maker) -> None:
    @make(frozen=True, slots=True)
    class Day:
        at: date
        holds: tuple[int, ...] = ()

    adapter, kind = TypeAdapter[Any](Day), list[Any]([Day])[0]
    day = kind(date(2026, 11, 27), (1, 2))
    assert adapter.validate_json(adapter.dump_json(day)) == day


@BOTH
def test_its_own_methods_go_first(make: Maker) -> None:
    @make(frozen=True, slots=True)
    class Spelt:
        text: str

        def __post_init__(self) -> None:
            if not self.text:
                raise ValueError("empty")

        def __repr__(self) -> str:
            return "hidden"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Spelt) and other.text.lower() == self.text.lower()

        def __hash__(self) -> int:
            return 7

    kind: Any = Spelt
    assert (repr(kind("A")), kind("A") == kind("a"), hash(kind("A"))) == ("hidden", True, 7)
    with pytest.raises(ValueError, match="empty"):
        kind("")


@BOTH
def test_one_is_built_upon_another(make: Maker) -> None:
    @make(frozen=True, slots=True)
    class Base:
        first: int
        second: int = 2

    @make(frozen=True, slots=True)
    class Longer(Base):
        third: int = 3

    base, longer = (kind for kind in list[Any]((Base, Longer)))
    assert (longer(1), longer(1, 5, 6).second) == (longer(1, 2, 3), 5)
    assert base(1) != longer(1) and repr(longer(1)).endswith("Longer(first=1, second=2, third=3)")


@BOTH
def test_a_field_may_be_given_by_name_alone(make: Maker) -> None:
    @make(frozen=True, slots=True)
    class Word:
        origin: int = field(kw_only=True)
        text: str

    @make(frozen=True, slots=True, kw_only=True)
    class Named:
        first: int = 1
        second: int

    word, named = list[Any]((Word, Named))
    assert word("a", origin=3).origin == named(second=3).second == 3
    for wrong in (lambda: word("a", 3), lambda: named(1, 3)):
        with pytest.raises(TypeError):
            wrong()


@records.dataclass(frozen=True, slots=True)
class Kept:
    number: int
    inner: "Kept | None" = None


def test_it_survives_being_packed() -> None:
    assert pickle.loads(pickle.dumps(Kept(1, Kept(2)))) == Kept(1, Kept(2))  # noqa: S301 - our own


@BOTH
def test_what_it_equals_by_needs_no_hash_of_its_own(make: Maker) -> None:
    @make(frozen=True, slots=True)
    class Loose:  # noqa: PLW1641 - so that one is made for it
        text: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Loose) and other.text.lower() == self.text.lower()

    kind: Any = Loose
    assert kind("A") == kind("a") and hash(kind("A")) == hash(kind("A"))


@BOTH
def test_the_standard_library_is_asked_first(make: Maker) -> None:
    """Before any value was made, and of one that is built upon another."""

    @make(frozen=True, slots=True)
    class Base:
        first: int
        notes: tuple[int, ...] = field(default_factory=tuple)

    @make(frozen=True, slots=True, kw_only=True)
    class Longer(Base):
        third: int = 3

    longer: Any = Longer
    assert [(item.name, item.kw_only) for item in fields(longer)] == [
        ("first", False),
        ("notes", False),
        ("third", True),
    ]
    assert dataclasses.replace(longer(1), third=4) == longer(1, third=4) and longer(1).notes == ()
    assert dataclasses.asdict(longer(1)) == {"first": 1, "notes": (), "third": 3}


@BOTH
def test_a_default_that_can_change_is_refused(make: Maker) -> None:
    with pytest.raises(ValueError, match="notes"):

        @make(frozen=True, slots=True)
        class Shared:
            notes: list[int] = []  # noqa: RUF012 - that is the mistake


def test_what_it_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="KW_ONLY"):

        @records.dataclass(frozen=True, slots=True)
        class Marked:
            _: dataclasses.KW_ONLY
            first: int


def test_many_threads_ask_at_once() -> None:
    for _time in range(50):

        @records.dataclass(frozen=True, slots=True)
        class Many:
            first: int = 1
            notes: tuple[int, ...] = field(default_factory=tuple)

        kind: Any = Many
        with ThreadPoolExecutor(4) as pool:
            jobs = [pool.submit(job, kind) for job in (fields, lambda kind: kind().notes) * 2]
        assert [len(job.result()) for job in jobs] == [2, 0, 2, 0]
        assert [item.default_factory is tuple for item in fields(kind)] == [False, True]


def test_other_kinds_are_the_standard_library_s() -> None:
    @records.dataclass(slots=True)
    class Growing:
        count: int = 0

    growing = Growing()
    growing.count += 1
    assert growing == Growing(1)
