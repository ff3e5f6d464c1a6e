"""Pictures as letters: several are the pages of one, telephones' own format is read, broken ones are called so."""

import io
from pathlib import Path

import pytest
from PIL import Image

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import AttachmentKind, RequestFacts, StatementProblem
from lockdesk.reader.sealed import SealedReader
from lockdesk.verbs.inspect import findings_on

HEIC = (Path(__file__).parents[1] / "data" / "pictures" / "surat.heic").read_bytes()
"""A photo of an invented letter, as a telephone keeps it."""


def grey(level: int, kind: str = "PNG") -> bytes:
    """A page that is known by its shade."""
    file = io.BytesIO()
    Image.new("L", (210, 297), level).save(file, kind)
    return file.getvalue()


def shades(reader: SealedReader, facts: RequestFacts) -> list[int]:
    """The pages of the letter, by their shades."""
    file = facts.statement_file
    assert file is not None and file.content is not None
    pages = [reader.render(file.content, page, 20) for page in range(facts.statement.pages)]
    return [page.pixels[len(page.pixels) // 2] for page in pages if page is not None]


def near(found: list[int], wanted: list[int]) -> bool:
    return len(found) == len(wanted) and all(abs(a - b) < 6 for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (("hal 2.jpg", "hal 1.jpg", "hal 10.jpg"), (1, 0, 2)),
        (("foto (1).jpg", "foto.jpg", "foto (2).jpg"), (1, 0, 2)),
        (("IMG_20261123_081502.jpg", "IMG_20261123_081455.jpg"), (1, 0)),
        (("depan.jpg", "belakang.jpg"), (0, 1)),
    ],
)
def test_several_pictures_are_one_letter_with_its_pages_in_order(
    reader: SealedReader, names: tuple[str, ...], order: tuple[int, ...]
) -> None:
    levels = [60 + 60 * n for n in range(len(names))]
    files = [NamedBytes(name, grey(level, "JPEG")) for name, level in zip(names, levels, strict=True)]
    facts = reader.read_request(files)
    assert facts.statement.problem is StatementProblem.NONE and facts.statement.pages == len(names)
    assert near(shades(reader, facts), [levels[n] for n in order])
    assert {item.name for item in facts.others} == set(names), "each is kept as it came besides"


def test_a_picture_of_something_else_is_no_page_of_the_letter(reader: SealedReader) -> None:
    files = [NamedBytes("surat.jpg", grey(200, "JPEG")), NamedBytes("foto KTP.jpg", grey(90, "JPEG"))]
    facts = reader.read_request(files)
    assert facts.statement.pages == 1 and facts.statement_file is not None
    assert facts.statement_file.name == "surat.jpg"


def test_one_picture_that_is_broken_leaves_the_others_readable(reader: SealedReader) -> None:
    files = [NamedBytes("1.png", grey(200)), NamedBytes("2.png", grey(90)[:60])]
    facts = reader.read_request(files)
    assert facts.statement.problem is StatementProblem.NONE and facts.statement_file is not None
    assert facts.statement_file.name == "1.png"


def test_a_telephones_picture_is_read_like_any_other(reader: SealedReader) -> None:
    facts = reader.read_request([NamedBytes("IMG_0042.HEIC", HEIC)])
    assert facts.statement.problem is StatementProblem.NONE and facts.statement.pages == 1
    assert facts.statement_file is not None and facts.statement_file.kind is AttachmentKind.IMAGE
    page = reader.render(HEIC, 0, 300)
    assert page is not None and page.width == 300
    assert reader.read_scan(HEIC).fields.name.startswith("Sekar Contohwati")
    together = reader.read_request([NamedBytes("1.heic", HEIC), NamedBytes("2.jpg", grey(90, "JPEG"))])
    assert together.statement.pages == 2


def test_no_other_child_can_start_a_thread(reader: SealedReader) -> None:
    assert reader.cage()["probe.thread"] == "EPERM"


def said(reader: SealedReader, *files: NamedBytes) -> Finding:
    found = findings_on(reader.read_request(files))
    return next(item for item in found if item.check == "statement.present")


@pytest.mark.parametrize("name", ["foto.png", "foto.heic"])
def test_what_is_wrong_with_a_picture_speaks_of_a_picture(reader: SealedReader, name: str) -> None:
    content = grey(90)[:60] if name.endswith("png") else HEIC[:2000]
    finding = said(reader, NamedBytes(name, content))
    assert finding.verdict is Verdict.FAIL and finding.evidence.startswith("Berkas gambar rusak")
    assert "PDF" not in finding.evidence + finding.remedy
    assert said(reader, NamedBytes("surat.pdf", b"%PDF-1.7\nrusak")).evidence.startswith("Berkas PDF rusak")


def test_a_word_processors_file_is_named_with_the_way_on(reader: SealedReader) -> None:
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<document/>")
    finding = said(reader, NamedBytes("surat pernyataan.docx", file.getvalue()))
    assert finding.verdict is Verdict.FAIL and "pengolah kata" in finding.evidence
    assert "simpan sebagai PDF" in finding.remedy
    beside = said(reader, NamedBytes("lain.docx", file.getvalue()), NamedBytes("1.png", grey(200)))
    assert beside.verdict is Verdict.PASS, "a letter that opens goes before it"
