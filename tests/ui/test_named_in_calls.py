"""The call in which a CSR is read out and a certificate named, in the real window on a real desk."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QScrollArea
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.findings import Verdict
from lockdesk.desk.requests.steps import CaseAction, blockers
from lockdesk.ui.dialogs.call import CallSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.verification.findings import FindingRow
from lockdesk.ui.verification.progress_cards import CallsCard
from tests.helpers.desk.named_in_calls import OTHER_HEX, found, unnamed, with_two
from tests.helpers.window import people
from tests.helpers.window.filling import act, press, segments
from tests.helpers.window.reading import shown_words
from tests.helpers.window.real_window import real_window, show_case
from tests.ui.conftest import MakeWindow
from tests.ui.fake_desk import FakeDesk


@pytest.fixture
def window(qtbot: QtBot, profile: OpenProfile) -> Iterator[MainWindow]:
    with real_window(qtbot, profile.desk) as opened:
        yield opened


def call_sheet(window: MainWindow) -> CallSheet:
    act(window, CaseAction.RECORD_CALL)
    return next(found for found in window.findChildren(CallSheet) if found.isVisible())


def record(qtbot: QtBot, window: MainWindow, sheet: CallSheet) -> None:
    with qtbot.waitSignal(window.case_shown, timeout=10000):
        sheet.verb.click()
    qtbot.waitUntil(lambda: window.background.idle, timeout=10000)


def test_the_csr_is_read_out_and_its_warning_goes_when_it_is_recognised(
    qtbot: QtBot, window: MainWindow, profile: OpenProfile
) -> None:
    case_id = unnamed(profile.desk)
    show_case(qtbot, window, case_id)
    row = next(row for row in window.findChildren(FindingRow) if row.isVisible() and row.is_about("csr.confirmed"))
    assert not any(button.isVisible() for button in row.findChildren(QAbstractButton)), "it is not the officer's"
    sheet = call_sheet(window)
    tail = profile.desk.reading.case(case_id).csr_to_name().tail
    words = shown_words(sheet)
    assert "permintaan.csr" in words and tail in words and "pukul 08.05 WIB" in words
    box = sheet.findChild(QCheckBox, "csr")
    assert not box.isChecked()
    press(segments(sheet, "Hasil panggilan"), "Membenarkan")
    sheet._reached.setText("pemohon")
    assert "CSR belum dibenarkan" in shown_words(sheet)
    box.click()
    assert "Panggilan ini memenuhi konfirmasi telepon." in shown_words(sheet)
    record(qtbot, window, sheet)
    case = profile.desk.reading.case(case_id)
    assert found(case, "csr.confirmed").verdict is Verdict.PASS and blockers(case) == ()
    said = "\n".join(fact.value for fact in window.findChildren(CallsCard)[0].facts.facts)
    assert "CSR dibenarkan: permintaan.csr, diterima Senin, 23 November 2026 pukul 08.05 WIB" in said and tail in said


def test_of_several_certificates_none_is_assumed(qtbot: QtBot, window: MainWindow, profile: OpenProfile) -> None:
    case_id = with_two(profile)
    show_case(qtbot, window, case_id)
    sheet = call_sheet(window)
    choices = next(b for b in sheet.findChildren(QComboBox) if b.accessibleName() == "Sertifikat yang disebut pemohon")
    assert choices.currentData() == "" and choices.count() == 3
    press(segments(sheet, "Hasil panggilan"), "Membenarkan")
    sheet._reached.setText("pemohon")
    assert "belum menyebut salah satunya" in shown_words(sheet)
    choices.setCurrentIndex(choices.findData(OTHER_HEX))
    sheet.findChild(QCheckBox, "csr").click()
    assert "Panggilan ini memenuhi konfirmasi telepon." in shown_words(sheet)
    record(qtbot, window, sheet)
    case = profile.desk.reading.case(case_id)
    assert case.applicant.serial == OTHER_HEX and blockers(case) == ()


def test_in_large_letters_the_result_is_whole_and_what_it_means_follows_it(
    qtbot: QtBot, open_window: MakeWindow, desk: FakeDesk
) -> None:
    usual = people.unnamed(desk.state.cases[2])
    desk.state.change(2, findings=usual.findings, usable=usual.usable, documents=usual.documents)
    window = open_window(percent=150)
    show_case(qtbot, window, 2)
    sheet = call_sheet(window)
    result, (area,) = segments(sheet, "Hasil panggilan"), sheet.findChildren(QScrollArea)
    assert not result.visibleRegion().isEmpty() and result.visibleRegion().boundingRect() == result.rect()
    assert "tidak memenuhi" not in shown_words(sheet), "nothing was chosen yet"
    assert not sheet.verb.isEnabled() and "Pilih hasil panggilan untuk menyimpan." in shown_words(sheet)
    press(result, "Membenarkan")
    assert "tidak memenuhi" in shown_words(sheet) and area.isAncestorOf(sheet._outcome)
    assert sheet._outcome.visibleRegion().boundingRect() == sheet._outcome.rect()
    sheet._reached.setText("pemohon")
    assert sheet.verb.isEnabled() and "untuk menyimpan" not in shown_words(sheet)
    sheet._reached.setText("")
    assert not sheet.verb.isEnabled() and "orang yang berbicara" in shown_words(sheet)
