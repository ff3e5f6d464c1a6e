"""A print's code is held against the journal: which print it is, and which part of it somebody changed."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.journal import JournalHead
from lockdesk.desk.desk import Desk
from lockdesk.desk.prints.checking import reasons, verdict
from lockdesk.desk.prints.codes import PrintClaim
from lockdesk.desk.values.sheets import CodePart, PaperSize, Printed
from lockdesk.errors import Declined
from lockdesk.ui.prints.check_sheet import CheckPrintSheet
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.desk.print_codes import head_of, scanned, typed
from tests.helpers.desk.steps import receive
from tests.helpers.window.real_window import real_window, rest


@pytest.fixture
def desk(profile: OpenProfile) -> Desk:
    return profile.desk


@pytest.fixture
def receipt(desk: Desk) -> Printed:
    return desk.prints.make("receipt", receive(desk, "01"), PaperSize.A5)


def codes_of(printed: Printed) -> tuple[str, str]:
    """As it is typed, and as it was scanned before codes were signed."""
    return typed(printed), f"LD1|{printed.number}|{printed.sequence}|{printed.head}"


def another_digit(text: str, place: int) -> str:
    """With one digit changed."""
    return f"{text[:place]}{(int(text[place], 16) + 1) % 10}{text[place + 1 :]}"


@pytest.mark.parametrize("kind", ["receipt", "data_trail", "standard", "day"])
def test_every_print_is_known_by_what_is_typed_and_by_what_is_scanned(desk: Desk, kind: str) -> None:
    case_id = receive(desk, "01")
    printed = desk.prints.make(kind, case_id if kind in {"receipt", "data_trail"} else 0, PaperSize.A4)
    for code in (*codes_of(printed), scanned(printed)):
        for written, digits in ((code, ""), (f" {code.lower()} ", head_of(printed).short)):
            checked = desk.print_check.check(written, digits)
            assert checked.genuine and checked.entry is not None
            assert (checked.entry.kind, checked.entry.sequence) == (kind, printed.sequence)


@pytest.mark.parametrize(
    ("part", "changed"),
    [(1, CodePart.NUMBER), (2, CodePart.ENTRY), (3, CodePart.DIGITS)],
    ids=["number", "entry", "digits"],
)
def test_a_changed_digit_is_found_out_and_its_part_is_named(
    desk: Desk, receipt: Printed, part: int, changed: CodePart
) -> None:
    for code, between in zip(codes_of(receipt), "-|", strict=True):
        parts = code.split(between)
        for place in [place for place, char in enumerate(parts[part]) if char.isdigit()]:
            forged = between.join((*parts[:part], another_digit(parts[part], place), *parts[part + 1 :]))
            checked = desk.print_check.check(forged)
            assert checked.changed == (changed,), forged
            assert checked.entry is not None and checked.entry.sequence == receipt.sequence, forged


def test_a_changed_digit_beside_the_code_is_found_out(desk: Desk, receipt: Printed) -> None:
    digits = head_of(receipt).short.replace(" ", "")
    place = next(place for place in range(6, 16) if digits[place].isdigit())
    checked = desk.print_check.check(codes_of(receipt)[0], another_digit(digits, place))
    assert checked.changed == (CodePart.DIGITS,)


def test_a_code_of_no_print_is_of_none_and_one_ahead_of_the_journal_says_so(desk: Desk, receipt: Printed) -> None:
    case_entry = receipt.sequence - 1  # an entry that is no print
    for entry, changed in ((case_entry, ()), (receipt.sequence + 50, (CodePart.ENTRY,))):
        checked = desk.print_check.check(f"LD1-0999-{entry}-0000")
        assert (checked.entry, checked.changed) == (None, changed)


@pytest.mark.parametrize("written", ["", "LD1-0042", "LD2-0042-12-9F3A", "halo", "LD1-0042-0-0000", "LD1|a|b|c"])
def test_what_is_no_code_or_that_of_a_preview_is_refused_in_words(desk: Desk, written: str) -> None:
    with pytest.raises(Declined) as declined:
        desk.print_check.check(written)
    assert declined.value.message and declined.value.remedy


SIGNED_PARTS = {1: CodePart.NUMBER, 2: CodePart.KIND, 3: CodePart.TIME, 4: CodePart.ENTRY, 5: CodePart.DIGITS}


@pytest.mark.parametrize("part", SIGNED_PARTS)
def test_every_changed_character_of_a_signed_code_is_found_out(desk: Desk, receipt: Printed, part: int) -> None:
    parts = scanned(receipt).split(":")
    for place, char in enumerate(parts[part]):
        if char == "-":
            continue
        other = "3" if char == "2" else "2" if char.isdigit() or part == 5 else "X" if char != "X" else "Y"
        changed = f"{parts[part][:place]}{other}{parts[part][place + 1 :]}"
        forged = ":".join((*parts[:part], changed, *parts[part + 1 :]))
        try:
            checked = desk.print_check.check(forged)
        except Declined as declined:
            assert declined.code in {"print.code", "print.preview"}, forged
            continue
        assert not checked.genuine and checked.signed is False, forged
        expected = {SIGNED_PARTS[part]} if part < 5 or place < 52 else {CodePart.SIGNATURE}
        assert set(checked.changed) & (expected | {CodePart.SIGNATURE}), forged


def test_what_the_journal_lost_is_told_from_what_somebody_made_up(desk: Desk, receipt: Printed) -> None:
    """A signed code of an entry that is not there: the journal was put back. The same without our key: a forgery."""
    claim = PrintClaim(
        "LATIH-LOCK-2026-0001", "receipt", desk.clock.now(), JournalHead(receipt.sequence + 9, b"7" * 32)
    )
    lost = desk.print_check.check(claim.qr_text(desk._outside.signer.sign))
    assert lost.put_back and verdict(lost) == "put_back" and "keadaan lama" in reasons(lost)[0]
    made_up = desk.print_check.check(claim.qr_text(Ed25519PrivateKey.generate().sign))
    assert not made_up.put_back and verdict(made_up) == "unknown" and "keadaan lama" not in " ".join(reasons(made_up))


def test_what_is_stored_stands_beside_what_the_code_says(desk: Desk, receipt: Printed) -> None:
    parts = scanned(receipt).split(":")
    parts[2] = "COMPLETION"
    checked = desk.print_check.check(":".join(parts))
    beside = {row.label: row for row in checked.beside}
    assert (beside["Jenis"].said, beside["Jenis"].stored) == ("Bukti penyelesaian layanan", "Tanda terima permohonan")
    assert beside["Jenis"].differs and not beside["Nomor"].differs
    assert beside["Pemohon"].stored.startswith("Sekar Contohwati")
    (line,) = [line for line in desk.reading.case(1).history if line.kind == "print.checked"]
    assert line.facts["changed"] == "kind", "whose name was shown has it in the trail"


def test_every_check_stands_in_the_journal(desk: Desk, receipt: Printed) -> None:
    before = desk.casebook.head().count
    desk.print_check.check(codes_of(receipt)[0])
    assert desk.casebook.head().count == before + 1 and desk.casebook.verify_journal().whole


def test_the_sheet_tells_a_print_from_a_changed_one(qtbot: QtBot, desk: Desk, receipt: Printed) -> None:
    code = codes_of(receipt)[0]
    with real_window(qtbot, desk) as window:
        window.begin("check_print")
        (sheet,) = open_sheets(window)
        assert isinstance(sheet, CheckPrintSheet)
        for written, verdict in (
            (code, "Asli"),
            (another_digit(code, len("LD1-")), "Diubah"),
            ("halo", ""),
        ):
            sheet.code.selectAll()
            qtbot.keyClicks(sheet.code, written)
            qtbot.keyClick(sheet.code, Qt.Key.Key_Return)
            rest(qtbot, window)
            assert sheet.verdict.text() == verdict
            assert sheet.isVisible() and sheet.code.selectedText() == written, "the next code is typed over it"
        assert "bukan kode cetakan" in sheet.code.accessibleDescription()
