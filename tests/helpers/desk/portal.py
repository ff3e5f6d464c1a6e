"""The first sample's request on the portal route: what a person does at the CA is waited for."""

import json
from datetime import date

from lockdesk.desk.desk import Desk
from lockdesk.desk.office.gateway_fields import GatewayChoice
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.desk.operations.handwork import HolderForm
from lockdesk.desk.ports import NamedBytes
from lockdesk.resource import resource
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.openssl_ca import OpensslCa
from tests.helpers.desk.steps import accept, receive
from tests.helpers.papers.new_mail import new_mail

PERSON = json.loads(resource("samples/people.json").read_text(encoding="utf-8"))["certificates"][0]
SERIAL = int(PERSON["serial"], 16)
NEW_SERIAL = 0x1234567890ABCDEF
PORTAL_FORM = HolderForm(PERSON["serial"], PERSON["name"], PERSON["serial_number"], PERSON["email"], date(2028, 10, 1))


def subject(common_name: str = PERSON["name"]) -> str:
    return f"/C=ID/O={PERSON['organization']}/CN={common_name}/serialNumber={PERSON['serial_number']}"


def connect(desk: Desk, ca: OpensslCa, **values: str) -> None:
    assert desk.connecting is not None
    known = {"chain_pem": ca.pem, "ocsp_url": ca.ocsp_url, "crl_url": ca.crl_url}
    desk.connecting.save(GatewayChoice("portal", known | values))


def waiting_for_revocation(desk: Desk) -> int:
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.handwork.record_holder(case_id, PORTAL_FORM)
    accept(desk, case_id)
    preflight = desk.operations.preflight(case_id)
    assert preflight.ready, [item.words for item in preflight.items if not item.ok]
    assert preflight.holder is not None
    desk.operations.revoke(case_id, serial_tail(preflight.holder))
    return case_id


def waiting_for_certificate(desk: Desk, ca: OpensslCa) -> int:
    case_id = waiting_for_revocation(desk)
    ca.revoke(SERIAL)
    desk.operations.settle(case_id)
    desk.operations.reissue(case_id)
    return case_id


def ask_for_another_csr(desk: Desk, case_id: int) -> None:
    """The CA refused the first; the second is accepted, and asked to be certified."""
    desk.operations.not_done(case_id, "CA menolak CSR ini.")
    desk.review.ask_applicant(case_id, "CSR baru\nMinta CSR baru.")
    desk.review.answer(case_id, (NamedBytes("baru.eml", new_mail("01")),))
    accept(desk, case_id)
    desk.operations.reissue(case_id)


def csr_of(desk: Desk, case_id: int) -> bytes:
    case = desk.reading.case(case_id)
    der = next(item.id for item in case.documents if item.role == "csr_der")
    return make.pem(desk.casebook.document(der))
