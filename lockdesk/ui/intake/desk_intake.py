"""Intake as the window does it: files are read and judged on a worker, never on the GUI thread."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import MAIL_SUFFIXES, NamedBytes
from lockdesk.desk.requests.arrivals import Arrival, Question
from lockdesk.desk.values.cases import IntakeChannel, Received
from lockdesk.desk.values.drafts import WALK_IN
from lockdesk.desk.values.emergency import EmergencyEntry
from lockdesk.desk.values.register import RegisterPage
from lockdesk.desk.values.tray import AwaitedCertificate
from lockdesk.errors import Declined, LockdeskError
from lockdesk.records import dataclass
from lockdesk.resource import resource
from lockdesk.ui.intake.add_files_sheet import AddFilesSheet
from lockdesk.ui.intake.arrival_sheet import ArrivalSheet, Way
from lockdesk.ui.intake.certificate_sheet import CertificateCaseSheet
from lockdesk.ui.intake.sheets import ReceiveSheet, WalkInDraft, WalkInSheet
from lockdesk.ui.intake.staff_search import MOST
from lockdesk.ui.running.background import Background, Lane
from lockdesk.ui.running.files import read_files
from lockdesk.ui.widgets.file_dialogs import Place, open_dialog
from lockdesk.ui.widgets.sheet import NOTHING_WRITTEN, Sheet, being_written, is_locked, open_sheets
from lockdesk.words import _


def requests_of(paths: Sequence[Path]) -> tuple[tuple[Path, ...], ...]:
    """Every mail is a request of its own; all other files together form one."""
    mails = [(path,) for path in paths if path.suffix.lower() in MAIL_SUFFIXES]
    others = tuple(path for path in paths if path.suffix.lower() not in MAIL_SUFFIXES)
    return (*mails, others) if others else tuple(mails)


PAUSE_MS = 3000
"""Whoever has written nothing for so long has paused."""
_PAPERS = "*.pdf *.jpg *.jpeg *.png *.webp *.tif *.tiff *.heic *.csr *.pem *.p10 *.req *.der"
_KINDS = {Place.REQUESTS: f"*.eml *.msg {_PAPERS} *.txt", Place.PAPERS: _PAPERS}
Taken = tuple[Received, ...]


@dataclass(frozen=True, slots=True)
class ForCases:
    """A certificate, and the cases that may wait for it."""

    awaited: tuple[AwaitedCertificate, ...]
    paths: tuple[Path, ...]


def _look(desk: Desk, paths: Sequence[Path]) -> Taken | Arrival | ForCases:
    """What came of the files: their case, what the officer is to be asked about them, or who waits for a
    certificate."""
    files = read_files(paths)
    mail = any(file.name.lower().endswith(MAIL_SUFFIXES) for file in files)
    try:
        arrival = desk.intake.look(files, IntakeChannel.EMAIL if mail else IntakeChannel.FILES)
    except Declined as error:
        if error.code != "intake.certificate":
            raise
        return ForCases(desk.arriving.waiting_for(files), tuple(paths))
    if isinstance(arrival, Received):
        return (arrival,)
    return desk.intake.take(arrival) if arrival.question is Question.NONE else arrival


def _bring(desk: Desk, awaited: AwaitedCertificate, paths: Sequence[Path]) -> int:
    desk.arriving.bring(awaited, read_files(paths))
    return awaited.row.id


def _walk_in(desk: Desk, written: WalkInDraft, emergency: EmergencyEntry | None) -> Taken:
    desk.drafts.keep(WALK_IN, written.text)  # whatever goes wrong, it is there again
    received = desk.intake.receive_walk_in(
        written.applicant, read_files(written.paths), written.told_in_person, emergency
    )
    desk.drafts.drop(WALK_IN)
    return (received,)


def _answer(desk: Desk, case_id: int, files: Callable[[], Sequence[NamedBytes]]) -> int:
    desk.review.answer(case_id, files())
    return case_id


class DeskIntake(QObject):
    """Opens the dialogs, runs the intake, says which case came of it.

    It is the window's, not a page's: what is being looked at, and what is still to be asked, goes on when all that is
    seen is made anew.
    """

    begun = Signal()
    """Something is being taken in."""
    received = Signal(object, bool)
    """The cases that came of it (Received), and whether the first is to be shown: of many mails the first one is."""
    receipt_due = Signal(int)
    """The visitor of this case waits for its receipt."""
    answered = Signal(int)
    """What was taken in has become part of this case."""
    case_chosen = Signal(int)
    """The officer says for which case a certificate is: it is shown, whatever else is asked."""
    waiting = Signal(int)
    """How many things that came in the officer is still to be asked about."""
    adding = Signal(int, object)
    """A case, and the job that adds files to it: no other step is taken meanwhile, and nobody is led away."""

    def __init__(self, desk: Desk, background: Background, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._background = background
        self._window = window
        self._answer_to = 0
        self._saving = False
        """What was written down of a visitor is on its way into the book."""
        self._asked: deque[Arrival | ForCases] = deque()
        """What the officer is still to be asked about, first what is being asked: one at a time, never over another
        dialog, nor over a field in which somebody writes."""
        self._sheet: Sheet | None = None
        """The dialog about the first of them, until it is left."""
        self._written = NOTHING_WRITTEN
        """The field in which the keyboard was, and what stood there, when it was looked at last."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask_next)

    @Slot()
    def begin(self) -> None:
        """Terima permohonan."""
        sheet = ReceiveSheet(self._window)
        sheet.files_asked.connect(self.choose_files)
        sheet.walk_in_asked.connect(self.begin_walk_in)
        sheet.open()

    @Slot()
    def choose_files(self) -> None:
        self._choose(_("Buka permohonan"), self._on_chosen)

    def _choose(self, title: str, taken: Callable[[list[str]], None], place: Place = Place.REQUESTS) -> None:
        """Files of whole requests, or papers for a case, which a scanner or a telephone lays down as pictures."""
        types = _("Permohonan ({kinds});;Semua berkas (*)").format(kinds=_KINDS[place])
        first = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        if place is Place.REQUESTS:
            first = str(resource("samples")) if self._desk.settings().practice else ""
        dialog = open_dialog(self._window, title, place, types, several=True, first=first)
        dialog.filesSelected.connect(taken)
        dialog.open()

    @Slot(list)
    def _on_chosen(self, names: list[str]) -> None:
        self.receive([Path(name) for name in names])

    def receive(self, paths: Sequence[Path]) -> None:
        """Takes files in: dropped or chosen."""
        self.begun.emit()
        for place, request in enumerate(requests_of(paths)):
            looked = partial(self._on_looked, place == 0)
            self._background.run(partial(_look, self._desk, request), looked, lane=Lane.INTAKE)

    def _on_looked(self, leads: bool, found: Taken | Arrival | ForCases) -> None:
        if isinstance(found, ForCases) and len(found.awaited) == 1:
            self.answered.emit(found.awaited[0].row.id)
            self._bring(found.awaited[0], found.paths)
        elif isinstance(found, Arrival | ForCases):
            self._asked.append(found)
            self.go_on()
        else:
            self.received.emit(found, leads)

    @Slot()
    def _ask_next(self) -> None:
        """Asks about what came next, once the dialog that is open is closed and nobody writes. Behind the lock nobody
        is there to be asked, and the head of section takes nothing in."""
        if self._asked and self._sheet is None and not is_locked(self._window) and self._desk.office.works:
            self._ask()
        self.waiting.emit(len(self._asked) - (self._sheet is not None))

    def _ask(self) -> None:
        sheets = open_sheets(self._window)
        if sheets:
            sheets[-1].finished.connect(self._ask_next, Qt.ConnectionType.UniqueConnection)
        elif self._writes():
            self._pause.start()
        else:
            self._sheet = self._sheet_about(self._asked[0])
            self._sheet.finished.connect(self._on_left)
            self._sheet.open()

    @Slot()
    def _on_left(self) -> None:
        self._asked.popleft()
        self._sheet = None
        self._ask_next()

    def take_back(self) -> None:
        """Leaves the dialog about what came in; that is asked again by `go_on`, of who is there then."""
        if self._sheet is not None:
            self._sheet.finished.disconnect(self._on_left)
            self._sheet.reject()
            self._sheet = None

    def _writes(self) -> bool:
        """Whether something was written since it was looked at last."""
        before, self._written = self._written, being_written()
        return bool(self._written[1]) and self._written != before

    @Slot()
    def go_on(self) -> None:
        """Asks, in a window that was unlocked or made anew as well, when there was a whole pause from now on."""
        self._written = NOTHING_WRITTEN  # what stands there may just be being written
        self._ask_next()

    def _sheet_about(self, asked: Arrival | ForCases) -> Sheet:
        if isinstance(asked, ForCases):
            which = CertificateCaseSheet(self._window, asked.awaited, asked.paths)
            which.chosen.connect(self._on_case_chosen)
            return which
        sheet = ArrivalSheet(self._window, asked)
        sheet.decided.connect(self._on_decided)
        return sheet

    @Slot(object, object)
    def _on_case_chosen(self, awaited: AwaitedCertificate, paths: Sequence[Path]) -> None:
        self.begun.emit()
        self.case_chosen.emit(awaited.row.id)
        self._bring(awaited, paths)

    def _bring(self, awaited: AwaitedCertificate, paths: Sequence[Path]) -> None:
        """The case is shown first: what is wrong with a certificate is told over the case that it was brought to."""
        self._background.run(partial(_bring, self._desk, awaited, paths), self._on_answered, lane=Lane.CA)

    @Slot(object, str, int)
    def _on_decided(self, arrival: Arrival, way: str, case_id: int) -> None:
        self.begun.emit()
        if way == Way.ANSWER:
            self._background.run(
                partial(_answer, self._desk, case_id, lambda: arrival.files), self._on_answered, lane=Lane.INTAKE
            )
        else:
            job = partial(self._desk.intake.take, arrival, way == Way.APART, unsure=way == Way.UNSURE)
            self._background.run(job, self._on_received, lane=Lane.INTAKE)

    def _on_received(self, received: Taken) -> None:
        self.received.emit(received, True)

    @Slot()
    def begin_walk_in(self) -> None:
        """Permohonan di loket; one at a time, since what is kept of a visitor is one text."""
        if self._saving:
            busy = _("Permohonan sebelumnya masih disimpan."), _("Tunggu sebentar, lalu ulangi.")
            self._background.failed.emit(Declined(*busy, code="intake.saving"))
            return
        sheet = WalkInSheet(self._window, self._desk.settings().office.zone, self._desk.clock.now())
        sheet.received.connect(self._on_walk_in)
        sheet.draft_due.connect(self._on_draft_due)
        sheet.files_asked.connect(self._on_walk_in_files)
        sheet.search.wanted.connect(partial(self._find_staff, sheet))
        self._walk_in_sheet = sheet
        sheet.open()
        self._background.run(partial(self._desk.drafts.load, WALK_IN), sheet.show_draft)

    def _find_staff(self, sheet: WalkInSheet, text: str) -> None:
        def found(page: RegisterPage) -> None:
            if not sheet.left:
                sheet.search.show_people(text, page.rows)

        job = partial(self._desk.reading.register_page, text, None, MOST)
        self._background.run(job, found, by_itself=True)

    @Slot()
    def _on_walk_in_files(self) -> None:
        self._choose(_("Tambah berkas"), self._on_walk_in_chosen)

    @Slot(list)
    def _on_walk_in_chosen(self, names: list[str]) -> None:
        self._walk_in_sheet.add_files([Path(name) for name in names])

    @Slot(str)
    def _on_draft_due(self, text: str) -> None:
        self._background.keep(partial(self._desk.drafts.keep, WALK_IN, text))

    @Slot(object, object, bool)
    def _on_walk_in(self, written: WalkInDraft, emergency: EmergencyEntry | None, printed: bool) -> None:
        self._saving = True
        self.begun.emit()
        job = partial(_walk_in, self._desk, written, emergency)
        self._background.run(job, partial(self._on_walked_in, printed), self._on_not_saved, Lane.INTAKE)

    def _on_walked_in(self, printed: bool, received: Taken) -> None:
        self._saving = False
        self._on_received(received)
        if printed:
            self.receipt_due.emit(received[0].case_id)

    def _on_not_saved(self, error: LockdeskError) -> None:
        self._saving = False
        self._background.failed.emit(error)

    @Slot(int)
    def begin_answer(self, case_id: int) -> None:
        """Catat jawaban pemohon: the files of the answer."""
        self._answer_to = case_id
        self._choose(_("Buka jawaban pemohon"), self._on_answer)

    @Slot(list)
    def _on_answer(self, names: list[str]) -> None:
        self.begun.emit()
        paths = [Path(name) for name in names]
        job = partial(_answer, self._desk, self._answer_to, partial(read_files, paths))
        self._background.run(job, self._on_answered, lane=Lane.INTAKE)

    def _on_answered(self, case_id: int) -> None:
        self.answered.emit(case_id)

    @Slot(int, str)
    def begin_adding(self, case_id: int, number: str) -> None:
        """Tambah berkas: from a scanner's folder, a telephone or a stick, for the case that is open."""
        sheet = AddFilesSheet(self._window, case_id, number)
        sheet.files_asked.connect(partial(self._choose_for, sheet))
        sheet.given.connect(self._on_given)
        sheet.open()
        self._choose_for(sheet)

    def _choose_for(self, sheet: AddFilesSheet) -> None:
        self._choose(_("Berkas untuk kasus ini"), sheet.add_names, Place.PAPERS)

    @Slot(int, object, bool)
    def _on_given(self, case_id: int, paths: Sequence[Path], original_seen: bool) -> None:
        def add() -> None:
            self._desk.review.add_files(case_id, read_files(paths), original_seen)

        self.adding.emit(case_id, add)
