"""Every published request and every usual mistake, through all checks: the finding names the right cause."""

import base64
import subprocess
from collections.abc import Callable
from pathlib import Path

import cryptography_vectors
import pytest

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.all import run_checks
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.evidence_material import evidence

VECTORS = Path(cryptography_vectors.__file__).parent / "x509" / "requests"
SHA1, MD4 = ("csr.algorithm", "SHA1"), ("csr.algorithm", "UNKNOWN")
DSA = ("csr.key_strength", "DSA")
CHANGED = ("csr.signature", "tidak cocok")
PASSWORD = ("csr.attributes", "challengePassword")
SOUND = ("", "")
CAUSES: dict[str, tuple[str, str]] = {
    "bad-version.pem": ("csr.parses", "versi"),
    "basic_constraints.pem": SHA1,
    "challenge-invalid.der": CHANGED,
    "challenge-multi-valued.der": CHANGED,
    "challenge-unstructured.pem": PASSWORD,
    "challenge.pem": PASSWORD,
    "dsa_sha1.der": DSA,
    "dsa_sha1.pem": DSA,
    "ec_sha256.der": SOUND,
    "ec_sha256.pem": SOUND,
    "ec_sha256_old_header.pem": SOUND,
    "freeipa-bad-critical.pem": SOUND,
    "invalid_signature.pem": CHANGED,
    "long-form-attribute.pem": CHANGED,
    "rsa_md4.der": MD4,
    "rsa_md4.pem": MD4,
    "rsa_sha1.der": SHA1,
    "rsa_sha1.pem": SHA1,
    "rsa_sha256.der": SOUND,
    "rsa_sha256.pem": SOUND,
    "san_rsa_sha1.der": SHA1,
    "san_rsa_sha1.pem": SHA1,
    "two_basic_constraints.pem": SHA1,
    "unsupported_extension.pem": SHA1,
    "unsupported_extension_critical.pem": SHA1,
    "zero-element-attribute.pem": SOUND,
}
OF_THE_PERSON = {"csr.subject", "csr.key_reuse", "csr.replayed"}


def about_csr(content: bytes) -> dict[str, Finding]:
    return {item.check: item for item in run_checks(evidence(content)) if item.check.startswith("csr.")}


def assert_cause(found: dict[str, Finding], cause: tuple[str, str]) -> None:
    check, words = cause
    failing = {name for name, item in found.items() if item.verdict is Verdict.FAIL} - OF_THE_PERSON
    if not check:
        assert failing <= {"csr.key_strength", "csr.extensions"}, failing
        return
    assert check in failing, failing
    assert words in found[check].evidence, found[check].evidence
    if check == "csr.parses":
        sentences = found[check].evidence.removesuffix(".").split(". ")
        assert all(sentence[0].isupper() for sentence in sentences), "what is added is a sentence, too"
    assert found[check].remedy


def test_all_twenty_six_are_known() -> None:
    assert {path.name for path in VECTORS.iterdir()} == set(CAUSES) and len(CAUSES) == 26


@pytest.mark.parametrize("name", sorted(CAUSES))
def test_a_published_request_has_its_cause(name: str) -> None:
    found = about_csr((VECTORS / name).read_bytes())
    assert_cause(found, CAUSES[name])
    if CAUSES[name] in (SHA1, MD4):
        assert found["csr.signature"].verdict is Verdict.UNKNOWN  # "not accepted", never "wrong"


def openssl(folder: Path, *arguments: str) -> bytes:
    subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=True)
    return (folder / "out").read_bytes()


def request(folder: Path, key: str, *options: str, digest: str = "-sha256") -> bytes:
    """A request that OpenSSL makes on a fresh key: `key` is genpkey's algorithm and options."""
    subprocess.run(["openssl", *key.split(), "-out", "key"], cwd=folder, capture_output=True, check=True)
    return openssl(
        folder, "req", "-new", "-key", "key", "-subj", "/CN=Sekar Contohwati", digest, "-out", "out", *options
    )


def rsa(bits: int) -> str:
    return f"genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:{bits}"


def dsa_request(folder: Path) -> bytes:
    for step in (
        "genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:2048 -out parameters",
        "genpkey -paramfile parameters -out key",
    ):
        subprocess.run(["openssl", *step.split()], cwd=folder, capture_output=True, check=True)
    return openssl(folder, "req", "-new", "-key", "key", "-subj", "/CN=x", "-sha256", "-out", "out")


def explicit_curve(folder: Path) -> bytes:
    key = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -pkeyopt ec_param_enc:explicit"
    return request(folder, key)


EC = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:"
MADE: dict[str, tuple[Callable[[Path], bytes], tuple[str, str]]] = {
    "md5": (lambda f: request(f, rsa(2048), digest="-md5"), ("csr.algorithm", "MD5")),
    "sha1": (lambda f: request(f, rsa(2048), digest="-sha1"), SHA1),
    "rsa_512": (lambda f: request(f, rsa(512)), ("csr.key_strength", "kurang dari 2048")),
    "rsa_1024": (lambda f: request(f, rsa(1024)), ("csr.key_strength", "kurang dari 2048")),
    "rsa_2047": (lambda f: request(f, rsa(2047)), ("csr.key_strength", "2048")),
    "e_3": (lambda f: request(f, rsa(2048) + " -pkeyopt rsa_keygen_pubexp:3"), ("csr.key_strength", "eksponen")),
    "explicit_curve": (explicit_curve, ("csr.key_strength", "eksplisit")),
    "secp256k1": (lambda f: request(f, EC + "secp256k1"), ("csr.key_strength", "kurva")),
    "brainpool": (lambda f: request(f, EC + "brainpoolP256r1"), ("csr.key_strength", "kurva")),
    "dsa": (dsa_request, DSA),
    "ed25519": (lambda f: request(f, "genpkey -algorithm ED25519"), ("csr.key_strength", "jenis kunci")),
    "ca_true": (
        lambda f: request(f, rsa(2048), "-addext", "basicConstraints=CA:TRUE"),
        ("csr.extensions", "CA:TRUE"),
    ),
    "two": (lambda f: request(f, rsa(2048)) + request(f, rsa(2048)), ("csr.single", "lebih dari satu")),
    "key_beside": (
        lambda f: request(f, rsa(2048)) + (f / "key").read_bytes(),
        ("csr.parses", "kunci privat"),
    ),
    "bom": (lambda f: b"\xef\xbb\xbf" + request(f, rsa(2048)), SOUND),
    "crlf": (lambda f: request(f, rsa(2048)).replace(b"\n", b"\r\n"), SOUND),
    "utf16": (lambda f: request(f, rsa(2048)).decode().encode("utf-16"), SOUND),
    "one_line": (lambda f: b"".join(request(f, rsa(2048)).splitlines()[1:-1]), SOUND),
    "trailing": (lambda f: request(f, rsa(2048), "-outform", "DER") + b"sisa", ("csr.parses", "data lain")),
    "ten_megabytes": (lambda f: request(f, rsa(2048)) + b"\n" * 10_485_760, ("csr.parses", "ukuran")),
    "nested": (lambda f: make.pem(base64.encodebytes(request(f, rsa(2048)))), ("csr.parses", "")),
}


@pytest.mark.parametrize("name", sorted(MADE))
def test_what_openssl_makes_has_its_cause(name: str, tmp_path: Path) -> None:
    produce, cause = MADE[name]
    found = about_csr(produce(tmp_path))
    assert_cause(found, cause)
    if name in ("bom", "crlf", "utf16", "one_line"):
        assert not {check for check, item in found.items() if item.verdict is Verdict.FAIL}
    if name == "sha1":
        assert "tidak diterima" in found["csr.algorithm"].evidence
        assert found["csr.signature"].verdict is not Verdict.FAIL
