"""Active content is found wherever a PDF's structure has it: inline, in arrays, behind indirect objects."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object

from lockdesk.reader.documents.risks import scan_risks

SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
LAUNCH = Dictionary(S=Name.Launch, F="cmd.exe")


def with_page(name: str, value: Object, *, indirect: bool = False) -> bytes:
    """A page of which the file says this, inline or in an object of its own."""
    made = io.BytesIO()
    document = pikepdf.new()
    page = document.add_blank_page()
    page.obj[name] = document.make_indirect(value) if indirect else value
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("indirect", [False, True])
@pytest.mark.parametrize(
    ("name", "value", "risk"),
    [
        ("/Annots", Array([Dictionary(Subtype=Name.Link, A=LAUNCH)]), "launch"),
        ("/Annots", Array([Dictionary(Subtype=Name.Link, A=SCRIPT)]), "javascript"),
        ("/Kids", Array([Dictionary(AA=Dictionary(O=SCRIPT))]), "open_action"),
        ("/OpenAction", Dictionary(S=Name.GoTo, Next=Array([SCRIPT])), "javascript"),
        ("/A", Dictionary(S=Name.GoToR, F="lain.pdf"), "launch"),
        ("/A", Dictionary(S=Name.ImportData, F="isi.fdf"), "launch"),
    ],
)
def test_active_content_is_found_wherever_it_stands(name: str, value: Object, risk: str, indirect: bool) -> None:
    assert risk in scan_risks(with_page(name, value, indirect=indirect)).risks


def test_what_lies_too_deep_to_be_looked_at_does_not_pass() -> None:
    nested = SCRIPT
    for _level in range(12):
        nested = Dictionary(Further=Array([nested]))
    assert scan_risks(with_page("/PieceInfo", nested)).risks == ("unreadable_structure",)


def test_more_objects_than_are_looked_at_do_not_pass() -> None:
    made = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.Rest = Array([document.make_indirect(Dictionary()) for _each in range(20_001)])
    document.save(made)
    assert scan_risks(made.getvalue()).risks == ("unreadable_structure",)


def test_fields_for_signatures_are_counted_in_arrays_too() -> None:
    fields = Dictionary(Fields=Array([Dictionary(FT=Name.Sig), Dictionary(FT=Name.Tx)]))
    assert scan_risks(with_page("/AcroForm", fields)).signature_fields == 1
