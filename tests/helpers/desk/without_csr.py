"""An office that asks for no CSR, on the portal, and one person's case there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from lockdesk.core.confirmation import CallResult
from lockdesk.demands import CsrAnswer
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.desk.operations.handwork import HolderForm
from lockdesk.desk.register.register import Terms
from lockdesk.desk.requests.steps import undecided
from lockdesk.desk.values.cases import CallForm, IntakeChannel
from lockdesk.desk.values.people import RegisterEntry
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.portal_office import PortalOffice, office_ca, portal_office
from tests.helpers.desk.register import LISTED, table
from tests.helpers.papers.small_requests import letter, mail

OLD_KEY, NEW_KEY, OTHER_KEY = 941, 942, 943
OLD, SECOND, NEW = 0x5AFE0001, 0x5AFE0002, 0x5AFE0003
REGISTER = (
    ("name", "nip", "nik", "position", "agency", "email", "phone"),
    (
        "Wening Contohsari",
        "199103032015032001",
        "3375994303910003",
        "Arsiparis",
        "Dinas Arsip Contoh",
        "wening@contoh.pekalongankota.go.id",
        "0812-0000-0941",
    ),
)
"""Somebody of whom the register lists no certificate."""


def wening(desk: Desk) -> RegisterEntry:
    return desk.reading.register_page("Wening").rows[0]


def holder(who: RegisterEntry, name: str = "", **parts: str) -> str:
    """A certificate's subject; every part but the name may be another's or missing."""
    kept = {"serialNumber": who.text("nip"), "emailAddress": who.text("email")} | parts
    rest = "".join(f"/{label}={text}" for label, text in kept.items() if text)
    return f"/C=ID/O=Dinas Contoh/CN={name or who.text('name')}{rest}"


def request_pem(number: int) -> bytes:
    return make.pem(make.request(make.ec_key(number)))


@contextmanager
def office_without_csr(folder: Path) -> Iterator[PortalOffice]:
    """Settled in and serving; she is in the register, and the CA knows one certificate of hers."""
    ca = office_ca(folder / "ca")
    with ca.serving(), portal_office(folder / "kerja", ca) as made:
        made.desk.register.import_table(table(*REGISTER), Terms("BKPSDM", LISTED))
        ca.issue(request_pem(OLD_KEY), holder(wening(made.desk)), OLD)
        made.desk.asking.answer(CsrAnswer.NO)
        yield made


def received(desk: Desk, csr: bytes = b"", **written: Any) -> int:
    who = wening(desk)
    case_id = desk.intake.receive((mail(who, letter(who, **written), csr),), IntakeChannel.EMAIL).case_id
    desk.review.start(case_id)
    return case_id


def shown(desk: Desk, serial: int = OLD, **changes: Any) -> HolderForm:
    """What the portal shows of a certificate of the applicant's."""
    who = wening(desk)
    usual = HolderForm(f"{serial:X}", who.text("name"), who.text("nip"), who.text("email"), date(2028, 1, 1))
    return replace(usual, **changes)


def call(desk: Desk, case_id: int, certificate: str = "") -> None:
    form = CallForm(True, wening(desk).text("phone"), "pemohon", "", CallResult.CONFIRMED, certificate=certificate)
    desk.review.record_call(case_id, form)


def accepted(desk: Desk) -> int:
    case_id = received(desk)
    desk.handwork.record_holder(case_id, shown(desk))
    call(desk, case_id)
    for finding in undecided(desk.reading.case(case_id)):
        desk.review.decide(case_id, finding.check, "Dibenarkan saat konfirmasi telepon.")
    desk.review.accept(case_id)
    return case_id


def waiting(office: PortalOffice) -> int:
    """Revoked, and the new certificate is asked for in the portal."""
    desk = office.desk
    case_id = accepted(desk)
    preflight = desk.operations.preflight(case_id)
    assert preflight.ready, [item.words for item in preflight.items if not item.ok]
    assert preflight.holder is not None
    desk.operations.revoke(case_id, serial_tail(preflight.holder))
    office.ca.revoke(OLD)
    desk.operations.settle(case_id)
    desk.operations.reissue(case_id)
    return case_id
