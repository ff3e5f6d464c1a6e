"""What every gateway keeps. A new gateway joins by adding its bench to BENCHES."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lockdesk.core.operations import RevocationReason
from lockdesk.desk.ports import CertificateStatus, EnrolmentOrder, Gateway, Issued, RevocationOrder
from lockdesk.desk.proving import read_status
from lockdesk.errors import Refused
from lockdesk.gateway.training import SeedCertificate, TrainingGateway
from lockdesk.pki.certificates import check_issued, parse_certificate
from tests import pki_material as make

SERIAL = 0x4A7F00112233445566778899AABBCCDD


class StillClock:
    """A clock that moves only when told."""

    def __init__(self, at: datetime = make.AT) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass
class Bench:
    """A gateway with one known, valid certificate: `serial` on the key `make.ec_key(40)`."""

    gateway: Gateway
    serial: int
    clock: StillClock
    close: Callable[[], None]


def training(folder: Path) -> Bench:
    clock = StillClock()
    gateway = TrainingGateway.open(folder / "ca.ledger", bytes(32), clock, [old_certificate()])
    return Bench(gateway, SERIAL, clock, gateway.close)


def old_certificate() -> SeedCertificate:
    return SeedCertificate(
        "Sekar Contohwati",
        "Dinas Perpustakaan Contoh",
        "sekar@contoh.pekalongankota.go.id",
        "199002152019032999",
        SERIAL,
        make.spki(make.ec_key(40)),
        datetime(2025, 3, 1, tzinfo=UTC),
        datetime(2027, 3, 1, tzinfo=UTC),
    )


BENCHES = {"training": training}


@pytest.fixture(params=sorted(BENCHES))
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    made = BENCHES[request.param](tmp_path)
    yield made
    made.close()


def order(csr: bytes | None = None, request_id: str = "LATIH-1/reissue") -> EnrolmentOrder:
    return EnrolmentOrder(
        request_id,
        csr or make.request(make.rsa_key()),
        "Sekar Contohwati, S.I.Pust.",
        "Dinas Perpustakaan Contoh",
        "sekar@contoh.pekalongankota.go.id",
        "199002152019032999",
    )


def revocation(bench: Bench, reason: RevocationReason = RevocationReason.SUPERSEDED) -> RevocationOrder:
    issuer = parse_certificate(bench.gateway.issuer_chain()[0]).subject.text
    return RevocationOrder("LATIH-1/revoke", issuer, bench.serial, reason)


def proof(bench: Bench, serial: int) -> str | None:
    """The reason that the CA signs for `serial`."""
    gateway = bench.gateway
    entry = read_status(gateway.signed_status(serial), serial, gateway.issuer_chain()[0], bench.clock.now())
    return entry.reason if entry else None


def test_it_says_what_it_is(bench: Bench) -> None:
    assert bench.gateway.identifier and bench.gateway.label
    assert all(item.ok and item.words for item in bench.gateway.check())


def test_a_known_certificate_is_found_by_serial_and_by_key(bench: Bench) -> None:
    record = bench.gateway.find_by_serial(bench.serial)
    assert record is not None and record.status is CertificateStatus.GOOD
    assert record.facts.subject.serial_number == "199002152019032999"
    assert bench.gateway.find_by_key(record.facts.key.sha256) == (record,)
    assert bench.gateway.find_by_serial(12345) is None
    assert bench.gateway.find_by_key("0" * 64) == ()


def test_what_is_issued_is_what_was_asked_for(bench: Bench) -> None:
    csr = make.request(make.rsa_key())
    issued = bench.gateway.enrol(order(csr))
    assert isinstance(issued, Issued)
    now = bench.clock.now()
    assert check_issued(issued.certificate_der, issued.chain_der, csr, now) == ()
    facts = parse_certificate(issued.certificate_der)
    assert facts.subject.common_name == "Sekar Contohwati, S.I.Pust."
    assert bench.gateway.find_by_serial(facts.serial) is not None
    assert [item.facts.serial for item in bench.gateway.find_by_key(facts.key.sha256)] == [facts.serial]


def test_the_same_request_never_gives_two_certificates(bench: Bench) -> None:
    first = bench.gateway.enrol(order())
    assert bench.gateway.enrol(order()) == first
    with pytest.raises(Refused):
        bench.gateway.enrol(order(request_id="LATIH-2/reissue"))


@pytest.mark.parametrize("fault", ["tampered", "weak", "dsa", "known_key", "noise"])
def test_a_bad_request_is_refused_and_preflight_says_so_before(bench: Bench, fault: str) -> None:
    csrs = {
        "tampered": make.request().replace(b"Sekar", b"Tamu1"),
        "weak": make.request(make.rsa_key(1024)),
        "dsa": make.request(make.dsa_key()),
        "known_key": make.request(make.ec_key(40)),
        "noise": b"bukan CSR",
    }
    assert not all(item.ok for item in bench.gateway.preflight(csrs[fault]))
    with pytest.raises(Refused):
        bench.gateway.enrol(order(csrs[fault]))


def test_preflight_of_a_good_request_changes_nothing(bench: Bench) -> None:
    csr = make.request(make.rsa_key())
    assert all(item.ok and item.words for item in bench.gateway.preflight(csr))
    assert all(item.ok for item in bench.gateway.preflight(csr))
    bench.gateway.enrol(order(csr))


def test_a_revocation_is_proved_by_the_signed_list(bench: Bench) -> None:
    assert proof(bench, bench.serial) is None
    bench.gateway.revoke(revocation(bench))
    assert proof(bench, bench.serial) == "superseded"
    record = bench.gateway.find_by_serial(bench.serial)
    assert record is not None and record.status is CertificateStatus.REVOKED
    assert record.revocation is not None and record.revocation.revoked_at == bench.clock.now()


def test_revoking_again_keeps_the_first_date_and_reason(bench: Bench) -> None:
    bench.gateway.revoke(revocation(bench))
    first = bench.gateway.find_by_serial(bench.serial)
    bench.clock.at += timedelta(hours=1)
    bench.gateway.revoke(revocation(bench))
    with pytest.raises(Refused):
        bench.gateway.revoke(revocation(bench, RevocationReason.KEY_COMPROMISE))
    assert bench.gateway.find_by_serial(bench.serial) == first


def test_an_unknown_serial_or_another_issuer_is_refused(bench: Bench) -> None:
    with pytest.raises(Refused):
        bench.gateway.revoke(replace(revocation(bench), serial=12345))
    with pytest.raises(Refused):
        bench.gateway.revoke(replace(revocation(bench), issuer="CN=CA lain"))


def test_an_unknown_reference_is_refused(bench: Bench) -> None:
    with pytest.raises(Refused):
        bench.gateway.poll("tidak ada")
