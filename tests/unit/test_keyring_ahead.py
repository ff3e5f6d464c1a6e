"""The keyring may be asked before all else of a start: for a profile that it opens, and for nothing else."""

import json
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from lockdesk.app import ProfileStart
from lockdesk.core.journal import GENESIS, JournalHead
from lockdesk.core.profile import Mode, ProfileIdentity
from lockdesk.errors import Damaged, Unreachable
from lockdesk.filelock import LOCK, try_lock
from lockdesk.vault import ask_keyring_ahead, create_vault, keyrings, open_vault
from lockdesk.verbs.early import begin_opening, open_beside
from tests.helpers.desk.keyrings import MachineKeyring, using

ID = "ab" * 16


class Counted(MachineKeyring):
    """Counts in a file what it is asked for, by whichever process."""

    def __init__(self, told: Path) -> None:
        super().__init__()
        self._told = told
        self.forget()

    def forget(self) -> None:
        self._told.write_text("", encoding="utf-8")

    @property
    def asked(self) -> list[str]:
        return sorted(self._told.read_text(encoding="utf-8").split())

    def get_password(self, service: str, username: str) -> str | None:
        with self._told.open("a", encoding="utf-8") as told:
            told.write(f"{'mark' if username.endswith('/mark') else 'key'}\n")
        return super().get_password(service, username)


Counted.__module__, Counted.__qualname__ = "keyring.backends.SecretService", "Keyring"


@pytest.fixture
def at_work(tmp_path: Path) -> tuple[Path, Counted]:
    machine, folder = Counted(tmp_path / "asked"), tmp_path / "kerja"
    folder.mkdir()
    with using(machine):
        create_vault(folder, "frasa sandi kantor", ProfileIdentity.of(ID, Mode.WORK), keyring=True)
    machine.forget()
    return folder, machine


def test_the_key_is_asked_for_once_and_opens(at_work: tuple[Path, Counted]) -> None:
    folder, machine = at_work
    with using(machine):
        ask_keyring_ahead(folder)
        vault = open_vault(folder)
        assert vault.kept_in == "keyring" and vault.mark() == JournalHead(0, GENESIS)
        assert machine.asked == ["key", "mark"] and not keyrings._begun, "what opened once is not kept"
        assert open_vault(folder).mark() == JournalHead(0, GENESIS)
    assert machine.asked == ["key", "key", "mark", "mark"]


@pytest.mark.parametrize("gone", [NoKeyring(), MachineKeyring()])
def test_what_the_keyring_says_no_with_is_told_by_the_opening(
    at_work: tuple[Path, Counted], gone: KeyringBackend
) -> None:
    with using(gone):
        ask_keyring_ahead(at_work[0])
        with pytest.raises(Unreachable):
            open_vault(at_work[0])
    with using(at_work[1]):
        assert open_vault(at_work[0]).kept_in == "keyring", "the next try asks anew"


def test_a_slot_that_leads_nowhere_is_told_as_damaged(at_work: tuple[Path, Counted]) -> None:
    folder, machine = at_work
    file = folder / "vault.json"
    raw = json.loads(file.read_bytes())
    del next(slot for slot in raw["slots"] if slot["kind"] == "keyring")["identifier"]
    file.write_text(json.dumps(raw), encoding="utf-8")
    with using(machine):
        ask_keyring_ahead(folder)
        with pytest.raises(Damaged):
            open_vault(folder)
    assert not machine.asked


def test_a_second_start_asks_the_keyring_for_nothing(at_work: tuple[Path, Counted]) -> None:
    """Where that is locked the system would ask a person for it, and this start only hands its files over."""
    folder, machine = at_work
    with using(machine), (folder / LOCK).open("ab") as held:
        assert try_lock(held)
        opening = begin_opening(folder)
        assert opening is not None and opening.exception(timeout=60) is not None
        assert not machine.asked and not keyrings._begun


def test_what_was_asked_ahead_does_not_outlive_an_opening_that_failed(at_work: tuple[Path, Counted]) -> None:
    """It would be out of date for the next one: what the keyring says by then counts."""
    folder, machine = at_work
    with using(machine), (folder / LOCK).open("ab") as held:
        ask_keyring_ahead(folder)
        assert try_lock(held)
        assert open_beside(ProfileStart(folder)).exception(timeout=60) is not None
        assert not keyrings._begun
