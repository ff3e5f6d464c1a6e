"""The survey at the counter: one question at a time, four large cards, the keys 1 to 4. It says nothing of a case, and
nothing of what was answered stays on the screen."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QWidget

from lockdesk.core.survey import QUESTIONS, SCORES
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.chips import KeyHint
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, number_words


class ScoreBars(QWidget):
    """How high a score is, in no colour that praises or blames."""

    def __init__(self, score: int) -> None:
        super().__init__()
        self._score = score
        self.setFixedSize(theme.px(62), theme.px(30))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, wide = QColor(theme.tokens.muted), theme.px(12)
        painter.setPen(QPen(ink, 1))
        for place, score in enumerate(SCORES):
            high = self.height() * (score + 1) // (len(SCORES) + 1)
            painter.setBrush(ink if score <= self._score else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(place * theme.px(16) + 0.5, self.height() - high + 0.5, wide, high - 1.5), 2, 2
            )
        painter.end()


class ScoreButton(HintButton):
    """A card to touch: how high the score is, its key, its words."""

    def __init__(self, score: int) -> None:
        super().__init__(role="score")
        self.score = score
        self.setObjectName(f"score-{score}")
        self.setCheckable(True)
        self._words = label(bold=True, wrap=True)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = column(self, spacing=6)
        edge = theme.px(14)
        inside.setContentsMargins(edge, edge, edge, edge)
        head = line((ScoreBars(score), 1, KeyHint(str(score))))
        head.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addLayout(head)
        inside.addStretch(1)
        inside.addWidget(self._words)

    def show_words(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(f"{self.score}. {words}")


class SurveySheet(Sheet):
    """Nine answers, then one button that hands them over; ← goes back to an earlier question."""

    alone = True
    answered = Signal(object)
    """A score for each question."""

    def __init__(self, parent: QWidget) -> None:
        words = _("Jawaban tidak dikaitkan dengan nama, kasus, atau jam; hanya jumlahnya per hari yang disimpan.")
        super().__init__(parent, _("Survei kepuasan masyarakat"), words, width=1100)
        self._scores: list[int] = []
        self._place = 0
        self._step = label(tone=Tone.QUIET)
        self._question = label(scale="title", bold=True, wrap=True)
        self._question.setMinimumHeight(theme.px(84))
        self._asked = QProgressBar()
        self._asked.setRange(0, len(QUESTIONS))
        self._asked.setTextVisible(False)
        self._asked.setAccessibleName(_("Pertanyaan"))
        self._buttons_of = [ScoreButton(score) for score in SCORES]
        for button in self._buttons_of:
            button.clicked.connect(self._on_button)
        self._back = HintButton(_("Kembali"), "←")
        self._back.clicked.connect(self.go_back)
        self.body.addWidget(self._asked)
        self.body.addWidget(self._step)
        self.body.addWidget(self._question)
        self.give_way(self._question, 30)
        answers = line((), 12)
        for button in self._buttons_of:
            answers.addWidget(button, 1)
        self.body.addLayout(answers)
        words = _("Sentuh satu jawaban, atau tekan 1 sampai 4. Jawaban dapat diubah sebelum dikirim.")
        self.body.addWidget(label(words, tone=Tone.QUIET, wrap=True))
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
        self._asked.setValue(self._place + 1)
        self._question.setText(_(question.words))
        given = self._scores[self._place] if self._place < len(self._scores) else 0
        for button, words in zip(self._buttons_of, question.answers, strict=True):
            button.show_words(_(words))
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
