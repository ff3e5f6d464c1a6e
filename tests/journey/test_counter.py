"""What happens at the counter besides certificates: complaints, notices, the working profile."""

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.cases import CaseState
from lockdesk.core.complaints import ComplaintState
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.cases import IntakeChannel
from lockdesk.desk.values.people import Applicant
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined, Unreachable
from lockdesk.resource import resource
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.register import import_register
from tests.helpers.desk.steps import receive, revoke, verify
from tests.helpers.papers.samples import sample


def test_a_complaint_goes_its_way_and_is_never_lost(profile: OpenProfile, clock: SetClock) -> None:
    complaints, reading = profile.desk.complaints, profile.desk.reading
    number = complaints.receive(form())
    view = reading.complaint(number)
    assert view.number == "LATIH-ADU-2026-0001"
    assert view.due_on == date(2026, 12, 11)  # fourteen working days
    complaints.respond(number, "Pemberitahuan dikirim ulang.")
    complaints.escalate(number, "Pengadu meminta penjelasan pejabat.")
    with pytest.raises(Declined):
        complaints.resolve(number, "Selesai tanpa pejabat.")
    complaints.official_responds(number, "Pejabat sudah menjelaskan.")
    clock.forward(days=30)
    complaints.resolve(number, "Pengadu puas.")
    assert [row.on_time for row in reading.complaint_page("resolved").rows] == [False]
    complaints.reopen(number, "Pengadu datang lagi.")
    view = reading.complaint(number)
    assert view.state is ComplaintState.HANDLED_BY_OFFICER and view.resolved_at is None
    assert [note.step for note in view.notes] == ["respond", "escalate", "official_responds", "resolve", "reopen"]


def test_complaints_are_read_page_by_page_each_once(profile: OpenProfile, clock: SetClock) -> None:
    complaints, reading = profile.desk.complaints, profile.desk.reading
    received = []
    for _day in range(3):  # two a day, so that pages end between complaints of the same limit
        received += [complaints.receive(form()) for _time in range(2)]
        clock.forward(days=1)
    for number in received:
        complaints.respond(number, "Sudah dijelaskan.")
    complaints.resolve(received[0], "Selesai.")
    pages = [reading.complaint_page("open", None, 2)]
    while pages[-1].next_key is not None:
        pages.append(reading.complaint_page("open", pages[-1].next_key, 2))
    found = [row.id for page in pages for row in page.rows]
    assert max(len(page.rows) for page in pages) == 2
    assert found == received[1:]
    assert [row.id for row in reading.complaint_page("resolved").rows] == received[:1]


def test_a_confidential_complainant_stands_on_no_print(profile: OpenProfile) -> None:
    number = profile.desk.complaints.receive(form(confidential=True))
    for size in PaperSize:
        words = text_of(profile.desk.prints.make("complaint_receipt", number, size).pdf)
        assert "dirahasiakan" in words
        assert "Tri Umpamakan" not in words and "0812-0000-0077" not in words


def test_a_case_that_a_confidential_complaint_is_about_stands_on_no_print(profile: OpenProfile) -> None:
    """It has one applicant: whoever reads its number knows who complained."""
    case = profile.desk.reading.case(receive(profile.desk, "01"))
    for confidential in (True, False):
        number = profile.desk.complaints.receive(form(confidential=confidential, case_number=case.number))
        words = text_of(profile.desk.prints.make("complaint_receipt", number, PaperSize.A4).pdf)
        assert (case.number in words) is not confidential


@pytest.mark.parametrize("written", ["{glass}", " {lower} ", "{paper}"])
def test_the_case_of_a_complaint_is_known_however_its_number_is_written(profile: OpenProfile, written: str) -> None:
    case = profile.desk.reading.case(receive(profile.desk, "01"))
    spelt = written.format(glass=case.number, lower=case.number.lower(), paper="0001/LATIH-LOCK/XI/2026")
    number = profile.desk.complaints.receive(form(case_number=spelt))
    assert profile.desk.reading.complaint(number).form.case_number == case.number


@pytest.mark.parametrize("written", ["LATIH-LOCK-2026-0009", "LOCK-2026-0009", "0001", "punya Sekar"])
def test_a_complaint_about_a_case_that_there_is_not_is_not_stored(profile: OpenProfile, written: str) -> None:
    receive(profile.desk, "01")
    with pytest.raises(Declined) as declined:
        profile.desk.complaints.receive(form(case_number=written))
    assert declined.value.code == "complaint.case"
    assert profile.desk.reading.complaint_page("open").rows == ()


@pytest.mark.parametrize("changes", [{"description": ""}, {"name": "", "confidential": False}])
def test_an_empty_complaint_is_declined_with_a_remedy(profile: OpenProfile, changes: dict[str, object]) -> None:
    with pytest.raises(Declined) as refused:
        profile.desk.complaints.receive(form(**changes))
    assert refused.value.remedy
    assert profile.desk.reading.complaint_page("open").rows == ()


def test_the_standard_prints_all_fourteen_components(profile: OpenProfile) -> None:
    words = text_of(profile.desk.prints.make("standard", 0, PaperSize.A4).pdf)
    for component in profile.desk.settings().office.components:
        assert f"{component.number}. {component.title}" in words
    assert "Contoh Pejabat" in words and "halaman 2/2" in words


def test_the_rejection_letter_says_what_failed_and_how_to_repair_it(profile: OpenProfile) -> None:
    from lockdesk.desk.checks.all import rejection_reasons

    desk = profile.desk
    case_id = receive(desk, "06")
    desk.review.start(case_id)
    desk.review.reject(case_id, rejection_reasons(desk.reading.case(case_id).findings))
    words = text_of(desk.prints.make("rejection", case_id, PaperSize.A4).pdf)
    assert "Surat pengembalian" in words and "Tanda tangan CSR tidak sah" in words and "Buat ulang CSR" in words


def test_a_print_is_journalled_with_its_digest(profile: OpenProfile) -> None:
    import hashlib

    desk = profile.desk
    case_id = receive(desk, "01")
    printed = desk.prints.make("receipt", case_id, PaperSize.A5)
    lines = {line.sequence: line for line in desk.reading.case(case_id).history}
    assert lines[printed.sequence].kind == "print.made"
    finished = lines[printed.sequence + 1]
    assert finished.kind == "print.finished"
    assert finished.facts["sha256"] == hashlib.sha256(printed.pdf).hexdigest()


def test_without_a_printer_the_remedy_is_a_pdf(profile: OpenProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    printed = profile.desk.prints.make("standard", 0, PaperSize.A4)
    with pytest.raises(Unreachable, match="PDF"):
        profile.desk.queueing.send(printed, "")


# ── walk-ins and notices ──


def test_a_walk_in_with_two_files_gets_a_receipt_to_sign(profile: OpenProfile) -> None:
    desk = profile.desk
    mail = message_from_bytes(sample("02"), policy=policy.default)
    files = []
    for part in mail.walk():
        if part.get_filename():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            files.append(NamedBytes(part.get_filename() or "", content))
    received = desk.intake.receive_walk_in(Applicant(phone="0812-0000-0012"), files)
    case = desk.reading.case(received.case_id)
    assert case.channel is IntakeChannel.WALK_IN and case.applicant.name.startswith("Joko")
    words = text_of(desk.prints.make("receipt", received.case_id, PaperSize.A5).pdf)
    assert "di loket" in words and "Pemohon," in words


def test_a_receipt_that_goes_by_mail_has_no_place_for_the_applicant_s_signature(profile: OpenProfile) -> None:
    case_id = receive(profile.desk, "02")
    words = text_of(profile.desk.prints.make("receipt", case_id, PaperSize.A5).pdf)
    assert "Pemohon," not in words and "Contoh Petugas" in words


def test_in_practice_the_notice_is_a_simulation_and_can_be_exported(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    verify(desk, case_id)
    revoke(desk, case_id)
    desk.operations.reissue(case_id)
    draft = desk.notices.draft(case_id)
    desk.notices.deliver(case_id, draft)
    case = desk.reading.case(case_id)
    assert case.state is CaseState.NOTIFIED and case.messages[-1].state == "simulated"
    assert case.history[0].facts["proof"] == "simulasi"
    mail = message_from_bytes(desk.notices.export(case.messages[-1].id), policy=policy.default)
    assert mail["To"] == "sekar.contohwati@contoh.pekalongankota.go.id"
    text, attached = mail.get_body(("plain",)), [*mail.iter_attachments()]
    assert case.new_certificate is not None and text is not None
    assert case.new_certificate.serial in text.get_content()
    assert [part.get_content() for part in attached] == [case.new_certificate.der]


def test_the_notice_goes_to_the_register_s_address_not_to_a_reply_to(profile: OpenProfile) -> None:
    case_id = receive(profile.desk, "18")
    desk = profile.desk
    desk.review.start(case_id)
    desk.review.reject(case_id, ("Domain pengirim menyerupai domain dinas.",))
    assert desk.notices.draft(case_id).to.endswith("@contoh.pekalongankota.go.id")


# ── the working profile ──


@pytest.fixture
def working(tmp_path: Path, clock: SetClock) -> Iterator[OpenProfile]:
    previous = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    start = ProfileStart(tmp_path / "kerja", False, "frasa sandi kantor", office_settings(practice=False))
    try:
        with OpenProfile(start, clock) as opened:
            yield opened
    finally:
        keyring.set_keyring(previous)


def test_the_working_profile_receives_and_verifies_but_never_pretends_to_revoke(working: OpenProfile) -> None:
    desk = working.desk
    content = resource("samples/register.xlsx").read_bytes()
    import_register(desk, content)
    case_id = receive(desk, "01")
    case = desk.reading.case(case_id)
    assert case.number == "LOCK-2026-0001" and case.gateway == "portal"
    unknown = {item.check for item in case.findings if item.verdict == "unknown"}
    assert "certificate.identified" in unknown
    preflight = desk.operations.preflight(case_id)
    assert not preflight.ready and "belum dipasang" in preflight.items[0].words
    assert desk.practice is None


def test_the_working_profile_opens_with_its_passphrase_only(working: OpenProfile, tmp_path: Path) -> None:
    assert working.vault.kept_in == "passphrase"
    assert working.desk.guard.unlock("frasa sandi kantor")
    assert not working.desk.guard.unlock("pelatihan")
    working.close()
    with pytest.raises(Declined) as refused:
        OpenProfile(ProfileStart(tmp_path / "kerja", False, "pelatihan"), SetClock())
    assert refused.value.code == "vault.wrong_passphrase"


def test_one_process_holds_a_profile(profile: OpenProfile, tmp_path: Path) -> None:
    with pytest.raises(Declined) as refused:
        OpenProfile(ProfileStart(tmp_path / "profil", practice=True), SetClock())
    assert refused.value.code == "profile.in_use"
    assert profile.desk.casebook.head().count > 0
