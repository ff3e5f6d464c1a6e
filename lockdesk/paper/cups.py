"""The system's print queues, by the commands of CUPS (lp, lpstat, cancel): PDF goes in as it is, so text stays text.

lpstat is asked in the C locale, in which its words are those of the print system itself.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence

from lockdesk.desk.values.sheets import JobState, JobStatus, PaperSize
from lockdesk.errors import Unreachable
from lockdesk.words import _

PRINT_SECONDS, ASK_SECONDS = 30, 10
_JOB = re.compile(r"request id is (\S+)")
_MEDIA_BOX = re.compile(rb"/MediaBox \[\s*0(?:\.0*)? 0(?:\.0*)? [\d.]+ ([\d.]+)\s*\]")
_POINTS_PER_MM = 72 / 25.4
_WORKING = (
    "connected to", "connecting to", "copying print data", "preparing", "print job sent", "printing", "processing",
    "rendering", "sending data", "spooling job", "starting", "waiting for job",
)  # fmt: skip
"""How the words of a printer, of its back end and of the filters before it begin while all goes well (lower case)."""
_QUIET = frozenset({"", "none", "connecting-to-device", "cups-waiting-for-job-completed"})
_LOST = ("canceled", "aborted")
_SILENT = "print.silent"


class Cups:
    """Implements desk.ports.PrintQueue."""

    def printers(self) -> tuple[str, ...]:
        """The queues, the default one first; none where CUPS is not there. Raises Unreachable where it is silent."""
        try:
            names = _run("lpstat", "-e").split()
            default = _run("lpstat", "-d").rpartition(": ")[2].strip()
        except Unreachable as error:
            if error.code == _SILENT:
                raise
            return ()
        return tuple(sorted(names, key=lambda name: (name != default, name.casefold())))

    def send(self, pdf: bytes, printer: str, title: str, size: PaperSize, copies: int) -> str:
        """Hands the PDF over with its paper and the number of copies. Raises Unreachable when there is no queue."""
        where = ["-d", printer] if printer else []
        options = ["-n", str(copies), "-o", f"media={media(size, pdf)}"]
        told = _run("lp", "-t", title, *where, *options, "-", given=pdf, seconds=PRINT_SECONDS)
        found = _JOB.search(told)
        return found[1] if found else ""

    def status(self, job: str, printer: str) -> JobStatus:
        """What lpstat tells of the job, and of its printer while the job is in the queue. Raises Unreachable."""
        waiting = _told_of(job, _run("lpstat", "-l", "-W", "not-completed", "-o"))
        if waiting is not None:
            return _waiting(waiting, _run("lpstat", "-l", "-p", printer))
        ended = _told_of(job, _run("lpstat", "-l", "-W", "completed", "-o"))
        if ended is None:
            return JobStatus(JobState.LEFT)
        # A job that is taken out while its printer is waited for may keep the alert of one that was just ending.
        lost = any(word in ended["alerts"] for word in _LOST) or _is_trouble(ended["status"])
        return JobStatus(JobState.DROPPED, ended["status"]) if lost else JobStatus(JobState.PRINTED)

    def cancel(self, job: str) -> None:
        """Raises Unreachable, also for a job that has left the queue meanwhile."""
        _run("cancel", job)


def media(size: PaperSize, pdf: bytes) -> str:
    """The paper's name for CUPS; of the roll as much as the longest strip needs."""
    return size.value if size is not PaperSize.ROLL80 else f"Custom.80x{longest_strip(pdf):.0f}mm"


def longest_strip(pdf: bytes) -> float:
    """The length of the longest page, in mm."""
    longest = max((float(height) for height in _MEDIA_BOX.findall(pdf)), default=297 * _POINTS_PER_MM)
    return longest / _POINTS_PER_MM


def _run(program: str, *words: str, given: bytes = b"", seconds: float = ASK_SECONDS) -> str:
    """What a command of CUPS says. Raises Unreachable when it is not there, fails, or does not come to an end."""
    path = shutil.which(program)
    if path is None:
        raise _no_printer(program)
    plain = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run([path, *words], input=given, capture_output=True, timeout=seconds, check=False, env=plain)
    except subprocess.TimeoutExpired as error:
        raise Unreachable(
            _("Sistem cetak komputer ini tidak menjawab."),
            _("Coba lagi sebentar lagi, atau simpan sebagai PDF lalu cetak kemudian."),
            detail=program,
            code=_SILENT,
        ) from error
    except OSError as error:
        raise _no_printer(type(error).__name__) from error
    if done.returncode != 0:
        raise _no_printer(done.stderr.decode(errors="replace")[:500])
    return done.stdout.decode(errors="replace")


def _told_of(job: str, listing: str) -> dict[str, str] | None:
    """What a long listing says of one job; None where it is not in it."""
    lines = listing.splitlines()
    begin = next((n for n, text in enumerate(lines) if text.split(" ", 1)[0] == job), None)
    return None if begin is None else _named(lines[begin + 1 :])


def _named(lines: Sequence[str]) -> dict[str, str]:
    """The status and the alerts among the indented lines that follow."""
    told = {"status": "", "alerts": ""}
    for text in lines:
        if not text[:1].isspace():
            break
        name, _colon, words = text.strip().partition(":")
        if name.lower() in told:
            told[name.lower()] = words.strip()
    return told


def _is_trouble(status: str) -> bool:
    return bool(status) and not status.lower().startswith(_WORKING)


def _waiting(job: dict[str, str], printer: str) -> JobStatus:
    """Whether the printer works at it; of a printer that was stopped, the reason that its keeper gave."""
    first, *others = printer.splitlines() or [""]
    if " disabled since " in first:
        return JobStatus(JobState.WAITING, next((text.strip() for text in others), ""))
    alerts = _named(others)["alerts"]
    status = job["status"]
    if _is_trouble(status):
        return JobStatus(JobState.WAITING, status)
    if alerts not in _QUIET:
        return JobStatus(JobState.WAITING, alerts)
    return JobStatus(JobState.SENT)


def _no_printer(detail: str) -> Unreachable:
    return Unreachable(
        _("Printer tidak tersedia. Simpan sebagai PDF?"),
        _("Nyalakan printer, atau simpan sebagai PDF lalu cetak kemudian."),
        detail=detail,
        code="print.no_printer",
    )
