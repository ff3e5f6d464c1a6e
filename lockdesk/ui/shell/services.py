"""What is behind the list of cases: prints, exports, personal data, the recovery code, the other pages."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.reports import Subject
from lockdesk.ui.complaints.work import ComplaintWork
from lockdesk.ui.intake.mail_work import MailWork
from lockdesk.ui.look.preferences import PreferenceFile
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.office.backup_work import BackupWork
from lockdesk.ui.prints.printing import Printing
from lockdesk.ui.prints.recovery import RecoveryWork
from lockdesk.ui.running.background import Background
from lockdesk.ui.running.journal_walk import JournalWalk
from lockdesk.ui.shell.list_export import ListExport
from lockdesk.ui.shell.pages import Pages
from lockdesk.ui.shell.privacy import Privacy


class Services(QObject):
    """Makes them and connects them with each other; the window connects them with the rest."""

    def __init__(
        self,
        desk: Desk,
        background: Background,
        complaint_work: ComplaintWork,
        mail_work: MailWork,
        backup_work: BackupWork,
        journal_walk: JournalWalk,
        times: OfficeTime,
        preferences: PreferenceFile,
        page: QWidget,
    ) -> None:
        """`page` is what their dialogs stand over."""
        super().__init__(page)
        self.printing = Printing(desk, background, page)
        self.list_export = ListExport(desk, self.printing, page)
        self.privacy = Privacy(desk, background, self.printing, times, page)
        self.recovery = RecoveryWork(desk, background, self.printing, page)
        pages = self.pages = Pages(
            desk,
            background,
            complaint_work,
            mail_work,
            backup_work,
            journal_walk,
            times,
            self.printing,
            preferences,
            page,
        )
        pages.list_export_asked.connect(partial(self.list_export.begin, Subject.COMPLAINT))
        pages.recovery_asked.connect(self.recovery.begin)
        self.recovery.changed.connect(pages.read_recovery)
        pages.data_asked.connect(self.privacy.ask)
