"""Letters: what they say, what they are, pictures of their pages. Runs in the cage, one thread."""

import ctypes
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from lockdesk.core.secrets import holds_passphrase
from lockdesk.desk.values.facts import (
    MOST_SCANNED_PAGES,
    Line,
    PagePixels,
    StatementFacts,
    StatementFields,
    StatementProblem,
    Word,
)
from lockdesk.pki.containers import looks_like_private_key
from lockdesk.reader.documents.pages import (
    MOST_SIDE,
    drawn,
    is_pdf,
    may_have_table,
    open_letter,
    page_of,
    page_text,
    pages_of,
)
from lockdesk.reader.documents.risks import Scan, scan_risks
from lockdesk.reader.documents.scans import ScannedPage, hidden_text, read_scanned, shown_lines
from lockdesk.reader.drawing.grid import Rule, rules_in, with_cells
from lockdesk.reader.drawing.straightening import IDENTITY, quarters
from lockdesk.reader.drawing.ticks import with_marks
from lockdesk.reader.files.kinds import KEY_IN_LETTER, PASSPHRASE_IN_LETTER
from lockdesk.reader.letter.reading import Letter, read_letter
from lockdesk.reader.limits import MOST_LETTER_TEXT, MOST_PAGE_WORDS, MOST_WORDS
from lockdesk.reader.words import lines_of

PICTURE_WIDTH, PICTURE_HEIGHT = 32, 48
_ODD_POINTS = (70.0, 3400.0)  # a page side outside of this is no letter (A4: 595 x 842)
_MARK_SCALE = 200 / 72
"""Pixels to the point where a page is looked at for drawn boxes."""
_RULE_SCALE = 100 / 72
"""Pixels to the point where a page is looked at for the rules of a table."""
_XFA = frozenset({pdfium.FORMTYPE_XFA_FULL})
_SECRETS = frozenset({KEY_IN_LETTER, PASSPHRASE_IN_LETTER})


def read_statement(content: bytes) -> StatementFacts:
    """The facts of a letter. A file that cannot be opened is a problem in the facts, not an exception.

    Where a page is a picture, or words are hidden on one, nothing is taken from the text before OCR has looked.
    """
    if not content.strip(b"\0 \t\r\n"):
        return StatementFacts(StatementProblem.EMPTY)
    try:
        document = open_letter(content)
    except pypdfium2.PdfiumError as error:
        problem = StatementProblem.EMPTY if _has_no_pages(content) else _problem(error)
        return StatementFacts(problem, detail=str(error)[:200])
    pages = len(document)
    if pages == 0:
        return StatementFacts(StatementProblem.EMPTY)
    scan = scan_risks(content) if is_pdf(content) else Scan((), 0)
    opened = list(pages_of(document))
    texts = [page_text(page, number) for number, page in opened]
    odd = any(not _is_usual(page) for (_n, page), text in zip(opened, texts, strict=True) if not text.picture)
    unseen = "\n".join(line.text for text in texts for line in lines_of(list(text.hidden)))
    more = {
        "odd_page_size": odd,
        "xfa": document.get_formtype() in _XFA,
        PASSPHRASE_IN_LETTER: holds_passphrase(unseen, guessed=True) and PASSPHRASE_IN_LETTER not in scan.risks,
    }
    risks = (*scan.risks, *(name for name, holds in more.items() if holds))
    words = [
        word
        for (_n, page), text in zip(opened, texts, strict=True)
        for word in with_cells(with_marks(list(text.words), partial(drawn, page, _MARK_SCALE)), _rules(page))
    ]
    looked_at = any(
        text.picture or text.hidden
        for (number, _page), text in zip(opened, texts, strict=True)
        if number < MOST_SCANNED_PAGES
    )
    letter = Letter("", StatementFields(), ()) if looked_at or not words else read_letter(words)
    facts = replace(_facts(letter, risks), pages=pages, signature_fields=scan.signature_fields)
    return facts if facts.has_text else replace(facts, picture=picture_of(document))


def _rules(page: Any) -> tuple[Rule, ...]:
    return rules_in(drawn(page, _RULE_SCALE)) if may_have_table(page) else ()


def _is_usual(page: Any) -> bool:
    return all(_ODD_POINTS[0] <= side <= _ODD_POINTS[1] for side in page.get_size())


def own_words(document: Any) -> list[Word]:
    """The words of a letter's own text that are seen, page after page."""
    return [word for number, page in pages_of(document) for word in page_text(page, number).words]


def _facts(letter: Letter, risks: tuple[str, ...], ocr: bool = False) -> StatementFacts:
    """What a letter says; of one with a private key or a passphrase in its text nothing is handed on."""
    if looks_like_private_key(letter.text.encode("utf-8", "replace")):
        return StatementFacts(StatementProblem.NONE, risks=(*risks, KEY_IN_LETTER))
    if PASSPHRASE_IN_LETTER in risks:
        return StatementFacts(StatementProblem.NONE, risks=risks)
    if holds_passphrase(letter.text, guessed=ocr):
        return StatementFacts(StatementProblem.NONE, risks=(*risks, PASSPHRASE_IN_LETTER))
    return StatementFacts(
        StatementProblem.NONE, 0, letter.text[:MOST_LETTER_TEXT], letter.fields, letter.places, risks,
        doubted=letter.doubted, evidence=letter.evidence, people=letter.people,
    )  # fmt: skip


def scan_page(content: bytes, number: int) -> ScannedPage | None:
    """The words of one page: its own text where that is all there is to see, else what OCR finds, with the page's own
    visible words where they stand. None behind the end, and of a page with more words than any letter has."""
    from lockdesk.reader.ocr.recognition import PAGE_PIXELS, read_picture

    try:
        document = open_letter(content)
        if not 0 <= number < min(len(document), MOST_SCANNED_PAGES):
            return None
        page = page_of(document, number)
    except pypdfium2.PdfiumError:
        return None
    text = page_text(page, number)
    across, down = page.get_size()
    plain = text.words and not text.hidden and not text.picture
    if plain or across <= 0 or down <= 0:
        return ScannedPage(text.words) if len(text.words) <= MOST_PAGE_WORDS else None
    scale = min(PAGE_PIXELS / across, MOST_SIDE / down)
    picture = page.render(scale=scale, grayscale=True, draw_annots=True).to_pil()
    found, back, rules = read_picture(picture, number)
    if back == IDENTITY and text.words:
        found = [word for word in found if not any(_overlap(word, own) for own in text.words)] + list(text.words)
    hidden = text.hidden[:MOST_PAGE_WORDS]
    return ScannedPage(tuple(found), back, hidden, rules) if len(found) <= MOST_PAGE_WORDS else None


def _overlap(word: Word, own: Word) -> bool:
    middle = (word.left + word.right) / 2
    return own.left <= middle <= own.right and own.top <= word.middle <= own.bottom


def scanned_facts(pages: tuple[ScannedPage, ...], whole: bool) -> StatementFacts:
    """The text, fields and places of scanned pages; the rest of the facts is known already.

    Where they are not the whole letter and the statement has not begun, whom they name may be whoever signed the
    covering letter: a number must end in "not found", never in somebody else's.
    """
    letter = read_scanned(pages)
    hidden = hidden_text(pages, letter)
    if not (whole or letter.titled):
        letter = replace(letter, fields=StatementFields(), places=(), doubted=(), evidence=(), people=())
    turns = tuple(quarters(page.back) for page in pages)
    facts = replace(_facts(letter, (), ocr=True), ocr=True, hidden=hidden, turns=turns)
    return facts if _SECRETS & set(facts.risks) else replace(facts, lines=shown_lines(pages))


def read_lines(content: bytes) -> tuple[Line, ...]:
    """The lines of a letter's own text with their places; of one with a secret in its text nothing."""
    try:
        document = open_letter(content)
    except pypdfium2.PdfiumError:
        return ()
    words = own_words(document)[:MOST_WORDS]
    text = " ".join(word.text for word in words)
    if looks_like_private_key(text.encode("utf-8", "replace")) or holds_passphrase(text):
        return ()
    return tuple(lines_of(words))


def picture_of(document: Any) -> str:
    """The first page as 32 by 48 cells, a bit each: darker than the page on the whole. In hex.

    The same picture packed or compressed anew differs in a few bits, another sheet in many.
    """
    page = document[0]
    across, down = page.get_size()
    if across <= 0 or down <= 0:
        return ""
    scale = min(PICTURE_WIDTH * 16 / across, MOST_SIDE / down)
    small = page.render(scale=scale, grayscale=True).to_pil()
    cells = small.resize((PICTURE_WIDTH, PICTURE_HEIGHT), Image.Resampling.BOX).tobytes()
    paper, mean = sorted(cells)[len(cells) * 9 // 10], sum(cells) / len(cells)
    if paper - mean < 2:
        return ""
    bits = "".join("1" if cell < mean else "0" for cell in cells)
    return f"{int(bits, 2):0{len(cells) // 4}x}"


def _has_no_pages(content: bytes) -> bool:
    """A sound file without a page, which pdfium does not tell from a broken one."""
    try:
        with pikepdf.open(BytesIO(content)) as document:
            return len(document.pages) == 0
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError):
        return False


def _problem(error: pypdfium2.PdfiumError) -> StatementProblem:
    code = getattr(error, "err_code", None)
    locked = code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) or "password" in str(error).lower()
    return StatementProblem.ENCRYPTED if locked else StatementProblem.DAMAGED


def render_page(content: bytes, number: int, width: int, canvas: Any = None) -> PagePixels | None:
    """One page as pixels; None when it cannot be opened. Both sides are kept within 4000 pixels.

    With a `canvas` (shared memory for the largest page) the pixels are painted there, and `pixels` is b"".
    """
    try:
        document = open_letter(content)
        if not 0 <= number < len(document):
            return None
        page = page_of(document, number)
    except pypdfium2.PdfiumError:
        return None
    across, down = page.get_size()
    if across <= 0 or down <= 0:
        return None
    scale = min(max(width, 1) / across, MOST_SIDE / across, MOST_SIDE / down)
    # pdfium rounds sides up: stay one pixel below the limit
    scale = min(scale, (MOST_SIDE - 1) / max(across, down))
    buffer = None if canvas is None else (ctypes.c_ubyte * len(canvas)).from_buffer(canvas)
    maker = partial(pypdfium2.PdfBitmap.new_native, buffer=buffer)
    bitmap = page.render(scale=scale, prefer_bgrx=True, draw_annots=True, bitmap_maker=maker)
    pixels = bytes(bitmap.buffer) if canvas is None else b""
    return PagePixels(number, bitmap.width, bitmap.height, bitmap.stride, pixels, len(document))
