"""A serial of twenty bytes (RFC 5280 section 4.1.2.2 allows no more) stands whole wherever it is read."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.confirmation import CallResult
from lockdesk.desk.requests.steps import CaseAction, undecided
from lockdesk.desk.values.cases import CallForm
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.ui.dialogs.operations import RevokeSheet
from lockdesk.ui.verification.fact_cards import OldCertificateCard
from tests.helpers.desk.counter import text_of
from tests.helpers.desk.steps import receive
from tests.helpers.window.filling import act
from tests.helpers.window.reading import words_in
from tests.helpers.window.real_window import real_window, rest, show_case

SERIAL = "7F:A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90:A1:B2:C3"


def test_on_the_glass_on_paper_and_in_the_message(qtbot: QtBot, profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.review.correct(case_id, replace(desk.reading.case(case_id).applicant, serial=SERIAL), "Menurut portal CA.")
    assert desk.practice is not None
    desk.practice.give_certificate(case_id)
    case = desk.reading.case(case_id)
    assert case.register is not None
    phone = case.register.text("phone")
    # The register lists another certificate of hers: which one is meant she says herself.
    form = CallForm(True, phone, "pemohon", "", CallResult.CONFIRMED, certificate=SERIAL)
    desk.review.record_call(case_id, form)
    desk.review.recheck_findings(case_id)
    for finding in undecided(desk.reading.case(case_id)):
        desk.review.decide(case_id, finding.check, "Dibenarkan saat konfirmasi telepon.")
    desk.review.accept(case_id)
    with real_window(qtbot, desk) as window:
        window.resize(1366, 768)
        show_case(qtbot, window, case_id)
        card = next(found for found in window.findChildren(OldCertificateCard) if found.isVisible())
        assert SERIAL in words_in(card).replace("\u200b", "")
        act(window, CaseAction.REVOKE)
        rest(qtbot, window)
        sheet = next(found for found in window.findChildren(RevokeSheet) if found.isVisible())
        sheet.edit.setText("90A1B2C3"[-6:])
        assert sheet.verb.isEnabled()
        sheet.verb.click()
        rest(qtbot, window)
        assert desk.reading.row(case_id).state is CaseState.REVOKED
        desk.operations.reissue(case_id)
    message = desk.notices.draft(case_id)
    assert SERIAL in message.body
    desk.notices.deliver(case_id, message)
    for size in PaperSize:
        words = text_of(desk.prints.make("completion", case_id, size).pdf)
        assert SERIAL in words.replace(" ", ""), size
