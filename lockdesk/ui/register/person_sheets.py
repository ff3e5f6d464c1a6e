"""One person of the register: what is known, since when and from where; changed, added or merged by hand."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from lockdesk.desk.values.people import RegisterEntry, SourcedText
from lockdesk.desk.values.person_fields import BY_NAME, MASKED, PERSON_FIELDS, discreet, fault_in, masked
from lockdesk.desk.values.register import PastText, RegisterView
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.register.alike import AlikeTable
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.forms import MEND_FIRST, Field, Segments, in_lines, lay_out, text_field, write_anew
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, date_words


class PersonSheet(Sheet):
    """Every field with its source and day, and what it held before."""

    help_at = help_places.REGISTER
    change_asked = Signal(object)
    retire_asked = Signal(object)
    data_asked = Signal(int)

    def __init__(self, parent: QWidget, view: RegisterView, times: OfficeTime) -> None:
        entry = view.entry
        words = ""
        if entry.retired_at is not None:
            words = _("Tidak lagi bertugas sejak {day}.").format(day=date_words(times.day(entry.retired_at)))
        super().__init__(parent, entry.text("name"), words, width=820)
        self._view, self._times = view, times
        inside = QFrame()
        inner = column(inside, 0, 8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 3)
        known = {field.name: entry.fields[field.name] for field in PERSON_FIELDS if field.name in entry.fields}
        origins = {self._origin(value) for value in known.values()}
        if len(origins) == 1:
            inner.addWidget(label(next(iter(origins)), tone=Tone.QUIET, scale="small", wrap=True))
        else:
            grid.setColumnStretch(2, 4)
        for name, value in known.items():
            self._add(grid, name, value, each=len(origins) > 1)
        if entry.serials:
            row = grid.rowCount()
            grid.addWidget(label(_("Nomor seri"), tone=Tone.QUIET), row, 0)
            grid.addWidget(label("\n".join(entry.serials), mono=True, wrap=True), row, 1, 1, 2)
        inner.addLayout(grid)
        inner.addStretch(1)
        self.scrolled(inside)
        self.add_close()
        retire = HintButton(
            _("Tandai tidak lagi bertugas…") if entry.retired_at is None else _("Aktifkan kembali…"), role="link"
        )
        retire.clicked.connect(self._on_retire)
        change = HintButton(_("Ubah…"))
        change.clicked.connect(self._on_change)
        self.add_side_button(retire)
        self.add_side_button(change)
        data = HintButton(_("Data dan rekam jejak…"))
        data.clicked.connect(self._on_data)
        self.add_side_button(data)

    def tell(self, words: str, tone: Tone) -> None:
        """That the own data was asked for, and until when it is handed over."""
        self.body.insertWidget(0, Notice(words, tone))

    def _add(self, grid: QGridLayout, name: str, value: SourcedText, each: bool) -> None:
        """`each`: every field says where it is from, where they are not all from one place."""
        field, row = BY_NAME[name], grid.rowCount()
        grid.addWidget(label(_(field.label), tone=Tone.QUIET), row, 0)
        grid.addWidget(label(discreet(name, value.text) or "–", mono=field.mono, wrap=True), row, 1)
        if each:
            grid.addWidget(label(self._origin(value), tone=Tone.QUIET, scale="small", wrap=True), row, 2)
        for past in self._view.past:
            if past.name == name:
                grid.addWidget(self._earlier(past), grid.rowCount(), 1, 1, 2)

    def _origin(self, value: SourcedText) -> str:
        """ "BKPSDM, 2 November 2026 · dimasukkan 3 November 2026 oleh … · alasan"."""
        entered = ""
        if value.entered_at is not None:
            entered = _("dimasukkan {day}").format(day=date_words(self._times.day(value.entered_at)))
            entered += " " + _("oleh {name}").format(name=value.by) if value.by else ""
        listed = _("daftar seluruh pegawai") if value.listed_on is not None else ""
        parts = (f"{value.source}, {date_words(value.recorded_on)}", listed, entered, value.reason)
        return " · ".join(part for part in parts if part)

    def _earlier(self, past: PastText) -> QWidget:
        until = date_words(self._times.day(past.until))
        shown = discreet(past.name, past.value.text) or "–"
        words = _("Sampai {day}: {text} ({origin})")
        text = words.format(day=until, text=shown, origin=self._origin(past.value))
        return label(text, tone=Tone.QUIET, scale="small", wrap=True)

    @Slot()
    def _on_change(self) -> None:
        self.accept()
        self.change_asked.emit(self._view.entry)

    @Slot()
    def _on_data(self) -> None:
        self.accept()
        self.data_asked.emit(self._view.entry.id)

    @Slot()
    def _on_retire(self) -> None:
        self.accept()
        self.retire_asked.emit(self._view.entry)


class EditSheet(Sheet):
    """A person by hand: every field says what is wrong with it; source and reason are asked for."""

    help_at = help_places.REGISTER
    saved = Signal(object, object, str, str)
    """The entry (None: somebody new), the fields, the source, the reason."""

    def __init__(
        self,
        parent: QWidget,
        entry: RegisterEntry | None,
        in_case: str = "",
        proposed: Mapping[str, str] | None = None,
        source: str = "",
    ) -> None:
        """`in_case`: the number of the case from which it is done. `proposed`: what `source` says of somebody new."""
        title = _("Ubah data kepegawaian") if entry else _("Tambah ke data kepegawaian")
        super().__init__(parent, title, width=720)
        self._entry, self._proposed = entry, proposed or {}
        inside = QWidget()
        inner = column(inside, 0, 10)
        if in_case:
            words = _(
                "Isi dari sumber kepegawaian, bukan dari surat atau e-mail kasus {number}. Nomor telepon yang diisi "
                "sekarang tidak berlaku untuk konfirmasi kasus itu; untuk itu impor daftar seluruh pegawai."
            )
            inner.addWidget(Notice(words.format(number=in_case), Tone.INFO))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        self._edits: dict[str, QLineEdit] = {}
        self._fields: dict[str, Field] = {}
        for field in in_lines(PERSON_FIELDS):
            known = entry.text(field.name) if entry else self._proposed.get(field.name, "")
            hidden = masked(field.name, known)
            edit = text_field(known if hidden == known else "", field.mono, hidden if hidden != known else "")
            edit.textChanged.connect(self._on_text)
            if field.name in MASKED:
                write_anew(edit)
            self._edits[field.name], self._fields[field.name] = edit, Field(_(field.label), edit)
        lay_out(grid, self._fields)
        inner.addLayout(grid)
        self._source = text_field(source, placeholder=_("misalnya: BKPSDM, surat nomor 800/12"))
        self._reason = text_field(placeholder=_("Alasan dicatat dalam rekam jejak."))
        self._source.textChanged.connect(self._on_text)
        self._reason.textChanged.connect(self._on_text)
        origin = line((Field(_("Sumber"), self._source), Field(_("Alasan"), self._reason)), 12)
        origin.setStretch(0, 1)
        origin.setStretch(1, 1)
        inner.addStretch(1)
        beneath = QWidget()
        beneath.setLayout(origin)
        self.scrolled(inside, beneath=beneath)
        self.add_buttons(_("Simpan"))
        self._on_text()

    @property
    def _texts(self) -> Mapping[str, str]:
        """What is written; a number that is shown masked stays as it is unless another one is written."""
        texts = {name: edit.text().strip() for name, edit in self._edits.items()}
        written = {name: text for name, text in texts.items() if text or not self._edits[name].placeholderText()}
        return {**self._proposed, **written}

    @Slot()
    def _on_text(self) -> None:
        texts = self._texts
        faults = {name: fault_in(name, text) for name, text in texts.items()}
        for name, fault in faults.items():
            self._fields[name].show_typed_fault(fault)
        self.rest_verb(self._lacking(texts) or (_(MEND_FIRST) if any(faults.values()) else ""))

    def _lacking(self, texts: Mapping[str, str]) -> str:
        if not texts["name"]:
            return _("Tulis namanya.")
        if not texts["nip"] and texts.get("nik", "kept") == "":
            return _("Tulis NIP atau NIK-nya.")
        told = self._source.text().strip() and self._reason.text().strip()
        return "" if told else _("Tulis sumber dan alasannya.")

    def act(self) -> None:
        self.saved.emit(self._entry, self._texts, self._source.text().strip(), self._reason.text().strip())
        self.accept()


class MergeSheet(Sheet):
    """Two entries that are one person: which of them holds, and why."""

    help_at = help_places.REGISTER
    merged = Signal(int, int, str)
    """The entry that is kept, the one that goes, the reason."""

    def __init__(self, parent: QWidget, first: RegisterEntry, second: RegisterEntry) -> None:
        words = _("Isian yang kosong dilengkapi dari data yang lain. Isian lama tetap ada dalam riwayat.")
        super().__init__(parent, _("Gabungkan dua data menjadi satu orang"), words, width=760)
        self._entries = (first, second)
        self.scrolled(AlikeTable(first, second))
        options = (("0", _("Yang pertama berlaku")), ("1", _("Yang kedua berlaku")))
        self._kept = Segments(options, _("Data yang berlaku"), preset=False)
        self._kept.chosen.connect(self._on_changed)
        self._reason = text_field(placeholder=_("Alasan dicatat dalam rekam jejak."))
        self._reason.textChanged.connect(self._on_changed)
        self.body.addWidget(self._kept)
        self.body.addWidget(Field(_("Alasan"), self._reason))
        self.add_buttons(_("Gabungkan"))
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        told = "" if self._reason.text().strip() else _("Tulis alasannya.")
        self.rest_verb(told if self._kept.value else _("Pilih data yang berlaku."))

    def act(self) -> None:
        kept = int(self._kept.value)
        self.merged.emit(self._entries[kept].id, self._entries[1 - kept].id, self._reason.text().strip())
        self.accept()
