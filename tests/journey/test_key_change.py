"""The data key is changed: what was open stays open, what was known opens nothing any more."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoKeyring

from lockdesk import unlocking
from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.journal import JournalHead
from lockdesk.desk.prints.codes import PrintClaim
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined, Hindered, LockdeskError
from lockdesk.keeping import Archivist, Restoring
from lockdesk.rekeying import change_key, credential_names, finish_key_change
from lockdesk.store import rekeying
from lockdesk.store.casebook import SqlCasebook
from lockdesk.vault import open_vault
from lockdesk.verbs.opening import opened as looked_at
from tests.helpers.desk.exported import verifier
from tests.helpers.desk.journal import entries
from tests.helpers.desk.keyrings import MachineKeyring, using
from tests.helpers.desk.office import SUBSTITUTE, SetClock, office_settings
from tests.helpers.desk.stored_cases import new_case

KNOWN, NEW = "frasa sandi kantor", "frasa sandi yang baru"
SECRET = "mail.secret"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases that are not stretched for a second."""
    monkeypatch.setattr(unlocking, "ARGON2_KIB", 64)
    monkeypatch.setattr(unlocking, "ARGON2_PASSES", 1)


@pytest.fixture
def folder(tmp_path: Path, clock: SetClock) -> Iterator[Path]:
    made = tmp_path / "kerja"
    with using(NoKeyring()):
        begin(made, clock)
        yield made


def begin(folder: Path, clock: SetClock) -> None:
    with OpenProfile(ProfileStart(folder, False, KNOWN, office_settings(False)), clock) as opened:
        new_case(opened.casebook)
        opened.vault.keep_own(SUBSTITUTE.nip, "sandi milik pengganti")
        opened.vault.keep_secret(SECRET, "kata sandi surat")


def change(folder: Path, clock: SetClock, known: str = KNOWN, new: str = NEW) -> None:
    change_key(folder, known, new, "Contoh Petugas", clock, lambda _percent: None)


def profile(folder: Path, clock: SetClock, passphrase: str | None = NEW) -> OpenProfile:
    return OpenProfile(ProfileStart(folder, False, passphrase), clock)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_everything_is_under_another_key_and_only_the_new_passphrase_opens(folder: Path, clock: SetClock) -> None:
    before, code = open_vault(folder, KNOWN), open_vault(folder, KNOWN).make_recovery_code()
    change(folder, clock)
    for gone in (KNOWN, code, "sandi milik pengganti"):
        with pytest.raises(Declined):
            open_vault(folder, gone)
    with profile(folder, clock) as opened:
        after = opened.vault.keys
        assert not {after.database, after.mark, after.secrets} & {
            before.keys.database,
            before.keys.mark,
            before.keys.secrets,
        }
        assert opened.casebook.verify_journal().whole and opened.vault.secret(SECRET) == "kata sandi surat"
        last = entries(opened)[-1]
        assert (last["kind"], last["actor"], last["facts"]["ended"]) == (
            "key.changed",
            "Contoh Petugas",
            SUBSTITUTE.nip,
        )
        recovery = opened.desk.recovery
        assert recovery is not None and not recovery.kept(), "a new code is asked for"
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize("known", ["bukan itu", "sandi milik pengganti"])
def test_who_does_not_have_the_office_s_passphrase_changes_nothing(folder: Path, clock: SetClock, known: str) -> None:
    before = contents(folder)
    with pytest.raises(Declined):
        change(folder, clock, known)
    assert contents(folder) == before


def test_an_open_profile_and_one_for_practice_are_refused(folder: Path, tmp_path: Path, clock: SetClock) -> None:
    with profile(folder, clock, KNOWN), pytest.raises(Declined) as refused:
        change(folder, clock)
    assert refused.value.code == "profile.in_use"
    with OpenProfile(ProfileStart(tmp_path / "latih", True, settings=office_settings()), clock):
        pass
    with pytest.raises(Declined) as refused:
        change(tmp_path / "latih", clock, "pelatihan")
    assert refused.value.code == "rekey.practice"


def test_what_fails_leaves_the_profile_as_it_was(
    folder: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("lockdesk.rekeying.seal_anew", full)
        with pytest.raises(Hindered):
            change(folder, clock)
    assert contents(folder) == before and not (folder / ".kunci-baru").exists()
    with monkeypatch.context() as patch:  # what is read back is not what was copied
        found = iter("ab")
        patch.setattr(rekeying, "row_counts", lambda _database: next(found))
        with pytest.raises(LockdeskError) as refused:
            change(folder, clock)
    assert refused.value.code == "rekey.not_whole" and contents(folder) == before
    with monkeypatch.context() as patch:  # a log that was not taken into the database
        close = SqlCasebook.close
        log = folder / ".kunci-baru" / "casebook.db-wal"
        patch.setattr(SqlCasebook, "close", lambda book: (close(book), log.write_bytes(b"x"))[0])
        with pytest.raises(LockdeskError):
            change(folder, clock)
    assert contents(folder) == before
    change(folder, clock)


def test_nobody_looks_at_a_profile_between_two_keys(
    folder: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("lockdesk.rekeying.finish_key_change", lambda _folder: None)
        change(folder, clock)
    with pytest.raises(Declined) as refused:
        looked_at(folder)
    assert refused.value.code == "rekey.unfinished"
    profile(folder, clock).close()
    finish_key_change(folder)
    assert open_vault(folder, NEW).secret(SECRET) == "kata sandi surat"


def test_prints_made_before_are_still_known_and_the_old_key_forges_none_for_later(
    folder: Path, clock: SetClock
) -> None:
    old = open_vault(folder, KNOWN)
    with profile(folder, clock, KNOWN) as opened:
        printed = opened.desk.prints.make("blank_statement", 0, PaperSize.A4)
        head = JournalHead(printed.sequence, bytes.fromhex(printed.head))
        claim = PrintClaim(printed.number, printed.kind, clock.now(), head)
    change(folder, clock)
    with profile(folder, clock) as opened:
        check = opened.desk.print_check
        assert check.check(claim.qr_text(old.sign)).genuine
        later = opened.desk.prints.make("blank_statement", 0, PaperSize.A4)
        fresh = PrintClaim(
            later.number, later.kind, clock.now(), JournalHead(later.sequence, bytes.fromhex(later.head))
        )
        assert check.check(fresh.qr_text(opened.vault.sign)).genuine
        assert not check.check(fresh.qr_text(old.sign)).genuine
        made_up = replace(claim, head=JournalHead(9999, claim.head.digest)).qr_text(old.sign)
        assert not check.check(made_up).put_back, "whoever has the old key raises no alarm with it"
    file = json.loads((folder / "vault.json").read_text())
    file["seals"][0]["until"] = 9999
    (folder / "vault.json").write_text(json.dumps(file))
    with pytest.raises(LockdeskError):
        open_vault(folder, NEW)


def test_an_export_leads_from_the_old_public_key_to_the_new_one(folder: Path, tmp_path: Path, clock: SetClock) -> None:
    old = open_vault(folder, KNOWN).public_key()
    change(folder, clock)
    with profile(folder, clock) as opened:
        export = tmp_path / "ekspor.jsonl"
        opened.desk.journal.export(export)
        new = opened.vault.public_key()
    assert verifier.check_export(export)[2] == new
    assert verifier.leads_to(export, old, new) and verifier.leads_to(export, new, new)
    assert not verifier.leads_to(export, bytes(32), new)
    forged = export.read_bytes().replace(old.hex().encode(), new.hex().encode())
    export.write_bytes(forged)
    assert not verifier.leads_to(export, old, new)


def test_an_older_backup_is_opened_by_what_opened_it_and_told_from_the_newer_key(
    folder: Path, tmp_path: Path, clock: SetClock
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    file = Archivist(folder, open_vault(folder, KNOWN), in_use=False).make(usb, clock.now(), lambda _n: None).path
    change(folder, clock)
    with pytest.raises(Declined):
        Restoring(file, folder, NEW, lambda _n: None)
    with Restoring(file, folder, KNOWN, lambda _n: None) as restoring:
        replaced = restoring.replaces()
        assert replaced is not None and replaced.same and replaced.older_key
        restoring.put_in_place(clock)
    with profile(folder, clock, KNOWN) as opened:
        assert opened.casebook.verify_journal().whole


def test_in_the_keyring_credentials_go_along_and_the_old_ones_go(tmp_path: Path, clock: SetClock) -> None:
    machine = MachineKeyring()
    with using(machine):
        folder = tmp_path / "kerja"
        begin(folder, clock)
        old = {user.partition("/")[0] for _service, user in machine.kept}
        change(folder, clock)
        with profile(folder, clock, None) as opened:
            assert opened.vault.secret(SECRET) == "kata sandi surat" and opened.casebook.verify_journal().whole
        left = {user for _service, user in machine.kept if user.partition("/")[0] in old}
        assert left == old, "the key alone, for older backups"
        assert SECRET in credential_names() and any(name.startswith("ejbca.") for name in credential_names())
