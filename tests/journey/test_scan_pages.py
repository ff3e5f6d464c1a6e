"""A scan of three pages on the real desk: what is known after each is shown, and only the whole letter counts."""

import hashlib
from dataclasses import replace
from functools import partial

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.confirmation import CallResult
from lockdesk.core.findings import Verdict
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.scanning import begun, scanned_letter
from lockdesk.desk.requests.steps import availability, undecided
from lockdesk.desk.values.cases import CallForm, CaseView, IntakeChannel
from lockdesk.desk.values.facts import ScanProgress
from lockdesk.desk.values.people import Applicant
from lockdesk.errors import Declined
from lockdesk.reader.sealed import SealedReader
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.scan_pages import YOHANES, files, read, receive, verdicts
from tests.helpers.papers.letter_layouts import Scanner, in_three_pages, scan
from tests.helpers.papers.samples import sample

pytestmark = pytest.mark.usefixtures("each_page_read_once")


def test_findings_come_page_by_page_and_the_whole_letter_is_stored_once(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk)
    before = desk.reading.case(case_id)
    stored: list[CaseView] = []
    first, second = read(desk, case_id, lambda _told: stored.append(desk.reading.case(case_id)))
    assert stored == [before, before], "nothing of it is kept before the last page is read"
    assert (first.scan, second.scan) == (ScanProgress(2, 3), ScanProgress(3, 3))
    at_begin, after = begun(before), desk.reading.case(case_id)
    assert at_begin.scan == ScanProgress(1, 3) and at_begin.applicant.nik == ""

    assert verdicts(at_begin)["identity.nik"] is Verdict.UNKNOWN
    assert verdicts(first)["identity.nik"] is Verdict.PASS and first.applicant.nik == YOHANES.nik
    assert first.register is not None and first.old_certificate is None
    assert verdicts(first)["statement.identity"] is Verdict.WARN, "his post differs: that is settled at once"
    assert verdicts(first)["statement.fingerprint"] is Verdict.UNKNOWN
    assert verdicts(second)["statement.fingerprint"] is Verdict.PASS
    assert verdicts(second)["certificate.identified"] is Verdict.PASS and second.old_certificate is not None
    assert verdicts(second)["statement.age"] is verdicts(second)["statement.purpose"] is Verdict.UNKNOWN

    assert after.scan is None and scanned_letter(after) is None
    assert verdicts(after)["statement.age"] is verdicts(after)["statement.purpose"] is Verdict.PASS
    assert [line.kind for line in after.history].count("case.checked") == 1
    assert desk.casebook.verify_journal().whole


def test_following_the_pages_changes_nothing_in_the_end(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk)
    before = desk.reading.case(case_id)
    read(desk, case_id)
    after = desk.reading.case(case_id)
    with SealedReader() as reader:
        at_once = reader.read_scan(files()[0].content)
    assert after.facts.statement == replace(at_once, picture=before.facts.statement.picture)
    desk.review.recheck_findings(case_id)
    assert desk.reading.case(case_id).findings == after.findings


def test_nothing_can_be_decided_before_the_last_page_is_read(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk)
    desk.review.start(case_id)
    declined: list[str] = []

    def try_all(case: CaseView) -> None:
        assert not availability(case).enabled and availability(case).reasons
        for judge in (
            partial(desk.review.accept, case_id),
            partial(desk.review.reject, case_id, ("Surat tidak lengkap.",)),
            partial(desk.review.decide, case_id, "statement.readable", "Sudah dibandingkan sendiri."),
            partial(desk.review.ask_applicant, case_id, "surat"),
            partial(desk.review.correct, case_id, case.applicant, "Menurut halaman pertama."),
            partial(desk.review.record_call, case_id, CallForm(True, "0812", "pemohon", "", CallResult.CONFIRMED)),
            partial(desk.review.withdraw, case_id, "Dibatalkan pemohon."),
            partial(desk.review.recheck_findings, case_id),
        ):
            with pytest.raises(Declined) as refused:
                judge()
            declined.append(refused.value.code)

    read(desk, case_id, try_all)
    assert set(declined) == {"case.being_read"} and len(declined) == 16
    case = desk.reading.case(case_id)
    assert case.state is CaseState.UNDER_REVIEW and not case.decisions and not case.calls
    assert availability(case).enabled
    desk.review.decide(case_id, "statement.readable", "Sudah dibandingkan dengan gambarnya.")


def test_a_second_letter_is_read_and_judged_anew(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = receive(desk)
    read(desk, case_id)
    desk.review.start(case_id)
    clock.forward(minutes=5)
    desk.review.decide(case_id, "statement.readable", "Sudah dibandingkan dengan gambarnya.")
    desk.review.decide(case_id, "statement.identity", "Alamat e-mail baru diganti.")
    first = desk.reading.case(case_id)
    desk.review.ask_applicant(case_id, "surat\nKirim surat yang bertanda tangan basah.")
    clock.forward(days=1)
    again = NamedBytes("surat.pdf", scan(in_three_pages(YOHANES, "0000 0000"), Scanner(turn=1.2)))
    desk.review.answer(case_id, (again,))
    letter = scanned_letter(desk.reading.case(case_id))
    assert letter is not None and letter.sha256 == hashlib.sha256(again.content).hexdigest()
    read(desk, case_id)
    second = desk.reading.case(case_id)
    assert scanned_letter(second) is None and second.facts.statement.fields.key_fingerprint == "0000 0000"
    waiting = {finding.check: finding for finding in undecided(second)}
    for check in ("statement.readable", "statement.identity"):
        assert waiting[check].evidence == next(item.evidence for item in first.findings if item.check == check)
    clock.forward(minutes=5)
    desk.review.decide(case_id, "statement.readable", "Sudah dibandingkan dengan gambarnya.")
    assert "statement.readable" not in {finding.check for finding in undecided(desk.reading.case(case_id))}


def test_a_call_to_somebody_else_than_the_letter_names_confirms_nothing(profile: OpenProfile) -> None:
    desk = profile.desk
    mail = desk.intake.receive((NamedBytes("01.eml", sample("01")),), IntakeChannel.EMAIL).case_id
    other = desk.reading.case(mail).register
    assert other is not None
    case_id = desk.intake.receive_walk_in(Applicant(email=other.text("email")), files()).case_id
    desk.review.start(case_id)
    desk.review.record_call(case_id, CallForm(True, other.text("phone"), "pemohon", "", CallResult.CONFIRMED))
    before = desk.reading.case(case_id)
    assert before.register == other and before.confirming_call() is not None
    read(desk, case_id)
    after = desk.reading.case(case_id)
    assert after.register is not None and after.register.text("nip") != other.text("nip")
    assert after.calls and after.confirming_call() is None
