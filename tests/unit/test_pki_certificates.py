"""Certificates, revocation lists and OCSP answers: facts, and what makes them no proof."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID
from pkilint import loader

from lockdesk.errors import Refused
from lockdesk.pki import lint
from lockdesk.pki.certificates import check_issued, parse_certificate
from lockdesk.pki.keys import key_strength
from lockdesk.pki.lint import lint_certificate
from lockdesk.pki.revocation import read_crl, read_ocsp
from lockdesk.pki.values import KeyFacts
from tests import pki_material as make

ROOT_NAME = make.name("CA Uji", "Uji")
ROOT = make.certificate(make.ec_key(9), make.ec_key(9), ROOT_NAME, ROOT_NAME, ca=True)
OTHER = make.certificate(make.ec_key(8), make.ec_key(8), ROOT_NAME, ROOT_NAME, ca=True)
LEAF = make.certificate(make.ec_key(), make.ec_key(9), make.name(), ROOT_NAME, serial=77)


def crl(key: make.Key | None = None, days: int = 7, delta: bool = False, issuer: x509.Name = ROOT_NAME) -> bytes:
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(77)
        .revocation_date(make.AT - timedelta(hours=1))
        .add_extension(x509.CRLReason(x509.ReasonFlags.superseded), critical=False)
        .build()
    )
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer)
        .last_update(make.AT - timedelta(days=1))
        .next_update(make.AT + timedelta(days=days, seconds=-600))
        .add_extension(x509.CRLNumber(4), critical=False)
        .add_revoked_certificate(entry)
    )
    if delta:
        builder = builder.add_extension(x509.DeltaCRLIndicator(3), critical=True)
    return builder.sign(key or make.ec_key(9), hashes.SHA256()).public_bytes(Encoding.DER)


def answer(
    status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.REVOKED,
    key: make.Key | None = None,
    responder: bytes = ROOT,
    subject: bytes = LEAF,
    days: int = 1,
) -> bytes:
    revoked = status is ocsp.OCSPCertStatus.REVOKED
    signer = x509.load_der_x509_certificate(responder)
    return (
        ocsp.OCSPResponseBuilder()
        .add_response(
            x509.load_der_x509_certificate(subject),
            x509.load_der_x509_certificate(ROOT),
            hashes.SHA256(),
            status,
            make.AT - timedelta(days=1),
            make.AT + timedelta(days=days, seconds=-600),
            make.AT - timedelta(hours=1) if revoked else None,
            x509.ReasonFlags.superseded if revoked else None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, signer)
        .certificates([signer])
        .sign(key or make.ec_key(9), hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


def test_a_certificate_gives_its_facts_from_der_and_pem() -> None:
    facts = parse_certificate(LEAF)
    assert parse_certificate(make.pem(LEAF, "CERTIFICATE")) == facts
    assert (facts.serial, facts.subject.common_name, facts.issuer.common_name) == (
        77,
        "Sekar Contohwati",
        "CA Uji",
    )
    assert facts.key_usage == ("digitalSignature", "nonRepudiation")
    assert not facts.is_ca and parse_certificate(ROOT).is_ca


def test_bytes_that_are_no_certificate_are_refused() -> None:
    with pytest.raises(Refused):
        parse_certificate(b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----")


def test_what_was_asked_for_has_no_problem() -> None:
    assert check_issued(LEAF, (ROOT,), make.request(), make.AT) == ()


def test_every_problem_of_an_issued_certificate_is_named() -> None:
    csr = make.request()
    assert check_issued(LEAF, (ROOT,), make.request(make.ec_key(3)), make.AT) == ("key_mismatch",)
    assert check_issued(LEAF, (OTHER,), csr, make.AT) == ("issuer_signature",)
    assert check_issued(LEAF, (), csr, make.AT) == ("issuer_signature", "chain")
    assert "not_yet_valid" in check_issued(LEAF, (ROOT,), csr, make.AT - timedelta(days=40))
    assert "expired" in check_issued(LEAF, (ROOT,), csr, make.AT + timedelta(days=400))
    assert check_issued(b"x", (ROOT,), csr, make.AT) == ("unreadable",)
    authority = make.certificate(make.ec_key(), make.ec_key(9), make.name(), ROOT_NAME, ca=True)
    assert check_issued(authority, (ROOT,), csr, make.AT) == ("is_ca", "key_usage")
    bare = make.certificate(make.ec_key(), make.ec_key(9), make.name(), ROOT_NAME, usage=False)
    assert check_issued(bare, (ROOT,), csr, make.AT) == ("key_usage",)
    assert "chain" in check_issued(LEAF, (ROOT, LEAF), csr, make.AT)


def test_a_signed_fresh_crl_is_proof() -> None:
    proof = read_crl(crl(), ROOT, make.AT)
    entry = proof.entry_for(77)
    assert entry is not None and entry.reason == "superseded"
    assert (proof.number, len(proof), proof.entry_for(78)) == (4, 1, None)


@pytest.mark.parametrize(
    ("der", "code"),
    [
        (b"x", "crl.unreadable"),
        (crl(make.ec_key(8)), "crl.signature"),
        (crl(days=0), "crl.stale"),
        (crl(delta=True), "crl.extension"),
        (crl(issuer=make.name("CA lain")), "crl.issuer"),
        (crl().replace(b"CA Uji", b"CA Ujo"), "crl.issuer"),
    ],
)
def test_a_crl_that_proves_nothing_is_refused(der: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_crl(der, ROOT, make.AT)
    assert caught.value.code == code and caught.value.remedy


def test_a_crl_from_tomorrow_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        read_crl(crl(), ROOT, make.AT - timedelta(days=3))
    assert caught.value.code == "crl.future"


def test_an_ocsp_answer_of_the_ca_is_proof() -> None:
    revoked = read_ocsp(answer(), 77, ROOT, make.AT)
    assert revoked.status == "revoked"
    assert revoked.entry is not None and revoked.entry.reason == "superseded"
    assert read_ocsp(answer(ocsp.OCSPCertStatus.GOOD), 77, ROOT, make.AT).status == "good"


def test_a_delegated_responder_needs_the_ca_s_mark() -> None:
    key = make.ec_key(5)
    plain = make.certificate(key, make.ec_key(9), make.name("Penjawab"), ROOT_NAME)
    with pytest.raises(Refused) as caught:
        read_ocsp(answer(key=key, responder=plain), 77, ROOT, make.AT)
    assert caught.value.code == "ocsp.signature"
    marked = (
        x509.CertificateBuilder()
        .subject_name(make.name("Penjawab"))
        .issuer_name(ROOT_NAME)
        .public_key(key.public_key())
        .serial_number(5)
        .not_valid_before(make.AT - timedelta(days=1))
        .not_valid_after(make.AT + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), critical=False)
        .sign(make.ec_key(9), hashes.SHA256())
        .public_bytes(Encoding.DER)
    )
    assert read_ocsp(answer(key=key, responder=marked), 77, ROOT, make.AT).status == "revoked"


@pytest.mark.parametrize(
    ("der", "serial", "code"),
    [
        (b"x", 77, "ocsp.unreadable"),
        (answer(), 78, "ocsp.other_certificate"),
        (answer(key=make.ec_key(8), responder=OTHER), 77, "ocsp.signature"),
        (answer(days=0), 77, "ocsp.stale"),
        (
            ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER).public_bytes(Encoding.DER),
            77,
            "ocsp.no_answer",
        ),
    ],
)
def test_an_ocsp_answer_that_proves_nothing_is_refused(der: bytes, serial: int, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_ocsp(der, serial, ROOT, make.AT)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("facts", "problems"),
    [
        (KeyFacts("RSA", 2048, "", exponent=65537), ()),
        (KeyFacts("RSA", 3072, "", exponent=65537), ()),
        (KeyFacts("RSA", 1024, "", exponent=3), ("rsa_bits", "rsa_exponent")),
        (KeyFacts("RSA", 2049, "", exponent=65538), ("rsa_odd_size", "rsa_exponent")),
        (KeyFacts("EC", 256, "", "P-256"), ()),
        (KeyFacts("EC", 256, "", "secp256k1"), ("curve",)),
        (KeyFacts("EC", 256, "", "P-256", explicit_parameters=True), ("explicit_parameters",)),
        (KeyFacts("DSA", 2048, ""), ("algorithm",)),
        (KeyFacts("Ed25519", 0, ""), ("algorithm",)),
    ],
)
def test_key_strength(facts: KeyFacts, problems: tuple[str, ...]) -> None:
    assert key_strength(facts) == problems


def test_what_pkilint_remarks_is_kept_by_its_stable_name() -> None:
    key = make.ec_key(9)
    codes = [item.code for item in lint_certificate(make.certificate(key, key, make.name(), make.name()))]
    assert "pkix.subject_email_address_not_in_san" in codes
    assert [item.code for item in lint_certificate(b"bukan sertifikat")] == ["lint.unreadable"]


@pytest.mark.parametrize(
    "der", [ROOT, LEAF, make.certificate(make.rsa_key(), make.ec_key(9), ROOT_NAME, ROOT_NAME, ca=True)]
)
def test_asked_by_type_pkilint_says_what_it_says_by_itself(der: bytes) -> None:
    def said(container: Any) -> list[object]:
        root = loader.RFC5280CertificateDocumentLoader().load_der_document(der).root
        return [(item.validator.name, item.node.path, item.finding_descriptions) for item in container.validate(root)]

    expected = said(lint._all_validators())
    assert len(expected) > 20
    assert said(lint._validator()) == expected
