"""What a gateway wants to be told: the fields of its settings form, as data."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from lockdesk.records import dataclass


class FieldKind(StrEnum):
    """How a field is asked for and kept. A secret lies in the keyring, everything else in the database."""

    TEXT = "text"
    URL = "url"
    NUMBER = "number"
    SECRET = "secret"
    FILE = "file"
    """PEM is kept as its text, anything else as base64."""
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class GatewayField:
    """One field. `label`, `help` and the words of `choices` are Indonesian, marked for translation."""

    name: str
    label: str
    help: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    default: str = ""
    no_draft: bool = False
    """Whether it may hold a secret all the same: it is stored when it is saved, and never before."""


@dataclass(frozen=True, slots=True)
class GatewaySpec:
    """A way to reach a CA; its identifier also names its page under resources/help. `named`: what the status line
    calls a CA that is reached like this, with {ca} for its name."""

    identifier: str
    label: str
    named: str
    fields: tuple[GatewayField, ...]
    by_hand: bool = False
    """Whether a person applies in the CA's portal: only there a certificate can be had without a CSR."""


@dataclass(frozen=True, slots=True)
class GatewayChoice:
    """The gateway in use: its identifier and the values of its fields, secrets left out."""

    identifier: str
    values: Mapping[str, str] = field(repr=False)
    """On their way to a test or into the keyring they hold secrets: no error text and no log may show them."""
