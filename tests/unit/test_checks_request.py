"""The checks of letter, CSR and files beyond what the samples show."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import AttributeOID, ExtendedKeyUsageOID, NameOID

from lockdesk.core.cases import CaseState
from lockdesk.core.confirmation import CallResult, NamedCsr
from lockdesk.core.findings import Verdict
from lockdesk.desk.casebook import MarkUse
from lockdesk.desk.checks.all import findings_after_calls, run_checks
from lockdesk.desk.checks.catalogue import checks
from lockdesk.desk.checks.letter.fingerprint import fingerprint_runs
from lockdesk.desk.values.cases import CallRecord
from lockdesk.desk.values.facts import (
    MOST_PAGES,
    Attachment,
    AttachmentKind,
    HiddenText,
    SignatureFacts,
    SignatureState,
)
from lockdesk.desk.values.marks import Mark, marks_of, same_picture, statement_marks
from lockdesk.pki.values import parse_serial
from lockdesk.pki.weak import prepare, weaknesses
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.evidence_material import AT, DOMAIN, FIELDS, OWN, TEXT, evidence, found, statement, verdict


def spki(modulus: int, exponent: int = 65537) -> bytes:
    key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def close_primes() -> int:
    """Two primes that are neighbours: Fermat's method finds them at once."""
    import gmpy2

    first = int(gmpy2.next_prime(1 << 1023 | 1 << 600))
    return first * int(gmpy2.next_prime(first + 2))


def roca_modulus() -> int:
    """A modulus whose residues by the small primes are powers of 65537, as the faulty chips made them."""
    import gmpy2

    product = 1
    prime = 2
    while product.bit_length() < 960:
        product *= prime
        prime = int(gmpy2.next_prime(prime))
    primes: list[int] = []
    power = 7
    while len(primes) < 2:
        candidate = 1
        factor = 1 << (1024 - product.bit_length())
        for step in range(4000):
            candidate = (factor + step) * product + pow(65537, power, product)
            if gmpy2.is_prime(candidate):
                primes.append(candidate)
                break
        power += 1
    return primes[0] * primes[1]


@pytest.mark.parametrize(
    ("modulus", "name"),
    [
        (close_primes, "fermat"),
        (roca_modulus, "roca"),
        (lambda: make.rsa_key(2048).public_key().public_numbers().n * 3, "smallfactors"),
        (lambda: int("c7" + "00" * 250 + "0000000001", 16) | 1, "pattern"),
    ],
    ids=["fermat", "roca", "smallfactors", "pattern"],
)
def test_a_key_that_others_can_break_is_named(modulus: Callable[[], int], name: str) -> None:
    assert name in (weaknesses(spki(modulus())) or ())


def test_sound_keys_have_no_weakness_and_odd_ones_are_unknown() -> None:
    for key in (make.rsa_key(2048), make.ec_key()):
        encoded = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        assert weaknesses(encoded) == ()
    assert weaknesses(b"") is None and weaknesses(b"\x30" * 100) is None
    assert weaknesses(bytes(20_000)) is None
    assert weaknesses(spki((1 << 16_999) + 9)) is None, "its examination would keep the counter waiting"


def test_keys_are_examined_where_no_file_can_be_opened_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the sealed reader, which has loaded everything before it is sealed."""

    def closed(*_what: object) -> None:
        raise PermissionError

    monkeypatch.setattr(import_module("badkeys.rsakeys.sharedprimes"), "_moduli", {})
    prepare()
    fresh = make.spki(make.rsa_key(2048, 77))
    with monkeypatch.context() as sealed:
        sealed.setattr("builtins.open", closed)
        found = weaknesses(fresh)
    assert found == (), "sound, not unexamined"


def test_a_weak_key_is_a_hard_stop_and_an_unexamined_one_unknown() -> None:
    given = evidence()
    facts = given.facts.csr.facts
    assert facts is not None and verdict(given, "csr.weak_key") is Verdict.PASS
    for weak, expected in ((("roca",), Verdict.FAIL), (None, Verdict.UNKNOWN)):
        reading = replace(given.facts.csr, facts=replace(facts, weaknesses=weak))
        assert verdict(evidence(csr_reading=reading), "csr.weak_key") is expected
    assert checks()["csr.weak_key"].hard_stop


def test_ed25519_is_accepted_by_setting_only() -> None:
    builder = x509.CertificateSigningRequestBuilder().subject_name(make.name())
    request = builder.sign(ed25519.Ed25519PrivateKey.generate(), None).public_bytes(Encoding.DER)
    assert verdict(evidence(request), "csr.key_strength") is Verdict.FAIL
    assert verdict(evidence(request, accept_ed25519=True), "csr.key_strength") is Verdict.PASS


def with_extension(extension: x509.ExtensionType) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(make.name())
    signed = builder.add_extension(extension, critical=False).sign(make.ec_key(), hashes.SHA256())
    return signed.public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        (x509.BasicConstraints(True, None), Verdict.FAIL),
        (x509.BasicConstraints(False, None), Verdict.PASS),
        (x509.KeyUsage(True, True, False, False, False, False, False, False, False), Verdict.PASS),
        (x509.KeyUsage(True, True, False, False, False, True, True, False, False), Verdict.FAIL),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), Verdict.PASS),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), Verdict.WARN),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), Verdict.WARN),
        (x509.SubjectAlternativeName([x509.RFC822Name(OWN)]), Verdict.PASS),
        (x509.SubjectAlternativeName([x509.RFC822Name(f"lain@{DOMAIN}")]), Verdict.WARN),
        (x509.SubjectAlternativeName([x509.DNSName(f"*.{DOMAIN}")]), Verdict.WARN),
    ],
)
def test_asked_for_extensions(extension: x509.ExtensionType, expected: Verdict) -> None:
    assert verdict(evidence(with_extension(extension)), "csr.extensions") is expected


def spelling(whole: str) -> list[tuple[str, Verdict]]:
    pairs = [whole[n : n + 2] for n in range(0, 64, 2)]
    fours = [whole[n : n + 4] for n in range(0, 64, 4)]
    return [
        (whole, Verdict.PASS),
        (":".join(pairs).upper(), Verdict.PASS),
        (" ".join(fours), Verdict.PASS),
        (f"SHA256:{whole}", Verdict.PASS),
        (f"…{whole[-8:]}", Verdict.PASS),
        (f"{whole[:8]} … {whole[-8:]}", Verdict.PASS),
        (f"berakhir {whole[-8:-4]} {whole[-4:]}", Verdict.PASS),
        (":".join(pairs[-4:]), Verdict.PASS),
        (" ".join(pairs[:4]), Verdict.PASS),
        ("-".join(fours[-2:]), Verdict.PASS),
        (f"{whole[:8]} … {'0' * 8}", Verdict.FAIL),
        (whole[8:16], Verdict.FAIL),
        (whole[-6:], Verdict.UNKNOWN),
        ("", Verdict.UNKNOWN),
        ("terlampir", Verdict.UNKNOWN),
    ]


def test_the_fingerprint_in_every_usual_spelling() -> None:
    given = evidence()
    facts = given.facts.csr.facts
    assert facts is not None
    for text, expected in spelling(facts.key.sha256):
        letter = statement(fields=replace(FIELDS, key_fingerprint=text))
        assert verdict(evidence(statement=letter), "statement.fingerprint") is expected, text
    slip = facts.key.sha256[-8:-1] + ("8" if facts.key.sha256[-1] != "8" else "6")
    for text, expected in ((slip, Verdict.WARN), ("00000000", Verdict.FAIL)):
        scan = statement(fields=replace(FIELDS, key_fingerprint=text), ocr=True)
        assert verdict(evidence(statement=scan), "statement.fingerprint") is expected, text
    assert fingerprint_runs("abad ke-20") == ()


@pytest.mark.parametrize(
    "text",
    ["4A:7F:00:11", "4a7f0011", "004A7F0011", "0x4A7F0011", "4A7F 0011", "4A-7F-00-11", "4A7F0011h",
     "4A 7F 00 11 (hex)", "No. seri: 4A7F0011", "4A7F0011 (hex) / 1249837073 (desimal)", "“4A:7F:00:11”",
     "1249837073", "1.249.837.073", "4A7F0011 atau 1249837073"],
)  # fmt: skip
def test_a_serial_in_any_spelling(text: str) -> None:
    assert 0x4A7F0011 in parse_serial(text)


def test_serials_that_disagree_or_are_none() -> None:
    for text in ("4A7F0011 / 99", "tidak ada", "", "-", "x" * 500, "(((", "4A7F0011 5C (lama)"):
        assert 0x4A7F0011 not in parse_serial(text)


def use(kind: str, value: str, nip: str, state: CaseState, whole: str = "") -> MarkUse:
    return MarkUse(Mark(kind, value, whole), 7, "LOCK-7", state, "", nip)


@pytest.mark.parametrize(
    ("nip", "state", "expected"),
    [
        (FIELDS.nip, CaseState.REJECTED, Verdict.WARN),
        (FIELDS.nip, CaseState.WITHDRAWN, Verdict.WARN),
        (FIELDS.nip, CaseState.COMPLETED, Verdict.FAIL),
        (FIELDS.nip, CaseState.UNDER_REVIEW, Verdict.FAIL),
        ("198001012005011001", CaseState.REJECTED, Verdict.FAIL),
    ],
)
def test_a_letter_or_csr_that_was_here_before(nip: str, state: CaseState, expected: Verdict) -> None:
    for kind, check in (("letter", "statement.replayed"), ("text", "statement.replayed"),
                        ("csr", "csr.replayed")):  # fmt: skip
        given = evidence(known=True, marks=(use(kind, "x", nip, state),))
        assert verdict(given, check) is expected
        assert checks()[check].hard_stop
    assert verdict(evidence(known=True), "csr.replayed") is Verdict.PASS
    assert verdict(evidence(), "statement.replayed") is Verdict.UNKNOWN


def test_the_same_picture_warns_and_another_does_not() -> None:
    whole = "0f" * 192
    near = f"{int(whole, 16) ^ 0b10110:0384x}"
    assert same_picture(whole, near) and not same_picture(whole, "f0" * 192)
    assert not same_picture(whole, "")
    letter = statement(picture=near)
    for other, expected in ((whole, Verdict.WARN), ("f0" * 192, Verdict.PASS)):
        marks = (use("picture00", other[:16], "1", CaseState.COMPLETED, other),)
        assert verdict(evidence(known=True, statement=letter, marks=marks), "statement.replayed") is expected
    kinds = [mark.kind for mark in statement_marks(letter)]
    assert len(kinds) == 25 and kinds[0] == "text"
    assert statement_marks(statement(text=TEXT.upper().replace(" ", "\n"))) == statement_marks(statement())
    assert statement_marks(statement(ocr=True)) == ()


def test_a_withheld_letter_leaves_no_mark() -> None:
    held = Attachment("surat.pdf", AttachmentKind.PRIVATE_KEY, 9, "", None)
    kinds = {mark.kind for mark in marks_of(evidence(statement_file=held).facts)}
    assert kinds == {"text", "csr"}


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("surat.pdf", AttachmentKind.PDF, Verdict.PASS),
        ("surat.PDF", AttachmentKind.OFFICE, Verdict.WARN),
        ("surat.pdf", AttachmentKind.PROGRAM, Verdict.FAIL),
        ("surat.pdf.exe", AttachmentKind.PROGRAM, Verdict.FAIL),
        ("kunci.csr", AttachmentKind.CERTIFICATE, Verdict.WARN),
        ("kunci.csr", AttachmentKind.IMAGE, Verdict.WARN),
        ("kunci.txt", AttachmentKind.CSR, Verdict.PASS),
        ("tanpa-akhiran", AttachmentKind.CSR, Verdict.PASS),
        ("foto.jpg", AttachmentKind.ARCHIVE, Verdict.WARN),
    ],
)
def test_a_file_is_what_it_holds(name: str, kind: AttachmentKind, expected: Verdict) -> None:
    item = Attachment(name, kind, 10, "0" * 64, b"x")
    assert verdict(evidence(others=(item,)), "attachment.type") is expected


def test_every_state_of_a_signature_has_its_own_sentence() -> None:
    titles = set()
    for state in SignatureState:
        letter = statement(signatures=(SignatureFacts(state, "Sekar", "CA"),), signature_fields=1)
        finding = found(evidence(statement=letter), "statement.signature")
        titles.add(finding.title)
        assert finding.verdict is {
            SignatureState.VALID: Verdict.PASS,
            SignatureState.NO_ANCHOR: Verdict.UNKNOWN,
            SignatureState.UNCHECKED: Verdict.UNKNOWN,
        }.get(state, Verdict.FAIL)
    assert len(titles) == len(SignatureState)
    both = (SignatureFacts(SignatureState.VALID), SignatureFacts(SignatureState.REVOKED))
    letter = statement(signatures=both, signature_fields=2)
    assert verdict(evidence(statement=letter), "statement.signature") is Verdict.FAIL


def test_what_ocr_misread_warns_instead_of_stopping() -> None:
    wrong = replace(FIELDS, nip="199002152019032998")
    assert verdict(evidence(statement=statement(fields=wrong)), "statement.identity") is Verdict.FAIL
    scanned = statement(fields=wrong, ocr=True)
    assert verdict(evidence(statement=scanned), "statement.identity") is Verdict.WARN
    assert verdict(evidence(statement=scanned), "statement.readable") is Verdict.WARN


def test_a_csr_that_the_applicant_recognised_in_a_call_needs_no_word_in_the_letter() -> None:
    given = evidence(csr_file=Attachment("kunci.csr", AttachmentKind.CSR, 9, "0" * 64, b"x"))
    facts = given.facts.csr.facts
    assert facts is not None
    read_out = NamedCsr(facts.der_sha256, facts.key.sha256, "kunci.csr", AT)
    call = CallRecord(True, "0812", "pemohon", AT, "", CallResult.CONFIRMED, True, None, csr=read_out)
    before = run_checks(given)
    told = {item.check: item for item in findings_after_calls(before, replace(given, confirming=(call,)))}
    assert told["csr.confirmed"].verdict is Verdict.PASS and "kunci.csr" in told["csr.confirmed"].evidence
    digits = facts.key.sha256[-8:].upper()
    assert f"{digits[:4]} {digits[4:]}" in told["csr.confirmed"].evidence, "as it is read out"
    assert {name: item for name, item in told.items() if name != "csr.confirmed"} == {
        item.check: item for item in before if item.check != "csr.confirmed"
    }
    pasted = replace(given, confirming=(replace(call, csr=replace(read_out, file="")),))
    assert found(pasted, "csr.confirmed").evidence.startswith("Isi e-mail")
    other = replace(given, confirming=(replace(call, csr=replace(read_out, sha256="0" * 64)),))
    assert verdict(other, "csr.confirmed") is Verdict.WARN, "another CSR on the same key was never read out"


@pytest.mark.parametrize(("password", "expected"), [("", Verdict.WARN), ("rahasia", Verdict.FAIL)])
def test_a_password_field_in_a_csr_is_told_and_only_a_filled_one_stops(password: str, expected: Verdict) -> None:
    builder = x509.CertificateSigningRequestBuilder().subject_name(make.name())
    builder = builder.add_attribute(AttributeOID.CHALLENGE_PASSWORD, password.encode())
    request = builder.sign(make.ec_key(), hashes.SHA256()).public_bytes(Encoding.DER)
    told = found(evidence(request), "csr.attributes")
    assert told.verdict is expected and "rahasia" not in told.evidence and "challengePassword" in told.remedy


def test_a_csr_in_a_shorter_name_waits_for_the_call() -> None:
    told = found(evidence(make.request(common_name="S. Contohwati")), "csr.subject")
    assert told.verdict is Verdict.WARN and "S. Contohwati" in told.evidence and "telepon" in told.remedy


def test_hidden_text_that_says_what_is_seen_is_no_fault() -> None:
    alike = statement(ocr=True, hidden=HiddenText(True))
    assert verdict(evidence(statement=alike), "statement.hidden_text") is Verdict.PASS
    assert verdict(evidence(statement=statement(hidden=HiddenText(False))), "statement.hidden_text") is Verdict.FAIL


def test_pages_that_no_machine_read_are_counted_for_the_officer() -> None:
    told = found(evidence(statement=statement(pages=MOST_PAGES + 3)), "statement.readable")
    assert told.verdict is Verdict.UNKNOWN and "terdiri atas 23 halaman" in told.evidence


def test_a_file_that_nobody_opened_is_not_called_disguised() -> None:
    closed = Attachment("surat.pdf", AttachmentKind.OTHER, 10, "0" * 64, None, withheld="unread")
    assert verdict(evidence(others=(closed,)), "attachment.type") is Verdict.PASS


@pytest.mark.parametrize(
    "more",
    [
        ((NameOID.USER_ID, "3375990101850001"),),
        ((NameOID.ORGANIZATIONAL_UNIT_NAME, "198501012010011997"),),
        ((NameOID.TITLE, "NIK 3375990101850001"),),
        ((NameOID.COMMON_NAME, "Joko Permisalan"),),
        ((NameOID.GIVEN_NAME, "Joko"), (NameOID.SURNAME, "Permisalan")),
    ],
)
def test_somebody_else_anywhere_in_a_subject_stops_it(more: tuple[tuple[x509.ObjectIdentifier, str], ...]) -> None:
    stated = ((NameOID.COMMON_NAME, "Sekar Contohwati"), *more)
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in stated])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(make.ec_key(), hashes.SHA256())
    assert verdict(evidence(request.public_bytes(Encoding.DER)), "csr.subject") is Verdict.FAIL
