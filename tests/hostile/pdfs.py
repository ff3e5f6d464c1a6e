"""One-page letters, harmless and packed like a bomb, and what the sealed reader says of a letter."""

import io
import zlib

import pikepdf
from reportlab.pdfgen import canvas

from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import StatementProblem
from lockdesk.reader.sealed import SealedReader


def letter(text: str = "SURAT PERNYATAAN") -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, invariant=1)
    page.drawString(70, 700, text)
    page.save()
    return buffer.getvalue()


def pdf_with_stream(content: bytes) -> bytes:
    """A PDF whose page content is a Flate stream as given."""
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        document.pages[0].Contents = pikepdf.Stream(document, content, Filter=pikepdf.Name.FlateDecode)
        document.save(buffer, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return buffer.getvalue()


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    block = b"0 0 m 1 1 l S\n" * 74_898
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def statement(reader: SealedReader, content: bytes, name: str = "surat.pdf") -> StatementProblem:
    return reader.read_request([NamedBytes(name, content)]).statement.problem
