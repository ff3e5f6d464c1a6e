"""Strict pydantic models made from the annotations of frozen dataclasses: what comes from outside, member by member.

There is one description of each value, its own. Nothing is converted and nothing ignored: every text is well-formed
Unicode of a bounded length, every number finite and within bounds, every moment aware, every list bounded, and a
member more or less is an error.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:  # imported late: nobody pays for it before the first value from outside
    from pydantic_core import CoreSchema, SchemaValidator

Bounds = Mapping[str, Any]
"""pydantic's own names (`ge`, `le`, `min_length`, `max_length`, `pattern`)."""
Rule = Callable[[Any], Any]
"""Gives the value back, or raises ValueError for one whose members do not go together."""
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between these, arithmetic with a moment stays within the calendar in every zone."""
MOST_CHARACTERS, MOST_ITEMS = 2_000, 512


class Border:
    """The models of what crosses one border. Thread-safe."""

    def __init__(self, bounds: Mapping[tuple[type, str], Bounds], rules: Mapping[type, Rule]) -> None:
        """`bounds` are those of members that need others than their type's."""
        self._bounds = bounds
        self._rules = rules
        self._made: dict[Any, SchemaValidator] = {}

    def model(self, kind: Any) -> "SchemaValidator":
        """The model that reads JSON into a `kind`; bytes are taken from the blobs given as its context."""
        from pydantic_core import SchemaValidator

        if kind not in self._made:
            self._made[kind] = SchemaValidator(self._schema(kind, {}))
        return self._made[kind]

    def _schema(self, kind: Any, bounds: Bounds) -> "CoreSchema":
        """The schema of an annotation; `bounds` are those of the member that it annotates."""
        from pydantic_core import core_schema as make

        origin, arms = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return make.nullable_schema(self._schema(next(arm for arm in arms if arm is not types.NoneType), bounds))
        if origin is tuple:
            return self._tuple(arms, bounds)
        if is_dataclass(kind) and isinstance(kind, type):
            return self._dataclass(kind)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return make.enum_schema(kind, list(kind), sub_type="str", strict=True)
        return _plain(kind, bounds)

    def _tuple(self, arms: tuple[Any, ...], bounds: Bounds) -> "CoreSchema":
        """Bounds on length are the list's own, all others its items'."""
        from pydantic_core import core_schema as make

        lengths = {name: value for name, value in bounds.items() if name in ("min_length", "max_length")}
        inner = {name: value for name, value in bounds.items() if name not in lengths}
        if arms[-1] is not Ellipsis:
            return make.tuple_schema([self._schema(arm, inner) for arm in arms], strict=True, fail_fast=True)
        lengths = {"max_length": MOST_ITEMS, **lengths}
        item = self._schema(arms[0], inner)
        return make.tuple_schema([item], variadic_item_index=0, strict=True, fail_fast=True, **lengths)

    def _dataclass(self, kind: type) -> "CoreSchema":
        from pydantic_core import core_schema as make

        hints = get_type_hints(kind)
        members = [
            make.dataclass_field(item.name, self._schema(hints[item.name], self._bounds.get((kind, item.name), {})))
            for item in fields(kind)
        ]
        schema = make.dataclass_schema(
            kind,
            make.dataclass_args_schema(kind.__name__, members, extra_behavior="forbid"),
            [item["name"] for item in members],
            slots=True,
            strict=True,
        )
        rule = self._rules.get(kind)
        return schema if rule is None else make.no_info_after_validator_function(rule, schema)


def _plain(kind: Any, bounds: Bounds) -> "CoreSchema":
    from pydantic_core import core_schema as make

    if kind is str:
        return make.str_schema(strict=True, **{"max_length": MOST_CHARACTERS, **bounds})
    if kind is int:
        return make.int_schema(strict=True, **{"ge": 0, "le": 1 << 31, **bounds})
    if kind is float:
        return make.float_schema(strict=True, allow_inf_nan=False, **{"ge": -1e6, "le": 1e6, **bounds})
    if kind is bool:
        return make.bool_schema(strict=True)
    if kind is datetime:
        return make.datetime_schema(strict=True, tz_constraint="aware", ge=EARLIEST, le=LATEST)
    if kind is bytes:
        return make.with_info_after_validator_function(_blob, make.int_schema(strict=True, ge=0))
    raise TypeError(f"no {kind} crosses a border")


def _blob(index: int, info: Any) -> bytes:
    """Raises ValueError for a blob that did not come along."""
    blobs: tuple[bytes, ...] = info.context
    if index >= len(blobs):
        raise ValueError("no blob")
    return blobs[index]
