"""What the applicant names in a call: this CSR where the letter does not, one certificate of several."""

from dataclasses import replace
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.cases import CaseState
from lockdesk.core.confirmation import CallResult
from lockdesk.core.findings import Verdict
from lockdesk.demands import Demand
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.desk.requests.steps import CaseAction, availability, blockers, undecided
from lockdesk.desk.values.cases import CallForm
from lockdesk.errors import Declined
from lockdesk.pki.csr import read_csr
from tests.helpers.desk.named_in_calls import OTHER, OTHER_HEX, SERIAL, begun, found, sekar, unnamed, with_two
from tests.helpers.desk.office import SetClock
from tests.helpers.papers.small_requests import csr_of, letter, mail


def call(desk: Desk, case_id: int, **changes: object) -> None:
    usual = CallForm(True, sekar(desk).text("phone"), "pemohon", "", CallResult.CONFIRMED)
    desk.review.record_call(case_id, replace(usual, **changes))  # type: ignore[arg-type]


def test_a_key_that_no_letter_names_waits_for_the_call_and_for_nothing_else(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = unnamed(desk)
    case = desk.reading.case(case_id)
    assert found(case, "csr.confirmed").verdict is Verdict.WARN
    assert undecided(case) == (), "nothing that is only welcome wants a decision"
    assert availability(case).primary is CaseAction.RECORD_CALL
    with pytest.raises(Declined) as told:
        desk.review.decide(case_id, "csr.confirmed", "Menurut saya benar.")
    assert told.value.code == "finding.by_call"
    call(desk, case_id)
    case = desk.reading.case(case_id)
    assert case.confirming_call() is not None and found(case, "csr.confirmed").verdict is Verdict.WARN
    assert any("CSR ini belum dibenarkan" in words for words in blockers(case))
    with pytest.raises(Declined):
        desk.review.accept(case_id)
    call(desk, case_id, csr_confirmed=True)
    case = desk.reading.case(case_id)
    named = case.calls[-1].csr
    assert named is not None and named.file == "permintaan.csr" and named.received_at == case.documents[-1].added_at
    assert named.key == case.facts.csr.facts.key.sha256 and named.tail.replace(" ", "").lower() == named.key[-8:]
    assert found(case, "csr.confirmed").verdict is Verdict.PASS and named.tail in found(case, "csr.confirmed").evidence
    assert (case.history[0].facts["csr"], case.history[0].facts["csr_sha256"]) == (named.tail, named.sha256)
    assert "permintaan.csr" not in str(case.history[0].facts), "a file name may hold a person's"
    desk.review.accept(case_id)
    assert desk.reading.case(case_id).state is CaseState.VERIFIED


@pytest.mark.parametrize(
    "changes",
    [
        {"outgoing": False},
        {"number": "+6281299999999"},
        {"result": CallResult.UNANSWERED},
        {"reached": " "},
    ],
)
def test_only_a_call_that_counts_lifts_the_warning(profile: OpenProfile, changes: dict[str, object]) -> None:
    desk = profile.desk
    case_id = unnamed(desk)
    call(desk, case_id, csr_confirmed=True, **changes)
    assert found(desk.reading.case(case_id), "csr.confirmed").verdict is Verdict.WARN


@pytest.mark.parametrize(
    ("number", "organization"),
    [(902, "Dinas Contoh"), (901, "Dinas Lain")],
    ids=["another key", "the same key in another CSR"],
)
def test_a_replaced_csr_warns_again(profile: OpenProfile, number: int, organization: str) -> None:
    desk = profile.desk
    who = sekar(desk)
    case_id = unnamed(desk)
    call(desk, case_id, csr_confirmed=True)
    assert blockers(desk.reading.case(case_id)) == ()
    desk.review.ask_applicant(case_id, "CSR\nKirim ulang CSR.")
    desk.review.answer(case_id, (mail(who, b"", csr_of(who, number, organization)),))
    case = desk.reading.case(case_id)
    assert found(case, "csr.confirmed").verdict is Verdict.WARN
    assert any("CSR ini belum dibenarkan" in words for words in blockers(case))
    with pytest.raises(Declined):
        desk.review.accept(case_id)
    call(desk, case_id, csr_confirmed=True)
    assert found(desk.reading.case(case_id), "csr.confirmed").verdict is Verdict.PASS


def test_another_person_or_certificate_takes_the_confirmation_back(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = unnamed(desk)
    call(desk, case_id, csr_confirmed=True)
    right = desk.reading.case(case_id).applicant
    desk.review.correct(case_id, replace(right, serial="4A:7F:01"), "Menurut pemohon.")
    assert found(desk.reading.case(case_id), "csr.confirmed").verdict is Verdict.WARN


def test_a_letter_that_names_the_key_needs_no_such_call(profile: OpenProfile) -> None:
    desk = profile.desk
    who = sekar(desk)
    csr = csr_of(who)
    key = read_csr(csr).facts.key.sha256
    named = begun(desk, mail(who, letter(who, fingerprint=key), csr))
    assert all(finding.check != "csr.confirmed" for finding in desk.reading.case(named).findings)
    other = begun(desk, mail(who, letter(who, fingerprint="ab" * 32, number="800/13/2026"), csr_of(who, 903)))
    case = desk.reading.case(other)
    assert found(case, "statement.fingerprint").verdict is Verdict.FAIL, "a call lifts no contradiction"
    call(desk, other, csr_confirmed=True)
    assert found(desk.reading.case(other), "statement.fingerprint").verdict is Verdict.FAIL


def test_what_was_named_survives_a_restart(profile: OpenProfile, clock: SetClock, tmp_path: Path) -> None:
    case_id = unnamed(profile.desk)
    call(profile.desk, case_id, csr_confirmed=True)
    before = profile.desk.reading.case(case_id).calls
    profile.close()
    with OpenProfile(ProfileStart(tmp_path / "profil"), clock) as again:
        assert again.desk.reading.case(case_id).calls == before and before[-1].csr is not None


def test_who_denies_names_nothing(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = with_two(profile)
    call(desk, case_id, csr_confirmed=True, certificate=OTHER_HEX, result=CallResult.DENIED)
    case = desk.reading.case(case_id)
    assert case.calls[-1].csr is None and case.calls[-1].certificate == "" and case.applicant.serial == ""


# ── one certificate of several ──


def test_of_several_certificates_the_applicant_names_one_in_the_call(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = with_two(profile)
    case = desk.reading.case(case_id)
    assert {item.serial for item in case.to_be_named()} == {SERIAL, OTHER_HEX} and case.applicant.serial == ""
    assert found(case, "certificate.identified").absent and undecided(case) == ()
    assert any("2 sertifikat" in words for words in blockers(case))
    call(desk, case_id, csr_confirmed=True)
    case = desk.reading.case(case_id)
    assert not case.calls[-1].counts and case.confirming_call() is None
    call(desk, case_id, csr_confirmed=True, certificate="4A:7F")
    assert not desk.reading.case(case_id).calls[-1].counts, "none of the applicant's"
    call(desk, case_id, csr_confirmed=True, certificate=OTHER_HEX)
    case = desk.reading.case(case_id)
    assert case.applicant.serial == OTHER_HEX == case.calls[-1].certificate
    assert case.history[0].facts["serial"] == OTHER_HEX
    assert case.old_certificate is not None and case.old_certificate.facts.serial == OTHER
    assert blockers(case) == ()
    desk.review.accept(case_id)
    preflight = desk.operations.preflight(case_id)
    assert preflight.ready and preflight.holder is not None
    with pytest.raises(Declined):
        desk.operations.revoke(case_id, SERIAL.replace(":", "")[-6:])
    desk.operations.revoke(case_id, serial_tail(preflight.holder))
    assert desk.reading.case(case_id).state is CaseState.REVOKED
    assert desk.gateway.find_by_serial(int(SERIAL.replace(":", ""), 16)).status == "good", "the other one stays"


def test_a_letter_that_names_one_and_a_call_that_names_another_is_a_warning(profile: OpenProfile) -> None:
    desk = profile.desk
    who = sekar(desk)
    profile.training_ca.issue_practice_certificate(
        who.text("name"), "Dinas Contoh", OTHER, email=who.text("email"), serial_number=who.text("nip")
    )
    case_id = begun(desk, mail(who, letter(who, serial=SERIAL), csr_of(who)))
    assert found(desk.reading.case(case_id), "certificate.identified").verdict is Verdict.PASS
    call(desk, case_id, csr_confirmed=True)
    assert not desk.reading.case(case_id).calls[-1].counts, "which of the two is asked all the same"
    call(desk, case_id, csr_confirmed=True, certificate=OTHER_HEX)
    identified = found(desk.reading.case(case_id), "certificate.identified")
    assert identified.verdict is Verdict.WARN and SERIAL in identified.evidence
    call(desk, case_id, csr_confirmed=True, certificate=SERIAL)
    case = desk.reading.case(case_id)
    assert found(case, "certificate.identified").verdict is Verdict.PASS and blockers(case) == ()


def test_a_second_certificate_that_appears_later_is_asked_for(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = unnamed(desk)
    call(desk, case_id, csr_confirmed=True)
    who = sekar(desk)
    profile.training_ca.issue_practice_certificate(
        who.text("name"), "Dinas Contoh", OTHER, email=who.text("email"), serial_number=who.text("nip")
    )
    desk.review.recheck_findings(case_id)
    case = desk.reading.case(case_id)
    assert case.confirming_call() is None and any("Konfirmasi telepon" in words for words in blockers(case))


def test_a_ca_out_of_reach_makes_several_certificates_no_single_one(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = with_two(profile)
    desk.setup.set_behaviour({"mode": "die_before"})
    desk.review.recheck_findings(case_id)
    case = desk.reading.case(case_id)
    assert len(case.to_be_named()) == 2 and case.applicant.serial == ""
    call(desk, case_id, csr_confirmed=True)
    assert not desk.reading.case(case_id).calls[-1].counts


def test_somebody_else_s_certificate_is_none_of_the_applicant_s(profile: OpenProfile) -> None:
    """The same name, another NIP; and a serial of the register that the CA gave to another person."""
    desk = profile.desk
    who = sekar(desk)
    profile.training_ca.issue_practice_certificate(
        who.text("name"), "Dinas Contoh", OTHER, serial_number="198001012005011001", email="lain@contoh.invalid"
    )
    case = desk.reading.case(unnamed(desk))
    assert [item.serial for item in case.usable] == [SERIAL]


# ── what the office asks ──
@pytest.mark.parametrize("demand", list(Demand))
@pytest.mark.parametrize(
    ("name", "check", "left_out", "demanded"),
    [
        ("csr", "csr.present", "csr", Verdict.FAIL),
        ("letter", "statement.present", "letter", Verdict.FAIL),
        ("fingerprint", "statement.fingerprint", "", Verdict.UNKNOWN),
        ("letter_number", "statement.number", "number", Verdict.WARN),
        ("nik", "identity.nik", "nik", Verdict.UNKNOWN),
    ],
)
def test_what_is_absent_is_weighed_by_what_the_office_demands(
    profile: OpenProfile, name: str, check: str, left_out: str, demanded: Verdict, demand: Demand
) -> None:
    desk = profile.desk
    who = sekar(desk)
    desk.asking.demand(name, demand)
    pdf = letter(who, ("nik",) if left_out == "nik" else (), "" if left_out == "number" else "800/12/2026")
    request = mail(who, b"" if left_out == "letter" else pdf, b"" if left_out == "csr" else csr_of(who))
    case = desk.reading.case(begun(desk, request))
    told = [finding for finding in case.findings if finding.check == check]
    if demand is Demand.DEMANDED or name == "csr":  # the training CA wants a CSR whatever the profile says
        assert [finding.verdict for finding in told] == [demanded]
        assert told[0] in (*undecided(case), *(f for f in case.findings if f.verdict is Verdict.FAIL))
    elif demand is Demand.WELCOME:
        assert [(f.verdict, f.absent, f.remedy) for f in told] == [(Verdict.UNKNOWN, True, "")]
        assert told[0] not in undecided(case)
    else:
        assert told == []


def test_a_number_that_is_not_asked_for_is_not_called_missing(profile: OpenProfile) -> None:
    desk = profile.desk
    who = sekar(desk)
    words = {}
    for demand in (Demand.WELCOME, Demand.NOT_ASKED):
        desk.asking.demand("nik", demand)
        case = desk.reading.case(begun(desk, mail(who, letter(who, ("nik", "nip"), demand.name), csr_of(who))))
        identity = found(case, "statement.identity")
        assert identity.verdict is Verdict.UNKNOWN, "a name alone is nobody"
        words[demand] = identity.evidence
    assert "NIK" in words[Demand.WELCOME] and "NIK" not in words[Demand.NOT_ASKED]


@pytest.mark.parametrize("demand", list(Demand))
def test_what_is_there_and_wrong_fails_whatever_is_asked(profile: OpenProfile, demand: Demand) -> None:
    desk = profile.desk
    who = sekar(desk)
    for name in ("csr", "letter", "serial", "fingerprint", "letter_number", "nik"):
        desk.asking.demand(name, demand)
    wrong = {"serial": "0B:AD:5E:00:11:22:33:44:55:66:77:88:99:AA:BB:CC", "nik": "3375994107850002"}
    pdf = letter(who, ("nik",), fingerprint="cd" * 32, **wrong)
    case = desk.reading.case(begun(desk, mail(who, pdf, csr_of(who, 905))))
    failing = {finding.check for finding in case.findings if finding.verdict is Verdict.FAIL}
    assert {"certificate.identified", "statement.identity", "statement.fingerprint"} <= failing
    case = desk.reading.case(begun(desk, mail(who, pdf, b"bukan CSR", "permintaan.csr")))
    assert found(case, "csr.parses").verdict is Verdict.FAIL


def test_without_serial_and_register_the_certificate_is_found_by_its_holder(profile: OpenProfile) -> None:
    """By NIP, NIK or e-mail at the CA; the six digits are the CA's, and the letter is not blamed."""
    desk = profile.desk
    who = desk.reading.register_page("Joko").rows[0]
    case_id = begun(desk, mail(who, letter(who), csr_of(who)))
    case = desk.reading.case(case_id)
    assert case.facts.statement.fields.serial == "" and case.applicant.serial
    assert found(case, "certificate.identified").verdict is Verdict.PASS
