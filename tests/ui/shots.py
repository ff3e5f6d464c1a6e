"""Screenshots of every page and dialog with invented values: `python -m tests.ui.shots FOLDER`.

In four combinations that cover light and dark, Indonesian and English, 1366×768 and 1920×1080, text at 100 and 150 %.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from lockdesk.core.cases import CaseState, Route
from lockdesk.desk.register.heads import find_heads
from lockdesk.desk.register.register import Terms
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.ui.shell.application import MainWindow, PreferenceFile, create_application
from lockdesk.ui.verification.progress_cards import CallsCard
from lockdesk.ui.widgets.sheet import Dim
from tests.helpers.window import people
from tests.helpers.window.filling import act
from tests.ui.fake_desk import FakeDesk
from tests.ui.letter_picture import paint_letter

COMBINATIONS = (
    ("light", "id", (1366, 768), 100),
    ("dark", "en", (1920, 1080), 100),
    ("light", "en", (1366, 768), 150),
    ("dark", "id", (1920, 1080), 150),
)
PAGES = ("standard", "settings")
DIALOGS = (
    CaseAction.DECIDE_WARNING,
    CaseAction.REJECT,
    CaseAction.ASK_APPLICANT,
    CaseAction.RECORD_CALL,
    CaseAction.CORRECT,
    CaseAction.PRINT,
    CaseAction.WITHDRAW,
    CaseAction.RESOLVE_OTHERWISE,
)


class Camera:
    """Drives one window and saves what it shows."""

    def __init__(self, folder: Path, theme: str, language: str, size: tuple[int, int], percent: int) -> None:
        self.folder = folder
        self.tag = f"{theme}-{language}-{size[0]}-{percent}"
        preferences = PreferenceFile()
        preferences.change(theme=theme, language=language, percent=percent)
        self.application = create_application([], preferences.value)
        self.desk = FakeDesk(many=30)
        self.desk.pages.picture = paint_letter()
        self.window = MainWindow(self.desk, preferences)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.rest()

    def rest(self, milliseconds: int = 260) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def shoot(self, name: str) -> None:
        self.rest()
        self.window.grab().save(str(self.folder / f"{name}-{self.tag}.png"))

    def case(self, case_id: int) -> None:
        self.window.show_case(case_id)
        self.rest()

    def dialog(self, name: str, begin: Callable[[], object]) -> None:
        begin()
        self.shoot(name)
        for dim in self.window.findChildren(Dim):
            dim.hide()
            dim.deleteLater()
        self.rest(60)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.rest(60)


def every_shot(camera: Camera) -> None:
    window = camera.window
    camera.shoot("empty")
    camera.case(2)
    camera.shoot("main")
    panel = window.cases.panel.verification
    panel.verticalScrollBar().setValue(panel.verticalScrollBar().maximum() // 2)
    camera.shoot("main-middle")
    panel.verticalScrollBar().setValue(panel.verticalScrollBar().maximum())
    camera.shoot("main-bottom")
    window.begin("side_by_side")
    camera.shoot("side-by-side")
    window.begin("side_by_side")
    window.begin("find")
    camera.shoot("find")
    window.cases.panel.letter.end_search()
    for action in DIALOGS:
        camera.dialog(f"dialog-{action}", partial(act, window, action))
    name_in_call(camera)
    camera.case(3)
    camera.dialog("dialog-revoke", partial(act, window, CaseAction.REVOKE))
    camera.dialog("dialog-reissue", partial(act, window, CaseAction.REISSUE))
    camera.dialog("dialog-notice", partial(act, window, CaseAction.NOTIFY))
    camera.dialog("dialog-complete", partial(act, window, CaseAction.COMPLETE))
    camera.case(2)
    camera.dialog("dialog-route", partial(act, window, CaseAction.SET_ROUTE))
    camera.desk.state.change(3, state=CaseState.AWAITING_SIGNATURE, route=Route.VERIFIER_RESET)
    window.cases.refresh()
    camera.case(3)
    camera.shoot("awaiting-signature")
    camera.dialog("dialog-send-reset", partial(act, window, CaseAction.SEND_RESET))
    camera.dialog("dialog-prove-reset", partial(act, window, CaseAction.PROVE_RESET))
    camera.case(1)
    camera.shoot("unsettled")
    camera.case(9)
    camera.shoot("rejected")
    camera.case(7)
    camera.shoot("completed")
    camera.dialog("receive", window.intake.begin)
    camera.dialog("walk-in", window.intake.begin_walk_in)
    window.show_complaint(7)
    camera.shoot("complaints")
    window.new_complaint()
    camera.shoot("complaint-form")
    for page in PAGES:
        window.show_page(page)
        camera.shoot(page)
    register_shots(camera)
    report_shots(camera)
    camera.dialog("check-print", partial(window.begin, "check_print"))
    window.begin("search")
    camera.shoot("commands")
    window.lock()
    camera.shoot("locked")


def name_in_call(camera: Camera) -> None:
    """A letter that names no key, an applicant with two certificates, and what was said in calls before."""
    case = camera.desk.state.cases[2]
    usual = people.unnamed(case)
    camera.desk.state.change(2, findings=usual.findings, usable=usual.usable, documents=usual.documents)
    camera.case(1)
    camera.case(2)
    camera.shoot("unnamed-key")
    camera.dialog("dialog-call-names", partial(act, camera.window, CaseAction.RECORD_CALL))
    camera.desk.state.change(2, calls=usual.calls)
    camera.case(1)
    camera.case(2)
    panel = camera.window.cases.panel.verification
    panel.ensureWidgetVisible(panel.findChildren(CallsCard)[0])
    camera.shoot("named-in-call")


PEOPLE = """DAFTAR PEGAWAI;;;;;;
Keadaan 2 November 2026;;;;;;
Nama;NIP;NIK;Jabatan;Unit kerja;E-mail;No HP
Contoh Baru;199001012015011001;3375990101900077;Analis Kebijakan;Dinas Contoh;baru@contoh.example;81200000099
Contoh Rusak;1,99001E+17;3375990101900078;Analis Kebijakan;Dinas Contoh;;
Contoh Ragu;199003032015012003;3375994303900078;Arsiparis;Dinas Arsip Contoh;;8,12E+10
Contoh Ragu;199003032015012003;3375994303900078;Arsiparis Ahli Muda;Dinas Arsip Contoh;;0812-0000-0098
Contoh Kembar;199004042015012004;3375994404900078;Pranata Komputer;Dinas Contoh;;0812-0000-0097
Contoh Kembar, S.Kom.;199004042019012005;;Pranata Komputer;Dinas Contoh;;0812-0000-0096
"""


def register_shots(camera: Camera) -> None:
    """The staff register: its list, an import from the file to the decisions, one person, a change by hand."""
    from lockdesk.ui.register.importing import Importing, ProgressSheet
    from lockdesk.ui.register.page import RegisterPage
    from lockdesk.ui.register.person_sheets import EditSheet, MergeSheet
    from tests.ui.fake_desk import register_entries

    camera.window.show_page("register")
    camera.shoot("register")
    page = camera.window.findChildren(RegisterPage)[0]
    importing = page.findChildren(Importing)[0]
    opened = camera.desk.register.open_sheet(PEOPLE.encode(), "pegawai-november.csv")
    table = opened.tables[0]
    heads = find_heads(table.rows)
    terms = Terms("BKPSDM, daftar pegawai November 2026", date(2026, 11, 2), whole_office=True)
    plan = camera.desk.register.plan(table, heads, heads.mapping, terms)
    several = replace(opened, tables=(replace(table, name="Pegawai"), replace(table, name="Rekap")))
    first, second = register_entries()[:2]
    camera.dialog("register-import", lambda: importing._on_opened(several))
    camera.dialog("register-plan", lambda: importing._on_planned(opened, terms, plan))
    camera.dialog("register-person", lambda: page._people.show(1))
    camera.dialog("register-edit", EditSheet(page, first, "LOCK-2026-0042").open)
    camera.dialog("register-merge", MergeSheet(page, first, second).open)
    progress = ProgressSheet(page, "Mengimpor", "")
    progress.show_progress((32_000, 100_000))
    camera.dialog("register-progress", progress.open)


def report_shots(camera: Camera) -> None:
    """The evaluation of a quarter from top to bottom, a figure's list, the books, the survey."""
    from lockdesk.ui.reports.figure_row import FigureRow
    from lockdesk.ui.reports.page import ReportsPage
    from lockdesk.ui.reports.survey import SurveySheet
    from lockdesk.ui.widgets.cards import Flow

    for scores in ((4, 3, 4, 4, 3, 4, 4, 3, 2), (4, 4, 4, 4, 4, 4, 4, 4, 3), (3, 3, 3, 4, 3, 3, 4, 3, 3)):
        camera.desk.evaluation.answer(scores)
    camera.window.show_page("reports")
    camera.rest()
    page = camera.window.findChildren(ReportsPage)[-1]
    bar = page.quarter.findChildren(Flow)[0].verticalScrollBar()
    for n in range(5):
        bar.setValue(bar.maximum() * n // 4)
        camera.shoot(f"reports-{n}")
    bar.setValue(0)
    row = page.quarter.findChildren(FigureRow)[0]
    camera.dialog("reports-members", row.click)
    page.show_view("books")
    camera.shoot("reports-books")
    camera.dialog("reports-print", lambda: page.report_print_asked.emit(page.quarter.quarter))
    sheet = SurveySheet(page)
    sheet.open()
    camera.dialog("reports-survey", lambda: sheet.answer(4))


def extra(camera: Camera) -> None:
    """Widgets that stand alone."""
    from lockdesk.ui.shell.first_start import FirstStartWizard

    wizard: QWidget = FirstStartWizard(camera.folder)
    wizard.resize(900, 680)
    wizard.show()
    camera.rest()
    wizard.grab().save(str(camera.folder / f"first-start-{camera.tag}.png"))
    wizard.close()
    wizard.deleteLater()


def run(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for combination in COMBINATIONS:
        camera = Camera(folder, *combination)
        every_shot(camera)
        extra(camera)
        camera.close()


if __name__ == "__main__":
    run(Path(sys.argv[1]))
