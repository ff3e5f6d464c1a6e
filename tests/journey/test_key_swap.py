"""A call or a decision holds for the key, certificate, person and contact it was made on, and for no other."""

import random
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.confirmation import CallResult
from lockdesk.core.findings import Verdict
from lockdesk.desk.checks.catalogue import spec_of
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.steps import CaseAction, availability, blockers, is_hard_stop, undecided
from lockdesk.desk.values.cases import CallForm
from lockdesk.desk.values.facts import RequestFacts, StatementFacts, StatementFields, StatementProblem
from lockdesk.desk.values.people import Applicant
from lockdesk.errors import Declined, Refused
from lockdesk.pki.csr import read_csr
from lockdesk.pki.values import CsrReading
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.office import MONDAY
from tests.helpers.desk.steps import accept, receive, revoke, verify
from tests.helpers.papers.new_mail import new_mail


def call(desk: Desk, case_id: int, result: CallResult = CallResult.CONFIRMED) -> None:
    register = desk.reading.case(case_id).register
    assert register is not None
    desk.review.record_call(case_id, CallForm(True, register.text("phone"), "pemohon", "", result))


def confirmed(desk: Desk, name: str = "01") -> int:
    case_id = receive(desk, name)
    desk.review.start(case_id)
    call(desk, case_id)
    for finding in undecided(desk.reading.case(case_id)):
        desk.review.decide(case_id, finding.check, "Dibenarkan saat konfirmasi telepon.")
    assert blockers(desk.reading.case(case_id)) == ()
    return case_id


def test_a_swapped_key_is_not_what_was_confirmed(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = confirmed(desk)
    desk.review.ask_applicant(case_id, "CSR\nKirim ulang CSR.")
    desk.review.answer(case_id, (NamedBytes("jawaban.eml", new_mail("01")),))
    case = desk.reading.case(case_id)
    assert not [item.check for item in case.findings if item.verdict is Verdict.FAIL], "nothing else gives it away"
    assert case.confirming_call() is None
    assert any("tidak berlaku lagi" in words and "kunci pada CSR" in words for words in blockers(case))
    assert "key" in str(case.history[0].facts["voids"]), "the journal says so"
    with pytest.raises(Declined):
        desk.review.accept(case_id)
    accept(desk, case_id)
    assert desk.reading.case(case_id).state is CaseState.VERIFIED


def test_a_decision_is_made_anew_on_another_key(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = confirmed(desk, "08")
    desk.review.ask_applicant(case_id, "CSR\nKirim ulang CSR.")
    desk.review.answer(case_id, (NamedBytes("jawaban.eml", new_mail("08")),))
    case = desk.reading.case(case_id)
    assert {finding.check for finding in undecided(case)} == {"mail.sender_domain", "mail.sender_person"}
    assert availability(case).primary is CaseAction.DECIDE_WARNING


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"serial": "0123456789ABCDEF"}, "serial"),
        ({"email": "orang.lain@contoh.pekalongankota.go.id"}, "contact"),
        ({"phone": "+628120000999"}, "contact"),
        ({"nip": "", "nik": "3375990101900001", "email": ""}, "person"),
        ({"name": "Orang Lainnya"}, "person"),
    ],
)
def test_another_certificate_person_or_contact_voids_call_and_decisions(
    profile: OpenProfile, changes: dict[str, str], part: str
) -> None:
    desk = profile.desk
    case_id = confirmed(desk, "08")
    before = desk.reading.case(case_id)
    desk.review.correct(case_id, replace(before.applicant, **changes), "Menurut pemohon.")
    case = desk.reading.case(case_id)
    assert case.confirming_call() is None and part in str(case.history[0].facts["voids"]).split()
    decided = {item.check for item in before.findings if before.decision_on(item)}
    assert decided and not [item for item in case.findings if item.check in decided and case.decision_on(item)]


def test_a_slip_put_right_voids_nothing(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "08")
    desk.review.start(case_id)
    right = desk.reading.case(case_id).applicant
    desk.review.correct(case_id, replace(right, name="Rini Misalnyq"), "Salah ketik.")
    call(desk, case_id)
    for finding in undecided(desk.reading.case(case_id)):
        desk.review.decide(case_id, finding.check, "Dibenarkan saat konfirmasi telepon.")
    held = blockers(desk.reading.case(case_id))
    spelt = right.serial.replace(":", " ").lower()
    desk.review.correct(case_id, replace(right, position="Analis Muda", serial=spelt), "Ejaan diperbaiki.")
    case = desk.reading.case(case_id)
    assert case.confirming_call() is not None and "voids" not in case.history[0].facts
    assert blockers(case) == held == ()


def test_who_denies_stops_the_case(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = confirmed(desk)
    call(desk, case_id, CallResult.UNANSWERED)
    assert blockers(desk.reading.case(case_id)) == (), "an attempt more changes nothing"
    call(desk, case_id, CallResult.DENIED)
    case = desk.reading.case(case_id)
    assert "menyangkal" in blockers(case)[0] and availability(case).primary is CaseAction.REJECT
    with pytest.raises(Declined) as again:
        call(desk, case_id)
    assert again.value.code == "case.denied"
    with pytest.raises(Declined):
        desk.review.accept(case_id)
    results = [item.result for item in case.calls]
    assert results == [CallResult.CONFIRMED, CallResult.UNANSWERED, CallResult.DENIED], "every attempt is listed"


def test_an_unanswered_call_confirms_nothing(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    call(desk, case_id, CallResult.UNANSWERED)
    case = desk.reading.case(case_id)
    assert case.confirming_call() is None and case.calls[0].result is CallResult.UNANSWERED


def test_a_new_csr_after_revocation_wants_a_call_of_its_own(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    verify(desk, case_id)
    revoke(desk, case_id)
    desk.setup.set_behaviour({"mode": "refusing"})
    with pytest.raises(Refused):
        desk.operations.reissue(case_id)
    desk.setup.set_behaviour({"mode": "normal"})
    desk.review.ask_applicant(case_id, "CSR baru\nMinta CSR baru.")
    desk.review.answer(case_id, (NamedBytes("baru.eml", new_mail("01")),))
    case = desk.reading.case(case_id)
    assert case.state is CaseState.REVIEWING_NEW_CSR
    assert any("Telepon sekali lagi" in words for words in blockers(case))
    for finding in undecided(case):
        desk.review.decide(case_id, finding.check, "Dicabut oleh kasus ini sendiri.")
    with pytest.raises(Declined, match="Telepon sekali lagi"):
        desk.review.accept(case_id)
    accept(desk, case_id)
    desk.operations.reissue(case_id)
    assert desk.reading.case(case_id).state is CaseState.ISSUED


def scanned(fingerprint: str, csr: CsrReading) -> Evidence:
    """A letter read by OCR that names `fingerprint`, beside `csr`."""
    statement = StatementFacts(
        StatementProblem.NONE, pages=1, ocr=True, fields=StatementFields(key_fingerprint=fingerprint), text="lupa"
    )
    return Evidence(
        facts=RequestFacts(None, statement, csr),
        applicant=Applicant(),
        received_on=MONDAY.date(),
        received_at=MONDAY,
        mail_domains=(),
        statement_max_age_days=14,
    )


@pytest.mark.parametrize("digits", [8, 16, 64])
@pytest.mark.parametrize("end", ["first", "last"])
def test_a_scan_that_names_another_key_is_a_hard_stop_and_a_misread_digit_is_not(digits: int, end: str) -> None:
    csr = read_csr(make.request(ec.derive_private_key(20261127, ec.SECP256R1())))
    assert csr.facts is not None
    whole = csr.facts.key.sha256
    named = whole[:digits] if end == "first" else whole[-digits:]
    slip = named[: digits // 2] + ("1" if named[digits // 2] != "1" else "7") + named[digits // 2 + 1 :]
    twice = named[:2] + ("1" if named[2] != "1" else "7") + named[3:-1] + ("0" if named[-1] != "0" else "8")
    drawn = random.Random(20261127)
    others = ["".join(drawn.choice("0123456789abcdef") for _ in named) for _ in range(1000)]

    def judged(text: str) -> tuple[Verdict, bool]:
        finding = spec_of("statement.fingerprint").run(scanned(text, csr))
        assert finding is not None
        return finding.verdict, is_hard_stop(finding)

    assert judged(named) == (Verdict.PASS, False)
    assert judged(slip) == judged(twice) == (Verdict.WARN, False)
    assert {judged(other) for other in others} == {(Verdict.FAIL, True)}
