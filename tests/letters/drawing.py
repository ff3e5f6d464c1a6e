"""Letters drawn by reportlab: the same HTML in a third hand, and a form with fields that were filled in."""

import io
from collections.abc import Mapping
from html.parser import HTMLParser

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from lockdesk.resource import resource

FACE, BOLD = "IBMPlexSans-Regular", "IBMPlexSans-SemiBold"
_INLINE = {"b": "b", "u": "u", "i": "i", "small": "font size=8", "s": "strike"}


def _register() -> None:
    for name in (FACE, BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(resource(f"fonts/{name}.ttf"))))
    pdfmetrics.registerFontFamily(FACE, normal=FACE, bold=BOLD, italic=FACE, boldItalic=BOLD)


class _Builder(HTMLParser):
    """Paragraphs, lists and tables become flowables; what stands inside a line stays markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.story: list[Flowable] = []
        self._text = ""
        self._style = ParagraphStyle("x", fontName=FACE, fontSize=10.5, leading=14, spaceAfter=6)
        self._align = 0
        self._rows: list[list[Paragraph]] | None = None
        self._border = False
        self._number = 0
        self._skip = False

    def _paragraph(self) -> Paragraph:
        style = ParagraphStyle("y", parent=self._style, alignment=self._align)
        made, self._text = Paragraph(self._text.strip() or " ", style), ""
        return made

    def _end_block(self) -> None:
        if self._text.strip() and self._rows is None:
            self.story.append(self._paragraph())
        elif self._rows is None:
            self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _INLINE:
            self._text += f"<{_INLINE[tag]}>"
        elif tag == "br":
            self._text += "<br/>"
        elif tag in {"p", "h2", "h3", "li"}:
            self._end_block()
            self._align = {"center": TA_CENTER, "right": TA_RIGHT}.get(given.get("align") or "", 0)
            if tag == "li":
                self._number += 1
                self._text = f"{self._number}. "
            if tag in {"h2", "h3"}:
                self._text = "<b>"
        elif tag == "hr":
            self._end_block()
            self.story.append(HRFlowable(width="100%", thickness=1, spaceAfter=8))
        elif tag == "table":
            self._end_block()
            self._rows, self._border, self._align = [], given.get("border") == "1", 0
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in {"td", "th"}:
            self._text = "<b>" if tag == "th" else ""
        elif tag == "style":
            self._skip = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE:
            self._text += f"</{_INLINE[tag].partition(' ')[0]}>"
        elif tag in {"h2", "h3"}:
            self._text += "</b>"
            self._end_block()
        elif tag in {"p", "li"} and self._rows is None:
            self._end_block()
        elif tag in {"td", "th"} and self._rows is not None:
            self._text += "</b>" if tag == "th" else ""
            self._rows[-1].append(self._paragraph())
        elif tag == "table" and self._rows is not None:
            columns = max(len(row) for row in self._rows)
            whole = A4[0] - 120
            widths = [whole * 0.34, whole * 0.66] if columns == 2 else [whole / columns] * columns
            look: list[tuple[object, ...]] = [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ]
            if self._border:
                look.append(("GRID", (0, 0), (-1, -1), 0.6, "black"))
            rows = [row + [Paragraph("", self._style)] * (columns - len(row)) for row in self._rows]
            self.story.append(Table(rows, widths, style=TableStyle(look), spaceAfter=8))
            self._rows = None
        elif tag == "style":
            self._skip = False

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._text += data.replace("&", "&amp;").replace("<", "&lt;").replace("\n", " ")


def draw_html(html: str) -> bytes:
    _register()
    builder = _Builder()
    builder.feed(html.replace("☑", "[x]").replace("☐", "[ ]"))
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, margins=60).build(builder.story)
    return file.getvalue()


def draw_form(person: Mapping[str, str], shown: bool) -> bytes:
    """A form that was filled in with a viewer; `shown`: with borders around its fields."""
    _register()
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)
    page.setFont(BOLD, 14)
    page.drawCentredString(A4[0] / 2, 780, "PERNYATAAN LUPA PASSPHRASE SERTIFIKAT ELEKTRONIK")
    page.setFont(FACE, 10.5)
    labels = (
        ("Nama lengkap", "nama"),
        ("NIP", "nip"),
        ("NIK", "nik"),
        ("Unit kerja", "unit"),
        ("E-mail dinas", "email"),
        ("Nomor HP", "telepon"),
    )
    for number, (label, name) in enumerate(labels):
        y = 730 - 28 * number
        page.drawString(70, y, label)
        page.acroForm.textfield(
            name=name, value=person[name], x=200, y=y - 6, width=320, height=20, borderWidth=int(shown), fontSize=10
        )
    page.drawString(
        70, 540, "Saya lupa passphrase sertifikat elektronik saya. Mohon sertifikat itu dicabut dengan alasan"
    )
    page.drawString(70, 525, "lupa passphrase, lalu diterbitkan sertifikat baru menurut CSR yang saya lampirkan.")
    page.save()
    return file.getvalue()
