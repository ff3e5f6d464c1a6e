"""What is half written in a dialog or a card: kept while one writes, there again when that is opened anew."""

import json
from functools import partial

from PySide6.QtCore import QObject, Qt, SignalInstance, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)
from shiboken6 import isValid

from lockdesk.desk.desk import Drafts
from lockdesk.ui.running.after_step import AfterStep
from lockdesk.ui.running.background import Background, Lane
from lockdesk.ui.widgets.days import DayBox
from lockdesk.ui.widgets.drafts import DraftTimer
from lockdesk.ui.widgets.forms import is_kept
from lockdesk.ui.widgets.sheet import Sheet

Edit = QLineEdit | QPlainTextEdit
Chooser = QComboBox | QAbstractButton


class KeptTexts(QObject):
    """The texts in one form, and the choices that go with them. They are dropped when the step that a sheet asks for
    was taken."""

    def __init__(
        self,
        within: QWidget,
        form: str,
        background: Background,
        drafts: Drafts,
        after_step: AfterStep | None = None,
    ) -> None:
        """`form`: under what they are kept. `after_step` is of the step that an accepted sheet asks for; without it the
        caller drops them."""
        super().__init__(within)
        self._form, self._background, self._drafts = form, background, drafts
        self._edits, self._choosers = edits_of(within), choosers_of(within)
        self._first, self._first_chosen = self._texts(), self._chosen()
        self._timer = DraftTimer(within, self)
        self._timer.due.connect(self._on_due)
        for edit in self._edits:
            edit.textChanged.connect(self._timer.touch)
        for chooser in self._choosers:
            _changes_of(chooser).connect(self._timer.touch)
        if after_step is not None:
            assert isinstance(within, Sheet)
            within.finished.connect(partial(self._on_finished, after_step))
        background.run(partial(drafts.load, self._form), self._show, lane=Lane.DRAFTS)

    def _texts(self) -> list[str]:
        return [edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText() for edit in self._edits]

    def _chosen(self) -> list[list[str]]:
        """Each with its name: other choices that are offered by now are not these."""
        return [[_name_of(chooser), _chosen_in(chooser)] for chooser in self._choosers]

    def _show(self, kept: str) -> None:
        """Texts and choices together or not at all: not where something is being written already, nor where the dialog
        proposes other words or choices by now."""
        first, texts, first_chosen, chosen = (*json.loads(kept or "[null, null]"), None, None)[:4]
        if not first == self._first == self._texts():
            return
        if chosen is not None:  # an older program kept texts alone
            if not first_chosen == self._first_chosen == self._chosen():
                return
            for chooser, (_name, value) in zip(self._choosers, chosen, strict=True):
                _choose(chooser, value)
        for edit, text in zip(self._edits, texts, strict=True):
            if isinstance(edit, QLineEdit):
                edit.setText(text)
            else:
                edit.setPlainText(text)
                edit.moveCursor(QTextCursor.MoveOperation.End)  # where one goes on
        self._timer.rest()  # it is as old as it was

    @Slot()
    def _on_due(self) -> None:
        texts, chosen = self._texts(), self._chosen()
        if (texts, chosen) == (self._first, self._first_chosen):
            self._background.keep(partial(self._drafts.drop, self._form))  # what was deleted does not return
        else:
            kept = json.dumps([self._first, texts, self._first_chosen, chosen])
            self._background.keep(partial(self._drafts.keep, self._form, kept))

    def drop(self) -> None:
        """What stands there was saved. Before a sheet is accepted: one that is left keeps what is not kept yet."""
        if isValid(self._timer):  # the sheet may have been left meanwhile
            self._timer.rest()
        self._background.keep(partial(self._drafts.drop, self._form))

    def _on_finished(self, after_step: AfterStep, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            drop = partial(self._drafts.drop, self._form)  # the sheet is gone by then, and this with it
            after_step.add(partial(self._background.keep, drop))


def edits_of(within: QWidget) -> list[Edit]:
    """Where something is written; a day that is proposed is chosen anew, and what `write_anew` says is written anew."""
    lines = [
        edit
        for edit in within.findChildren(QLineEdit)
        if not (edit.property("anew") or (isinstance(edit, DayBox) and edit.text()))
    ]
    return [
        *(edit for edit in lines if not isinstance(edit.parent(), QComboBox | QAbstractSpinBox)),
        *within.findChildren(QPlainTextEdit),
    ]


def choosers_of(within: QWidget) -> list[Chooser]:
    """What goes with the texts, as `keep_choice` says; everything else is chosen anew."""
    found: list[Chooser] = [*within.findChildren(QComboBox), *within.findChildren(QAbstractButton)]
    return [chooser for chooser in found if is_kept(chooser)]


def _name_of(chooser: Chooser) -> str:
    words = chooser.text() if isinstance(chooser, QAbstractButton) else ""
    return chooser.objectName() or chooser.accessibleName() or words


def _changes_of(chooser: Chooser) -> SignalInstance:
    return chooser.currentTextChanged if isinstance(chooser, QComboBox) else chooser.toggled


def _chosen_in(chooser: Chooser) -> str:
    if isinstance(chooser, QComboBox):
        return chooser.currentText() if chooser.isEditable() else str(chooser.currentData())
    return str(chooser.isChecked())


def _choose(chooser: Chooser, value: str) -> None:
    """What rests by now, and what is no more offered, is not chosen."""
    if not chooser.isEnabled() or value == _chosen_in(chooser):
        return
    if isinstance(chooser, QComboBox):
        if chooser.isEditable():
            chooser.setCurrentText(value)
        elif (place := chooser.findData(value)) >= 0:
            chooser.setCurrentIndex(place)
    else:
        chooser.setChecked(value == str(True))
        focused = QApplication.focusWidget()
        beside = isinstance(focused, QRadioButton) and focused.parent() is chooser.parent()
        if beside and isinstance(chooser, QRadioButton) and chooser.isChecked():
            chooser.setFocus(Qt.FocusReason.OtherFocusReason)  # the arrow keys go on from what is chosen
