"""Form fields: a label above, the field, a hint or what is wrong beneath."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from lockdesk.core.secrets import looks_like_passphrase
from lockdesk.desk.values.people import Applicant
from lockdesk.desk.values.person_fields import BY_NAME, MASKED, REQUEST_FIELDS, PersonField, fault_in, masked
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.days import DayBox
from lockdesk.ui.widgets.parts import ENTER, STACKED_PERCENT, HintButton, column, label, line, repolish, set_tone
from lockdesk.words import N_, _


class Field(QWidget):
    """A labelled field with a line for its hint or its fault."""

    def __init__(self, name: str, widget: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.widget = widget
        self._hint = hint
        self._late = ""
        """What is wrong and not told yet."""
        widget.installEventFilter(self)
        self._name = label(tone=Tone.QUIET, scale="small")
        self._name.setBuddy(widget)
        self.set_name(name)
        if isinstance(widget, DayBox):
            widget.told.connect(self.show_fault)
        self._below = label(hint, tone=Tone.QUIET, scale="small", wrap=True)
        if not hint:
            self._below.hide()
        inner = column(self, 0, 3)
        inner.addWidget(self._name)
        inner.addWidget(widget)
        inner.addWidget(self._below)
        inner.addStretch()  # beside a field whose fault makes it higher it stays where it is
        self.setFocusProxy(widget)

    def set_name(self, name: str) -> None:
        self._name.setText(name)
        self.widget.setAccessibleName(name)
        if isinstance(self.widget, QComboBox) and (inside := self.widget.lineEdit()) is not None:
            inside.setAccessibleName(name)  # a screen reader comes to it by itself

    def show_hint(self, words: str) -> None:
        """Other words beneath, and nothing wrong."""
        self._hint, self._late = words, ""
        self.show_fault("")

    def show_typed_fault(self, words: str) -> None:
        """What is wrong with what is being typed: told when the field is left or Enter pressed, since nobody is done
        yet; what is mended is told at once."""
        waits = bool(words) and self.widget.hasFocus() and not self.widget.accessibleDescription()
        self._late = words if waits else ""
        if not waits:
            self.show_fault(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        entered = isinstance(event, QKeyEvent) and event.key() in ENTER
        if self._late and (event.type() == QEvent.Type.FocusOut or entered):
            self.show_fault(self._late)
            self._late = ""
        return super().eventFilter(watched, event)

    def show_fault(self, words: str) -> None:
        """Says what is wrong; "" takes it back."""
        self._below.setText(words or self._hint)
        self._below.setVisible(bool(words or self._hint))
        set_tone(self._below, Tone.BAD if words else Tone.QUIET)
        self.widget.setProperty("invalid", "true" if words else "false")
        self.widget.setAccessibleDescription(words)
        repolish(self.widget)


def beside(button: QWidget, *fields: Field) -> QHBoxLayout:
    """A button on the line of what is filled in, whatever is told beneath; the first field takes the room."""
    level = column(spacing=3)
    level.addWidget(label(" ", scale="small"))  # as high as a field's name
    level.addWidget(button)
    level.addStretch(1)
    row = line((), 12)
    for field in fields:
        row.addWidget(field, int(field is fields[0]), Qt.AlignmentFlag.AlignTop)
    row.addLayout(level)
    return row


_TO_WRITE = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.OtherFocusReason})
"""How the program gives a field the keyboard; a person's own ways choose the place or all of it."""
FOR_A_MOMENT = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
"""How a field loses it to come back to the same place."""


def chooses(event: QKeyEvent) -> bool:
    """Alt with a letter or digit: it chooses where something is offered under it, and elsewhere it writes nothing.
    (Another character is typed with Alt on some keyboards.)"""
    return event.modifiers() == Qt.KeyboardModifier.AltModifier and event.text().isascii() and event.text().isalnum()


class LineField(QLineEdit):
    """Shows the beginning of what is longer, and its end to who goes on writing. A file that is dropped here is meant
    for the window: its path is never what is to be written."""

    def setText(self, text: str | None) -> None:
        super().setText(text)
        if not self.hasFocus():
            self.home(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if chooses(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _TO_WRITE and not self.hasSelectedText():
            self.end(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in FOR_A_MOMENT:
            self.home(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)


class TextArea(QPlainTextEdit):
    """As `LineField`."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if chooses(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not source.hasUrls() and super().canInsertFromMimeData(source)


def text_field(text: str = "", mono: bool = False, placeholder: str = "") -> QLineEdit:
    made = LineField()
    made.setPlaceholderText(placeholder)
    made.setMaxLength(500)
    made.setText(text)
    if mono:
        made.setProperty("mono", "true")
    return made


def enter_presses(button: QAbstractButton, *fields: QLineEdit) -> None:
    """Enter in one of these fields of a page presses the button of their line, as it does in a dialog."""
    for field in fields:
        field.returnPressed.connect(button.click)


def write_anew(edit: QLineEdit) -> None:
    """What is half written in it is nowhere kept: it is shown to nobody later, and presumed by nobody."""
    edit.setProperty("anew", True)


def keep_choice(chooser: QWidget) -> None:
    """What is chosen in it belongs to the texts beside it, and is chosen again with them when its dialog is opened
    anew: a text that was written for one way never stands beside another. Nothing that says what was found, or that
    was told to somebody, is given to it: that is presumed by nobody."""
    chooser.setProperty("kept", True)


def is_kept(chooser: QWidget) -> bool:
    """Whether `keep_choice` was told of it."""
    return bool(chooser.property("kept"))


class Choice(QComboBox):
    """The wheel scrolls the page and never chooses: what was chosen on the way would be seen by nobody. Nor does it
    take the keyboard, whose next letter would choose.

    On Linux the name that a screen reader gets of a box is what is chosen in it; what it is called comes from the label
    that belongs to it. Outside a field there is one that only a screen reader gets.
    """

    _spoken: QLabel | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def showEvent(self, event: QShowEvent) -> None:
        if self._spoken is None and not isinstance(self.parentWidget(), Field):
            self._spoken = QLabel(self.accessibleName(), self.parentWidget())
            self._spoken.setBuddy(self)
            self._spoken.hide()
        super().showEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NumberBox(QSpinBox):
    """As `Choice`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)  # the style sheet's padding stops at the line within

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def text_area(text: str = "", lines: int = 3, placeholder: str = "") -> QPlainTextEdit:
    made = TextArea(text)
    made.setPlaceholderText(placeholder)
    made.setTabChangesFocus(True)
    made.setFixedHeight(theme.px(20 * lines + 18))
    return made


def choice(options: Sequence[tuple[str, str]], current: str = "") -> QComboBox:
    """A box of (value, words) pairs."""
    made = Choice()
    for value, words in options:
        made.addItem(words, value)
    if current:
        made.setCurrentIndex(max(made.findData(current), 0))
    return made


_MOST_BESIDE, _BESIDE_WORDS = 400, 28
"""How wide choices may be that large text leaves side by side, and what each takes besides its words."""


class Segments(QWidget):
    """A few words side by side, beneath each other where text is large, one of them chosen; none at first where nothing
    may be assumed (`preset` False). `keyed`: each has its digit as a key, shown beside it."""

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        name: str,
        parent: QWidget | None = None,
        preset: bool = True,
        keyed: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._keyed = keyed
        self._group = QButtonGroup(self)
        wide = sum(self.fontMetrics().horizontalAdvance(words) + theme.px(_BESIDE_WORDS) for _value, words in options)
        stacked = theme.percent >= STACKED_PERCENT and wide > theme.px(_MOST_BESIDE)
        inner: QBoxLayout = column(spacing=6) if stacked else line((), 0)
        for place, (value, words) in enumerate(options):
            button = HintButton(words, role="filter" if stacked else "segment")
            button.setCheckable(True)
            button.setObjectName(value)
            button.set_hint(str(place + 1) if keyed else "")
            button.setProperty("keyed", keyed or preset)  # chosen where it stands: Enter is for what comes after
            ends = {0: "first", len(options) - 1: "last"}
            button.setProperty("place", ends.get(place, "middle"))
            self._group.addButton(button)
            inner.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft if stacked else Qt.AlignmentFlag(0))
        inner.addStretch(1)
        self.setLayout(inner)
        self._group.buttons()[0].setChecked(preset)
        self._stop_at_chosen()
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def value(self) -> str:
        button = self._group.checkedButton()
        return button.objectName() if button is not None else ""

    def choose(self, value: str) -> None:
        for button in self._group.buttons():
            button.setChecked(button.objectName() == value)
        if any(button.hasFocus() for button in self._group.buttons()):
            self.take_focus()
        self._stop_at_chosen()

    def _stop_at_chosen(self) -> None:
        """Tab comes to what is chosen, as it does once a person chose; the arrow keys go on from there."""
        chosen = self._group.checkedButton()
        for button in self._group.buttons():
            stops = chosen is None or button is chosen
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus)

    def take_focus(self) -> None:
        """On what is chosen, or on the first: its keys choose."""
        (self._group.checkedButton() or self._group.buttons()[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1.value
        if self._keyed and 0 <= place < len(self._group.buttons()) and not event.isAutoRepeat():
            self._group.buttons()[place].click()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _on_clicked(self, button: HintButton) -> None:
        self.chosen.emit(button.objectName())


class CheckLine(QWidget):
    """A check box whose words wrap; a click on the words ticks it."""

    toggled = Signal(bool)
    clicked = Signal(str, bool)

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.box = QCheckBox()
        self.box.setObjectName(name)
        self.box.setAccessibleName(words)
        self.box.toggled.connect(self.toggled)
        self.box.clicked.connect(self._on_clicked)
        shown = label(words, wrap=True)
        inner = line((self.box, shown), 4)
        inner.setStretch(1, 1)
        self.setLayout(inner)

    @property
    def ticked(self) -> bool:
        return self.box.isChecked()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.box.isEnabled():
            self.box.click()

    @Slot(bool)
    def _on_clicked(self, ticked: bool) -> None:
        self.clicked.emit(self.name, ticked)


MEND_FIRST = N_("Isian belum lengkap atau belum benar.")
PASSPHRASE_WARNING = N_("Isian ini tampak memuat passphrase. Hapuslah; passphrase tidak boleh dicatat.")
_KEY_WARNING = N_("Isian ini memuat kunci privat. Hapuslah; kunci itu hanya milik pemiliknya.")


_SHORTEST_REASON = 5


def too_short(text: str, shortest: int = _SHORTEST_REASON) -> str:
    """That more is to be written; "" where it is enough."""
    return _("Tulis sedikitnya {n} huruf.").format(n=shortest) if len(text.strip()) < shortest else ""


def correction_lacks(changed: bool, reason: str) -> str:
    """What is missing before a correction can be kept; "" where nothing is."""
    if not changed:
        return _("Belum ada isian yang diubah.")
    short = len(reason.strip()) < _SHORTEST_REASON
    return _("Tulis alasan sedikitnya {n} huruf.").format(n=_SHORTEST_REASON) if short else ""


def hold_no_passphrase(within: QWidget) -> bool:
    """Whether nothing that is written in it seems to hold one, or a private key; else the first such field says so and
    has the keyboard: what is saved may stand in the journal for ever."""
    for edit in leaking(within):
        if edit.isVisibleTo(within):
            tell_leak(edit)
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
    return True


def leaking(within: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    """The fields to be written in that seem to hold a passphrase or hold a private key, the hidden ones too."""
    edits: list[QLineEdit | QPlainTextEdit] = [*within.findChildren(QLineEdit), *within.findChildren(QPlainTextEdit)]
    return [edit for edit in edits if not edit.isReadOnly() and leak_in(_legible(edit))]


def leak_in(text: str) -> str:
    """What must not stay in a text, in words; "" where nothing is."""
    from lockdesk.pki.containers import looks_like_private_key  # late: a start writes in no field

    if looks_like_private_key(text.encode(errors="replace")):
        return _(_KEY_WARNING)
    return _(PASSPHRASE_WARNING) if looks_like_passphrase(text) else ""


def tell_leak(edit: QLineEdit | QPlainTextEdit) -> None:
    """Says so beneath the field until it is changed; a field that says something already goes on saying that."""
    field = edit.parentWidget()
    if isinstance(field, Field) and not edit.accessibleDescription():
        field.show_fault(leak_in(_legible(edit)))
        edit.textChanged.connect(lambda *_text: field.show_fault(""), Qt.ConnectionType.SingleShotConnection)


def _legible(edit: QLineEdit | QPlainTextEdit) -> str:
    """Where a passphrase is asked for, it is dotted."""
    if isinstance(edit, QPlainTextEdit):
        return edit.toPlainText()
    return edit.text() if edit.echoMode() is QLineEdit.EchoMode.Normal else ""


_WHOLE = ("email", "serial")
"""Never shortened, for look-alikes hide at their ends: each has a line of its own."""


def in_lines(fields: Sequence[PersonField]) -> list[PersonField]:
    """A person's fields in the order in which `lay_out` shows them."""
    return sorted(fields, key=lambda field: field.name in _WHOLE)


def lay_out(grid: QGridLayout, fields: Mapping[str, Field]) -> None:
    """A person's fields in pairs, and beneath them those that are shown whole."""
    pairs = (field for name, field in fields.items() if name not in _WHOLE)
    for place, field in enumerate(pairs):
        grid.addWidget(field, *divmod(place, 2), Qt.AlignmentFlag.AlignTop)
    for name in _WHOLE:
        if name in fields:
            grid.addWidget(fields[name], grid.rowCount(), 0, 1, 2)


class ApplicantFields(QWidget):
    """The applicant's fields in two columns, each saying what is wrong with it."""

    changed = Signal()

    def __init__(self, applicant: Applicant, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        self._applicant = applicant
        self._edits: dict[str, QLineEdit] = {}
        self._fields: dict[str, Field] = {}
        for field in in_lines(REQUEST_FIELDS):
            name = field.name
            known = str(getattr(applicant, name))
            hidden = masked(name, known)
            edit = text_field(known if hidden == known else "", field.mono, hidden if hidden != known else "")
            edit.setObjectName(name)
            if name in MASKED:
                write_anew(edit)
            edit.textChanged.connect(self._on_text)
            self._edits[name] = edit
            self._fields[name] = Field(_(field.asked), edit)
        lay_out(grid, self._fields)

    @property
    def applicant(self) -> Applicant:
        """The values as the desk wants them: digits only, E.164. A number that is shown masked stays as it is unless
        another one is written."""
        return Applicant(**{name: BY_NAME[name].clean(self._text(name)) for name in self._edits})

    def _text(self, name: str) -> str:
        edit = self._edits[name]
        kept = edit.placeholderText() and not edit.text().strip()
        return str(getattr(self._applicant, name)) if kept else edit.text()

    def fill(self, applicant: Applicant) -> None:
        for name, edit in self._edits.items():
            edit.setText(str(getattr(applicant, name)))

    def focus_on(self, name: str) -> None:
        self._edits[name].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def lacking(self) -> str:
        """What is missing before it can be kept; "" where nothing is."""
        texts = {name: edit.text() for name, edit in self._edits.items()}
        if not texts["name"].strip():
            return _("Tulis nama pemohon untuk menyimpan.")
        return _(MEND_FIRST) if any(fault_in(name, text) for name, text in texts.items()) else ""

    @Slot()
    def _on_text(self) -> None:
        for name, field in self._fields.items():
            field.show_typed_fault(fault_in(name, self._edits[name].text()))
        self.changed.emit()
