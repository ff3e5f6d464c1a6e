"""The training CA: its profile under foreign eyes, its memory, and how it plays a distant system."""

import re
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp
from pkilint import loader, pkix, validation
from pkilint.pkix import crl, extension, name

from lockdesk.core.operations import RevocationReason
from lockdesk.desk.values.authority import EnrolmentOrder, Issued, RevocationOrder, Waiting
from lockdesk.errors import Damaged, Declined, LockdeskError, Refused, Unreachable, Unsettled
from lockdesk.gateway.training import Behaviour, Switchboard, TrainingGateway
from lockdesk.gateway.training.behaviour import BEHAVIOURS
from lockdesk.pki.certificates import parse_certificate
from lockdesk.pki.lint import lint_certificate
from lockdesk.pki.revocation import read_ocsp
from lockdesk.words import SOURCE, _, language
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.orders import SERIAL, StillClock, old_certificate, order

KEY = bytes(32)


@pytest.fixture
def switch() -> Switchboard:
    return Switchboard()


@pytest.fixture
def ca(tmp_path: Path, switch: Switchboard) -> Iterator[TrainingGateway]:
    gateway = TrainingGateway.open(tmp_path / "ca.ledger", KEY, StillClock(), [old_certificate()], switch)
    yield gateway
    gateway.close()


@pytest.fixture
def english() -> Iterator[None]:
    language.choose("en")
    yield
    language.choose(SOURCE)


def superseded(serial: int = SERIAL) -> RevocationOrder:
    return RevocationOrder("r", "", serial, RevocationReason.SUPERSEDED)


def issued(ca: TrainingGateway, *args: EnrolmentOrder) -> bytes:
    answer = ca.enrol(*(args or (order(),)))
    assert isinstance(answer, Issued)
    return answer.certificate_der


def crl_number(listed: x509.CertificateRevocationList) -> int:
    return listed.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def findings(results: list[validation.ValidationResult]) -> list[str]:
    """Everything that pkilint calls a warning or worse."""
    limit = validation.ValidationFindingSeverity.WARNING
    found = [item for result in results for item in result.finding_descriptions]
    return [item.finding.code for item in found if item.finding.severity <= limit]


def lint_crl(der: bytes) -> list[str]:
    validator = crl.create_pkix_crl_validator_container(
        [
            pkix.create_attribute_decoder(name.ATTRIBUTE_TYPE_MAPPINGS),
            pkix.create_extension_decoder(extension.EXTENSION_MAPPINGS),
        ],
        [
            crl.create_issuer_validator_container([]),
            crl.create_validity_validator_container([]),
            crl.create_extensions_validator_container([]),
        ],
    )
    document = loader.RFC5280CertificateListDocumentLoader().load_der_document(der)
    return findings(validator.validate(document.root))


def test_what_it_issues_is_clean_under_pkilint(ca: TrainingGateway) -> None:
    old = ca.find_by_serial(SERIAL)
    assert old is not None
    practice = ca.issue_practice_certificate("Tamu Latihan", "Dinas " + "Panjang " * 12, 99)
    for der in (issued(ca), old.der, practice.der, ca.issuer_chain()[0]):
        assert lint_certificate(der) == ()


def test_its_revocation_list_is_clean_under_pkilint(ca: TrainingGateway) -> None:
    assert lint_crl(ca.crl()) == []
    ca.revoke(superseded())
    other = parse_certificate(issued(ca)).serial
    ca.revoke(RevocationOrder("q", "", other, RevocationReason.UNSPECIFIED))
    assert lint_crl(ca.crl()) == []


def test_openssl_verifies_the_certificate_and_reads_the_reason(ca: TrainingGateway, tmp_path: Path) -> None:
    root, leaf, listed = tmp_path / "root.pem", tmp_path / "leaf.pem", tmp_path / "ca.crl"
    root.write_bytes(make.pem(ca.issuer_chain()[0], "CERTIFICATE"))
    leaf.write_bytes(make.pem(issued(ca), "CERTIFICATE"))
    ca.revoke(superseded())
    listed.write_bytes(ca.crl())
    moment = str(int(make.AT.timestamp()) + 60)
    check = ["openssl", "verify", "-attime", moment, "-x509_strict", "-CAfile", str(root), str(leaf)]
    assert subprocess.run(check, check=True, capture_output=True, text=True).stdout.strip().endswith("OK")
    show = ["openssl", "crl", "-inform", "DER", "-in", str(listed), "-text", "-noout", "-CAfile", str(root)]
    text = subprocess.run(show, check=True, capture_output=True, text=True).stdout
    assert f"{SERIAL:X}" in text and "Superseded" in text


def test_openssl_reads_the_ocsp_answer(ca: TrainingGateway, tmp_path: Path) -> None:
    root, leaf = tmp_path / "root.pem", tmp_path / "leaf.pem"
    root.write_bytes(make.pem(ca.issuer_chain()[0], "CERTIFICATE"))
    old = ca.find_by_serial(SERIAL)
    assert old is not None
    leaf.write_bytes(make.pem(old.der, "CERTIFICATE"))
    ca.revoke(superseded())
    ask = ["openssl", "ocsp", "-issuer", str(root), "-cert", str(leaf), "-reqout", str(tmp_path / "q")]
    subprocess.run(ask, check=True, capture_output=True)
    (tmp_path / "a").write_bytes(ca.ocsp((tmp_path / "q").read_bytes()))
    moment = str(int(make.AT.timestamp()) + 60)
    read = ["openssl", "ocsp", "-respin", str(tmp_path / "a"), "-issuer", str(root), "-cert", str(leaf),
            "-no_nonce", "-CAfile", str(root), "-attime", moment, "-validity_period", str(10**9)]  # fmt: skip
    done = subprocess.run(read, check=True, capture_output=True, text=True)
    assert "revoked" in done.stdout and "superseded" in done.stdout
    assert "Response verify OK" in done.stderr
    asked = ocsp.load_der_ocsp_request((tmp_path / "q").read_bytes()).extensions
    assert list(ocsp.load_der_ocsp_response((tmp_path / "a").read_bytes()).extensions) == list(asked)


def question(ca: TrainingGateway, serial: int) -> bytes:
    root = x509.load_der_x509_certificate(ca.issuer_chain()[0])
    spki = hashes.Hash(hashes.SHA256())
    spki.update(root.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    subject = hashes.Hash(hashes.SHA256())
    subject.update(root.subject.public_bytes())
    builder = ocsp.OCSPRequestBuilder().add_certificate_by_hash(
        subject.finalize(), spki.finalize(), serial, hashes.SHA256()
    )
    return builder.build().public_bytes(Encoding.DER)


def test_ocsp_says_good_revoked_unknown_and_no(ca: TrainingGateway) -> None:
    root = ca.issuer_chain()[0]
    assert read_ocsp(ca.ocsp(question(ca, SERIAL)), SERIAL, root, make.AT).status == "good"
    assert read_ocsp(ca.ocsp(question(ca, 5)), 5, root, make.AT).status == "unknown"
    ca.revoke(superseded())
    assert read_ocsp(ca.ocsp(question(ca, SERIAL)), SERIAL, root, make.AT).status == "revoked"
    assert ocsp.load_der_ocsp_response(ca.ocsp(b"x")).response_status.name == "MALFORMED_REQUEST"


def test_everything_is_marked_and_serials_are_long_and_random(ca: TrainingGateway) -> None:
    facts = parse_certificate(issued(ca))
    assert facts.subject.organization.endswith("(PELATIHAN)") and "PELATIHAN" in facts.issuer.text
    assert facts.serial.bit_length() == 127 and facts.subject.email == order().email
    assert facts.not_after - facts.not_before < timedelta(days=731)
    assert re.match(r"http://ca\.pelatihan\.invalid/", facts.crl_urls[0])
    assert facts.ocsp_urls and facts.key_usage == ("digitalSignature", "nonRepudiation")


def test_the_subject_comes_from_the_case_not_from_the_request(ca: TrainingGateway) -> None:
    csr = make.request(make.ec_key(41), common_name="Orang Lain")
    assert parse_certificate(issued(ca, order(csr))).subject.common_name == "Sekar Contohwati, S.I.Pust."


def test_it_remembers_everything_after_a_restart(tmp_path: Path) -> None:
    clock, path = StillClock(), tmp_path / "ca.ledger"
    first = TrainingGateway.open(path, KEY, clock, [old_certificate()])
    der = issued(first)
    first.revoke(superseded())
    root, listed = first.issuer_chain(), x509.load_der_x509_crl(first.crl())
    first.close()
    second = TrainingGateway.open(path, KEY, clock, [old_certificate()])
    assert issued(second) == der
    assert second.issuer_chain() == root
    again = x509.load_der_x509_crl(second.crl())
    assert second.crl() == again.public_bytes(Encoding.DER), "signed once, until something is revoked or it is old"
    assert [entry.serial_number for entry in again] == [entry.serial_number for entry in listed] == [SERIAL]
    assert crl_number(again) == crl_number(listed) + 1
    clock.at += timedelta(days=1)
    assert crl_number(x509.load_der_x509_crl(second.crl())) == crl_number(again) + 1
    second.close()
    with pytest.raises(Damaged):
        TrainingGateway.open(path, bytes(31) + b"x", clock)


def test_a_lost_answer_is_unsettled_and_found_afterwards(ca: TrainingGateway, switch: Switchboard) -> None:
    switch.set(Behaviour(die="after"))
    with pytest.raises(Unsettled):
        ca.enrol(order())
    with pytest.raises(Unsettled):
        ca.revoke(superseded())
    switch.set(Behaviour())
    key = parse_certificate(issued(ca)).key.sha256
    assert len(ca.find_by_key(key)) == 1
    found = ca.find_by_serial(SERIAL)
    assert found is not None and found.revocation is not None


def test_a_line_that_dies_before_has_done_nothing(ca: TrainingGateway, switch: Switchboard) -> None:
    switch.set(Behaviour(die="before"))
    for call in (lambda: ca.enrol(order()), lambda: ca.revoke(superseded()), ca.crl):
        with pytest.raises(Unreachable):
            call()
    assert [item.ok for item in ca.check()] == [False]
    assert [item.ok for item in ca.preflight(order().csr_der)] == [False]
    switch.set(Behaviour())
    found = ca.find_by_serial(SERIAL)
    assert found is not None and found.revocation is None


def test_a_refusal_carries_the_ca_s_words(ca: TrainingGateway, switch: Switchboard) -> None:
    switch.set(Behaviour(refuse="Profil tidak tersedia."))
    with pytest.raises(Refused) as caught:
        ca.enrol(order())
    assert caught.value.detail == "Profil tidak tersedia."
    assert not all(item.ok for item in ca.preflight(order().csr_der))
    assert ca.find_by_serial(SERIAL) is not None


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_whatever_it_plays_it_speaks_the_window_s_language(
    ca: TrainingGateway, switch: Switchboard, english: None, behaviour: str
) -> None:
    switch.set(replace(BEHAVIOURS[behaviour], delay_seconds=0))
    said = [item.words for item in ca.preflight(order().csr_der)]
    try:
        ca.enrol(order())
    except LockdeskError as error:
        said += filter(None, (error.message, error.remedy, error.detail))
    assert [words for words in said if _(words) != words] == [], "still to be translated"


def test_approval_waits_for_a_person_and_issues_once(ca: TrainingGateway, switch: Switchboard) -> None:
    switch.set(Behaviour(approval=True))
    waiting = ca.enrol(order())
    assert isinstance(waiting, Waiting) and ca.enrol(order()) == waiting == ca.poll(waiting.reference)
    with pytest.raises(Refused):
        ca.enrol(order(request_id="LATIH-9/reissue"))
    assert ca.waiting() == (waiting.reference,)
    ca.approve(waiting.reference)
    answer = ca.poll(waiting.reference)
    assert isinstance(answer, Issued) and ca.enrol(order()) == answer
    with pytest.raises(Declined):
        ca.approve(waiting.reference)


def test_a_declined_enrolment_stays_declined(ca: TrainingGateway, switch: Switchboard) -> None:
    switch.set(Behaviour(approval=True))
    waiting = ca.enrol(order())
    assert isinstance(waiting, Waiting)
    ca.decline(waiting.reference, "Unit kerja tidak dikenal.")
    with pytest.raises(Refused) as caught:
        ca.poll(waiting.reference)
    assert caught.value.detail == "Unit kerja tidak dikenal."
    switch.set(Behaviour())
    assert isinstance(ca.enrol(order(request_id="LATIH-9/reissue")), Issued)


def test_a_slow_call_can_be_interrupted_and_has_done_nothing(ca: TrainingGateway, switch: Switchboard) -> None:
    switch.set(Behaviour(delay_seconds=3600))
    caught: list[Exception] = []

    def call() -> None:
        try:
            ca.enrol(order())
        except Unreachable as error:
            caught.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    ca.interrupt()
    thread.join(10)
    assert len(caught) == 1
    ca.resume()
    switch.set(Behaviour())
    assert isinstance(ca.enrol(order()), Issued)


def test_many_threads_get_one_certificate(ca: TrainingGateway) -> None:
    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append(ca.enrol(order()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(answers) == 8 and len(set(map(repr, answers))) == 1


def test_an_unknown_serial_gets_a_practice_certificate_and_a_known_one_stays(ca: TrainingGateway) -> None:
    made = ca.issue_practice_certificate("Tamu Latihan", "Dinas Latihan", 0x1234, serial_number="123")
    assert ca.find_by_serial(0x1234) == made
    assert ca.issue_practice_certificate("Tamu Latihan", "Dinas Latihan", 0x1234) == made
    for serial in (SERIAL, 0, -4, 1 << 200):
        with pytest.raises(Declined):
            ca.issue_practice_certificate("Tamu Latihan", "Dinas Latihan", serial)
