"""Practice and work are two profiles: what one is stands in its vault and its database, and nowhere else."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from sqlcipher3 import dbapi2 as sqlcipher

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.values.register import namesake_key
from lockdesk.errors import Damaged, Declined
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.inspection import looked_at
from lockdesk.vault import create_vault
from tests.helpers.desk.office import MONDAY, SetClock, office_settings
from tests.helpers.desk.vaults import fresh_profile

OLD_PROFILES = Path(__file__).parents[1] / "data" / "profiles"
SECRET = {True: "pelatihan", False: "frasa sandi kantor"}


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    previous = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(previous)


def made(folder: Path, practice: bool) -> Path:
    return fresh_profile(folder, None if practice else SECRET[False])


def opened(folder: Path, practice: bool, asked_as: bool | None = None) -> OpenProfile:
    return OpenProfile(ProfileStart(folder, asked_as, SECRET[practice]), SetClock())


@pytest.mark.parametrize("practice", [True, False])
def test_a_profile_knows_what_it_is_and_is_not_opened_as_the_other(tmp_path: Path, practice: bool) -> None:
    folder = made(tmp_path / "profil", practice)
    with pytest.raises(Declined) as refused:
        opened(folder, practice, asked_as=not practice)
    assert refused.value.code == "profile.other_mode"
    with opened(folder, practice) as profile:
        desk = profile.desk
        assert desk.settings().practice is practice
        assert (desk.practice is not None) is practice
        assert desk.reading.status().training is practice
        assert (desk.connecting is None) is practice


@pytest.mark.parametrize("practice", [True, False])
def test_a_mode_changed_in_the_open_file_is_found(tmp_path: Path, practice: bool) -> None:
    folder = made(tmp_path / "profil", practice)
    path = folder / "vault.json"
    raw = json.loads(path.read_text())
    raw |= {"mode": "work", "gateway": "authority"} if practice else {"mode": "practice", "gateway": "training"}
    path.write_text(json.dumps(raw))
    with pytest.raises(Damaged) as refused:
        opened(folder, practice)
    assert refused.value.code == "profile.mixed" and "tidak sepasang" in refused.value.message


def test_another_profile_s_id_opens_nothing(tmp_path: Path) -> None:
    one, other = made(tmp_path / "a", False), tmp_path / "b"
    OpenProfile(ProfileStart(other, False, SECRET[False], office_settings(False)), SetClock()).close()
    raw, stranger = (json.loads((folder / "vault.json").read_text()) for folder in (one, other))
    (one / "vault.json").write_text(json.dumps(raw | {"profile": stranger["profile"]}))
    with pytest.raises(Declined):
        opened(one, False)
    shutil.copy(other / "vault.json", one / "vault.json")
    with pytest.raises(Damaged):
        opened(one, False)


@pytest.mark.parametrize("practice", [True, False])
@pytest.mark.parametrize("field", ["mode", "profile", "all"])
def test_a_database_that_says_otherwise_is_found(tmp_path: Path, practice: bool, field: str) -> None:
    folder = made(tmp_path / "profil", practice)
    with opened(folder, practice) as profile:
        key = profile.vault.keys.database
    raw = sqlcipher.connect(str(folder / "casebook.db"))
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    (text,) = raw.execute("SELECT value FROM setting WHERE name = 'profile'").fetchone()
    facts = json.loads(text)
    other = {"mode": "work", "gateway": "authority"} if practice else {"mode": "practice", "gateway": "training"}
    changed = {"mode": facts | other, "profile": facts | {"profile": "00" * 16}, "all": None}[field]
    if changed is None:
        raw.execute("DELETE FROM setting WHERE name = 'profile'")
    else:
        raw.execute("UPDATE setting SET value = ? WHERE name = 'profile'", (json.dumps(changed),))
    raw.commit()
    raw.close()
    with pytest.raises(Damaged) as refused:
        opened(folder, practice)
    assert refused.value.code == "profile.mixed"


@pytest.mark.parametrize(("practice", "identifier"), [(True, "portal"), (False, "training")])
def test_an_authority_of_the_other_sort_is_found(tmp_path: Path, practice: bool, identifier: str) -> None:
    folder = made(tmp_path / "profil", practice)
    with opened(folder, practice) as profile:
        write = c.SetSetting("gateway", json.dumps({"identifier": identifier, "values": {}}))
        profile.casebook.commit(c.Change(MONDAY, "P", JournalNote("setting.changed"), (write,)))
    with pytest.raises(Damaged) as refused:
        opened(folder, practice)
    assert refused.value.code == "profile.mixed"


@pytest.mark.parametrize("version", sorted(path.name for path in OLD_PROFILES.iterdir()))
def test_a_profile_of_an_earlier_version_keeps_everything_and_is_bound(tmp_path: Path, version: str) -> None:
    folder = tmp_path / "profil"
    shutil.copytree(OLD_PROFILES / version, folder)
    for _time in range(2):
        with OpenProfile(ProfileStart(folder), SetClock()) as profile:
            assert profile.practice and profile.desk.reading.row(1).number == "LATIH-LOCK-2026-0001"
            assert profile.casebook.verify_journal().whole
            assert profile.desk.guard.unlock("pelatihan") and not profile.desk.guard.unlock("Pelatihan")
            (sekar,) = profile.desk.reading.register_page("sekar contohwati").rows
            numbers = sekar.text("nip"), sekar.text("nik"), sekar.text("name")
            assert profile.casebook.register_find(numbers[1], numbers[0], "") == (sekar,)
            key = namesake_key(numbers[2], numbers[0], numbers[1])
            assert key and profile.casebook.register_matching((), (), (key,)) == (sekar,)
    assert json.loads((folder / "vault.json").read_text())["mode"] == "practice"


PAGE = 4096


@pytest.mark.parametrize("left", [b"", b"x", None], ids=["empty", "a byte", "gone"])
@pytest.mark.parametrize("practice", [True, False])
def test_an_empty_database_beside_a_vault_is_told_as_that_and_left_as_it_is(
    tmp_path: Path, practice: bool, left: bytes | None
) -> None:
    folder = made(tmp_path / "profil", practice)
    database = folder / "casebook.db"
    whole = database.read_bytes()
    database.unlink()
    if left is not None:
        database.write_bytes(left)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(Damaged) as told:
        opened(folder, practice)
    assert told.value.code == "store.emptied"
    assert "kosong" in told.value.message and "cadangan" in told.value.remedy
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    if left is not None:
        with pytest.raises(Damaged) as looked, looked_at(database, bytes(32), in_use=False):
            pass
        assert looked.value.code == "store.emptied"
    database.write_bytes(whole)
    opened(folder, practice).close()


@pytest.mark.parametrize("foreign", [b"catatan lain " * 500, bytes(PAGE), "plain"], ids=["text", "zeros", "plain"])
def test_a_foreign_file_in_the_database_s_place_is_left_as_it_is(tmp_path: Path, foreign: bytes | str) -> None:
    folder = made(tmp_path / "profil", True)
    database = folder / "casebook.db"
    database.unlink()
    if isinstance(foreign, bytes):
        database.write_bytes(foreign)
    else:
        with closing(sqlite3.connect(database)) as other:
            other.execute("CREATE TABLE lain (a)")
    before = database.read_bytes()
    with pytest.raises(Damaged) as told:
        opened(folder, True)
    assert told.value.code == "store.not_ours" and "cadangan" in told.value.remedy
    assert database.read_bytes() == before


def test_a_database_begun_anew_under_an_old_vault_is_told_as_empty(tmp_path: Path) -> None:
    """What earlier versions made of an empty file."""
    folder = made(tmp_path / "profil", True)
    with opened(folder, True) as profile:
        key = profile.vault.keys.database
    database = folder / "casebook.db"
    database.unlink()
    SqlCasebook(database, create_vault(tmp_path / "lain", "frasa sandi lain"), key).close()
    with pytest.raises(Damaged) as told:
        opened(folder, True)
    assert told.value.code == "store.emptied"
