"""What a doubted value of the letter says, typed by the officer who sees it there."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.values.person_fields import BY_NAME, LETTER_LABELS, MASKED, fault_in
from lockdesk.ui.look import help_places
from lockdesk.ui.widgets.forms import Field, text_field, write_anew
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class RetypeSheet(Sheet):
    """Enter takes what is typed. A number that is masked everywhere is not shown here either: it is typed anew."""

    help_at = help_places.CHECKING

    typed = Signal(int, str, str)

    def __init__(self, parent: QWidget, case_id: int, field: str, text: str) -> None:
        name = _(LETTER_LABELS[field])
        title = _("Apa yang tertulis pada surat untuk {field}?").format(field=name)
        super().__init__(parent, title, _("Ketik seperti yang tampak pada surat; nilainya lalu diperiksa kembali."))
        self._case_id, self._name = case_id, field
        mono = field == "key_fingerprint" or (field in BY_NAME and BY_NAME[field].mono)
        self._edit = text_field("" if field == "nik" else text, mono)
        if field in MASKED:
            write_anew(self._edit)
        self._edit.selectAll()
        self._edit.textChanged.connect(self._on_text)
        self._field = Field(name, self._edit)
        self.body.addWidget(self._field)
        self.add_buttons(_("Simpan isian"))
        self._on_text()

    @Slot()
    def _on_text(self) -> None:
        text = self._edit.text().strip()
        fault = fault_in(self._name, text) if self._name in BY_NAME else ""
        self._field.show_typed_fault(fault)
        self.verb.setEnabled(bool(text) and not fault)

    def act(self) -> None:
        self.typed.emit(self._case_id, self._name, self._edit.text().strip())
        self.accept()
