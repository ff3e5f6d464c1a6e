"""A substitute opens the desk with an own passphrase: in the days of the assignment, and in the own name."""

import errno
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.desk.desk import Guard
from lockdesk.errors import Declined, LockdeskError
from lockdesk.ui.office.own_way import ChangePassphraseSheet, OwnWaySheet
from lockdesk.ui.shell.lock import LockOverlay
from tests.helpers.desk.journal import entries
from tests.helpers.desk.office import SUBSTITUTE, SetClock, office_settings
from tests.helpers.window.real_window import rest, settings_page

OFFICE, OWN = "frasa sandi kantor", "sandi milik pengganti"
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def no_keyring() -> Iterator[None]:
    previous = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(previous)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, no_keyring: None) -> Path:
    """An office whose substitute has an own passphrase, closed again: a copy is as fresh, and its keys are derived
    once."""
    folder = tmp_path_factory.mktemp("made") / "kerja"
    with profile(folder, OFFICE, SetClock(MONDAY)) as opened:
        settings = opened.desk.settings()
        opened.desk.setup.save(replace(settings, officers=(*settings.officers, SUBSTITUTE)))
        ways = opened.desk.own_ways
        assert ways is not None
        ways.give(SUBSTITUTE.nip, OWN)
    return folder


@pytest.fixture
def folder(tmp_path: Path, made: Path, clock: SetClock) -> Path:
    clock.at = MONDAY
    return Path(shutil.copytree(made, tmp_path / "kerja"))


def profile(folder: Path, passphrase: str, clock: SetClock) -> OpenProfile:
    return OpenProfile(ProfileStart(folder, False, passphrase, office_settings(practice=False)), clock)


def test_who_opened_it_is_who_acts_and_is_printed(folder: Path, clock: SetClock) -> None:
    for passphrase, name in ((OWN, SUBSTITUTE.name), (OFFICE, "Contoh Petugas")):
        with profile(folder, passphrase, clock) as opened:
            assert opened.desk.office.actor() == opened.desk.office.officer().name == name
            opened.desk.guard.lock()
            assert opened.casebook.verify_journal().whole


def test_the_locked_window_is_opened_by_either_in_the_own_name(folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        guard, office = opened.desk.guard, opened.desk.office
        assert not guard.unlock("bukan frasa sandi") and office.actor() == "Contoh Petugas"
        assert guard.unlock(OWN) and office.actor() == SUBSTITUTE.name
        assert guard.unlock(OFFICE) and office.actor() == "Contoh Petugas"


def test_outside_of_the_assignment_it_opens_nothing(folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        clock.at = datetime(2026, 11, 25, 2, tzinfo=UTC)
        with pytest.raises(Declined, match="tidak sedang bertugas"):
            opened.desk.guard.unlock(OWN)
        assert opened.desk.office.actor() == "Contoh Petugas"
    with pytest.raises(Declined, match="tidak sedang bertugas"):
        profile(folder, OWN, clock)
    profile(folder, OFFICE, clock).close()


def test_what_is_ended_or_made_anew_opens_nothing_any_more(folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        ways = opened.desk.own_ways
        assert ways is not None
        ways.give(SUBSTITUTE.nip, "yang baru dipilih")
        assert not opened.desk.guard.unlock(OWN) and opened.desk.guard.unlock("yang baru dipilih")
        with pytest.raises(Declined):
            ways.end(SUBSTITUTE.nip)  # the substitute is at the desk now
        opened.desk.guard.unlock(OFFICE)
        ways.end(SUBSTITUTE.nip)
        assert ways.people() == () and not opened.desk.guard.unlock("yang baru dipilih")
    with pytest.raises(Declined):
        profile(folder, "yang baru dipilih", clock)


@pytest.mark.parametrize(
    ("nip", "passphrase"), [("198501012010011001", "milik petugas tetap"), (SUBSTITUTE.nip, OFFICE)]
)
def test_nobody_else_gets_one_and_none_is_two_people_s(
    folder: Path, clock: SetClock, nip: str, passphrase: str
) -> None:
    with profile(folder, OFFICE, clock) as opened:
        ways = opened.desk.own_ways
        assert ways is not None
        with pytest.raises(Declined):
            ways.give(nip, passphrase)


def test_a_way_under_another_s_name_opens_nothing(folder: Path, clock: SetClock) -> None:
    """Whoever can write the folder cannot become the officer with the substitute's passphrase."""
    path = folder / "vault.json"
    content = path.read_text()
    for forged in ('"person": "198501012010011001"', '"persona": "x"'):
        path.write_text(content.replace(f'"person": "{SUBSTITUTE.nip}"', forged))
        with pytest.raises(LockdeskError):
            profile(folder, OWN, clock)
    path.write_text(content)
    profile(folder, OWN, clock).close()


def test_the_substitute_types_it_in_the_settings(qtbot: QtBot, folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened, settings_page(qtbot, opened.desk) as window:
        for typed, again in (("pendek", "pendek"), ("sandi kedua pengganti", "lain"), ("sandi kedua pengganti",) * 2):
            sheets = window.findChildren(OwnWaySheet)
            if not sheets or sheets[-1].left:
                name = f"Frasa sandi {SUBSTITUTE.name}"
                next(one for one in window.findChildren(QAbstractButton) if one.accessibleName() == name).click()
                rest(qtbot, window)
                sheets = window.findChildren(OwnWaySheet)
            sheet = sheets[-1]
            sheet.first.setText(typed)
            sheet.second.setText(again)
            sheet.verb.click()
            rest(qtbot, window)
            assert sheet.left is (typed == again != "pendek")
        assert opened.desk.guard.unlock("sandi kedua pengganti") and not opened.desk.guard.unlock(OWN)


def test_where_the_keyring_opens_it_the_window_asks_who_is_there(qtbot: QtBot, folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        desk = opened.desk
        assert not desk.guard.asks_who
        by_keyring = {"by": "keyring"}  # the way itself: tests/contract/test_keyring.py
        desk.guard = Guard(opened.casebook, desk.office, opened._unlocks, by_keyring)
        with settings_page(qtbot, desk) as window:
            assert window.locking.closed
            window.findChildren(LockOverlay)[0].unlock_asked.emit(OWN)
            rest(qtbot, window)
            assert not window.locking.closed and desk.office.actor() == SUBSTITUTE.name
        clock.at = datetime(2026, 11, 25, 2, tzinfo=UTC)
        assert not desk.guard.asks_who, "nobody else serves any more"


NEW = "frasa sandi kantor yang baru"


def test_the_office_s_passphrase_is_changed_by_whoever_knows_it(folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        ways = opened.desk.own_ways
        assert ways is not None
        refusals = ((OWN, NEW, "ways.wrong"), ("bukan", NEW, "ways.wrong"), (OFFICE, OWN, "vault.passphrase_taken"))
        for known, new, code in refusals:
            with pytest.raises(Declined) as refused:
                ways.change(known, new)
            assert refused.value.code == code
        ways.change(OFFICE, NEW)
        assert opened._unlocks(NEW) and not opened._unlocks(OFFICE)
        assert entries(opened)[-1]["kind"] == "ways.passphrase_changed"
    for passphrase in (NEW, OWN):
        profile(folder, passphrase, clock).close()
    with pytest.raises(LockdeskError) as closed:
        profile(folder, OFFICE, clock)
    assert closed.value.code == "vault.wrong_passphrase"


def test_a_change_that_fails_half_way_leaves_the_passphrase_so_far(
    folder: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with profile(folder, OFFICE, clock) as opened:
        ways = opened.desk.own_ways
        assert ways is not None
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", full)
            with pytest.raises(OSError, match="No space"):
                ways.change(OFFICE, NEW)
    profile(folder, OFFICE, clock).close()


def test_the_passphrase_is_changed_in_the_window(qtbot: QtBot, folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened, settings_page(qtbot, opened.desk) as window:
        next(b for b in window.findChildren(QAbstractButton) if b.text() == "Ganti frasa sandi…").click()
        sheet = window.findChildren(ChangePassphraseSheet)[-1]
        sheet.known.setText("salah semuanya")
        sheet.first.setText(NEW)
        sheet.second.setText(NEW)
        sheet.verb.click()
        rest(qtbot, window)
        assert not sheet.left, "it stays open with the reason"
        assert any("Frasa sandi lama tidak cocok" in item.text() for item in sheet.findChildren(QLabel))
        sheet.known.setText(OFFICE)
        sheet.verb.click()
        rest(qtbot, window)
        assert sheet.left and opened._unlocks(NEW)
