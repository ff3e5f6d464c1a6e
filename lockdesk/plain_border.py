"""The strictness of `lockdesk.strict` for the few tables that are read before the list is seen: pydantic takes a
twentieth of a start to load, and what comes from outside in bulk is not read here.

There is one description of each value, its own annotations. Nothing is converted but lists and enumerations, and
nothing ignored: a member more or less is a fault, every text is well-formed Unicode, every text and list bounded.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from lockdesk.records import dataclass
from lockdesk.strict import MOST_CHARACTERS, MOST_ITEMS, Bounds, Rule

Place = tuple[str | int, ...]
"""Names of members and numbers of items, from without to within."""
_BOUNDS = {"ge", "le", "max_length", "item_length"}
_TYPE_FAULTS: dict[type, str] = {str: "string_type", bool: "bool_type", int: "int_type"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where. `kind` is pydantic's name for it; `words`: what is known, or what a rule says."""

    place: Place
    kind: str
    words: str = ""


class Faulty(ValueError):
    """A value with at least one fault."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


class PlainBorder:
    """Reads what JSON or TOML holds into frozen dataclasses. `bounds` are those of members that need others than their
    type's (`ge`, `le`, `max_length`, and `item_length` for a list's texts); a member that has a default may be left
    out."""

    def __init__(self, bounds: Mapping[tuple[type, str], Bounds], rules: Mapping[type, Rule]) -> None:
        if unknown := {name for each in bounds.values() for name in each} - _BOUNDS:
            raise TypeError(f"no such bounds: {unknown}")
        self._bounds = bounds
        self._rules = rules

    def read(self, kind: Any, raw: Any) -> Any:
        """A `kind`. Raises Faulty."""
        faults: list[Fault] = []
        value = self._read(kind, raw, {}, (), faults)
        if faults:
            raise Faulty(faults)
        return value

    def _read(self, kind: Any, raw: Any, bounds: Bounds, place: Place, faults: list[Fault]) -> Any:
        if get_origin(kind) is tuple:
            return self._tuple(get_args(kind), raw, bounds, place, faults)
        if is_dataclass(kind):
            return self._table(kind, raw, place, faults)
        if issubclass(kind, Enum):
            if raw in (known := [item.value for item in kind]):
                return kind(raw)
            faults.append(Fault(place, "enum", ", ".join(f"'{value}'" for value in known)))
        elif (fault := _fault(kind, raw, bounds)) is not None:
            faults.append(Fault(place, fault))
        return raw

    def _tuple(self, arms: tuple[Any, ...], raw: Any, bounds: Bounds, place: Place, faults: list[Fault]) -> Any:
        if not isinstance(raw, list):
            faults.append(Fault(place, "tuple_type"))
            return None
        several = arms[-1] is Ellipsis
        if len(raw) > (MOST_ITEMS if several else len(arms)):
            faults.append(Fault(place, "too_long"))
            return None
        if not several and len(raw) < len(arms):
            faults.append(Fault((*place, len(raw)), "missing"))
            return None
        inner = {"max_length": bounds["item_length"]} if "item_length" in bounds else {}
        kinds = arms[:1] * len(raw) if several else arms
        return tuple(
            self._read(kind, item, inner, (*place, number), faults)
            for number, (kind, item) in enumerate(zip(kinds, raw, strict=True))
        )

    def _table(self, kind: Any, raw: Any, place: Place, faults: list[Fault]) -> Any:
        if not isinstance(raw, dict):
            faults.append(Fault(place, "dataclass_type"))
            return None
        before, members = len(faults), dict[str, Any]()
        for name, (hint, needed) in _members(kind).items():
            if name in raw:
                bounds = self._bounds.get((kind, name), {})
                members[name] = self._read(hint, raw[name], bounds, (*place, name), faults)
            elif needed:
                faults.append(Fault((*place, name), "missing"))
        unknown = [name for name in raw if name not in _members(kind)]
        faults += (Fault((*place, name), "unexpected_keyword_argument") for name in unknown)
        if len(faults) > before:
            return None
        value, rule = kind(**members), self._rules.get(kind)
        try:
            return value if rule is None else rule(value)
        except ValueError as error:
            faults.append(Fault(place, "value_error", str(error)))
            return None


@cache
def _members(kind: Any) -> dict[str, tuple[Any, bool]]:
    """What each member is, and whether it is needed."""
    hints = get_type_hints(kind)
    return {item.name: (hints[item.name], item.default is MISSING) for item in fields(kind)}


def _fault(kind: type, raw: Any, bounds: Bounds) -> str | None:
    """What is wrong with a text, a number, or a yes or no."""
    if type(raw) is not kind:
        return _TYPE_FAULTS[kind]
    if isinstance(raw, str):
        if len(raw) > bounds.get("max_length", MOST_CHARACTERS):
            return "string_too_long"
        return None if raw.isascii() or _is_unicode(raw) else "string_unicode"
    if kind is int and raw < bounds.get("ge", 0):
        return "greater_than_equal"
    return "less_than_equal" if kind is int and raw > bounds.get("le", 1 << 31) else None


def _is_unicode(text: str) -> bool:
    """Whether it can be written; half of a pair of surrogates cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
