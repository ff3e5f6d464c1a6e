"""Extensions in words, for the officer and for the evidence lines."""

from collections.abc import Iterable
from functools import partial

from cryptography import x509

from lockdesk.pki.keys import guarded
from lockdesk.pki.subjects import one_line

_USAGES = (
    ("digital_signature", "digitalSignature"),
    ("content_commitment", "nonRepudiation"),
    ("key_encipherment", "keyEncipherment"),
    ("data_encipherment", "dataEncipherment"),
    ("key_agreement", "keyAgreement"),
    ("key_cert_sign", "keyCertSign"),
    ("crl_sign", "cRLSign"),
)
_MOST_EXTENSIONS = 20


def usage_words(usage: x509.KeyUsage) -> tuple[str, ...]:
    """The set bits by their RFC 5280 names, with nonRepudiation by its older, familiar name."""
    return tuple(name for attribute, name in _USAGES if getattr(usage, attribute))


def extension_words(extensions: Iterable[x509.Extension[x509.ExtensionType]]) -> tuple[str, ...]:
    """One line for each extension, at most twenty. Never raises."""
    return tuple(one_line(guarded(partial(_words, item), "?")) for item in list(extensions)[:_MOST_EXTENSIONS])


def _words(extension: x509.Extension[x509.ExtensionType]) -> str:
    value, name = extension.value, extension.oid._name
    if isinstance(value, x509.BasicConstraints):
        return f"basicConstraints CA:{'TRUE' if value.ca else 'FALSE'}"
    if isinstance(value, x509.KeyUsage):
        return f"keyUsage {', '.join(usage_words(value))}"
    if isinstance(value, x509.ExtendedKeyUsage):
        return f"extendedKeyUsage {', '.join(oid._name for oid in list(value)[:10])}"
    if isinstance(value, x509.SubjectAlternativeName):
        return f"subjectAltName {', '.join(_name_words(item) for item in list(value)[:10])}"
    return name if name != "Unknown OID" else extension.oid.dotted_string


def _name_words(name: x509.GeneralName) -> str:
    value = name.value
    if isinstance(value, str):
        return value
    return value.rfc4514_string() if isinstance(value, x509.Name) else type(name).__name__
