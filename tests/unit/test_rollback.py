"""What was put back is found: the vault's mark moves with every step that is more than looking."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.operations.acting import require_mark
from lockdesk.errors import Damaged, Declined
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.inspection import inspect_journal
from lockdesk.vault import Vault, create_vault, open_vault
from lockdesk.verbs.verify_log import LogWish, run_verify_log
from tests.helpers.desk.office import MONDAY
from tests.helpers.desk.vaults import fresh_vault

PASSPHRASE = "frasa sandi kantor"
MORE_THAN_LOOKING = (
    "operation.intended",
    "case.revoked",
    "print.made",
    "document.exported",
    "case.nik_unmasked",
    "finding.decided",
    "desk.opened",
    "case.received",
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return fresh_vault(tmp_path, PASSPHRASE)


@pytest.fixture
def casebook(tmp_path: Path, vault: Vault) -> Iterator[SqlCasebook]:
    opened = SqlCasebook(tmp_path / "casebook.db", vault, vault.keys.database)
    yield opened
    opened.close()


def write(casebook: SqlCasebook, kind: str) -> c.Committed:
    return casebook.commit(c.Change(MONDAY, "Contoh Petugas", JournalNote(kind)))


def database_files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.glob("casebook.db*") if not path.name.endswith("-shm")}


def put_back(folder: Path, files: dict[Path, bytes]) -> None:
    for path in folder.glob("casebook.db*"):
        path.unlink()
    for path, content in files.items():
        path.write_bytes(content)


@pytest.mark.parametrize("kind", MORE_THAN_LOOKING)
def test_the_database_put_back_alone_is_found_whatever_was_done_last(
    tmp_path: Path, vault: Vault, casebook: SqlCasebook, kind: str
) -> None:
    write(casebook, "case.received")
    before = database_files(tmp_path)
    write(casebook, kind)
    mark = (tmp_path / "mark.bin").read_bytes()  # as it is found when the power fails now
    casebook.close()
    put_back(tmp_path, before)
    (tmp_path / "mark.bin").write_bytes(mark)
    check = inspect_journal(tmp_path / "casebook.db", vault, vault.keys.database)
    assert check.chain.whole and check.behind_mark and not check.whole
    with pytest.raises(Damaged) as refused:
        SqlCasebook(tmp_path / "casebook.db", open_vault(tmp_path, PASSPHRASE), vault.keys.database)
    assert refused.value.code == "journal.broken"


def test_an_end_that_was_rewritten_with_the_key_is_found_when_opening(
    tmp_path: Path, vault: Vault, casebook: SqlCasebook
) -> None:
    write(casebook, "case.received")
    before = database_files(tmp_path)
    write(casebook, "case.revoked")
    mark = (tmp_path / "mark.bin").read_bytes()
    casebook.close()
    (tmp_path / "other").mkdir()
    other = create_vault(tmp_path / "other", "x")
    put_back(tmp_path, before)
    # Another step is written onto the old copy by a program that has the key, and a mark of its own.
    forged = Vault(tmp_path / "other", vault.root)
    forged.advance(other.mark())
    rewritten = SqlCasebook(tmp_path / "casebook.db", forged, vault.keys.database)
    write(rewritten, "case.viewed")
    rewritten.close()
    (tmp_path / "mark.bin").write_bytes(mark)
    with pytest.raises(Damaged):
        SqlCasebook(tmp_path / "casebook.db", open_vault(tmp_path, PASSPHRASE), vault.keys.database)


def test_mere_looking_may_lag_and_is_no_false_alarm(tmp_path: Path, vault: Vault, casebook: SqlCasebook) -> None:
    write(casebook, "case.received")
    for _n in range(5):
        write(casebook, "case.viewed")
    assert vault.mark().count == 1 and casebook.mark_behind() == 0
    check = inspect_journal(tmp_path / "casebook.db", vault, vault.keys.database)
    assert check.whole and check.chain.count == 6, "what only the write-ahead log has counts too"
    for _n in range(20):
        write(casebook, "case.viewed")
    assert vault.mark().count >= 17


def test_a_mark_that_cannot_be_written_fails_no_step_and_holds_the_ca_after_sixteen(
    tmp_path: Path, vault: Vault, casebook: SqlCasebook
) -> None:
    write(casebook, "case.received")
    (tmp_path / "mark.new").mkdir()  # another program is in the way
    for count in range(1, 16):
        write(casebook, "finding.decided")
        assert casebook.mark_behind() == count
    require_mark(casebook)
    write(casebook, "finding.decided")
    with pytest.raises(Declined) as held:
        require_mark(casebook)
    assert held.value.code == "journal.mark_behind" and "16" in held.value.message
    assert vault.mark().count == 1 and casebook.head().count == 17
    (tmp_path / "mark.new").rmdir()
    write(casebook, "finding.decided")
    assert casebook.mark_behind() == 0 and vault.mark() == casebook.head()
    require_mark(casebook)


def test_the_whole_folder_put_back_is_found_against_a_print(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCKDESK_PASSPHRASE", PASSPHRASE)
    folder, copy = tmp_path / "kerja", tmp_path / "salinan"
    vault = fresh_vault(folder, PASSPHRASE)
    casebook = SqlCasebook(folder / "casebook.db", vault, vault.keys.database)
    write(casebook, "case.received")
    casebook.close()
    shutil.copytree(folder, copy)
    casebook = SqlCasebook(folder / "casebook.db", vault, vault.keys.database)
    head = write(casebook, "print.made").head
    casebook.close()
    printed = f"{head.count}:{head.short}"
    assert run_verify_log(folder, LogWish(printed)) == 0
    assert run_verify_log(copy) == 0, "whole in itself"
    assert run_verify_log(copy, LogWish(printed)) == 1
    assert "tidak ada di rekam jejak" in capsys.readouterr().out
    assert run_verify_log(folder, LogWish(f"{head.count}:{'0' * 16}")) == 1


@pytest.mark.parametrize("leftover", ["nothing", "log", "log and index"])
def test_verify_log_makes_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leftover: str) -> None:
    monkeypatch.setenv("LOCKDESK_PASSPHRASE", PASSPHRASE)
    folder = tmp_path / "kerja"
    vault = fresh_vault(folder, PASSPHRASE)
    casebook = SqlCasebook(folder / "casebook.db", vault, vault.keys.database)
    write(casebook, "case.received")
    if leftover == "nothing":
        casebook.close()
    copy = tmp_path / "salinan"
    shutil.copytree(folder, copy)
    casebook.close()
    if leftover == "log":
        (copy / "casebook.db-shm").unlink()
    for path in (*copy.iterdir(), copy):
        path.chmod(0o500 if path.is_dir() else 0o400)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in copy.iterdir()}
    try:
        assert run_verify_log(copy) == 0
        assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in copy.iterdir()} == before
    finally:
        copy.chmod(0o700)


def test_verify_log_says_what_it_wants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCKDESK_PASSPHRASE", raising=False)
    with pytest.raises(Declined) as nothing:
        run_verify_log(tmp_path / "tidak-ada")
    assert nothing.value.code == "profile.none" and not (tmp_path / "tidak-ada").exists()
    fresh_vault(tmp_path / "kerja", PASSPHRASE)
    with pytest.raises(Declined) as wanted:
        run_verify_log(tmp_path / "kerja")
    assert "LOCKDESK_PASSPHRASE" in wanted.value.remedy
    monkeypatch.setenv("LOCKDESK_PASSPHRASE", PASSPHRASE)
    with pytest.raises(Declined) as empty:
        run_verify_log(tmp_path / "kerja")
    assert empty.value.code == "store.none" and not (tmp_path / "kerja" / "casebook.db").exists()


def test_verify_log_reads_beside_a_program_that_is_running(
    profile: OpenProfile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile.desk.guard.signed_in()
    assert run_verify_log(tmp_path / "profil") == 0
    assert f"{profile.casebook.head().count} catatan" in capsys.readouterr().out
    profile.desk.guard.lock()
    assert profile.casebook.verify_journal().whole
