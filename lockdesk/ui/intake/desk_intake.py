"""Intake as the window does it: files are read and judged on a worker, never on the GUI thread."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import MAIL_SUFFIXES, NamedBytes
from lockdesk.desk.values.cases import IntakeChannel, Received
from lockdesk.desk.values.people import Applicant
from lockdesk.errors import Declined
from lockdesk.resource import resource
from lockdesk.ui.intake.sheets import DRAFT, ReceiveSheet, WalkInSheet
from lockdesk.ui.running.background import Background, Lane
from lockdesk.words import _

LARGEST = 64 * 1024 * 1024
"""Bytes of one file that are read at all; the desk has its own, lower caps and says so."""
MOST_FILES = 12


def read_files(paths: Sequence[Path]) -> tuple[NamedBytes, ...]:
    """Reads the files of one request. Runs on a worker; raises Declined when that cannot be done."""
    if len(paths) > MOST_FILES:
        raise Declined(
            _("Terlalu banyak berkas sekaligus."),
            _("Satu permohonan terdiri atas satu e-mail, atau satu surat dan satu CSR."),
            code="intake.too_many",
        )
    try:
        for path in paths:
            if path.stat().st_size > LARGEST:
                raise Declined(
                    _("Berkas {name} terlalu besar.").format(name=path.name),
                    _("Minta pemohon mengirim berkas yang lebih kecil."),
                    code="intake.too_large",
                )
        return tuple(NamedBytes(path.name, path.read_bytes()) for path in paths)
    except OSError as error:
        raise Declined(
            _("Berkas tidak dapat dibaca."),
            _("Periksa apakah berkas masih ada dan boleh dibuka."),
            detail=type(error).__name__,
            code="intake.unreadable",
        ) from error


def requests_of(paths: Sequence[Path]) -> tuple[tuple[Path, ...], ...]:
    """Every mail is a request of its own; all other files together form one."""
    mails = [(path,) for path in paths if path.suffix.lower() in MAIL_SUFFIXES]
    others = tuple(path for path in paths if path.suffix.lower() not in MAIL_SUFFIXES)
    return (*mails, others) if others else tuple(mails)


def dropped_paths(data: QMimeData) -> tuple[Path, ...]:
    """The local files of a drag; folders and addresses are left out."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return tuple(path for path in paths if path.is_file())


def _receive(desk: Desk, paths: Sequence[Path]) -> Received:
    files = read_files(paths)
    mail = any(file.name.lower().endswith(MAIL_SUFFIXES) for file in files)
    return desk.intake.receive(files, IntakeChannel.EMAIL if mail else IntakeChannel.FILES)


def _walk_in(desk: Desk, applicant: Applicant, paths: Sequence[Path]) -> Received:
    received = desk.intake.receive_walk_in(applicant, read_files(paths))
    desk.drafts.drop(DRAFT)
    return received


def _answer(desk: Desk, case_id: int, paths: Sequence[Path]) -> int:
    desk.review.answer(case_id, read_files(paths))
    return case_id


class DeskIntake(QObject):
    """Opens the dialogs, runs the intake, says which case came of it."""

    received = Signal(object)
    answered = Signal(int)

    def __init__(self, desk: Desk, background: Background, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._background = background
        self._page = page
        self._answer_to = 0

    @Slot()
    def begin(self) -> None:
        """Terima permohonan."""
        sheet = ReceiveSheet(self._page)
        sheet.files_asked.connect(self.choose_files)
        sheet.walk_in_asked.connect(self.begin_walk_in)
        sheet.open()

    @Slot()
    def choose_files(self) -> None:
        self._choose(_("Buka permohonan")).filesSelected.connect(self._on_chosen)

    def _choose(self, title: str) -> QFileDialog:
        types = _("Permohonan (*.eml *.msg *.pdf *.csr *.pem *.p10 *.req *.der *.txt);;Semua berkas (*)")
        folder = str(resource("samples")) if self._desk.settings().practice else ""
        dialog = QFileDialog(self._page, title, folder, types)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.open()
        return dialog

    @Slot(list)
    def _on_chosen(self, names: list[str]) -> None:
        self.receive([Path(name) for name in names])

    def receive(self, paths: Sequence[Path]) -> None:
        """Takes files in: dropped or chosen."""
        for request in requests_of(paths):
            self._background.run(partial(_receive, self._desk, request), self._on_received, lane=Lane.INTAKE)

    def _on_received(self, received: Received) -> None:
        self.received.emit(received)

    @Slot()
    def begin_walk_in(self) -> None:
        """Permohonan di loket."""
        sheet = WalkInSheet(self._page)
        sheet.received.connect(self._on_walk_in)
        sheet.draft_due.connect(self._on_draft_due)
        sheet.files_asked.connect(self._on_walk_in_files)
        self._walk_in_sheet = sheet
        sheet.open()
        self._background.run(partial(self._desk.drafts.load, DRAFT), sheet.show_draft)

    @Slot()
    def _on_walk_in_files(self) -> None:
        self._choose(_("Tambah berkas")).filesSelected.connect(self._on_walk_in_chosen)

    @Slot(list)
    def _on_walk_in_chosen(self, names: list[str]) -> None:
        self._walk_in_sheet.add_files([Path(name) for name in names])

    @Slot(str)
    def _on_draft_due(self, text: str) -> None:
        self._background.run(partial(self._desk.drafts.keep, DRAFT, text))

    @Slot(object, object)
    def _on_walk_in(self, applicant: Applicant, paths: Sequence[Path]) -> None:
        self._background.run(partial(_walk_in, self._desk, applicant, paths), self._on_received, lane=Lane.INTAKE)

    @Slot(int)
    def begin_answer(self, case_id: int) -> None:
        """Catat jawaban pemohon: the files of the answer."""
        self._answer_to = case_id
        self._choose(_("Buka jawaban pemohon")).filesSelected.connect(self._on_answer)

    @Slot(list)
    def _on_answer(self, names: list[str]) -> None:
        paths = [Path(name) for name in names]
        job = partial(_answer, self._desk, self._answer_to, paths)
        self._background.run(job, self._on_answered, lane=Lane.INTAKE)

    def _on_answered(self, case_id: int) -> None:
        self.answered.emit(case_id)
