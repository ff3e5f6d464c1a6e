"""What gateways are asked for, on which keys, and by which clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from lockdesk.desk.values.authority import EnrolmentOrder
from lockdesk.gateway.training import SeedCertificate
from tests.helpers.authority import pki_material as make

SERIAL = 0x4A7F00112233445566778899AABBCCDD
PERSON = EnrolmentOrder(
    "LATIH-1/reissue",
    b"",
    "Sekar Contohwati, S.I.Pust.",
    "Dinas Perpustakaan Contoh",
    "sekar@contoh.pekalongankota.go.id",
    "199002152019032999",
)


_fresh = count(1000)


def new_key() -> make.Key:
    """A key that no CA has seen."""
    return make.ec_key(next(_fresh))


class StillClock:
    """A clock that moves only when told."""

    def __init__(self, at: datetime = make.AT) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, span: timedelta) -> None:
        self.at += span


def order(csr: bytes | None = None, request_id: str = PERSON.request_id) -> EnrolmentOrder:
    return replace(PERSON, request_id=request_id, csr_der=csr or request(make.rsa_key()))


def request(key: make.Key) -> bytes:
    """A CSR of PERSON's, who writes the name without its title."""
    return make.request(key, organization=PERSON.organization)


def old_certificate(key: make.Key | None = None) -> SeedCertificate:
    return SeedCertificate(
        "Sekar Contohwati",
        PERSON.organization,
        PERSON.email,
        PERSON.serial_number,
        SERIAL,
        make.spki(key or make.ec_key(40)),
        datetime(2025, 3, 1, tzinfo=UTC),
        datetime(2027, 3, 1, tzinfo=UTC),
    )
