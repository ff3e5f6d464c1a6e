"""What is half written in a case's dialog: kept while one writes, there again when the dialog is opened anew."""

import json
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QPlainTextEdit

from lockdesk.desk.desk import Drafts
from lockdesk.desk.values.drafts import of_case
from lockdesk.ui.cases.casework import Casework
from lockdesk.ui.widgets.drafts import DraftTimer
from lockdesk.ui.widgets.sheet import Sheet


class KeptTexts(QObject):
    """The texts of several lines in one sheet. They are dropped when the step that the sheet asks for was taken."""

    def __init__(self, sheet: Sheet, case_id: int, name: str, work: Casework, drafts: Drafts) -> None:
        super().__init__(sheet)
        self._form = of_case(case_id, name)
        self._work, self._drafts = work, drafts
        self._areas = sheet.findChildren(QPlainTextEdit)
        self._first = self._texts()
        self._timer = DraftTimer(sheet)
        self._timer.due.connect(self._on_due)
        for area in self._areas:
            area.textChanged.connect(self._timer.touch)
        sheet.finished.connect(partial(self._on_finished, case_id))
        work.background.run(partial(drafts.load, self._form), self._show)

    def _texts(self) -> list[str]:
        return [area.toPlainText() for area in self._areas]

    def _show(self, kept: str) -> None:
        """Unless something is being written already, or the dialog proposes other words by now."""
        first, texts = json.loads(kept) if kept else (None, ())
        if first == self._first == self._texts():
            for area, text in zip(self._areas, texts, strict=True):
                area.setPlainText(text)
                area.moveCursor(QTextCursor.MoveOperation.End)  # where one goes on

    @Slot()
    def _on_due(self) -> None:
        texts = self._texts()
        if texts == self._first:
            self._work.background.keep(partial(self._drafts.drop, self._form))  # what was deleted does not return
        else:
            self._work.background.keep(partial(self._drafts.keep, self._form, json.dumps([self._first, texts])))

    def _on_finished(self, case_id: int, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            drop = partial(self._drafts.drop, self._form)  # the sheet is gone by then, and this with it
            self._work.when_stepped(case_id, partial(self._work.background.run, drop))
