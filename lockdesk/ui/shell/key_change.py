"""While the data key is changed: the profile is closed, and opened again when that is done or was not possible."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.words import _


class KeyChangeScreen(QWidget):
    """How far it is; when it fails, why, and the way back to the profile, which is as it was."""

    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("LockDesk")
        self.setFixedWidth(theme.px(520))
        words = _(
            "Seluruh data dienkripsi ulang ke berkas baru, dibaca kembali, lalu menggantikan yang lama. Bila terputus "
            "di tengah, tidak ada kasus yang hilang: pembukaan berikutnya melanjutkan atau membatalkannya."
        )
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._trouble = Notice("", Tone.BAD)
        self._trouble.hide()
        self.back = HintButton(_("Kembali"), role="primary")
        self.back.hide()
        self.back.clicked.connect(self.back_asked)
        inner = column(self, 20, 12)
        inner.addWidget(label(_("Mengganti kunci data"), scale="title", bold=True))
        for shown in (label(words, tone=Tone.QUIET, wrap=True), self._bar, self._trouble):
            inner.addWidget(shown)
        inner.addLayout(line((1, self.back), 8))
        inner.addStretch(1)

    @Slot(int)
    def show_progress(self, percent: int) -> None:
        self._bar.setValue(percent)

    def show_error(self, error: LockdeskError) -> None:
        self._trouble.say(str(error), Tone.BAD)
        for widget, shown in ((self._trouble, True), (self.back, True), (self._bar, False)):
            widget.setVisible(shown)
        self.adjustSize()
        self.back.setFocus()
