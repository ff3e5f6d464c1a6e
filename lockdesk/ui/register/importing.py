"""An import from the file to the register: opened, mapped, planned, decided, written; each long step can be stopped."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.register.heads import Heads
from lockdesk.desk.register.planning import Follow, ImportPlan, Stopped
from lockdesk.desk.register.register import CertificatesTaken, OpenedSheet, Stranger, Terms
from lockdesk.desk.values.facts import SheetTable
from lockdesk.desk.values.person_fields import masked
from lockdesk.desk.values.register import RegisterPerson
from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.register.import_sheet import ImportSheet
from lockdesk.ui.register.person_sheets import EditSheet
from lockdesk.ui.register.plan_sheet import PlanSheet
from lockdesk.ui.running.background import Background, Lane
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.list_panel import RowList
from lockdesk.ui.widgets.parts import label
from lockdesk.ui.widgets.rows import ID_ROLE, ROW_HEIGHT, RowModel, RowText
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, number_words

CERTIFICATES = (".cer", ".crt", ".pem", ".der", ".p7b", ".p7c")
_SHOWN_AFTER_MS = 250
"""What is done sooner needs no bar."""
_STRANGERS_IN_SIGHT = 5
Files = tuple[NamedBytes, ...]


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
    """What became of certificates: how many serial numbers were kept, and whose are nobody's; those can be added."""

    add_asked = Signal(object)
    """A Stranger."""

    def __init__(self, parent: QWidget, taken: CertificatesTaken) -> None:
        words = _("{count} nomor seri dicatat pada orangnya.").format(count=number_words(taken.known))
        super().__init__(parent, _("Sertifikat diimpor"), words)
        if taken.strangers:
            self._offer(taken.strangers)
        if taken.of_others:
            told = _("{count} sertifikat lain tidak diterbitkan CA yang tersambung dan diabaikan.")
            self.body.addWidget(Notice(told.format(count=number_words(taken.of_others)), Tone.WARN))
        if taken.strangers:
            self.add_buttons(_("Tambahkan…"), cancel=_("Tutup"))
        else:
            self.add_close()

    def _offer(self, strangers: Sequence[Stranger]) -> None:
        told = _("Belum dikenal dalam data kepegawaian; nomor serinya dicatat setelah orangnya ditambahkan:")
        self.body.addWidget(label(told, wrap=True))
        self._strangers = strangers
        self._model = RowModel(_stranger_words, self)
        self._model.merge(list(strangers), None)
        self.view = RowList(self._model, told)
        self.view.setFixedHeight(min(len(strangers), _STRANGERS_IN_SIGHT) * theme.px(ROW_HEIGHT) + 2)
        self.view.setCurrentIndex(self._model.index(0, 0))
        self.view.opened.connect(self._on_opened)
        self.body.addWidget(self.view)

    @Slot(int)
    def _on_opened(self, place: int) -> None:
        self.add_asked.emit(self._strangers[place])

    def act(self) -> None:
        self._on_opened(self.view.currentIndex().data(ID_ROLE))


def _stranger_words(stranger: Any) -> RowText:
    fields = stranger.fields
    stated = (masked(name, fields[name]) for name in ("nip", "nik", "email"))
    detail = " · ".join(text for text in stated if text)
    tip = "\n".join((fields["name"], fields["serial"]))
    return RowText(fields["name"], "", Tone.QUIET, fields["serial"][-6:], detail, _("belum dikenal"), Tone.WARN, tip)


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

    def _take(self, paths: Sequence[str]) -> tuple[Files, CertificatesTaken]:
        files = tuple(NamedBytes(Path(path).name, Path(path).read_bytes()) for path in paths)
        return files, self._desk.register.import_certificates(files)

    def _on_taken(self, result: tuple[Files, CertificatesTaken]) -> None:
        files, taken = result
        sheet = TakenSheet(self._page, taken)
        sheet.add_asked.connect(partial(self._ask_person, sheet, files))
        sheet.open()
        self.imported.emit(_("{count} nomor seri dicatat").format(count=number_words(taken.known)))

    def _ask_person(self, taken: TakenSheet, files: Files, stranger: Stranger) -> None:
        """The sheet of the strangers stays beneath: whoever is not added yet is not forgotten."""
        sheet = EditSheet(self._page, None, proposed=stranger.fields, source=stranger.source)
        sheet.saved.connect(partial(self._on_person, taken, files))
        sheet.open()

    def _on_person(
        self, taken: TakenSheet, files: Files, _entry: None, fields: dict[str, str], source: str, reason: str
    ) -> None:
        def put_and_take() -> tuple[Files, CertificatesTaken]:
            self._desk.register.put(None, fields, source, reason)
            return files, self._desk.register.import_certificates(files)

        def answered(result: tuple[Files, CertificatesTaken]) -> None:
            taken.accept()
            self._on_taken(result)

        self._background.run(put_and_take, answered, lane=Lane.CA)

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
