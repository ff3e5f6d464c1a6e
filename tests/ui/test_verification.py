"""The verification on a fake desk: evidence of every kind, side by side, calls, checklist."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.core.confirmation import CallResult, SightedDocument, StandIn
from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.desk.prints.history_words import entry_words
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.cases import CallRecord, ComparisonRow, HistoryLine
from lockdesk.desk.values.facts import Line, PersonFacts, StatementFields, Word
from lockdesk.pki.values import RevocationEntry, SubjectFacts
from lockdesk.ui.cases.case_panel import CasePanel
from lockdesk.ui.dialogs.call import CallSheet
from lockdesk.ui.look.elide import unbroken
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.verification.choices import Choice, ChoiceRow
from lockdesk.ui.verification.comparison import ComparisonTable
from lockdesk.ui.verification.fact_cards import OldCertificateCard
from lockdesk.ui.verification.findings import ChoosableRow
from lockdesk.ui.widgets.facts import FactList, Paragraphs
from lockdesk.ui.widgets.page_canvas import Layer
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.window import people
from tests.helpers.window.reading import pointed, words_in
from tests.ui.fake_desk import UNDECIDED, FakeDesk

ShowCase = Callable[[MainWindow, int], None]
NAME_BOX = (0.2, 0.25, 0.5, 0.27)
TEXT = (Line(0, (Word(0, "lupa", 0.1, 0.5, 0.15, 0.52), Word(0, "passphrase", 0.16, 0.5, 0.3, 0.52))),)


def set_findings(desk: FakeDesk, *findings: Finding) -> None:
    case = desk.state.cases[UNDECIDED]
    letter = replace(case.facts.statement, places=(("name", Place("statement", 0, (NAME_BOX,))),))
    desk.state.change(UNDECIDED, findings=findings, facts=replace(case.facts, statement=letter))


def choose(qtbot: QtBot, rows: tuple[ChoosableRow, ...], check: str) -> ChoosableRow:
    """Chooses a finding from the keyboard."""
    row = next(row for row in rows if row.finding.check == check)
    row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(row, Qt.Key.Key_Space)
    return row


CASES = [
    (Finding("csr.key_strength", Verdict.FAIL, "lemah", place=Place("csr", anchor="key")), "RSA 3072"),
    (Finding("csr.subject", Verdict.WARN, "singkat", place=Place("csr", anchor="subject")), people.SEKAR.name),
    (Finding("mail.age", Verdict.WARN, "lama", place=Place("mail", anchor="Date")), "23 November 2026"),
    (Finding("mail.authentication", Verdict.UNKNOWN, "tidak ada"), "dkim=pass"),
    (Finding("mail.sender_domain", Verdict.WARN, "luar"), "sekar."),
    (Finding("certificate.owner", Verdict.UNKNOWN, "nama"), people.SEKAR.name),
]


@pytest.mark.parametrize(("finding", "words"), CASES, ids=[finding.check for finding, _words in CASES])
@pytest.mark.parametrize("side_by_side", [False, True])
def test_a_finding_shows_its_line(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, finding: Finding, words: str,
    side_by_side: bool,
) -> None:  # fmt: skip
    set_findings(desk, finding)
    show_case(window, UNDECIDED)
    panel = window.cases.panel
    shown: QWidget = panel.verification
    rows = panel.verification.findings
    if side_by_side:
        qtbot.keyClick(window, Qt.Key.Key_F9)
        shown, rows = panel.sources, panel.middle.findings
    choose(qtbot, rows.rows, finding.check)
    assert words in pointed(shown)
    facts = next(found for found in shown.findChildren(FactList) if found.pointed)
    place = facts.visualRect(facts.selectionModel().selectedRows()[0])
    assert facts.visibleRegion().contains(place), "it was brought into view"


def test_the_letter_s_place_comes_with_it_and_esc_goes_back_to_the_finding(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    set_findings(desk, Finding("certificate.owner", Verdict.UNKNOWN, "nama"))
    show_case(window, UNDECIDED)
    panel = window.cases.panel
    row = choose(qtbot, panel.verification.findings.rows, "certificate.owner")
    assert panel.letter.canvas.boxes(Layer.EVIDENCE) == (NAME_BOX,)
    panel.verification.verticalScrollBar().setValue(panel.verification.verticalScrollBar().maximum())
    panel.letter.area.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.keyClick(panel.letter.area, Qt.Key.Key_Escape)
    assert row.hasFocus() and not row.visibleRegion().isEmpty()


def test_passed_checks_are_unfolded_and_show_their_evidence(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    set_findings(desk, Finding("csr.algorithm", Verdict.PASS, "SHA-256"), Finding("mail.age", Verdict.FAIL, "lama"))
    show_case(window, UNDECIDED)
    findings = window.cases.panel.verification.findings
    assert [row.finding.verdict for row in findings.rows] == [Verdict.FAIL]
    details = next(b for b in findings.findChildren(QPushButton) if b.isVisible() and b.text() == "Rincian")
    details.click()
    assert [row.finding.verdict for row in findings.rows] == [Verdict.FAIL, Verdict.PASS]
    passed = findings.rows[-1]
    assert passed.isVisible()
    details.click()
    assert not passed.isVisible()
    details.click()
    choose(qtbot, findings.rows, "csr.algorithm")
    assert "SHA-256" in pointed(window.cases.panel.verification)


def test_side_by_side_shows_letter_comparison_and_csr_and_says_what_differs(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    case = desk.state.cases[UNDECIDED]
    facts = case.facts.csr.facts
    assert facts is not None
    named = SubjectFacts("CN=Orang Lain", common_name="Orang Lain", organization=case.applicant.agency)
    csr = replace(case.facts.csr, facts=replace(facts, subject=named, extensions=("basicConstraints CA:TRUE",)))
    desk.state.change(UNDECIDED, facts=replace(case.facts, csr=csr))
    before = desk.review.comparison
    desk.review.comparison = lambda view: (  # type: ignore[method-assign,assignment]
        replace(before(view)[0], csr="Orang Lain", differing=("csr",)), *before(view)[1:],
    )  # fmt: skip
    show_case(window, UNDECIDED)
    panel, size = window.cases.panel, window.size()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    places = [panel.letter.x(), panel.middle.x(), panel.sources.x()]
    assert places == sorted(places) and window.cases.list.isHidden() and panel.verification.isHidden()
    shown = words_in(panel.sources)
    assert f"Orang Lain\n≠ data kepegawaian: {people.SEKAR.name}" in shown
    assert "basicConstraints CA:TRUE" in shown and "1 baris berbeda" in shown
    assert "9f3c 71aa" in shown and "RSA 3072, eksponen 65537" in shown
    assert window.size() == size, "the window keeps its size"
    qtbot.keyClick(panel.letter.area, Qt.Key.Key_Escape)
    assert window.cases.list.isVisible() and panel.verification.isVisible() and panel.middle.isHidden()
    assert panel.verification.x() < panel.letter.x() and window.size() == size


def test_a_csr_line_is_copied_from_the_keyboard(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    facts = window.cases.panel.sources.findChild(FactList)
    assert facts is not None
    facts.setFocus(Qt.FocusReason.TabFocusReason)
    for _line in range(next(n for n, fact in enumerate(facts.facts) if "9f3c 71aa" in fact.value)):
        qtbot.keyClick(facts, Qt.Key.Key_Down)
    said = QAccessible.queryAccessibleInterface(facts).focusChild()
    assert "Sidik jari kunci" in said.text(QAccessible.Text.Name), "a screen reader says which line it is"
    assert facts.visibleRegion().contains(facts.visualRect(facts.currentIndex())), "it is scrolled to"
    qtbot.keyClick(facts, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().replace(" ", "") == people.KEY


def test_a_fact_and_a_finding_are_copied_by_their_menus(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    set_findings(desk, Finding("csr.key_strength", Verdict.FAIL, "RSA 1024", "Buat kunci baru."))
    show_case(window, UNDECIDED)
    panel = window.cases.panel.verification
    facts = next(found for found in panel.findChildren(FactList) if found.accessibleName() == "Sertifikat lama")
    place = facts.visualRect(facts.model().index(1, 0)).center()
    qtbot.mouseClick(facts.viewport(), Qt.MouseButton.RightButton, pos=place)
    facts.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == facts.facts[1].value
    row = panel.findings.rows[0]
    row.actions()[0].trigger()
    assert QGuiApplication.clipboard().text().splitlines()[1:] == ["RSA 1024", "Buat kunci baru."]


def test_a_row_of_the_comparison_shows_its_sources(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    set_findings(desk)
    show_case(window, UNDECIDED)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    panel = window.cases.panel
    panel.middle.field_chosen.emit("name")
    assert panel.letter.canvas.boxes(Layer.EVIDENCE) == (NAME_BOX,)
    assert people.SEKAR.name in pointed(panel.sources)


def test_a_look_alike_s_domain_is_shown_whole(window: MainWindow, show_case: ShowCase, desk: FakeDesk) -> None:
    known, imitation = people.SEKAR.email, "sekar.contohwati@contoh.pekalongankota-go-id.example"
    row = ComparisonRow("email", known, imitation, "", known, ("mail",), Verdict.WARN)
    desk.review.comparison = lambda _view: (ComparisonRow("name", "Sekar", "", "", "Sekar"), row)  # type: ignore[method-assign,assignment]
    show_case(window, UNDECIDED)
    table = window.cases.panel.verification.findChild(ComparisonTable)
    assert table is not None
    assert (table.columnSpan(0, 0), table.columnSpan(1, 0)) == (1, 4)
    whole = unbroken(table.item(1, 0).text()).splitlines()
    assert whole == [f"Surat: {known}", f"≠ E-mail: {imitation}", f"Kepegawaian: {known}"]
    assert table.rowHeight(1) >= 3 * table.fontMetrics().height()


def test_the_arrangement_stays_when_another_page_is_shown(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    window.show_page("settings")
    qtbot.keyClick(window, Qt.Key.Key_F9)
    window.show_page("cases")
    assert window.cases.list.isVisible() and window.cases.panel.verification.isVisible()


def test_ctrl_f_seeks_in_the_letter_and_enter_stays_there(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.pages.text = TEXT
    show_case(window, UNDECIDED)
    letter = window.cases.panel.letter
    qtbot.waitUntil(lambda: bool(letter.text))
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "lupa pass")
    assert letter.head.search.count.whole == "1 dari 1"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not desk.state.called("decide") and not window.findChildren(CallSheet)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not letter.head.searching


RESULTS = {
    "confirmed": "Panggilan ini memenuhi konfirmasi telepon.",
    "denied": "diduga ada yang menyamar",
    "unanswered": "Panggilan tidak diangkat",
}


def call_sheet(window: MainWindow) -> CallSheet:
    window.begin(f"case.{CaseAction.RECORD_CALL}")
    return next(found for found in window.findChildren(CallSheet) if found.isVisible())


def test_a_superior_from_the_register_may_be_called_instead(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    sheet = call_sheet(window)
    parts = {widget.objectName(): widget for widget in sheet.findChildren(QWidget) if widget.objectName()}
    qtbot.mouseClick(parts["superior"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(parts["confirmed"], Qt.MouseButton.LeftButton)
    assert "Pilih atasan atau pejabat kepegawaian dari data kepegawaian." in words_in(sheet)
    found = next(box for box in sheet.findChildren(QComboBox) if box.accessibleName() == "Orang yang dihubungi")
    search = next(box for box in sheet.findChildren(QLineEdit) if box.accessibleName() == "Cari data kepegawaian")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: found.count() > 3)
    assert sheet.isVisible() and not desk.state.called("record_call"), "Enter searches and saves nothing"
    found.setCurrentIndex(3)
    assert "Catatan belum menyebut mengapa nomor pemohon sendiri tidak dipakai." in words_in(sheet)
    sheet.findChildren(QPlainTextEdit)[0].setPlainText("Nomor pemohon tidak aktif")
    assert RESULTS["confirmed"] in words_in(sheet)
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("record_call")))
    form = desk.state.called("record_call")[0][2]
    assert (form.through, form.through_id, form.number) == (StandIn.SUPERIOR, 3, "+6281200000002")
    assert form.reached == "Joko Permisalan, Pustakawan Ahli Pertama"
    qtbot.waitUntil(lambda: window.background.idle)


def test_who_is_present_is_identified_by_a_document_where_the_office_allows_it(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    refused = call_sheet(window)
    assert not [widget for widget in refused.findChildren(QWidget) if widget.objectName() == "present"]
    refused.reject()
    desk._settings = replace(desk._settings, office=replace(desk._settings.office, in_person=True))
    sheet = call_sheet(window)
    parts = {widget.objectName(): widget for widget in sheet.findChildren(QWidget) if widget.objectName()}
    qtbot.mouseClick(parts["present"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(parts["confirmed"], Qt.MouseButton.LeftButton)
    assert sheet.verb.accessibleDescription() == "Pilih dokumen yang dilihat untuk menyimpan."
    assert not sheet.verb.isEnabled()
    documents = next(b for b in sheet.findChildren(QComboBox) if b.accessibleName().startswith("Dokumen yang dilihat"))
    documents.setCurrentIndex(1)
    sheet._reached.setText("pemohon")
    assert "Pengenalan langsung ini memenuhi konfirmasi." in words_in(sheet)
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("record_call")))
    form = desk.state.called("record_call")[0][2]
    assert (form.sighted, form.outgoing, form.number) == (SightedDocument.ID_CARD, False, "")
    qtbot.waitUntil(lambda: window.background.idle)


def test_the_call_form_says_whether_the_call_will_count(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    sheet = call_sheet(window)
    said = {name: next(b for b in sheet.findChildren(QWidget) if b.objectName() == name) for name in RESULTS}
    assert "memenuhi konfirmasi" not in words_in(sheet) and not sheet.verb.isEnabled(), "nothing is assumed"
    sheet._reached.setText("pemohon")
    for result, words in RESULTS.items():
        qtbot.mouseClick(said[result], Qt.MouseButton.LeftButton)
        assert words in words_in(sheet) and sheet.verb.isEnabled()
    qtbot.mouseClick(said["confirmed"], Qt.MouseButton.LeftButton)
    incoming = next(b for b in sheet.findChildren(QWidget) if b.objectName() == "in")
    qtbot.mouseClick(incoming, Qt.MouseButton.LeftButton)
    assert "Panggilan ini tidak memenuhi konfirmasi telepon." in words_in(sheet)
    assert "Nomor penelepon (boleh kosong)" in words_in(sheet)
    assert sheet.verb.isEnabled(), "a hidden number is no reason not to record the call"
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("record_call")))
    form = desk.state.called("record_call")[0][2]
    assert not form.outgoing and form.number == ""
    qtbot.waitUntil(lambda: window.background.idle)


def test_calls_of_both_ways_are_told_apart(window: MainWindow, show_case: ShowCase, desk: FakeDesk) -> None:
    stranger = CallRecord(
        False, "", "Mengaku pemohon", people.NOW, "", CallResult.CONFIRMED, False, None, "Contoh Petugas"
    )
    desk.state.change(UNDECIDED, calls=(stranger, people.call()))
    show_case(window, UNDECIDED)
    shown = words_in(window.cases.panel.verification)
    outgoing, apart, incoming = (
        shown.index(words)
        for words in ("Keluar ke 0812 0000", "Panggilan masuk: dicatat tersendiri", "Masuk dari nomor tidak diketahui")
    )
    assert outgoing < apart < incoming
    for facts, words in (
        ({"outgoing": False, "counts": False}, "Panggilan masuk dicatat (tidak memenuhi konfirmasi)"),
        ({"outgoing": True, "counts": True}, "Panggilan keluar: konfirmasi terpenuhi"),
        ({"outgoing": True, "counts": False}, "Panggilan keluar: tidak dihitung"),
    ):
        assert entry_words(HistoryLine(1, people.NOW, "x", "case.call_recorded", facts)) == words


def test_the_officer_s_tick_stands_beside_the_system_s_word(
    window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    shown = words_in(window.cases.panel.verification)
    assert "petugas 1 dari 6 · kanan: hasil sistem" in shown
    assert "perlu dilihat" in shown and "tidak diperiksa sistem" in shown


def looks_of(window: MainWindow) -> list[tuple[object, ...]]:
    """Whatever can be seen and read of the case's cards, in their order."""
    shown = [widget for widget in window.cases.panel.verification.findChildren(QWidget) if widget.isVisible()]
    shown.sort(key=lambda widget: (widget.mapTo(window, QPoint(0, 0)).y(), widget.mapTo(window, QPoint(0, 0)).x()))
    return [
        (
            type(widget).__name__, widget.width(), widget.height(), widget.toolTip(), widget.accessibleName(),
            widget.text() if isinstance(widget, QLabel | QPushButton) else "",
            (widget.facts, widget.pointed) if isinstance(widget, FactList) else (),
            widget.words if isinstance(widget, Paragraphs) else (),
            *(widget.property(name) or "" for name in ("tone", "mono", "ground", "pointed")),
        )
        for widget in shown
    ]  # fmt: skip


def test_a_case_looks_the_same_whatever_was_shown_before(
    qtbot: QtBot, open_window: Callable[..., MainWindow], show_case: ShowCase
) -> None:
    """The rows are used again: nothing of the case before may stay in them."""
    used = open_window()
    for before in (1, 9, 7, UNDECIDED):
        show_case(used, before)
        findings = used.cases.panel.verification.findings
        if findings.rows:
            choose(qtbot, findings.rows, findings.rows[0].finding.check)
    for case_id in (3, UNDECIDED, 7):
        fresh = open_window()
        show_case(fresh, case_id)
        show_case(used, case_id)
        assert looks_of(used) == looks_of(fresh)


class Eye(QObject):
    """Remembers which case was painted last."""

    def __init__(self, panel: CasePanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.seen = 0
        panel.head.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._panel.case is not None:
            self.seen = self._panel.case.id
        return super().eventFilter(watched, event)


def test_enter_acts_on_the_case_that_is_seen(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, 1)
    panel = window.cases.panel
    eye, asked = Eye(panel), list[int]()
    panel.action_asked.connect(lambda _action: asked.append(eye.seen))
    pressed = window.work.case_read.connect(lambda _reading: qtbot.keyClick(panel, Qt.Key.Key_Return))
    show_case(window, UNDECIDED)
    window.work.case_read.disconnect(pressed)
    assert panel.case is not None and panel.case.id == UNDECIDED
    assert asked == [UNDECIDED], "not while the case before is still painted"


def test_what_the_letter_leaves_open_is_chosen_with_one_key(
    qtbot: QtBot, desk: FakeDesk, window: MainWindow, show_case: ShowCase
) -> None:
    """Two possible applicants and a doubted number: each row has its key, and not being sure is one of them."""
    case = desk.state.cases[UNDECIDED]
    both = tuple(
        PersonFacts("candidate", StatementFields(name=name, nip=nip))
        for name, nip in (("Sekar Contohwati", "199002152019032999"), ("Budi Umpama", "198001012005011001"))
    )
    open_letter = replace(case.facts.statement, people=both, doubted=(("phone", "0812-0000-0011"),))
    desk.state.change(UNDECIDED, facts=replace(case.facts, statement=open_letter))
    show_case(window, UNDECIDED)
    panel = window.cases.panel.verification
    buttons = [item.button for item in panel.findChildren(ChoiceRow) if item.isVisible()]
    assert [item.accessibleName().partition(":")[0] for item in buttons] == [
        "Pemohon", "Pemohon", "Telepon benar", "Belum yakin",
    ]  # fmt: skip
    chosen: list[Choice] = []
    panel.choice_made.connect(chosen.append)
    qtbot.keyClick(panel, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(chosen))
    assert [(item.kind, item.key) for item in chosen] == [("person", "1")]
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    window.cases.handling.begin(str(CaseAction.WITHDRAW))
    (sheet,) = open_sheets(window)
    area = sheet.findChildren(QPlainTextEdit)[0]
    qtbot.keyClick(area, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert area.toPlainText() == "Permohonan diajukan dua kali.", "over the card the key is the dialog's, and at once"
    assert len(chosen) == 1


def test_every_value_of_the_letter_says_what_speaks_for_it_and_shows_where_it_stands(
    qtbot: QtBot, desk: FakeDesk, window: MainWindow, show_case: ShowCase
) -> None:
    case = desk.state.cases[UNDECIDED]
    letter = replace(
        case.facts.statement,
        places=(("name", Place("statement", 0, (NAME_BOX,))), ("phone", Place("statement", 0, (people.FIELD_BOX,)))),
        evidence=(("name", "label"), ("phone", "sentence")),
        doubted=(("phone", "0812-0000-0011"),),
    )
    desk.state.change(UNDECIDED, facts=replace(case.facts, statement=letter))
    show_case(window, UNDECIDED)
    panel = window.cases.panel
    rows = next(item for item in panel.verification.findChildren(FactList) if item.accessibleName() == "Isi surat")
    said = {fact.anchors[0]: fact for fact in rows.facts}
    assert said["name"].note == "setelah labelnya" and said["phone"].chip is not None
    model, place = rows.model(), [fact.anchors[0] for fact in rows.facts].index("phone")
    spoken = model.data(model.index(place, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "diragukan" in spoken and "dalam kalimat" in spoken
    rows.setFocus()
    rows.setCurrentIndex(model.index(place, 0))
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert panel.letter.canvas.boxes(Layer.EVIDENCE) == (people.FIELD_BOX,)
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(model.index(0, 0)).center())
    assert panel.letter.canvas.boxes(Layer.EVIDENCE) == (NAME_BOX,)


def test_the_days_of_a_certificate_are_the_office_s_as_on_prints(
    window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    """What ends or was revoked in the evening of Greenwich is of the next day at the counter."""
    case = desk.state.cases[3]
    assert case.old_certificate is not None
    facts = replace(case.old_certificate.facts, not_after=datetime(2027, 2, 2, 23, 30, tzinfo=UTC))
    revoked = RevocationEntry(1, datetime(2026, 11, 27, 20, 4, tzinfo=UTC), "superseded")
    desk.state.change(3, old_certificate=replace(case.old_certificate, facts=facts, revocation=revoked))
    show_case(window, 3)
    card = window.cases.panel.verification.findChildren(OldCertificateCard)[0]
    told = " ".join(words.text for shown in card.findChildren(FactList) for fact in shown.facts for words in fact.words)
    assert "3 Februari 2027" in told and "28 November 2026" in told
