"""The profile's keys: wrapped by a passphrase, never lying beside the data."""

import json
from pathlib import Path

import pytest

from lockdesk.core.journal import JournalHead
from lockdesk.errors import Damaged, Declined, Unreachable
from lockdesk.vault import create_vault, keyring_name, open_vault
from tests.helpers.desk.vaults import fresh_vault


def test_the_passphrase_opens_and_another_one_does_not(tmp_path: Path) -> None:
    made = create_vault(tmp_path, "frasa yang panjang")
    assert open_vault(tmp_path, "frasa yang panjang").keys.database == made.keys.database
    with pytest.raises(Declined) as wrong:
        open_vault(tmp_path, "frasa yang salah")
    assert wrong.value.code == "vault.wrong_passphrase"
    with pytest.raises(Declined) as none:
        open_vault(tmp_path)
    assert none.value.code == "vault.passphrase_needed"


def test_no_key_lies_in_a_file(tmp_path: Path) -> None:
    keys = create_vault(tmp_path, "frasa").keys
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for key in (keys.database, keys.training_ca, keys.mark, keys.seal.private_bytes_raw()):
        assert key not in content and key.hex().encode() not in content


def test_two_profiles_have_different_keys_and_each_purpose_its_own(tmp_path: Path) -> None:
    one, other = create_vault(tmp_path / "a", "x").keys, create_vault(tmp_path / "b", "x").keys
    assert len({one.database, one.training_ca, one.mark, other.database}) == 4


def test_an_altered_mark_alarms(tmp_path: Path) -> None:
    vault = fresh_vault(tmp_path, "x")
    assert vault.mark().count == 0
    vault.advance(JournalHead(7, b"d" * 32))
    assert vault.mark() == JournalHead(7, b"d" * 32)
    path = tmp_path / "mark.bin"
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(Damaged):
        vault.mark()


def test_a_seal_holds_for_its_own_head_only(tmp_path: Path) -> None:
    vault = fresh_vault(tmp_path, "x")
    head = JournalHead(3, b"d" * 32)
    signature = vault.seal(head)
    assert vault.seal_is_valid(head, signature)
    assert not vault.seal_is_valid(JournalHead(2, b"d" * 32), signature)


def test_a_damaged_slot_says_so(tmp_path: Path) -> None:
    (tmp_path / "vault.json").write_text("{}")
    with pytest.raises(Damaged):
        open_vault(tmp_path, "x")


def test_without_a_keyring_the_remedy_is_a_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    import keyring
    from keyring.backends.null import Keyring

    previous = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        assert keyring_name() == "", "the null back end drops what it is given"
        with pytest.raises(Unreachable, match="frasa sandi"):
            create_vault(tmp_path, None)
    finally:
        keyring.set_keyring(previous)
    assert not (tmp_path / "vault.json").exists()


def test_a_working_profile_that_is_passed_off_as_practice_does_not_open(tmp_path: Path) -> None:
    """Its real certificates would be revoked as if it were an exercise."""
    fresh_vault(tmp_path, "frasa")
    file = tmp_path / "vault.json"
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({**kept, "mode": "practice", "gateway": "training"}))
    with pytest.raises(Damaged) as told:
        open_vault(tmp_path, "frasa")
    assert told.value.code == "profile.mixed" and "jangan memakai profil ini" in told.value.remedy
