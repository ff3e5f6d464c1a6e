"""The backup at exit: a small window after the large one, so that nothing is recorded any more while it is made."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.words import _


class ExitBackup(QWidget):
    """How far it is; when it fails, why, and the choice to try again."""

    again_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("LockDesk")
        self.setFixedWidth(theme.px(480))
        self._words = label(_("Cadangan hari ini sedang dibuat dan dibaca kembali."), tone=Tone.QUIET, wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._trouble = Notice("", Tone.BAD)
        self._trouble.hide()
        self.again = HintButton(_("Coba lagi"), role="primary")
        self.again.hide()
        self.again.clicked.connect(self._on_again)
        self.leave = HintButton(_("Tutup tanpa cadangan"))
        self.leave.clicked.connect(self.close)
        inner = column(self, 20, 12)
        inner.addWidget(label(_("Mencadangkan sebelum ditutup"), scale="title", bold=True))
        for shown in (self._words, self._bar, self._trouble):
            inner.addWidget(shown)
        inner.addLayout(line((1, self.leave, self.again), 8))

    @Slot(int)
    def show_progress(self, percent: int) -> None:
        self._bar.setValue(percent)

    def show_error(self, error: LockdeskError) -> None:
        self._trouble.say(str(error), Tone.BAD)
        for widget, shown in ((self._trouble, True), (self.again, True), (self._words, False), (self._bar, False)):
            widget.setVisible(shown)
        self.adjustSize()
        self.again.setFocus()

    @Slot()
    def _on_again(self) -> None:
        for widget, shown in ((self._trouble, False), (self.again, False), (self._words, True), (self._bar, True)):
            widget.setVisible(shown)
        self._bar.setValue(0)
        self.again_asked.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.left.emit()
