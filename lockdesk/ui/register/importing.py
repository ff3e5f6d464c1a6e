"""An import from the file to the register: opened, mapped, planned, decided, written; each long step can be stopped."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QProgressBar, QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.register.heads import Heads
from lockdesk.desk.register.planning import Follow, ImportPlan, Stopped
from lockdesk.desk.register.register import CertificatesTaken, OpenedSheet, Terms
from lockdesk.desk.values.facts import SheetTable
from lockdesk.desk.values.register import RegisterPerson
from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.register.import_sheet import ImportSheet
from lockdesk.ui.register.plan_sheet import PlanSheet
from lockdesk.ui.running.background import Background, Lane
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.parts import label
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, number_words

CERTIFICATES = (".cer", ".crt", ".pem", ".der", ".p7b", ".p7c")
_SHOWN_AFTER_MS = 250
"""What is done sooner needs no bar."""


class ProgressSheet(Sheet):
    """How far something is, and the way to stop it."""

    def __init__(self, parent: QWidget, title: str, words: str) -> None:
        super().__init__(parent, title, words, width=480)
        self.stopped = False
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._count = label(" ")
        self.body.addWidget(self._bar)
        self.body.addWidget(self._count)
        self.add_buttons(_("Hentikan"), role="")
        self.cancel.hide()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.open)
        self._later.start(_SHOWN_AFTER_MS)

    @Slot(object)
    def show_progress(self, progress: tuple[int, int]) -> None:
        done, everything = progress
        self._bar.setRange(0, everything)
        self._bar.setValue(done)
        words = _("{done} dari {all}")
        self._count.setText(words.format(done=number_words(done), all=number_words(everything)))

    def act(self) -> None:
        """The step ends what it has begun; then the sheet is closed."""
        self.stopped = True
        self.verb.setEnabled(False)

    @Slot()
    def reject(self) -> None:
        self.act()

    def finish(self) -> None:
        self._later.stop()
        self.accept()


class TakenSheet(Sheet):
    """What became of certificates: how many serial numbers were kept, and whose are nobody's."""

    def __init__(self, parent: QWidget, taken: CertificatesTaken) -> None:
        words = _("{count} nomor seri dicatat pada orangnya.").format(count=number_words(taken.known))
        super().__init__(parent, _("Sertifikat diimpor"), words)
        if taken.strangers:
            told = _("Tidak ada orangnya dalam data kepegawaian; nomor serinya tidak dicatat:")
            self.body.addWidget(label(told, wrap=True))
            area = QPlainTextEdit("\n".join(taken.strangers))
            area.setReadOnly(True)
            area.setAccessibleName(told)
            area.setFixedHeight(theme.px(120))
            self.body.addWidget(area)
        if taken.of_others:
            told = _("{count} sertifikat lain tidak diterbitkan CA yang tersambung dan diabaikan.")
            self.body.addWidget(Notice(told.format(count=number_words(taken.of_others)), Tone.WARN))
        self.add_close()


class Importing(QObject):
    """One import at a time."""

    imported = Signal(str)
    """What to say of it."""

    def __init__(self, desk: Desk, background: Background, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._background, self._page = desk, background, page

    def begin(self, paths: Sequence[str]) -> None:
        """Takes the serial numbers out of certificates; of a sheet, reads it and asks which column is what."""
        certificates = [path for path in paths if path.lower().endswith(CERTIFICATES)]
        if certificates:
            self._background.run(partial(self._take, certificates), self._on_taken, lane=Lane.CA)
        elif paths:
            self._begin_sheet(paths[0])

    def _take(self, paths: Sequence[str]) -> CertificatesTaken:
        files = tuple(NamedBytes(Path(path).name, Path(path).read_bytes()) for path in paths)
        return self._desk.register.import_certificates(files)

    def _on_taken(self, taken: CertificatesTaken) -> None:
        TakenSheet(self._page, taken).open()
        self.imported.emit(_("{count} nomor seri dicatat").format(count=number_words(taken.known)))

    def _begin_sheet(self, path: str) -> None:

        def opened(follow: Follow) -> OpenedSheet | None:
            file = Path(path)
            found = self._desk.register.open_sheet(file.read_bytes(), file.name)
            return found if follow(1, 1) else None

        self._run(_("Membuka berkas"), "", opened, self._on_opened)

    def _on_opened(self, opened: OpenedSheet | None, terms: Terms | None = None) -> None:
        if opened is None:
            return
        sheet = ImportSheet(self._page, opened, self._today(), terms)
        sheet.plan_asked.connect(partial(self._on_mapped, opened))
        sheet.open()

    def _today(self) -> date:
        return self._desk.clock.now().astimezone(self._desk.settings().office.zone).date()

    def _on_mapped(
        self, opened: OpenedSheet, table: SheetTable, heads: Heads, mapping: dict[str, int], terms: Terms
    ) -> None:
        def planned(follow: Follow) -> ImportPlan | None:
            try:
                return self._desk.register.plan(table, heads, mapping, terms, follow)
            except Stopped:
                return None

        words = _("Setiap baris dibandingkan dengan data kepegawaian. Belum ada yang ditulis.")
        self._run(_("Memeriksa isi berkas"), words, planned, partial(self._on_planned, opened, terms))

    def _on_planned(self, opened: OpenedSheet, terms: Terms, plan: ImportPlan | None) -> None:
        if plan is None:
            return
        sheet = PlanSheet(self._page, opened.name, plan, terms)
        sheet.import_asked.connect(partial(self._on_decided, opened, terms))
        sheet.back_asked.connect(partial(self._on_opened, opened, terms))
        sheet.open()

    def _on_decided(self, opened: OpenedSheet, terms: Terms, people: tuple[RegisterPerson, ...]) -> None:
        words = _("Bila dihentikan, yang sudah ditulis tetap tersimpan; berkas yang sama dapat diimpor lagi.")
        job = partial(self._desk.register.import_people, people, terms, opened.sha256)
        self._run(_("Mengimpor"), words, job, partial(self._on_imported, len(people)))

    def _on_imported(self, asked: int, done: int) -> None:
        words = _("{count} orang diimpor") if done == asked else _("{count} dari {all} orang diimpor, lalu dihentikan")
        self.imported.emit(words.format(count=number_words(done), all=number_words(asked)))

    def _run(self, title: str, words: str, job: Callable[[Follow], Any], answered: Callable[[Any], None]) -> None:
        sheet = ProgressSheet(self._page, title, words)
        report = self._background.on_gui_thread(sheet.show_progress)

        def follow(done: int, everything: int) -> bool:
            report((done, everything))
            return not sheet.stopped

        self._background.run(
            partial(job, follow),
            partial(self._on_answered, sheet, answered),
            partial(self._on_failed, sheet),
            Lane.INTAKE,
        )

    def _on_answered(self, sheet: ProgressSheet, answered: Callable[[Any], None], result: Any) -> None:
        sheet.finish()
        answered(result)

    def _on_failed(self, sheet: ProgressSheet, error: LockdeskError) -> None:
        sheet.finish()
        self._background.failed.emit(error)
