"""What the letter leaves open, and what must not be kept of it, on a real desk."""

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.findings import Verdict
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.scanning import scanned_letter
from lockdesk.desk.values.cases import CaseView, IntakeChannel
from lockdesk.errors import LockdeskError
from tests import pki_material as make
from tests.unit.test_reader_scans import photographed


def received(profile: OpenProfile, last: str = "") -> CaseView:
    files = (
        NamedBytes("foto.jpg", photographed(180, last=last)),
        NamedBytes("sekar.csr", make.pem(make.request())),
    )
    case_id = profile.desk.intake.receive(files, IntakeChannel.FILES).case_id
    return profile.desk.reading.case(case_id)


def test_a_photo_of_a_letter_is_read_like_any_scan(profile: OpenProfile) -> None:
    case = received(profile)
    assert scanned_letter(case) is not None
    assert profile.desk.review.read_scan(case.id)
    after = profile.desk.reading.case(case.id)
    assert after.applicant.name.startswith("Sekar Contohwati")
    verdicts = {item.check: item.verdict for item in after.findings}
    assert verdicts["statement.purpose"] is verdicts["statement.person"] is Verdict.PASS
    assert verdicts["statement.readable"] is Verdict.WARN


def test_a_passphrase_in_a_scan_is_destroyed_as_soon_as_it_is_read(profile: OpenProfile) -> None:
    case = received(profile, "Passphrase lama saya: Batik77merah")
    letter = scanned_letter(case)
    assert letter is not None
    profile.desk.review.read_scan(case.id)
    after = profile.desk.reading.case(case.id)
    assert {item.check: item.verdict for item in after.findings}["mail.secret"] is Verdict.FAIL
    assert not next(item for item in after.documents if item.id == letter.id).stored
    with pytest.raises(LockdeskError):
        profile.desk.reading.document(letter.id)
    assert "Batik" not in repr(after) and after.history[0].facts["destroyed"] == 1
    assert profile.desk.casebook.verify_journal().whole


def test_a_doubt_is_settled_and_a_question_is_kept_with_the_case(profile: OpenProfile) -> None:
    desk, case = profile.desk, received(profile)
    desk.review.read_scan(case.id)
    desk.choosing.left_open(case.id, "Tanyakan NIP kepada pemohon.")
    after = desk.reading.case(case.id)
    assert after.history[0].kind == "case.left_open" and "NIP" in str(after.history[0].facts["question"])
    with pytest.raises(LockdeskError):
        desk.choosing.settled(case.id, "email", "x@y.example")
    with pytest.raises(LockdeskError):
        desk.choosing.person(case.id, 9)
