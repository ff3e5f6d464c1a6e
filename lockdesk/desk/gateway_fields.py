"""What the officer enters for a CA, as data: the settings page draws its form from it."""

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """How a field is entered. A secret is kept in the vault; a file is stored by its content."""

    TEXT = "text"
    URL = "url"
    SECRET = "secret"
    FILE = "file"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class GatewayField:
    """One entry of a gateway's settings. `name` is the attribute of its settings class; `label` and `help` are
    Indonesian, translated where they are shown."""

    name: str
    label: str
    help: str
    kind: FieldKind
    required: bool = False
