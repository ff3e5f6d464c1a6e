"""A list as a file: asked about, made by the desk, saved where the officer says."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.listing import ListChoice
from lockdesk.desk.values.reports import LIST_NAMES, BookFormat, Subject
from lockdesk.ui.prints.printing import Printing
from lockdesk.ui.widgets.list_view import ExportSheet, Origin
from lockdesk.words import _


class ListExport(QObject):
    """Asks which kind of file, and saves it."""

    def __init__(self, desk: Desk, printing: Printing, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._printing, self._page = desk, printing, page

    def begin(self, subject: Subject, choice: ListChoice, filter_words: str, origin: Origin) -> None:
        phrases = (filter_words, *origin.phrases(choice.view))
        sheet = ExportSheet(self._page, _(LIST_NAMES[subject]), phrases)
        sheet.chosen.connect(partial(self._save, subject, choice))
        sheet.open()

    def _save(self, subject: Subject, choice: ListChoice, form: BookFormat) -> None:
        day = f"{self._desk.clock.now().astimezone(self._desk.office.zone):%Y-%m-%d}"
        export = partial(self._desk.lists.export, subject, choice)
        name = LIST_NAMES[subject].replace(" ", "-")
        self._printing.save_table(f"{name}-{day}.{form}", form, export)
