"""Papers scanned or photographed at the counter go into the case that is open."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QFileDialog
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.confirmation import CallResult
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.cases import CallForm
from lockdesk.desk.values.facts import StatementProblem
from lockdesk.errors import Declined
from lockdesk.pki.values import CsrProblem
from lockdesk.ui.intake.add_files_sheet import AddFilesSheet
from tests.helpers.desk.steps import completed, receive
from tests.helpers.papers.samples import papers
from tests.helpers.window.officer import Officer
from tests.helpers.window.real_window import real_window, rest


def files(name: str) -> tuple[NamedBytes, ...]:
    return tuple(NamedBytes(file, content) for file, content in papers(name))


def test_what_comes_later_is_checked_and_the_journal_says_that_the_original_was_seen(profile: OpenProfile) -> None:
    desk = profile.desk
    whole = desk.reading.case(receive(desk, "01"))
    case_id = desk.intake.receive_walk_in(whole.applicant, ()).case_id
    before = desk.reading.case(case_id)
    assert before.facts.statement.problem is StatementProblem.MISSING and before.facts.csr.problem is CsrProblem.MISSING
    desk.review.add_files(case_id, files("01"), original_seen=True)
    after = desk.reading.case(case_id)
    assert after.facts.csr.facts == whole.facts.csr.facts and after.facts.statement.has_text
    assert after.state is CaseState.RECEIVED, "no step was taken by it"
    entry = after.history[0]
    assert (entry.kind, entry.facts["original_seen"], entry.facts["files"]) == ("case.files_added", True, 2)
    assert {ref.name for ref in after.documents} >= {file.name for file in files("01")}
    assert desk.casebook.verify_journal().whole


def test_another_csr_makes_the_call_void(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    case = desk.reading.case(case_id)
    assert case.register is not None
    desk.review.record_call(case_id, CallForm(True, case.register.text("phone"), "x", "", CallResult.CONFIRMED))
    assert desk.reading.case(case_id).confirming_call() is not None
    desk.review.add_files(case_id, tuple(file for file in files("02") if not file.name.endswith(".pdf")))
    after = desk.reading.case(case_id)
    assert after.confirming_call() is None and "key" in str(after.history[0].facts["voids"])


def test_nothing_is_added_to_what_was_decided(profile: OpenProfile) -> None:
    case_id = completed(profile.desk)
    before = profile.desk.reading.case(case_id)
    with pytest.raises(Declined):
        profile.desk.review.add_files(case_id, files("02"))
    assert profile.desk.reading.case(case_id).documents == before.documents


def test_chosen_at_the_window_they_are_in_the_open_case(qtbot: QtBot, profile: OpenProfile, tmp_path: Path) -> None:
    desk = profile.desk
    case_id = desk.intake.receive_walk_in(desk.reading.case(receive(desk, "01")).applicant, ()).case_id
    paths = []
    for file in files("01"):
        paths.append(tmp_path / file.name)
        paths[-1].write_bytes(file.content)
    with real_window(qtbot, desk) as window:
        officer = Officer(qtbot, window)
        officer.show(case_id)
        officer.begin(CaseAction.ADD_FILES)
        sheet = officer.sheet(AddFilesSheet)
        assert not sheet.verb.isEnabled()
        (dialog,) = window.findChildren(QFileDialog)
        dialog.filesSelected.emit([str(path) for path in paths])
        dialog.close()
        sheet.findChildren(QCheckBox)[0].setChecked(True)
        sheet.verb.click()
        rest(qtbot, window)
        officer.until(lambda: {path.name for path in paths} <= {ref.name for ref in officer.case.documents})
        assert officer.case.id == case_id and officer.case.history[0].facts["original_seen"] is True
        rest(qtbot, window)
