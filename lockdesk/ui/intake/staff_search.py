"""Someone of the staff register, found at the counter by NIP or name."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lockdesk.core.identity import print_nip
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.ui.widgets.forms import Field, text_field
from lockdesk.ui.widgets.parts import ENTER, column
from lockdesk.words import _, number_words

MOST = 50
"""So many are looked through with the arrow keys; whoever is not among them is found with more letters."""


class StaffSearch(QWidget):
    """What is typed is looked up; the arrow keys go through who was found, Enter takes the one that is shown."""

    wanted = Signal(str)
    """Answered by `show_people`."""
    chosen = Signal(object)
    """A RegisterEntry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = text_field(placeholder=_("NIP atau nama"))
        self._field = Field(_("Cari dalam data kepegawaian"), self._edit)
        self._people: Sequence[RegisterEntry] = ()
        self._place = 0
        column(self).addWidget(self._field)
        self.setFocusProxy(self._edit)
        self._edit.textChanged.connect(self._on_typed)
        self._edit.installEventFilter(self)
        self._show()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._people = ()  # Enter must not take somebody who was sought before
        self._show()
        if text.strip():
            self.wanted.emit(text.strip())

    def show_people(self, sought: str, people: Sequence[RegisterEntry]) -> None:
        """Who was found, unless somebody else is sought by now."""
        if sought == self._edit.text().strip():
            begins = sought.casefold()
            self._people = sorted(people, key=lambda entry: not entry.text("name").casefold().startswith(begins))
            self._place = 0
            self._show(nobody=not people)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut} and self._people:
            self._show()
        return super().eventFilter(watched, event)

    def _show(self, nobody: bool = False) -> None:
        """What Enter takes is said only where it does so: while the keyboard is here."""
        if not self._people or self.window().focusWidget() is not self._edit:
            hint = _("Mengisi nama, NIP, jabatan, unit kerja, dan e-mail. NIK dan nomor seri dari berkas pemohon.")
            self._field.show_hint(_("Tidak ada dalam data kepegawaian; isi formulirnya.") if nobody else hint)
            return
        entry = self._people[self._place]
        who = " · ".join(
            part for part in (entry.text("name"), print_nip(entry.text("nip")), entry.text("agency")) if part
        )
        if len(self._people) > 1:
            who += " " + _("({n} dari {total}, panah untuk yang lain)").format(
                n=number_words(self._place + 1), total=number_words(len(self._people))
            )
        self._field.show_hint(_("Enter: {who}").format(who=who))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._people:
            self._place = (self._place + step) % len(self._people)
            self._show()
        elif event.key() in ENTER and not event.modifiers() and self._edit.text().strip():
            if self._people and not event.isAutoRepeat():
                self.chosen.emit(self._people[self._place])
        else:
            super().keyPressEvent(event)

    def clear(self) -> None:
        self._edit.clear()
