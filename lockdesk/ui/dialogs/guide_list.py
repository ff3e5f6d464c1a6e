"""The steps that a person takes in the CA's portal, each with the values to copy."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from lockdesk.desk.operations.guide import GuideStep, GuideValue
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.widgets.parts import SELECTABLE, HintButton, column, label, line
from lockdesk.words import _

COPIED_MS = 1600


class CopyButton(HintButton):
    """Copies a text and says so for a moment."""

    def __init__(self, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Salin"), role="link", parent=parent)
        self.setAccessibleName(_("Salin {name}").format(name=name))
        self.text_to_copy = text
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(COPIED_MS)
        self._back.timeout.connect(self._on_back)
        self.clicked.connect(self.copy)

    @Slot()
    def copy(self) -> None:
        copies.put(self.text_to_copy)
        self.setText(_("Tersalin"))
        self._back.start()

    @Slot()
    def _on_back(self) -> None:
        self.setText(_("Salin"))


class GuideList(QWidget):
    """The steps beneath each other."""

    nik_asked = Signal()
    csr_asked = Signal()

    def __init__(self, steps: Sequence[GuideStep], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._nik_label: QLabel | None = None
        self._nik_button: HintButton | None = None
        self._inner = column(self, 0, 14)
        for number, step in enumerate(steps, 1):
            self._inner.addLayout(self._step(number, step))
        self._inner.addStretch(1)

    def height_in(self, width: float, most: float) -> float:
        """How high the steps are in that width, and no more than `most`; all in unscaled pixels."""
        return min(self._inner.totalHeightForWidth(theme.px(width)) / theme.px(1), most)

    def _step(self, number: int, step: GuideStep) -> QHBoxLayout:
        mark = label(str(number), bold=True, tone=Tone.ACCENT)
        mark.setFixedWidth(theme.px(18))
        texts = column(spacing=3)
        texts.addWidget(label(step.title, bold=True, wrap=True))
        texts.addWidget(label(step.words, wrap=True))
        for value in step.values:
            texts.addLayout(self._value(value))
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        return row

    def _value(self, value: GuideValue) -> QHBoxLayout:
        name = label(value.label, tone=Tone.QUIET, wrap=True)
        name.setFixedWidth(theme.px(120))
        shown = label(value.value or "–", mono=value.name in {"seri", "nik", "csr", "hp"}, wrap=True)
        shown.setTextInteractionFlags(SELECTABLE)
        button: HintButton
        if value.name == "csr":
            button = HintButton(_("Simpan berkas…"), role="link")
            button.clicked.connect(self.csr_asked)
        elif value.name == "nik":
            button = HintButton(_("Salin…"), role="link")
            button.setAccessibleName(_("Salin NIK dengan alasan"))
            button.clicked.connect(self.nik_asked)
            self._nik_label, self._nik_button = shown, button
        else:
            button = CopyButton(value.label, value.value)
        button.setEnabled(bool(value.value))
        row = line((name, shown, button), 8)
        row.setStretch(1, 1)
        return row

    @Slot(int, str)
    def show_nik(self, _case_id: int, nik: str) -> None:
        """The whole NIK after its reason was journalled: shown here and copied. What is read of another case than the
        held one never gets here."""
        if self._nik_label is not None and self._nik_button is not None:
            self._nik_label.setText(nik)
            self._nik_button.setText(_("Tersalin"))
            copies.put(nik)
