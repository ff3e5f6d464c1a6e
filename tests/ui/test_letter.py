"""The letter on its own, over real pages: selecting, copying and seeking, turned, enlarged, and over a scan."""

import io
from collections.abc import Callable, Iterator
from functools import cache

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from lockdesk.desk.values.facts import Line, ScanProgress
from lockdesk.reader.documents.pdf import read_lines, render_page
from lockdesk.reader.sealed import SealedReader
from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.look.preferences import Preferences
from lockdesk.ui.look.theme import theme
from lockdesk.ui.verification.letter import LetterView
from lockdesk.ui.verification.letter_head import LetterHead
from lockdesk.ui.widgets.page_canvas import Layer
from tests.helpers.papers.letter_layouts import SCANNERS, draw, scan, writer_of

Open = Callable[..., LetterView]
DOCUMENT = 7


@cache
def letter() -> bytes:
    return draw("two_pages")


@cache
def scanned() -> tuple[bytes, tuple[Line, ...]]:
    """A scan whose lines slope, and what OCR read in it."""
    pdf = scan(draw("lettered"), SCANNERS["lettered"])
    with SealedReader() as reader:
        return pdf, reader.read_scan(pdf).lines


@pytest.fixture
def open_letter(qtbot: QtBot) -> Iterator[Open]:
    shown: list[LetterView] = []

    def make(pdf: bytes, lines: tuple[Line, ...] = (), pages: int = 2) -> LetterView:
        view = LetterView()
        view.page_wanted.connect(
            lambda document, page, width: view.show_pixels(document, render_page(pdf, page, width))
        )
        view.lines_wanted.connect(lambda document: view.show_lines(document, read_lines(pdf)))
        view.resize(520, 700)
        view.show()
        view.activateWindow()
        view.show_document(DOCUMENT, "Surat.pdf", pages, lines=lines)
        qtbot.waitUntil(view.isActiveWindow)
        shown.append(view)
        return view

    yield make
    for view in shown:
        view.close()
        view.deleteLater()


@pytest.fixture(autouse=True)
def windows_of_their_own(strays: object) -> None:
    """The letter stands alone here."""
    strays.allowed = (LetterView, LetterHead)  # type: ignore[attr-defined]


def middle_of(view: LetterView, lines: tuple[Line, ...], text: str) -> QPoint:
    """Where a word stands in the canvas as it is turned and enlarged now."""
    word = next(w for line in lines for w in line.words if text in w.text and w.page == view.page)
    return view.canvas.place_of((word.left, word.top, word.right, word.bottom)).center().toPoint()


def drag(qtbot: QtBot, view: LetterView, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=start)
    there, held = QPointF(end), Qt.MouseButton.LeftButton
    globally = QPointF(view.canvas.mapToGlobal(end))
    move = QMouseEvent(
        QEvent.Type.MouseMove, there, globally, Qt.MouseButton.NoButton, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view.canvas, move)
    qtbot.mouseRelease(view.canvas, held, pos=end)


def copied(qtbot: QtBot, view: LetterView) -> str:
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(view.area, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("larger", [0, 2])
def test_words_are_drawn_over_and_copied_however_the_page_is_turned(
    qtbot: QtBot, open_letter: Open, turns: int, larger: int
) -> None:
    view, lines = open_letter(letter()), read_lines(letter())
    first, *_rest, last = writer_of("two_pages").name.split()
    for _turn in range(turns):
        view.head.turn_asked.emit()
    for _step in range(larger):
        view.head.larger_asked.emit()
    drag(qtbot, view, middle_of(view, lines, first), middle_of(view, lines, last))
    assert copied(qtbot, view) == writer_of("two_pages").name
    assert len(view.canvas.boxes(Layer.SELECTED)) == 1


def test_a_scan_is_copied_by_what_ocr_read_though_its_lines_slope(qtbot: QtBot, open_letter: Open) -> None:
    pdf, lines = scanned()
    view = open_letter(pdf, lines, 1)
    named = next(line for line in lines if writer_of("lettered").name.split()[0] in line.text)
    row = [word.text for word in named.words]
    assert len(row) > 1
    drag(qtbot, view, middle_of(view, (named,), row[0]), middle_of(view, (named,), row[-1]))
    assert copied(qtbot, view) == named.text
    view.head.turn_asked.emit()
    drag(qtbot, view, middle_of(view, (named,), row[0]), middle_of(view, (named,), row[-1]))
    assert copied(qtbot, view) == named.text


def test_a_double_click_takes_a_word_a_click_lets_go_and_keys_take_more(qtbot: QtBot, open_letter: Open) -> None:
    view, lines = open_letter(letter()), read_lines(letter())
    qtbot.mouseDClick(view.canvas, Qt.MouseButton.LeftButton, pos=middle_of(view, lines, "PERNYATAAN"))
    assert copied(qtbot, view) == "PERNYATAAN"
    qtbot.keyClick(view.area, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert copied(qtbot, view) == "SURAT PERNYATAAN"
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=middle_of(view, lines, "PERNYATAAN"))
    assert copied(qtbot, view) == "", "nothing is copied where nothing is selected"
    qtbot.keyClick(view.area, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    whole = copied(qtbot, view)
    assert whole == "\n".join(line.text for line in lines if line.page == 0)


def seek(qtbot: QtBot, view: LetterView, text: str) -> str:
    view.begin_search()
    field = view.head.search.field
    field.clear()
    qtbot.keyClicks(field, text)
    return view.head.search.count.whole


@pytest.mark.parametrize("words", ["xyzxyz", ""])
def test_a_name_can_be_read_where_it_is_sought_in_a_narrow_column(
    qtbot: QtBot, qapp: QApplication, open_letter: Open, words: str
) -> None:
    apply_appearance(qapp, Preferences(percent=150))
    view = open_letter(scanned()[0], (), 1) if not words else open_letter(letter())
    view.resize(theme.px(250), 700)
    view.begin_search()
    field = view.head.search.field
    if words:
        qtbot.keyClicks(field, words)
    assert field.fontMetrics().horizontalAdvance("Contohwati") < field.width() - 2 * theme.px(9)
    assert view.head.search.count.accessibleName() or not words


def test_seeking_goes_over_pages_and_round(qtbot: QtBot, open_letter: Open) -> None:
    view = open_letter(letter())
    pages = [match.page for match in view.text.find("sertifikat")]
    assert len(set(pages)) == 2, "the letter names it on both pages"
    assert seek(qtbot, view, "SERTIFIKAT") == f"1 dari {len(pages)}"
    field = view.head.search.field
    assert field.hasFocus() and view.canvas.boxes(Layer.CURRENT)
    for number, page in list(enumerate(pages, 1))[1:]:
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert view.head.search.count.whole == f"{number} dari {len(pages)}"
        assert view.page == page
    qtbot.keyClick(field, Qt.Key.Key_F3)
    assert view.head.search.count.whole == f"1 dari {len(pages)}" and view.page == pages[0]
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view.head.search.count.whole == f"{len(pages)} dari {len(pages)}"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not view.head.searching and view.area.hasFocus()
    assert not view.canvas.boxes(Layer.CURRENT) and not view.canvas.boxes(Layer.FOUND)


def test_what_is_not_there_is_said_so(qtbot: QtBot, open_letter: Open) -> None:
    view = open_letter(letter())
    assert seek(qtbot, view, "tiada") == "Tidak ditemukan"
    assert not view.canvas.boxes(Layer.CURRENT)


def test_a_scan_says_that_it_is_still_being_read_and_then_finds(qtbot: QtBot, open_letter: Open) -> None:
    pdf, lines = scanned()
    view = open_letter(pdf, pages=1)
    view.show_reading(ScanProgress(1, 2))
    assert view.strip.isVisible()
    first = writer_of("lettered").name.split()[0].casefold()
    assert seek(qtbot, view, first) == "Teks surat masih dibaca…"
    view.area.verticalScrollBar().setValue(60)
    view.show_lines(DOCUMENT, lines)
    assert seek(qtbot, view, "tiada") == "Teks surat masih dibaca…", "it may stand on the page that is still unread"
    seek(qtbot, view, first)
    view.show_reading(None)
    assert view.strip.isHidden()
    assert view.head.search.count.whole.startswith("1 dari ")
    assert view.canvas.boxes(Layer.CURRENT)


def test_a_scan_that_nobody_could_read_says_so(qtbot: QtBot, open_letter: Open) -> None:
    pdf, _lines = scanned()
    view = open_letter(pdf, pages=1)
    assert seek(qtbot, view, "nama") == "Tidak ada teks yang dapat dicari"


@pytest.mark.parametrize("width", [280, 340, 400, 452, 520, 700])
@pytest.mark.parametrize(("pages", "zoom"), [(1, 1.0), (3, 1.0), (3, 1.5)])
@pytest.mark.usefixtures("qtbot")
def test_no_tool_is_cut_however_narrow_the_letter_stands(width: int, pages: int, zoom: float) -> None:
    head = LetterHead()
    head.show_name("surat-pernyataan-lupa-passphrase.pdf")
    head.resize(theme.px(width), head.height())
    head.show_state(0, pages, zoom)
    head.show()
    shown = [button for button in head.findChildren(QAbstractButton) if button.isVisible()]
    assert len(shown) >= 2
    for button in shown:
        assert button.width() >= button.sizeHint().width(), button.text()
        assert head.rect().contains(QRect(button.mapTo(head, QPoint()), button.size()))
    head.close()
    head.deleteLater()


@cache
def sideways() -> tuple[bytes, tuple[Line, ...], tuple[int, ...]]:
    """A letter that lay across on the scanner: the page as it is shown, its lines, and how it is turned."""
    page = pypdfium2.PdfDocument(draw("lettered"))[0].render(scale=200 / 72).to_pil().convert("L")
    file = io.BytesIO()
    page.transpose(Image.Transpose.ROTATE_90).save(file, "JPEG", quality=80)
    with SealedReader() as reader:
        read = reader.read_scan(file.getvalue())
        return file.getvalue(), read.lines, read.turns


def test_a_sideways_scan_is_shown_upright_once_it_is_read(qtbot: QtBot, open_letter: Open) -> None:
    picture, lines, turns = sideways()
    view = open_letter(picture, pages=1)
    qtbot.waitUntil(lambda: not view.canvas._image.isNull())
    across = view.canvas.paper
    assert across.width() > across.height(), "as it came"
    view.show_lines(DOCUMENT, lines)
    view.set_turns(turns)
    upright = view.canvas.paper
    assert upright.height() > upright.width()
    first = next(word for line in lines for word in line.words if len(word.text) > 4)
    last = next(word for line in reversed(lines) for word in line.words if len(word.text) > 4)
    places = [view.canvas.place_of((word.left, word.top, word.right, word.bottom)) for word in (first, last)]
    assert places[0].top() < places[1].top() and places[0].width() > places[0].height(), "words lie level"
    view.head.turn_asked.emit()
    assert view.canvas.turns == (turns[0] + 1) % 4


def test_what_was_turned_by_hand_stays_as_it_is(qtbot: QtBot, open_letter: Open) -> None:
    picture, _lines, turns = sideways()
    view = open_letter(picture, pages=1)
    for _turn in range(turns[0]):
        view.head.turn_asked.emit()
    view.set_turns(turns)
    assert view.canvas.turns == turns[0]


def test_another_file_is_shown_with_all_its_pages(qtbot: QtBot, open_letter: Open) -> None:
    view = open_letter(letter(), pages=1)
    qtbot.waitUntil(lambda: "/ 2" in view.head._count.text())
    qtbot.keyClick(view.area, Qt.Key.Key_PageDown)
    view.head.forth_asked.emit()
    assert view.page == 1
