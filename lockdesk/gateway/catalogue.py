"""Every real gateway: the form of its settings, and how it is made from what the form holds."""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from lockdesk.desk.gateway_fields import GatewayChoice, GatewaySpec
from lockdesk.desk.ports import Clock, Gateway
from lockdesk.errors import Declined
from lockdesk.gateway.portal import SPEC as PORTAL
from lockdesk.gateway.portal import PortalGateway, PortalSettings
from lockdesk.words import _

T = TypeVar("T")
SPECS: tuple[GatewaySpec, ...] = (PORTAL,)


def build(choice: GatewayChoice, ca_name: str, clock: Clock) -> Gateway:
    """The gateway of a choice whose values hold the secrets too. Raises Declined for unusable values."""
    makers: dict[str, Callable[[], Gateway]] = {
        "portal": lambda: PortalGateway(_portal(choice.values, ca_name), clock),
    }
    if choice.identifier not in makers:
        raise Declined(_("Sambungan CA ini tidak dikenal."), _("Pilih sambungan lain di Pengaturan."))
    return makers[choice.identifier]()


def _portal(values: Mapping[str, str], ca_name: str) -> PortalSettings:
    return PortalSettings(
        ca_name=ca_name,
        chain=chain_of(values),
        actor=values.get("actor") or "applicant",
        portal_url=_url(values, "portal_url"),
        ocsp_url=_url(values, "ocsp_url"),
        crl_url=_url(values, "crl_url"),
        delta_url=_url(values, "delta_url"),
        esign_url=_url(values, "esign_url"),
        esign_user=values.get("esign_user", ""),
        esign_password=values.get("esign_password", ""),
        proxy=_url(values, "proxy"),
        seconds=seconds_of(values),
    )


def chain_of(values: Mapping[str, str]) -> tuple[bytes, ...]:
    """The CA's certificates (DER), issuer first, of the PEM in the field "chain"."""
    text = values.get("chain", "").strip()
    if not text:
        return ()
    try:
        return tuple(item.public_bytes(Encoding.DER) for item in x509.load_pem_x509_certificates(text.encode()))
    except ValueError as error:
        raise _unusable(_("Sertifikat CA tidak dapat dibaca."), _("Pilih berkas PEM dari CA.")) from error


def bytes_of(values: Mapping[str, str], name: str) -> bytes:
    """A file kept as base64."""
    try:
        return base64.b64decode(values.get(name, ""), validate=True)
    except binascii.Error as error:
        raise _unusable(_("Berkas yang disimpan rusak."), _("Pilih berkasnya sekali lagi.")) from error


def seconds_of(values: Mapping[str, str]) -> float:
    """The longest wait for the CA, 1 to 120 seconds."""
    text = values.get("seconds", "").strip().replace(",", ".") or "20"
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 120:
        raise _unusable(_("Batas waktu harus antara 1 dan 120 detik."), _("Perbaiki isiannya."))
    return seconds


def _url(values: Mapping[str, str], name: str) -> str:
    text = values.get(name, "").strip()
    if text and not text.startswith(("https://", "http://")):
        raise _unusable(
            _("Alamat “{text}” tidak lengkap.").format(text=text), _("Tulis alamat yang diawali https:// atau http://.")
        )
    return text


def _unusable(message: str, remedy: str) -> Declined:
    return Declined(message, remedy, code="gateway.settings")
