"""The dialogs of intake: which way it comes in, and the form for a walk-in."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lockdesk.desk.values.emergency import FORM_NUMBER, MOST_FORMS, EmergencyEntry
from lockdesk.desk.values.people import APPLICANT_FIELDS, Applicant, RegisterEntry
from lockdesk.ui.intake.staff_search import StaffSearch
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import here
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.days import DayBox, day_of
from lockdesk.ui.widgets.drafts import AnewLink, DraftTimer
from lockdesk.ui.widgets.forms import MEND_FIRST, ApplicantFields, CheckLine, Field, NumberBox, text_field
from lockdesk.ui.widgets.parts import HintButton, clear, column, glyph, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, time_words

TAKEN_OVER = ("name", "nip", "position", "agency", "email")
"""What the register fills in of somebody who stands at the counter."""
_USUAL_FORMS = 10


class ReceiveSheet(Sheet):
    """Terima permohonan: open files, or fill in the form at the counter."""

    help_at = help_places.RECEIVING
    files_asked = Signal()
    walk_in_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        words = _("Berkas juga dapat dijatuhkan di mana saja pada jendela ini.")
        super().__init__(parent, _("Terima permohonan"), words, width=520)
        mail = HintButton(_("Buka berkas…"), role="primary")
        counter = HintButton(_("Isi formulir di loket…"))
        for icon_name, title, text, button, slot in (
            (
                "mail",
                _("E-mail permohonan"),
                _("Satu e-mail (.eml, .msg), atau surat PDF bersama berkas CSR."),
                mail,
                self._on_files,
            ),
            (
                "user",
                _("Pemohon datang ke loket"),
                _("Data pemohon diisi petugas, berkas dilampirkan."),
                counter,
                self._on_walk_in,
            ),
        ):
            texts = column(spacing=0)
            texts.addWidget(label(title, bold=True))
            texts.addWidget(label(text, tone=Tone.QUIET, wrap=True))
            row = line((glyph(icon_name, Tone.ACCENT, 20),), 12)
            row.addLayout(texts, 1)
            row.addWidget(button)
            button.clicked.connect(slot)
            self.body.addLayout(row)
        self.cancel = HintButton(_("Batal"), "Esc")
        self.cancel.clicked.connect(self.reject)
        self._buttons.addWidget(self.cancel)

    @Slot()
    def _on_files(self) -> None:
        self.accept()
        self.files_asked.emit()

    @Slot()
    def _on_walk_in(self) -> None:
        self.accept()
        self.walk_in_asked.emit()


class EmergencyFields(QWidget):
    """From which emergency form a request is entered, and when it was received; empty where it comes just now."""

    changed = Signal()

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._number = text_field(mono=True, placeholder="DARURAT-2026-0001")
        self._day, self._time = DayBox(here.today(), latest=here.today()), text_field(mono=True)
        self._time.setFixedWidth(theme.px(90))
        hint = _("Hanya bila permohonan ini dicatat lebih dahulu pada formulir darurat.")
        self._fields = (
            Field(_("Nomor formulir darurat"), self._number, hint),
            Field(_("Diterima tanggal"), self._day),
            Field(_("Diterima pukul"), self._time),
        )
        inner = line((), 12)
        for field in self._fields:
            inner.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        inner.setStretch(0, 1)
        self.setLayout(inner)
        for typed in (self._number, self._time):
            typed.textChanged.connect(self._on_typed)
        self._on_typed()

    @property
    def typed(self) -> tuple[str, str, str]:
        """Number, day (ISO) and time as they stand there, whole or not."""
        return self._number.text(), day_of(self._day).isoformat(), self._time.text()

    def fill(self, typed: tuple[str, str, str]) -> None:
        """What was `typed` before; without a number nothing was."""
        number, day, clock = typed
        if number:
            self._day.set_day(date.fromisoformat(day))
            self._time.setText(clock)
            self._number.setText(number)

    @Slot()
    def _on_typed(self) -> None:
        for field in self._fields[1:]:
            field.setVisible(not self.empty)
        self._fields[0].show_typed_fault("" if self._numbered else _("Nomornya berbentuk DARURAT-2026-0001."))
        self._fields[2].show_typed_fault(
            "" if self._clock is not None else _("Contoh: {example}").format(example=time_words(time(9, 5)))
        )
        self.changed.emit()

    def clear(self, now: datetime) -> None:
        """No form, and the moment at which the dialog was opened."""
        self._number.clear()
        self.set_moment(now)

    def set_moment(self, at: datetime) -> None:
        """When it was received (aware)."""
        local = at.astimezone(self._zone)
        self._day.set_day(local.date())
        self._time.setText(time_words(local.time()))

    @property
    def empty(self) -> bool:
        return not self._number.text().strip()

    @property
    def complete(self) -> bool:
        """Whether it is empty, or a number of such a form and a moment."""
        return self.empty or (self._numbered and self._clock is not None)

    @property
    def _numbered(self) -> bool:
        number = self._number.text().strip()
        return not number or FORM_NUMBER.fullmatch(number.upper()) is not None

    @property
    def _clock(self) -> time | None:
        found = re.fullmatch(r"([01]?\d|2[0-3])[.:]([0-5]\d)", self._time.text().strip())
        return time(int(found[1]), int(found[2])) if found is not None else None

    @property
    def entry(self) -> EmergencyEntry | None:
        number = self._number.text().strip().upper()
        if not number or self._clock is None:
            return None
        return EmergencyEntry(number, datetime.combine(day_of(self._day), self._clock, self._zone))


class EmergencySheet(Sheet):
    """Cetak formulir darurat: how many."""

    help_at = help_places.FAILING
    counted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        words = _("Lembar bernomor untuk mencatat permohonan saat listrik padam; nomornya bukan nomor kasus.")
        super().__init__(parent, _("Cetak formulir darurat"), words, width=480)
        self._count = NumberBox()
        self._count.setRange(1, MOST_FORMS)
        self._count.setValue(_USUAL_FORMS)
        self.body.addWidget(Field(_("Jumlah lembar"), self._count))
        self.add_buttons(_("Lanjutkan"))

    def act(self) -> None:
        self.accept()
        self.counted.emit(self._count.value())


@dataclass(frozen=True, slots=True)
class WalkInDraft:
    """What was written down of a visitor, whole or not."""

    applicant: Applicant
    paths: tuple[Path, ...] = ()
    told_in_person: bool = False
    emergency: tuple[str, str, str] = ("", "", "")
    """As `EmergencyFields.typed`."""

    @property
    def text(self) -> str:
        """As it is kept."""
        more = {"files": [str(path) for path in self.paths], "told": self.told_in_person, "emergency": self.emergency}
        return json.dumps(asdict(self.applicant) | more)


def draft_of(text: str) -> WalkInDraft | None:
    """What is kept of a visitor; None when there is nothing, or it cannot be read."""
    try:
        raw = json.loads(text)
        applicant = Applicant(**{name: str(raw.get(name, "")) for name in APPLICANT_FIELDS})
        number, day, clock = raw.get("emergency", ("", "", ""))
        if number:
            date.fromisoformat(day)
        return WalkInDraft(
            applicant, tuple(map(Path, raw.get("files", ()))), bool(raw.get("told")), (number, day, clock)
        )
    except (ValueError, TypeError, AttributeError):
        return None


class WalkInSheet(Sheet):
    """Permohonan di loket: the applicant's data and the files brought along; drafts are kept."""

    help_at = help_places.RECEIVING
    received = Signal(object, object, bool)
    """The WalkInDraft, the EmergencyEntry or None, and whether its receipt is to be printed at once."""
    files_asked = Signal()
    draft_due = Signal(str)

    def __init__(self, parent: QWidget, zone: ZoneInfo, now: datetime) -> None:
        words = _("Minta pemohon memperlihatkan surat pernyataan dan menyerahkan berkas CSR.")
        super().__init__(parent, _("Permohonan di loket"), words, width=700)
        self._now = now
        self.search = StaffSearch()
        self.search.chosen.connect(self._on_found)
        self._form = ApplicantFields(Applicant())
        self._paths: list[Path] = []
        self._timer = DraftTimer(self)
        inside = QWidget()
        inner = column(inside, 0, 10)
        inner.addWidget(self.search)
        inner.addWidget(self._form)
        inner.addLayout(self._make_files())
        words = _("Pemohon tidak dapat membuka kotak surat dinasnya: diberi tahu di loket dengan tanda tangan")
        self._in_person = CheckLine("told_in_person", words)
        inner.addWidget(self._in_person)
        self._emergency = EmergencyFields(zone)
        self._emergency.set_moment(now)
        inner.addWidget(self._emergency)
        inner.addWidget(Notice(_("Jangan mencatat passphrase di isian mana pun."), Tone.INFO))
        inner.addStretch(1)
        self.scrolled(inside)
        self.add_buttons(_("Simpan dan cetak tanda terima"))
        self._save = HintButton(_("Simpan"))
        self._save.clicked.connect(self._on_save)
        self.add_second(self._save)
        self._blank = self.written
        explained = _("Untuk pemohon berikutnya: semua isian dihapus.")
        self._anew = AnewLink(self, self._timer, explained, self._text, self.show_draft)
        self._anew.emptied.connect(self._on_anew)
        self.add_side_button(self._anew)
        self._form.changed.connect(self._on_changed)
        self._emergency.changed.connect(self._on_changed)
        self._in_person.toggled.connect(self._on_changed)
        self._timer.due.connect(self._on_due)
        self._enable()

    @Slot(object)
    def _on_found(self, entry: RegisterEntry) -> None:
        """What proves who somebody is comes from the papers and is never taken over from the register. Papers and all
        else that was written of somebody before are not the next one's."""
        if not _may_be(self._form.applicant, entry):
            self._empty()
        self._form.fill(Applicant(**{name: entry.text(name) for name in TAKEN_OVER}))
        self._form.focus_on("nik")

    @Slot()
    def _on_anew(self) -> None:
        self._empty()
        self._on_due()
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> None:
        self._form.fill(Applicant())
        self._paths = []
        self._show_files()
        self._in_person.box.setChecked(False)
        self._emergency.clear(self._now)

    def _make_files(self) -> QVBoxLayout:
        self._files = column(spacing=4)
        add = HintButton(_("Tambah berkas…"))
        add.clicked.connect(self.files_asked)
        box = column(spacing=6)
        box.addLayout(line((label(_("Berkas"), tone=Tone.QUIET, scale="small"), 1, add)))
        box.addLayout(self._files)
        self._show_files()
        return box

    @property
    def written(self) -> WalkInDraft:
        """What stands in it."""
        return WalkInDraft(self._form.applicant, tuple(self._paths), self._in_person.ticked, self._emergency.typed)

    def _text(self) -> str:
        """The same as it is kept; "" where nothing was written."""
        return "" if self.written == self._blank else self.written.text

    def show_draft(self, text: str) -> None:
        """What was written before, unless something is being written already."""
        draft = draft_of(text)
        if draft is None or self._form.applicant != Applicant() or self._paths:
            return
        self._form.fill(draft.applicant)
        self.add_files(draft.paths)
        self._in_person.box.setChecked(draft.told_in_person)
        self._emergency.fill(draft.emergency)
        self._timer.rest()

    @Slot(object)
    def add_files(self, paths: Sequence[Path]) -> None:
        self._paths += [path for path in paths if path not in self._paths]
        self._show_files()
        self._on_changed()

    def _show_files(self) -> None:
        clear(self._files)
        for path in self._paths:
            out = HintButton(_("Keluarkan"), role="link")
            out.setAccessibleName(_("Keluarkan {name}").format(name=path.name))
            out.clicked.connect(partial(self._on_out, path))
            self._files.addLayout(line((glyph("file-text"), label(path.name), 1, out)))
        if not self._paths:
            self._files.addWidget(label(_("Belum ada berkas. Surat PDF dan CSR dapat menyusul."), tone=Tone.QUIET))

    def _on_out(self, path: Path, _checked: bool = False) -> None:
        """It was the wrong one, or is no longer there: a draft remembers files of a stick that has gone."""
        self._paths.remove(path)
        self._show_files()
        self._on_changed()

    def _enable(self) -> None:
        """Whoever is entered from an emergency form was given the receipt that was cut off it."""
        at_counter = self._emergency.empty
        self.verb.setText(_("Simpan dan cetak tanda terima") if at_counter else _("Simpan permohonan"))
        self._save.setVisible(at_counter)
        lacking = self._form.lacking or ("" if self._emergency.complete else _(MEND_FIRST))
        self._save.setEnabled(not lacking)
        self._save.setAccessibleDescription(lacking)
        self.rest_verb(lacking)

    @Slot()
    def _on_changed(self) -> None:
        self._enable()
        self._anew.forget()
        self._timer.touch()

    @Slot()
    def _on_due(self) -> None:
        self.draft_due.emit(self.written.text)

    @Slot()
    def _on_save(self) -> None:
        self.attempt(partial(self._receive, prints=False))

    def act(self) -> None:
        self._receive(prints=self._emergency.empty)

    def _receive(self, prints: bool) -> None:
        self._timer.rest()
        self.received.emit(self.written, self._emergency.entry, prints)
        self.accept()


def _may_be(written: Applicant, entry: RegisterEntry) -> bool:
    """Whether what was written so far is about the person of the entry: by the NIP, else as far as the name goes."""
    if written.nip:
        return written.nip == entry.text("nip")
    return set(written.name.casefold().split()) <= set(entry.text("name").casefold().split())
