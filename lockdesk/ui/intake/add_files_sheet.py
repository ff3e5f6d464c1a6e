"""Papers for the case that is open: scanned, photographed, or brought on a stick."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.forms import CheckLine
from lockdesk.ui.widgets.parts import HintButton, clear, column, glyph, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class AddFilesSheet(Sheet):
    """Tambah berkas: which files, and whether the paper itself was shown."""

    help_at = help_places.RECEIVING

    files_asked = Signal()
    given = Signal(int, object, bool)
    takes_files = True

    def __init__(self, parent: QWidget, case_id: int, number: str) -> None:
        words = _("Surat atau CSR mengisi yang belum ada; yang sudah ada tidak diganti, berkasnya disimpan di samping.")
        super().__init__(parent, _("Tambah berkas ke kasus {number}").format(number=number), words)
        self._case_id = case_id
        self._paths: tuple[Path, ...] = ()
        self._rows = column(spacing=4)
        add = HintButton(_("Pilih berkas…"))
        add.clicked.connect(self.files_asked)
        self.body.addLayout(self._rows)
        self.body.addLayout(line((add, 1)))
        self._original = CheckLine("original", _("Surat asli diperlihatkan dan sama dengan berkas ini"))
        self.body.addWidget(self._original)
        self.add_buttons(_("Tambahkan"))
        self._show()

    @Slot(list)
    def add_names(self, names: Sequence[str]) -> None:
        self.take([Path(name) for name in names])

    def take(self, paths: Sequence[Path]) -> None:
        """Chosen in the file dialog, or dropped on the window."""
        self._paths = tuple(dict.fromkeys((*self._paths, *paths)))
        self._show()
        self.focus_first()

    def _on_out(self, path: Path, _checked: bool = False) -> None:
        """It was somebody else's, or the wrong one."""
        self._paths = tuple(kept for kept in self._paths if kept != path)
        self._show()
        self.focus_first()

    def _show(self) -> None:
        clear(self._rows)
        for path in self._paths:
            out = HintButton(_("Keluarkan"), role="link")
            out.setAccessibleName(_("Keluarkan {name}").format(name=path.name))
            out.clicked.connect(partial(self._on_out, path))
            row = line((glyph("file-text"), label(path.name, wrap=True), out), 8)
            row.setStretch(1, 1)
            self._rows.addLayout(row)
        if not self._paths:
            nothing = _("Belum ada berkas. Pilih, atau jatuhkan di jendela ini.")
            self._rows.addWidget(label(nothing, tone=Tone.QUIET))
        self.verb.setEnabled(bool(self._paths))

    def act(self) -> None:
        self.given.emit(self._case_id, self._paths, self._original.ticked)
        self.accept()
