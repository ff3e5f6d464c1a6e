"""Frozen dataclasses with slots, made in a third of the time that `dataclasses` takes for them.

The program has some four hundred, and for each the standard library compiles eight functions: a sixth of the time
until the window stands. Only `__init__` has a text of its own here; what else frozen values do is written once.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, kw_only: bool = False, **options: bool) -> Callable[[type], type]:
        """`dataclasses.dataclass`; quick where a class is frozen, has slots and asks for nothing else."""

        def made(cls: type) -> type:
            if options == _FROZEN:
                return _quick(cls, kw_only)
            return dataclasses.dataclass(cls, kw_only=kw_only, **options)

        return made


_FROZEN = {"frozen": True, "slots": True}
_OWN = ("__eq__", "__hash__", "__repr__")


def _quick(cls: type, kw_only: bool) -> type:
    own = {name: vars(cls)[name] for name in _OWN if name in vars(cls)}
    made: Any = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=True, kw_only=kw_only)
    fields = dataclasses.fields(made)
    made.__init__ = _LateInit(made, fields)
    made.__setattr__, made.__delattr__ = _set, _delete
    made.__getstate__, made.__setstate__ = _state, _restore
    made.__repr__ = _repr(tuple(field.name for field in fields if field.repr))
    made.__eq__ = _eq(_key([field.name for field in fields if field.compare]))
    counted = [field.name for field in fields if (field.compare if field.hash is None else field.hash)]
    made.__hash__ = _hash(_key(counted))
    for name, function in own.items():
        setattr(made, name, function)
    value: type = made
    return value


class _LateInit:
    """Most kinds of values are not met by a start: the text of theirs is compiled with the first one."""

    def __init__(self, made: Any, fields: "tuple[dataclasses.Field[Any], ...]") -> None:
        self._made, self._fields = made, fields

    def __get__(self, value: Any, owner: type | None = None) -> Callable[..., None]:
        init = self._made.__init__ = _init(self._made, self._fields)
        bound: Callable[..., None] = init.__get__(value, owner)
        return bound


def _init(made: Any, fields: "tuple[dataclasses.Field[Any], ...]") -> Callable[..., None]:
    """The one function that depends on the names of the fields."""
    known: dict[str, Any] = {"MISSING": dataclasses.MISSING}
    taken, body = ["self"], list[str]()
    for field in sorted(fields, key=lambda field: bool(field.kw_only)):
        if field.kw_only and "*" not in taken:
            taken.append("*")
        name, value = field.name, field.name
        if not field.init:
            raise TypeError(f"{made.__name__}.{name}: every field of a frozen value is given")
        known[f"set_{name}"] = getattr(made, name).__set__
        if field.default_factory is not dataclasses.MISSING:
            known[f"make_{name}"] = field.default_factory
            taken.append(f"{name}=MISSING")
            value = f"make_{name}() if {name} is MISSING else {name}"
        elif field.default is not dataclasses.MISSING:
            known[f"default_{name}"] = field.default
            taken.append(f"{name}=default_{name}")
        else:
            taken.append(name)
        body.append(f"set_{name}(self, {value})")
    if hasattr(made, "__post_init__"):
        body.append("self.__post_init__()")
    exec(f"def __init__({', '.join(taken)}):\n " + "\n ".join(body or ["pass"]), known)  # noqa: S102 - names of fields
    made_init: Callable[..., None] = known["__init__"]
    made_init.__qualname__ = f"{made.__qualname__}.__init__"
    return made_init


def _key(names: list[str]) -> Callable[[Any], object]:
    return attrgetter(*names) if names else lambda _value: ()


def _eq(key: Callable[[Any], object]) -> Callable[[Any, Any], bool]:
    def eq(self: Any, other: Any) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return eq


def _hash(key: Callable[[Any], object]) -> Callable[[Any], int]:
    return lambda self: hash(key(self))


def _repr(names: tuple[str, ...]) -> Callable[[Any], str]:
    @recursive_repr()
    def words(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return words


def _set(_self: Any, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
