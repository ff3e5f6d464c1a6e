"""How settings stand in the database: one JSON text each, written and read here alone.

Plain JSON, not the store's codec: that one's library would cost every start of the program a sixteenth of a second.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, field
from datetime import date
from typing import Any, TypeVar

from lockdesk.desk.office.gateway_fields import GatewayChoice
from lockdesk.records import dataclass
from lockdesk.settings import DeskSettings, Head, Officer

P = TypeVar("P", bound=Officer)


@dataclass(frozen=True, slots=True)
class StoredDesk:
    """Everything of the settings but the office profile and what the profile is bound to be."""

    officers: tuple[Officer, ...] = ()
    complaints_officer: str = ""
    complaints_officer_phone: str = ""
    training_behaviour: Mapping[str, str] = field(default_factory=dict)
    heads: tuple[Head, ...] = ()


def desk_text(settings: DeskSettings) -> str:
    """The stored form of `StoredDesk`."""
    return json.dumps(
        {
            "officers": [asdict(officer) for officer in settings.officers],
            "complaints_officer": settings.complaints_officer,
            "complaints_officer_phone": settings.complaints_officer_phone,
            "training_behaviour": dict(settings.training_behaviour),
            "heads": [asdict(head) for head in settings.heads],
        },
        default=lambda value: value.isoformat(),
        ensure_ascii=False,
    )


def desk_of(text: str) -> StoredDesk:
    """What `desk_text` wrote; everything empty for a new profile."""
    raw = json.loads(text or "{}")
    officers = tuple(_person(Officer, item) for item in raw.get("officers", []))
    heads = tuple(_person(Head, item) for item in raw.get("heads", []))
    rest = {name: raw[name] for name in ("complaints_officer", "complaints_officer_phone", "training_behaviour")
            if name in raw}  # fmt: skip
    return StoredDesk(officers, heads=heads, **rest)


def _person(kind: type[P], item: dict[str, Any]) -> P:
    days = {key: date.fromisoformat(item[key]) if item.get(key) else None for key in ("until", "letter_date")}
    return kind(**{**item, "since": date.fromisoformat(item["since"]), **days})


def choice_text(choice: GatewayChoice) -> str:
    return json.dumps({"identifier": choice.identifier, "values": dict(choice.values)}, ensure_ascii=False)


def choice_of(text: str) -> GatewayChoice | None:
    """What `choice_text` wrote; None where no CA was chosen yet."""
    if not text:
        return None
    raw = json.loads(text)
    return GatewayChoice(raw["identifier"], raw["values"])
