"""Help opens everywhere with F1, is found by its words, and names every key that there is."""

import gettext
import importlib
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

import lockdesk.ui
from lockdesk.desk.prints.recovery import RecoveryCode
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.sheets import Printed
from lockdesk.resource import resource_root
from lockdesk.ui.look import help_places
from lockdesk.ui.look.actions import CASE_ACTIONS, WINDOW_ACTIONS
from lockdesk.ui.office.help import PAGES, HelpSheet, help_text, title_of
from lockdesk.ui.prints.recovery_sheet import RecoverySheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.first_start import FirstStartWizard
from lockdesk.ui.shell.passphrase import PassphraseScreen
from lockdesk.ui.shell.restore import RestoreScreen
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.ui.widgets.sheet import Sheet, open_sheets
from lockdesk.words import _, language
from tests.helpers.window.filling import act
from tests.ui.conftest import StrayWindows
from tests.ui.fake_desk import UNDECIDED


def opened(window: MainWindow) -> list[HelpSheet]:
    return [sheet for sheet in window.findChildren(HelpSheet) if sheet.isVisible()]


def press_f1(qtbot: QtBot, window: MainWindow) -> HelpSheet:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (sheet,) = opened(window)
    return sheet


@pytest.mark.parametrize(
    ("page", "title"),
    [("cases", "Untuk petugas"), ("settings", "Untuk pengelola komputer"), ("reports", "Untuk Kepala Bidang")],
)
def test_f1_opens_the_help_of_where_one_is(qtbot: QtBot, window: MainWindow, page: str, title: str) -> None:
    window.show_page(page)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    sheet = press_f1(qtbot, window)
    assert sheet.list.currentItem().text().startswith(title) and sheet.page.toPlainText().startswith(title)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not opened(window)


def test_over_the_lock_it_tells_of_a_forgotten_passphrase(qtbot: QtBot, window: MainWindow) -> None:
    window.lock()
    overlay = window.locking.overlay
    assert overlay is not None
    sheet = press_f1(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert opened(window) == [sheet], "not over itself"
    assert sheet.list.currentItem().text() == "Untuk Kepala Bidang"
    assert sheet.page.textCursor().block().text() == "Kode pemulihan"
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert window.locking.closed and overlay.isVisible()
    assert QApplication.focusWidget() in overlay.findChildren(QWidget)


def test_it_opens_over_a_dialog_and_leaves_it_as_it_was(qtbot: QtBot, window: MainWindow) -> None:
    dialog = ReasonSheet(window, 1, "", "Mengapa?", "", "Simpan")
    dialog.open()
    dialog._area.setPlainText("Setengah jadi")
    sheet = press_f1(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert opened(window) == [sheet], "not over itself"
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert dialog.isVisible() and dialog._area.toPlainText() == "Setengah jadi"
    dialog.reject()


def test_what_is_typed_leaves_the_pages_in_which_it_stands(qtbot: QtBot, window: MainWindow) -> None:
    sheet = press_f1(qtbot, window)
    assert sheet.list.count() == len(PAGES)
    sheet.search.setText("kode pemulihan brankas")
    found = [sheet.list.item(place).text() for place in range(sheet.list.count())]
    assert "Untuk Kepala Bidang" in found and len(found) < len(PAGES)
    sheet.search.setText("xyzzy")
    assert sheet.list.count() == 0
    sheet.reject()


def test_the_page_of_a_long_table_is_laid_out_once_while_one_types(qtbot: QtBot, window: MainWindow) -> None:
    """Its looks are hundreds of changes; laid out anew after each, every letter that is typed waits for them."""
    sheet = press_f1(qtbot, window)
    changes: list[tuple[int, int, int]] = []
    sheet.page.document().contentsChange.connect(lambda at, gone, come: changes.append((at, gone, come)))
    qtbot.keyClicks(sheet.search, "t")
    assert len(changes) <= 3 * (len(PAGES) + 1), "a page is emptied, filled and dressed"


def test_every_key_is_on_the_page_of_the_keys() -> None:
    text = help_text("keys")
    for spec in (*WINDOW_ACTIONS, *CASE_ACTIONS):
        if spec.shortcut:
            assert f"| {spec.shortcut} |" in text, spec.id


def test_every_key_of_the_letter_and_the_pages_is_there_too(
    qtbot: QtBot, window: MainWindow, show_case: Callable[[MainWindow, int], None]
) -> None:
    show_case(window, UNDECIDED)
    window.show_page("reports")
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    text = help_text("keys").replace("Page Up", "PgUp").replace("Page Down", "PgDown")
    keys = {key.toString() for found in window.findChildren(QShortcut) for key in QShortcut.keys(found)}
    keys |= {button.shortcut().toString() for button in window.findChildren(QAbstractButton)} - {""}
    same_as_another = {"Ctrl+=", "Shift+Right", "Shift+Left"}
    """Of a key in its other place on the keyboard, and as in every text."""
    assert {key for key in keys if not re.search(rf"(?<![+\w]){re.escape(key)}(?= |,)", text)} <= same_as_another


KEY_NAMES = {
    "Return": "Enter", "Escape": "Esc", "PageUp": "Page Up", "PageDown": "Page Down", "Left": "←", "Right": "→",
    "Up": "↑", "Down": "↓",
}  # fmt: skip
"""Of Qt's names those that are told otherwise."""


def test_every_key_that_a_part_of_the_window_takes_by_itself_is_there_too() -> None:
    taken = {
        key
        for source in (Path(lockdesk.ui.__file__).parent).rglob("*.py")
        for key in re.findall(r"Qt\.Key\.Key_(\w+)", source.read_text(encoding="utf-8"))
    }
    listed = re.findall(r"^\| ([^|]+) \|", help_text("keys"), re.MULTILINE)
    told = {key for keys in listed for key in keys.split(", ")}
    assert taken >= {"F4", "Space", "Backspace"}
    assert {KEY_NAMES.get(key, key) for key in taken} - told == set()


def po_texts() -> dict[str, str]:
    """Every text of the window with its English one."""
    catalogue = gettext.translation("lockdesk", resource_root() / "translations", ["en"])
    return {str(own): str(other) for own, other in catalogue._catalog.items()}  # type: ignore[attr-defined]


FOREIGN = {
    "CRL Distribution Points", "Authority Information Access", "System Configuration → Protocol Configuration",
    "Certificate Management Protocol", "digitalSignature", "nonRepudiation", "sign_certificate", "revoke_certificate",
    "view_certificate", "view_certificateauthority", "before", "sebelum", "Work", "Kerja",
}  # fmt: skip
"""Names that another program gives, a word that is stressed, and the beginning of a choice."""


@pytest.mark.parametrize("code", ["id", "en"])
def test_every_name_that_the_help_sets_in_italics_stands_in_the_window(code: str) -> None:
    ours = po_texts()
    known = {text.rstrip("…") for text in (ours if code == "id" else ours.values())}
    known |= {words.partition(" · ")[0] for words in known}
    language.choose(code)
    named = {
        name.rstrip(".…")
        for page in PAGES
        for name in re.findall(r"(?<!\*)\*(?!\*)([^*]+)\*(?!\*)", help_text(page).replace("**", ""))
    }
    language.choose("id")
    assert len(named) > 20 and named - known - FOREIGN == set()


@pytest.mark.parametrize("code", ["id", "en"])
@pytest.mark.parametrize("place", help_places.PLACES)
def test_the_help_has_every_place_that_is_asked_for(code: str, place: help_places.HelpPlace) -> None:
    page, section = place
    language.choose(code)
    lines, heading = help_text(page).splitlines(), f"## {_(section)}"
    language.choose("id")
    assert not section or heading in lines


def first_line(sheet: HelpSheet) -> str:
    """What is read at the top of the page."""
    return sheet.page.cursorForPosition(QPoint(8, 24)).block().text()


def test_help_over_a_dialog_opens_where_it_tells_of_it(
    qtbot: QtBot, window: MainWindow, show_case: Callable[[MainWindow, int], None]
) -> None:
    show_case(window, 3)
    act(window, CaseAction.REVOKE)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    sheet = press_f1(qtbot, window)
    assert first_line(sheet) == "Mencabut, menerbitkan, memberi tahu"
    sheet.reject()


@pytest.mark.parametrize(
    ("begun", "heading"),
    [
        ("print_emergency", "Bila ada yang tidak beres"),
        ("unsettled_mail", "Bila ada yang tidak beres"),
        (CaseAction.PRINT, "Bila ada yang tidak beres"),
        (CaseAction.RESOLVE_OTHERWISE, "Memeriksa"),
    ],
)
def test_every_dialog_of_the_window_and_of_a_case_is_told_of(
    qtbot: QtBot, window: MainWindow, show_case: Callable[[MainWindow, int], None], begun: str, heading: str
) -> None:
    show_case(window, UNDECIDED)
    if isinstance(begun, CaseAction):
        act(window, begun)
    else:
        window.begin(begun)
    qtbot.waitUntil(lambda: window.background.idle and bool(open_sheets(window)), timeout=5000)
    sheet = press_f1(qtbot, window)
    assert first_line(sheet) == heading
    sheet.reject()


def test_the_recovery_code_is_told_of_where_it_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    """On the first day over the list of cases, later over the settings."""
    code = Printed("recovery", "LOCK", "kode-pemulihan.pdf", b"%PDF", 7, "")
    RecoverySheet(window, RecoveryCode("ABCD-EFGH", code)).open()
    sheet = press_f1(qtbot, window)
    place = sheet.page.cursorRect(sheet.page.document().find("Kode pemulihan"))
    assert sheet.list.currentItem().text() == "Untuk Kepala Bidang"
    assert sheet.page.viewport().rect().contains(place), "the page ends too soon for its place to stand on top"
    sheet.reject()


ANY = frozenset(["ConfirmSheet", "ReasonSheet", "LeaveSheet", "PastSheet", "ProgressSheet", "TakenSheet", "HelpSheet"])
"""What asks or shows one thing over any page, and the help itself."""
PAGE = {
    "complaints": {"LimitSheet", "EscalateSheet", "CorrectComplaintSheet", "EvidenceSheet"},
    "settings": {"ChangePassphraseSheet", "_NewPassphraseSheet", "ChangeKeySheet", "RuleSheet"},
    "reports": {"MembersSheet", "OverridesSheet", "SurveySheet"},
}
"""Those that stand over one page only, which tells of them."""


def test_no_dialog_is_without_a_place_in_the_help(window: MainWindow) -> None:
    for module in pkgutil.walk_packages(lockdesk.ui.__path__, "lockdesk.ui."):
        importlib.import_module(module.name)
    kinds, found = [Sheet], set()
    while kinds:
        made = kinds.pop().__subclasses__()
        kinds += made
        found |= {kind.__name__ for kind in made if kind.help_at is None and kind.__module__.startswith("lockdesk.")}
    assert found == ANY.union(*PAGE.values())


def test_enter_goes_on_to_the_next_place_of_what_is_sought(qtbot: QtBot, window: MainWindow) -> None:
    sheet = press_f1(qtbot, window)
    qtbot.keyClicks(sheet.search, "nip")
    places = []
    for _press in range(2):
        cursor = sheet.page.textCursor()
        assert cursor.selectedText() == "NIP" and sheet.page.viewport().rect().contains(sheet.page.cursorRect())
        places.append(cursor.position())
        qtbot.keyClick(sheet.search, Qt.Key.Key_Return)
        assert sheet.isVisible()
    assert places == sorted(set(places))
    assert sheet.page.textCursor().position() == places[0], "after the last place comes the first"
    sheet.list.setCurrentRow(sheet.list.count() - 1)
    assert sheet.page.textCursor().selectedText() == "NIP", "on every page that is chosen"
    chosen = sheet.list.currentItem().text()
    qtbot.keyClicks(sheet.search, " NIK")
    assert sheet.list.currentItem().text() == chosen, "what is read stays as long as it holds the words"
    sheet.search.setText("xyzzy")
    assert "Tidak ada halaman" in sheet.page.toPlainText()
    sheet.reject()


def test_the_list_of_pages_shows_that_it_has_the_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    sheet = press_f1(qtbot, window)
    before = sheet.list.grab().toImage()
    qtbot.keyClick(sheet.search, Qt.Key.Key_Tab)
    assert sheet.list.hasFocus() and sheet.list.grab().toImage() != before
    sheet.reject()


def test_a_button_that_tab_arrives_at_has_its_ring_and_no_second_frame_inside(qtbot: QtBot, window: MainWindow) -> None:
    sheet = press_f1(qtbot, window)
    before = sheet.verb.grab().toImage()
    for _press in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    after, inside = sheet.verb.grab().toImage(), sheet.verb.rect().adjusted(4, 4, -4, -4)
    assert sheet.verb.hasFocus() and after != before
    assert after.copy(inside) == before.copy(inside)
    sheet.reject()


def test_every_page_is_there_in_both_languages() -> None:
    texts = {}
    for code in ("id", "en"):
        language.choose(code)
        texts[code] = [help_text(name) for name in PAGES]
    language.choose("id")
    for own, other in zip(texts["id"], texts["en"], strict=True):
        assert title_of(own) and title_of(other) and own != other


@pytest.mark.parametrize("screen", [FirstStartWizard, PassphraseScreen, RestoreScreen])
def test_f1_opens_the_help_before_there_is_a_window(
    qtbot: QtBot, strays: StrayWindows, tmp_path: Path, screen: type[QWidget]
) -> None:
    strays.allowed = (screen,)
    shown = FirstStartWizard(tmp_path) if screen is FirstStartWizard else screen()
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    for _press in range(2):
        qtbot.keyClick(shown, Qt.Key.Key_F1)
    (sheet,) = shown.findChildren(HelpSheet)
    assert sheet.isVisible() and sheet.page.toPlainText().startswith("Untuk pengelola komputer")
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    shown.hide()
    shown.deleteLater()
