"""The survey at the counter: one question at a time, four large buttons, the keys 1 to 4. It says nothing of a
case, and nothing of what was answered stays on the screen."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lockdesk.core.survey import QUESTIONS, SCORES
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.chips import KeyHint
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, number_words


class ScoreButton(HintButton):
    """A large button with its key."""

    def __init__(self, score: int, parent: QWidget | None = None) -> None:
        super().__init__("", str(score), "", parent)
        self.score = score
        self.setObjectName(f"score-{score}")
        self.setCheckable(True)
        self.setMinimumHeight(theme.px(58))

    def _size(self) -> QSize:
        return super()._size().expandedTo(QSize(theme.px(170), theme.px(58)))


class SurveySheet(Sheet):
    """Nine answers, then one button that hands them over; ← goes back to an earlier question."""

    answered = Signal(object)
    """A score for each question."""

    def __init__(self, parent: QWidget) -> None:
        words = _("Jawaban tidak dikaitkan dengan nama, kasus, atau jam; hanya jumlahnya per hari yang disimpan.")
        super().__init__(parent, _("Survei kepuasan masyarakat"), words, width=820)
        self._scores: list[int] = []
        self._place = 0
        self._step = label(tone=Tone.QUIET)
        self._question = label(scale="title", bold=True, wrap=True)
        self._question.setMinimumHeight(theme.px(64))
        self._buttons_of = [ScoreButton(score) for score in SCORES]
        for button in self._buttons_of:
            button.clicked.connect(self._on_button)
        self._back = HintButton(_("Kembali"), "←")
        self._back.clicked.connect(self.go_back)
        self.body.addWidget(self._step)
        self.body.addWidget(self._question)
        answers = column(spacing=8)
        self.give_way(self._question, 30)
        for button in self._buttons_of:
            self.give_way(button, 36)
            answers.addWidget(button)
        self.body.addLayout(answers)
        self.body.addLayout(line((label(_("Pilih dengan tombol angka"), tone=Tone.QUIET), KeyHint("1–4"), 1), 8))
        self.add_side_button(self._back)
        self.add_buttons(_("Kirim jawaban"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show()

    def focus_first(self) -> None:
        """On no answer: a focused one would look chosen, and Enter would take it."""
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show(self) -> None:
        question = QUESTIONS[self._place]
        whole = len(self._scores) == len(QUESTIONS)
        step = _("Pertanyaan {n} dari {all}: {element}")
        self._step.setText(
            step.format(n=number_words(self._place + 1), all=number_words(len(QUESTIONS)), element=_(question.element))
        )
        self._question.setText(_(question.words))
        given = self._scores[self._place] if self._place < len(self._scores) else 0
        for button, words in zip(self._buttons_of, question.answers, strict=True):
            button.setText(_(words))
            button.setAccessibleName(f"{button.score}. {_(words)}")
            button.setChecked(button.score == given)
        self._back.setEnabled(self._place > 0)
        self.verb.setEnabled(whole)
        if whole and self._place == len(QUESTIONS) - 1:
            self.verb.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_button(self) -> None:
        button = self.sender()
        if isinstance(button, ScoreButton):
            self.answer(button.score)

    def answer(self, score: int) -> None:
        """The score of the question that is shown; the next one follows."""
        self._scores[self._place : self._place + 1] = [score]
        self._place = min(self._place + 1, len(QUESTIONS) - 1)
        self._show()

    @Slot()
    def go_back(self) -> None:
        self._place = max(self._place - 1, 0)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in {str(score) for score in SCORES}:
            if not event.isAutoRepeat():
                self.answer(int(event.text()))
            event.accept()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Backspace}:
            self.go_back()
            event.accept()
        else:
            super().keyPressEvent(event)

    def act(self) -> None:
        self.answered.emit(tuple(self._scores))
        self.accept()
