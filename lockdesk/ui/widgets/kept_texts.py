"""What is half written in a dialog: kept while one writes, there again when the dialog is opened anew."""

import json
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDialog, QLineEdit, QPlainTextEdit

from lockdesk.desk.desk import Drafts
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.days import DayBox
from lockdesk.ui.widgets.drafts import DraftTimer
from lockdesk.ui.widgets.sheet import Sheet

Edit = QLineEdit | QPlainTextEdit
Then = Callable[[], object]


class KeptTexts(QObject):
    """The texts in one sheet. They are dropped when the step that the sheet asks for was taken."""

    def __init__(
        self,
        sheet: Sheet,
        form: str,
        background: Background,
        drafts: Drafts,
        when_taken: Callable[[Then], object] | None = None,
    ) -> None:
        """`form`: under what they are kept. `when_taken` is told, once the sheet was accepted, what is to follow the
        step if it is taken; without it the caller drops them."""
        super().__init__(sheet)
        self._form, self._background, self._drafts = form, background, drafts
        self._edits = edits_of(sheet)
        self._first = self._texts()
        self._timer = DraftTimer(sheet)
        self._timer.due.connect(self._on_due)
        for edit in self._edits:
            edit.textChanged.connect(self._timer.touch)
        if when_taken is not None:
            sheet.finished.connect(partial(self._on_finished, when_taken))
        background.run(partial(drafts.load, self._form), self._show)

    def _texts(self) -> list[str]:
        return [edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText() for edit in self._edits]

    def _show(self, kept: str) -> None:
        """Unless something is being written already, or the dialog proposes other words by now."""
        first, texts = json.loads(kept) if kept else (None, ())
        if first == self._first == self._texts():
            for edit, text in zip(self._edits, texts, strict=True):
                if isinstance(edit, QLineEdit):
                    edit.setText(text)
                else:
                    edit.setPlainText(text)
                    edit.moveCursor(QTextCursor.MoveOperation.End)  # where one goes on

    @Slot()
    def _on_due(self) -> None:
        texts = self._texts()
        if texts == self._first:
            self._background.keep(partial(self._drafts.drop, self._form))  # what was deleted does not return
        else:
            self._background.keep(partial(self._drafts.keep, self._form, json.dumps([self._first, texts])))

    def _on_finished(self, when_taken: Callable[[Then], object], result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            drop = partial(self._drafts.drop, self._form)  # the sheet is gone by then, and this with it
            when_taken(partial(self._background.run, drop))


def edits_of(sheet: Sheet) -> list[Edit]:
    """Where something is written; what is chosen, or a day that is proposed, is chosen anew, and what `write_anew` says
    is written anew."""
    lines = [
        edit
        for edit in sheet.findChildren(QLineEdit)
        if not (edit.property("anew") or (isinstance(edit, DayBox) and edit.text()))
    ]
    return [
        *(edit for edit in lines if not isinstance(edit.parent(), QComboBox | QAbstractSpinBox)),
        *sheet.findChildren(QPlainTextEdit),
    ]
