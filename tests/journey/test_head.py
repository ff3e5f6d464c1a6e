"""The head of section signs in with an own passphrase: reads, confirms and samples, and takes none of the officer's
steps."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.journal import JournalNote
from lockdesk.core.quarters import Quarter
from lockdesk.core.roles import MAY, Role, may
from lockdesk.dated_rules import Rule
from lockdesk.desk import changes as c
from lockdesk.desk.desk import Desk
from lockdesk.desk.office.own_ways import OwnWays
from lockdesk.desk.prints.history_words import KIND_LABELS
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.values.privacy import Confirmation, Way
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined
from lockdesk.office_file import RetentionTable
from lockdesk.settings import Head
from lockdesk.ui.intake.arrival_sheet import ArrivalSheet
from lockdesk.ui.intake.sheets import WalkInSheet
from lockdesk.ui.office.help import HelpSheet
from lockdesk.ui.reports.overrides import OverridesSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.status_line import Band, StatusLine
from lockdesk.ui.widgets.parts import ElidedLabel
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.desk.disposing import end
from tests.helpers.desk.journal import entries
from tests.helpers.desk.keyrings import using
from tests.helpers.desk.office import SUBSTITUTE, SetClock, office_settings
from tests.helpers.desk.steps import count
from tests.helpers.desk.stored_cases import new_case
from tests.helpers.papers.arrivals import mail
from tests.helpers.window.real_window import real_window, rest, settings_page

OFFICE, OWN = "frasa sandi kantor", "sandi milik kepala bidang"
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
KABID = Head("Kepala Rekaan", "197001011995011001", "Kepala Bidang Aplikasi Informatika", date(2026, 1, 1))
PLT = Head(
    "Pelaksana Rekaan", "197502021999021002", KABID.position, date(2026, 11, 23), date(2026, 11, 27), prefix="Plt."
)


def profile(folder: Path, passphrase: str, clock: SetClock) -> OpenProfile:
    return OpenProfile(ProfileStart(folder, False, passphrase, office_settings(practice=False)), clock)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose head, without a recovery code on paper yet, has an own passphrase."""
    folder = tmp_path_factory.mktemp("kantor")
    with using(NoKeyring()), profile(folder, OFFICE, SetClock(MONDAY)) as opened:
        name(opened.desk, KABID)
        ways(opened.desk).give(KABID.nip, OWN)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, clock: SetClock) -> Iterator[Path]:
    clock.at = MONDAY
    with using(NoKeyring()):
        yield shutil.copytree(made, tmp_path / "kerja")


def name(desk: Desk, *heads: Head) -> None:
    desk.setup.save(replace(desk.settings(), heads=heads))


def ways(desk: Desk) -> OwnWays:
    assert desk.own_ways is not None
    return desk.own_ways


@contextmanager
def signed_in(folder: Path, clock: SetClock, passphrase: str = OWN) -> Iterator[OpenProfile]:
    with profile(folder, passphrase, clock) as opened:
        yield opened


def test_the_head_is_who_acts_and_the_officer_still_signs_prints(folder: Path, clock: SetClock) -> None:
    with signed_in(folder, clock) as opened:
        office = opened.desk.office
        assert (office.role, office.actor(), office.officer().name) == (Role.HEAD, KABID.name, "Contoh Petugas")
        opened.desk.guard.signed_in()
        assert entries(opened)[-1]["actor"] == KABID.name
        assert opened.desk.guard.unlock(OFFICE) and office.role is Role.OFFICER


def test_every_step_that_is_not_in_the_table_is_refused_to_the_head() -> None:
    for kind in {*KIND_LABELS} - {kind.partition("/")[0] for kind in MAY}:
        assert may(Role.OFFICER, JournalNote(kind)) and not may(Role.HEAD, JournalNote(kind))


def test_every_kind_of_the_table_has_words() -> None:
    assert {kind.partition("/")[0] for kind in MAY} <= {*KIND_LABELS}


STEPS: dict[str, Callable[[OpenProfile], object]] = {
    "case.received": lambda opened: new_case(opened.casebook),
    "setting.changed/": lambda opened: name(opened.desk),
    "recovery.made": lambda opened: opened.desk.recovery and opened.desk.recovery.make(),
    "calendar.closed": lambda opened: opened.desk.setup.add_closed_day(date(2026, 12, 1), "Rapat"),
    "desk.day_closed": lambda opened: opened.desk.guard.close_day(opened.desk.reading.day_end()),
    "report.saved/recommendations": lambda opened: opened.desk.evaluation.save(
        Quarter(2026, 4), {"recommendations": "Satu."}
    ),
}


def test_the_head_takes_no_step_of_the_officer_and_the_journal_says_who_tried(folder: Path, clock: SetClock) -> None:
    slots = (folder / "vault.json").read_bytes()
    with signed_in(folder, clock) as opened:
        for step, take in STEPS.items():
            with pytest.raises(Declined) as refused:
                take(opened)
            assert refused.value.code == "role.officer_only" and "petugas" in refused.value.remedy
            last = entries(opened)[-1]
            assert (last["kind"], last["actor"], last["facts"]["role"]) == ("role.refused", KABID.name, "head")
            assert last["facts"]["step"] == step.removesuffix("/")
    assert (folder / "vault.json").read_bytes() == slots


def test_nothing_goes_on_by_itself_while_the_head_is_there(folder: Path, clock: SetClock) -> None:
    with signed_in(folder, clock) as opened:
        desk, before = opened.desk, opened.casebook.head()
        desk.setup.keep_calendar()
        assert not desk.poll() and not desk.send_mail() and not desk.look_for_mail()
        assert not desk.close_unanswered() and not desk.close_old_books()
        assert opened.casebook.head() == before


def test_the_head_prints_the_report_assesses_it_and_is_named_with_the_prefix(folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        name(opened.desk, KABID, PLT)
    with signed_in(folder, clock) as opened:
        desk = opened.desk
        desk.evaluation.save(Quarter(2026, 4), {"assessment": "Baik."})
        assert desk.prints.make("quarterly_report", Quarter(2026, 4), PaperSize.A4).pdf.startswith(b"%PDF")
        parts = SheetParts(desk.settings(), desk.office.officer(), desk.office.now())
        signature = parts.head_signature("Mengetahui,")
        assert signature.above == ("Mengetahui,", f"Plt. {KABID.position},") and signature.name == PLT.name
        later = replace(parts, at=datetime(2026, 11, 30, 2, tzinfo=UTC)).head_signature()
        assert (later.above, later.name) == ((f"{KABID.position},",), KABID.name)


def test_only_the_head_confirms_retention(folder: Path, clock: SetClock) -> None:
    decided = RetentionTable(10, 10, 5, perlu_konfirmasi=False)
    with profile(folder, OFFICE, clock) as opened:
        desk, today = opened.desk, date(2026, 11, 23)
        with pytest.raises(Declined) as refused:
            desk.rules.save(Rule.RETENTION, today, decided)
        assert refused.value.code == "role.head_only"
        text = desk.setup.office_text() + "\n[retensi]\nkasus = 1\nperlu_konfirmasi = false\n"
        with pytest.raises(Declined):
            desk.setup.save_office(text)
        desk.rules.save(Rule.RETENTION, today, replace(decided, perlu_konfirmasi=True))
        assert desk.guard.unlock(OWN)
        desk.rules.save(Rule.RETENTION, today, decided)
        assert desk.settings().office.retention == decided
        last = entries(opened)[-1]
        assert (last["kind"], last["actor"]) == ("retention.confirmed", KABID.name)


def test_the_own_passphrase_confirms_a_disposal_and_the_office_s_no_longer(folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        desk = opened.desk
        new_case(opened.casebook)
        end(opened, 1)
        clock.forward(days=5 * 366)
        proposal = desk.disposals.propose()
        assert (proposal.ways, proposal.head) == ((Way.OWN,), KABID)
        told = Confirmation(KABID.name, KABID.nip, KABID.position, OFFICE)
        for wrong in (told, replace(told, secret=OWN, nip=PLT.nip)):
            with pytest.raises(Declined) as refused:
                desk.disposals.destroy(proposal, wrong)
            assert refused.value.code == "disposal.secret" and "frasa sandi Kepala Bidang" in refused.value.remedy
        done = desk.disposals.destroy(proposal, replace(told, secret=OWN))
        assert (done.way, done.head) == (Way.OWN, KABID.name)


def test_with_a_code_in_the_safe_the_officer_alone_makes_nobody_the_head(folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        desk, recovery = opened.desk, opened.desk.recovery
        assert recovery is not None and desk.own_ways is not None
        made = recovery.make()
        recovery.confirm(made, made.code[-4:])
        name(desk, KABID, PLT)
        assert desk.own_ways.asks_code(PLT.nip)
        for code in ("", OFFICE, OWN):
            with pytest.raises(Declined) as refused:
                desk.own_ways.give(PLT.nip, "sandi milik pelaksana", code)
            assert refused.value.code == "ways.code"
        desk.own_ways.give(PLT.nip, "sandi milik pelaksana", made.code)
        assert desk.guard.unlock("sandi milik pelaksana") and desk.office.actor() == PLT.name
        clock.at = datetime(2026, 11, 30, 2, tzinfo=UTC)
        with pytest.raises(Declined, match="tidak sedang bertugas"):
            desk.guard.unlock("sandi milik pelaksana")


def test_nobody_is_officer_and_head_on_one_day(folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        desk = opened.desk
        (officer,) = desk.settings().officers
        with pytest.raises(Declined) as refused:
            name(desk, replace(KABID, nip=officer.nip))
        assert refused.value.code == "settings.head_officer"


def test_a_substitute_s_own_passphrase_never_becomes_the_head_s(folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        desk = opened.desk
        settings = desk.settings()
        desk.setup.save(replace(settings, officers=(*settings.officers, SUBSTITUTE)))
        ways(desk).give(SUBSTITUTE.nip, "sandi milik pengganti")
        clock.at = datetime(2026, 11, 30, 2, tzinfo=UTC)
        risen = Head(SUBSTITUTE.name, SUBSTITUTE.nip, KABID.position, date(2026, 11, 30), prefix="Plh.")
        with pytest.raises(Declined) as refused:
            name(desk, KABID, risen)
        assert refused.value.code == "settings.head_own_way"
        ways(desk).end(SUBSTITUTE.nip)
        name(desk, KABID, risen)


def test_who_was_head_and_stands_in_as_officer_works_as_officer(folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        desk = opened.desk
        settings = desk.settings()
        past = replace(KABID, until=date(2026, 11, 22))
        again = replace(SUBSTITUTE, name=KABID.name, nip=KABID.nip)
        desk.setup.save(replace(settings, heads=(past,), officers=(*settings.officers, again)))
        assert desk.guard.unlock(OWN) and desk.office.role is Role.OFFICER
        assert desk.office.officer() == again


def decided(opened: OpenProfile, count: int) -> None:
    case_id = new_case(opened.casebook)
    for number in range(count):
        note = JournalNote("finding.decided", {"check": "mail.age", "reason": f"Alasan {number}"})
        opened.casebook.commit(c.Change(MONDAY, "Contoh Petugas", note, case_id=case_id))


def test_overrides_are_drawn_until_all_are_judged_by_the_head_alone(folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        desk = opened.desk
        decided(opened, 7)
        drawn = desk.overrides.draw()
        assert len(drawn) == 5 and {item.check for item in drawn} == {"mail.age"}
        with pytest.raises(Declined):
            desk.overrides.judge(drawn[0], agreed=True)
        assert desk.guard.unlock(OWN)
        seen = set()
        while drawn := desk.overrides.draw():
            for item in drawn:
                desk.overrides.judge(item, agreed=item.entry % 2 == 0)
                seen.add(item.reason)
        assert seen == {f"Alasan {number}" for number in range(7)}


def test_the_head_waits_for_what_is_under_way(folder: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    with profile(folder, OFFICE, clock) as opened:
        office = opened.desk.office
        monkeypatch.setattr(type(office), "_call_under_way", lambda _self: True)
        with pytest.raises(Declined) as refused:
            opened.desk.guard.unlock(OWN)
        assert refused.value.code == "ways.under_way" and office.role is Role.OFFICER


def test_what_the_window_does_by_itself_is_nothing_that_the_head_is_refused(
    qtbot: QtBot, folder: Path, clock: SetClock
) -> None:
    with signed_in(folder, clock) as opened, real_window(qtbot, opened.desk) as window:
        window.services.recovery.remind()
        for look in (window._turn.look, window._closed_days.look, window.backup_work.look, window.refresh):
            look()
        for page in ("complaints", "register", "reports", "settings", "backups", "journal", "cases"):
            window.show_page(page)
            rest(qtbot, window)
        offered = [button.text() for button in window.findChildren(QAbstractButton) if button.isVisible()]
        assert not [words for words in offered if "Terima permohonan" in words or words == "Pengaduan baru"]
        assert "role.refused" not in [entry["kind"] for entry in entries(opened)]


def test_the_window_tells_the_head_what_can_be_done_here(qtbot: QtBot, folder: Path, clock: SetClock) -> None:
    with profile(folder, OFFICE, clock) as opened:
        decided(opened, 1)
        with settings_page(qtbot, opened.desk) as window:
            assert not window.findChildren(Band)
            window.lock()
            rest(qtbot, window)
            assert window.locking.overlay is not None
            window.locking.overlay.unlock_asked.emit(OWN)
            rest(qtbot, window)
            (band,) = [one for one in window.findChildren(Band) if one.isVisible()]
            assert KABID.name in band.findChildren(QLabel)[0].text()
            offered = {spec.id for spec in window.possible_actions()}
            assert "overrides" in offered and "disposal" in offered and "receive" not in offered
            window.begin("receive")
            told = "\n".join(item.text() for item in window.findChildren(QLabel) if item.isVisible())
            assert "dikerjakan petugas" in told
            for button in window.findChildren(QAbstractButton):
                if button.isVisible() and button.text() == "Tutup":
                    button.click()
            window.begin("overrides")
            rest(qtbot, window)
            sheet = window.findChildren(OverridesSheet)[-1]
            next(one for one in sheet.findChildren(QAbstractButton) if one.text() == "Sependapat").click()
            rest(qtbot, window)
            assert entries(opened)[-1]["kind"] == "override.sampled"
            sheet.reject()


def unlock(qtbot: QtBot, window: MainWindow, passphrase: str) -> None:
    overlay = window.locking.overlay
    assert overlay is not None
    overlay.unlock_asked.emit(passphrase)
    rest(qtbot, window)
    qtbot.wait(0)
    assert not window.locking.closed


def test_what_the_officer_was_being_asked_is_asked_of_nobody_else_and_not_lost(
    qtbot: QtBot, folder: Path, clock: SetClock, tmp_path: Path
) -> None:
    def asked() -> list[ArrivalSheet]:
        return [sheet for sheet in window.findChildren(ArrivalSheet) if sheet.isVisible()]

    menu = tmp_path / "menu.eml"
    menu.write_bytes(mail([("menu.txt", b"nasi megono")], "Terlampir menu kantin.", Subject="Menu").content)
    with signed_in(folder, clock, OFFICE) as opened, real_window(qtbot, opened.desk) as window:
        window.take_files((menu,))
        qtbot.waitUntil(lambda: len(asked()) == 1, timeout=15000)
        window.lock()
        unlock(qtbot, window, OWN)
        assert opened.desk.office.role is Role.HEAD and not open_sheets(window)
        foot = window.findChildren(StatusLine)[-1].findChildren(ElidedLabel)
        assert "1 kiriman menunggu ditanyakan" in [label.whole for label in foot if label.isVisible()]
        window.lock()
        unlock(qtbot, window, OFFICE)
        (sheet,) = asked()
        next(way for way in sheet.findChildren(QRadioButton) if way.text().startswith("Tetap diterima")).click()
        with qtbot.waitSignal(window.case_shown, timeout=15000):
            sheet.verb.click()
        assert count(opened.desk) == 1


def test_what_the_officer_fills_in_is_put_before_nobody_else_and_is_there_again(
    qtbot: QtBot, folder: Path, clock: SetClock
) -> None:
    with signed_in(folder, clock, OFFICE) as opened, real_window(qtbot, opened.desk) as window:
        window.begin("walk_in")
        sheet = next(found for found in open_sheets(window) if isinstance(found, WalkInSheet))
        form = sheet.findChild(QLineEdit, "name")
        form.setText("Sekar Contohwati")
        window.begin("help")
        window.lock()
        unlock(qtbot, window, OWN)
        assert [type(found) for found in open_sheets(window)] == [HelpSheet], "which the head may read on"
        open_sheets(window)[0].reject()
        window.lock()
        unlock(qtbot, window, OFFICE)
        window.begin("walk_in")
        again = next(found for found in open_sheets(window) if isinstance(found, WalkInSheet))
        qtbot.waitUntil(lambda: again.findChild(QLineEdit, "name").text() == "Sekar Contohwati", timeout=15000)
        again.reject()
