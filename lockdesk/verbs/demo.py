"""`lockdesk demo`: the whole service on the shipped samples, in a practice profile, seen in the window."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from lockdesk.app import OpenProfile, ProfileStart, shipped_mails, shipped_office
from lockdesk.core.cases import CaseState
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import Gateway
from lockdesk.desk.values.authority import EnrolmentOrder, Issued, Waiting
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined, LockdeskError
from lockdesk.machine_risk import risk_accepted
from lockdesk.settings import DeskSettings
from lockdesk.settings import Officer as ServingOfficer
from lockdesk.vault import keyring_name
from lockdesk.verbs.demo_play import Officer, Sample, Stage, StepFailed, shipped_samples, user_samples
from lockdesk.verbs.demo_proofs import component_proofs, export_certificates, part_proofs
from lockdesk.verbs.demo_report import Report, load_report, print_report, write_index
from lockdesk.verbs.verify_log import describe
from lockdesk.words import _

SAMPLES_MORNING = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
"""Monday, 23 November 2026, 08.05 WIB."""
CRASH_SAMPLE = "15"
CRASHED = "crashed"
"""The file that says that the planned crash has happened in this DIR."""


class DemoClock:
    """Starts at the samples' morning and runs with the real one, so the demonstration holds on any day."""

    def __init__(self) -> None:
        self._base = SAMPLES_MORNING
        self._started = time.monotonic()

    def now(self) -> datetime:
        return self._base + timedelta(seconds=time.monotonic() - self._started)

    def not_before(self, at: datetime | None) -> None:
        """Goes on from where an earlier run stopped, so that the journal never runs backwards."""
        if at is not None and at > self._base:
            self._base = at


def demo_settings() -> DeskSettings:
    """Invented people: the practice profile never holds real ones."""
    officer = ServingOfficer("Contoh Petugas", "198501012010011001", _("Petugas"), date(2026, 1, 1))
    return DeskSettings(
        office=shipped_office().office,
        officers=(officer,),
        complaints_officer="Contoh Pejabat",
        complaints_officer_phone="0812-0000-0001",
        practice=True,
    )


def open_demo(folder: Path, mails: Sequence[Path] = ()) -> OpenProfile:
    """The practice profile in DIR/profile, its clock set; `mails` arrive in its simulated mailbox, the samples where
    none are given."""
    clock = DemoClock()
    start = ProfileStart(
        folder / "profile", practice=True, settings=demo_settings(), post=tuple(mails) or shipped_mails()
    )
    profile = OpenProfile(start, clock)
    clock.not_before(profile.casebook.last_moment())
    return profile


def run_demo(folder: Path, files: Sequence[Path]) -> int:
    """Exit 0 when everything held, 1 when something did not. Raises Declined when there is nothing to begin with."""
    if folder.exists() and not folder.is_dir():
        raise Declined(_("{path} adalah berkas, bukan folder.").format(path=folder), _("Pilih folder lain."))
    finished = load_report(folder)
    if finished is not None and files:
        print(
            _("Folder {path} sudah selesai; berkas yang diberikan tidak dibaca.").format(path=folder), file=sys.stderr
        )
    if finished is None:
        for path in files:
            if not path.is_file():
                raise Declined(_("Berkas {path} tidak ada.").format(path=path), _("Periksa nama berkas."))
        finished = _play_all(folder, files)
    print_report(finished)
    print(_("Selengkapnya: {path}").format(path=folder / "index.html"))
    return 0 if finished.holds else 1


def _play_all(folder: Path, files: Sequence[Path]) -> Report:
    for name in ("prints", "certificates", "screenshots"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    samples = user_samples(files) or shipped_samples()
    report = Report()
    crashing = next((item for item in samples if item.path.name.startswith(CRASH_SAMPLE)), None)
    planned = crashing is not None and not files and _crash_once(folder, report)
    from lockdesk.verbs.demo_stage import with_window

    with open_demo(folder, files) as profile:
        failures = with_window(profile.desk, folder, partial(_play, profile.desk, report, folder, samples, planned))
    for words in failures:
        report.add(_("Jendela"), _("tanpa galat"), words)
    write_index(report, folder)
    report.save(folder)
    return report


def _play(desk: Desk, report: Report, folder: Path, samples: Sequence[Sample], planned: bool, stage: Stage) -> None:
    officer = Officer(desk, stage, report, folder)
    _settle_crash(desk, report, planned)
    officer.wait_for_mail(samples)
    stage.show_page("mail", "halaman-surat-masuk")
    cases: dict[str, int] = {}
    for sample in samples:
        try:
            cases[sample.path.stem] = officer.play(sample)
        except StepFailed:
            continue
        except LockdeskError as error:
            report.add(sample.path.stem, _("diterima"), error.message)
    completed = [desk.reading.case(number) for number in cases.values()]
    issued = [case for case in completed if case.state is CaseState.COMPLETED]
    with contextlib.suppress(StepFailed):
        officer.complain(issued[0].number if issued else "")
    officer.print_once("standard", 0, PaperSize.A4, "standar-pelayanan")
    officer.evaluate()
    for page in ("standard", "register", "reports", "settings"):
        stage.show_page(page, f"halaman-{page}")
    officer.count_delivered(completed)
    export_certificates(desk, completed, folder, report)
    check = desk.casebook.verify_journal()
    report.add(_("Rekam jejak diperiksa"), _("utuh"), _("utuh") if check.whole else describe(check))
    report.components = component_proofs(desk, completed, folder)
    report.parts = part_proofs(desk, completed, folder)
    report.environment = environment(desk, describe(check))


def environment(desk: Desk, journal: str) -> list[str]:
    """The keyring and the cage in use, the gateway, and the journal's state."""
    from lockdesk.reader.sealed import SealedReader

    with SealedReader(unsealed=risk_accepted) as reader:
        cage = ", ".join(f"{name}: {state}" for name, state in reader.cage().items() if state and "probe" not in name)
    ring = keyring_name() or _("tidak ada")
    return [
        journal,
        _("Penyimpan kata sandi: {ring}; profil pelatihan dibuka dengan frasa sandi terbitan “pelatihan”.").format(
            ring=ring
        ),
        _("Ruang tertutup: {cage}").format(cage=cage),
        _("Gateway: {name}").format(name=desk.gateway.label),
    ]


# ── the crash ──


class _KilledAfterwards:
    """A gateway whose answer never arrives: the process is killed once the CA has done the work."""

    def __init__(self, inner: Gateway, done: Path) -> None:
        self._inner = inner
        self._done = done

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def enrol(self, order: EnrolmentOrder) -> Issued | Waiting:
        self._done.touch()
        self._inner.enrol(order)
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        threading.Event().wait()
        raise AssertionError("unreachable")


def _crash_once(folder: Path, report: Report) -> bool:
    """Runs one request in another process that is killed in the middle of the reissue; False when done before."""
    done = folder / CRASHED
    if done.exists():
        return False
    command = [sys.executable, "-m", "lockdesk", "__crash__", str(folder)]
    if getattr(sys, "frozen", False):
        command = [sys.executable, "__crash__", str(folder)]
    started = time.perf_counter()
    code = subprocess.run(command, check=False, capture_output=True).returncode
    expected = _("dihentikan paksa setelah CA menerbitkan")
    actual = expected if code != 0 and done.exists() else _("tidak terhenti")
    report.add(_("Program dihentikan di tengah penerbitan"), expected, actual, time.perf_counter() - started)
    return True


def run_crash(folder: Path) -> int:
    """The hidden verb that `_crash_once` starts; it does not return when all goes as planned."""
    from lockdesk.verbs.demo_stage import NoStage

    sample = next(item for item in shipped_samples() if item.path.name.startswith(CRASH_SAMPLE))
    with open_demo(folder) as profile:
        gateway = profile.desk.gateway
        profile.desk.operations.answer_through(_KilledAfterwards(gateway, folder / CRASHED))  # type: ignore[arg-type]
        Officer(profile.desk, NoStage(), Report(), folder).play(sample)
    return 0


def _settle_crash(desk: Desk, report: Report, planned: bool) -> None:
    """What start-up does: every open operation is asked after, never repeated.

    After the planned crash the CA has issued; killed at any other moment, it may not have been reached.
    """
    pending = desk.casebook.open_operations()
    started = time.perf_counter()
    left = {operation.id for operation in desk.operations.reconcile()}
    for operation in pending:
        issued = len(desk.gateway.find_by_key(operation.key_sha256))
        one, none = _("tepat satu sertifikat"), _("tanpa sertifikat, dapat diminta lagi")
        expected = one if planned or issued else none
        actual = {0: none, 1: one}.get(issued, _("{n} sertifikat").format(n=issued))
        if operation.id in left:
            actual = _("belum selesai")
        report.add(_("Setelah dihentikan: status ditanyakan ke CA"), expected, actual, time.perf_counter() - started)
