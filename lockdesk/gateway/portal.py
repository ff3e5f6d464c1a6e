"""The CA's web portal, in which a person acts: this version can receive and verify, and says so.

Guiding the person through the portal and proving the result from the CA's CRL come with the portal
gateway's own release; until then nothing is ever called revoked or issued on this route.
"""

from lockdesk.desk.ports import (
    CertificateRecord,
    CheckItem,
    EnrolmentOrder,
    Issued,
    RevocationOrder,
    SignedStatus,
    Waiting,
)
from lockdesk.errors import Unreachable
from lockdesk.words import _


class PortalGateway:
    """Implements desk.ports.Gateway by refusing every call before anything happens."""

    identifier = "portal"
    training = False
    searches = False
    by_hand = True

    def __init__(self, ca_name: str) -> None:
        self._ca_name = ca_name

    @property
    def label(self) -> str:
        return _("portal {ca}").format(ca=self._ca_name)

    def check(self) -> tuple[CheckItem, ...]:
        return (CheckItem("reachable", False, str(self._not_connected())),)

    def preflight(self, csr_der: bytes) -> tuple[CheckItem, ...]:
        del csr_der
        return self.check()

    def _not_connected(self) -> Unreachable:
        return Unreachable(
            _("Sambungan ke portal {ca} belum tersedia dalam versi ini.").format(ca=self._ca_name),
            _("Pencabutan dan penerbitan dilakukan di portal; kasus menunggu versi berikutnya."),
            code="portal.not_connected",
        )

    def find_by_serial(self, serial: int) -> CertificateRecord | None:
        raise self._not_connected()

    def find_by_key(self, key_sha256: str) -> tuple[CertificateRecord, ...]:
        raise self._not_connected()

    def revoke(self, order: RevocationOrder) -> Waiting | None:
        raise self._not_connected()

    def enrol(self, order: EnrolmentOrder) -> Issued | Waiting:
        raise self._not_connected()

    def poll(self, reference: str) -> Issued | Waiting:
        raise self._not_connected()

    def issuer_chain(self) -> tuple[bytes, ...]:
        raise self._not_connected()

    def recall(self, request_id: str, key_sha256: str) -> Issued | Waiting | None:
        raise self._not_connected()

    def signed_status(self, serial: int) -> tuple[SignedStatus, ...]:
        raise self._not_connected()
