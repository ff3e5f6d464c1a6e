"""What every CA over the network is set up with."""

from collections.abc import Callable
from dataclasses import field
from typing import Any

from lockdesk.desk.ports import Clock, Gateway
from lockdesk.errors import Declined
from lockdesk.gateway.web import Connection
from lockdesk.pki.pem import certificates_pem, pem_blocks
from lockdesk.records import dataclass
from lockdesk.words import _


@dataclass(frozen=True, slots=True)
class Adapter:
    """A way to reach a CA: what the values of its form become, and the gateway made of that."""

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
