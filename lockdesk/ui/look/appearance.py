"""Dresses the application: style, fonts, palette, style sheet, language, Qt's own words."""

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from lockdesk.ui.look.icons import pixmap
from lockdesk.ui.look.preferences import Preferences
from lockdesk.ui.look.qt_words import QT_WORDS
from lockdesk.ui.look.stylesheet import stylesheet
from lockdesk.ui.look.theme import palette, theme
from lockdesk.words import SOURCE, _, language

OWN_FONTS = (
    "QAbstractItemView", "QComboBox", "QDockWidgetTitle", "QHeaderView", "QLabel", "QListBox", "QListView", "QMenu",
    "QMenuBar", "QMenuItem", "QMessageBox", "QPushButton", "QCheckBox", "QRadioButton", "QStatusBar", "QTipLabel",
    "QTitleBar", "QToolButton", "QToolTip",
)  # fmt: skip
"""Classes to which Windows gives a font of its own, whatever the application's is."""


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
    pixmap.cache_clear()
    application.setFont(theme.font())
    for name in OWN_FONTS:
        application.setFont(theme.font(), name)  # type: ignore[arg-type] # the stubs ask for bytes, Qt takes none
    application.setPalette(palette(theme.tokens))
    application.setStyleSheet(stylesheet(theme))
