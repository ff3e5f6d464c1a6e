"""The portal route, used carelessly, maliciously, and with a CA that misbehaves."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from lockdesk.core.cases import CaseState
from lockdesk.core.operations import OperationEvent, OperationState
from lockdesk.desk.office.gateway_fields import GatewayChoice
from lockdesk.desk.prints.history_words import kind_words
from lockdesk.errors import Declined, LockdeskError, Unreachable
from lockdesk.ui.cases.casework import read_case
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.openssl_ca import OpensslCa
from tests.helpers.desk.portal import (
    NEW_SERIAL,
    PERSON,
    PORTAL_FORM,
    SERIAL,
    csr_of,
    subject,
    waiting_for_certificate,
    waiting_for_revocation,
)
from tests.helpers.desk.portal_office import PortalOffice, bring, serving_ca
from tests.helpers.desk.steps import accept, receive


def self_signed() -> bytes:
    key, name = make.ec_key(41), make.name(PERSON["name"])
    return make.pem(make.certificate(key, key, name, name), "CERTIFICATE")


# ── the careless officer ──
@pytest.mark.parametrize("step", ["withdraw", "recheck"])
def test_no_step_passes_an_operation_that_is_open(office: PortalOffice, step: str) -> None:
    desk = office.desk
    case_id = waiting_for_revocation(desk)
    with pytest.raises(Declined):
        getattr(desk.review, step)(case_id, "Pemohon membatalkan permohonan.")
    row = desk.reading.row(case_id)
    assert (row.state, row.operation) == (CaseState.VERIFIED, OperationState.AWAITING)


def test_a_corrected_serial_forgets_the_holder_of_the_other_one(office: PortalOffice) -> None:
    desk = office.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.handwork.record_holder(case_id, PORTAL_FORM)
    applicant = replace(desk.reading.case(case_id).applicant, serial="AB:CD:EF:01:23:45:67:89")
    desk.review.correct(case_id, applicant, "Nomor seri salah ketik.")
    assert desk.reading.case(case_id).old_certificate is None


@pytest.mark.parametrize("kind", ["pem", "pkcs12", "mail"])
def test_a_private_key_beside_the_new_certificate_is_refused_and_burns_it(office: PortalOffice, kind: str) -> None:
    desk, ca = office.desk, office.ca
    case_id = waiting_for_certificate(desk, ca)
    certificate = ca.issue(csr_of(desk, case_id), subject(), NEW_SERIAL)
    key = make.ec_key(44)
    pem_key = make.private_pem(key)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = PERSON["email"], "Sertifikat baru"
    mail.set_content("Terlampir.")
    mail.add_attachment(certificate, maintype="application", subtype="pkix-cert", filename="baru.cer")
    mail.add_attachment(pem_key, maintype="application", subtype="octet-stream", filename="kunci.key")
    own = x509.load_pem_x509_certificate(office.ca.issue(make.pem(make.request(key)), subject(), NEW_SERIAL + 1))
    box = pkcs12.serialize_key_and_certificates(b"x", key, own, None, BestAvailableEncryption(b"rahasia"))
    content = {"pem": certificate + pem_key, "pkcs12": box, "mail": mail.as_bytes()}[kind]
    with pytest.raises(Declined) as declined:
        bring(desk, case_id, content, "baru.eml" if kind == "mail" else "baru.p12")
    assert declined.value.code == "certificate.private_key" and "kunci privat" in declined.value.message
    case = desk.reading.case(case_id)
    assert case.state is CaseState.REVOKED and desk.casebook.evidence(case.operations[-1].id) == []
    with pytest.raises(Declined):
        bring(desk, case_id, certificate)
    desk.operations.not_done(case_id, "Kunci privat ikut terkirim.")
    with pytest.raises(Declined) as burnt:
        desk.operations.reissue(case_id)
    assert burnt.value.code == "csr.burnt", "burnt is burnt, whichever way leads there"
    assert len(desk.reading.case(case_id).operations) == len(case.operations), "no intent is left behind"
    assert all(pem_key not in path.read_bytes() for path in office.folder.iterdir())


def test_a_file_that_is_huge_holds_no_certificate(office: PortalOffice) -> None:
    desk = office.desk
    case_id = waiting_for_certificate(desk, office.ca)
    with pytest.raises(Declined):
        bring(desk, case_id, b"-----BEGIN CERTIFICATE-----\n" + b"A" * (80 * 1024 * 1024))


# ── the malicious applicant ──
def test_a_namesake_s_number_is_another_person(office: PortalOffice) -> None:
    desk = office.desk
    case_id = waiting_for_certificate(desk, office.ca)
    other = f"/C=ID/O={PERSON['organization']}/CN={PERSON['name']}/serialNumber=198507082010011002"
    with pytest.raises(Declined) as declined:
        bring(desk, case_id, office.ca.issue(csr_of(desk, case_id), other, NEW_SERIAL))
    assert "pemegangnya bukan pemohon" in declined.value.message


def test_of_two_certificates_in_a_mail_the_right_one_is_found(office: PortalOffice, tmp_path: Path) -> None:
    desk = office.desk
    case_id = waiting_for_certificate(desk, office.ca)
    csr = csr_of(desk, case_id)
    forged = OpensslCa(tmp_path / "pemalsu").issue(csr, subject(), NEW_SERIAL)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = PERSON["email"], "Sertifikat baru"
    mail.set_content("Terlampir dua berkas.")
    for name, content in (("a.cer", forged), ("b.cer", office.ca.issue(csr, subject(), NEW_SERIAL))):
        mail.add_attachment(content, maintype="application", subtype="pkix-cert", filename=name)
    bring(desk, case_id, mail.as_bytes(), "balasan.eml")
    assert desk.reading.row(case_id).state is CaseState.ISSUED


def test_a_revoked_certificate_is_not_a_new_one(office: PortalOffice) -> None:
    desk = office.desk
    case_id = waiting_for_certificate(desk, office.ca)
    certificate = office.ca.issue(csr_of(desk, case_id), subject(), NEW_SERIAL)
    office.ca.revoke(NEW_SERIAL, "keyCompromise")
    with pytest.raises(Declined) as declined:
        bring(desk, case_id, certificate)
    assert "dicabut" in declined.value.message


@pytest.mark.parametrize("kind", ["ca", "self_signed", "old"])
def test_certificates_of_the_wrong_sort_are_refused(office: PortalOffice, kind: str) -> None:
    desk, ca = office.desk, office.ca
    case_id = waiting_for_certificate(desk, ca)
    content = {
        "ca": ca.pem.encode,
        "self_signed": self_signed,
        "old": lambda: next((ca.folder / "issued").glob("*.pem")).read_bytes(),
    }[kind]()
    with pytest.raises(Declined):
        bring(desk, case_id, content)
    assert desk.reading.row(case_id).state is CaseState.REVOKED


# ── the CA that misbehaves ──
def test_a_serial_that_the_ca_does_not_know_is_not_waited_for(office: PortalOffice, tmp_path: Path) -> None:
    """Else nothing could ever prove it, and nobody could end the waiting."""
    desk = office.desk
    with serving_ca(tmp_path / "lain") as other:
        del other
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.handwork.record_holder(case_id, PORTAL_FORM)
    accept(desk, case_id)
    office.ca.forget()
    preflight = desk.operations.preflight(case_id)
    assert not preflight.ready
    assert any("tidak mengenal nomor seri" in item.words for item in preflight.items if not item.ok)


def test_without_any_address_nothing_is_begun_that_could_not_be_proved(office: PortalOffice) -> None:
    desk = office.desk
    office.switch(ocsp_url="", crl_url="")
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.handwork.record_holder(case_id, PORTAL_FORM)
    accept(desk, case_id)
    preflight = desk.operations.preflight(case_id)
    assert not preflight.ready
    assert any("Alamat OCSP atau CRL" in item.words for item in preflight.items if not item.ok)


def test_who_did_nothing_can_say_so_although_the_ca_forgot_the_serial(office: PortalOffice) -> None:
    desk = office.desk
    case_id = waiting_for_revocation(desk)
    office.ca.forget()
    with pytest.raises(LockdeskError) as unknown:
        desk.operations.settle(case_id)
    assert unknown.value.code == "ocsp.unknown"
    desk.operations.not_done(case_id, "Nomor serinya keliru.")
    assert desk.reading.row(case_id).operation is None


def test_a_replayed_list_proves_nothing(office: PortalOffice) -> None:
    desk, ca = office.desk, office.ca
    office.switch(ocsp_url="")
    case_id = waiting_for_revocation(desk)
    before = (ca.folder / "list.crl").read_bytes()
    ca.revoke(SERIAL)
    (ca.folder / "list.crl").write_bytes(before)
    desk.operations.settle(case_id)
    assert desk.reading.row(case_id).state is CaseState.VERIFIED


# ── the program itself ──
def test_the_program_may_stop_in_every_state(office: PortalOffice) -> None:
    case_id = waiting_for_revocation(office.desk)
    desk = office.again()
    assert desk.reading.row(case_id).operation is OperationState.AWAITING
    assert desk.handwork.ca_work(desk.reading.case(case_id)).steps
    office.close()
    office.ca.revoke(SERIAL, "keyCompromise")
    desk = office.again()
    case = desk.reading.case(case_id)
    operation = case.open_operation()
    assert operation is not None and operation.state is OperationState.CONFIRMED and "keyCompromise" in operation.words
    desk = office.again()
    desk.operations.accept_record(case_id, "Pemohon memilih alasan lain.")
    desk = office.again()
    assert desk.reading.row(case_id).state is CaseState.REVOKED
    desk.operations.reissue(case_id)
    desk = office.again()
    assert desk.reading.row(case_id).operation is OperationState.AWAITING
    bring(desk, case_id, office.ca.issue(csr_of(desk, case_id), subject(), NEW_SERIAL))
    desk = office.again()
    assert desk.reading.row(case_id).state is CaseState.ISSUED
    assert desk.casebook.verify_journal().whole


def test_a_case_begun_at_the_portal_is_not_continued_elsewhere(office: PortalOffice) -> None:
    desk = office.desk
    case_id = waiting_for_revocation(desk)
    office.ca.revoke(SERIAL)
    desk.operations.settle(case_id)
    fresh = receive(desk, "02")
    assert desk.connecting is not None
    desk.connecting.save(
        GatewayChoice(
            "django_ca",
            {
                "url": "https://127.0.0.1:9",
                "chain_pem": office.ca.pem,
                "user": "a",
                "ca_serial": "01",
                "profile": "x",
                "password": "rahasia-sekali",
            },
        )
    )
    with pytest.raises(Declined) as mixed:
        desk.operations.reissue(case_id)
    assert mixed.value.code == "gateway.mixed"
    assert read_case(desk, case_id).case.id == case_id
    desk.review.start(fresh)
    assert desk.reading.row(fresh).state is CaseState.UNDER_REVIEW


def test_a_case_is_shown_although_its_ca_s_settings_fail(office: PortalOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = office.desk
    case_id = waiting_for_revocation(desk)

    def locked() -> None:
        raise Unreachable("Gudang kunci terkunci.")

    monkeypatch.setattr(desk.handwork, "_gateway", locked)
    assert read_case(desk, case_id).case.id == case_id


def test_every_entry_about_the_ca_has_its_words() -> None:
    kinds = [f"operation.{event}" for event in OperationEvent if event is not OperationEvent.PROOF]
    kinds += ["operation.intended", "case.holder_recorded", "case.old_certificate_brought"]
    assert not [kind for kind in kinds if kind_words(kind) == kind]
