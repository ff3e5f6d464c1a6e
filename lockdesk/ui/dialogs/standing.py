"""How a request stands, to read aloud or to paste, whoever asks and whatever page is shown."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.standing import standing
from lockdesk.desk.values.cases import CaseView
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import theme
from lockdesk.ui.running.background import Background
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.widgets.case_search import CaseSearch
from lockdesk.ui.widgets.facts import Paragraphs, Words
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class StandingSheet(Sheet):
    """The sentence for the case that is found; Enter copies it."""

    help_at = help_places.FINDING

    def __init__(self, parent: QWidget, desk: Desk, background: Background, zone: ZoneInfo, number: str) -> None:
        """`number`: the case that is open; empty for none."""
        words = _("Cari dengan nomor kasus, nama, atau NIP. Kalimatnya tidak memuat data pribadi.")
        super().__init__(parent, _("Bagaimana permohonan saya?"), words, width=620)
        self._desk, self._background, self._zone = desk, background, zone
        self._sentence = ""
        self.search = CaseSearch(desk, background, number)
        self.search.changed.connect(self._on_changed)
        self.search.opened.connect(self._on_verb)
        self.sentence = Paragraphs()
        self.sentence.setMinimumHeight(theme.px(66))
        self.body.addWidget(self.search)
        self.body.addWidget(self.sentence)
        self.add_buttons(_("Salin"), cancel=_("Tutup"))
        self.verb.setEnabled(False)

    @Slot()
    def _on_changed(self) -> None:
        self._show("")
        if self.search.case_id:
            case_id = self.search.case_id
            self._background.run(partial(self._desk.reading.case, case_id), partial(self._on_read, case_id))

    def _on_read(self, case_id: int, case: CaseView) -> None:
        if not self.left and case_id == self.search.case_id:
            self._show(standing(case, self._zone))

    def _show(self, sentence: str) -> None:
        self._sentence = sentence
        self.sentence.show_words(Words(sentence))
        self.verb.setEnabled(bool(sentence))

    def act(self) -> None:
        copies.put(self._sentence)
        self.accept()
