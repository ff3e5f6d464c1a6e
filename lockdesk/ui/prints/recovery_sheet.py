"""The recovery code on the screen: printed or written down, and proved to be on paper by its last characters."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.prints.recovery import RecoveryCode, last_characters
from lockdesk.ui.look import help_places
from lockdesk.ui.widgets.forms import Field, text_field
from lockdesk.ui.widgets.parts import HintButton, label
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class RecoverySheet(Sheet):
    """Shows a code once."""

    help_at = help_places.RECOVERY
    print_asked = Signal(object)
    kept = Signal(object, str)

    def __init__(self, parent: QWidget, made: RecoveryCode) -> None:
        words = _(
            "Kode ini membuka data bila frasa sandi terlupa dan kunci di komputer hilang. Cetak atau salin ke kertas, "
            "lalu serahkan kepada Kepala Bidang. Kode hanya ditampilkan sekali, dan kode sebelumnya tidak berlaku lagi."
        )
        super().__init__(parent, _("Simpan kode pemulihan di brankas"), words, width=560)
        self._made = made
        half = len(made.code) // 2
        code = label(f"{made.code[:half]}\n{made.code[half + 1 :]}", mono=True, scale="title")
        code.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        code.setObjectName("recovery-code")
        code.setAccessibleName(_("Kode pemulihan"))
        self.body.addWidget(code)
        self._retyped = text_field(mono=True)
        self._retyped.setMaxLength(len(last_characters(made.code)))
        self._field = Field(_("Empat karakter terakhir, dibaca dari kertas"), self._retyped)
        self.body.addWidget(self._field)
        self.add_buttons(_("Sudah disimpan"), cancel=_("Nanti"))
        printing = HintButton(_("Cetak…"))
        printing.clicked.connect(self._on_print)
        self.add_side_button(printing)
        self._retyped.textChanged.connect(self._on_typed)
        self._on_typed("")

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        wanted = last_characters(self._made.code)
        same = text.strip().upper() == wanted
        self.rest_verb("" if same else _("Ketik empat karakter terakhir dari kertas."))
        wrong = len(text) == len(wanted) and not self.verb.isEnabled()
        self._field.show_fault(_("Tidak cocok. Baca sekali lagi dari kertas.") if wrong else "")

    @Slot()
    def _on_print(self) -> None:
        """What is read from the paper comes next."""
        self._retyped.setFocus(Qt.FocusReason.OtherFocusReason)
        self.print_asked.emit(self._made.printed)

    def unconfirm(self) -> None:
        self._retyped.clear()

    def act(self) -> None:
        self.kept.emit(self._made, self._retyped.text())
        self.accept()
