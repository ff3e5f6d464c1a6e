"""Permintaan data pribadi: who asked for the own data, until when it is handed over, and that it was."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.privacy import DataRequest
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.parts import HintButton, clear, column, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, moment_words


def request_words(request: DataRequest, desk: Desk) -> tuple[str, Tone]:
    """Since when it is open and until when it is answered."""
    zone = desk.office.zone
    words = _("Diminta {received}; diserahkan paling lambat {due} (72 jam).")
    text = words.format(received=moment_words(request.received_at, zone), due=moment_words(request.due_at, zone))
    return text, Tone.BAD if request.due_at < desk.clock.now() else Tone.WARN


class DataRequestsSheet(Sheet):
    """Those that are open, the oldest first."""

    help_at = help_places.REGISTER
    print_asked = Signal(object)
    """A DataRequest whose data is to be printed."""
    answered = Signal()

    def __init__(self, parent: QWidget, desk: Desk, background: Background) -> None:
        words = _("Data dan rekam jejaknya diserahkan kepada pemiliknya dalam 72 jam kalender (UU 27/2022).")
        super().__init__(parent, _("Permintaan data pribadi"), words, width=640)
        self._desk, self._background = desk, background
        self._rows = column(spacing=12)
        self.body.addLayout(self._rows)
        self.add_close()
        self._read()

    def _read(self) -> None:
        self._background.run(self._desk.data_requests.open, self._on_read)

    def _on_read(self, requests: tuple[DataRequest, ...]) -> None:
        if self.left:
            return
        clear(self._rows)
        if not requests:
            self._rows.addWidget(label(_("Tidak ada permintaan yang terbuka."), tone=Tone.QUIET, wrap=True))
        for request in requests:
            text, tone = request_words(request, self._desk)
            printing, done = HintButton(_("Cetak…")), HintButton(_("Sudah diserahkan"))
            printing.clicked.connect(partial(self._on_print, request))
            done.clicked.connect(partial(self._on_done, request))
            told = column(spacing=2)
            told.addWidget(label(request.name or "–", bold=True, wrap=True))
            told.addWidget(label(text, tone=tone, wrap=True))
            row = line((printing, done), 8)
            row.insertLayout(0, told, 1)
            self._rows.addLayout(row)

    def _on_print(self, request: DataRequest, _checked: bool = False) -> None:
        self.reject()
        self.print_asked.emit(request)

    def _on_done(self, request: DataRequest, _checked: bool = False) -> None:
        self._background.run(partial(self._desk.data_requests.answer, request), self._on_answered)

    def _on_answered(self, _result: object) -> None:
        self.answered.emit()
        self._read()
