"""No wrapped text is ever squeezed: not in the first picture, not in a dialog, not in a narrow window."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState, Route
from lockdesk.dated_rules import Rule
from lockdesk.desk.prints.recovery import RecoveryCode
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.cases import Board, ComparisonRow, Waiting
from lockdesk.desk.values.sheets import Printed
from lockdesk.office_file import HoursTable
from lockdesk.ui.complaints.sheets import CorrectComplaintSheet
from lockdesk.ui.dialogs.review import CorrectSheet
from lockdesk.ui.look.actions import WINDOW_SPEC
from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.look.elide import breakable, unbroken
from lockdesk.ui.look.theme import theme
from lockdesk.ui.office.rules import RuleSheet
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.prints.recovery_sheet import RecoverySheet
from lockdesk.ui.register.page import RegisterPage, RegisterTable
from lockdesk.ui.register.person_sheets import EditSheet
from lockdesk.ui.shell.application import MainWindow, Preferences
from lockdesk.ui.shell.first_start import FirstStartWizard
from lockdesk.ui.shell.lock import UnlockScreen
from lockdesk.ui.shell.passphrase import PassphraseScreen
from lockdesk.ui.shell.top_bar import TopBar
from lockdesk.ui.shell.window_actions import PAGES
from lockdesk.ui.verification.comparison import ComparisonTable
from lockdesk.ui.widgets.cards import Card, EmptyState
from lockdesk.ui.widgets.facts import FactList, Paragraphs
from lockdesk.ui.widgets.parts import ElidedLabel, HintButton, PageStack
from lockdesk.ui.widgets.past_sheet import PastSheet, PastVersion
from lockdesk.ui.widgets.sheet import Dim, Sheet, sheet_is_open
from lockdesk.words import _, language
from tests.helpers.window.filling import act
from tests.helpers.window.people import NOW
from tests.ui.conftest import MakeWindow, StrayWindows
from tests.ui.fake_desk import UNDECIDED, FakeDesk

ShowCase = Callable[[MainWindow, int], None]
DIALOGS = (
    CaseAction.DECIDE_WARNING,
    CaseAction.REJECT,
    CaseAction.ASK_APPLICANT,
    CaseAction.RECORD_CALL,
    CaseAction.CORRECT,
    CaseAction.SET_ROUTE,
    CaseAction.SET_COMPROMISED,
    CaseAction.SET_TOLD_IN_PERSON,
    CaseAction.WITHDRAW,
    CaseAction.RESOLVE_OTHERWISE,
    CaseAction.COMPLETE,
    CaseAction.REISSUE,
    CaseAction.RECHECK,
)


SHEET = Printed("recovery", "LOCK", "kode-pemulihan.pdf", b"%PDF", 7, "9f3c 71aa 02de 5c44")


def cut_texts(inside: QWidget) -> list[str]:
    """The words of visible wrapped labels and facts that are lower than their words need, and of facts whose longest
    word is wider than its room."""
    wrapped = [label for label in inside.findChildren(QLabel) if label.wordWrap()]
    lists = inside.findChildren(FactList)
    low = [
        f"{shown.text if isinstance(shown, Paragraphs) else shown}: {shown.height()}"
        for shown in (*wrapped, *inside.findChildren(Paragraphs), *lists)
        if shown.isVisible() and shown.height() < shown.heightForWidth(shown.width())
    ]
    wide = [
        f"{fact.text!r}: {place.words.width()} of {shown.width()}"
        for shown in lists
        if shown.isVisible()
        for fact, place in zip(shown.facts, shown.places(shown.viewport().width()), strict=True)
        for words in fact.words
        if words.bounds(place.words.width()).width() > place.words.width()
    ]
    return low + wide


def clipped(inside: QWidget) -> list[str]:
    """The words of visible labels of one line that are cut without saying so."""
    return [
        f"{label.text()!r}: {label.width()} of {label.minimumSizeHint().width()}"
        for label in inside.findChildren(QLabel)
        if label.isVisible() and not label.wordWrap() and not isinstance(label, ElidedLabel)
        if label.width() < label.minimumSizeHint().width()
    ]


@pytest.mark.parametrize("tongue", ["id", "en"])
@pytest.mark.parametrize("percent", [100, 125, 150])
def test_no_word_of_a_cards_title_is_cut_by_the_note_beside_it(
    qtbot: QtBot, open_window: Callable[..., MainWindow], percent: int, tongue: str
) -> None:
    window = open_window(percent=percent, language=tongue)
    cut: list[str] = []
    for case_id in (UNDECIDED, 1, 9, 7):
        with qtbot.waitSignal(window.case_shown):
            window.show_case(case_id)
        qtbot.waitUntil(lambda: window.background.idle)
        titles = [card._title for card in window.cases.panel.findChildren(Card) if card.isVisible()]
        cut += [
            f"{title.text()}: {title.width()}"
            for title in titles
            if max(map(title.fontMetrics().horizontalAdvance, unbroken(title.text()).split())) > title.width()
        ]
    assert not cut


@pytest.mark.parametrize("size", [(1366, 768), (1100, 700), (1920, 1080)])
@pytest.mark.parametrize("percent", [100, 150])
def test_cards_show_every_line_from_the_first_paint(
    qtbot: QtBot, open_window: Callable[..., MainWindow], size: tuple[int, int], percent: int
) -> None:
    window = open_window(size=size, percent=percent)
    cut: list[str] = []
    window.case_shown.connect(lambda _case: cut.extend(cut_texts(window.cases.panel)))
    for case_id in (UNDECIDED, 1, 9, 7, UNDECIDED):
        with qtbot.waitSignal(window.case_shown):
            window.show_case(case_id)
        if size[0] >= 1366:
            flow = window.cases.panel.verification
            assert flow.widget().minimumSizeHint().width() <= flow.viewport().width()
    with qtbot.waitSignal(window.case_shown):
        window.refresh()
    assert not cut
    qtbot.waitUntil(lambda: window.background.idle)
    assert not cut_texts(window.cases.panel)
    window.resize(size[0] - 150, size[1])
    assert not cut_texts(window.cases.panel)


@pytest.mark.parametrize("size", [(1366, 768), (1100, 700), (1920, 1080)])
@pytest.mark.parametrize("percent", [100, 125, 150])
def test_where_somebody_works_is_read_whole_however_long(
    qtbot: QtBot, open_window: Callable[..., MainWindow], desk: FakeDesk, size: tuple[int, int], percent: int
) -> None:
    position = "Pengelola Pengadaan Barang dan Jasa Ahli Pertama"
    agency = "Dinas Pekerjaan Umum dan Penataan Ruang Contoh Kecamatan Contoh Barat"
    held = desk.state.cases[UNDECIDED].applicant
    desk.state.change(UNDECIDED, applicant=replace(held, position=position, agency=agency))
    window = open_window(size=size, percent=percent)
    head, cut = window.cases.panel.head, list[str]()
    window.case_shown.connect(lambda _case: cut.extend(cut_texts(head)))
    with qtbot.waitSignal(window.case_shown):
        window.show_case(UNDECIDED)
    shown = [label.text() for label in head.findChildren(QLabel) if label.isVisible()]
    assert f"{position} · {agency}" in shown and not cut
    qtbot.waitUntil(lambda: window.background.idle)
    assert not cut_texts(head)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("percent", [100, 125, 150])
def test_side_by_side_shows_every_line_and_keeps_the_window_s_width(
    qtbot: QtBot, open_window: Callable[..., MainWindow], show_case: ShowCase, desk: FakeDesk,
    size: tuple[int, int], percent: int,
) -> None:  # fmt: skip
    held = desk.state.cases[UNDECIDED]
    long = replace(held.applicant, serial="59:B6:94:91:A4:A9:AE:AF:85:29:2A:6A:02:86:E0:D7")
    desk.state.change(UNDECIDED, applicant=long, old_certificate=None)
    window = open_window(size=size, percent=percent)
    show_case(window, UNDECIDED)
    panel = window.cases.panel
    for _time in range(2):
        window.begin("side_by_side")
        qtbot.waitUntil(lambda: window.background.idle)
        assert not cut_texts(panel)
        for column in (panel.middle, panel.sources):
            assert column.widget().minimumSizeHint().width() <= column.viewport().width()
        window.begin("side_by_side")
        assert (window.width(), window.height()) == size
        assert not cut_texts(panel)


def test_a_large_screen_shows_a_serial_beside_the_letter_on_one_line(
    qtbot: QtBot, open_window: Callable[..., MainWindow], show_case: ShowCase, desk: FakeDesk
) -> None:
    long = "59:B6:94:91:A4:A9:AE:AF:85:29:2A:6A:02:86:E0:D7"
    applicant = replace(desk.state.cases[UNDECIDED].applicant, serial=long)
    desk.state.change(UNDECIDED, applicant=applicant, old_certificate=None)
    window = open_window(size=(1920, 1080))
    show_case(window, UNDECIDED)
    window.begin("side_by_side")
    qtbot.waitUntil(lambda: window.background.idle)
    places = [
        place.words.height()
        for shown in window.cases.panel.sources.findChildren(FactList)
        for fact, place in zip(shown.facts, shown.places(shown.viewport().width()), strict=True)
        if long in fact.value
    ]
    assert len(places) == 1 and places[0] < 2 * window.fontMetrics().lineSpacing()


@pytest.mark.parametrize("percent", [150, 200])
@pytest.mark.parametrize("tongue", ["id", "en"])
def test_the_note_beside_a_cards_title_is_read_whole(
    qtbot: QtBot, open_window: Callable[..., MainWindow], percent: int, tongue: str
) -> None:
    window = open_window(percent=percent, language=tongue)
    cut: list[str] = []
    for case_id in (UNDECIDED, 1, 3, 9, 7):
        with qtbot.waitSignal(window.case_shown):
            window.show_case(case_id)
        qtbot.waitUntil(lambda: window.background.idle)
        notes = [card._note for card in window.cases.panel.findChildren(Card) if card.isVisible()]
        cut += [note.text() for note in notes if (note.accessibleName() or note.text()) != note.text()]
        cut += [note.text() for note in notes if note.height() < note.heightForWidth(note.width())]
    assert not cut


@pytest.mark.parametrize("percent", [100, 150])
def test_dialogs_show_every_line_when_they_open(
    qtbot: QtBot, open_window: Callable[..., MainWindow], show_case: ShowCase, percent: int
) -> None:
    window = open_window(percent=percent)
    show_case(window, UNDECIDED)
    for action in DIALOGS:
        act(window, action)
        sheet = next(found for found in window.findChildren(Sheet) if found.isVisible())
        assert not cut_texts(sheet) + clipped(sheet), action
        sheet.reject()


def test_the_revoke_dialog_shows_every_line(
    qtbot: QtBot, open_window: Callable[..., MainWindow], show_case: ShowCase
) -> None:
    window = open_window(percent=125)
    show_case(window, 3)
    act(window, CaseAction.REVOKE)
    qtbot.waitUntil(lambda: any(dim.isVisible() for dim in window.findChildren(Dim)))
    sheet = next(found for found in window.findChildren(Sheet) if found.isVisible())
    assert not cut_texts(sheet)
    sheet.reject()


@pytest.mark.parametrize("tongue", ["id", "en"])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_steps_in_the_portal_and_the_week_show_every_line(
    open_window: Callable[..., MainWindow], show_case: ShowCase, desk: FakeDesk, percent: int, tongue: str
) -> None:
    desk.state.change(3, state=CaseState.AWAITING_SIGNATURE, route=Route.VERIFIER_RESET)
    window = open_window(percent=percent, language=tongue)
    show_case(window, 3)
    act(window, CaseAction.SEND_RESET)
    steps = next(found for found in window.findChildren(Sheet) if found.isVisible())
    assert not cut_texts(steps) + clipped(steps)
    steps.reject()
    week = RuleSheet(window, Rule.HOURS, HoursTable(), NOW.date())
    week.open()
    assert not cut_texts(week) + clipped(week)
    week.reject()


def test_the_print_dialog_shows_every_line(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    window.begin(f"case.{CaseAction.PRINT}")
    qtbot.waitUntil(lambda: sheet_is_open(window) and window.background.idle)
    sheet = next(found for found in window.findChildren(PrintSheet) if found.isVisible())
    assert not cut_texts(sheet)


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_why_a_verb_rests_is_read_whole_and_the_verb_stays_where_it_is(
    qtbot: QtBot, open_window: Callable[..., MainWindow], percent: int
) -> None:
    window = open_window(percent=percent)
    sheet = RecoverySheet(window, RecoveryCode("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH", SHEET))
    sheet.open()
    shown = [label for label in sheet.findChildren(QLabel) if label.isVisible()]
    why = next(label for label in shown if label.text() == "Ketik empat karakter terakhir dari kertas.")
    assert why.wordWrap() or why.width() >= why.sizeHint().width()
    assert not cut_texts(sheet)
    place = sheet.verb.mapTo(window, sheet.verb.rect().topLeft())
    qtbot.keyClicks(sheet.findChildren(QLineEdit)[0], "HHHH")
    assert sheet.verb.isEnabled()
    qtbot.waitUntil(lambda: "Ketik empat" not in " ".join(label.text() for label in shown if label.isVisible()))
    assert sheet.verb.mapTo(window, sheet.verb.rect().topLeft()) == place
    sheet.reject()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_a_dialog_that_fits_does_not_scroll_and_none_is_squeezed(
    open_window: Callable[..., MainWindow], show_case: ShowCase, percent: int
) -> None:
    window = open_window(percent=percent)
    hours = RuleSheet(window, Rule.HOURS, HoursTable(senin=(("08:00", "15:45"),)), NOW.date())
    hours.open()
    bar = hours.findChildren(QScrollArea)[0].verticalScrollBar()
    assert percent > 100 or bar.maximum() == 0
    hours.reject()
    show_case(window, UNDECIDED)
    act(window, CaseAction.RECORD_CALL)
    sheet = next(found for found in window.findChildren(Sheet) if found.isVisible())
    area = sheet.findChildren(QScrollArea)[0]
    assert area.geometry().bottom() < sheet.verb.geometry().top() - 8 * percent // 100
    sheet.reject()


@pytest.mark.parametrize("screen", [PassphraseScreen, UnlockScreen])
@pytest.mark.parametrize("percent", [100, 150])
def test_the_passphrase_screens_show_every_line(
    qtbot: QtBot, qapp: QApplication, strays: StrayWindows, screen: type[QWidget], percent: int
) -> None:
    strays.allowed = (screen,)
    apply_appearance(qapp, Preferences(percent=percent))
    shown = screen()
    qtbot.addWidget(shown)
    shown.resize(920, 720)
    if isinstance(shown, UnlockScreen):
        shown.refuse()
    shown.show()
    assert not cut_texts(shown)


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_why_the_first_start_waits_is_read_at_a_glance(
    qtbot: QtBot, qapp: QApplication, strays: StrayWindows, tmp_path: Path, percent: int
) -> None:
    """Beside its buttons a narrow window left the words a column of one word."""
    strays.allowed = (FirstStartWizard,)
    apply_appearance(qapp, Preferences(percent=percent))
    wizard = FirstStartWizard(tmp_path / "data")
    qtbot.addWidget(wizard)
    wizard.resize(900, 620)
    wizard.show()
    told = next(made for made in wizard.findChildren(QLabel) if made.text() == "Tulis nama petugas untuk memulai.")
    assert told.isVisible() and not cut_texts(wizard)
    assert told.heightForWidth(told.width()) < 2 * told.fontMetrics().lineSpacing()


@pytest.mark.parametrize("percent", [100, 150])
def test_no_line_ends_within_e_mail_whenever_words_are_shown(
    qtbot: QtBot, qapp: QApplication, strays: StrayWindows, percent: int
) -> None:
    strays.allowed = (QLabel,)
    apply_appearance(qapp, Preferences(percent=percent))
    shown = EmptyState("inbox", "Daftar kosong")
    qtbot.addWidget(shown)
    shown.set_words("Daftar kosong", "e-mail")
    words = next(made for made in shown.findChildren(QLabel) if made.text() == "e-mail")
    assert words.heightForWidth(words.fontMetrics().horizontalAdvance("e-ma")) < 2 * words.fontMetrics().lineSpacing()
    assert words.accessibleName() == "e-mail", "a screen reader gets it as it is"


def test_long_words_may_break_and_short_ones_stay() -> None:
    long = "E=agus.contohnama@contoh.pekalongankota.go.id"
    assert breakable(f"sama {long}").replace("\u200b", "") == f"sama {long}"
    assert max(len(part) for part in breakable(long).split("\u200b")) < 22
    assert breakable("a.b@c.id 10.12") == "a.b@c.id 10.12"
    assert unbroken(breakable("e-mail dan E-mail")) == "e-mail dan E-mail" != breakable("e-mail dan E-mail")


def test_a_large_screen_shows_every_person_of_the_register_whole(qtbot: QtBot, open_window: MakeWindow) -> None:
    window = open_window(size=(1920, 1080))
    window.show_page("register")
    table = window.findChildren(RegisterTable)[0]
    qtbot.waitUntil(lambda: table.model().rowCount() > 0 and window.background.idle)
    header, metrics = table.horizontalHeader(), table.fontMetrics()
    assert header.length() == table.viewport().width()
    for row in range(table.model().rowCount()):
        for place in range(header.count()):
            words = str(table.model().index(row, place).data())
            assert metrics.horizontalAdvance(words) < table.columnWidth(place), words


def test_who_no_longer_serves_is_told_whole_and_stays_chosen_when_the_list_is_read_again(
    qtbot: QtBot, open_window: MakeWindow, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.show_page("register")
    table = window.findChildren(RegisterTable)[0]
    page = window.findChildren(RegisterPage)[0]
    qtbot.waitUntil(lambda: table.model().rowCount() > 0 and window.background.idle)
    table.selectRow(1)
    rows = desk.reading.register_page()
    gone = replace(rows.rows[1], retired_at=NOW)
    left = replace(rows, rows=(rows.rows[0], gone, *rows.rows[2:]))
    monkeypatch.setattr(desk.reading, "register_page", lambda *_args: left)
    page.read()
    qtbot.waitUntil(lambda: window.background.idle)
    shown = [str(table.model().index(1, place).data()) for place in range(table.model().columnCount())]
    assert shown[0] == gone.text("name") and "tidak lagi bertugas" in shown
    place = shown.index("tidak lagi bertugas")
    assert table.fontMetrics().horizontalAdvance(shown[place]) < table.columnWidth(place) - 18
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]
    look = next(button for button in page.findChildren(QAbstractButton) if button.text() == "Lihat…")
    assert look.isEnabled()


@pytest.mark.parametrize("width", [720, 600, 480])
def test_a_number_stays_whole_beside_addresses_that_differ(qtbot: QtBot, strays: StrayWindows, width: int) -> None:
    """A row that goes across the columns asks for no room in them."""
    strays.allowed = (ComparisonTable,)
    written, office = "rini.misalnya@surel-pribadi.example", "rini.misalnya@contoh.pekalongankota.go.id"
    nip = ComparisonRow("nip", "199106252015022008", "", "199106252015022008", "199106252015022008")
    email = ComparisonRow("email", office, written, office, office, ("mail",))
    table = ComparisonTable()
    qtbot.addWidget(table)
    table.resize(width, 300)
    table.show()
    table.show_rows((nip, email))
    assert table.rowHeight(0) == table.verticalHeader().sectionSizeHint(0)
    assert table.columnSpan(1, 0) > 1 or table.rowHeight(1) <= 4 * table.fontMetrics().lineSpacing()


def test_a_short_history_leaves_no_room_empty(open_window: MakeWindow) -> None:
    window = open_window()
    sheet = PastSheet(window, "Batas waktu", (PastVersion("sejak awal", ("A: Penutupan hari kerja berikutnya",)),))
    sheet.open()
    area = sheet.findChildren(QScrollArea)[0]
    assert area.height() < 4 * area.fontMetrics().lineSpacing()
    assert not cut_texts(sheet)
    sheet.reject()


@pytest.mark.parametrize("code", ["id", "en"])
def test_every_page_has_its_tab_on_a_small_screen_with_large_text(open_window: MakeWindow, code: str) -> None:
    """The working profile with a mail account has them all, and an old one has large counts."""
    open_window(percent=150, language=code)
    language.choose(code)
    bar = TopBar({name: _(WINDOW_SPEC[name].words) for name in PAGES})
    bar.show_counts({"cases": 120_400, "mail": 120, "complaints": 330})
    width = bar.minimumSizeHint().width()
    bar.deleteLater()
    assert width <= 1366


class Wide(QWidget):
    """As a page that was left in the middle of a change."""

    def minimumSizeHint(self) -> QSize:
        return QSize(3000, 100)


def test_a_page_that_is_not_seen_widens_no_window(qtbot: QtBot) -> None:
    stack = PageStack()
    qtbot.addWidget(stack)
    stack.addWidget(Wide())
    seen = QLabel("Pengaduan")
    stack.addWidget(seen)
    stack.setCurrentWidget(seen)
    assert stack.minimumSizeHint().width() < 3000


@pytest.mark.parametrize("percent", [100, 125, 150])
@pytest.mark.parametrize("code", ["id", "en"])
def test_the_whole_window_is_seen_on_a_small_screen(
    qtbot: QtBot, open_window: MakeWindow, show_case: ShowCase, code: str, percent: int
) -> None:
    """The next step's button and the status line are never below the edge."""
    window = open_window(percent=percent, language=code)
    show_case(window, UNDECIDED)
    window.show_complaint(7)  # it has a related case
    for page in ("complaints", "cases", "register", "reports", "settings", "standard"):
        window.show_page(page)
        qtbot.waitUntil(lambda: window.background.idle)
        area = window.centralWidget()
        assert isinstance(area, QScrollArea)
        assert (area.horizontalScrollBar().maximum(), area.verticalScrollBar().maximum()) == (0, 0), page


@pytest.mark.parametrize("code", ["id", "en"])
@pytest.mark.parametrize("percent", [100, 150])
def test_every_figure_of_the_board_is_read_whole(
    qtbot: QtBot, open_window: MakeWindow, code: str, percent: int
) -> None:
    window = open_window(percent=percent, language=code)
    board, waiting = window.cases.board, Waiting(12, NOW - timedelta(hours=47))
    board.show_board(Board(12, 12, 12, waiting, waiting, waiting, waiting, waiting, 12), NOW)
    board.show_mail(120, NOW)
    shown = [button for button in board.findChildren(HintButton) if button.isVisible()]
    assert len(shown) == 10
    qtbot.waitUntil(lambda: all(board.rect().contains(button.geometry()) for button in shown))
    assert [button.text() for button in shown if button.width() < button.sizeHint().width()] == []


@pytest.mark.parametrize("percent", [100, 150])
def test_an_address_is_written_and_read_to_the_end_of_its_domain(
    open_window: Callable[..., MainWindow], desk: FakeDesk, percent: int
) -> None:
    """Look-alikes hide at its end."""
    window = open_window(percent=percent)
    address = "yohanes.contohkan@contoh.pekalongankota.go.id"
    case = desk.state.cases[UNDECIDED]
    written = replace(case, applicant=replace(case.applicant, email=address))
    for sheet in (CorrectSheet(window, written), EditSheet(window, None, proposed={"email": address})):
        sheet.open()
        edit = next(edit for edit in sheet.findChildren(QLineEdit) if edit.text() == address)
        assert edit.fontMetrics().horizontalAdvance(address) < edit.width() - 2 * theme.px(9)
        sheet.reject()


@pytest.mark.parametrize("percent", [100, 150])
def test_the_reason_that_is_required_is_seen_without_scrolling(
    open_window: Callable[..., MainWindow], desk: FakeDesk, percent: int
) -> None:
    window = open_window(percent=percent)
    complaint = next(iter(desk.state.complaints.values()))
    for sheet, name in (
        (CorrectSheet(window, desk.state.cases[UNDECIDED]), "Alasan koreksi"),
        (EditSheet(window, None), "Alasan"),
        (CorrectComplaintSheet(window, complaint, complaint.form), "Alasan koreksi"),
    ):
        sheet.open()
        reason = next(edit for edit in sheet.findChildren(QLineEdit) if edit.accessibleName() == name)
        assert reason.visibleRegion().boundingRect() == reason.rect(), name
        assert not cut_texts(sheet) + clipped(sheet)
        assert sheet.geometry().bottom() <= window.height() and sheet.geometry().top() >= 0
        sheet.reject()
