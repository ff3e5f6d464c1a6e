"""What every CA over the network is set up with."""

from collections.abc import Callable
from dataclasses import field
from typing import Any

from lockdesk.desk.office.gateway_fields import FieldKind, GatewayField, GatewaySpec
from lockdesk.desk.ports import Clock, Gateway
from lockdesk.errors import Declined
from lockdesk.gateway.web import Connection
from lockdesk.pki.pem import certificates_pem, pem_blocks
from lockdesk.records import dataclass
from lockdesk.words import N_, _


@dataclass(frozen=True, slots=True)
class Adapter:
    """A way to reach a CA, whole: its form, what the form's values become, and the gateway made of that."""

    spec: GatewaySpec
    settings: Callable[..., Any]
    make: Callable[[Any, Clock], Gateway]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaSettings:
    """`chain_pem` holds the CA's certificates, the issuer of the officers' certificates first, the root last.

    Servers are trusted by `tls_pem` alone, or by `chain_pem` where it is empty: never by the system's list.
    """

    url: str
    chain_pem: bytes
    tls_pem: bytes = b""
    label: str = ""
    ocsp_url: str = ""
    crl_url: str = ""
    delta_url: str = ""
    proxy: str = field(default="", repr=False)
    """May hold a name and a password."""
    seconds: float = 20.0
    """The longest time for a whole exchange."""

    def connection(self) -> Connection:
        """How the server is reached, without credentials."""
        trusted = self.tls_pem or self.chain_pem
        return Connection(self.url, trusted, proxy=self.proxy, seconds=self.seconds)

    def chain(self) -> tuple[bytes, ...]:
        """The CA's certificates in DER. Raises Declined when there is none."""
        return chain_in(self.chain_pem)


def chain_in(pem: bytes) -> tuple[bytes, ...]:
    """A CA's certificates (DER), issuer first. Raises Declined when there is none."""
    if chain := certificates_in(pem):
        return chain
    raise Declined(
        _("Sertifikat CA tidak dapat dibaca."),
        _("Pilih berkas PEM berisi sertifikat CA, penerbit lebih dahulu."),
        code="ca.chain_unreadable",
    )


def certificates_in(pem: bytes) -> tuple[bytes, ...]:
    """The certificates (DER) in a PEM file, whatever stands around them; empty when there are none, or when one of them
    cannot be read."""
    return tuple(pem_blocks(certificates_pem(pem).encode(), "CERTIFICATE"))


def fields(*own: GatewayField) -> tuple[GatewayField, ...]:
    """The fields of a gateway: the address and the certificates, its own, then what is seldom changed."""
    return (*_FIRST, *own, *_LAST)


_FIRST = (
    GatewayField("url", N_("Alamat server CA"), N_("Alamat layanan, diawali https://."), FieldKind.URL, True),
    GatewayField(
        "chain_pem",
        N_("Sertifikat CA"),
        N_("Berkas PEM: sertifikat CA penerbit lebih dahulu, CA induk terakhir."),
        FieldKind.FILE,
        True,
    ),
    GatewayField(
        "tls_pem",
        N_("CA untuk sambungan server"),
        N_("Berkas PEM, hanya bila sertifikat server berasal dari CA lain."),
        FieldKind.FILE,
    ),
)
_LAST = (
    GatewayField("label", N_("Nama tampilan"), N_("Nama CA pada baris status."), FieldKind.TEXT),
    GatewayField(
        "ocsp_url", N_("Alamat OCSP"), N_("Bila kosong, alamat pada sertifikat yang digunakan."), FieldKind.URL
    ),
    GatewayField("crl_url", N_("Alamat CRL"), N_("Bila kosong, alamat pada sertifikat yang digunakan."), FieldKind.URL),
    GatewayField(
        "delta_url", N_("Alamat delta CRL"), N_("Bila kosong, alamat pada CRL yang digunakan."), FieldKind.URL
    ),
    GatewayField(
        "proxy", N_("Proksi"), N_("Alamat proksi, bila jaringan kantor mewajibkannya."), FieldKind.URL, no_draft=True
    ),
    GatewayField(
        "seconds",
        N_("Batas tunggu (detik)"),
        N_("Waktu tunggu terlama untuk jawaban CA."),
        FieldKind.NUMBER,
        default="20",
    ),
)
CLIENT_CERTIFICATE = (
    GatewayField(
        "pkcs12",
        N_("Sertifikat klien"),
        N_("Berkas PKCS#12 (.p12) milik petugas untuk masuk ke CA."),
        FieldKind.FILE,
        True,
    ),
    GatewayField(
        "passphrase", N_("Passphrase sertifikat klien"), N_("Passphrase berkas PKCS#12."), FieldKind.SECRET, True
    ),
)
"""For gateways that sign in, or sign messages, with a certificate."""
