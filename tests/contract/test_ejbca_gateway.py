"""EJBCA's REST interface where things go wrong: approvals, lost answers, conflicts, foreign certificates."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from lockdesk.core.operations import RevocationReason
from lockdesk.desk.values.authority import Issued, RevocationOrder, Waiting
from lockdesk.errors import Declined, Refused, Unreachable, Unsettled
from lockdesk.gateway import ejbca
from lockdesk.gateway.ejbca import EjbcaGateway
from lockdesk.pki.certificates import parse_certificate
from lockdesk.pki.der import request_key
from lockdesk.pki.keys import key_facts
from tests.contract.benches import RunningClock
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.orders import StillClock, new_key, order, request
from tests.servers.ejbca import EjbcaServer
from tests.servers.small_ca import SmallCa
from tests.servers.web import Question, Reply

HANG_UP = Reply(0)


@pytest.fixture
def server() -> Iterator[EjbcaServer]:
    made = EjbcaServer()
    yield made
    made.stop()


@pytest.fixture
def gateway(server: EjbcaServer) -> Iterator[Callable[..., EjbcaGateway]]:
    opened: list[EjbcaGateway] = []

    def open_one(**changes: object) -> EjbcaGateway:
        opened.append(EjbcaGateway(server.settings(**changes), RunningClock()))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


Open = Callable[..., EjbcaGateway]


def key_of(csr: bytes) -> str:
    return key_facts(request_key(csr)).sha256


def revocation(server: EjbcaServer, reason: RevocationReason = RevocationReason.SUPERSEDED) -> RevocationOrder:
    certificate = server.ca.issue_signing(x509.load_der_x509_csr(make.request(new_key())))
    return RevocationOrder("LATIH-1/revoke", "", certificate.serial_number, reason)


def on(words: str, reply: Reply) -> Callable[[Question], Reply | None]:
    return lambda question: reply if words in question.path else None


def test_an_order_that_waits_for_approval_is_finished_once_it_is_given(server: EjbcaServer, gateway: Open) -> None:
    server.approval, csr = True, request(new_key())
    waiting = gateway().enrol(order(csr))
    assert isinstance(waiting, Waiting) and waiting.reference.startswith("1000/lockdesk-")
    assert gateway().poll(waiting.reference) == waiting
    server.decide(1000, "approved")
    issued = gateway().poll(waiting.reference)
    assert isinstance(issued, Issued)
    assert gateway().poll(waiting.reference) == issued, "asking again finds the certificate"
    assert len(server.users) == 1


def test_a_declined_approval_is_a_refusal_in_the_cas_words(server: EjbcaServer, gateway: Open) -> None:
    server.approval = True
    waiting = gateway().enrol(order(request(new_key())))
    assert isinstance(waiting, Waiting)
    server.decide(1000, "rejected")
    with pytest.raises(Refused, match="menolak") as told:
        gateway().poll(waiting.reference)
    assert "has been rejected" in told.value.detail


def test_a_lost_enrolment_is_recalled_and_never_repeated(server: EjbcaServer, gateway: Open) -> None:
    csr = request(new_key())
    server.after = on("pkcs10enroll", HANG_UP)
    with pytest.raises(Unsettled):
        gateway().enrol(order(csr))
    found = gateway().recall("LATIH-1/reissue", key_of(csr))
    assert isinstance(found, Issued)
    with pytest.raises(Refused):
        gateway().enrol(order(csr))
    assert server.asked("pkcs10enroll") == 1


def test_an_enrolment_that_never_arrived_is_recalled_as_nothing(server: EjbcaServer, gateway: Open) -> None:
    csr = request(new_key())
    server.before = on("pkcs10enroll", Reply(503, b"offline"))
    with pytest.raises(Unsettled):
        gateway().enrol(order(csr))
    assert gateway().recall("LATIH-1/reissue", key_of(csr)) is None


def test_a_lost_revocation_is_found_done(server: EjbcaServer, gateway: Open) -> None:
    wanted = revocation(server)
    server.after = on("/revoke", HANG_UP)
    with pytest.raises(Unsettled):
        gateway().revoke(wanted)
    assert gateway().revoke(wanted) is None
    assert server.asked("/revoke") == 1, "what is revoked already is not asked for again"


def test_somebody_faster_with_another_reason_is_a_conflict(server: EjbcaServer, gateway: Open) -> None:
    wanted = revocation(server)

    def faster(question: Question) -> None:
        if "/revoke" in question.path:
            server.ca.revoke(wanted.serial, x509.ReasonFlags.key_compromise)

    server.before = faster
    with pytest.raises(Refused, match="alasan lain: keyCompromise"):
        gateway().revoke(wanted)


def test_a_revocation_may_wait_for_approval_too(server: EjbcaServer, gateway: Open) -> None:
    server.before = on("/revoke", Reply(202, b'{"status_code": 202, "info_message": "waiting"}'))
    assert isinstance(gateway().revoke(revocation(server)), Waiting)


def test_the_issuers_name_travels_encoded(server: EjbcaServer, gateway: Open) -> None:
    gateway().revoke(revocation(server))
    path = next(question.path for question in server.questions if "/revoke" in question.path)
    assert "CN%3DCA%20Uji%20EJBCA%2CC%3DID" in path and "reason=SUPERSEDED" in path
    assert server.ca.certificate.subject.rfc4514_string() in unquote(path)


def test_a_csr_that_names_somebody_else_is_never_sent(server: EjbcaServer, gateway: Open) -> None:
    with pytest.raises(Refused) as told:
        gateway().enrol(order(make.request(new_key())))
    assert told.value.code == "ca.subject_differs" and server.asked("pkcs10enroll") == 0


def test_many_certificates_come_in_pages(server: EjbcaServer, gateway: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [revocation(server).serial for _number in range(5)]
    monkeypatch.setattr(ejbca, "_PAGE", 2)
    last = parse_certificate(server.ca.issued[wanted[-1]].public_bytes(Encoding.DER))
    assert [record.facts.serial for record in gateway().find_by_key(last.key.sha256)] == [wanted[-1]]
    assert server.asked("v2/certificate/search") == 3


def test_without_a_right_client_certificate_nothing_is_reached(server: EjbcaServer, gateway: Open) -> None:
    stranger = gateway(pkcs12=SmallCa("CA Lain").client_pkcs12())
    assert not stranger.check()[0].ok
    with pytest.raises(Unreachable):
        stranger.find_by_serial(1)
    assert server.questions == []


def test_a_server_with_another_cas_certificate_is_never_spoken_to(server: EjbcaServer, gateway: Open) -> None:
    for one in (gateway(tls_pem=SmallCa("CA Pengelola").pem), gateway(tls_pem=b"")):
        assert not one.check()[0].ok
        with pytest.raises(Unreachable):
            one.enrol(order(request(new_key())))
    assert server.questions == []


def test_the_check_names_a_wrong_chain_a_wrong_name_and_a_wrong_clock(server: EjbcaServer, gateway: Open) -> None:
    other = gateway(chain_pem=SmallCa("CA Uji EJBCA").pem, authority="CA Lain")
    failed = {item.name: item.words for item in other.check() if not item.ok}
    assert failed.keys() == {"ca.authorised", "ca.certificate"}
    assert "Bandingkan sidik jarinya" in failed["ca.certificate"] and "minta hak" in failed["ca.authorised"]
    clock = StillClock(datetime.now(UTC) + timedelta(minutes=10))
    late = EjbcaGateway(server.settings(), clock)
    assert [item.name for item in late.check() if not item.ok] == ["ca.clock"]
    late.close()


def test_a_stopped_server_is_unreachable(server: EjbcaServer, gateway: Open) -> None:
    one = gateway(url="https://127.0.0.1:9/ejbca/ejbca-rest-api/")
    assert not one.check()[0].ok
    with pytest.raises(Unreachable):
        one.revoke(revocation(server))


def test_no_credential_is_in_any_text(server: EjbcaServer) -> None:
    settings = server.settings(passphrase="bukan-ini")
    with pytest.raises(Declined) as told:
        EjbcaGateway(settings, RunningClock())
    assert "bukan-ini" not in f"{told.value} {told.value.detail} {settings!r}"
