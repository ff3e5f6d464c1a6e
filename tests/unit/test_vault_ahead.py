"""What a practice profile is opened with may be stretched ahead; it opens nothing else, and no more than once."""

from pathlib import Path

import pytest

from lockdesk import unlocking
from lockdesk.core.profile import Mode, ProfileIdentity
from lockdesk.errors import Declined
from lockdesk.vault import create_vault, open_vault

ID = "ab" * 16


@pytest.fixture
def stretched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every secret that Argon2 is given."""
    given: list[str] = []
    original = unlocking.stretch

    def noted(secret: str, salt: bytes) -> bytes:
        given.append(secret)
        return original(secret, salt)

    monkeypatch.setattr(unlocking, "stretch", noted)
    return given


def test_a_practice_profile_is_stretched_once_and_opens(tmp_path: Path, stretched: list[str]) -> None:
    made = create_vault(tmp_path, unlocking.PRACTICE_PASSPHRASE, ProfileIdentity.of(ID, Mode.PRACTICE))
    stretched.clear()
    unlocking.begin_unlocking(tmp_path)
    assert open_vault(tmp_path, unlocking.PRACTICE_PASSPHRASE).keys.database == made.keys.database
    assert stretched == [unlocking.PRACTICE_PASSPHRASE]
    assert not unlocking._begun, "what opened once is not kept"
    open_vault(tmp_path, unlocking.PRACTICE_PASSPHRASE)
    assert len(stretched) == 2


def test_another_secret_gains_nothing_by_it(tmp_path: Path) -> None:
    create_vault(tmp_path, unlocking.PRACTICE_PASSPHRASE, ProfileIdentity.of(ID, Mode.PRACTICE))
    unlocking.begin_unlocking(tmp_path)
    with pytest.raises(Declined):
        open_vault(tmp_path, "bukan frasanya")
    open_vault(tmp_path, unlocking.PRACTICE_PASSPHRASE)


def test_of_a_working_profile_nothing_is_tried(tmp_path: Path, stretched: list[str]) -> None:
    create_vault(tmp_path, "frasa sandi kantor", ProfileIdentity.of(ID, Mode.WORK))
    stretched.clear()
    unlocking.begin_unlocking(tmp_path)
    assert not stretched and not unlocking._begun


@pytest.mark.parametrize("content", ["", "{}", '{"version": 99}', '{"version": 3, "slots": [{"kind": "passphrase"}]}'])
def test_a_damaged_file_is_left_to_the_opening(tmp_path: Path, content: str) -> None:
    (tmp_path / "vault.json").write_text(content, encoding="utf-8")
    unlocking.begin_unlocking(tmp_path)
