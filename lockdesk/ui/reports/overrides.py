"""Uji petik keputusan petugas: drawn by lot, judged by the head of section, one by one."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from lockdesk.desk.checks.catalogue import checks
from lockdesk.desk.desk import Desk
from lockdesk.desk.reports.overrides import Override
from lockdesk.desk.values.privacy import told
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.parts import HintButton, column, label, line, settle
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, moment_words


class OverridesSheet(Sheet):
    """What was decided, why and by whom; the case itself is one click away."""

    case_asked = Signal(str)
    """A case's number."""

    def __init__(self, parent: QWidget, desk: Desk, background: Background) -> None:
        words = _(
            "Peringatan yang diputuskan petugas, diundi dari triwulan ini dan sebelumnya. Penilaian dicatat dalam "
            "rekam jejak; keputusan petugas tetap berlaku."
        )
        super().__init__(parent, _("Uji petik keputusan petugas"), words, width=720)
        self._desk, self._background = desk, background
        self._inside = QFrame()
        self._rows = column(self._inside, 0, 14)
        self.add_close()
        self._background.run(desk.overrides.draw, self._on_drawn)

    def _on_drawn(self, drawn: tuple[Override, ...]) -> None:
        if self.left:
            return
        if not drawn:
            none = _("Tidak ada keputusan yang belum diuji petik.")
            self._rows.addWidget(label(none, tone=Tone.OK, wrap=True))
        for override in drawn:
            self._rows.addWidget(self._row(override))
        self.scrolled(self._inside)
        settle(self)

    def _row(self, override: Override) -> QWidget:
        made = QWidget()
        inner = column(made, 0, 3)
        check = _(checks()[override.check].short) if override.check in checks() else override.check
        inner.addWidget(label(f"{override.number} · {check}", bold=True, wrap=True))
        inner.addWidget(label(f"“{told(override.reason)}”", wrap=True))
        by = _("{officer}, {moment}").format(
            officer=override.officer, moment=moment_words(override.at, self._desk.office.zone)
        )
        inner.addWidget(label(by, tone=Tone.QUIET, scale="small", wrap=True))
        agree, question = HintButton(_("Sependapat")), HintButton(_("Perlu dibahas"))
        look = HintButton(_("Buka kasus"), role="link")
        for button, words in ((agree, agree.text()), (question, question.text()), (look, look.text())):
            button.setAccessibleName(f"{words} {override.number}")
        agree.clicked.connect(partial(self._judge, override, made, True))
        question.clicked.connect(partial(self._judge, override, made, False))
        look.clicked.connect(partial(self._look, override.number))
        inner.addLayout(line((agree, question, look, 1), 8))
        return made

    def _judge(self, override: Override, row: QWidget, agreed: bool, _checked: bool = False) -> None:
        job = partial(self._desk.overrides.judge, override, agreed)
        self._background.run(job, lambda _done: self._on_judged(row, agreed))

    def _on_judged(self, row: QWidget, agreed: bool) -> None:
        if self.left:
            return
        words = _("Dicatat: sependapat.") if agreed else _("Dicatat: perlu dibahas.")
        self._rows.replaceWidget(row, label(words, tone=Tone.OK if agreed else Tone.WARN))
        row.deleteLater()

    def _look(self, number: str, _checked: bool = False) -> None:
        self.reject()
        self.case_asked.emit(number)
