"""Certificates, revocation lists and OCSP answers: facts, and what makes them no proof."""

from datetime import timedelta
from typing import Any

import pytest
from asn1crypto import core
from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID
from pkilint import loader

from lockdesk.errors import Refused
from lockdesk.pki import lint
from lockdesk.pki.certificates import check_issued, parse_certificate
from lockdesk.pki.keys import key_strength
from lockdesk.pki.lint import lint_certificate
from lockdesk.pki.revocation import apply_delta, read_crl, read_ocsp
from lockdesk.pki.values import KeyFacts
from tests.helpers.authority import pki_material as make

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
    reason: x509.ReasonFlags = x509.ReasonFlags.superseded,
    later: timedelta = timedelta(hours=-1),
    condition: x509.ExtensionType | None = None,
    named_by: hashes.HashAlgorithm | None = None,
) -> bytes:
    revoked = status is ocsp.OCSPCertStatus.REVOKED
    signer = x509.load_der_x509_certificate(responder)
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            x509.load_der_x509_certificate(subject),
            x509.load_der_x509_certificate(ROOT),
            named_by or hashes.SHA256(),
            status,
            make.AT - timedelta(days=1),
            make.AT + timedelta(days=days, seconds=-600),
            make.AT + later if revoked else None,
            reason if revoked else None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, signer)
        .certificates([signer])
    )
    if condition is not None:
        builder = builder.add_extension(condition, critical=True)
    return builder.sign(key or make.ec_key(9), hashes.SHA256()).public_bytes(Encoding.DER)


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


@pytest.mark.parametrize("flip", [0x01, 0x80, 0xFF])
def test_a_certificate_spoilt_anywhere_is_read_or_refused(flip: int) -> None:
    refused = 0
    for place in range(len(LEAF)):
        spoilt = LEAF[:place] + bytes([LEAF[place] ^ flip]) + LEAF[place + 1 :]
        assert isinstance(check_issued(spoilt, (ROOT,), make.request(), make.AT), tuple)
        try:
            parse_certificate(spoilt)
        except Refused:
            refused += 1
    assert refused > 50


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


def crl_of(
    *entries: x509.RevokedCertificate,
    number: int = 4,
    base: int | None = None,
    condition: x509.ExtensionType | None = None,
) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ROOT_NAME)
        .last_update(make.AT - timedelta(days=1))
        .next_update(make.AT + timedelta(days=7))
        .add_extension(x509.CRLNumber(number), critical=False)
    )
    if base is not None:
        builder = builder.add_extension(x509.DeltaCRLIndicator(base), critical=True)
    if condition is not None:
        builder = builder.add_extension(condition, critical=True)
    for entry in entries:
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(make.ec_key(9), hashes.SHA256()).public_bytes(Encoding.DER)


def entry(
    *extensions: tuple[x509.ExtensionType, bool], serial: int = 77, later: timedelta = timedelta(hours=-1)
) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(make.AT + later)
    for value, critical in extensions:
        builder = builder.add_extension(value, critical=critical)
    return builder.build()


UNKNOWN = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\x00")
OTHER_CA = x509.CertificateIssuer([x509.DirectoryName(make.name("CA lain"))])
OWN_CA = x509.CertificateIssuer([x509.DirectoryName(ROOT_NAME)])
NO_REVOCATION = {
    "on hold": (entry((x509.CRLReason(x509.ReasonFlags.certificate_hold), False)),),
    "taken off": (entry((x509.CRLReason(x509.ReasonFlags.remove_from_crl), False)),),
    "from tomorrow on": (entry((x509.CRLReason(x509.ReasonFlags.superseded), False), later=timedelta(days=1)),),
    "a critical extension nobody knows": (entry((UNKNOWN, True)),),
    "a reason nobody can read": (entry((x509.UnrecognizedExtension(x509.CRLReason.oid, b"\x30\x80"), False)),),
    "another CA's": (entry((OTHER_CA, True)),),
    "another CA's by the entry before": (entry((OTHER_CA, True), serial=5), entry()),
}


@pytest.mark.parametrize("what", NO_REVOCATION)
def test_what_is_not_revoked_for_good_is_not_revoked(what: str) -> None:
    assert read_crl(crl_of(*NO_REVOCATION[what]), ROOT, make.AT).entry_for(77) is None
    base = read_crl(crl_of(entry()), ROOT, make.AT)
    before = base.entry_for(77)
    assert before is not None
    delta = crl_of(*NO_REVOCATION[what], number=5, base=4)
    assert apply_delta(delta, base, ROOT, make.AT, before, 77) is None


def test_what_is_revoked_is_revoked_whatever_else_is_said() -> None:
    invalid = x509.InvalidityDate(make.AT.replace(tzinfo=None) - timedelta(days=2))
    plain = ((UNKNOWN, False), (invalid, False), (x509.CRLReason(x509.ReasonFlags.key_compromise), False))
    for entries in (
        (entry(*plain),),
        (entry((OWN_CA, True)),),
        (entry((OTHER_CA, True), serial=5), entry((OWN_CA, True), serial=6), entry()),
        (entry(), entry((OTHER_CA, True), serial=5)),
    ):
        assert read_crl(crl_of(*entries), ROOT, make.AT).entry_for(77) is not None


@pytest.mark.parametrize(
    ("reason", "later", "counts"),
    [
        (x509.ReasonFlags.superseded, timedelta(hours=-1), True),
        (x509.ReasonFlags.certificate_hold, timedelta(hours=-1), False),
        (x509.ReasonFlags.superseded, timedelta(days=1), False),
    ],
)
def test_an_ocsp_answer_tells_a_hold_and_a_later_day_from_a_revocation(
    reason: x509.ReasonFlags, later: timedelta, counts: bool
) -> None:
    found = read_ocsp(answer(reason=reason, later=later), 77, ROOT, make.AT).entry
    assert (found is not None) is counts


def test_an_ocsp_answer_with_a_condition_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        read_ocsp(answer(condition=UNKNOWN), 77, ROOT, make.AT)
    assert caught.value.code == "ocsp.extension"


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


def partial_list(**only: Any) -> bytes:
    """A list that says of itself what it is about."""
    named = [x509.UniformResourceIdentifier("http://ca.example/daftar.crl")]
    usual: dict[str, Any] = {"full_name": named, "relative_name": None, "only_some_reasons": None}
    usual |= dict.fromkeys(
        ("only_contains_user_certs", "only_contains_ca_certs", "indirect_crl", "only_contains_attribute_certs"), False
    )
    builder = x509.CertificateRevocationListBuilder().issuer_name(ROOT_NAME).add_revoked_certificate(entry())
    builder = builder.last_update(make.AT - timedelta(days=1)).next_update(make.AT + timedelta(days=7))
    point = x509.IssuingDistributionPoint(**{**usual, **only})
    return builder.add_extension(point, critical=True).sign(make.ec_key(9), hashes.SHA256()).public_bytes(Encoding.DER)


def test_a_list_of_a_part_only_is_no_proof() -> None:
    assert read_crl(partial_list(), ROOT, make.AT).entry_for(77) is not None
    some = frozenset({x509.ReasonFlags.key_compromise})
    for only in ({"only_some_reasons": some}, {"indirect_crl": True}, {"only_contains_ca_certs": True}):
        with pytest.raises(Refused) as caught:
            read_crl(partial_list(**only), ROOT, make.AT)
        assert caught.value.code == "crl.extension"


def test_a_delta_counts_only_on_the_list_that_it_continues() -> None:
    base = read_crl(crl_of(entry()), ROOT, make.AT)
    before = base.entry_for(77)
    assert before is not None
    assert apply_delta(crl_of(number=5, base=4), base, ROOT, make.AT, before, 77) == before, "it says nothing of it"
    for delta, code in (
        (crl_of(number=6, base=5), "crl.delta_base"),
        (crl_of(number=5), "crl.delta_base"),
        (crl_of(number=5, base=4, condition=UNKNOWN), "crl.extension"),
    ):
        with pytest.raises(Refused) as caught:
            apply_delta(delta, base, ROOT, make.AT, before, 77)
        assert caught.value.code == code


def of_two(der: bytes, strange: int) -> bytes:
    """The same answer about a second certificate as well; the part about `strange` has a condition nobody knows."""
    response = asn1_ocsp.OCSPResponse.load(der)
    basic = response["response_bytes"]["response"].parsed
    data = basic["tbs_response_data"]
    first, second = data["responses"][0], data["responses"][0].copy()
    second["cert_id"]["serial_number"] = 78
    for part in (first, second):
        if part["cert_id"]["serial_number"].native == strange:
            part["single_extensions"] = [{"extn_id": "1.3.6.1.4.1.99999.1", "critical": True, "extn_value": b"\5\0"}]
    data["responses"] = [second, first]
    signed = make.ec_key(9).sign(data.dump(force=True), ec.ECDSA(hashes.SHA256()))
    basic["signature"] = signed
    response["response_bytes"]["response"] = core.ParsableOctetString(basic.dump(force=True))
    return bytes(response.dump(force=True))


def test_of_an_answer_about_several_only_the_part_about_this_certificate_counts() -> None:
    assert read_ocsp(of_two(answer(), strange=78), 77, ROOT, make.AT).entry is not None
    with pytest.raises(Refused) as caught:
        read_ocsp(of_two(answer(), strange=77), 77, ROOT, make.AT)
    assert caught.value.code == "ocsp.extension"


def test_an_answer_that_names_its_certificate_by_another_hash_is_about_nobody() -> None:
    with pytest.raises(Refused) as caught:
        read_ocsp(answer(named_by=hashes.SHA384()), 77, ROOT, make.AT)
    assert caught.value.code == "ocsp.other_certificate"
