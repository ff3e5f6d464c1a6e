"""`python -m tests.bench startup list open receipt verify heartbeat --cases 10000 --json`: figures beside their limits.

Not part of the suite: figures depend on the machine, so nothing is asserted here.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.cases import CaseFilter, IntakeChannel
from lockdesk.desk.values.sheets import PaperSize
from tests.bench.bulk import fill
from tests.bench.figures import Figure, figure, in_turns
from tests.bench.journal import journal
from tests.bench.register import register
from tests.bench.reissue import reissue
from tests.bench.report import report
from tests.bench.search import search
from tests.bench.verify import verify
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.papers.samples import sample

if TYPE_CHECKING:
    from tests.bench.heartbeat import Beats

WIDTH = 900
PAGE = 100

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv); app.setStyle("Fusion")
window = QMainWindow(); window.resize(1366, 768); window.show()
QTimer.singleShot(0, lambda: (print("ready", flush=True), app.quit()))
app.exec()
"""

OURS = """
import sys, time
from pathlib import Path
from tests.bench.start import start
start(Path(sys.argv[1]))
"""


def _until_ready(code: str, *arguments: str) -> float:
    """Seconds from starting the process to its line "ready", less the seconds it says to leave out."""
    started = time.perf_counter()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    words = process.stdout.readline().split()
    seconds = time.perf_counter() - started
    process.communicate()
    return seconds - (float(words[1]) if len(words) > 1 else 0.0)


def startup(folder: Path, _profile: OpenProfile) -> Figure:
    """Process start to the filled list; the passphrase's deliberate slowness (practice only) left out."""
    own, bare = [], []
    for _run in range(9):
        own.append(_until_ready(OURS, str(folder)))
        bare.append(_until_ready(BARE))
    return figure("startup", own, "bare PySide6 window", bare)


def first_page(_folder: Path, profile: OpenProfile) -> Figure:
    """The list's first page against the bare keyset query on the same connection."""
    book = profile.casebook
    query = "SELECT * FROM [case] ORDER BY list_group, list_at, id LIMIT ?"
    from lockdesk.store.tables import database

    def bare() -> None:
        book._reader.run(lambda: database.execute_sql(query, (PAGE,)).fetchall())

    return in_turns("list", lambda: book.page(CaseFilter.ALL, None, PAGE), "keyset query", bare, 200)


def open_case(_folder: Path, profile: OpenProfile) -> Figure:
    """A chosen case to its facts and its letter's first page, sealed child included."""
    import pypdfium2

    desk = profile.desk
    received = desk.intake.receive((NamedBytes("01.eml", sample("01")),), IntakeChannel.EMAIL)
    case = desk.reading.case(received.case_id)
    letter = next(item.id for item in case.documents if item.role == "statement")
    pdf = desk.reading.document(letter)

    def own() -> None:
        desk.reading.case(received.case_id)
        assert desk.pages.render(letter, 0, WIDTH) is not None

    def renderer() -> None:
        document = pypdfium2.PdfDocument(pdf)
        page = document[0]
        assert page.render(scale=WIDTH / page.get_width()).buffer
        document.close()

    return in_turns("open", own, "renderer alone", renderer, 100)


def receipt(_folder: Path, profile: OpenProfile) -> Figure:
    """A laid-out receipt against a plain page of the same text in the same faces without a QR."""
    import io

    from reportlab.lib.pagesizes import A5
    from reportlab.pdfgen.canvas import Canvas

    from lockdesk.desk.prints.making import of_the_office
    from lockdesk.desk.prints.sheet_parts import SheetParts
    from lockdesk.desk.prints.sheet_texts import receipt as receipt_of
    from lockdesk.desk.values.sheets import Footer
    from lockdesk.paper.fonts import BOLD, MONO, SANS
    from lockdesk.paper.press import Press

    desk, press = profile.desk, Press()
    received = desk.intake.receive((NamedBytes("02.eml", sample("02")),), IntakeChannel.EMAIL)
    case = desk.reading.case(received.case_id)
    parts = SheetParts(desk.settings(), desk.office.officer(), desk.clock.now())
    code = f"LD2:{case.number}:RECEIPT:202611230105:12:" + "A" * 154
    footer = Footer(code, "LD1-0001-12-9F9F", 12, "9f9f 9f9f", parts.complaint_channels(), parts.printed())
    sheet = of_the_office(receipt_of(parts, case, footer), parts, "Tanda terima permohonan", PaperSize.A5)

    def plain() -> None:
        canvas = Canvas(io.BytesIO(), pagesize=A5)
        for n, row in enumerate(sheet.rows):
            canvas.setFont(BOLD if row.strong else MONO if row.digits else SANS, 9)
            canvas.drawString(40, 500 - 20 * n, f"{row.label} {row.text} {row.second}")
        canvas.save()

    return in_turns("receipt", lambda: press.render(sheet), "plain page, same faces, no QR", plain, 60)


BENCHES: dict[str, Callable[[Path, OpenProfile], Figure]] = {
    "startup": startup,
    "list": first_page,
    "open": open_case,
    "receipt": receipt,
    "search": search,
}


def _heartbeat(cases: int) -> "list[Beats]":
    from tests.bench.heartbeat import heartbeat  # the others need no Qt

    return heartbeat(cases)


OTHERS: dict[str, Callable[[int], Sequence["Figure | Beats"]]] = {
    "verify": verify,
    "journal": journal,
    "reissue": reissue,
    "register": register,
    "report": report,
    "heartbeat": _heartbeat,
}
"""Benches that make their own profiles of so many cases."""


def main() -> int:
    parser = argparse.ArgumentParser("tests.bench")
    parser.add_argument("names", nargs="+", choices=[*BENCHES, *OTHERS])
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures: list[Figure | Beats] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "profil"
        start = ProfileStart(folder, practice=True, settings=office_settings())
        with OpenProfile(start, SetClock()) as profile:
            if BENCHES.keys() & set(options.names):
                fill(profile, options.cases)
            figures += [
                BENCHES[item](folder, profile) for item in options.names if item in BENCHES and item != "startup"
            ]
        if "startup" in options.names:
            figures.insert(0, startup(folder, profile))
    for name, bench in OTHERS.items():
        if name in options.names:
            figures += bench(options.cases)
    if options.json:
        print(json.dumps([asdict(item) for item in figures], indent=1))
    else:
        for item in figures:
            print(item.words())
    return 0


if __name__ == "__main__":
    sys.exit(main())
