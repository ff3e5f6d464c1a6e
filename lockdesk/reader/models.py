"""The messages of the pipe as strict pydantic models: what a child may say, member by member.

A model is made from the annotations of the value that it reads, so that there is one description of each. Nothing
is converted and nothing ignored: every text is well-formed Unicode of a bounded length, every number finite and
within bounds, every moment aware, every list bounded, and a member more or less is an error.
"""

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from lockdesk.core.findings import Place
from lockdesk.desk.facts import (
    MOST_PAGES,
    Attachment,
    Line,
    MailFacts,
    PagePixels,
    StatementFacts,
    StatementFields,
    Word,
)
from lockdesk.pki.values import CsrFacts, KeyFacts
from lockdesk.reader.limits import (
    EARLIEST,
    LATEST,
    MOST_FIELD,
    MOST_LETTER_TEXT,
    MOST_MAIL_TEXT,
    MOST_PAGE_WORDS,
    MOST_WORDS,
)
from lockdesk.reader.opening import OpenedFile
from lockdesk.reader.scans import ScannedPage

if TYPE_CHECKING:  # imported late: nobody pays for it before the first document
    from pydantic_core import CoreSchema, SchemaValidator

_MOST_ITEMS = 512
_DIGEST, _PICTURE = r"^(?:[0-9a-f]{64})?$", r"^(?:[0-9a-f]{384})?$"

_Bounds = dict[str, Any]
_EDGE: _Bounds = {"ge": 0.0, "le": 1.0}
_PAGE: _Bounds = {"ge": 0, "le": 100_000}
_BOUNDS: dict[tuple[type, str], _Bounds] = {
    (Attachment, "sha256"): {"pattern": _DIGEST},
    (Attachment, "size"): {"ge": 0, "le": 1 << 40},
    (CsrFacts, "der_sha256"): {"pattern": _DIGEST},
    (KeyFacts, "sha256"): {"pattern": _DIGEST},
    (KeyFacts, "exponent"): {"ge": 0, "le": 1 << 256},
    (MailFacts, "text"): {"max_length": MOST_MAIL_TEXT},
    (StatementFacts, "text"): {"max_length": MOST_LETTER_TEXT},
    (StatementFacts, "picture"): {"pattern": _PICTURE},
    (StatementFacts, "pages"): _PAGE,
    (StatementFacts, "unread"): {"max_length": MOST_PAGES},
    (StatementFacts, "lines"): {"max_length": MOST_WORDS},
    (Place, "page"): _PAGE,
    (Place, "boxes"): _EDGE,
    (Word, "page"): _PAGE,
    (Word, "text"): {"max_length": MOST_LETTER_TEXT},
    **{(Word, name): _EDGE for name in ("left", "top", "right", "bottom")},
    (Line, "page"): _PAGE,
    (Line, "words"): {"min_length": 1, "max_length": MOST_WORDS},
    (ScannedPage, "words"): {"max_length": MOST_PAGE_WORDS},
    (ScannedPage, "angle"): {"ge": -45.0, "le": 45.0},
    (ScannedPage, "shape"): {"ge": 1e-4, "le": 1e4},
    **{(PagePixels, name): {"ge": 0, "le": 16_000} for name in ("width", "height", "stride")},
}
"""Members whose bounds are other than those of their type."""


def _pairs_up(opened: OpenedFile) -> OpenedFile:
    """Raises ValueError: a reading belongs to a file, and a mail's files are its attachments."""
    if len(opened.files) != len(opened.readings):
        raise ValueError("readings without files")
    if opened.mail is not None and opened.mail.attachments != opened.files:
        raise ValueError("files that are no attachments")
    return opened


def _stands_in_it(facts: StatementFacts) -> StatementFacts:
    """Raises ValueError: places and pages must be those of the letter, and fields known ones."""
    known = {item.name for item in fields(StatementFields)}
    if any(name not in known or place.source != "statement" for name, place in facts.places):
        raise ValueError("a place of no field")
    if any(not 0 <= page < facts.scanned_pages for page in facts.unread):
        raise ValueError("an unread page that there is not")
    return facts


_RULES: dict[type, Callable[[Any], Any]] = {OpenedFile: _pairs_up, StatementFacts: _stands_in_it}
"""What the members of a value must be to each other."""


@cache
def model(kind: Any) -> "SchemaValidator":
    """The model that reads JSON into a `kind`; bytes are taken from the blobs given as its context."""
    from pydantic_core import SchemaValidator

    return SchemaValidator(_schema(kind, {}))


def _schema(kind: Any, bounds: _Bounds) -> "CoreSchema":
    """The schema of an annotation; `bounds` are those of the member that it annotates."""
    from pydantic_core import core_schema as make

    origin, arms = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return make.nullable_schema(_schema(next(arm for arm in arms if arm is not types.NoneType), bounds))
    if origin is tuple:
        return _tuple_schema(arms, bounds)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_schema(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return make.enum_schema(kind, list(kind), sub_type="str", strict=True)
    return _plain_schema(kind, bounds)


def _plain_schema(kind: Any, bounds: _Bounds) -> "CoreSchema":
    from pydantic_core import core_schema as make

    if kind is str:
        return make.str_schema(strict=True, **{"max_length": MOST_FIELD, **bounds})
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
    raise TypeError(f"no message has a {kind}")


def _tuple_schema(arms: tuple[Any, ...], bounds: _Bounds) -> "CoreSchema":
    """Bounds on length are the list's own, those on numbers its items'."""
    from pydantic_core import core_schema as make

    lengths = {name: value for name, value in bounds.items() if name.endswith("_length")}
    inner = {name: value for name, value in bounds.items() if name not in lengths}
    if arms[-1] is not Ellipsis:
        return make.tuple_schema([_schema(arm, inner) for arm in arms], strict=True, fail_fast=True)
    lengths = {"max_length": _MOST_ITEMS, **lengths}
    item = _schema(arms[0], inner)
    return make.tuple_schema([item], variadic_item_index=0, strict=True, fail_fast=True, **lengths)


def _dataclass_schema(kind: type) -> "CoreSchema":
    from pydantic_core import core_schema as make

    members = [
        make.dataclass_field(name, _schema(hint, _BOUNDS.get((kind, name), {})))
        for name, hint in get_type_hints(kind).items()
    ]
    schema = make.dataclass_schema(
        kind,
        make.dataclass_args_schema(kind.__name__, members, extra_behavior="forbid"),
        [item["name"] for item in members],
        slots=True,
        strict=True,
    )
    rule = _RULES.get(kind)
    return schema if rule is None else make.no_info_after_validator_function(rule, schema)


def _blob(index: int, info: Any) -> bytes:
    """Raises ValueError for a blob that did not come along."""
    blobs: tuple[bytes, ...] = info.context
    if index >= len(blobs):
        raise ValueError("no blob")
    return blobs[index]
