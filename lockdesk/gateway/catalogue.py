"""How a real gateway is made from what the form of its settings holds; only the one that is made is loaded."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING
from dataclasses import fields as attributes_of
from importlib import import_module
from typing import Any, TypeVar

from lockdesk.desk.office.gateway_fields import FieldKind, GatewayChoice, GatewayField
from lockdesk.desk.ports import Clock, Gateway
from lockdesk.errors import Declined
from lockdesk.gateway.forms import spec_of
from lockdesk.gateway.settings import Adapter
from lockdesk.words import _

T = TypeVar("T")
_LIMITS = {"seconds": (1, 120), "days": (0, 3650)}
"""The least and the greatest value of a number."""


def build(choice: GatewayChoice, ca_name: str, clock: Clock) -> Gateway:
    """The gateway of a choice whose values hold the secrets too. Raises Declined for unusable values."""
    spec = spec_of(choice.identifier)
    if spec is None:
        raise Declined(_("Sambungan CA ini tidak dikenal."), _("Pilih sambungan lain di Pengaturan."))
    adapter: Adapter = import_module(f"lockdesk.gateway.{spec.identifier}").ADAPTER
    settings = _made(adapter.settings, spec.fields, {"ca_name": ca_name, **choice.values})
    return adapter.make(settings, clock)


def _made(kind: Callable[..., T], fields: Sequence[GatewayField], values: Mapping[str, str]) -> T:
    """The settings of a gateway: each field as its attribute wants it; what is empty keeps its default. A portal
    without its CA's certificate is one: it says what is missing when it is asked."""
    described = {field.name: field for field in fields}
    whole: dict[str, Any] = {}
    for attribute in attributes_of(kind):  # type: ignore[arg-type]
        text = values.get(attribute.name, "").strip()
        if text:
            whole[attribute.name] = _value(described.get(attribute.name), attribute.type, text)
        elif attribute.default is MISSING and attribute.default_factory is MISSING:
            raise _unusable(
                _("Belum diisi: {names}.").format(names=_(described[attribute.name].label)),
                _("Lengkapi isian, lalu simpan lagi."),
            )
    return kind(**whole)


def _value(field: GatewayField | None, wanted: object, text: str) -> object:
    if field is None or field.kind in {FieldKind.TEXT, FieldKind.SECRET, FieldKind.CHOICE}:
        return text
    if field.kind is FieldKind.URL:
        return _url(field, text)
    if field.kind is FieldKind.NUMBER:
        number = _number(field, text)
        return int(number) if wanted is int else number
    return text.encode() if "-----BEGIN" in text else _bytes(text)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise _unusable(_("Berkas yang disimpan rusak."), _("Pilih berkasnya sekali lagi.")) from error


def _number(field: GatewayField, text: str) -> float:
    least, most = _LIMITS[field.name]
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = least - 1.0
    if not least <= number <= most:
        raise _unusable(
            _("{name} harus antara {least} dan {most}.").format(name=_(field.label), least=least, most=most),
            _("Perbaiki isiannya."),
        )
    return number


def _url(field: GatewayField, text: str) -> str:
    """An address, which no message repeats: by mistake it may hold a password."""
    if not text.startswith(("https://", "http://")):
        raise _unusable(
            _("{name} tidak lengkap.").format(name=_(field.label)),
            _("Tulis alamat yang diawali https:// atau http://."),
        )
    if "@" in text.split("/")[2] and field.name != "proxy":
        raise _unusable(
            _("{name} memuat nama pengguna atau kata sandi.").format(name=_(field.label)),
            _("Tulis alamatnya saja; alamat tidak disimpan sebagai rahasia."),
        )
    return text


def _unusable(message: str, remedy: str) -> Declined:
    return Declined(message, remedy, code="gateway.settings")
