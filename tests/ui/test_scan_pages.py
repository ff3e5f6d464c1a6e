"""A scan in the window on a fake desk: findings come page by page, and before the last one nothing can be decided."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.values.cases import CaseView, DocumentRef
from lockdesk.desk.values.facts import Line, ScanProgress, StatementFacts, Word
from lockdesk.errors import Unreachable
from lockdesk.ui.cases.action_bar import ActionButton
from lockdesk.ui.cases.case_panel import CasePanel
from lockdesk.ui.look.actions import WindowAction
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.window import people
from tests.helpers.window.reading import words_in
from tests.ui.fake_desk import UNDECIDED, FakeDesk

TEXT = (Line(0, (Word(0, "lupa", 0.1, 0.5, 0.15, 0.52), Word(0, "passphrase", 0.16, 0.5, 0.3, 0.52))),)
UNREAD = Finding("statement.readable", Verdict.UNKNOWN, "Surat berupa gambar.")
DIFFERS = Finding("statement.identity", Verdict.WARN, "Jabatan pada surat lain.")
READ = Finding("statement.readable", Verdict.WARN, "Terbaca mesin.")


class Scan:
    """The case's letter is a scan of two pages; OCR goes on to the next where the test lets it."""

    def __init__(self, desk: FakeDesk) -> None:
        case = desk.state.cases[UNDECIDED]
        self.state = desk.state
        self.letter = replace(case.facts.statement, pages=2, text="", lines=())
        self.trouble: Exception | None = None
        self.change(self.letter, UNREAD)
        self.first, self.second = (desk.state.gates.setdefault(f"page {n}", threading.Event()) for n in (1, 2))
        desk.review.read_scan = self.read_scan  # type: ignore[method-assign]
        desk.review.scanned_letter = self.scanned_letter  # type: ignore[method-assign]
        self.also: set[int] = set()
        """Other cases whose letter is a scan, too."""

    def scanned_letter(self, case: CaseView) -> DocumentRef | None:
        """The newest letter, as long as it was not read."""
        scanned = case.id in self.also or (case.id == UNDECIDED and not case.facts.statement.ocr)
        return [item for item in case.documents if item.role == "statement"][-1] if scanned else None

    def change(self, letter: StatementFacts, *findings: Finding) -> None:
        facts = replace(self.state.cases[UNDECIDED].facts, statement=letter)
        self.state.change(UNDECIDED, facts=facts, findings=(*findings, *people.PASSES))

    def receive_another(self) -> None:
        """The applicant sends a new letter, a scan as well."""
        documents = self.state.cases[UNDECIDED].documents
        letter = [item for item in documents if item.role == "statement"][-1]
        self.state.change(UNDECIDED, documents=(*documents, replace(letter, id=900, sha256="90" * 32)))
        self.change(self.letter, UNREAD)

    def read_scan(self, case_id: int, report: Callable[[CaseView], None] | None = None) -> bool:
        self.state.enter("read_scan", case_id)
        self.first.wait(20)
        if self.trouble is not None:
            raise self.trouble
        case = self.state.cases[case_id]
        part = replace(case.facts, statement=replace(self.letter, ocr=True, text="lupa", lines=TEXT))
        assert report is not None
        report(replace(case, facts=part, findings=(DIFFERS, UNREAD, *people.PASSES), scan=ScanProgress(2, 2)))
        self.second.wait(20)
        self.change(replace(self.letter, ocr=True, text="lupa passphrase", lines=TEXT), READ, DIFFERS)
        return True


@pytest.fixture
def scan(desk: FakeDesk) -> Scan:
    return Scan(desk)


@pytest.fixture
def reading(qtbot: QtBot, window: MainWindow, scan: Scan) -> Scan:
    """The case is shown while its first page is being read."""
    with qtbot.waitSignal(window.case_shown):
        window.show_case(UNDECIDED)
    return scan


def wait_for(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Until the findings say so and all of the case is painted again."""
    panel = window.cases.panel
    qtbot.waitUntil(lambda: words in words_in(panel.verification))


def enabled(window: MainWindow) -> list[str]:
    """What the officer could begin or tick now."""
    panel = window.cases.panel
    words = [button.objectName() for button in window.findChildren(ActionButton) if button.isEnabled()]
    words += [
        b.text() for b in panel.findChildren(QPushButton) if b.isVisible() and b.text() in ("Putuskan…", "Catat…")
    ]
    return words + [box.text() for box in panel.verification.findChildren(QCheckBox) if box.isEnabled()]


def shows(panel: CasePanel, case_id: int) -> bool:
    return panel.case is not None and panel.case.id == case_id


def test_findings_come_with_every_page_and_without_a_jump(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, reading: Scan
) -> None:
    panel = window.cases.panel
    said = "Surat pindaian sedang dibaca, halaman {} dari 2…"
    assert said.format(1) in words_in(panel.letter.strip) and said.format(1) in words_in(panel.verification.findings)
    assert "Menunggu pembacaan surat, 4 pemeriksaan menyusul: " in words_in(panel.verification)
    assert "Jabatan pada surat lain." not in words_in(panel.verification)
    bar = panel.verification.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 120)
    qtbot.waitUntil(lambda: bool(desk.state.called("render")))
    bar.setValue(120)
    reading.first.set()
    wait_for(qtbot, window, "Jabatan pada surat lain.")
    assert said.format(2) in words_in(panel.letter.strip) and said.format(2) in words_in(panel.verification.findings)
    assert panel.letter.text.find("passphrase"), "what was read can be sought at once"
    assert "Terbaca mesin." not in words_in(panel.verification)
    reading.second.set()
    wait_for(qtbot, window, "Terbaca mesin.")
    qtbot.waitUntil(lambda: window.background.idle)
    assert panel.letter.strip.isHidden() and "sedang dibaca" not in words_in(panel.verification)
    assert bar.value() == 120, "the officer's place is kept"
    drawn = desk.state.called("render")
    assert len(set(drawn)) == len(drawn), "the page is not drawn again at the width that it has"


def test_what_waits_for_the_letter_is_one_row(qtbot: QtBot, window: MainWindow, desk: FakeDesk, reading: Scan) -> None:
    """A real scan leaves some fifteen checks open: an officer meets one sentence, and those that are settled."""
    findings = window.cases.panel.verification.findings
    case = replace(desk.state.cases[UNDECIDED], scan=ScanProgress(1, 2))
    late = [Finding(f"statement.{name}", Verdict.UNKNOWN, "") for name in ("readable", "age", "number", "purpose")]
    nik = Finding("identity.nik", Verdict.UNKNOWN, "Belum terbaca.")
    findings.show_case(replace(case, findings=(*late, nik, DIFFERS, *people.PASSES)))
    assert [row.finding for row in findings.rows] == [DIFFERS.now]
    waiting = "5 pemeriksaan menyusul: teks surat, tanggal surat, nomor surat, maksud surat …"
    assert words_in(findings).count("Menunggu pembacaan surat") == 1 and waiting in words_in(findings)
    details = [b for b in findings.findChildren(QPushButton) if b.isVisible() and b.text() == "Rincian"]
    details[0].click()
    assert [row.finding.check for row in findings.rows] == [DIFFERS.check, *(item.check for item in (*late, nik))]
    assert "NIK · Belum terbaca." in words_in(findings), "what was found so far is told"
    findings.show_case(replace(case, findings=(*late, nik), scan=None))
    assert [row.finding.check for row in findings.rows] == [*(item.check for item in late), nik.check]
    assert "pemeriksaan menyusul" not in words_in(findings), "what the whole letter does not say is a finding"


def test_nothing_can_be_begun_before_the_last_page(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, reading: Scan
) -> None:
    panel = window.cases.panel
    assert enabled(window) == []
    reading.first.set()
    wait_for(qtbot, window, "Jabatan pada surat lain.")
    possible = {spec.id for spec in window.possible_actions()}
    assert enabled(window) == [] and not any(name.startswith("case.") for name in possible)
    assert WindowAction.NEW_COMPLAINT in possible, "what is not about the letter need not wait"
    window.cases.take_focus()
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    window.begin("case.accept")
    primary = panel.bar.primary
    assert (
        primary is not None and primary.accessibleDescription() == "Tunggu sampai semua halaman surat selesai dibaca."
    )
    assert not window.findChildren(QWidget, "sheet") and not desk.state.called("accept")
    reading.second.set()
    wait_for(qtbot, window, "Terbaca mesin.")
    assert "Putuskan…" in enabled(window) and primary.isEnabled()
    qtbot.waitUntil(lambda: window.background.idle)


def test_whoever_comes_back_finds_what_was_read_meanwhile(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, reading: Scan
) -> None:
    panel = window.cases.panel
    window.show_case(3)
    qtbot.waitUntil(lambda: panel.case is not None and panel.case.id == 3)
    assert panel.letter.strip.isHidden(), "the other case's letter is not being read"
    reading.first.set()
    qtbot.waitUntil(lambda: window.cases.work._scanning[UNDECIDED].case.scan == ScanProgress(2, 2))
    assert panel.case is not None and panel.case.id == 3
    window.show_case(UNDECIDED)
    wait_for(qtbot, window, "Jabatan pada surat lain.")
    assert panel.letter.strip.isVisible() and enabled(window) == []
    reading.second.set()
    qtbot.waitUntil(lambda: bool(enabled(window)))
    qtbot.waitUntil(lambda: window.background.idle)
    assert [call for call in desk.state.called("case") if call[1] == UNDECIDED][2:], "it was read again from the desk"


def test_a_letter_that_comes_later_is_read_when_it_comes(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, reading: Scan
) -> None:
    for gate in (reading.first, reading.second):
        gate.set()
    wait_for(qtbot, window, "Terbaca mesin.")
    window.cases.work.read()
    qtbot.waitUntil(lambda: window.background.idle)
    assert desk.state.called("read_scan") == [("read_scan", UNDECIDED)], "one letter is read once"
    for gate in (reading.first, reading.second):
        gate.clear()
    reading.receive_another()
    window.intake.answered.emit(UNDECIDED)
    said = "Surat pindaian sedang dibaca, halaman 1 dari 2…"
    wait_for(qtbot, window, said)
    window.cases.work.read()  # nor is it begun again while it is being read
    for gate in (reading.first, reading.second):
        gate.set()
    wait_for(qtbot, window, "Terbaca mesin.")
    qtbot.waitUntil(lambda: window.background.idle)
    assert len(desk.state.called("read_scan")) == 2


def test_scans_that_take_their_time_hold_up_no_other_case(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, reading: Scan
) -> None:
    panel = window.cases.panel
    reading.also |= {3, 4}
    for case_id in (3, 4, 5):
        window.show_case(case_id)
        qtbot.waitUntil(partial(shows, panel, case_id))
    reading.also.clear()
    assert desk.state.called("read_scan") == [("read_scan", UNDECIDED)], "they are read one after the other"
    for gate in (reading.first, reading.second):
        gate.set()
    qtbot.waitUntil(lambda: window.background.idle)


@pytest.mark.parametrize("trouble", [Unreachable("Dokumen tidak dapat dibuka dengan aman."), RuntimeError("cacat")])
def test_a_reading_that_fails_leaves_the_case_as_it_is_stored(
    qtbot: QtBot, window: MainWindow, reading: Scan, trouble: Exception
) -> None:
    panel = window.cases.panel
    reading.trouble = trouble
    reading.first.set()
    wait_for(qtbot, window, "Surat berupa gambar; isinya belum dibaca")
    qtbot.waitUntil(lambda: window.background.idle)
    assert panel.letter.strip.isHidden() and "sedang dibaca" not in words_in(panel.verification)
    assert panel.case is not None and panel.case.scan is None and enabled(window)


def test_a_letter_that_could_not_be_read_is_read_when_the_case_is_opened_again(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, reading: Scan
) -> None:
    reading.trouble = Unreachable("Disk penuh.")
    reading.first.set()
    qtbot.waitUntil(lambda: bool(desk.state.called("read_scan")))
    qtbot.wait(0)
    qtbot.waitUntil(lambda: window.background.idle)
    assert len(desk.state.called("read_scan")) == 1, "not over and over"
    for sheet in open_sheets(window):
        sheet.reject()
    reading.trouble = None
    reading.second.set()
    window.show_case(3)
    window.show_case(UNDECIDED)
    wait_for(qtbot, window, "Terbaca mesin.")
