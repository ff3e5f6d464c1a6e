"""How the held request stands, to read aloud or to paste."""

from PySide6.QtWidgets import QWidget

from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.widgets.facts import Paragraphs, Words
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class StandingSheet(Sheet):
    """The sentence; Enter copies it."""

    def __init__(self, parent: QWidget, sentence: str) -> None:
        words = _("Dapat dibacakan atau dikirim: kalimat ini tidak memuat data pribadi.")
        super().__init__(parent, _("Bagaimana permohonan saya?"), words, width=560)
        self._sentence = sentence
        self.sentence = Paragraphs()
        self.sentence.show_words(Words(sentence))
        self.body.addWidget(self.sentence)
        self.add_buttons(_("Salin"), cancel=_("Tutup"))

    def act(self) -> None:
        copies.put(self._sentence)
        self.accept()
