"""A backup is made while work goes on, read back, and gives the same profile on another machine."""

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoKeyring

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.cli import main
from lockdesk.core.journal import JournalNote
from lockdesk.core.messages import MessageState
from lockdesk.desk import changes as c
from lockdesk.desk.values.backups import BackupProgress, MadeBackup
from lockdesk.desk.values.cases import Message
from lockdesk.desk.values.facts import AttachmentKind
from lockdesk.errors import Damaged, Declined, Hindered, LockdeskError, Unreachable
from lockdesk.keeping import Archivist, Restoring
from lockdesk.store.casebook import MIGRATIONS
from lockdesk.store.inspection import looked_at, printed_head_is_known
from lockdesk.vault import open_vault
from lockdesk.verbs.opening import VARIABLE
from tests.helpers.desk.full_disk import full, nobody_writes
from tests.helpers.desk.journal import entries
from tests.helpers.desk.keyrings import MachineKeyring, using
from tests.helpers.desk.office import MONDAY, SetClock, office_settings
from tests.helpers.desk.old_profiles import VERSIONS, lay_out
from tests.helpers.desk.stored_cases import new_case

SECRET = "frasa sandi kantor"


Worked = Callable[[Path], OpenProfile]


def quietly(_percent: int) -> None:
    pass


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    with using(NoKeyring()):
        yield


def begun(folder: Path, practice: bool = False) -> OpenProfile:
    """A new profile in which one case with its letter stands."""
    start = ProfileStart(folder, practice, None if practice else SECRET, office_settings(practice))
    profile = OpenProfile(start, SetClock())
    take_in(profile)
    return profile


@pytest.fixture(scope="module")
def made_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a profile without a keyring, closed again: a copy is as fresh, and its keys are derived once."""
    folder = tmp_path_factory.mktemp("made") / "kerja"
    with using(NoKeyring()):
        begun(folder).close()
    return folder


@pytest.fixture
def worked(made_office: Path) -> Worked:
    """Lays a copy of it into a folder and opens it."""

    def opened(folder: Path) -> OpenProfile:
        shutil.copytree(made_office, folder)
        return OpenProfile(ProfileStart(folder, passphrase=SECRET), SetClock())

    return opened


def take_in(profile: OpenProfile) -> int:
    case_id = new_case(profile.casebook)
    letter = b"%PDF-1.7 surat " * 4_000
    write = c.StoreDocument("statement", "surat.pdf", AttachmentKind.PDF, len(letter), digest(letter), letter)
    profile.casebook.commit(c.Change(MONDAY, "P", JournalNote("case.mail_kept"), (write,), case_id=case_id))
    return case_id


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def backed_up(profile: OpenProfile, folder: Path, progress: BackupProgress = quietly) -> MadeBackup:
    folder.mkdir(exist_ok=True)
    return Archivist(profile.vault.folder, profile.vault).make(folder, SetClock().now(), progress)


def restored(file: Path, folder: Path, secret: str | None = SECRET) -> int:
    with Restoring(file, folder, secret, quietly) as restoring:
        return restoring.put_in_place(SetClock())


def require_same(folder: Path, made: MadeBackup, secret: str | None) -> None:
    """The journal passes through the backup's head, its next entry tells of the restore, and the case is there."""
    with OpenProfile(ProfileStart(folder, passphrase=secret), SetClock()) as profile:
        check = profile.casebook.verify_journal()
        assert check.whole and check.chain.count == made.entries + 1
        assert profile.casebook.row(1).name == "Sekar Contohwati"
        (letter,) = profile.casebook.case(1).documents
        assert digest(profile.casebook.document(letter.id)) == letter.sha256
        key = profile.vault.keys.database
    assert printed_head_is_known(folder / "casebook.db", key, made.entries, made.head)


@pytest.mark.parametrize("kept", ["keyring", "passphrase"])
@pytest.mark.parametrize("by", ["passphrase", "recovery"])
@pytest.mark.parametrize("new_machine", ["keyring", "none"])
def test_a_fresh_profile_has_the_same_journal_head(tmp_path: Path, kept: str, by: str, new_machine: str) -> None:
    folder = tmp_path / "kerja"
    with using(MachineKeyring() if kept == "keyring" else NoKeyring()), begun(folder) as profile:
        assert profile.vault.kept_in == kept
        code = profile.vault.make_recovery_code()
        made = backed_up(profile, tmp_path / "usb")
    shutil.rmtree(folder)
    with using(MachineKeyring() if new_machine == "keyring" else NoKeyring()):
        restored(made.path, folder, code if by == "recovery" else SECRET)
        opens_by_itself = kept == new_machine == "keyring"
        require_same(folder, made, None if opens_by_itself else SECRET)
        require_same_way_in(folder, code)


def require_same_way_in(folder: Path, code: str) -> None:
    """Every way in that was typed on the old machine opens the restored profile too."""
    for secret in (SECRET, code):
        assert open_vault(folder, secret, looking=True).identity is not None


def test_on_the_same_machine_the_keyring_alone_restores(tmp_path: Path) -> None:
    folder = tmp_path / "kerja"
    with using(MachineKeyring()):
        with begun(folder) as profile:
            made = backed_up(profile, tmp_path / "usb")
            profile.vault.keep_secret("mail.secret", "kata sandi rekaan")
            new_case(profile.casebook)
        restored(made.path, folder, None)
        with OpenProfile(ProfileStart(folder), SetClock()) as profile:
            assert profile.casebook.verify_journal().whole, "the keyring's mark, which stood further, was set anew"
            assert profile.vault.secret("mail.secret") == "kata sandi rekaan"


def test_the_practice_profile_comes_back_with_its_authority(tmp_path: Path) -> None:
    with begun(tmp_path / "pelatihan", practice=True) as profile:
        profile.training_ca.issue_practice_certificate("Contoh Rekaan", "Dinas", 0x1234)
        made = backed_up(profile, tmp_path / "usb")
    restored(made.path, tmp_path / "lain", None)
    with OpenProfile(ProfileStart(tmp_path / "lain"), SetClock()) as profile:
        assert profile.practice and profile.training_ca.find_by_serial(0x1234) is not None


def test_what_is_written_meanwhile_waits_for_nobody_and_is_not_in_it(tmp_path: Path, worked: Worked) -> None:
    with worked(tmp_path / "kerja") as profile:
        head, written = profile.casebook.head(), []

        def working(_percent: int) -> None:
            written.append(new_case(profile.casebook))

        made = backed_up(profile, tmp_path / "usb", working)
        assert written and (made.entries, made.head) == (head.count, head.digest.hex())
        assert profile.casebook.head().count == head.count + len(written)
        assert profile.casebook.verify_journal().whole
    restored(made.path, tmp_path / "lain")
    require_same(tmp_path / "lain", made, SECRET)


def test_nothing_of_a_person_and_no_key_can_be_read_in_it(tmp_path: Path, worked: Worked) -> None:
    with worked(tmp_path / "kerja") as profile:
        profile.vault.keep_secret("mail.secret", "kata-sandi-rekaan-7")
        content = backed_up(profile, tmp_path / "usb").path.read_bytes()
        keys = profile.vault.keys
    plain = (b"Sekar", b"3375995502909901", b"199002152019032999", b"%PDF", b"case.received", b"kata-sandi-rekaan-7")
    hidden = (keys.database, keys.secrets, keys.seal.private_bytes_raw(), SECRET.encode())
    assert not any(found in content for found in (*plain, *hidden, *(key.hex().encode() for key in hidden)))


@pytest.mark.parametrize("where", [0.0, 0.02, 0.5, 0.9, "description", "signature", "length", "mark", "cut", "longer"])
def test_a_changed_byte_is_found_and_nothing_is_touched(tmp_path: Path, where: float | str, worked: Worked) -> None:
    folder = tmp_path / "kerja"
    with worked(folder) as profile:
        made = backed_up(profile, tmp_path / "usb")
    content = bytearray(made.path.read_bytes())
    places = {"description": -300, "signature": -60, "length": -20, "mark": -3}
    if where == "cut":
        del content[-2_000:]
    elif where == "longer":
        content += b"lebih"
    else:
        place = places[where] if isinstance(where, str) else int(where * len(content))
        content[place] ^= 1
    made.path.write_bytes(content)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(LockdeskError) as told:
        restored(made.path, folder)
    assert isinstance(told.value, Damaged) and told.value.remedy
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert list(tmp_path.glob(".*")) == [], "what was laid out is taken away"


def test_another_passphrase_and_a_missing_keyring_are_told(tmp_path: Path, worked: Worked) -> None:
    with worked(tmp_path / "kerja") as profile:
        made = backed_up(profile, tmp_path / "usb")
    with pytest.raises(Declined) as wrong:
        restored(made.path, tmp_path / "lain", "bukan ini")
    assert wrong.value.code == "vault.wrong_passphrase"
    with using(MachineKeyring()), begun(tmp_path / "berkunci") as profile:
        made = backed_up(profile, tmp_path / "usb")
    with pytest.raises(Unreachable):
        restored(made.path, tmp_path / "lain", None)
    assert not (tmp_path / "lain").exists()


def test_what_opens_with_this_machine_s_keyring_alone_is_no_backup(tmp_path: Path) -> None:
    with using(MachineKeyring()):
        start = ProfileStart(tmp_path / "kerja", False, None, office_settings(False))
        with OpenProfile(start, SetClock()) as profile:
            with pytest.raises(Declined) as told:
                backed_up(profile, tmp_path / "usb")
            assert told.value.code == "backup.opens_here_only" and "kode pemulihan" in told.value.remedy
            profile.vault.make_recovery_code()
            backed_up(profile, tmp_path / "usb")


# ── the place of the backups fails ──
@contextmanager
def gone(folder: Path) -> Iterator[None]:
    away = folder.with_name("dicabut")
    folder.rename(away)
    yield
    away.rename(folder)


TROUBLES: dict[str, tuple[Callable[[Path], AbstractContextManager[None]], set[str]]] = {
    "full": (full, {"backup.full", "backup.failing"}),
    "read_only": (nobody_writes, {"backup.read_only"}),
    "gone": (gone, {"backup.gone"}),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_place_that_fails_is_told_and_harms_nothing(tmp_path: Path, trouble: str, worked: Worked) -> None:
    hindered, codes = TROUBLES[trouble]
    usb = tmp_path / "tempat" / "usb"
    usb.parent.mkdir()
    with worked(tmp_path / "kerja") as profile:
        # as nobody, who may read there all the same: what is not writable is the stick
        shared = Path(tempfile.gettempdir())
        own = (place for place in tmp_path.parents if shared in place.parents)
        for place in (tmp_path, *own, *(tmp_path / "kerja").iterdir(), tmp_path / "kerja"):
            place.chmod(0o755)
        first = backed_up(profile, usb)
        kept = first.path.read_bytes()
        with hindered(usb), pytest.raises(Hindered) as told:
            Archivist(profile.vault.folder, profile.vault).make(usb, MONDAY + timedelta(days=1), quietly)
        assert told.value.code in codes
        assert "Tempat cadangan" in told.value.message and "Data di komputer ini tidak berubah" in told.value.remedy
        assert {path: path.read_bytes() for path in usb.iterdir()} == {first.path: kept}
        new_case(profile.casebook)
        assert profile.casebook.verify_journal().whole
        second = Archivist(profile.vault.folder, profile.vault).make(usb, MONDAY + timedelta(days=1), quietly)
    restored(second.path, tmp_path / "lain")


@pytest.mark.parametrize("at", [10, 60, 95])
def test_a_stick_pulled_out_in_the_middle(tmp_path: Path, at: int, worked: Worked) -> None:
    usb = tmp_path / "usb"
    with worked(tmp_path / "kerja") as profile:

        def pulled(percent: int) -> None:
            if percent >= at and usb.exists():
                usb.rename(tmp_path / "dicabut")

        with pytest.raises(Hindered) as told:
            backed_up(profile, usb, pulled)
        assert told.value.code == "backup.gone"
        assert not list((tmp_path / "dicabut").glob("*.cadangan")), "what was not read back has no backup's name"
        new_case(profile.casebook)
        assert profile.casebook.verify_journal().whole
        (tmp_path / "dicabut").rename(usb)
        backed_up(profile, usb)
    assert [path.suffix for path in usb.iterdir()] == [".cadangan"], "what the broken one left is cleared away"


def test_older_ones_go_only_for_one_that_held(tmp_path: Path, worked: Worked) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    (usb / "foto.jpg").write_bytes(b"bukan milik kami")
    with worked(tmp_path / "kerja") as profile:
        archivist = Archivist(profile.vault.folder, profile.vault)
        for days in range(40):
            archivist.make(usb, MONDAY + timedelta(days=days), quietly)
    kept = sorted(path.name for path in usb.glob("*.cadangan"))
    assert 12 <= len(kept) <= 20 and (usb / "foto.jpg").exists()
    assert "20270101" in kept[-1], "the newest"
    assert any("20261130" in name for name in kept), "the last of the month before"


def test_what_a_killed_backup_left_makes_room_for_the_next(
    tmp_path: Path, worked: Worked, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    with worked(tmp_path / "kerja") as profile:
        left = stick / f"lockdesk-{profile.vault.identity.profile[:8]}-20250102-030405Z.cadangan.sebagian"
        left.write_bytes(b"half")
        usage = shutil.disk_usage(stick)

        def room(_folder: Path) -> object:
            return usage._replace(free=0) if left.exists() else usage

        monkeypatch.setattr("lockdesk.store.backup_place.shutil.disk_usage", room)
        made = backed_up(profile, stick)
    assert [path.name for path in stick.iterdir()] == [made.path.name]


def test_a_clock_that_fell_back_throws_nothing_new_away(tmp_path: Path, worked: Worked) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    with worked(tmp_path / "kerja") as profile:
        archivist = Archivist(profile.vault.folder, profile.vault)
        for days in range(25):
            archivist.make(usb, MONDAY + timedelta(days=days), quietly)
        made = archivist.make(usb, MONDAY.replace(year=2001), quietly)
        again = archivist.make(usb, MONDAY.replace(year=2001), quietly)
    assert made.path == again.path and made.path.exists()
    restored(made.path, tmp_path / "lain")


# ── over a profile that is there ──
def test_what_is_replaced_is_shown_and_lies_aside(tmp_path: Path, worked: Worked) -> None:
    folder = tmp_path / "kerja"
    with worked(folder) as profile:
        made = backed_up(profile, tmp_path / "usb")
        new_case(profile.casebook)
        newer = profile.casebook.head()
    database = (folder / "casebook.db").read_bytes()
    with Restoring(made.path, folder, SECRET, quietly) as restoring:
        replaced = restoring.replaces()
        assert replaced is not None and replaced.same and replaced.entries == newer.count
        restoring.put_in_place(SetClock())
    require_same(folder, made, SECRET)
    (aside,) = folder.glob("diganti-*")
    assert (aside / "casebook.db").read_bytes() == database
    with OpenProfile(ProfileStart(folder, passphrase=SECRET), SetClock()) as profile:
        entry = entries(profile)[-1]
        assert entry["facts"]["replaced_entries"] == newer.count
        number = profile.casebook.row(new_case(profile.casebook)).number
        assert number.endswith("0003"), "the second is on somebody's receipt already"


@pytest.mark.parametrize("broken", ["vault.json", "casebook.db", "mark.bin"])
def test_a_broken_profile_is_what_a_backup_is_for(tmp_path: Path, broken: str, worked: Worked) -> None:
    folder = tmp_path / "kerja"
    with worked(folder) as profile:
        made = backed_up(profile, tmp_path / "usb")
    (folder / broken).write_bytes(b"rusak" * 1_000)
    with pytest.raises(Damaged):
        OpenProfile(ProfileStart(folder, passphrase=SECRET), SetClock())
    restored(made.path, folder)
    require_same(folder, made, SECRET)


def test_a_full_disk_of_this_computer_is_not_told_of_the_stick(tmp_path: Path, worked: Worked) -> None:
    with worked(tmp_path / "kerja") as profile:
        made = backed_up(profile, tmp_path / "usb")
    with full(tmp_path), pytest.raises(Hindered) as told:
        restored(made.path, tmp_path / "lain")
    assert told.value.code == "disk.full"
    assert not list(tmp_path.glob(".*")) and not (tmp_path / "lain").exists()


def test_an_open_profile_is_not_replaced(tmp_path: Path, worked: Worked) -> None:
    with worked(tmp_path / "kerja") as profile:
        made = backed_up(profile, tmp_path / "usb")
        head = profile.casebook.head()
        with Restoring(made.path, tmp_path / "kerja", SECRET, quietly) as restoring, pytest.raises(Declined) as told:
            restoring.put_in_place(SetClock())
        assert told.value.code == "profile.in_use" and profile.casebook.head() == head


def test_a_full_disk_leaves_the_profile_that_was_there(tmp_path: Path, worked: Worked) -> None:
    folder = tmp_path / "kerja"
    with worked(folder) as profile:
        made = backed_up(profile, tmp_path / "usb")
        head = profile.casebook.head()
    restoring = Restoring(made.path, folder, SECRET, quietly)
    with restoring, full(folder), pytest.raises(LockdeskError) as told:
        restoring.put_in_place(SetClock())
    assert isinstance(told.value, Hindered)
    with OpenProfile(ProfileStart(folder, passphrase=SECRET), SetClock()) as profile:
        assert profile.casebook.head().count >= head.count and profile.casebook.verify_journal().whole


RENAMES = 6
"""The vault's file, the database and the mark, moved aside and put in place."""


@pytest.mark.parametrize("at", range(RENAMES))
def test_a_disk_that_fails_while_files_are_moved_leaves_the_profile_that_was_there(
    tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch, worked: Worked
) -> None:
    folder = tmp_path / "kerja"
    with worked(folder) as profile:
        made = backed_up(profile, tmp_path / "usb")
        new_case(profile.casebook)
        head = profile.casebook.head()
    moved: list[Path] = []
    rename = Path.replace

    def failing(path: Path, target: Path) -> Path:
        if path.suffix == ".new":  # a file of its own that is written whole, not one that is moved
            return rename(path, target)
        if len(moved) == at:
            moved.append(path)
            raise OSError(errno.EIO, "gagal")
        moved.append(path)
        return rename(path, target)

    with Restoring(made.path, folder, SECRET, quietly) as restoring:
        monkeypatch.setattr(Path, "replace", failing)
        with pytest.raises(Hindered) as told:
            restoring.put_in_place(SetClock())
        monkeypatch.undo()
    assert told.value.code == "disk.failing"
    with OpenProfile(ProfileStart(folder, passphrase=SECRET), SetClock()) as profile:
        assert profile.casebook.head().count >= head.count and profile.casebook.verify_journal().whole


@pytest.mark.parametrize("at", range(RENAMES))
def test_killed_while_files_are_moved_the_restore_is_made_again(tmp_path: Path, at: int, worked: Worked) -> None:
    folder = tmp_path / "kerja"
    with worked(folder) as profile:
        made = backed_up(profile, tmp_path / "usb")
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom lockdesk.cli import main\n"
        "rename, left = Path.replace, [int(sys.argv[1])]\n"
        "def killed(path, target):\n"
        "    if path.suffix == '.new': return rename(path, target)\n"
        "    if left[0] == 0: os._exit(9)\n"
        "    left[0] -= 1\n"
        "    return rename(path, target)\n"
        "Path.replace = killed\n"
        "sys.exit(main(['--profile', sys.argv[2], 'restore', sys.argv[3], '--replace']))\n"
    )
    environment = os.environ | {VARIABLE: SECRET, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    done = subprocess.run(
        [sys.executable, "-c", program, str(at), str(folder), str(made.path)],
        env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 9, done.stderr
    restored(made.path, folder)
    require_same(folder, made, SECRET)
    assert list(tmp_path.glob(".*")) == [], "what the killed one had laid out is gone too"


def test_practice_and_work_are_not_mixed_by_a_restore(tmp_path: Path, worked: Worked) -> None:
    with begun(tmp_path / "pelatihan", practice=True) as profile:
        made = backed_up(profile, tmp_path / "usb")
    worked(tmp_path / "kerja").close()
    with pytest.raises(Declined) as told:
        restored(made.path, tmp_path / "kerja", None)
    assert told.value.code == "profile.other_mode"


def test_a_message_that_may_have_gone_since_is_not_sent_again(tmp_path: Path, worked: Worked) -> None:
    with worked(tmp_path / "kerja") as profile:
        queued = Message(
            0, 1, "received", "sekar@contoh.pekalongankota.go.id", "Diterima", "Isi", MessageState.QUEUED, MONDAY
        )
        note = JournalNote("message.queued")
        profile.casebook.commit(c.Change(MONDAY, "P", note, (c.AddMessage(queued),), case_id=1))
        made = backed_up(profile, tmp_path / "usb")
    restored(made.path, tmp_path / "lain")
    with OpenProfile(ProfileStart(tmp_path / "lain", passphrase=SECRET), SetClock()) as profile:
        assert profile.casebook.outbox_counts() == {MessageState.UNSETTLED: 1}
        assert profile.casebook.verify_journal().whole


# ── every schema that there was ──
EVIDENCE = {
    "journal": "sequence, at, actor, kind, subject, body, digest",
    "document": "id, case_id, role, name, kind, size, sha256",
    "blob": "document_id, content",
    "call": "id, case_id, number, reached, at, officer",
    "decided": "id, case_id, check_name, reason, at, officer",
    "evidence": "operation_id, kind, content",
    "printed": "id, subject, kind, sequence, head",
    "setting": "name, value",
}


def evidence_in(path: Path, key: bytes) -> dict[str, list[tuple[object, ...]]]:
    """What an older version wrote and no newer one changes, row by row."""
    with looked_at(path, key, in_use=True) as database:
        return {
            table: database.execute_sql(f'SELECT {columns} FROM "{table}" ORDER BY id').fetchall()  # noqa: S608
            for table, columns in EVIDENCE.items()
        }


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_database_keeps_everything_and_a_copy_from_before(tmp_path: Path, version: str) -> None:
    folder = lay_out(version, tmp_path / "pelatihan")
    key = open_vault(folder, "pelatihan", looking=True).keys.database
    before = evidence_in(folder / "casebook.db", key)
    assert before["journal"] and before["blob"] and before["printed"]
    with OpenProfile(ProfileStart(folder, passphrase="pelatihan"), SetClock()) as profile:
        after = evidence_in(folder / "casebook.db", key)
        assert {name: after[name][: len(rows)] for name, rows in before.items()} == before
        assert profile.casebook.verify_journal().whole
        row = profile.casebook.row(1)
        assert (row.name, row.state.value) == ("Sekar Contohwati, S.I.Pust.", "completed")
        documents = profile.casebook.case(1).documents
        assert documents and all(
            digest(profile.casebook.document(item.id)) == item.sha256 for item in documents if item.stored
        )
        take_in(profile)
    copies = list((folder / "sebelum-pembaruan").glob("*.cadangan"))
    assert len(copies) == (version != max(path.name for path in MIGRATIONS.glob("[0-9]*.py"))[:4])
    for copy in copies:
        with Restoring(copy, tmp_path / "lain", "pelatihan", quietly) as restoring:
            entries, head = restoring.described.entries, restoring.described.head
            restoring.put_in_place(SetClock())
        with OpenProfile(ProfileStart(tmp_path / "lain", passphrase="pelatihan"), SetClock()) as profile:
            assert profile.casebook.verify_journal().whole and profile.casebook.row(1).name.startswith("Sekar")
            key = profile.vault.keys.database
        assert printed_head_is_known(tmp_path / "lain" / "casebook.db", key, entries, head)


def test_without_room_for_the_copy_nothing_is_migrated(tmp_path: Path) -> None:
    folder = lay_out(VERSIONS[0], tmp_path / "pelatihan")
    before = (folder / "casebook.db").read_bytes()
    (folder / "sebelum-pembaruan").mkdir()
    with full(folder), pytest.raises(LockdeskError) as told:
        OpenProfile(ProfileStart(folder, passphrase="pelatihan"), SetClock())
    assert isinstance(told.value, Hindered)
    assert (folder / "casebook.db").read_bytes() == before


# ── the command line ──
def test_backup_and_restore_are_two_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], worked: Worked
) -> None:
    usb, folder = tmp_path / "usb", tmp_path / "kerja"
    usb.mkdir()
    profile = worked(folder)
    head = profile.casebook.head()
    assert main(["--profile", str(folder), "backup", str(usb)]) == 2
    assert VARIABLE in capsys.readouterr().err
    monkeypatch.setenv(VARIABLE, SECRET)
    with nullcontext(profile):
        assert main(["--profile", str(folder), "backup", str(usb)]) == 0, "beside an open window"
        assert profile.casebook.head() == head
    profile.close()
    (file,) = usb.glob("*.cadangan")
    assert head.digest.hex()[:16] in capsys.readouterr().out
    assert main(["--profile", str(folder), "restore", str(file)]) == 2
    told = capsys.readouterr()
    assert "--replace" in told.err and "catatan" in told.out
    assert main(["--profile", str(folder), "restore", str(file), "--replace"]) == 0
    assert main(["--profile", str(tmp_path / "baru"), "restore", str(file)]) == 0
    assert main(["verify-log", str(tmp_path / "baru")]) == 0
    assert main(["--profile", str(folder), "backup", str(tmp_path / "tidak-ada")]) == 2
    assert "tidak ditemukan" in capsys.readouterr().err
