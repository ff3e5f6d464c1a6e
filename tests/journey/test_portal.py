"""The portal route in a working profile: people act at a real CA (OpenSSL), the program proves what they did."""

from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from lockdesk.core.cases import CaseState
from lockdesk.core.findings import Verdict
from lockdesk.core.operations import OperationState
from lockdesk.desk.desk import Desk
from lockdesk.desk.office.gateway_fields import GatewayChoice
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.desk.operations.handwork import HolderForm
from lockdesk.desk.ports import NamedBytes
from lockdesk.errors import Declined, LockdeskError, Unsettled
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.openssl_ca import OpensslCa
from tests.helpers.desk.portal import (
    NEW_SERIAL,
    PERSON,
    PORTAL_FORM,
    SERIAL,
    connect,
    csr_of,
    subject,
    waiting_for_certificate,
    waiting_for_revocation,
)
from tests.helpers.desk.portal_office import portal_office, serving_ca
from tests.helpers.desk.steps import receive


@pytest.fixture
def ca(tmp_path: Path) -> Iterator[OpensslCa]:
    with serving_ca(tmp_path / "ca") as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, ca: OpensslCa) -> Iterator[Desk]:
    with portal_office(tmp_path / "kerja", ca) as office:
        yield office.desk


def verdict(desk: Desk, case_id: int, check: str) -> Verdict:
    return next(item.verdict for item in desk.reading.case(case_id).findings if item.check == check)


def test_the_whole_way_is_proved_by_what_the_ca_signed(desk: Desk, ca: OpensslCa) -> None:
    case_id = waiting_for_revocation(desk)
    row = desk.reading.row(case_id)
    assert (row.state, row.operation) == (CaseState.VERIFIED, OperationState.AWAITING)
    desk.operations.settle(case_id)
    assert desk.reading.row(case_id).state is CaseState.VERIFIED, "nobody has revoked yet"
    ca.revoke(SERIAL)
    desk.operations.settle(case_id)
    case = desk.reading.case(case_id)
    assert case.state is CaseState.REVOKED
    assert case.old_certificate is not None and case.old_certificate.revocation is not None
    assert [kind for kind, _der in desk.casebook.evidence(case.operations[-1].id)] == ["ocsp"]
    desk.operations.reissue(case_id)
    assert desk.reading.row(case_id).operation is OperationState.AWAITING
    certificate = ca.issue(csr_of(desk, case_id), subject(), NEW_SERIAL)
    desk.handwork.bring_certificate(case_id, (NamedBytes("baru.cer", certificate),))
    case = desk.reading.case(case_id)
    assert case.state is CaseState.ISSUED
    assert case.new_certificate is not None and case.new_certificate.serial == "12:34:56:78:90:AB:CD:EF"
    kinds = [kind for kind, _der in desk.casebook.evidence(case.operations[-1].id)]
    assert kinds == ["certificate"]
    assert desk.casebook.verify_journal().whole


def test_the_list_proves_it_where_there_is_no_ocsp(desk: Desk, ca: OpensslCa) -> None:
    connect(desk, ca, ocsp_url="")
    case_id = waiting_for_revocation(desk)
    ca.revoke(SERIAL)
    desk.operations.settle(case_id)
    case = desk.reading.case(case_id)
    assert case.state is CaseState.REVOKED
    assert [kind for kind, _der in desk.casebook.evidence(case.operations[-1].id)] == ["crl"]


def test_a_list_signed_by_somebody_else_proves_nothing(desk: Desk, ca: OpensslCa, tmp_path: Path) -> None:
    connect(desk, ca, ocsp_url="")
    case_id = waiting_for_revocation(desk)
    forger = OpensslCa(tmp_path / "pemalsu")
    forger.issue(make.pem(make.request(make.ec_key(42))), subject(), SERIAL)
    forger.revoke(SERIAL)
    (ca.folder / "list.crl").write_bytes((forger.folder / "list.crl").read_bytes())
    with pytest.raises(LockdeskError) as refused:
        desk.operations.settle(case_id)
    assert refused.value.code == "crl.signature"
    assert desk.reading.row(case_id).state is CaseState.VERIFIED


def test_another_reason_is_a_conflict_until_the_officer_accepts_it(desk: Desk, ca: OpensslCa) -> None:
    case_id = waiting_for_revocation(desk)
    ca.revoke(SERIAL, "keyCompromise")
    with pytest.raises(Unsettled) as conflict:
        desk.operations.settle(case_id)
    assert conflict.value.code == "proof.conflict" and "keyCompromise" in conflict.value.message
    assert desk.reading.row(case_id).state is CaseState.VERIFIED
    with pytest.raises(Declined):
        desk.operations.accept_record(case_id, " ")
    desk.operations.accept_record(case_id, "Pemohon memilih alasan lain di portal.")
    case = desk.reading.case(case_id)
    assert case.state is CaseState.REVOKED
    revoked = next(line for line in case.history if line.kind == "case.revoked")
    assert revoked.facts["reason"] == "keyCompromise"
    assert revoked.facts["accepted"] == "Pemohon memilih alasan lain di portal."


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("another_key", "kuncinya bukan kunci pada CSR"),
        ("another_person", "pemegangnya bukan pemohon"),
        ("another_ca", "tidak ditandatangani CA"),
        ("no_certificate", "Tidak ada sertifikat"),
    ],
)
def test_what_is_not_the_new_certificate_is_not_taken(
    desk: Desk, ca: OpensslCa, tmp_path: Path, fault: str, words: str
) -> None:
    case_id = waiting_for_certificate(desk, ca)
    csr = csr_of(desk, case_id)
    brought = {
        "another_key": lambda: ca.issue(make.pem(make.request(make.ec_key(43))), subject(), NEW_SERIAL),
        "another_person": lambda: ca.issue(csr, subject("Joko Permisalan"), NEW_SERIAL),
        "another_ca": lambda: OpensslCa(tmp_path / "lain").issue(csr, subject(), NEW_SERIAL),
        "no_certificate": lambda: b"bukan sertifikat",
    }[fault]()
    with pytest.raises(Declined) as declined:
        desk.handwork.bring_certificate(case_id, (NamedBytes("baru.cer", brought),))
    assert words in declined.value.message
    case = desk.reading.case(case_id)
    assert case.state is CaseState.REVOKED and case.new_certificate is None
    assert desk.casebook.evidence(case.operations[-1].id) == []


def test_the_new_certificate_is_found_in_the_applicant_s_mail(desk: Desk, ca: OpensslCa) -> None:
    case_id = waiting_for_certificate(desk, ca)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = PERSON["email"], "Sertifikat baru"
    mail.set_content("Terlampir.")
    certificate = ca.issue(csr_of(desk, case_id), subject(), NEW_SERIAL)
    mail.add_attachment(certificate, maintype="application", subtype="pkix-cert", filename="baru.cer")
    desk.handwork.bring_certificate(case_id, (NamedBytes("balasan.eml", mail.as_bytes()),))
    assert desk.reading.row(case_id).state is CaseState.ISSUED


def test_what_nobody_did_in_the_portal_can_be_asked_for_again(desk: Desk, ca: OpensslCa) -> None:
    case_id = waiting_for_revocation(desk)
    desk.operations.not_done(case_id, "Pemohon belum dapat masuk ke portal.")
    row = desk.reading.row(case_id)
    assert row.operation is None and row.state is CaseState.VERIFIED
    preflight = desk.operations.preflight(case_id)
    assert preflight.holder is not None
    desk.operations.revoke(case_id, serial_tail(preflight.holder))
    ca.revoke(SERIAL)
    desk.operations.not_done(case_id, "Pemohon mengatakan tidak jadi.")
    assert desk.reading.row(case_id).state is CaseState.REVOKED, "the CA's word counts, not the person's"


def test_the_holder_in_the_portal_is_compared_with_the_applicant(desk: Desk) -> None:
    case_id = receive(desk, "01")
    assert verdict(desk, case_id, "certificate.identified") is Verdict.UNKNOWN
    desk.review.start(case_id)
    desk.handwork.record_holder(case_id, PORTAL_FORM)
    assert verdict(desk, case_id, "certificate.owner") is Verdict.PASS
    other = HolderForm(PERSON["serial"], "Joko Permisalan", "198507082010011002", "", date(2028, 10, 1))
    desk.handwork.record_holder(case_id, other)
    assert verdict(desk, case_id, "certificate.owner") is Verdict.FAIL
    with pytest.raises(Declined):
        desk.handwork.record_holder(case_id, HolderForm("00:11:22", "Siapa", "", "", date(2028, 10, 1)))


def test_the_old_certificate_itself_must_be_the_ca_s(desk: Desk, ca: OpensslCa, tmp_path: Path) -> None:
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    forger = OpensslCa(tmp_path / "pemalsu")
    forged = forger.issue(make.pem(make.request(make.ec_key(42))), subject(), SERIAL)
    with pytest.raises(Declined):
        desk.handwork.bring_old_certificate(case_id, (NamedBytes("lama.cer", forged),))
    real = next((ca.folder / "issued").glob("*.pem")).read_bytes()
    desk.handwork.bring_old_certificate(case_id, (NamedBytes("lama.cer", real),))
    assert verdict(desk, case_id, "certificate.owner") is Verdict.PASS
    assert verdict(desk, case_id, "certificate.status") is Verdict.PASS


def test_the_connection_is_tried_before_it_is_used(desk: Desk, ca: OpensslCa) -> None:
    assert desk.connecting is not None
    good = desk.connecting.choice()
    assert all(item.ok for item in desk.connecting.test(good)), desk.connecting.test(good)
    silent = GatewayChoice("portal", {**good.values, "ocsp_url": "http://127.0.0.1:9/"})
    assert not all(item.ok for item in desk.connecting.test(silent))
    for values in (
        {"chain_pem": ""},
        {**good.values, "chain_pem": "-----BEGIN bukan PEM"},
        {**good.values, "crl_url": "ftp://x"},
    ):
        with pytest.raises(Declined):
            desk.connecting.save(GatewayChoice("portal", values))
    assert desk.connecting.choice() == good


def test_a_secret_is_kept_outside_of_the_settings(desk: Desk, ca: OpensslCa, tmp_path: Path) -> None:
    assert desk.connecting is not None
    connect(desk, ca, esign_url="http://127.0.0.1:9", esign_user="loket", esign_password="rahasia-sekali")
    assert desk.connecting.kept_secrets("portal") == {"esign_password"}
    assert "esign_password" not in desk.connecting.choice().values
    assert desk.connecting.complete(desk.connecting.choice()).values["esign_password"] == "rahasia-sekali"
    assert all(b"rahasia-sekali" not in path.read_bytes() for path in (tmp_path / "kerja").iterdir())


def test_no_other_ca_while_an_operation_is_open(desk: Desk, ca: OpensslCa) -> None:
    waiting_for_revocation(desk)
    with pytest.raises(Declined) as declined:
        connect(desk, ca)
    assert declined.value.code == "gateway.busy"
