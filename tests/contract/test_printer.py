"""A real print queue: a private CUPS server on loopback, started and stopped here, and a printer's socket."""

import functools
import os
import select
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from lockdesk.app import OpenProfile
from lockdesk.desk.prints.queueing import Queueing
from lockdesk.desk.values.sheets import UNDER_WAY, JobState, JobStatus, PaperSize, Printed, PrintJob
from lockdesk.errors import Unreachable
from lockdesk.paper import cups
from lockdesk.paper.press import Press
from lockdesk.ui.prints.following import status_words
from tests.helpers.desk.steps import receive
from tests.helpers.patience import PATIENT
from tests.helpers.ports import free_port

SECONDS = PATIENT
SERVER = """
Listen 127.0.0.1:{port}
Listen {socket}
Browsing Off
DefaultAuthType None
DirtyCleanInterval 0
WebInterface No
<Location />
  Order allow,deny
  Allow 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
FILES = """
ServerRoot {root}/etc
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/tmp
AccessLog {root}/access.log
ErrorLog {root}/error.log
PageLog {root}/page.log
User {user}
Group {group}
SystemGroup root
"""


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(200):
        assert process.poll() is None, "cupsd ended"
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("cupsd does not listen")


class Printer:
    """A network printer of the plainest sort: it takes what comes on its socket."""

    root = Path()
    """Where its server keeps everything."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(SECONDS)
        self.port = int(self._server.getsockname()[1])

    def take(self) -> bytes:
        """The bytes of the next job."""
        connection, _address = self._server.accept()
        connection.settimeout(SECONDS)
        parts = []
        with connection:
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)

    def got_nothing(self) -> bool:
        self._server.settimeout(0.5)
        try:
            self._server.accept()
        except TimeoutError:
            return True
        return False

    def close(self) -> None:
        self._server.close()


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["Printer"]:
    """A printer that keeps what it is sent; `lp` is pointed at the private server."""
    root = tmp_path / "cups"
    for name in ("etc", "cache", "state", "spool", "tmp"):
        (root / name).mkdir(parents=True)
    port, printer = free_port(), Printer()
    ours = [path for path in root.parents if path.is_relative_to(tempfile.gettempdir())][:-1]
    for path in (*root.rglob("*"), root, *ours):  # the server works as another user
        path.chmod(0o777)
    owner = ("lp", "lp") if os.geteuid() == 0 else (os.environ.get("USER", "nobody"), "nogroup")
    (root / "cupsd.conf").write_text(SERVER.format(port=port, socket=root / "cups.sock"))
    (root / "cups-files.conf").write_text(FILES.format(root=root, user=owner[0], group=owner[1]))
    daemon = shutil.which("cupsd") or "/usr/sbin/cupsd"
    process = subprocess.Popen(
        [daemon, "-f", "-c", str(root / "cupsd.conf"), "-s", str(root / "cups-files.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{port}")
        admin = shutil.which("lpadmin") or "/usr/sbin/lpadmin"
        command = [admin, "-p", "UjiPDF", "-E", "-v", f"socket://127.0.0.1:{printer.port}", "-m", "raw"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + (root / "error.log").read_text()
        printer.root = root
        yield printer
    finally:
        process.terminate()
        process.wait(10)
        printer.close()


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words: str = document[0].get_textpage().get_text_range()
    document.close()
    return words


def test_a_receipt_reaches_the_printer_as_text(profile: OpenProfile, queue: Printer) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    printed = desk.prints.make("receipt", case_id, PaperSize.A5)
    desk.queueing.send(printed, "UjiPDF")
    taken = queue.take()
    assert taken == printed.pdf, "the queue must get the PDF itself, not a picture of it"
    assert "Sekar Contohwati" in text_of(taken)
    assert desk.casebook.verify_journal().whole


def test_an_unknown_queue_is_told_in_words(profile: OpenProfile, queue: Printer) -> None:
    printed = profile.desk.prints.make("standard", 0, PaperSize.A4)
    with pytest.raises(Unreachable, match="PDF"):
        profile.desk.queueing.send(printed, "TidakAda")
    assert queue.got_nothing()


def test_a_print_system_that_says_nothing_is_not_one_without_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setattr(cups, "_run", functools.partial(cups._run, seconds=0.5))
        with pytest.raises(Unreachable, match="tidak menjawab"):
            cups.Cups().printers()


def administer(*words: str) -> None:
    """One of the administrator's commands of CUPS, at the private server."""
    program = shutil.which(words[0]) or f"/usr/sbin/{words[0]}"
    done = subprocess.run([program, *words[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def until(queueing: Queueing, job: PrintJob, state: JobState) -> JobStatus:
    """The first answer of the queue with this state."""
    end = time.monotonic() + SECONDS
    while (status := queueing.status(job)).state is not state:
        assert time.monotonic() < end, status
        select.select([], [], [], 0.05)
    return status


def test_copies_and_paper_reach_the_queue(profile: OpenProfile, queue: Printer) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    for size, name in ((PaperSize.A5, b"A5"), (PaperSize.A4, b"A4"), (PaperSize.ROLL80, b"Custom.80x")):
        printed = desk.prints.make("receipt", case_id, size)
        job = desk.queueing.send(printed, "UjiPDF", copies=2)
        assert queue.take() == printed.pdf * 2, size
        until(desk.queueing, job, JobState.PRINTED)
        number = int(job.identifier.rpartition("-")[2])
        ticket = (queue.root / "spool" / f"c{number:05d}").read_bytes()
        assert b"media" in ticket and name in ticket, size
    sent = [line.facts for line in desk.reading.case(case_id).history if line.kind == "print.sent"]
    assert [(facts["copies"], facts["printer"]) for facts in sent] == [(2, "UjiPDF")] * 3, "it is about the case"


def test_the_roll_is_as_long_as_its_longest_strip(profile: OpenProfile) -> None:
    pdf = profile.desk.prints.make("how_to_apply", 0, PaperSize.ROLL80).pdf
    document = pypdfium2.PdfDocument(pdf)
    height = round(document[0].get_height() / 72 * 25.4)
    document.close()
    duplicate = Press().duplicate(pdf, "dicetak lagi")
    assert cups.media(PaperSize.ROLL80, pdf) == f"Custom.80x{height}mm"
    assert cups.media(PaperSize.ROLL80, duplicate) == f"Custom.80x{height + 15}mm"


def test_a_print_is_followed_until_it_is_on_paper(profile: OpenProfile, queue: Printer) -> None:
    desk = profile.desk
    assert desk.queueing.printers() == ("UjiPDF",)
    job = desk.queueing.send(desk.prints.make("standard", 0, PaperSize.A4), "UjiPDF")
    assert desk.queueing.status(job).state in UNDER_WAY
    queue.take()
    until(desk.queueing, job, JobState.PRINTED)


def test_a_paused_printer_says_why_and_prints_when_it_goes_on(profile: OpenProfile, queue: Printer) -> None:
    desk = profile.desk
    administer("cupsdisable", "-r", "kertas habis", "UjiPDF")
    printed = desk.prints.make("standard", 0, PaperSize.A4)
    job = desk.queueing.send(printed, "UjiPDF")
    status = until(desk.queueing, job, JobState.WAITING)
    assert status.reason == "kertas habis"
    assert "Menunggu printer UjiPDF (kata printer: kertas habis)" in status_words(job, status)
    assert queue.got_nothing()
    administer("cupsenable", "UjiPDF")
    assert queue.take() == printed.pdf
    until(desk.queueing, job, JobState.PRINTED)


def test_a_dead_printer_says_so_and_its_job_is_taken_back(profile: OpenProfile, queue: Printer) -> None:
    desk = profile.desk
    administer("lpadmin", "-p", "Mati", "-E", "-v", f"socket://127.0.0.1:{free_port()}", "-m", "raw")
    job = desk.queueing.send(desk.prints.make("standard", 0, PaperSize.A4), "Mati")
    status = until(desk.queueing, job, JobState.WAITING)
    assert "Menunggu printer Mati (tidak dapat dihubungi)" in status_words(job, status)
    desk.queueing.cancel(job)
    until(desk.queueing, job, JobState.DROPPED)
    assert desk.casebook.verify_journal().whole


def test_a_printer_that_does_not_take_the_paper_is_told_with_the_way_on() -> None:
    """The words of the IPP back end; to print it once more on the same paper would end the same way."""
    job = PrintJob("Loket-1", "Loket", Printed("receipt", "LOCK-2026-0001", "tanda-terima.pdf", b"", 1, ""))
    words = status_words(job, JobStatus(JobState.DROPPED, "Printer cannot print with supplied options."))
    assert "(printer tidak menerima kertas atau pilihan ini)" in words and "pilih kertas" in words


def test_a_duplicate_reaches_the_printer_as_one(profile: OpenProfile, queue: Printer) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.prints.make("receipt", case_id, PaperSize.A5)
    (kept,) = desk.earlier_prints.of_case(case_id)
    desk.queueing.send(desk.earlier_prints.duplicate(case_id, kept), "UjiPDF")
    words = text_of(queue.take())
    assert "SALINAN" in words and "Sekar Contohwati" in words


@pytest.mark.parametrize("words", ["Printing", "Printing page 1, 4% complete.", "Preparing to print.", "Processing…"])
def test_a_printer_that_is_at_it_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """What an IPP Everywhere printer and its filters told while the sheet came out; nobody is to cancel that."""
    told = f"Loket-3 root 46080 Sat Nov 28 2026\n\tStatus: {words}\n\tAlerts: job-printing\n\tqueued for Loket\n"
    printer = "printer Loket now printing Loket-3.  enabled since Sat\n\tAlerts: none\n"
    monkeypatch.setattr(cups, "_run", lambda _program, *asked, **_more: printer if "-p" in asked else told)
    assert cups.Cups().status("Loket-3", "Loket") == JobStatus(JobState.SENT)
