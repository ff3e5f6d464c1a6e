"""Ctrl+K: commands, cases, complaints and waiting mails in one list under the search box."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget
from shiboken6 import isValid

from lockdesk.core.cases import STATE_LABELS
from lockdesk.core.complaints import COMPLAINT_STATE_LABELS
from lockdesk.desk.values.cases import CaseRow
from lockdesk.desk.values.complaints import ComplaintRow
from lockdesk.desk.values.tray import TrayMail
from lockdesk.records import dataclass
from lockdesk.ui.complaints.words import person_words
from lockdesk.ui.intake.mail_words import sender_of
from lockdesk.ui.look.actions import ActionSpec
from lockdesk.ui.look.elide import elide_end, tool_tip
from lockdesk.ui.look.icons import icon
from lockdesk.ui.look.theme import theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.shell.top_bar import SearchBox
from lockdesk.ui.widgets.rows import ID_ROLE
from lockdesk.words import _

_SETTLE_MS = 120
_SHORTEST = 2
"""Letters from which on cases and complaints are looked for."""
_ROWS = 14
"""Seen at once; further ones are scrolled to."""
_BESIDE = 64
"""Room for an icon, margins and the scroll bar."""
Found = tuple[Sequence[CaseRow], Sequence[ComplaintRow], Sequence[TrayMail]]
_NOTHING: Found = ((), (), ())


@dataclass(frozen=True, slots=True)
class Command:
    """One line: `kind` is "action", "case", "complaint" or "mail"."""

    kind: str
    value: str
    words: str
    icon: str
    shortcut: str = ""


class CommandList(QListView):
    """Floats under the search box while something is typed or looked for."""

    search_wanted = Signal(str)
    action_chosen = Signal(str)
    case_chosen = Signal(int)
    complaint_chosen = Signal(int)
    mail_chosen = Signal(int)
    left = Signal()
    """By Esc, and where the keyboard came from is no place for it now."""

    def __init__(self, box: SearchBox, times: OfficeTime, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("results")
        self.setAccessibleName(_("Hasil pencarian"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click in it is still the box's
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self._box, self._times = box, times
        self._over = parent
        self._before: QWidget | None = None
        """Where the keyboard was when the box was asked for."""
        self._actions: tuple[ActionSpec, ...] = ()
        self._found, self._answered = _NOTHING, ""
        """What was found, and for which words."""
        self._taking = False
        """Enter was pressed before the words were answered: then it takes what they find, never what stood there."""
        self._sought = ""
        """The words that are being looked for, or were."""
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        box.textEdited.connect(self._on_text)
        box.moved.connect(self._on_moved)
        box.taken.connect(self._on_taken)
        box.left.connect(self._on_left)
        box.quitted.connect(self._on_quitted)
        self.clicked.connect(self._on_clicked)
        self.hide()

    def offer(self, actions: Sequence[ActionSpec]) -> None:
        """Opens with the commands that are possible now."""
        self._actions = tuple(actions)
        if not self._box.hasFocus():
            self._before = QApplication.focusWidget()
        self._box.setFocus()
        self._box.selectAll()
        self._fill()

    def set_actions(self, actions: Sequence[ActionSpec]) -> None:
        self._actions = tuple(actions)

    def show_found(self, text: str, found: Found) -> None:
        """Cases and complaints found for `text`; an answer for other words is dropped."""
        if text != self._words:
            return
        self._found, self._answered = found, text
        if self.isHidden():
            return
        self._fill()
        if self._taking:
            self._taking = False
            self._take(self.currentIndex())

    @property
    def awaits_answer(self) -> bool:
        """Whether Enter was pressed, and not only something typed."""
        return self._taking

    def search_failed(self, text: str) -> None:
        """Nothing is known of `text`: what is found another time opens only when it is asked for, and Enter looks once
        more."""
        if text == self._sought:
            self._sought, self._taking = "", False

    @property
    def _words(self) -> str:
        return self._box.text().strip()

    def commands(self) -> tuple[Command, ...]:
        """What the list offers for the words in the box."""
        text = self._words.casefold()
        cases = [Command("case", str(row.id), self._case_words(row), "user") for row in self._found[0]]
        complaints = [
            Command("complaint", str(row.id), self._complaint_words(row), "message-square") for row in self._found[1]
        ]
        mails = [Command("mail", str(mail.id), self._mail_words(mail), "mail") for mail in self._found[2]]
        found = [
            Command("action", spec.id, spec.label, spec.icon, spec.shortcut)
            for spec in self._actions
            if text in spec.label.casefold()
        ]
        return (*cases, *complaints, *mails, *found)

    def _case_words(self, row: CaseRow) -> str:
        when = self._times.day_words(row.received_at, year=True)
        return " · ".join(filter(None, (row.name, row.number, _(STATE_LABELS[row.state]), when, row.agency)))

    def _complaint_words(self, row: ComplaintRow) -> str:
        who, when = person_words(row.name, row.confidential), self._times.day_words(row.received_at, year=True)
        return " · ".join(filter(None, (row.number, who, _(COMPLAINT_STATE_LABELS[row.state]), when, row.matter)))

    def _mail_words(self, mail: TrayMail) -> str:
        when = self._times.day_words(mail.arrived_at, year=True)
        return " · ".join(filter(None, (sender_of(mail), _("Surat masuk"), when, mail.subject)))

    def _fill(self) -> None:
        self._model.clear()
        room = self._width() - theme.px(_BESIDE)
        for command in self.commands():
            words = f"{command.words}   {command.shortcut}" if command.shortcut else command.words
            item = QStandardItem(icon(command.icon, theme.tokens.muted), elide_end(words, self.fontMetrics(), room))
            item.setToolTip(tool_tip(words))
            item.setData((command.kind, command.value), ID_ROLE)
            self._model.appendRow(item)
        if not self._model.rowCount():
            nothing = QStandardItem(_("Tidak ada yang cocok"))
            nothing.setEnabled(False)
            self._model.appendRow(nothing)
        self.setCurrentIndex(self._model.index(0, 0))
        self._place()

    def _width(self) -> int:
        return max(self._box.width(), min(theme.px(640), self._over.width() - theme.px(40)))

    def _place(self) -> None:
        width = self._width()
        height = theme.px(31) * min(self._model.rowCount(), _ROWS) + theme.px(12)
        corner = self._box.mapTo(self._over, QPoint(self._box.width(), self._box.height() + 4))
        self.setGeometry(corner.x() - width, corner.y(), width, height)
        self.show()
        self.raise_()

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        """What was found before stays in sight until the answer comes: it would flicker with every letter."""
        self._taking = False
        if len(self._words) < _SHORTEST:
            self._forget()
        self._settle.start()
        self._fill()

    @Slot()
    def _on_settled(self) -> None:
        if len(self._words) >= _SHORTEST:
            self._sought = self._words
            self.search_wanted.emit(self._words)

    def _forget(self) -> None:
        """Nothing is sought, so nothing is found."""
        self._found, self._answered, self._sought = _NOTHING, "", ""

    @Slot()
    def _on_left(self) -> None:
        """Esc brings the keyboard back to where one was."""
        before = self._before
        self._forget()
        self._on_quitted()
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    @Slot()
    def _on_quitted(self) -> None:
        """Nothing lies over the page at which one goes on."""
        self._taking = False
        self._before = None
        self.hide()

    @Slot(int)
    def _on_moved(self, by: int) -> None:
        self._taking = False
        if self.isHidden():
            self._fill()
            return
        row = min(max(self.currentIndex().row() + by, 0), self._model.rowCount() - 1)
        self.setCurrentIndex(self._model.index(row, 0))

    @Slot()
    def _on_taken(self) -> None:
        if self.isHidden():
            return
        if len(self._words) >= _SHORTEST and self._words != self._answered:
            self._taking = True
            if self._words != self._sought and not self._settle.isActive():
                self._on_settled()
        else:
            self._take(self.currentIndex())

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._take(index)

    def _take(self, index: QModelIndex) -> None:
        chosen = index.data(ID_ROLE)
        if not chosen:
            return
        kind, value = chosen
        self.hide()
        self._box.clear()
        self._forget()
        if kind == "case":
            self.case_chosen.emit(int(value))
        elif kind == "complaint":
            self.complaint_chosen.emit(int(value))
        elif kind == "mail":
            self.mail_chosen.emit(int(value))
        else:
            self.action_chosen.emit(value)
