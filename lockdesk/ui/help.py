"""Pages of help from resources/help, shown inside the window."""

from PySide6.QtWidgets import QTextBrowser, QWidget

from lockdesk.resource import resource
from lockdesk.ui.sheet import Sheet
from lockdesk.ui.theme import theme
from lockdesk.words import _, language


def help_text(name: str) -> str:
    """A page as Markdown, in the chosen language."""
    return resource(f"help/{name}.{language.code}.md").read_text(encoding="utf-8")


class HelpSheet(Sheet):
    """One page."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent, _("Petunjuk"), width=760)
        page = QTextBrowser()
        page.setAccessibleName(_("Petunjuk"))
        page.setMarkdown(help_text(name))
        page.setOpenLinks(False)
        page.setMinimumHeight(theme.px(420))
        self.scrolled(page, 560)
        self.add_close()
