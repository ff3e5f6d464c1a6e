"""What can be read in a part of the window: labels, painted words, facts."""

from PySide6.QtWidgets import QLabel, QWidget

from lockdesk.ui.look.elide import unbroken
from lockdesk.ui.widgets.facts import Fact, FactList, Paragraphs


def words_in(widget: QWidget) -> str:
    """Everything that is visible, a line each."""
    return unbroken("\n".join(_text(part) for part in widget.findChildren(QWidget) if part.isVisible()))


def _text(part: QWidget) -> str:
    if isinstance(part, FactList):
        return "\n".join(_words(fact) for fact in part.facts)
    return part.text if isinstance(part, Paragraphs) else part.text() if isinstance(part, QLabel) else ""


def _words(fact: Fact) -> str:
    return "\n".join((fact.name, fact.text, fact.note, fact.chip[0] if fact.chip else ""))


def pointed(widget: QWidget) -> str:
    """The facts at which evidence points."""
    return "\n".join(fact.text for found in widget.findChildren(FactList) for fact in found.pointed)


def shown_words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())
