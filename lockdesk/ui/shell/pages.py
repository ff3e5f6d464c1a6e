"""The pages beside the cases, each made when it is first shown (start-up stays quick)."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.office.first_day import Preparation
from lockdesk.desk.values.cases import CaseView
from lockdesk.ui.complaints.page import ComplaintsPage
from lockdesk.ui.complaints.work import ComplaintWork
from lockdesk.ui.intake.mail_work import MailWork
from lockdesk.ui.look.actions import WindowAction
from lockdesk.ui.look.preferences import PreferenceFile
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.office.backup_work import BackupWork
from lockdesk.ui.prints.printing import Printing
from lockdesk.ui.running.background import Background
from lockdesk.ui.running.journal_walk import JournalWalk
from lockdesk.ui.widgets.file_dialogs import Place

if TYPE_CHECKING:
    from lockdesk.ui.office.gateway import HalfFilled
    from lockdesk.ui.office.journal_page import JournalPage
    from lockdesk.ui.office.page import SettingsPage
    from lockdesk.ui.register.people import People
    from lockdesk.ui.reports.page import ReportsPage


class Pages(QObject):
    """Makes and keeps the pages, and passes on what they ask for."""

    list_export_asked = Signal(object, str, object)
    receive_asked = Signal()
    complaint_asked = Signal()
    form_left = Signal()
    mail_left = Signal()
    case_asked = Signal(str)
    complaint_shown = Signal(int)
    preferences_changed = Signal(object)
    settings_changed = Signal()
    gateway_changed = Signal()
    recovery_asked = Signal()
    key_change_asked = Signal(str, str)
    calendar_asked = Signal()
    backups_asked = Signal()
    restore_asked = Signal()
    journal_asked = Signal()
    calendar_changed = Signal()
    action_asked = Signal(str)
    """An action of the window."""
    data_asked = Signal(int)
    """A person of the register asks for the own data."""
    said = Signal(str)
    member_asked = Signal(object, int)
    """What a figure or a register book lists: its Subject and its id."""
    case_step = Signal(int, object)
    """A job that writes for a case."""

    def __init__(
        self,
        desk: Desk,
        background: Background,
        work: ComplaintWork,
        mail_work: MailWork,
        backup_work: BackupWork,
        journal_walk: JournalWalk,
        times: OfficeTime,
        printing: Printing,
        preferences: PreferenceFile,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._work = work
        self._mail_work = mail_work
        self._backup_work = backup_work
        self._journal_walk = journal_walk
        self._times = times
        self._printing = printing
        self._preferences = preferences
        self._made: dict[WindowAction, QWidget] = {}
        self._complaints: ComplaintsPage | None = None
        self._settings_page: SettingsPage | None = None
        self._journal_page: JournalPage | None = None
        self._people: People | None = None
        self._reports: ReportsPage | None = None
        self._half_filled: HalfFilled | None = None
        self._central = parent
        self._counts: Mapping[str, int] = {}

    def page(self, name: WindowAction) -> QWidget:
        """The page, made if need be."""
        if name not in self._made:
            makers = {
                WindowAction.MAIL: self._mail,
                WindowAction.COMPLAINTS: self.complaints,
                WindowAction.STANDARD: self._standard,
                WindowAction.REGISTER: self._register,
                WindowAction.REPORTS: self.reports,
                WindowAction.SETTINGS: self._settings,
                WindowAction.CALENDAR: self._calendar,
                WindowAction.BACKUPS: self._backups,
                WindowAction.JOURNAL: self._journal,
            }
            self._made[name] = makers[name]()
        return self._made[name]

    def complaints(self) -> ComplaintsPage:
        """The complaints page, made if need be."""
        if self._complaints is None:
            page = ComplaintsPage(self._work, self._desk.settings(), self._times, self._desk.clock)
            page.list.show_beginnings(self._desk.office.works)
            page.receive_asked.connect(self.receive_asked)
            page.complaint_asked.connect(self.complaint_asked)
            page.form_left.connect(self.form_left)
            page.print_asked.connect(self._printing.print_complaint)
            page.print_at_once_asked.connect(self._printing.print_at_once)
            page.file_save_asked.connect(self._printing.export_evidence)
            page.list.export_asked.connect(self.list_export_asked)
            page.list.said.connect(self.said)
            page.case_asked.connect(self.case_asked)
            page.message_export_asked.connect(self._printing.export_message)
            page.complaint_shown.connect(self.complaint_shown)
            page.show_counts(self._counts)
            self._complaints = page
        return self._complaints

    def half_filled(self) -> "HalfFilled | None":
        """What was written in the settings and not saved: it goes on in the pages that take the place of these."""
        return self._settings_page.half_filled if self._settings_page is not None else self._half_filled

    def go_on_with(self, half_filled: "HalfFilled | None") -> None:
        self._half_filled = half_filled

    def _mail(self) -> QWidget:
        from lockdesk.ui.intake.mail_page import MailPage

        page = MailPage(self._mail_work, self._times, self._desk.clock)
        page.receive_asked.connect(self.receive_asked)
        page.complaint_asked.connect(self.complaint_asked)
        page.left.connect(self.mail_left)
        page.list.said.connect(self.said)
        return page

    def show_mail(self, mail_id: int) -> None:
        """On its page, made if need be, a mail that waits for its decision."""
        from lockdesk.ui.intake.mail_page import MailPage

        page = self.page(WindowAction.MAIL)
        assert isinstance(page, MailPage)
        page.show_mail(mail_id)

    def _standard(self) -> QWidget:
        from lockdesk.ui.office.service_standard import StandardPage

        page = StandardPage(self._desk.settings())
        page.print_asked.connect(self._printing.print_standard)
        return page

    def _register(self) -> QWidget:
        from lockdesk.ui.register.page import RegisterPage

        page = RegisterPage(self._desk, self._background, self._register_people())
        page.said.connect(self.said)
        return page

    def _register_people(self) -> "People":
        from lockdesk.ui.register.people import People

        if self._people is None:
            self._people = People(self._desk, self._background, self._times, self._central)
            self._people.case_step.connect(self.case_step)
            self._people.data_asked.connect(self.data_asked)
        return self._people

    def register_of(self, case: CaseView) -> None:
        """What the staff register has of a case's applicant, or a new entry there."""
        people = self._register_people()
        if case.register is None:
            people.add(case)
        else:
            people.show(case.register.id, case)

    def reports(self) -> "ReportsPage":
        """The reports page, made if need be."""
        from lockdesk.ui.reports.page import ReportsPage

        if self._reports is None:
            page = ReportsPage(self._desk, self._background, self._times)
            page.chosen.connect(self.member_asked)
            page.said.connect(self.said)
            page.report_print_asked.connect(self._printing.print_report)
            page.book_print_asked.connect(self._printing.print_book)
            page.save_asked.connect(self._printing.save_table)
            self._reports = page
        return self._reports

    def copy_summary(self) -> None:
        """Of the quarter that the reports show, else of the present one."""
        self.reports().quarter.copy_summary()

    def _calendar(self) -> QWidget:
        from lockdesk.ui.office.calendar_page import CalendarPage

        page = CalendarPage(self._desk, self._background)
        page.changed.connect(self.calendar_changed)
        return page

    def _backups(self) -> QWidget:
        from lockdesk.ui.office.backups import BackupsPage

        page = BackupsPage(self._desk, self._background, self._backup_work)
        page.restore_asked.connect(self.restore_asked)
        return page

    def _journal(self) -> QWidget:
        from lockdesk.ui.office.journal_page import JournalPage

        page = JournalPage(self._desk, self._background, self._times, self._journal_walk)
        page.number_asked.connect(self.case_asked)
        page.export_asked.connect(partial(self._printing.save_by, place=Place.JOURNAL))
        page.key_asked.connect(partial(self._printing.save, place=Place.JOURNAL))
        self._journal_page = page
        return page

    def _settings(self) -> QWidget:
        from lockdesk.ui.office.page import SettingsPage

        page = SettingsPage(self._desk, self._background, self._preferences.value)
        page.preferences_changed.connect(self.preferences_changed)
        page.settings_changed.connect(self.settings_changed)
        page.gateway_changed.connect(self.gateway_changed)
        page.recovery_asked.connect(self.recovery_asked)
        page.key_change_asked.connect(self.key_change_asked)
        page.calendar_asked.connect(self.calendar_asked)
        page.backups_asked.connect(self.backups_asked)
        page.journal_asked.connect(self.journal_asked)
        page.action_asked.connect(self.action_asked)
        self._settings_page = page
        if self._half_filled is not None:
            page.fill_again(self._half_filled)
        return page

    def show_setting(self, what: Preparation) -> None:
        """Where in the settings something is prepared."""
        self.page(WindowAction.SETTINGS)
        if self._settings_page is not None:
            self._settings_page.show_part(what)

    @Slot()
    def read_recovery(self) -> None:
        """Whether the recovery code is on paper, if the settings are shown."""
        if self._settings_page is not None:
            self._settings_page.read_recovery()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        if self._complaints is not None:
            self._complaints.show_counts(counts)

    def refresh(self, name: WindowAction) -> None:
        """Reads a page's values again, if it is shown."""
        if name is WindowAction.COMPLAINTS and self._complaints is not None:
            self._complaints.refresh()
        if name is WindowAction.JOURNAL and self._journal_page is not None:
            self._journal_page.refresh()
        if name is WindowAction.REPORTS and self._reports is not None:
            self._reports.refresh()
