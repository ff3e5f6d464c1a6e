"""An office that asks for no CSR, on the portal: the certificate is found and proved by its holder, never by a name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from lockdesk.core.cases import CaseState
from lockdesk.core.confirmation import CallResult
from lockdesk.core.findings import Verdict
from lockdesk.demands import Demand
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.steps import blockers, undecided
from lockdesk.desk.values.cases import CallForm, IntakeChannel
from lockdesk.errors import Declined
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.openssl_ca import OpensslCa
from tests.helpers.desk.portal_office import PortalOffice, bring
from tests.helpers.desk.without_csr import (
    NEW,
    NEW_KEY,
    OLD,
    OLD_KEY,
    OTHER_KEY,
    SECOND,
    accepted,
    call,
    holder,
    office_without_csr,
    received,
    request_pem,
    shown,
    waiting,
    wening,
)
from tests.helpers.papers.small_requests import csr_of, letter, mail


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PortalOffice]:
    with office_without_csr(tmp_path) as made:
        yield made


@pytest.fixture
def desk(office: PortalOffice) -> Desk:
    return office.desk


# ── the old certificate ──
@pytest.mark.parametrize(("number", "email"), [("nip", ""), ("nik", ""), ("", "email")])
def test_it_is_found_by_nip_nik_or_e_mail_and_the_letter_is_not_blamed(desk: Desk, number: str, email: str) -> None:
    who, case_id = wening(desk), received(desk)
    before = desk.reading.case(case_id)
    identified = next(finding for finding in before.findings if finding.check == "certificate.identified")
    assert identified.absent and identified.remedy == "" and identified not in undecided(before)
    assert any("cari menurut NIP" in words for words in blockers(before)), "nothing is revoked that is not known"
    form = shown(desk, number=who.text(number) if number else "", email=who.text(email) if email else "")
    desk.handwork.record_holder(case_id, form)
    case = desk.reading.case(case_id)
    told = {finding.check: finding.verdict for finding in case.findings}
    assert told["certificate.identified"] is Verdict.PASS and told["certificate.owner"] is Verdict.PASS
    assert case.applicant.serial == "5A:FE:00:01" and not [w for w in blockers(case) if "NIP" in w]


def test_the_six_digits_are_those_of_the_record(desk: Desk) -> None:
    case_id = accepted(desk)
    record = desk.operations.preflight(case_id).holder
    assert record is not None and serial_tail(record) == "FE0001"
    with pytest.raises(Declined) as told:
        desk.operations.revoke(case_id, "FE0002")
    assert told.value.code == "serial.mismatch"


def test_a_name_alone_finds_nothing(desk: Desk) -> None:
    case_id = received(desk)
    attempts: tuple[dict[str, Any], ...] = (
        {"number": "", "email": ""},
        {"number": "198001012005011001"},
        {"name": "Orang Lainnya"},
    )
    for changes in attempts:
        with pytest.raises(Declined) as told:
            desk.handwork.record_holder(case_id, shown(desk, **changes))
        assert told.value.code == "holder.unproved", changes
    case = desk.reading.case(case_id)
    assert case.old_certificate is None and not case.applicant.serial and case.usable == ()


def test_a_letter_that_names_a_serial_still_binds(desk: Desk) -> None:
    case_id = received(desk, serial="5A:FE:00:0F:11:22:33:44:55:66:77:88:99:AA:BB:CC")
    with pytest.raises(Declined) as told:
        desk.handwork.record_holder(case_id, shown(desk))
    assert told.value.code == "holder.serial"


def test_the_old_certificate_itself_is_taken_by_its_holder(office: PortalOffice) -> None:
    desk, who = office.desk, wening(office.desk)
    case_id = received(desk)
    nobody = office.ca.issue(request_pem(OTHER_KEY), holder(who, serialNumber="", emailAddress=""), SECOND)
    with pytest.raises(Declined) as told:
        desk.handwork.bring_old_certificate(case_id, (NamedBytes("lama.cer", nobody),))
    assert told.value.code == "holder.unproved"
    own = (office.ca.folder / "issued" / "5AFE0001.pem").read_bytes()
    desk.handwork.bring_old_certificate(case_id, (NamedBytes("lama.cer", own),))
    case = desk.reading.case(case_id)
    assert case.old_certificate is not None and case.old_certificate.facts.serial == OLD


def test_of_two_in_the_portal_the_applicant_names_one(office: PortalOffice) -> None:
    desk = office.desk
    office.ca.issue(request_pem(OTHER_KEY), holder(wening(desk)), SECOND)
    case_id = received(desk)
    desk.handwork.record_holder(case_id, shown(desk))
    desk.handwork.record_holder(case_id, shown(desk, SECOND))
    case = desk.reading.case(case_id)
    assert {item.serial for item in case.to_be_named()} == {"5A:FE:00:01", "5A:FE:00:02"}
    call(desk, case_id)
    assert not desk.reading.case(case_id).calls[-1].counts
    call(desk, case_id, "5A:FE:00:02")
    case = desk.reading.case(case_id)
    assert case.applicant.serial == "5A:FE:00:02" and case.confirming_call() is not None
    assert case.old_certificate is None, "what was read of the other one is not this one's"
    desk.handwork.record_holder(case_id, shown(desk, SECOND))
    assert desk.reading.case(case_id).old_certificate.facts.serial == SECOND


def test_what_was_read_of_another_person_is_forgotten(desk: Desk) -> None:
    case_id = received(desk)
    desk.handwork.record_holder(case_id, shown(desk))
    other = desk.reading.register_page("Sekar").rows[0]
    right = desk.reading.case(case_id).applicant
    named = {name: other.text(name) for name in ("name", "nip", "nik", "email")}
    desk.review.correct(case_id, replace(right, serial="", **named), "Salah orang.")
    case = desk.reading.case(case_id)
    assert "5A:FE:00:01" not in {item.serial for item in case.usable} and case.old_certificate is None


# ── the new certificate ──
def test_the_whole_way_without_a_csr(office: PortalOffice) -> None:
    desk = office.desk
    case_id = waiting(office)
    work = desk.handwork.ca_work(desk.reading.case(case_id))
    texts = " ".join(f"{step.title} {step.words}" for step in work.steps)
    assert "berkas CSR" not in texts and all(value.name != "csr" for step in work.steps for value in step.values)
    assert "berkas CSR" not in desk.notices.draft(case_id).body
    certificate = office.ca.issue(request_pem(NEW_KEY), holder(wening(desk)), NEW)
    bring(desk, case_id, certificate)
    case = desk.reading.case(case_id)
    assert case.state is CaseState.ISSUED and case.new_certificate is not None
    assert case.new_certificate.serial == "5A:FE:00:03"
    assert desk.casebook.verify_journal().whole


@pytest.mark.parametrize(
    "parts",
    [{"emailAddress": ""}, {"serialNumber": ""}, {"serialNumber": "3375994303910003", "emailAddress": ""}],
    ids=["NIP", "e-mail", "NIK"],
)
def test_nip_nik_or_e_mail_proves_it(office: PortalOffice, parts: dict[str, str]) -> None:
    case_id = waiting(office)
    bring(office.desk, case_id, office.ca.issue(request_pem(NEW_KEY), holder(wening(office.desk), **parts), NEW))
    assert office.desk.reading.case(case_id).state is CaseState.ISSUED


Attack = tuple[str, int, int, dict[str, str], str]
ATTACKS: dict[str, Attack] = {
    "a name alone": ("", NEW_KEY, NEW, {"serialNumber": "", "emailAddress": ""}, "nama saja tidak membuktikan"),
    "somebody else's NIP": ("", NEW_KEY, NEW, {"serialNumber": "198001012005011001"}, "pemegangnya bukan pemohon"),
    "somebody else's e-mail": (
        "", NEW_KEY, NEW, {"emailAddress": "penyerang@contoh.invalid"}, "pemegangnya bukan pemohon"
    ),
    "somebody else's name": ("Penyerang Lainnya", NEW_KEY, NEW, {}, "pemegangnya bukan pemohon"),
    "the old key": ("", OLD_KEY, NEW, {}, "kuncinya pernah digunakan"),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_another_certificate_is_not_taken(office: PortalOffice, attack: Attack) -> None:
    name, key, serial, parts, words = attack
    desk = office.desk
    case_id = received(desk)
    own = (office.ca.folder / "issued" / "5AFE0001.pem").read_bytes()
    desk.handwork.bring_old_certificate(case_id, (NamedBytes("lama.cer", own),))
    call(desk, case_id)
    desk.review.accept(case_id)
    desk.operations.revoke(case_id, "FE0001")
    office.ca.revoke(OLD)
    desk.operations.settle(case_id)
    desk.operations.reissue(case_id)
    refused(office, case_id, office.ca.issue(request_pem(key), holder(wening(desk), name, **parts), serial), words)


def test_an_address_that_only_the_letter_knows_proves_nothing(office: PortalOffice) -> None:
    """The register speaks for the person: the letter's address may be the forger's."""
    desk, who = office.desk, wening(office.desk)
    case_id = received(desk, email="penyerang@contoh.pekalongankota.go.id")
    desk.handwork.record_holder(case_id, shown(desk))
    call(desk, case_id)
    for finding in undecided(desk.reading.case(case_id)):
        desk.review.decide(case_id, finding.check, "Alamatnya akan diperbaiki.")
    desk.review.accept(case_id)
    desk.operations.revoke(case_id, "FE0001")
    office.ca.revoke(OLD)
    desk.operations.settle(case_id)
    desk.operations.reissue(case_id)
    parts = {"serialNumber": "", "emailAddress": "penyerang@contoh.pekalongankota.go.id"}
    forged = office.ca.issue(request_pem(NEW_KEY), holder(who, **parts), NEW)
    refused(office, case_id, forged, "pemegangnya bukan pemohon")
    bring(desk, case_id, office.ca.issue(request_pem(OTHER_KEY), holder(who), SECOND))
    assert desk.reading.case(case_id).state is CaseState.ISSUED


def refused(office: PortalOffice, case_id: int, certificate: bytes, words: str) -> None:
    kept = len(office.desk.casebook.evidence(office.desk.reading.case(case_id).operations[-1].id))
    with pytest.raises(Declined) as told:
        bring(office.desk, case_id, certificate)
    assert words in str(told.value)
    case = office.desk.reading.case(case_id)
    assert case.state is CaseState.REVOKED and case.new_certificate is None
    assert len(office.desk.casebook.evidence(case.operations[-1].id)) == kept, "nothing of it is stored"


def test_a_certificate_from_before_the_request_is_not_taken(office: PortalOffice) -> None:
    case_id = waiting(office)
    since = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y%m%d%H%M%SZ")
    earlier = office.ca.issue(request_pem(NEW_KEY), holder(wening(office.desk)), NEW, since)
    refused(office, case_id, earlier, "dimulai sebelum permohonan diterima")


def test_another_ca_s_certificate_is_not_taken(office: PortalOffice, tmp_path: Path) -> None:
    case_id = waiting(office)
    forger = OpensslCa(tmp_path / "pemalsu")
    forged = forger.issue(request_pem(NEW_KEY), holder(wening(office.desk)), NEW)
    refused(office, case_id, forged, "tidak ditandatangani CA")


def test_the_old_certificate_is_not_the_new_one(office: PortalOffice) -> None:
    case_id = waiting(office)
    own = (office.ca.folder / "issued" / "5AFE0001.pem").read_bytes()
    refused(office, case_id, own, "nomor seri sertifikat lama")


def test_a_key_of_another_request_is_not_taken(office: PortalOffice) -> None:
    """Somebody sent a CSR on this key in another case: it is known, whoever holds it."""
    desk = office.desk
    case_id = waiting(office)
    other = desk.reading.register_page("Sekar").rows[0]
    desk.intake.receive((mail(other, letter(other), csr_of(other, NEW_KEY)),), IntakeChannel.EMAIL)
    certificate = office.ca.issue(request_pem(NEW_KEY), holder(wening(desk)), NEW)
    refused(office, case_id, certificate, "kuncinya pernah digunakan")


def test_a_certificate_that_is_revoked_already_is_not_taken(office: PortalOffice) -> None:
    case_id = waiting(office)
    certificate = office.ca.issue(request_pem(NEW_KEY), holder(wening(office.desk)), NEW)
    office.ca.revoke(NEW)
    refused(office, case_id, certificate, "sudah dicabut")


def test_a_certificate_serves_one_case_only(office: PortalOffice) -> None:
    desk = office.desk
    first = waiting(office)
    certificate = office.ca.issue(request_pem(NEW_KEY), holder(wening(desk)), NEW)
    bring(desk, first, certificate)
    uses = desk.casebook.key_uses(make_key(NEW_KEY), None)
    assert [use.use for use in uses] == ["certificate"]


def make_key(number: int) -> str:
    import hashlib

    return hashlib.sha256(make.spki(make.ec_key(number))).hexdigest()


def test_a_private_key_beside_it_burns_the_certificate_s_key(office: PortalOffice) -> None:
    desk = office.desk
    case_id = waiting(office)
    certificate = office.ca.issue(request_pem(NEW_KEY), holder(wening(desk)), NEW)
    with pytest.raises(Declined) as told:
        bring(desk, case_id, certificate + make.private_pem(make.ec_key(NEW_KEY)))
    assert told.value.code == "certificate.private_key"
    with pytest.raises(Declined) as told:
        bring(desk, case_id, certificate)
    assert "pernah ikut terkirim" in str(told.value)
    other = received_again(desk)
    assert "pernah ikut terkirim" not in " ".join(blockers(desk.reading.case(other))), "no other case is touched"


def received_again(desk: Desk) -> int:
    who = desk.reading.register_page("Sekar").rows[0]
    return desk.intake.receive((mail(who, letter(who)),), IntakeChannel.EMAIL).case_id


# ── where a CSR is demanded ──
def test_a_csr_that_comes_all_the_same_is_what_proves(office: PortalOffice) -> None:
    """It is welcome: then the certificate is asked for on its key, and no other key is taken."""
    desk, who = office.desk, wening(office.desk)
    desk.asking.demand("csr", Demand.WELCOME)
    case_id = received(desk, csr_of(who, OTHER_KEY))
    desk.handwork.record_holder(case_id, shown(desk))
    form = CallForm(True, who.text("phone"), "pemohon", "", CallResult.CONFIRMED, csr_confirmed=True)
    desk.review.record_call(case_id, form)
    desk.review.accept(case_id)
    desk.operations.revoke(case_id, "FE0001")
    office.ca.revoke(OLD)
    desk.operations.settle(case_id)
    desk.operations.reissue(case_id)
    refused(office, case_id, office.ca.issue(request_pem(NEW_KEY), holder(who), NEW), "bukan kunci pada CSR")
    bring(desk, case_id, office.ca.issue(make.pem(csr_of(who, OTHER_KEY)), holder(who), 0x5AFE0009))
    assert desk.reading.case(case_id).state is CaseState.ISSUED


def test_without_the_portal_a_csr_is_demanded_whatever_the_profile_says(office: PortalOffice) -> None:
    desk = office.desk
    case_id = received(desk)
    office.switch("django_ca", url="http://127.0.0.1:9/django_ca/", user="petugas", password="rahasia-uji")
    desk.review.recheck_findings(case_id)
    case = desk.reading.case(case_id)
    present = next(finding for finding in case.findings if finding.check == "csr.present")
    assert present.verdict is Verdict.FAIL and not present.absent
    assert desk.asking.asked().overruled
