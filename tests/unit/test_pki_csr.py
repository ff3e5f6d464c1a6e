"""What applicants send as a CSR: nothing raises, and every mistake has its name."""

import base64
import io
import subprocess
import zipfile
from pathlib import Path

import cryptography_vectors
import pytest
from asn1crypto import core, csr, keys
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    pkcs7,
    pkcs12,
)
from hypothesis import given
from hypothesis import strategies as st

from lockdesk.core.findings import Verdict
from lockdesk.pki.containers import looks_like_private_key
from lockdesk.pki.csr import read_csr
from lockdesk.pki.der import SEQUENCE, SET, encoded
from lockdesk.pki.keys import key_strength
from lockdesk.pki.values import CsrProblem
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.evidence_material import evidence, verdict

VECTORS = Path(cryptography_vectors.__file__).parent / "x509" / "requests"


@pytest.mark.parametrize("path", sorted(VECTORS.iterdir()), ids=lambda path: path.name)
def test_every_published_request_is_read_without_an_exception(path: Path) -> None:
    reading = read_csr(path.read_bytes())
    if path.name == "bad-version.pem":
        assert reading.problem is CsrProblem.VERSION
    else:
        assert reading.problem is CsrProblem.NONE
        assert reading.facts is not None
    if path.name == "invalid_signature.pem":
        assert reading.facts is not None and reading.facts.signature_valid is False
    if "sha1" in path.name:
        assert reading.facts is not None and reading.facts.signature_hash == "sha1"
        assert reading.facts.signature_valid is None
    if "dsa" in path.name:
        assert reading.facts is not None and key_strength(reading.facts.key) == ("algorithm",)


def envelopes() -> dict[str, bytes]:
    der = make.request()
    text = make.pem(der).decode()
    one_line = base64.b64encode(der)
    return {
        "der": der,
        "pem": text.encode(),
        "new": make.pem(der, "NEW CERTIFICATE REQUEST"),
        "bom": b"\xef\xbb\xbf" + text.encode(),
        "crlf": text.replace("\n", "\r\n").encode(),
        "cr": text.replace("\n", "\r").encode(),
        "utf16": text.encode("utf-16"),
        "utf16le": text.encode("utf-16-le"),
        "utf16be": text.encode("utf-16-be"),
        "one_line": one_line,
        "one_line_pem": text.replace("\n", " ").encode(),
        "wide": make.pem(der, width=200),
        "narrow": make.pem(der, width=17),
        "spaces": text.replace("\n", " \n\n  ").encode(),
        "dashes": text.replace("-----", "———").encode(),
        "quotes": f"“{text}”".encode(),
        "quoted_one_line": b'"' + one_line + b'"',
        "text_before": b"Dengan hormat,\nberikut CSR saya.\n" + text.encode(),
        "base64_of_pem": base64.encodebytes(text.encode()),
        "zero_width": text.replace("BEGIN", "BE\u200bGIN").encode(),
    }


@pytest.mark.parametrize("name", sorted(envelopes()))
def test_the_same_request_is_found_in_every_envelope(name: str) -> None:
    reading = read_csr(envelopes()[name])
    assert reading.problem is CsrProblem.NONE
    assert reading.facts is not None and reading.facts.signature_valid is True
    assert reading.facts.subject.common_name == "Sekar Contohwati"
    assert reading.facts.key.words == "EC P-256"


def with_attribute(attribute: bytes) -> bytes:
    """A request with one more attribute; nothing of it is signed anew."""
    request = csr.CertificationRequest.load(make.request())
    info = request["certification_request_info"]
    parts = (info["version"].dump(), info["subject"].dump(), info["subject_pk_info"].dump(), encoded(0xA0, attribute))
    rest = request["signature_algorithm"].dump(), request["signature"].dump()
    return encoded(SEQUENCE, encoded(SEQUENCE, *parts), *rest)


OTHER_VERSION = make.request().replace(b"\x02\x01\x00", b"\x02\x01\x01", 1)


def mistakes() -> dict[str, tuple[bytes, CsrProblem]]:
    key, der = make.ec_key(), make.request()
    certificate = make.certificate(key, key, make.name(), make.name())
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("permohonan.csr", make.pem(der))
    store = pkcs12.serialize_key_and_certificates(b"x", key, None, None, BestAvailableEncryption(b"x"))
    problems = CsrProblem
    return {
        "empty": (b"", problems.NOT_A_CSR),
        "white": (b" \r\n", problems.NOT_A_CSR),
        "large": (b"A" * (1024 * 1024 + 1), problems.TOO_LARGE),
        "certificate_pem": (make.pem(certificate, "CERTIFICATE"), problems.CERTIFICATE),
        "certificate_der": (certificate, problems.CERTIFICATE),
        "certificate_mislabelled": (make.pem(certificate), problems.CERTIFICATE),
        "pkcs12": (store, problems.PKCS12),
        "pkcs12_base64": (base64.b64encode(store), problems.PKCS12),
        "zip": (zipped.getvalue(), problems.ARCHIVE),
        "rar": (b"Rar!\x1a\x07\x01\x00" + bytes(40), problems.ARCHIVE),
        "gzip": (b"\x1f\x8b\x08" + bytes(40), problems.ARCHIVE),
        "two": (make.pem(der) + make.pem(make.request(make.ec_key(1))), problems.SEVERAL),
        "two_der": (der + make.request(make.ec_key(1)), problems.SEVERAL),
        "with_certificate": (make.pem(der) + make.pem(certificate, "CERTIFICATE"), problems.SEVERAL),
        "trailing": (der + b"lebih", problems.TRAILING),
        "trailing_pem": (make.pem(der + b"lebih"), problems.TRAILING),
        "cut": (der[:-9], problems.DAMAGED),
        "cut_pem": (make.pem(der)[:200], problems.DAMAGED),
        "garbled_pem": (make.pem(der).replace(b"M", b"!", 40), problems.DAMAGED),
        "pdf": (b"%PDF-1.7 ...", problems.NOT_A_CSR),
        "words": (b"Mohon bantuannya, CSR menyusul.", problems.NOT_A_CSR),
        "revocation_list": (make.empty_crl(key), problems.NOT_A_CSR),
        "java_keystore": (b"\xfe\xed\xfe\xed" + bytes(60), problems.PKCS12),
        "cmc": (
            make.pem(pkcs7.serialize_certificates([x509.load_der_x509_certificate(certificate)], Encoding.DER)),
            problems.CMC,
        ),
        "attribute_of_no_kind": (
            with_attribute(encoded(SEQUENCE, core.Integer(7).dump(), encoded(SET))),
            problems.DAMAGED,
        ),
        "key_beside_another_version": (make.private_pem(key) + make.pem(OTHER_VERSION), problems.PRIVATE_KEY),
        "public_key": (make.pem(make.spki(key), "PUBLIC KEY"), problems.NOT_A_CSR),
    }


@pytest.mark.parametrize("name", sorted(mistakes()))
def test_every_mistake_has_its_name(name: str) -> None:
    content, problem = mistakes()[name]
    assert read_csr(content).problem is problem


def private_keys() -> dict[str, bytes]:
    key, other = make.rsa_key(), make.ec_key()
    csr = make.pem(make.request())
    locked = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"rahasia"))
    return {
        "beside": csr + make.private_pem(other),
        "before": make.private_pem(key, PrivateFormat.TraditionalOpenSSL) + csr,
        "encrypted": csr + locked,
        "openssh": make.private_pem(other, PrivateFormat.OpenSSH),
        "sec1": make.private_pem(other, PrivateFormat.TraditionalOpenSSL),
        "pgp": b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQ==\n-----END PGP PRIVATE KEY BLOCK-----",
        "putty": b"PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n",
        "der_pkcs8": make.private_der(key),
        "der_pkcs1": make.private_der(key, PrivateFormat.TraditionalOpenSSL),
        "der_sec1": make.private_der(other, PrivateFormat.TraditionalOpenSSL),
        "der_dsa": make.private_der(make.dsa_key(), PrivateFormat.TraditionalOpenSSL),
        "der_behind": make.request() + make.private_der(other),
        "base64_der": base64.encodebytes(make.private_der(key)),
        "base64_pem": b"kunci saya:\n" + base64.encodebytes(make.private_pem(key)),
        "base64_one_line": base64.b64encode(make.private_pem(other)),
        "utf16": make.private_pem(other).decode().encode("utf-16"),
        "mislabelled": make.pem(make.private_der(other)),
        "dashes": make.private_pem(other).replace(b"-----", "–––––".encode()),
        "in_words": b"Yth. petugas,\n\n> " + make.private_pem(other).replace(b"\n", b"\n> "),
    }


@pytest.mark.parametrize("name", sorted(private_keys()))
def test_a_private_key_is_seen_and_never_handed_on(name: str) -> None:
    content = private_keys()[name]
    reading = read_csr(content)
    assert reading.problem is CsrProblem.PRIVATE_KEY
    assert looks_like_private_key(content)
    secret = make.ec_key().private_numbers().private_value.to_bytes(32, "big")
    assert secret not in (reading.der or b"")
    assert "BEGIN" not in reading.detail


@pytest.mark.parametrize("name", sorted(envelopes()))
def test_a_clean_request_is_no_private_key(name: str) -> None:
    assert not looks_like_private_key(envelopes()[name])


def test_ordinary_words_about_private_keys_are_no_private_key() -> None:
    assert not looks_like_private_key(b"Kunci privat (private key) tetap saya simpan. -----BEGIN laporan-----")


def test_weak_and_odd_requests_are_read_with_their_weakness() -> None:
    short = read_csr(make.request(make.rsa_key(1024)))
    assert short.facts is not None and key_strength(short.facts.key) == ("rsa_bits",)
    old = read_csr(make.request(make.dsa_key()))
    assert old.facts is not None and key_strength(old.facts.key) == ("algorithm",)


def test_explicit_curve_parameters_are_named_and_keep_the_identity_of_the_key(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_bytes(make.private_pem(make.ec_key(), PrivateFormat.TraditionalOpenSSL))
    command = ["openssl", "ec", "-in", str(key), "-param_enc", "explicit", "-out", str(tmp_path / "e.pem")]
    subprocess.run(command, check=True, capture_output=True)
    made = ["openssl", "req", "-new", "-key", str(tmp_path / "e.pem"), "-subj", "/CN=Uji", "-outform", "DER"]
    der = subprocess.run(made, check=True, capture_output=True).stdout
    facts = read_csr(der).facts
    assert facts is not None and facts.key.explicit_parameters
    assert "explicit_parameters" in key_strength(facts.key)
    plain = read_csr(make.request()).facts
    assert plain is not None and plain.key.sha256 == facts.key.sha256


@pytest.mark.parametrize("curve", ["secp256k1", "prime192v1", "brainpoolP256r1", "sect233k1"])
def test_other_curves_are_refused_and_do_not_raise(curve: str, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    generate = ["openssl", "ecparam", "-name", curve, "-genkey", "-noout", "-out", str(key)]
    subprocess.run(generate, check=True, capture_output=True)
    made = ["openssl", "req", "-new", "-key", str(key), "-subj", "/CN=Uji", "-outform", "DER"]
    der = subprocess.run(made, check=True, capture_output=True).stdout
    facts = read_csr(der).facts
    assert facts is not None and "curve" in key_strength(facts.key)


def test_md5_and_sha1_are_seen_as_refused_algorithms_not_as_forged(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_bytes(make.private_pem(make.rsa_key()))
    for digest in ("sha1", "md5"):
        made = [
            "openssl",
            "req",
            "-new",
            "-key",
            str(key),
            "-subj",
            "/CN=Uji",
            f"-{digest}",
            "-outform",
            "DER",
        ]
        facts = read_csr(subprocess.run(made, check=True, capture_output=True).stdout).facts
        assert facts is not None and (facts.signature_hash, facts.signature_valid) == (digest, None)


def test_a_changed_subject_breaks_the_signature() -> None:
    der = make.request().replace(b"Sekar", b"Tamu1")
    facts = read_csr(der).facts
    assert facts is not None and facts.signature_valid is False


def test_control_and_direction_characters_do_not_reach_the_facts() -> None:
    facts = read_csr(make.request(common_name="Sekar\u202e\nContoh")).facts
    assert facts is not None and facts.subject.common_name == "Sekar Contoh"


@given(st.binary(max_size=400), st.integers(0, 300))
def test_any_bytes_and_any_damage_give_a_reading(noise: bytes, place: int) -> None:
    read_csr(noise)
    der = make.request()
    read_csr(der[:place] + noise + der[place + len(noise) :])
    read_csr(b"-----BEGIN CERTIFICATE REQUEST-----\n" + noise + b"\n-----END CERTIFICATE REQUEST-----")
    looks_like_private_key(noise)


@pytest.mark.parametrize("unit", ["-", "-- ", "BEGIN ", "--BEGIN A", "-\n"])
def test_a_long_run_of_dashes_or_beginnings_is_no_long_work(unit: str) -> None:
    assert not looks_like_private_key((unit * 300_000)[:400_000].encode())
    assert looks_like_private_key((unit * 300_000)[:400_000].encode() + b"\n-----BEGIN PRIVATE KEY-----\n")


def test_what_else_a_file_holds_is_named_in_words() -> None:
    key = make.ec_key()
    assert "daftar pencabutan" in read_csr(make.empty_crl(key)).detail
    stray = make.pem(core.Integer(5).dump(), "SESUATU")
    assert "kunci publik" in read_csr(stray + make.pem(make.spki(key), "PUBLIC KEY")).detail


def test_of_a_request_of_another_version_nothing_is_believed_beside_a_key() -> None:
    assert read_csr(mistakes()["key_beside_another_version"][0]).facts is None


def test_a_signature_of_another_kind_than_its_key_is_not_taken_for_sound() -> None:
    """An Ed25519 key under an algorithm of RSA: nobody can verify that, so nobody says that it holds."""
    spki = ed25519.Ed25519PrivateKey.generate().public_key()
    request = csr.CertificationRequest.load(make.request(make.rsa_key()))
    info = request["certification_request_info"]
    info["subject_pk_info"] = keys.PublicKeyInfo.load(
        spki.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    )
    given = evidence(request.dump(force=True), accept_ed25519=True)
    assert verdict(given, "csr.signature") is Verdict.UNKNOWN
