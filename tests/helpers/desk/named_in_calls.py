"""Requests that leave open what the applicant names in a call: the CSR, one certificate of several."""

from lockdesk.app import OpenProfile
from lockdesk.core.findings import Finding
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.cases import CaseView, IntakeChannel
from lockdesk.desk.values.people import RegisterEntry
from tests.helpers.papers.small_requests import csr_of, letter, mail

SERIAL = "55:9F:FC:44:B7:07:BA:18:87:5E:DC:DD:CF:83:76:AA"
OTHER, OTHER_HEX = 0x1234, "12:34"


def sekar(desk: Desk) -> RegisterEntry:
    return desk.reading.register_page("Sekar").rows[0]


def begun(desk: Desk, request: NamedBytes) -> int:
    case_id = desk.intake.receive((request,), IntakeChannel.EMAIL).case_id
    desk.review.start(case_id)
    return case_id


def unnamed(desk: Desk) -> int:
    """A case whose letter names neither key nor serial."""
    return begun(desk, mail(sekar(desk), letter(sekar(desk)), csr_of(sekar(desk))))


def found(case: CaseView, check: str) -> Finding:
    return next(finding for finding in case.findings if finding.check == check)


def with_two(profile: OpenProfile) -> int:
    who = sekar(profile.desk)
    profile.training_ca.issue_practice_certificate(
        who.text("name"), "Dinas Contoh", OTHER, email=who.text("email"), serial_number=who.text("nip")
    )
    return unnamed(profile.desk)
