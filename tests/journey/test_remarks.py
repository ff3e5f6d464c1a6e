"""What pkilint remarks on a new certificate follows the step that brought it."""

from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.ui.verification.fact_cards import new_certificate_facts
from tests.helpers.desk.steps import revoke, verified
from tests.helpers.window.real_window import PATIENCE_MS, real_window, show_case


def _reissued(profile: OpenProfile) -> int:
    desk = profile.desk
    case_id = verified(desk)
    revoke(desk, case_id)
    desk.operations.reissue(case_id)
    return case_id


def test_a_certificate_is_there_before_anything_is_remarked_on_it(profile: OpenProfile) -> None:
    desk, case_id = profile.desk, _reissued(profile)
    case = desk.reading.case(case_id)
    assert case.state is CaseState.ISSUED
    assert case.new_certificate is not None and case.new_certificate.remarks is None
    entries = desk.casebook.verify_journal().chain.count
    desk.operations.remark(case_id)
    desk.operations.remark(case_id)
    case = desk.reading.case(case_id)
    assert case.state is CaseState.ISSUED
    assert case.new_certificate is not None and case.new_certificate.remarks == ()
    assert desk.casebook.verify_journal().chain.count == entries + 1, "kept once"
    newest = max(case.history, key=lambda line: line.sequence)
    assert (newest.kind, newest.actor) == ("operation.remarked", "LockDesk")
    assert [kind for kind, _content in desk.casebook.evidence(case.operations[-1].id)].count("lint") == 1


def test_a_case_without_a_new_certificate_has_nothing_remarked(profile: OpenProfile) -> None:
    case_id = verified(profile.desk)
    entries = profile.desk.casebook.verify_journal().chain.count
    profile.desk.operations.remark(case_id)
    assert profile.desk.casebook.verify_journal().chain.count == entries


def test_the_window_shows_the_certificate_and_then_the_remarks(qtbot: QtBot, profile: OpenProfile) -> None:
    """As after a program that was ended between the two."""
    case_id = _reissued(profile)
    with real_window(qtbot, profile.desk) as window:
        show_case(qtbot, window, case_id)

        def said() -> str:
            held = window.work.held
            made = held.case.new_certificate if held is not None else None
            return new_certificate_facts(made, window.times)[-1].value if made is not None else ""

        qtbot.waitUntil(lambda: said() == "tanpa catatan", timeout=PATIENCE_MS)
