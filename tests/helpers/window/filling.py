"""What a person types into any dialog before its verb can be pressed."""

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from lockdesk.core.identity import MASK
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.ui.dialogs.operations import RevokeSheet
from lockdesk.ui.dialogs.reset import ResetSheet
from lockdesk.ui.dialogs.review import CorrectSheet
from lockdesk.ui.office.gateway import GatewayCard
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.forms import Segments
from lockdesk.ui.widgets.sheet import Sheet

ENOUGH = "Alasan yang cukup panjang."


def act(window: MainWindow, action: CaseAction) -> None:
    """Begins an action on the shown case, whether or not it is allowed now."""
    assert window.work.held is not None
    window.cases.handling.by_action[action](window.work.held)


def fill(sheet: Sheet) -> None:
    """Whatever it asks for."""
    if isinstance(sheet, RevokeSheet):
        sheet.edit.setText(sheet._digits)
        return
    if isinstance(sheet, ResetSheet):
        sheet.phone.setText(sheet.known)
        return
    for box in (*sheet.findChildren(QCheckBox), *sheet.findChildren(QRadioButton)):
        box.setChecked(True)
    for question in sheet.findChildren(Segments):
        if not question.value:
            next(iter(question.findChildren(QAbstractButton))).click()
    for area in sheet.findChildren(QPlainTextEdit):
        if not area.toPlainText():
            area.setPlainText(ENOUGH)
    for edit in sheet.findChildren(QLineEdit):
        if not edit.text() and edit.isVisible() and MASK not in edit.placeholderText():
            edit.setText(ENOUGH)
    if isinstance(sheet, CorrectSheet):
        sheet.findChildren(QLineEdit)[0].setText("Nama Lain Contohnya")


def segments(widget: QWidget, name: str) -> Segments:
    return next(found for found in widget.findChildren(Segments) if found.accessibleName() == name)


def press(segments: Segments, words: str) -> None:
    next(button for button in segments.findChildren(QAbstractButton) if button.text() == words).click()


def choose(card: GatewayCard, identifier: str) -> None:
    card.kind.setCurrentIndex(card.kind.findData(identifier))
    card.kind.activated.emit(card.kind.currentIndex())
