"""Personal data in the window: its sheets, and the prints that they ask for."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.privacy import DataRequest
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.office.breach import BreachSheet
from lockdesk.ui.office.disposal import DisposalSheet
from lockdesk.ui.prints.printing import Printing
from lockdesk.ui.register.data_requests import DataRequestsSheet
from lockdesk.ui.running.background import Background


class Privacy(QObject):
    """Opens the sheets and records what they ask for."""

    changed = Signal()

    def __init__(
        self, desk: Desk, background: Background, printing: Printing, times: OfficeTime, page: QWidget
    ) -> None:
        super().__init__(page)
        self._desk, self._background, self._printing = desk, background, printing
        self._times, self._page = times, page

    def propose_disposal(self) -> None:
        sheet = DisposalSheet(self._page, self._desk, self._background, self._times)
        sheet.print_asked.connect(self._printing.print_disposal)
        sheet.carried_out.connect(self.changed)
        sheet.open()

    def tell_of_breach(self) -> None:
        sheet = BreachSheet(self._page, self._desk, self._background)
        sheet.print_asked.connect(self._printing.print_breach)
        sheet.open()

    def show_requests(self) -> None:
        sheet = DataRequestsSheet(self._page, self._desk, self._background)
        sheet.print_asked.connect(self._print)
        sheet.answered.connect(self.changed)
        sheet.open()

    @Slot(int)
    def ask(self, entry_id: int) -> None:
        """Records the request of a person of the register, and offers the print."""
        self._background.run(partial(self._desk.data_requests.ask, entry_id), partial(self._on_asked, entry_id, 0))

    def ask_by_case(self, case: CaseView) -> None:
        """The same from a case, whether or not the register knows the applicant."""
        if case.register is not None:
            self.ask(case.register.id)
            return
        job = partial(self._desk.data_requests.ask_by_case, case.id)
        self._background.run(job, partial(self._on_asked, None, case.id))

    def _on_asked(self, entry_id: int | None, case_id: int, _result: object) -> None:
        self.changed.emit()
        self._offer(entry_id, case_id)

    @Slot(object)
    def _print(self, request: DataRequest) -> None:
        self._offer(request.entry_id, request.case_id or 0)

    def _offer(self, entry_id: int | None, case_id: int) -> None:
        if entry_id is not None:
            self._printing.print_person(entry_id)
        else:
            self._printing.print_trail(case_id)
