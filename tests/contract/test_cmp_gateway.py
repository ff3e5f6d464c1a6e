"""CMP against OpenSSL: waiting, refusals, lost and forged answers, and what both sides make of one message."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ObjectIdentifier
from pyasn1.codec.der import decoder
from pyasn1_alt_modules import rfc9480

from lockdesk.core.operations import RevocationReason
from lockdesk.desk.values.authority import Issued, RevocationOrder, Waiting
from lockdesk.errors import Declined, LockdeskError, Refused, Unreachable, Unsettled
from lockdesk.gateway.cmp import CmpGateway
from lockdesk.gateway.cmp.messages import CERT_CONF, P10CR, POLL_REQ, RR, Names, Signer, revocation_request
from lockdesk.pki.certificates import parse_certificate
from lockdesk.pki.der import children, encoded, read_box
from lockdesk.pki.keys import key_facts
from tests.contract.benches import RunningClock
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.orders import new_key, order, request
from tests.servers.openssl_cmp import CmpServer
from tests.servers.small_ca import SmallCa, common_name, pem_of, usage
from tests.servers.web import LoopbackServer, Question, Reply

CMC_CA = x509.ExtendedKeyUsage([ObjectIdentifier("1.3.6.1.5.5.7.3.27")])


class Mock(Protocol):
    """Starts the mock with `options`; the certificate it gives is on `key`."""

    def __call__(
        self, *options: str, key: make.Key | None = None, speaker: tuple[bytes, bytes] | None = None
    ) -> CmpServer: ...


KEY = new_key()
CSR = request(KEY)
KEY_SHA256 = key_facts(make.spki(KEY)).sha256


@pytest.fixture
def ca() -> SmallCa:
    return SmallCa("CA Uji CMP")


@pytest.fixture
def mock(tmp_path: Path, ca: SmallCa) -> Iterator[Mock]:
    started: list[CmpServer] = []

    def start(*options: str, key: make.Key | None = None, speaker: tuple[bytes, bytes] | None = None) -> CmpServer:
        certificate = ca.issue_signing(x509.load_der_x509_csr(request(key or KEY)))
        started.append(CmpServer(tmp_path, ca, certificate, *options, speaker=speaker))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def gateway() -> Iterator[Callable[..., CmpGateway]]:
    opened: list[CmpGateway] = []

    def open_one(server: CmpServer, **changes: object) -> CmpGateway:
        opened.append(CmpGateway(server.settings(**changes), RunningClock()))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


Open = Callable[..., CmpGateway]


def revocation(server: CmpServer) -> RevocationOrder:
    serial = next(iter(server.ca.issued))
    return RevocationOrder("LATIH-1/revoke", "", serial, RevocationReason.SUPERSEDED)


def test_a_whole_transaction_needs_one_connection(mock: Mock, gateway: Open) -> None:
    server = mock()
    assert isinstance(gateway(server, url=server.direct_url).enrol(order(CSR)), Issued)


def test_a_proxy_is_used_and_told_who_asks(mock: Mock, gateway: Open) -> None:
    server = mock()
    proxy = server.url.removesuffix("/pkix/").replace("//", "//petugas:rahasia@")
    assert isinstance(gateway(server, url=server.direct_url, proxy=proxy).enrol(order(CSR)), Issued)
    question = server.questions[0]
    assert question.path == server.direct_url
    assert question.headers["Proxy-Authorization"] == "Basic cGV0dWdhczpyYWhhc2lh"


def test_rsa_on_both_sides(tmp_path: Path, gateway: Open) -> None:
    ca = SmallCa("CA Uji RSA", rsa.generate_private_key(65537, 2048))
    key = make.rsa_key()
    server = CmpServer(tmp_path, ca, ca.issue_signing(x509.load_der_x509_csr(request(key))))
    try:
        one = gateway(server)
        assert isinstance(one.enrol(order(request(key))), Issued)
        assert one.revoke(revocation(server)) is None
    finally:
        server.stop()


def test_a_ca_that_says_ask_again_now_is_asked_again_now(mock: Mock, gateway: Open) -> None:
    server = mock("-poll_count", "2", "-check_after", "0")
    assert isinstance(gateway(server).enrol(order(CSR)), Issued)
    assert server.bodies == [P10CR, POLL_REQ, POLL_REQ, CERT_CONF]


def test_a_ca_that_wants_approval_is_polled_later(mock: Mock, gateway: Open) -> None:
    server = mock("-poll_count", "2", "-check_after", "3600")
    waiting = gateway(server).enrol(order(CSR))
    assert isinstance(waiting, Waiting) and waiting.words
    # Another process, another connection: the reference is all that is left.
    issued = gateway(server).poll(waiting.reference)
    assert isinstance(issued, Issued)
    assert parse_certificate(issued.certificate_der).key.sha256 == KEY_SHA256
    assert server.asked(P10CR) == 1


def test_a_lost_answer_is_unsettled_and_a_ca_that_wants_its_nonce_back_cannot_tell(mock: Mock, gateway: Open) -> None:
    server = mock("-poll_count", "1", "-check_after", "0")
    server.after = lambda body, reply: Reply(0) if body == P10CR else reply
    with pytest.raises(Unsettled):
        gateway(server).enrol(order(CSR))
    with pytest.raises(Unreachable) as told:
        gateway(server).recall(order().request_id, KEY_SHA256)
    assert told.value.code == "ca.cannot_tell" and server.bodies == [P10CR, POLL_REQ]


@pytest.mark.parametrize("answer", ["the certificate", "still waiting"])
def test_a_lost_answer_is_recalled_by_the_request_id(mock: Mock, gateway: Open, ca: SmallCa, answer: str) -> None:
    """A CA that keeps its transactions by their ids alone, played here: the mock is stricter."""
    server = mock()
    certificate = next(iter(ca.issued.values())).public_bytes(Encoding.DER)
    signer = Signer(ca.key, ca.certificate, ())
    waiting = encoded(0xBA, encoded(0x30, encoded(0x30, bytes.fromhex("0201ff"), bytes.fromhex("02013c"))))
    granted = encoded(
        0x30, bytes.fromhex("0201ff"), bytes.fromhex("3003020100"), encoded(0x30, encoded(0xA0, certificate))
    )
    bodies = {POLL_REQ: waiting, CERT_CONF: encoded(0xB3, bytes.fromhex("0500"))}
    if answer == "the certificate":
        bodies[POLL_REQ] = encoded(0xA3, encoded(0x30, encoded(0x30, granted)))

    def play(question: Question) -> Reply:
        asked, _rest = decoder.decode(question.body, asn1Spec=rfc9480.PKIMessage())
        header, kind = asked["header"], {"pollReq": POLL_REQ, "certConf": CERT_CONF}[asked["body"].getName()]
        names = Names.fresh(bytes(header["transactionID"]), bytes(header["senderNonce"]))
        return Reply(200, signer.message(ca.certificate.subject, bodies[kind], datetime.now(UTC), names))

    keeping = LoopbackServer(play)
    try:
        found = gateway(server, url=keeping.url).recall(order().request_id, KEY_SHA256)
    finally:
        keeping.stop()
    if answer == "the certificate":
        assert found == Issued(certificate, server.settings().chain())
    else:
        assert isinstance(found, Waiting)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("-pkistatus", "2", "-failure", "9", "-statusstring", "POP ditolak"), Refused),
        (("-pkistatus", "2", "-failure", "24", "-send_error"), Refused),
        (("-pkistatus", "2", "-failure", "25"), Unsettled),
        (("-pkistatus", "2", "-failure", "2", "-send_error", "-send_unprot_err"), Unsettled),
        (("-send_unprotected",), Unsettled),
    ],
)
def test_a_signed_no_is_a_no_and_an_unsigned_one_tells_nothing(
    mock: Mock, gateway: Open, options: tuple[str, ...], expected: type[LockdeskError]
) -> None:
    server = mock(*options)
    one = gateway(server)
    with pytest.raises(expected) as enrolled:
        one.enrol(order(CSR))
    with pytest.raises(expected):
        one.revoke(revocation(server))
    if "-statusstring" in options:
        assert enrolled.value.detail == "POP ditolak; failInfo 9"
    assert CERT_CONF not in server.bodies


def test_a_certificate_on_another_key_is_declined(mock: Mock, gateway: Open) -> None:
    server = mock(key=new_key())
    with pytest.raises(Refused) as told:
        gateway(server).enrol(order(CSR))
    assert told.value.code == "ca.other_key" and server.bodies == [P10CR, CERT_CONF]


@pytest.mark.parametrize("fault", [Reply(0), Reply(404), Reply(503)])
def test_a_confirmation_that_is_lost_loses_no_certificate(mock: Mock, gateway: Open, fault: Reply) -> None:
    server = mock()
    server.before = lambda body: fault if body == CERT_CONF else None
    assert isinstance(gateway(server).enrol(order(CSR)), Issued)


def test_a_csr_that_names_somebody_else_is_never_sent(mock: Mock, gateway: Open) -> None:
    server = mock()
    with pytest.raises(Refused) as told:
        gateway(server).enrol(order(make.request(KEY, "Pejabat Lain")))
    assert told.value.code == "ca.subject_differs" and server.bodies == []


@pytest.mark.parametrize("who", ["another officer", "an authority", "somebody named in the settings"])
def test_only_those_who_may_speak_for_the_ca_are_heard(mock: Mock, gateway: Open, ca: SmallCa, who: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    purposes = (CMC_CA,) if who == "an authority" else ()
    certificate = ca.issue(common_name(who), key.public_key(), usage("digital_signature"), *purposes)
    pem = certificate.public_bytes(Encoding.PEM)
    server = mock(speaker=(pem, pem_of(key)))
    one = gateway(server, signers_pem=pem if who.startswith("somebody") else b"")
    trusted = {item.name: item.ok for item in one.check()}["ca.certificate"]
    if who == "another officer":
        assert not trusted
        with pytest.raises(Unsettled):
            one.enrol(order(CSR))
    else:
        assert trusted and isinstance(one.enrol(order(CSR)), Issued)


def test_a_client_that_the_ca_does_not_know_is_refused(mock: Mock, gateway: Open) -> None:
    server = mock()
    stranger = gateway(server, pkcs12=SmallCa("CA Lain").client_pkcs12())
    told = {item.name: item.words for item in stranger.check()}
    assert "permintaan pertama" in told["ca.authorised"], "the mock gives no reason that would tell more"
    with pytest.raises(Refused):
        stranger.enrol(order(CSR))
    assert CERT_CONF not in server.bodies


def test_a_server_that_is_no_cmp_server_is_told(mock: Mock, gateway: Open) -> None:
    server = mock()
    lost_way = gateway(server, url=server.direct_url.replace("pkix/", "salah/"))
    assert not all(item.ok for item in lost_way.check())
    with pytest.raises(Refused):
        lost_way.enrol(order(CSR))
    server.before = lambda body: Reply(200, b"<html>masuk</html>")
    with pytest.raises(Unsettled):
        gateway(server).enrol(order(CSR))


def test_a_wrong_passphrase_is_declined_without_naming_it(mock: Mock) -> None:
    settings = replace(mock().settings(), passphrase="bukan-ini")
    with pytest.raises(Declined) as told:
        CmpGateway(settings, RunningClock())
    assert "bukan-ini" not in f"{told.value} {told.value.detail} {settings}"


def test_openssls_own_client_asks_for_a_revocation_in_the_same_bytes(mock: Mock, tmp_path: Path) -> None:
    server = mock()
    certificate = next(iter(server.ca.issued.values()))
    command = ["openssl", "cmp", "-config", "", "-cmd", "rr", "-server", server.direct_url, "-oldcert"]
    command += ["certificate.pem", "-revreason", "4", "-reqout", "rr.der", "-trusted", "ca.pem"]
    command += ["-cert", "speaker.pem", "-key", "speaker.key", "-srvcert", "ca.pem"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env={"PATH": "/usr/bin:/bin"})
    written = (tmp_path / "rr.der").read_bytes()
    body = children(written, read_box(written, 0, len(written)))[1].bytes_in(written)
    ours = revocation_request(certificate.issuer, certificate.serial_number, RevocationReason.SUPERSEDED)
    assert body == ours, done.stderr.decode()
    assert server.asked(RR) == 0
