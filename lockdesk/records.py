"""Frozen dataclasses with slots, made in a fraction of the time that `dataclasses` takes for them.

The program has some four hundred, and for each the standard library compiles eight functions and makes the class once
more: a sixth of the time until the window stands. Only `__init__` has a text of its own here, compiled with the first
value of its kind; what else frozen values do is written once. What `dataclasses` keeps of a class is worked out by
itself, when `fields`, `replace` or `asdict` ask for it.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, get_origin

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
_NEVER_KEPT = ("__dict__", "__weakref__")
_HELD = "__record_fields__"


class _Held(NamedTuple):
    """One field as it was declared: its default or what `dataclasses.field` made."""

    declared: Any
    kw_only: bool

    def says(self, wish: str) -> bool:
        """Whether the field takes part in what `repr`, `compare` or `hash` stand for."""
        said = getattr(self.declared, wish) if isinstance(self.declared, dataclasses.Field) else True
        return self.says("compare") if said is None else bool(said)


def _quick(cls: type, kw_only: bool) -> type:
    space = {name: value for name, value in vars(cls).items() if name not in _NEVER_KEPT}
    if space.get("__hash__", True) is None:  # Python's own mark of a class with __eq__
        del space["__hash__"]
    held: dict[str, _Held] = {}
    for base in reversed(cls.__mro__):
        held |= vars(base).get(_HELD, {})
    own = [name for name, kind in cls.__annotations__.items() if _is_field(kind)]
    slots = tuple(name for name in own if name not in held)
    for name in own:
        declared = space.pop(name, dataclasses.MISSING)
        if type(declared).__hash__ is None:
            raise ValueError(f"{cls.__name__}.{name}: a default that can change would be everybody's")
        wish = declared.kw_only if isinstance(declared, dataclasses.Field) else dataclasses.MISSING
        held[name] = _Held(declared, kw_only if wish is dataclasses.MISSING else wish)
    value: type = type(cls)(
        cls.__name__,
        cls.__bases__,
        {
            "__qualname__": cls.__qualname__,
            "__slots__": slots,
            "__match_args__": tuple(name for name, field in held.items() if not field.kw_only),
            "__init__": _LateInit(held),
            "__eq__": _eq(_key(held, "compare")),
            "__hash__": _hash(_key(held, "hash")),
            "__repr__": _repr(tuple(name for name, field in held.items() if field.says("repr"))),
            "__dataclass_fields__": _Standard(cls, kw_only),
            "__dataclass_params__": _Standard(cls, kw_only),
            _HELD: held,
            **_SHARED,
            **space,
        },
    )
    return value


def _is_field(kind: object) -> bool:
    if kind is dataclasses.KW_ONLY or isinstance(kind, dataclasses.InitVar):
        raise TypeError(f"{kind} is none of what a frozen value has")
    return ClassVar not in (kind, get_origin(kind))


class _Standard:
    """What `dataclasses` keeps of a class under one name, worked out by itself from the class as it was declared."""

    _lock = RLock()  # a class that is worked on twice would lose its defaults

    def __init__(self, declared: Any, kw_only: bool) -> None:
        self._declared, self._kw_only = declared, kw_only

    def __set_name__(self, made: Any, name: str) -> None:
        self._made, self._name = made, name

    def __get__(self, value: Any, owner: type | None = None) -> Any:
        with self._lock:
            if self._name not in vars(self._declared):
                # One that has no words of its own would be given its signature, which costs more than all else.
                self._declared.__doc__ = self._declared.__doc__ or self._declared.__name__
                dataclasses.dataclass(self._declared, init=False, repr=False, eq=False, kw_only=self._kw_only)
            kept = vars(self._declared)[self._name]
        setattr(self._made, self._name, kept)
        return kept


class _LateInit:
    """Most kinds of values are not met by a start: the text of theirs is compiled with the first one."""

    def __init__(self, held: dict[str, _Held]) -> None:
        self._held = held

    def __set_name__(self, made: Any, name: str) -> None:
        self._made = made

    def __get__(self, value: Any, owner: type | None = None) -> Callable[..., None]:
        init = self._made.__init__ = _init(self._made, self._held)
        bound: Callable[..., None] = init.__get__(value, owner)
        return bound


def _init(made: Any, held: dict[str, _Held]) -> Callable[..., None]:
    """The one function that depends on the names of the fields."""
    known: dict[str, Any] = {"MISSING": dataclasses.MISSING}
    taken, body = ["self"], list[str]()
    for name, field in sorted(held.items(), key=lambda item: item[1].kw_only):
        if field.kw_only and "*" not in taken:
            taken.append("*")
        declared, value = field.declared, name
        default: Any = declared
        make: Any = dataclasses.MISSING
        if isinstance(declared, dataclasses.Field):
            if not declared.init:
                raise TypeError(f"{made.__name__}.{name}: every field of a frozen value is given")
            default, make = declared.default, declared.default_factory
        known[f"set_{name}"] = getattr(made, name).__set__
        if make is not dataclasses.MISSING:
            known[f"make_{name}"] = make
            taken.append(f"{name}=MISSING")
            value = f"make_{name}() if {name} is MISSING else {name}"
        elif default is not dataclasses.MISSING:
            known[f"default_{name}"] = default
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


def _key(held: dict[str, _Held], wish: str) -> Callable[[Any], object]:
    names = [name for name, field in held.items() if field.says(wish)]
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
    return [getattr(self, name) for name in getattr(self, _HELD)]


def _restore(self: Any, state: list[object]) -> None:
    for name, value in zip(getattr(self, _HELD), state, strict=True):
        object.__setattr__(self, name, value)


_SHARED = {"__setattr__": _set, "__delattr__": _delete, "__getstate__": _state, "__setstate__": _restore}
