"""Numbers, the old certificate and used keys, judged on evidence as the desk gathers it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from lockdesk.core.cases import CaseState
from lockdesk.core.confirmation import CallResult
from lockdesk.core.findings import Verdict
from lockdesk.desk.casebook import KeyUse
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.holders import identifiers, names_another
from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus
from lockdesk.desk.values.cases import CallRecord
from lockdesk.pki.certificates import parse_certificate
from lockdesk.pki.keys import STRENGTH_WORDS, key_strength
from lockdesk.pki.values import KeyFacts
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.evidence_material import AT, FIELDS, evidence, found, mail, person, statement, verdict
from tests.helpers.window import people


def record(status: CertificateStatus = CertificateStatus.GOOD, name: str = "Sekar Contohwati") -> CertificateRecord:
    key, subject = make.ec_key(), make.name(name)
    der = make.certificate(key, key, subject, subject, serial=0x2B3C4D5E6F708192)
    return CertificateRecord(parse_certificate(der), der, status)


def known(**changes: object) -> Evidence:
    given = evidence(known=True, ca_asked=True)
    applicant = replace(given.applicant, serial=record().facts.serial_hex)
    return replace(given, **{"applicant": applicant, "old_certificates": (record(),), **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("nik", "", Verdict.UNKNOWN),
        ("nik", "33", Verdict.FAIL),
        ("nip", "", Verdict.UNKNOWN),
        ("nip", "19", Verdict.FAIL),
    ],
)  # fmt: skip
def test_numbers_are_judged_where_there_are_any(field: str, text: str, expected: Verdict) -> None:
    given = evidence()
    given = replace(given, applicant=replace(given.applicant, **{field: text}))
    assert verdict(given, f"identity.{field}") is expected
    assert not [item for item in _checks(given) if item == "identity.agree"]


def test_numbers_that_name_different_births_warn() -> None:
    given = evidence()
    other = replace(given.applicant, nip="198503142010012013")
    assert verdict(replace(given, applicant=other), "identity.agree") is Verdict.WARN


def _checks(given: Evidence) -> list[str]:
    from lockdesk.desk.checks.all import run_checks

    return [item.check for item in run_checks(given)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, Verdict.PASS), ({"old_certificates": ()}, Verdict.FAIL), ({"ca_asked": False}, Verdict.UNKNOWN)],
)
def test_the_old_certificate_is_known_only_where_the_ca_says_so(changes: dict[str, object], expected: Verdict) -> None:
    given = known(**changes)
    assert verdict(given, "certificate.identified") is expected
    assert ("certificate.owner" in _checks(given)) is (expected is Verdict.PASS)


def test_a_sentence_is_no_serial_and_none_is_unknown() -> None:
    given = known()
    for text, expected in (("bukan nomor", Verdict.FAIL), ("", Verdict.UNKNOWN)):
        changed = replace(given, applicant=replace(given.applicant, serial=text))
        assert verdict(changed, "certificate.identified") is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (CertificateStatus.GOOD, Verdict.PASS), (CertificateStatus.REVOKED, Verdict.WARN),
        (CertificateStatus.EXPIRED, Verdict.FAIL),
    ],
)  # fmt: skip
def test_the_old_certificate_s_status_is_told(status: CertificateStatus, expected: Verdict) -> None:
    assert verdict(known(old_certificates=(record(status),)), "certificate.status") is expected


def test_a_stranger_s_certificate_is_a_stranger_s() -> None:
    stranger = record(name="Budi Umpama")
    assert verdict(known(old_certificates=(stranger,)), "certificate.owner") is Verdict.FAIL
    person = {"name": "Sekar Contohwati", "nik": "", "nip": "", "email": ""}
    assert names_another(stranger.facts.subject, person) and not names_another(record().facts.subject, person)


def test_another_open_case_of_the_same_person_is_told() -> None:
    row = people.row_of(people.case_at(1))
    assert verdict(known(other_cases=(row,)), "case.duplicate") is Verdict.WARN
    assert verdict(known(other_cases=(replace(row, state=CaseState.COMPLETED),)), "case.duplicate") is Verdict.PASS


def test_a_key_is_used_once() -> None:
    given = known()
    who = given.applicant
    mine = KeyUse("csr", 7, "LOCK-2026-0007", False, who.nik, who.nip)
    assert verdict(given, "csr.key_reuse") is Verdict.PASS
    assert verdict(replace(given, known=False), "csr.key_reuse") is Verdict.UNKNOWN
    assert verdict(replace(given, key_uses=(mine,)), "csr.key_reuse") is Verdict.WARN
    for use in (replace(mine, case_open=True), replace(mine, use="certified"), replace(mine, nik="1", nip="2")):
        assert verdict(replace(given, key_uses=(use,)), "csr.key_reuse") is Verdict.FAIL
    assert verdict(replace(given, ca_key_records=(record(),)), "csr.key_reuse") is Verdict.FAIL


def test_every_reason_against_a_key_has_its_words() -> None:
    weak = (
        KeyFacts("RSA", 1023, exponent=3, sha256=""),
        KeyFacts("EC", 192, curve="P-192", explicit_parameters=True, sha256=""),
        KeyFacts("DSA", 1024, sha256=""), KeyFacts("Ed25519", 256, sha256=""),
    )  # fmt: skip
    said = {name for facts in weak for name in key_strength(facts)}
    assert said == STRENGTH_WORDS.keys()
    assert key_strength(weak[3], ed25519_accepted=True) == ()


def test_a_mail_s_date_is_judged_by_the_server_that_took_it() -> None:
    late = mail(date=AT + timedelta(hours=3))
    assert verdict(evidence(mail=late), "mail.age") is Verdict.WARN
    assert verdict(evidence(mail=mail(date=AT - timedelta(days=30))), "mail.age") is Verdict.WARN
    undated = mail(date=None)
    assert verdict(evidence(mail=undated), "mail.age") is Verdict.UNKNOWN
    odd = mail(received=("from x by y; not a date",))
    assert verdict(evidence(mail=odd), "mail.age") is Verdict.PASS
    stamped = mail(
        date=AT - timedelta(days=1),
        received=(f"by y; {datetime(2026, 12, 30, tzinfo=UTC):%a, %d %b %Y %H:%M:%S} +0000",),
    )
    assert verdict(evidence(mail=stamped), "mail.age") is Verdict.WARN


def test_a_key_in_the_text_or_in_the_letter_is_named() -> None:
    texts = found(evidence(mail=mail(defects=("private_key_in_text",))), "attachment.private_key")
    assert texts.verdict is Verdict.FAIL and "isi e-mail" in texts.evidence
    inside = evidence(statement=statement(risks=("private_key",)))
    assert verdict(inside, "attachment.private_key") is Verdict.PASS, (
        "nobody knows the letter's name: it is told as a risk"
    )
    assert verdict(inside, "statement.risks") is Verdict.FAIL


def call(**changes: object) -> CallRecord:
    usual = CallRecord(True, "0812", "pemohon", AT, "", CallResult.CONFIRMED, True, None)
    return replace(usual, **changes)  # type: ignore[arg-type]


def test_a_certificate_named_in_the_call_is_held_against_the_letter_s() -> None:
    written = statement(fields=replace(FIELDS, serial="4A:7F:01"))
    given = known()
    given = replace(given, facts=replace(given.facts, statement=written))
    told = found(replace(given, confirming=(call(certificate="2B:3C"),)), "certificate.identified")
    assert told.verdict is Verdict.WARN and "4A:7F:01" in told.evidence and "2B:3C:4D" in told.evidence
    assert verdict(given, "certificate.identified") is Verdict.PASS, "nobody named another one"


def test_a_certificate_that_agrees_in_the_name_alone_may_be_a_namesake_s() -> None:
    key, subject = make.ec_key(), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sekar Contohwati")])
    der = make.certificate(key, key, subject, subject, serial=0x2B3C4D5E6F708192)
    bare = CertificateRecord(parse_certificate(der), der, CertificateStatus.GOOD)
    told = found(known(old_certificates=(bare,)), "certificate.owner")
    assert told.verdict is Verdict.UNKNOWN and "Hanya nama yang cocok" in told.evidence


def test_two_people_who_fit_are_told_from_nobody_who_does() -> None:
    assert "lebih dari satu orang" in found(evidence(register=(person(), person())), "statement.identity").evidence
    assert "tidak ada" in found(evidence(register=()), "statement.identity").evidence


def test_what_a_certificate_says_of_its_holder_is_found_wherever_it_stands() -> None:
    der = make.certificate(make.ec_key(), make.ec_key(), make.name("Sekar 3375995502900001"), make.name())
    assert identifiers(parse_certificate(der).subject) >= {"199002152019032999", "3375995502900001"}
