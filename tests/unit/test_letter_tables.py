"""Drawn tables: what a cell has wrapped belongs together, and what only looks like a cell is left alone."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from lockdesk.desk.values.facts import StatementFacts
from lockdesk.reader.documents.pdf import read_statement

TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=10, leading=13)
GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
LIST = [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
LINED = [*LIST, ("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black)]
CAMAT = ("Camat Contoh,", "", "", "Drs. Umpama Misalwan, M.Si.", "NIP 197001011995031001")


def cell(text: str) -> Paragraph:
    return Paragraph(text.replace("\n", "<br/>"), TEXT)


def letter(rows: Sequence[Sequence[str]], widths: Sequence[int], style: list[Any], *after: str) -> StatementFacts:
    file = io.BytesIO()
    told = ["Permohonan Penanganan Lupa Passphrase", "", "dengan ini kami ajukan permohonan bagi pegawai berikut:", ""]
    drawn = Table([[cell(text) for text in row] for row in rows], colWidths=widths, style=style)
    SimpleDocTemplate(file, pagesize=A4).build(
        [*map(cell, told), drawn, Spacer(1, 20), *map(cell, ("Pekalongan, 23 November 2026", *after))]
    )
    return read_statement(file.getvalue())


def test_names_numbers_and_offices_that_narrow_cells_wrap_are_whole() -> None:
    rows = (
        ("No", "Nama", "NIP", "Jabatan", "Unit Kerja", "E-mail"),
        ("1", "Sekar Contohwati,\nS.I.Pust.", "199002152019\n032999", "Pustakawan\nAhli\nMuda",
         "Dinas Arsip\ndan Perpustakaan\nContoh", "sekar.contohwati@\ncontoh.pekalongan\nkota.go.id"),
    )  # fmt: skip
    fields = letter(rows, (25, 90, 85, 70, 90, 100), GRID, *CAMAT).fields
    assert (fields.name, fields.nip) == ("Sekar Contohwati, S.I.Pust.", "199002152019032999")
    assert (fields.position, fields.agency) == ("Pustakawan Ahli Muda", "Dinas Arsip dan Perpustakaan Contoh")
    assert fields.email == "sekar.contohwati@contoh.pekalongankota.go.id"


def test_labels_in_two_rows_beside_their_values() -> None:
    rows = (
        ("Nama\nPemohon", "Sekar Contohwati, S.I.Pust.", "NIP / NI\nPPPK", "199002152019032999"),
        ("Jabatan", "Pustakawan Ahli Muda", "Unit Kerja", "Dinas Arsip Contoh"),
        ("Surel\nKedinasan", "sekar@contoh.pekalongankota.go.id", "Nomor WA\nAktif", "0812 0000 0941"),
    )
    fields = letter(rows, (70, 190, 65, 130), GRID).fields
    assert (fields.name, fields.nip) == ("Sekar Contohwati, S.I.Pust.", "199002152019032999")
    assert (fields.position, fields.agency) == ("Pustakawan Ahli Muda", "Dinas Arsip Contoh")
    assert (fields.email, fields.phone) == ("sekar@contoh.pekalongankota.go.id", "0812 0000 0941")


@pytest.mark.parametrize("style", [GRID, LINED, LIST], ids=["ruled", "lines only", "without the first line"])
def test_a_label_over_its_translation(style: list[Any]) -> None:
    rows = (
        ("Nama Lengkap\nFull name", "Sekar Contohwati, S.I.Pust."),
        ("Nomor Induk Pegawai\nEmployee number", "199002152019032999"),
        ("Jabatan\nPosition", "Pustakawan Ahli Muda"),
        ("Organisasi\nOrganizational unit", "Dinas Arsip Contoh"),
        ("Surel\nE-mail", "sekar@contoh.pekalongankota.go.id"),
    )
    fields = letter(rows, (150, 300), style).fields
    assert (fields.name, fields.nip) == ("Sekar Contohwati, S.I.Pust.", "199002152019032999")
    assert (fields.position, fields.agency) == ("Pustakawan Ahli Muda", "Dinas Arsip Contoh")
    assert fields.email == "sekar@contoh.pekalongankota.go.id"


def test_a_label_over_its_value_in_one_cell_stays_over_it() -> None:
    rows = (
        ("Nama lengkap\nSekar Contohwati, S.I.Pust.", "NIP/NIPPPK\n199002152019032999"),
        ("Jabatan\nPustakawan Ahli Muda", "Unit kerja\nDinas Arsip Contoh"),
    )
    fields = letter(rows, (230, 220), GRID).fields
    assert (fields.name, fields.nip) == ("Sekar Contohwati, S.I.Pust.", "199002152019032999")
    assert (fields.position, fields.agency) == ("Pustakawan Ahli Muda", "Dinas Arsip Contoh")


def test_signatures_in_the_cells_of_one_row_stay_two_people() -> None:
    rows = (
        ("Mengetahui,\nCamat Contoh,\n\n\nDrs. Umpama Misalwan, M.Si.\nNIP 197001011995031001",
         "Pemohon,\n\n\n\nSekar Contohwati, S.I.Pust.\nNIP 199002152019032999"),
    )  # fmt: skip
    facts = letter(rows, (230, 220), GRID)
    assert {(person.fields.name, person.fields.nip) for person in facts.people} == {
        ("Drs. Umpama Misalwan, M.Si.", "197001011995031001"),
        ("Sekar Contohwati, S.I.Pust.", "199002152019032999"),
    }


def test_a_value_is_shown_where_it_stands_in_its_cell() -> None:
    rows = (
        ("Nama", "Sekar Contohwati Umpamaningrum\nMisalsari, S.I.Pust.", "NIP", "199002152019032999"),
        ("Jabatan", "Pustakawan Ahli Muda", "Unit Kerja", "Dinas Arsip Contoh"),
    )
    places = dict(letter(rows, (60, 190, 65, 130), GRID).places)
    upper, lower = places["name"].boxes
    (number,) = places["nip"].boxes
    assert upper[3] <= lower[1] + 0.002 and upper[1] < number[1] < lower[3]
    assert abs(upper[0] - lower[0]) < 0.01 and upper[2] < number[0]
