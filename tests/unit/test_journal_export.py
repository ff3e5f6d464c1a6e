"""The exported journal is checked by a script that shares no code with the program, and found out where changed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lockdesk.cli import main
from lockdesk.vault import Vault, create_vault
from tests.helpers.desk.exported import VERIFIER, objection, verifier, write_entries

PASSPHRASE = "frasa sandi kantor"
ENTRIES = 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("profil") / "kerja"
    write_entries(made, create_vault(made, PASSPHRASE), ENTRIES)
    return made


@pytest.fixture
def export(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With the public key beside it."""
    monkeypatch.setenv("LOCKDESK_PASSPHRASE", PASSPHRASE)
    out = tmp_path / "ekspor.jsonl"
    assert main(["verify-log", str(folder), "--export", str(out), "--public-key", str(tmp_path / "kunci.pem")]) == 0
    return out


def run_script(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(VERIFIER), *map(str, arguments)], capture_output=True, text=True, check=False
    )


def test_the_script_needs_nothing_of_the_program_and_says_that_an_export_is_whole(export: Path) -> None:
    assert "lockdesk." not in VERIFIER.read_text(encoding="utf-8").replace("LockDesk", "")
    found = run_script(export, "--key", export.with_name("kunci.pem"))
    assert (found.returncode, found.stderr) == (0, "") and found.stdout.startswith(f"UTUH: {ENTRIES} catatan")
    without = run_script(export)
    assert without.returncode == 0 and "Bandingkan dengan kunci" in without.stdout


def test_every_changed_byte_is_found(export: Path, tmp_path: Path) -> None:
    whole = export.read_bytes()
    for place, byte in enumerate(whole):
        for other in {byte ^ 1, byte ^ 0x20, 0x20, 0x0A} - {byte}:
            changed = whole[:place] + bytes([other]) + whole[place + 1 :]
            assert objection(tmp_path / "diubah", changed), (place, other)


def test_every_deletion_insertion_swap_and_cut_of_lines_and_bytes_is_found(export: Path, tmp_path: Path) -> None:
    whole = export.read_bytes()
    lines = whole.splitlines(keepends=True)
    other = tmp_path / "diubah"
    for n in range(len(lines)):
        assert objection(other, b"".join(lines[:n] + lines[n + 1 :])), n
        assert objection(other, b"".join([*lines[: n + 1], *lines[n:]])), n
        assert objection(other, b"".join(lines[:n])), n
        for m in range(n):
            swapped = list(lines)
            swapped[n], swapped[m] = lines[m], lines[n]
            assert objection(other, b"".join(swapped)), (n, m)
    for place in range(len(whole)):
        assert objection(other, whole[:place]), place
        assert objection(other, whole[:place] + b" " + whole[place:]), place
        assert objection(other, whole[:place] + whole[place + 1 :]), place
    assert not objection(other, whole)


def test_a_journal_made_anew_under_another_key_is_told_by_the_key_alone(export: Path, tmp_path: Path) -> None:
    forged = tmp_path / "palsu"
    write_entries(forged, create_vault(forged, PASSPHRASE), ENTRIES)
    out = tmp_path / "palsu.jsonl"
    assert main(["verify-log", str(forged), "--export", str(out)]) == 0
    assert run_script(out).returncode == 0, "whole in itself"
    told = run_script(out, "--key", export.with_name("kunci.pem"))
    assert told.returncode == 1 and "kunci lain" in told.stdout


def test_who_has_every_key_is_found_against_a_print_or_an_earlier_export(
    folder: Path, export: Path, tmp_path: Path
) -> None:
    end = json.loads(export.read_bytes().splitlines()[-1])
    printed = f"{end['count']}:{end['digest'][:16]}"
    assert run_script(export, "--printed", printed).returncode == 0
    anew = tmp_path / "anew"
    anew.mkdir()
    key = Vault(anew, _root_of(folder))
    write_entries(anew, _with_mark(key), ENTRIES - 1)
    from lockdesk.store.inspection import export_journal

    out = tmp_path / "anew.jsonl"
    with out.open("wb") as file:
        export_journal(anew / "casebook.db", key.public_key(), key.keys.database, file)
    assert run_script(out, "--key", export.with_name("kunci.pem")).returncode == 0, "sealed with the very key"
    told = run_script(out, "--printed", printed)
    assert told.returncode == 1 and f"nomor {ENTRIES}" in told.stdout


def _root_of(folder: Path) -> bytes:
    from lockdesk.vault import open_vault

    return open_vault(folder, PASSPHRASE).root


def _with_mark(vault: Vault) -> Vault:
    from lockdesk.core.journal import GENESIS, JournalHead

    vault.advance(JournalHead(0, GENESIS))
    return vault


def test_verify_log_says_as_json_what_it_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOCKDESK_PASSPHRASE", PASSPHRASE)
    assert main(["verify-log", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["whole"] and told["entries"] == ENTRIES and told["broken_at"] is None and told["printed_known"] is None
    assert main(["verify-log", str(folder), "--json", "--printed", f"{ENTRIES}:{'0' * 16}"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["whole"] is False and told["printed_known"] is False


def test_an_empty_journal_and_what_is_no_export_are_told_apart(tmp_path: Path) -> None:
    assert "kepala ekspor" in objection(tmp_path / "x", b"").lower()
    assert objection(tmp_path / "x", b'{"format":"lockdesk journal 2","public_key":"00"}\n')
    assert verifier.main([str(tmp_path / "tidak-ada")]) == 2


def test_a_text_beside_an_entry_is_written_with_its_key_and_one_that_is_gone_as_null() -> None:
    from datetime import UTC, datetime

    from lockdesk.core.journal import Entry, JournalNote, canonical_body
    from lockdesk.core.journal_export import entry_line

    at = datetime(2026, 11, 23, tzinfo=UTC)
    body = canonical_body(1, at, "P", "", JournalNote("x"), {}, {"reason": "aa", "asked": "bb"})
    entry = Entry(1, int(at.timestamp()) * 1_000_000, "P", "x", "", body, bytes(32), {"reason": (b"k" * 32, "cuti")})
    assert json.loads(entry_line(entry))["texts"] == {"reason": [(b"k" * 32).hex(), "cuti"], "asked": None}
    assert "texts" not in json.loads(entry_line(entry._replace(body=b"{}", texts={})))
    broken = json.loads(entry_line(entry._replace(body=b"\xff not json")))
    assert list(broken["texts"]) == ["reason"], "even what is no longer what was chained is written"
