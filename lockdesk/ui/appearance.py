"""Dresses the application: style, fonts, palette, style sheet, language, Qt's own words."""

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from lockdesk.ui.icons import pixmap
from lockdesk.ui.preferences import Preferences
from lockdesk.ui.stylesheet import stylesheet
from lockdesk.ui.theme import palette, theme
from lockdesk.words import N_, _, language

QT_WORDS = {
    "&Open": N_("Buka"),
    "Open": N_("Buka"),
    "&Save": N_("Simpan"),
    "Save": N_("Simpan"),
    "Cancel": N_("Batal"),
    "&Cancel": N_("Batal"),
    "Close": N_("Tutup"),
    "&Choose": N_("Pilih"),
    "OK": N_("Setuju"),
    "&OK": N_("Setuju"),
    "&Yes": N_("Ya"),
    "&No": N_("Tidak"),
    "&Print": N_("Cetak"),
    "Print": N_("Cetak"),
    "Look in:": N_("Folder:"),
    "File &name:": N_("Nama berkas:"),
    "&File name:": N_("Nama berkas:"),
    "Files of type:": N_("Jenis berkas:"),
    "Directory:": N_("Folder:"),
    "Name": N_("Nama"),
    "Size": N_("Ukuran"),
    "Type": N_("Jenis"),
    "Date Modified": N_("Tanggal diubah"),
    "Computer": N_("Komputer"),
    "Printer": "Printer",
    "&Name:": N_("Nama:"),
    "Location:": N_("Tempat:"),
    "Copies": N_("Rangkap"),
    "Print all": N_("Cetak semua"),
    "Options": N_("Pilihan"),
    "&Undo": N_("Urungkan"),
    "&Redo": N_("Ulangi"),
    "Cu&t": N_("Potong"),
    "&Copy": N_("Salin"),
    "&Paste": N_("Tempel"),
    "Delete": N_("Hapus"),
    "Select All": N_("Pilih semua"),
}
"""Qt ships no Indonesian catalogue; these are the words of its dialogs and menus that can be met here."""


class QtWords(QTranslator):
    """Qt's own words in the language in use."""

    def translate(self, _context: str, text: str, _note: str | None = "", _count: int = -1) -> str:
        known = QT_WORDS.get(text)
        return _(known) if known is not None and language.code == "id" else ""

    def isEmpty(self) -> bool:
        return False


def dress(application: QApplication, preferences: Preferences) -> None:
    """Puts the preferences into force; widgets made before are to be made again."""
    if language.code != preferences.language:
        language.choose(preferences.language)
    QLocale.setDefault(QLocale("en_GB" if preferences.language == "en" else "id_ID"))
    theme.choose(preferences.theme, preferences.percent)
    pixmap.cache_clear()
    application.setFont(theme.font())
    application.setPalette(palette(theme.tokens))
    application.setStyleSheet(stylesheet(theme))
