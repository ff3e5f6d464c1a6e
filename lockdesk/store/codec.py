"""Frozen values to JSON and back, for columns that hold what only one case needs."""

from typing import TYPE_CHECKING, Any, TypeVar

from lockdesk.errors import Damaged
from lockdesk.words import _

if TYPE_CHECKING:  # imported late: the case list needs none of it
    from pydantic import TypeAdapter

_T = TypeVar("_T")
_adapters: "dict[Any, TypeAdapter[Any]]" = {}


def _adapter(kind: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def encode(kind: type[_T] | Any, value: _T) -> str:
    """The JSON text of a value. Bytes must have been taken out before."""
    return _adapter(kind).dump_json(value).decode()


def decode(kind: type[_T], text: str) -> _T:
    """The value of a JSON text; raises Damaged when the row does not hold what it should."""
    from pydantic import ValidationError

    try:
        value: _T = _adapter(kind).validate_json(text)
    except ValidationError as error:
        raise Damaged(
            _("Isi basis data tidak dapat dibaca."),
            _("Hubungi Kepala Bidang dan administrator; jangan mengubah berkas di folder data."),
            detail=f"{error.error_count()} errors in {error.title}",
            code="store.row_damaged",
        ) from error
    return value
