"""What every gateway keeps. A new gateway joins by adding its bench to tests/contract/benches.py."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from lockdesk.core.identity import NameMatch, compare_names
from lockdesk.core.operations import RevocationReason
from lockdesk.desk.operations.proving import read_status
from lockdesk.desk.values.authority import CertificateStatus, Issued, RevocationOrder, Waiting
from lockdesk.errors import Refused, Unreachable
from lockdesk.pki.certificates import check_issued, parse_certificate
from tests.contract.benches import BENCHES, Bench, Servers
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.orders import PERSON, order, request


@pytest.fixture(params=sorted(BENCHES))
def bench(request: pytest.FixtureRequest, tmp_path: Path, servers: Servers) -> Iterator[Bench]:
    made = BENCHES[request.param](tmp_path, servers)
    yield made
    made.close()


def revocation(bench: Bench, reason: RevocationReason = RevocationReason.SUPERSEDED) -> RevocationOrder:
    issuer = parse_certificate(bench.gateway.issuer_chain()[0]).subject.text
    return RevocationOrder("LATIH-1/revoke", issuer, bench.serial, reason)


def revoke(bench: Bench) -> None:
    """As the CA's own way is; by hand the gateway only begins to wait, and a person acts."""
    answer = bench.gateway.revoke(revocation(bench))
    assert isinstance(answer, Waiting) if bench.gateway.by_hand else answer is None
    bench.person(bench.serial)


def proof(bench: Bench, serial: int) -> str | None:
    """The reason that the CA signs for `serial`."""
    gateway = bench.gateway
    entry = read_status(gateway.signed_status(serial), serial, gateway.issuer_chain()[0], bench.clock.now())
    return entry.reason if entry else None


def test_it_says_what_it_is(bench: Bench) -> None:
    assert bench.gateway.identifier and bench.gateway.label
    assert [item for item in bench.gateway.check() if not (item.ok and item.words)] == []


def test_a_known_certificate_is_found_by_serial_and_by_key(bench: Bench) -> None:
    if not bench.gateway.searches:
        with pytest.raises(Unreachable):
            bench.gateway.find_by_serial(bench.serial)
        with pytest.raises(Unreachable):
            bench.gateway.find_by_key("0" * 64)
        with pytest.raises(Unreachable):
            bench.gateway.find_by_holder(frozenset({PERSON.serial_number}))
        return
    record = bench.gateway.find_by_serial(bench.serial)
    assert record is not None and record.status is CertificateStatus.GOOD
    assert record.facts.subject.serial_number == PERSON.serial_number
    assert bench.gateway.find_by_key(record.facts.key.sha256) == (record,)
    assert bench.gateway.find_by_serial(12345) is None
    for known in (PERSON.serial_number, "19900215" + "0" * 10):
        found = bench.gateway.find_by_holder(frozenset({known, "nobody@contoh.invalid"}))
        assert (record in found) is (known == PERSON.serial_number)
    assert bench.gateway.find_by_holder(frozenset()) == ()
    assert bench.gateway.find_by_key("0" * 64) == ()


def test_what_is_issued_is_what_was_asked_for(bench: Bench) -> None:
    csr = request(bench.new_key)
    issued = bench.gateway.enrol(order(csr))
    if bench.gateway.by_hand:
        assert isinstance(issued, Waiting) and bench.gateway.poll(issued.reference) == issued
        assert bench.gateway.recall(PERSON.request_id, "0" * 64) == issued, "nobody can say that there is none"
        return
    assert isinstance(issued, Issued)
    now = bench.clock.now()
    assert check_issued(issued.certificate_der, issued.chain_der, csr, now) == ()
    facts = parse_certificate(issued.certificate_der)
    assert compare_names(facts.subject.common_name, PERSON.common_name) == NameMatch.SAME
    assert {"digitalSignature", "nonRepudiation"} == set(facts.key_usage)
    if bench.gateway.searches:
        assert bench.gateway.find_by_serial(facts.serial) is not None
        assert [item.facts.serial for item in bench.gateway.find_by_key(facts.key.sha256)] == [facts.serial]
        assert bench.gateway.recall(PERSON.request_id, facts.key.sha256) == issued


def test_the_same_request_never_gives_two_certificates(bench: Bench) -> None:
    if not bench.gateway.searches:
        return  # only the CA itself can tell then
    csr = request(bench.new_key)
    first = bench.gateway.enrol(order(csr))
    assert isinstance(first, Issued)
    with contextlib.suppress(Refused):
        assert bench.gateway.enrol(order(csr)) == first
    with pytest.raises(Refused):
        bench.gateway.enrol(order(csr, "LATIH-2/reissue"))
    key = parse_certificate(first.certificate_der).key.sha256
    assert [record.der for record in bench.gateway.find_by_key(key)] == [first.certificate_der]


@pytest.mark.parametrize("fault", ["tampered", "weak", "dsa", "known_key", "noise"])
def test_a_bad_request_is_refused_before_it_is_sent_and_preflight_says_so(bench: Bench, fault: str) -> None:
    if fault == "known_key" and not bench.gateway.searches:
        return  # only the CA itself can tell then
    csrs = {
        "tampered": request(bench.new_key).replace(b"Sekar", b"Tamu1"),
        "weak": make.request(make.rsa_key(1024)),
        "dsa": make.request(make.dsa_key()),
        "known_key": request(bench.known_key),
        "noise": b"bukan CSR",
    }
    before = bench.orders_seen()
    assert not all(item.ok for item in bench.gateway.preflight(csrs[fault]))
    with pytest.raises(Refused):
        bench.gateway.enrol(order(csrs[fault]))
    assert bench.orders_seen() == before


def test_preflight_of_a_good_request_changes_nothing(bench: Bench) -> None:
    csr, before = request(bench.new_key), bench.orders_seen()
    assert [item for item in bench.gateway.preflight(csr) if not (item.ok and item.words)] == []
    assert all(item.ok for item in bench.gateway.preflight(csr))
    assert bench.orders_seen() == before
    assert isinstance(bench.gateway.enrol(order(csr)), Waiting if bench.gateway.by_hand else Issued)
    assert bench.orders_seen() > before or bench.gateway.by_hand


def test_a_revocation_is_proved_by_what_the_ca_signs(bench: Bench) -> None:
    assert proof(bench, bench.serial) is None
    revoke(bench)
    if not bench.remembers:
        return
    assert proof(bench, bench.serial) == "superseded"
    if not bench.gateway.searches:
        return
    record = bench.gateway.find_by_serial(bench.serial)
    assert record is not None and record.status is CertificateStatus.REVOKED
    assert record.revocation is not None
    assert abs(record.revocation.revoked_at - bench.clock.now()) < timedelta(minutes=1)


def test_revoking_again_keeps_the_first_date_and_reason(bench: Bench) -> None:
    revoke(bench)
    if not (bench.remembers and bench.gateway.searches):
        return
    first = bench.gateway.find_by_serial(bench.serial)
    bench.clock.forward(timedelta(hours=1))
    bench.gateway.revoke(revocation(bench))
    with pytest.raises(Refused):
        bench.gateway.revoke(revocation(bench, RevocationReason.KEY_COMPROMISE))
    assert bench.gateway.find_by_serial(bench.serial) == first


def test_an_unknown_serial_or_another_issuer_is_refused(bench: Bench) -> None:
    if not bench.gateway.by_hand:
        with pytest.raises(Refused):
            bench.gateway.revoke(replace(revocation(bench), serial=12345))
    with pytest.raises(Refused):
        bench.gateway.revoke(replace(revocation(bench), issuer="CN=CA lain"))


def test_an_unknown_reference_is_refused(bench: Bench) -> None:
    if bench.gateway.by_hand:
        return  # a person knows no references
    with pytest.raises(Refused):
        bench.gateway.poll("tidak ada")
