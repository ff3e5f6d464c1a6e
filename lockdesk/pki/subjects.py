"""Distinguished names: the attributes that this service compares, as single-line texts."""

import unicodedata
from collections.abc import Iterable

from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier

from lockdesk.pki.keys import guarded
from lockdesk.pki.values import SubjectFacts
from lockdesk.words import well_formed

_MOST_CHARACTERS = 400
_UTF8 = x509.oid.NameOID
_ATTRIBUTES = {
    "common_name": _UTF8.COMMON_NAME,
    "organization": _UTF8.ORGANIZATION_NAME,
    "organizational_unit": _UTF8.ORGANIZATIONAL_UNIT_NAME,
    "title": _UTF8.TITLE,
    "email": _UTF8.EMAIL_ADDRESS,
    "country": _UTF8.COUNTRY_NAME,
    "serial_number": _UTF8.SERIAL_NUMBER,
    "user_id": _UTF8.USER_ID,
}

_SHORT_NAMES = {_UTF8.EMAIL_ADDRESS: "E", _UTF8.SERIAL_NUMBER: "serialNumber", _UTF8.TITLE: "title"}


def one_line(text: str) -> str:
    """`text` without control and direction characters, capped: safe to show beside other words."""
    text = well_formed(text[: _MOST_CHARACTERS * 2])
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:_MOST_CHARACTERS]
    kept = (" " if ch in "\t\r\n" else ch for ch in text)
    visible = "".join(ch for ch in kept if unicodedata.category(ch) not in ("Cc", "Cf", "Co", "Cn"))
    return " ".join(visible.split())[:_MOST_CHARACTERS]


def subject_facts(name: x509.Name, extensions: Iterable[x509.Extension[x509.ExtensionType]] = ()) -> SubjectFacts:
    """The facts of a name. Never raises.

    An attribute that is there twice is joined with " / ", so that it equals neither value. Where the name
    has no e-mail address, the first rfc822Name of the subject's alternative names stands in (RFC 5280
    4.1.2.6 puts it there).
    """
    values = {field: _attribute(name, oid) for field, oid in _ATTRIBUTES.items()}
    if not values["email"]:
        values["email"] = guarded(lambda: _alternative_mail(extensions), "")
    return SubjectFacts(one_line(guarded(lambda: _written(name), "")), **values)


def _written(name: x509.Name) -> str:
    """RFC 4514 with a space behind each comma, so that a long name can be broken into lines."""
    return ", ".join(part.rfc4514_string(_SHORT_NAMES) for part in reversed(name.rdns))


def _attribute(name: x509.Name, oid: ObjectIdentifier) -> str:
    found = guarded(lambda: name.get_attributes_for_oid(oid), ())
    return " / ".join(one_line(item.value) for item in found[:4] if isinstance(item.value, str))


def _alternative_mail(extensions: Iterable[x509.Extension[x509.ExtensionType]]) -> str:
    names = (item.value for item in extensions if isinstance(item.value, x509.SubjectAlternativeName))
    mails = (mail for name in names for mail in name.get_values_for_type(x509.RFC822Name))
    return one_line(next(mails, ""))
