"""The training CA is opened by whoever first needs it, and nobody else waits for that."""

import threading
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.cases import CaseState
from lockdesk.errors import Damaged, Declined
from lockdesk.gateway.training.gateway import TrainingGateway
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.steps import revoke, verified


def test_asking_for_a_service_neither_opens_the_ca_nor_waits_for_it(profile: OpenProfile) -> None:
    desk, begun, go_on = profile.desk, threading.Event(), threading.Event()
    open_ca = desk._outside.gateway

    def slow() -> object:
        begun.set()
        assert go_on.wait(20)
        return open_ca()

    object.__setattr__(desk._outside, "gateway", slow)
    opening = threading.Thread(target=lambda: desk.gateway)
    practice = desk.practice
    assert practice is not None and not begun.is_set(), "the window asks for it on its own thread"
    opening.start()
    assert begun.wait(20)
    asked = threading.Thread(target=lambda: (desk.prints, desk.review, desk.notices, desk.practice), daemon=True)
    asked.start()
    asked.join(20)
    waited = asked.is_alive()
    go_on.set()
    opening.join()
    asked.join()
    assert not waited
    assert isinstance(desk.gateway, TrainingGateway)


FILE = "ca.ledger"
LOST = {"gone": None, "empty": b"", "only its head": b"LockDesk CA ledger 1\n", "foreign": b"catatan lain " * 40}


def put(file: Path, content: bytes | None) -> None:
    file.unlink()
    if content is not None:
        file.write_bytes(content)


@pytest.mark.parametrize("left", LOST.values(), ids=LOST)
def test_a_ca_whose_file_was_lost_says_so_and_loses_nothing(
    profile: OpenProfile, clock: SetClock, left: bytes | None
) -> None:
    """Where a case was revoked with it, no new CA takes its place in silence."""
    folder = profile.vault.folder
    case_id = verified(profile.desk)
    revoke(profile.desk, case_id)
    profile.close()
    whole = (folder / FILE).read_bytes()
    put(folder / FILE, left)
    with OpenProfile(ProfileStart(folder), clock) as again:
        (item,) = again.desk.operations.preflight(case_id).items
        assert not item.ok and "Berkas CA pelatihan" in item.words and "cadangan" in item.words
        with pytest.raises(Damaged) as told:
            again.desk.operations.reissue(case_id)
        assert told.value.code in {"ledger.lost", "ledger.damaged"} and "cadangan" in told.value.remedy
        assert again.desk.reading.case(case_id).state is CaseState.REVOKED
        assert [operation.kind for operation in again.desk.reading.case(case_id).operations] == ["revoke"]
    assert ((folder / FILE).read_bytes() if (folder / FILE).exists() else None) == left
    (folder / FILE).write_bytes(whole)
    with OpenProfile(ProfileStart(folder), clock) as mended:
        mended.desk.operations.reissue(case_id)
        assert mended.desk.reading.case(case_id).state is CaseState.ISSUED


def test_a_ca_whose_file_lost_bytes_inside_says_so_and_forgets_no_revocation(
    profile: OpenProfile, clock: SetClock
) -> None:
    folder = profile.vault.folder
    case_id = verified(profile.desk)
    before = len((folder / FILE).read_bytes())
    revoke(profile.desk, case_id)
    profile.close()
    whole = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(whole[: before - 300] + whole[before + 200 :])
    with OpenProfile(ProfileStart(folder), clock) as again:
        with pytest.raises(Damaged) as told:
            again.desk.operations.reissue(case_id)
        assert "Berkas CA pelatihan" in told.value.message and "cadangan" in told.value.remedy
    (folder / FILE).write_bytes(whole)
    with OpenProfile(ProfileStart(folder), clock) as mended:
        mended.desk.operations.reissue(case_id)


def test_a_ca_whose_file_was_damaged_revokes_nothing_and_says_why(profile: OpenProfile, clock: SetClock) -> None:
    folder = profile.vault.folder
    case_id = verified(profile.desk)
    profile.close()
    put(folder / FILE, b"catatan lain " * 40)
    with OpenProfile(ProfileStart(folder), clock) as again:
        with pytest.raises(Declined) as told:
            again.desk.operations.revoke(case_id, "000000")
        assert "Berkas CA pelatihan rusak" in told.value.message and "cadangan" in told.value.message
        assert again.desk.reading.case(case_id).operations == ()
