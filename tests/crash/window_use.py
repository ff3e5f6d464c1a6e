"""The window under use, to be killed: a person's clicks on the real window of a practice profile.

Whatever the window has shown as done is promised: it is told to the orchestrator in a line of JSON. A start first
proves every promise made before.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.cases import FINAL_STATES
from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.cases import CaseFilter, CaseView
from lockdesk.errors import LockdeskError
from lockdesk.resource import resource
from lockdesk.store import journal_reads
from lockdesk.store.tables import database
from lockdesk.ui.intake.sheets import WalkInSheet
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.running.sweeper import Sweeper
from lockdesk.ui.shell.application import MainWindow, PreferenceFile, create_application
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.ui.widgets.sheet import Sheet, open_sheets
from lockdesk.vault import PRACTICE_PASSPHRASE
from tests.helpers.desk.office import MONDAY, office_settings
from tests.helpers.window.filling import fill

Promise = dict[str, Any]
SAMPLES = ("01", "02", "16", "17", "06", "04", "11", "08", "14", "12")
STEP_MS = 15


class Clock:
    """The samples' Monday, going on from one start to the next."""

    def __init__(self, begun: float) -> None:
        self._begun = begun

    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=time.time() - self._begun)


def tell(promise: Promise) -> None:
    """Reaches the orchestrator although this process may be killed at the next instruction."""
    os.write(1, (json.dumps(promise) + "\n").encode())


# ── what was promised must be there ──


def broken_promises(profile: OpenProfile, promises: list[Promise]) -> list[str]:
    """What is missing, or was alarmed about without cause, after a kill."""
    desk, found = profile.desk, []
    if not profile.casebook.verify_journal().whole:
        found.append("the journal is not whole")
    rows = {row.number: row for row in desk.reading.page(CaseFilter.ALL, None, 500).rows}
    complaints = {
        row.number for which in ("open", "escalated", "resolved") for row in desk.reading.complaint_page(which).rows
    }
    for numbers in (rows, complaints):
        ordinals = sorted(int(number.rsplit("-", 1)[1]) for number in numbers)
        if ordinals != list(range(1, len(ordinals) + 1)):
            found.append(f"numbers with a gap: {ordinals}")
    troubles = ((_broken(desk, profile, promise, rows, complaints), promise) for promise in promises)
    return [*found, *(f"{trouble}: {promise}" for trouble, promise in troubles if trouble)]


def _broken(desk: Desk, profile: OpenProfile, promise: Promise, rows: dict[str, Any], complaints: set[str]) -> str:
    kind = promise["kind"]
    if kind == "case":
        row = rows.get(promise["number"])
        entries = len(desk.reading.case(row.id).history) if row is not None else 0
        return "" if entries >= promise["entries"] else "a case or its steps are gone"
    if kind == "complaint":
        return "" if promise["number"] in complaints else "a complaint is gone"
    if kind == "print":
        read = profile.casebook._read(lambda: journal_reads.digest_at(database.execute_sql, promise["entry"]))
        return "" if read.hex() == promise["head"] else "a print's entry is gone"
    if kind == "draft":
        return "" if desk.drafts.load("complaint") in promise["texts"] else "a half-typed complaint is gone"
    return ""


def standing(promises: list[Promise]) -> list[Promise]:
    """Of drafts only the last one counts, until it was sent; one that was being kept at the kill may be there."""
    found = [promise for promise in promises if not promise["kind"].startswith("draft")]
    drafts = [promise for promise in promises if promise["kind"].startswith("draft")]
    last = next((n for n in range(len(drafts) - 1, -1, -1) if drafts[n]["kind"] == "draft"), None)
    if last is not None and not any(draft["kind"] == "draft_dropped" for draft in drafts[last:]):
        found.append({"kind": "draft", "texts": [draft["text"] for draft in drafts[last:]]})
    return found


# ── the person at the window ──


class Person(QObject):
    """Takes the next step whenever nothing is on its way."""

    def __init__(self, window: MainWindow, desk: Desk, chance: random.Random) -> None:
        super().__init__(window)
        self._window, self._desk, self._chance = window, desk, chance
        self._promised: tuple[str, int] = ("", 0)
        self._mails = iter(SAMPLES[self._received() :])
        self._typed = self._to_type = 0
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._on_time)

    def _received(self) -> int:
        return sum(row.number.startswith("LATIH") for row in self._desk.reading.page(CaseFilter.ALL, None, 500).rows)

    def begin(self) -> None:
        window = self._window
        window.complaint_shown.connect(self._on_complaint)
        keep, drop = self._desk.drafts.keep, self._desk.drafts.drop

        def kept(form: str, text: str) -> None:
            if form == "complaint":
                tell({"kind": "draft_begun", "text": text})
            keep(form, text)
            if form == "complaint":
                tell({"kind": "draft", "text": text})

        def dropped(form: str) -> None:
            if form == "complaint":  # told before: that it is gone already is not promised
                tell({"kind": "draft_dropped"})
            drop(form)

        self._desk.drafts.keep, self._desk.drafts.drop = kept, dropped  # type: ignore[method-assign]
        self._timer.start()

    @Slot(int)
    def _on_complaint(self, _complaint: int) -> None:
        view = self._window.services.pages.complaints().panel.view
        if view is not None:
            tell({"kind": "complaint", "number": view.number})

    @Slot()
    def _on_time(self) -> None:
        window = self._window
        if not window.background.idle:
            return
        overlay = window.locking.overlay
        sheets = open_sheets(window)
        if overlay is not None and overlay.isVisible():
            overlay.unlock_asked.emit(PRACTICE_PASSPHRASE)
        elif sheets:
            self._answer(sheets[-1])
        else:
            self._go_on()

    def _answer(self, sheet: Sheet) -> None:
        if isinstance(sheet, ErrorSheet):
            if sheet.error.code in {"bug"} or sheet.error.code.startswith(("journal.", "vault.", "store.", "disk.")):
                tell({"kind": "alarm", "code": sheet.error.code, "detail": sheet.error.detail})
            sheet.reject()
        elif isinstance(sheet, PrintSheet):
            self._print(sheet)
        elif isinstance(sheet, WalkInSheet):
            number = self._chance.randrange(1, 28)
            sheet.show_draft(json.dumps({"name": f"Contoh Pelayan {number}", "nik": f"33759901{number:02d}909901"}))
            sheet._on_verb()
        else:
            fill(sheet)
            if sheet.verb.isEnabled():
                sheet.verb.click()
            else:
                sheet.reject()

    def _print(self, sheet: PrintSheet) -> None:
        printed = sheet.made
        if printed is None:
            if sheet.verb.isEnabled():
                sheet.print_asked.emit(sheet.wanted, "TidakAda", 1)  # made and journalled, then refused by the system
            return
        tell({"kind": "print", "entry": printed.sequence, "head": printed.head})
        sheet.reject()

    def _go_on(self) -> None:
        window, case = self._window, self._window.cases.panel.case
        form = window.services.pages.complaints().form if window.page == "complaints" else None
        if form is not None and form.isVisible():
            self._type_complaint()
            return
        if case is not None and window.page == "cases":
            self._promise(case)
            if case.state not in FINAL_STATES and self._step():
                return
        self._something_new(case)

    def _promise(self, case: CaseView) -> None:
        shown = (case.number, len(case.history))
        if shown != self._promised:
            self._promised = shown
            tell({"kind": "case", "number": case.number, "entries": len(case.history), "state": str(case.state)})

    def _step(self) -> bool:
        bar = self._window.cases.panel.bar
        primary, available = bar.primary, bar.available
        if self._chance.random() < 0.03:
            self._window.lock()
        elif primary is not None and primary.isEnabled():
            primary.click()
        elif available is not None:
            ways = (CaseAction.REJECT, CaseAction.WITHDRAW, CaseAction.RESOLVE_OTHERWISE)
            way = next((way for way in ways if way in available.enabled), None)
            if way is None:
                return False
            self._window.cases.handling.begin(str(way))
        return available is not None

    def _something_new(self, case: CaseView | None) -> None:
        window, chance = self._window, self._chance.random()
        mail = next(self._mails, None) if chance < 0.4 else None
        if mail is not None:
            self._drop(next(resource("samples").glob(f"{mail}*.eml")))
        elif chance < 0.55:
            window.begin("walk_in")
        elif chance < 0.7 and case is not None:
            window.show_page("cases")
            window.services.printing.print_case(case)
        elif chance < 0.8:
            rows = self._desk.reading.page(CaseFilter.ALL, None, 500).rows
            if rows:
                window.show_case(self._chance.choice(rows).id)
        else:
            self._typed, self._to_type = 0, self._chance.randrange(20, 250)
            window.new_complaint()

    def _type_complaint(self) -> None:
        form = self._window.services.pages.complaints().form
        if self._typed < self._to_type:
            self._typed += 1
            (form.findChildren(QLineEdit)[0]).setText("Tri Umpamakan")
            area = form.findChildren(QPlainTextEdit)[0]
            area.setPlainText(f"Pemberitahuan tidak pernah diterima, catatan {'x' * self._typed}.")
        else:
            self._typed = 0
            form._on_save()

    def _drop(self, path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        self._window.dropEvent(QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))


def run(folder: Path, begun: float, seed: int, promises: list[Promise], only_prove: bool) -> int:
    """One start of the program until it is killed."""
    start = ProfileStart(folder, practice=True, settings=office_settings())
    try:
        profile = OpenProfile(start, Clock(begun))
    except LockdeskError as error:
        tell({"kind": "alarm", "code": error.code, "detail": error.detail})
        return 1
    with profile:
        for words in broken_promises(profile, standing(promises)):
            tell({"kind": "broken", "words": words})
        tell({"kind": "proved"})
        if only_prove:
            return 0
        application = create_application(["lockdesk"])
        window = MainWindow(profile.desk, PreferenceFile())
        window.resize(1366, 768)
        window.show()
        Sweeper(window).begin()  # as the program does: no worker thread may end a widget
        window.background.run(profile.desk.guard.signed_in)
        window.background.run(profile.desk.operations.reconcile)
        tell({"kind": "shown"})
        Person(window, profile.desk, random.Random(seed)).begin()
        return application.exec()


if __name__ == "__main__":
    order = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    made: Callable[..., int] = run
    sys.exit(made(Path(order["folder"]), order["begun"], order["seed"], order["promises"], order["only_prove"]))
