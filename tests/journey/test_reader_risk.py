"""Documents read without proven walls: refused by default; the head alone accepts it, for one computer."""

from dataclasses import replace
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoKeyring
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.desk.office.reader_risk import ReaderRisk
from lockdesk.desk.values.privacy import Confirmation
from lockdesk.errors import Declined
from lockdesk.machine_risk import FILE, AcceptedRisk, Machine
from lockdesk.ui.office.reader_risk import ReaderRiskCard, ReaderRiskSheet
from lockdesk.ui.running.background import Background
from tests.helpers.desk.journal import entries
from tests.helpers.desk.keyrings import using
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.vaults import fresh_profile
from tests.helpers.window.real_window import real_window

PASSPHRASE = "frasa sandi kantor"
HEAD = Confirmation("Kepala Rekaan", "197001011995011001", "Kepala Bidang", "")


class _Child:
    """What a reader tells of its cage on a computer without one."""

    def cage(self) -> dict[str, str]:
        return {"walls": "", "limits": "", "detail": "read_file: open"}


def risk_of(profile: OpenProfile, machine: Machine) -> ReaderRisk:
    child: object = _Child()
    return ReaderRisk(profile.casebook, profile.desk.office, profile.vault, machine, lambda: child)  # type: ignore[arg-type, return-value]


def code_of(profile: OpenProfile) -> str:
    recovery = profile.desk.recovery
    assert recovery is not None
    made = recovery.make()
    recovery.confirm(made, made.code[-4:])
    return made.code


def work_profile(folder: Path) -> ProfileStart:
    return ProfileStart(fresh_profile(folder / "kerja", PASSPHRASE), passphrase=PASSPHRASE)


def test_the_head_accepts_it_with_the_code_for_this_computer_alone(tmp_path: Path, clock: SetClock) -> None:
    here, there = Machine("a" * 64, tmp_path / "sini"), Machine("b" * 64, tmp_path / "sini")
    with using(NoKeyring()), OpenProfile(work_profile(tmp_path), clock) as opened:
        risk, code = risk_of(opened, here), code_of(opened)
        assert risk.accepted() is None and opened.desk.reading.status().risk is None
        accepted = risk.accept(replace(HEAD, secret=code))
        assert (accepted.accepted_at, accepted.name) == (clock.now(), HEAD.name)
        assert risk.accepted() == accepted == here.risk()
        assert risk_of(opened, there).accepted() is None and there.risk() is None
        entry = next(entry for entry in entries(opened) if entry["kind"] == "reader.risk_accepted")
        assert "Kepala Rekaan" in str(entry) and code not in str(entries(opened))
        risk.withdraw()
        assert risk.accepted() is None and here.risk() is None
        assert entries(opened)[-1]["kind"] == "reader.risk_withdrawn"


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (replace(HEAD, secret=PASSPHRASE), "reader_risk.secret"),
        (replace(HEAD, nip=office_settings(False).officers[0].nip, secret="KODE"), "reader_risk.own"),
        (replace(HEAD, name=" ", secret="KODE"), "reader_risk.head"),
        (replace(HEAD, nip="", secret="KODE"), "reader_risk.head"),
    ],
)
def test_nobody_else_accepts_it(tmp_path: Path, clock: SetClock, head: Confirmation, code: str) -> None:
    with using(NoKeyring()), OpenProfile(work_profile(tmp_path), clock) as opened:
        risk, right = risk_of(opened, Machine("a" * 64, tmp_path / "sini")), code_of(opened)
        with pytest.raises(Declined) as refused:
            risk.accept(replace(head, secret=right if head.secret == "KODE" else head.secret))
        assert refused.value.code == code and risk.accepted() is None
        assert ("reader.risk_refused" in {entry["kind"] for entry in entries(opened)}) == (code == "reader_risk.secret")


def test_a_file_laid_beside_the_profile_accepts_nothing_for_a_working_one(tmp_path: Path, clock: SetClock) -> None:
    here = Machine("a" * 64, tmp_path / "sini")
    with using(NoKeyring()), OpenProfile(work_profile(tmp_path), clock) as opened:
        here.keep(AcceptedRisk(machine=here.name, accepted_at=clock.now(), name="Siapa", nip="1", position="Saja"))
        assert here.risk() is not None and risk_of(opened, here).accepted() is None
        (here.folder / FILE).write_text("rusak")
        assert here.risk() is None


def test_where_no_risk_can_be_accepted_nothing_is(tmp_path: Path, clock: SetClock) -> None:
    with using(NoKeyring()), OpenProfile(work_profile(tmp_path), clock) as opened:
        risk = risk_of(opened, Machine("", tmp_path))
        assert not risk.possible and not risk.acceptable_here
        with pytest.raises(Declined):
            risk.accept(replace(HEAD, secret=code_of(opened)))


def test_the_card_says_what_holds_and_who_accepted_otherwise(tmp_path: Path, clock: SetClock, qtbot: QtBot) -> None:
    with using(NoKeyring()), OpenProfile(work_profile(tmp_path), clock) as opened:
        risk, background = risk_of(opened, Machine("a" * 64, tmp_path / "sini")), Background()
        code = code_of(opened)
        card = ReaderRiskCard(risk, background, "Kepala Bidang")
        qtbot.addWidget(card)
        card.show()
        qtbot.waitUntil(lambda: "read_file: open" in card.state.text())
        assert card.accept_button.isVisible() and not card.withdraw_button.isVisible()
        risk.accept(replace(HEAD, secret=code))
        card.read()
        qtbot.waitUntil(lambda: "Kepala Rekaan" in card.state.text())
        assert not card.accept_button.isVisible() and card.withdraw_button.isVisible()
        card.withdraw_button.click()
        qtbot.waitUntil(card.accept_button.isVisible)
        background.close()


def test_a_lock_takes_back_what_confirms_and_keeps_what_was_written(qtbot: QtBot, profile: OpenProfile) -> None:
    with real_window(qtbot, profile.desk) as window:
        sheet = ReaderRiskSheet(window, profile.desk.reader_risk, window.background, "Kepala Bidang")
        sheet.open()
        sheet.head.name.setText("Kepala Rekaan")
        sheet.head.secret.setText("rahasia")
        sheet.put_away()
        assert (sheet.head.name.text(), sheet.head.secret.text()) == ("Kepala Rekaan", "")
        sheet.reject()
