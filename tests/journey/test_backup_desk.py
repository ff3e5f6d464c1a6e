"""What the office sees of its backups: plan, journal, the day's end, and the move to another computer."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoKeyring

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.desk.prints.day_texts import Weight, backup_note
from lockdesk.desk.values.backups import BackupPlan, Occasion
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined, Hindered
from lockdesk.keeping import Restoring
from tests.helpers.desk.counter import text_of
from tests.helpers.desk.journal import entries
from tests.helpers.desk.keyrings import using
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.stored_cases import new_case
from tests.helpers.desk.vaults import fresh_profile

SECRET = "frasa sandi kantor"


def quietly(_percent: int) -> None:
    pass


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


@pytest.fixture
def profile(tmp_path: Path, clock: SetClock) -> Iterator[OpenProfile]:
    start = ProfileStart(fresh_profile(tmp_path / "kerja", SECRET), passphrase=SECRET)
    with using(NoKeyring()), OpenProfile(start, clock) as opened:
        yield opened


def note(profile: OpenProfile) -> tuple[str, Weight]:
    return backup_note(profile.desk.reading.day_end().backup, profile.desk.office.zone)


def test_a_day_has_one_backup_by_itself_and_the_day_s_end_tells_of_it(
    profile: OpenProfile, usb: Path, clock: SetClock
) -> None:
    backups = profile.desk.backups
    assert "Belum ada cadangan" in note(profile)[0] and not backups.due()
    with pytest.raises(Declined) as nowhere:
        backups.make(Occasion.ASKED, quietly)
    assert nowhere.value.code == "backup.nowhere"
    backups.save(BackupPlan(str(usb)))
    assert backups.due() and note(profile)[1] is Weight.BAD
    made = backups.make_today(quietly)
    assert made is not None and made.path.exists() and not backups.due() and backups.make_today(quietly) is None
    words, weight = note(profile)
    assert weight is Weight.DONE and "hari ini pukul 08.05" in words and "saat program ditutup" in words
    assert "hari ini pukul 08.05" in text_of(profile.desk.prints.make("day", 0, PaperSize.A4).pdf)
    told = [entry for entry in entries(profile) if entry["kind"] == "backup.made"]
    assert [entry["facts"]["occasion"] for entry in told] == ["daily"]
    assert (told[0]["facts"]["entries"], told[0]["facts"]["head"]) == (made.entries, made.head)
    clock.forward(days=1)
    assert backups.due() and note(profile)[1] is Weight.OPEN
    shutil.rmtree(usb)
    with pytest.raises(Hindered) as gone:
        backups.make_today(quietly)
    assert gone.value.code == "backup.gone" and backups.due(), "it stays due"


def test_a_place_that_is_none_is_not_taken(profile: OpenProfile, tmp_path: Path) -> None:
    for folder, code in ((tmp_path / "tidak-ada", "backup.no_folder"), (tmp_path / "kerja", "backup.inside")):
        with pytest.raises(Declined) as told:
            profile.desk.backups.save(BackupPlan(str(folder)))
        assert told.value.code == code
    assert profile.desk.backups.standing().plan == BackupPlan()


def test_a_moved_profile_goes_on_there_and_nowhere_else(
    profile: OpenProfile, usb: Path, tmp_path: Path, clock: SetClock
) -> None:
    new_case(profile.casebook)
    made = profile.desk.backups.move(usb, quietly)
    assert [entry["kind"] for entry in entries(profile)[-2:]] == ["backup.made", "profile.retired"]
    profile.close()
    with pytest.raises(Declined) as retired:
        OpenProfile(ProfileStart(tmp_path / "kerja", passphrase=SECRET), clock)
    assert retired.value.code == "profile.retired" and "komputer baru" in retired.value.remedy
    with Restoring(made.path, tmp_path / "baru", SECRET, quietly) as restoring:
        restoring.put_in_place(clock)
    with OpenProfile(ProfileStart(tmp_path / "baru", passphrase=SECRET), clock) as there:
        assert there.casebook.verify_journal().whole
        assert there.casebook.row(new_case(there.casebook)).number == "LATIH-LOCK-2026-0002"


def test_what_comes_in_during_the_move_is_not_left_behind(profile: OpenProfile, usb: Path) -> None:
    came: list[int] = []

    def once(_percent: int) -> None:
        if not came:
            came.append(new_case(profile.casebook))

    made = profile.desk.backups.move(usb, once)
    assert came and made.entries == len(entries(profile)) - 2, "copied again, with the case"

    def always(_percent: int) -> None:
        new_case(profile.casebook)

    with pytest.raises(Declined) as told:
        profile.desk.backups.move(usb, always)
    assert told.value.code == "backup.still_working"


def test_a_move_that_fails_leaves_the_profile_in_use(profile: OpenProfile, tmp_path: Path, clock: SetClock) -> None:
    with pytest.raises(Hindered):
        profile.desk.backups.move(tmp_path / "tidak-ada", quietly)
    profile.close()
    OpenProfile(ProfileStart(tmp_path / "kerja", passphrase=SECRET), clock).close()


def test_the_secrets_that_go_nowhere_are_named(profile: OpenProfile, usb: Path, tmp_path: Path) -> None:
    backups = profile.desk.backups
    assert backups.secrets_to_enter() == ()
    profile.vault.keep_secret("portal.esign_password", "kata-sandi-rekaan-9")
    (named,) = backups.secrets_to_enter()
    assert "eSign" in named
    made = backups.move(usb, quietly)
    with Restoring(made.path, tmp_path / "baru", SECRET, quietly) as restoring:
        restoring.put_in_place(SetClock())
    profile.close()
    with OpenProfile(ProfileStart(tmp_path / "baru", passphrase=SECRET), SetClock()) as there:
        assert there.vault.secret("portal.esign_password") == ""
