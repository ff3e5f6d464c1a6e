"""What is not quite a key, a request, a certificate or a list: read as what it is, or refused, never half."""

import base64

import pytest
from asn1crypto import core
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ed448, padding
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lockdesk.errors import Refused
from lockdesk.pki.certificates import chain_problem, issued_by
from lockdesk.pki.certification_request import read_request
from lockdesk.pki.csr import read_csr
from lockdesk.pki.der import OID, SEQUENCE, classify, encoded, read_box, request_key
from lockdesk.pki.keys import guarded, key_facts, signature_matches
from lockdesk.pki.pem import as_pem, pem_blocks
from lockdesk.pki.revocation import list_facts
from lockdesk.pki.values import CsrProblem
from lockdesk.pki.weak import weaknesses
from tests.helpers.authority import pki_material as make


def spki_of(key: dsa.DSAPrivateKey | ed448.Ed448PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def kind(der: bytes) -> str:
    return classify(der, read_box(der, 0, len(der)))


def test_pem_is_der_in_lines_and_what_is_no_base64_is_left_out() -> None:
    der = bytes(range(200))
    text = as_pem(der, "CERTIFICATE")
    assert max(len(line) for line in text.splitlines()) == 64
    broken = b"-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n"
    assert pem_blocks(broken + text + as_pem(b"x", "X509 CRL"), "CERTIFICATE") == [der]


@pytest.mark.parametrize(
    "der",
    [
        b"", b"\x30", b"\x30\x05\x02\x01", b"\x30\x03\x02\x01\x00", b"\x31\x00",
        encoded(SEQUENCE, encoded(SEQUENCE), encoded(SEQUENCE), encoded(0x03, b"\0")),
        encoded(SEQUENCE, encoded(SEQUENCE, b"\x02\x01\0", encoded(SEQUENCE)), encoded(SEQUENCE), encoded(3, b"\0")),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_and_has_no_key(der: bytes) -> None:
    for read in (read_request, request_key):
        with pytest.raises((ValueError, IndexError)):
            read(der)


def test_boxes_are_told_apart_by_what_they_hold() -> None:
    assert kind(core.Integer(5).dump()) == ""
    assert kind(encoded(SEQUENCE, core.ObjectIdentifier("1.2.3").dump())) == ""
    assert kind(encoded(SEQUENCE, b"\x02\x01\x03", encoded(SEQUENCE, core.ObjectIdentifier("1.2.3").dump()))) == ""
    assert kind(encoded(SEQUENCE, b"\x02\x01\x07", b"\x05\x00")) == ""
    assert kind(encoded(SEQUENCE, encoded(SEQUENCE, b"\x05\x00"), encoded(0x04, b"x"))) == ""
    assert kind(encoded(SEQUENCE, b"\xff")) == ""
    assert kind(make.request()) == "csr"


@pytest.mark.parametrize(
    ("content", "named"),
    [(b"%PDF-1.7 ...", "PDF"), (b"\x89PNG\r\n", "PNG"), (b"\xff\xd8\xff\xe0", "JPEG"), (b"\xd0\xcf\x11\xe0", "Office"),
     (b"sesuatu", "tidak dikenali")],
)  # fmt: skip
def test_a_file_that_is_no_csr_is_named(content: bytes, named: str) -> None:
    reading = read_csr(content)
    assert reading.problem is CsrProblem.NOT_A_CSR and named in reading.detail


def test_keys_of_other_kinds_are_named_and_prove_nothing() -> None:
    spki = spki_of(make.dsa_key())
    assert key_facts(spki).algorithm == "DSA"
    endless = encoded(SEQUENCE, encoded(SEQUENCE, encoded(OID, b"\xff" * 200)), encoded(0x03, b"\0"))
    assert key_facts(endless).algorithm == "unknown"
    assert weaknesses(b"\x30\x00") is None and weaknesses(b"x" * 100_000) is None
    assert not signature_matches(spki, b"", b"", hashes.SHA256())
    assert not signature_matches(b"", b"", b"", hashes.SHA256())
    key = ed448.Ed448PrivateKey.generate()
    assert signature_matches(spki_of(key), key.sign(b"x"), b"x", None)
    assert not signature_matches(spki_of(key), key.sign(b"x"), b"y", None)
    signer = make.rsa_key()
    signature = signer.sign(b"x", padding.PKCS1v15(), hashes.SHA256())
    assert signature_matches(make.spki(signer), signature, b"x", hashes.SHA256())
    assert not signature_matches(make.spki(signer), signature, b"y", hashes.SHA256())


def test_whoever_stops_the_program_is_not_taken_for_bad_bytes() -> None:
    def stop() -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guarded(stop, 0)


def test_a_chain_is_said_to_be_broken_in_words() -> None:
    one, other = make.ec_key(1), make.ec_key(2)
    root = make.certificate(one, one, make.name("Akar"), make.name("Akar"), ca=True)
    leaf = make.certificate(other, one, make.name("Penerbit"), make.name("Akar"), ca=True)
    stray = make.certificate(other, other, make.name("Lain"), make.name("Lain"), ca=True)
    assert chain_problem([leaf, root], make.AT) == ""
    assert "tidak utuh" in chain_problem([leaf, stray], make.AT)
    assert chain_problem([b"no certificate"], make.AT)
    assert issued_by(leaf, root) and not issued_by(leaf, stray)


def test_a_list_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        list_facts(b"no list")
    assert refused.value.code == "crl.unreadable"
    facts = list_facts(make.empty_crl(make.ec_key()))
    assert "Penerbit" in facts.issuer and facts.next_update.year == 2027


def test_a_request_pasted_with_other_things_is_still_one() -> None:
    der = make.request()
    assert read_csr(b"Berikut CSR saya:\n" + make.pem(der) + b"\nTerima kasih").der == der
    assert read_csr(base64.b64encode(der)).der in {der, b""}
