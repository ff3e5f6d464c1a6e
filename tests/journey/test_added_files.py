"""Papers scanned or photographed at the counter go into the case that is open."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QCheckBox, QFileDialog
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.confirmation import CallResult
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.prints.history_words import fact_words, facts_told
from lockdesk.desk.requests.steps import CaseAction, hard_stops
from lockdesk.desk.values.cases import CallForm
from lockdesk.desk.values.facts import StatementProblem
from lockdesk.errors import Declined
from lockdesk.pki.values import CsrProblem
from lockdesk.ui.intake.add_files_sheet import AddFilesSheet
from lockdesk.ui.widgets.parts import HintButton
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.steps import completed, receive
from tests.helpers.papers.samples import papers
from tests.helpers.window.officer import Officer
from tests.helpers.window.real_window import real_window, rest

pytestmark = pytest.mark.usefixtures("each_page_read_once")


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
    assert "jumlah berkas 2 · asli diperlihatkan ya" in fact_words(entry), "and the officer reads it in the history"
    assert ("asli diperlihatkan", "ya") in facts_told(entry), "as in the journal"
    assert {ref.name for ref in after.documents} >= {file.name for file in files("01")}
    assert desk.casebook.verify_journal().whole


def reviewed(profile: OpenProfile, name: str = "01") -> int:
    """A case that is being checked, confirmed in a call."""
    desk = profile.desk
    case_id = receive(desk, name)
    desk.review.start(case_id)
    case = desk.reading.case(case_id)
    assert case.register is not None
    desk.review.record_call(case_id, CallForm(True, case.register.text("phone"), "x", "", CallResult.CONFIRMED))
    return case_id


def test_nothing_that_is_there_is_replaced(profile: OpenProfile) -> None:
    """A photo of an identity card becomes no letter, another CSR no CSR, and no mail another sender."""
    desk = profile.desk
    case_id = reviewed(profile)
    before = desk.reading.case(case_id)
    picture = BytesIO()
    Image.new("RGB", (600, 400), "white").save(picture, "JPEG")
    desk.review.add_files(case_id, (NamedBytes("ktp.jpg", picture.getvalue()), *files("02")))
    after = desk.reading.case(case_id)
    assert after.facts.statement == before.facts.statement and after.facts.csr.facts == before.facts.csr.facts
    assert after.facts.csr_count == 2, "that there are two is told"
    roles = {ref.name: ref.role for ref in after.documents}
    assert roles["ktp.jpg"] == "other" and all(roles[file.name] == "other" for file in files("02"))
    mail = NamedBytes("balasan.eml", b"From: sekar@contoh.example\r\n\r\nTerima kasih")
    with pytest.raises(Declined) as told:
        desk.review.add_files(case_id, (mail,))
    assert told.value.code == "case.added_mail"
    assert desk.reading.case(case_id).facts.mail == before.facts.mail


def test_a_private_key_that_comes_later_is_never_washed_away(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = reviewed(profile)
    desk.review.add_files(case_id, (NamedBytes("kunci.key", make.private_pem(make.ec_key(902))),))
    assert hard_stops(desk.reading.case(case_id))
    desk.review.add_files(case_id, tuple(file for file in files("01") if not file.name.endswith(".pdf")))
    desk.review.recheck_findings(case_id)
    stops = {finding.check for finding in hard_stops(desk.reading.case(case_id))}
    assert "attachment.private_key" in stops, "the same CSR once more washes nothing away"
    with pytest.raises(Declined):
        desk.review.accept(case_id)


def test_an_answer_with_the_same_csr_is_refused_where_its_key_was_handed_over(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    for _time in range(2):
        desk.review.ask_applicant(case_id, "CSR yang baru")
        sent = files("01") if _time else (NamedBytes("kunci.key", make.private_pem(make.ec_key(902))),)
        desk.review.answer(case_id, sent)
    stops = {finding.check for finding in hard_stops(desk.reading.case(case_id))}
    assert stops & {"csr.key_reuse", "attachment.private_key"}


def test_a_call_about_what_changed_meanwhile_is_not_recorded(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    shown = desk.reading.case(case_id)
    assert shown.register is not None
    changed = replace(shown.applicant, email="lain@contoh.pekalongankota.go.id")
    desk.review.correct(case_id, changed, "Salah ketik pada surat.")
    form = CallForm(True, shown.register.text("phone"), "Sekar", "", CallResult.CONFIRMED, basis=shown.basis)
    with pytest.raises(Declined) as told:
        desk.review.record_call(case_id, form)
    assert told.value.code == "call.outdated" and desk.reading.case(case_id).calls == ()


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
        dialog.filesSelected.emit([str(path) for path in (*paths, tmp_path / "orang-lain.jpg")])
        dialog.close()
        next(b for b in sheet.findChildren(HintButton) if b.accessibleName() == "Keluarkan orang-lain.jpg").click()
        sheet.findChildren(QCheckBox)[0].setChecked(True)
        sheet.verb.click()
        rest(qtbot, window)
        officer.until(lambda: {path.name for path in paths} <= {ref.name for ref in officer.case.documents})
        assert officer.case.id == case_id and officer.case.history[0].facts["original_seen"] is True
        rest(qtbot, window)
