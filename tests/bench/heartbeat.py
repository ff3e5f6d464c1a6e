"""The event loop's heartbeat: a busy window's beside a bare window's, in turns in the same run.

A timer that is due every millisecond notes how long it waited for its turn; turns in which a case was shown whole are
counted apart. An officer who never rests makes the
window work: requests come in, cases are chosen, lists and letters scrolled, filters changed, scans read by OCR.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import cycle
from pathlib import Path

from lockdesk.app import OpenProfile
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.cases import CaseFilter, IntakeChannel
from lockdesk.resource import resource
from tests.bench.figures import percentile
from tests.bench.filled import opened
from tests.helpers.papers.letter_layouts import SCANNERS, draw, scan

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QMainWindow, QScrollArea, QScrollBar

from lockdesk.ui.running.sweeper import Sweeper
from lockdesk.ui.shell.application import MainWindow, PreferenceFile, create_application
from tests.helpers.window.heart import Heart, loop_until

ROUNDS, ROUND_SECONDS, STEP_MS = 6, 8.0, 60
AIM_P999_MS, AIM_CASE_P50_MS, AIM_CASE_WORST_MS = 16.0, 20.0, 50.0


@dataclass(frozen=True, slots=True)
class Beats:
    """How long the loop kept its timer waiting, in milliseconds, our window and a bare one."""

    name: str
    n: int
    p50_ms: float
    p999_ms: float
    worst_ms: float
    bare_p50_ms: float
    bare_p999_ms: float
    bare_worst_ms: float
    cases: int
    """Turns in which a case was shown; they are not among the others."""
    case_p50_ms: float
    case_p99_ms: float
    case_worst_ms: float

    def words(self) -> str:
        return (
            f"{self.name:8} n={self.n} p50 {self.p50_ms:.2f} ms  p99.9 {self.p999_ms:.2f} ms  "
            f"worst {self.worst_ms:.2f} ms  bare window: p50 {self.bare_p50_ms:.2f} ms  "
            f"p99.9 {self.bare_p999_ms:.2f} ms  worst {self.bare_worst_ms:.2f} ms  "
            f"(aim: p99.9 {AIM_P999_MS:g} ms)\n"
            f"case     n={self.cases} p50 {self.case_p50_ms:.2f} ms  p99 {self.case_p99_ms:.2f} ms  "
            f"worst {self.case_worst_ms:.2f} ms  (aim: p50 {AIM_CASE_P50_MS:g} ms, worst {AIM_CASE_WORST_MS:g} ms)"
        )


class Officer(QObject):
    """Does one thing after another in a window, without waiting for what comes of it."""

    def __init__(self, window: MainWindow, cases: list[int], mails: list[Path]) -> None:
        super().__init__()
        self._window = window
        self._cases = cycle(cases)
        self._mails = cycle(mails)
        self._steps = cycle(self._day())
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._on_step)

    def work(self) -> None:
        self._timer.start()

    def rest(self) -> None:
        self._timer.stop()

    @Slot()
    def _on_step(self) -> None:
        next(self._steps)()

    def _day(self) -> list[Callable[[], object]]:
        window, arranging = self._window, self._window.cases.arranging
        look: list[Callable[[], object]] = [self._choose, self._wait, self._wait, self._read_on, self._scroll_letter]
        lists: list[Callable[[], object]] = [
            *(lambda value=value: window.work.listing.choose(str(value)) for value in CaseFilter),
            *[self._scroll_list] * 6,
            lambda: window.commands.search_wanted.emit("sekar"),
        ]
        return [
            *look, *look, self._receive, *[self._wait] * 4, self._read_on, *lists, *look,
            arranging.toggle_side_by_side, self._wait, self._choose, self._wait, arranging.toggle_side_by_side,
            arranging.toggle_letter, self._scroll_letter, arranging.toggle_letter, *look,
        ]  # fmt: skip

    def _wait(self) -> None:
        """The window is left to what it is doing."""

    def _receive(self) -> None:
        self._window.intake.receive([next(self._mails)])

    def _choose(self) -> None:
        self._window.show_case(next(self._cases))

    def _read_on(self) -> None:
        area = self._window.cases.panel.verification.findChild(QScrollArea)
        if area is not None:
            _turn(area.verticalScrollBar())

    def _scroll_letter(self) -> None:
        letter = self._window.cases.panel.letter
        _turn(letter.area.verticalScrollBar())
        letter.head.forth_asked.emit()

    def _scroll_list(self) -> None:
        _turn(self._window.cases.list.view.verticalScrollBar())


def _turn(bar: QScrollBar) -> None:
    """Half a screen on; at the end back to the beginning."""
    bar.setValue(0 if bar.value() == bar.maximum() else bar.value() + bar.pageStep() // 2)


def _mails(folder: Path) -> list[Path]:
    """The shipped samples, as if each were a new one, and between them letters that only OCR can read."""
    found = []
    for number, (source, layout) in enumerate(zip(sorted(resource("samples").glob("*.eml")), cycle(SCANNERS))):
        pictures = scan(draw(layout), SCANNERS[layout])
        anew = b"X-Number: %d\r\n" % number + source.read_bytes()
        for suffix, content in (("eml", anew), ("scan.eml", _scanned(pictures, number))):
            found.append(folder / f"{number}.{suffix}")
            found[-1].write_bytes(content)
    return found


def _scanned(pdf: bytes, number: int) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Contoh <contoh@contoh.example>", f"Pindaian {number}"
    mail.set_content("Terlampir.")
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename="surat.pdf")
    return mail.as_bytes()


def heartbeat(folder: Path) -> list[Beats]:
    """Both hearts, among the cases of the folder and the shipped samples; the journal is walked meanwhile."""
    application = create_application(["lockdesk"])
    with tempfile.TemporaryDirectory() as name, opened(folder) as profile:
        chosen = _received(profile)
        window, bare = MainWindow(profile.desk, PreferenceFile()), QMainWindow()
        bare.resize(window.size())
        own, other = Heart(), Heart()
        window.case_shown.connect(own.on_case_shown)
        Sweeper(window).begin()  # as the program itself does
        window.journal_walk.begin()
        officer = Officer(window, chosen, _mails(Path(name)))
        for _round in range(ROUNDS):
            bare.show()
            loop_until(lambda: window.background.idle)
            other.beat_for(ROUND_SECONDS)
            bare.hide()
            window.show()
            loop_until(lambda: window.background.idle)
            officer.work()
            own.beat_for(ROUND_SECONDS)
            officer.rest()
            window.hide()
            loop_until(lambda: window.background.idle)
        window.close()
        application.processEvents()
    return [_beats(own, other)]


def _received(profile: OpenProfile) -> list[int]:
    return [
        profile.desk.intake.receive((NamedBytes(path.name, path.read_bytes()),), IntakeChannel.EMAIL).case_id
        for path in sorted(resource("samples").glob("*.eml"))
    ]


def _beats(own: Heart, bare: Heart) -> Beats:
    def share(gaps: list[float], of: float) -> float:
        return round(percentile(gaps, of) * 1000, 2)

    return Beats(
        "heartbeat",
        len(own.gaps),
        *(share(own.gaps, 0.5), share(own.gaps, 0.999), share(own.gaps, 1)),
        *(share(bare.gaps, 0.5), share(bare.gaps, 0.999), share(bare.gaps, 1)),
        len(own.case_gaps),
        *(share(own.case_gaps, 0.5), share(own.case_gaps, 0.99), share(own.case_gaps, 1)),
    )
