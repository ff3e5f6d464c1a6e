"""Pages of help from resources/help, shown inside the window."""

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from lockdesk.resource import resource
from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, language


def help_text(name: str) -> str:
    """A page as Markdown, in the chosen language."""
    return resource(f"help/{name}.{language.code}.md").read_text(encoding="utf-8")


def _space(document: QTextDocument) -> None:
    """Headings in our own sizes, with room before them: Markdown's are those of a web page."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        cursor.setPosition(block.position())
        spaced = block.blockFormat()
        spaced.setTopMargin(theme.px(14 if level > 1 else 2))
        spaced.setBottomMargin(theme.px(4))
        cursor.setBlockFormat(spaced)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            letters = QTextCharFormat()
            letters.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 1 if level == 1 else 0)
            letters.setFontWeight(QFont.Weight.DemiBold)
            cursor.mergeCharFormat(letters)
        block = block.next()


class HelpSheet(Sheet):
    """One page."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent, _("Petunjuk"), width=760)
        page = QTextBrowser()
        page.setAccessibleName(_("Petunjuk"))
        page.setMarkdown(help_text(name))
        _space(page.document())
        page.setOpenLinks(False)
        page.setMinimumHeight(theme.px(420))
        self.scrolled(page, 560)
        self.add_close()
