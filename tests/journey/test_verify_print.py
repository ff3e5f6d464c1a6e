"""`lockdesk verify-print`: a print from the counter is told from a changed one, with the profile or its key alone."""

import json
import shutil
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.cli import main
from lockdesk.desk.values.sheets import PaperSize, Printed
from tests.helpers.desk.print_codes import head_of, scanned, typed
from tests.helpers.desk.steps import receive

Out = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profil"


@pytest.fixture
def receipt(profile: OpenProfile) -> Printed:
    return profile.desk.prints.make("receipt", receive(profile.desk, "01"), PaperSize.A5)


@pytest.fixture
def key(receipt: Printed, folder: Path, tmp_path: Path) -> Path:
    made = tmp_path / "kunci.pem"
    assert main(["verify-log", str(folder), "--public-key", str(made)]) == 0
    return made


def test_a_print_is_genuine_with_the_stored_values_beside(receipt: Printed, folder: Path, capsys: Out) -> None:
    for code in (scanned(receipt), typed(receipt)):
        assert main(["verify-print", code, "--digits", head_of(receipt).short, "--folder", str(folder)]) == 0
        told = capsys.readouterr().out
        assert told.startswith("Asli") and "Tanda terima permohonan" in told and "Sekar Contohwati" in told
    assert main(["verify-print", scanned(receipt), "--folder", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "genuine"


def test_a_changed_and_an_unknown_print_are_told_apart(receipt: Printed, folder: Path, capsys: Out) -> None:
    assert main(["verify-print", typed(receipt).replace("-0001-", "-0002-"), "--folder", str(folder)]) == 1
    told = capsys.readouterr().out
    assert told.startswith("Diubah") and "(berbeda)" in told
    assert main(["verify-print", "LD1-0999-3-FFFF", "--folder", str(folder)]) == 1
    assert capsys.readouterr().out.startswith("Tidak dikenal")


def test_the_public_key_alone_knows_a_scanned_print_and_no_changed_one(
    receipt: Printed, key: Path, capsys: Out
) -> None:
    code = scanned(receipt)
    assert main(["verify-print", code, "--key", str(key)]) == 0
    assert "rekam jejak tidak diperiksa" in capsys.readouterr().out
    forged = code[:-20] + ("B" if code[-20] == "A" else "A") + code[-19:]
    for changed in (code.replace("RECEIPT", "COMPLETION"), code.replace("-0001:", "-0002:"), forged):
        assert main(["verify-print", changed, "--key", str(key)]) in {1, 2}
    assert main(["verify-print", code, "--digits", "0" * 16, "--key", str(key)]) == 1
    capsys.readouterr()
    assert main(["verify-print", typed(receipt), "--key", str(key)]) == 2
    assert "Pindai kode QR" in capsys.readouterr().err


def test_a_journal_that_was_put_back_is_found_against_a_print(
    profile: OpenProfile, folder: Path, tmp_path: Path, capsys: Out
) -> None:
    case_id = receive(profile.desk, "01")
    profile.close()
    copy = shutil.copytree(folder, tmp_path / "salinan")
    again = OpenProfile(ProfileStart(folder), profile.desk.clock)
    try:
        code = scanned(again.desk.prints.make("receipt", case_id, PaperSize.A5))
    finally:
        again.close()
    assert main(["verify-print", code, "--folder", str(folder)]) == 0
    capsys.readouterr()
    assert main(["verify-log", str(copy)]) == 0, "whole in itself"
    capsys.readouterr()
    assert main(["verify-print", code, "--folder", str(copy)]) == 1
    assert "dikembalikan ke keadaan lama" in capsys.readouterr().out


def test_what_is_wanted_is_said(receipt: Printed, tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "lain.pem").write_text("halo")
    for arguments, words in (
        ([scanned(receipt)], "--folder"),
        ([scanned(receipt), "--key", str(tmp_path / "lain.pem")], "kunci publik"),
        (["halo", "--folder", str(tmp_path)], "bukan kode cetakan"),
    ):
        assert main(["verify-print", *arguments]) == 2
        assert words in capsys.readouterr().err
