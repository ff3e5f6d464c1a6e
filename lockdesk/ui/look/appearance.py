"""Dresses the application: style, fonts, palette, style sheet, language, Qt's own words."""

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from lockdesk.ui.look.preferences import Preferences
from lockdesk.ui.look.qt_words import QT_WORDS
from lockdesk.ui.look.stylesheet import stylesheet
from lockdesk.ui.look.theme import palette, theme
from lockdesk.words import SOURCE, _, language


class QtWords(QTranslator):
    """Qt's own words in the language in use."""

    def translate(self, _context: str, text: str, _note: str | None = "", _count: int = -1) -> str | None:
        """None leaves Qt its own word; an empty text would be shown as one."""
        known = QT_WORDS.get(text)
        return _(known) if known is not None and language.code == SOURCE else None

    def isEmpty(self) -> bool:
        return False


def apply_appearance(application: QApplication, preferences: Preferences) -> None:
    """Puts the preferences into force; widgets made before are to be made again."""
    if language.code != preferences.language:
        language.choose(preferences.language)
    QLocale.setDefault(QLocale(language.tongue.locale))
    theme.choose(preferences.theme, preferences.percent)
    sheet = stylesheet(theme)
    if application.styleSheet() == sheet:
        return  # it follows from the theme, as palette and font do; to put it on again takes each widget its time
    application.setPalette(palette(theme.tokens))
    application.setStyleSheet(sheet)
    # Last: a style sheet has Qt ask the system for fonts of single classes (Windows has some of its own, for tables,
    # menus, tool tips and messages), and the application's font takes their place.
    application.setFont(theme.font())
