"""The first start: work or practice, the office, the officer, the complaints officer, where data is kept.

Nothing is written here; the wizard only gives one frozen value to whoever started it.
"""

from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QRadioButton, QWidget

from lockdesk.core.profile import PROFILE_NAMES
from lockdesk.demands import CSR_ANSWERS, CSR_QUESTION, CsrAnswer
from lockdesk.desk.values.person_fields import fault_in
from lockdesk.errors import Declined
from lockdesk.ownfile import takes_files
from lockdesk.records import dataclass
from lockdesk.resource import resource
from lockdesk.settings import DeskSettings, OfficeProfile, Officer, load_office
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import here
from lockdesk.ui.shell.help_key import help_button
from lockdesk.ui.shell.unsaved import UnsavedScreen
from lockdesk.ui.widgets.cards import Card, Flow, Notice, WideRow
from lockdesk.ui.widgets.chips import Brand
from lockdesk.ui.widgets.days import date_field, day_of, days_are_whole
from lockdesk.ui.widgets.file_dialogs import Place, folder_dialog, open_dialog
from lockdesk.ui.widgets.forms import Field, Segments, beside, choice, text_field
from lockdesk.ui.widgets.parts import ENTER, HintButton, column, label, line, told_bar
from lockdesk.ui.widgets.room import fit_screen
from lockdesk.words import N_, _, system_words

MOST_PROFILE = 1024 * 1024
"""Bytes; arms and certificates included."""
_OTHER_WORK = N_(
    "Di sini sudah ada profil kerja; isian ini tidak berlaku untuknya. Buka profil itu, atau pilih folder lain."
)
_OTHER_PRACTICE = N_(
    "Di sini sudah ada profil pelatihan; isian ini tidak berlaku untuknya. Buka profil itu, atau pilih folder lain."
)
_GOES_ON = N_("Penyiapan di folder ini terhenti sebelum selesai, dan dilanjutkan dengan isian ini.")


class Lying(Enum):
    """What lies where a profile is to be."""

    NOTHING = "nothing"
    UNFINISHED = "unfinished"
    """A profile whose first start was interrupted: what is filled in counts for it."""
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What the first start decided. `office_file` is the profile that was chosen."""

    practice: bool
    office_file: Path
    csr_answer: CsrAnswer
    officer: Officer
    complaints_officer: str
    complaints_officer_phone: str
    data_folder: Path

    @property
    def profile_folder(self) -> Path:
        return self.data_folder / PROFILE_NAMES[self.practice]


class FirstStartWizard(UnsavedScreen):
    """One page, four cards: everything can be seen and changed before it begins."""

    finished = Signal(object)
    restore_asked = Signal(object)
    """With what is filled in: a backup is to be put into its folder instead."""
    profile_asked = Signal(object)
    """With what is filled in: the profile that its folder holds already is to be opened instead."""

    def __init__(
        self,
        data_folder: Path,
        practised: DeskSettings | None = None,
        parent: QWidget | None = None,
        lying: Callable[[Path], Lying] = lambda _folder: Lying.NOTHING,
    ) -> None:
        """`practised`: the settings of the practice profile that one comes from. Its people go on, work is what begins,
        and leaving leads back there. `lying`: what a profile's folder has already."""
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("LockDesk")
        fit_screen(self)
        self._lying = lying
        self._practised, self._usual = practised, data_folder
        self._practice = QRadioButton(_("Pelatihan: permohonan contoh, CA pelatihan, tidak ada yang dikirim"), self)
        self._work = QRadioButton(_("Kerja: permohonan sungguhan melalui portal CA"), self)
        self._practice.setChecked(True)
        self._profiles: dict[str, OfficeProfile] = {}
        self._office = choice(self._read_offices())
        here.zone = self._chosen_office.zone
        self._csr = Segments([(answer, _(words)) for answer, words in CSR_ANSWERS.items()], _(CSR_QUESTION))
        self._csr.choose(CsrAnswer.UNKNOWN)
        self._csr_note = label(tone=Tone.WARN, scale="small", wrap=True)
        self._name, self._nip, self._position = text_field(), text_field(mono=True), text_field()
        self._nip_field = Field("NIP", self._nip)
        self._since = date_field()
        self._proposed = self._since.text()
        self._official, self._phone = text_field(), text_field(mono=True)
        self._phone_field = Field(_("Nomor HP"), self._phone)
        self._folder = text_field(str(data_folder))
        self._folder_field = Field(_("Folder data"), self._folder)
        self._open_it = HintButton(_("Buka profil itu"), role="link")
        self._begin = HintButton(_("Mulai"), _("Enter"), role="primary")
        self._resting = label(tone=Tone.QUIET, scale="small", wrap=True)
        self._resting.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._take_over()
        self._untouched = self._typed()
        self._arrange()
        for edit in (self._name, self._nip, self._position, self._official, self._phone, self._folder):
            edit.textChanged.connect(self._on_changed)
        self._csr.chosen.connect(self._on_csr)
        self._office.currentIndexChanged.connect(self._on_office)
        self._folder.textChanged.connect(self._on_folder)
        self._folder.editingFinished.connect(self._tell_folder)
        self._practice.toggled.connect(self._tell_folder)
        self._open_it.clicked.connect(self._on_open_it)
        self._begin.clicked.connect(self._on_begin)
        self._on_csr()
        self._on_changed()
        self._tell_folder()

    def _read_offices(self) -> list[tuple[str, str]]:
        """The shipped profiles by file; a broken one is left out."""
        for path in sorted(resource("offices").glob("*.toml")):
            with suppress(Declined):
                self._profiles[str(path)] = load_office(path)
        return [(path, f"{profile.unit}, {profile.city}") for path, profile in self._profiles.items()]

    def _take_over(self) -> None:
        """Who practised goes on to work."""
        practised = self._practised
        if practised is None:
            return
        self._work.setChecked(True)
        for way in (self._practice, self._work):
            way.hide()
        officer = practised.acting_on(here.today())
        for edit, value in (
            (self._name, officer.name),
            (self._nip, officer.nip),
            (self._position, officer.position),
            (self._official, practised.complaints_officer),
            (self._phone, practised.complaints_officer_phone),
        ):
            edit.setText(value)

    def choose_mode(self, practice: bool) -> None:
        (self._practice if practice else self._work).setChecked(True)

    def resume(self, decided: FirstStart) -> None:
        """What was filled in before somebody looked for a backup instead."""
        self.choose_mode(decided.practice)
        self.take_office(str(decided.office_file))
        self._csr.choose(decided.csr_answer)
        self._since.set_day(decided.officer.since)
        for edit, text in (
            (self._name, decided.officer.name),
            (self._nip, decided.officer.nip),
            (self._position, decided.officer.position),
            (self._official, decided.complaints_officer),
            (self._phone, decided.complaints_officer_phone),
            (self._folder, str(decided.data_folder)),
        ):
            edit.setText(text)
        self._on_csr()
        self._tell_folder()

    def _typed(self) -> tuple[str, ...]:
        edits = (self._name, self._nip, self._position, self._official, self._phone, self._folder)
        return tuple(edit.text() for edit in edits)

    def _arrange(self) -> None:
        flow = Flow(measure=760, centred=True)
        fresh = self._practised is None
        title = _("Selamat datang di LockDesk") if fresh else _("Dari pelatihan ke pekerjaan")
        flow.add_layout(line((Brand(), label(title, scale="title", bold=True), 1), 10))
        if fresh:
            words = _("Enam keterangan untuk memulai. Semuanya dapat diubah kemudian di Pengaturan.")
        else:
            words = _("Profil kerja dimulai kosong; data pelatihan tetap terpisah dan dapat dibuka lagi kapan saja.")
        flow.add(label(words, tone=Tone.QUIET, wrap=True))
        if fresh:
            flow.add(self._mode_card())
        flow.add(self._officer_card())  # what must be written is seen without scrolling, however large the text
        flow.add(self._office_card())
        flow.add(self._official_card())
        leave = HintButton(_("Keluar") if fresh else _("Kembali ke pelatihan"))
        leave.clicked.connect(self.close)
        restore = HintButton(_("Pulihkan dari cadangan…"))
        restore.clicked.connect(self._on_restore)
        guide = help_button(self, help_places.ADMINISTRATOR)
        outer = column(self)
        outer.addWidget(flow, 1)
        outer.addWidget(told_bar((leave, restore, guide), self._resting, (self._begin,)))

    def _mode_card(self) -> Card:
        card = Card(_("Cara pakai"))
        inside = QWidget()
        inner = column(inside, 0, 4)
        inner.addWidget(self._practice)
        inner.addWidget(self._work)
        words = _("Kedua cara pakai memakai basis data yang terpisah dan tidak pernah tercampur.")
        inner.addWidget(label(words, tone=Tone.QUIET, scale="small", wrap=True))
        card.add_row(WideRow(inside, 10))
        return card

    def _office_card(self) -> Card:
        card = Card(_("Kantor"))
        inside = QWidget()
        browse = HintButton(_("Pilih…"))
        browse.clicked.connect(self._on_browse)
        row = beside(browse, self._folder_field)
        inner = column(inside, 0, 8)
        other = HintButton(_("Berkas lain…"))
        other.setAccessibleName(_("Pilih berkas profil kantor"))
        other.clicked.connect(self._on_other_office)
        self._office_field = Field(_("Profil kantor"), self._office)
        inner.addLayout(beside(other, self._office_field))
        inner.addLayout(row)
        inner.addWidget(self._open_it, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(Field(_(CSR_QUESTION), self._csr))
        inner.addWidget(self._csr_note)
        card.add_row(WideRow(inside, 10))
        return card

    def _officer_card(self) -> Card:
        card = Card(_("Petugas"))
        card.set_note(_("dicantumkan pada setiap cetakan"))
        inside = QWidget()
        inner = column(inside, 0, 8)
        first = line((Field(_("Nama"), self._name), self._nip_field), 12)
        second = line((Field(_("Jabatan"), self._position), Field(_("Bertugas sejak"), self._since)), 12)
        for row in (first, second):
            row.setStretch(0, 3)
            row.setStretch(1, 2)
            inner.addLayout(row)
        card.add_row(WideRow(inside, 10))
        return card

    def _official_card(self) -> Card:
        card = Card(_("Pejabat pengaduan"))
        card.set_note(_("boleh diisi kemudian"))
        inside = QWidget()
        inner = column(inside, 0, 8)
        row = line((Field(_("Nama"), self._official), self._phone_field), 12)
        row.setStretch(0, 3)
        row.setStretch(1, 2)
        inner.addLayout(row)
        words = _("Nama dan nomor pejabat adalah data pribadi yang dapat berganti, maka tidak disertakan.")
        inner.addWidget(Notice(words, Tone.INFO))
        card.add_row(WideRow(inside, 10))
        return card

    @property
    def value(self) -> FirstStart:
        """What is filled in now."""
        officer = Officer(
            self._name.text().strip(),
            "".join(ch for ch in self._nip.text() if ch.isdigit()),
            self._position.text().strip(),
            day_of(self._since),
        )
        return FirstStart(
            practice=self._practice.isChecked(),
            office_file=Path(self._office.currentData()),
            csr_answer=CsrAnswer(self._csr.value),
            officer=officer,
            complaints_officer=self._official.text().strip(),
            complaints_officer_phone=self._phone.text().strip(),
            data_folder=Path(self._folder.text().strip()),
        )

    @Slot()
    def _on_csr(self) -> None:
        """Who does not know yet begins all the same."""
        words = _("Sementara CSR diwajibkan menurut standar pelayanan; Pengaturan mengingatkan sampai dipastikan.")
        unsure = self._csr.value == CsrAnswer.UNKNOWN
        self._csr_note.setText(words if unsure else "")
        self._csr_note.setVisible(unsure)

    @Slot()
    def _on_changed(self) -> None:
        nip_fault = fault_in("nip", self._nip.text())
        phone_fault = fault_in("phone", self._phone.text())
        self._nip_field.show_typed_fault(nip_fault)
        self._phone_field.show_typed_fault(phone_fault)
        lacking = {
            _("Tulis nama petugas untuk memulai."): not self._name.text().strip(),
            _("Perbaiki NIP petugas untuk memulai."): bool(nip_fault),
            _("Perbaiki nomor HP pejabat pengaduan untuk memulai."): bool(phone_fault),
            _("Pilih folder data untuk memulai."): not self._folder.text().strip(),
        }
        reason = next((words for words, lacks in lacking.items() if lacks), "")
        self._resting.setText(reason)
        self._begin.setEnabled(not reason)
        self._begin.setAccessibleDescription(reason)

    @Slot()
    def _on_browse(self) -> None:
        dialog = folder_dialog(self, _("Folder data"), self._folder.text())
        dialog.fileSelected.connect(self._folder.setText)
        dialog.fileSelected.connect(self._tell_folder)
        dialog.open()

    @Slot()
    def _on_other_office(self) -> None:
        dialog = open_dialog(self, _("Profil kantor"), Place.OFFICE, "TOML (*.toml)")
        dialog.fileSelected.connect(self.take_office)
        dialog.open()

    @Slot(str)
    def take_office(self, path: str) -> None:
        """Another city's profile; what is wrong in it is told at the field, and the choice stays as it was."""
        try:
            if Path(path).stat().st_size > MOST_PROFILE:
                raise Declined(_("Berkas terlalu besar untuk sebuah profil kantor."), _("Pilih berkas lain."))
            profile = load_office(Path(path))
        except Declined as error:
            self._office_field.show_fault(f"{error.message} {error.remedy}")
            return
        except OSError as error:
            self._office_field.show_fault(system_words(error))
            return
        self._office_field.show_fault("")
        if path not in self._profiles:
            self._office.addItem(f"{profile.unit}, {profile.city}", path)
        self._profiles[path] = profile
        self._office.setCurrentIndex(self._office.findData(path))
        self._on_office()  # of a file that was chosen once more, too

    @property
    def _chosen_office(self) -> OfficeProfile:
        return self._profiles[self._office.currentData()]

    @Slot()
    def _on_office(self) -> None:
        """The day that is proposed is the chosen office's."""
        here.zone = self._chosen_office.zone
        if self._since.text() == self._proposed:
            self._since.set_day(here.today())
            self._proposed = self._since.text()

    @Slot()
    def _on_restore(self) -> None:
        fault = folder_fault(self._folder.text().strip(), self._usual)
        if fault:
            self._folder_field.show_fault(fault)
            self._folder.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._done = True
            self.restore_asked.emit(self.value)

    @Slot()
    def _on_begin(self) -> None:
        if not self._tell_folder():
            self._folder.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._begin.isEnabled() and days_are_whole(self):
            self._done = True
            self.finished.emit(self.value)

    @Slot()
    def _on_open_it(self) -> None:
        self._done = True
        self.profile_asked.emit(self.value)

    @Slot()
    def _on_folder(self) -> None:
        """What was told of another folder."""
        self._folder_field.show_hint("")
        self._open_it.hide()

    @Slot()
    def _tell_folder(self) -> bool:
        """Tells at the folder why it cannot serve, or what lies there: a profile of this kind is offered to be opened.
        Whether nothing stands in the way."""
        value = self.value
        fault = folder_fault(self._folder.text().strip(), self._usual)
        lies = Lying.NOTHING if fault else self._lying(value.profile_folder)
        if lies is Lying.PROFILE:
            fault = _(_OTHER_PRACTICE if value.practice else _OTHER_WORK)
        self._folder_field.show_hint(_(_GOES_ON) if lies is Lying.UNFINISHED else "")
        self._folder_field.show_fault(fault)
        self._open_it.setVisible(lies is Lying.PROFILE)
        return not fault

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins from whatever field one is in, as in a dialog."""
        if event.key() in ENTER and not event.isAutoRepeat():
            self._begin.click()
        else:
            super().keyPressEvent(event)

    @property
    def unsaved(self) -> bool:
        return self._typed() != self._untouched or self._since.text() != self._proposed

    def take_back(self, fault: str = "") -> None:
        super().take_back()
        if fault:
            self._folder_field.show_fault(fault)


def folder_fault(text: str, usual: Path) -> str:
    """Why data cannot be kept in a folder, in words; "" where it can. `usual` is the program's own folder."""
    folder = Path(text)
    if not folder.is_absolute():
        return _("Tulis alamat folder selengkapnya, misalnya {example}.").format(example=Path.home() / "LockDesk")
    try:
        return _fault_of(folder, usual)
    except OSError as error:  # a name that is too long, a folder above that may not be looked into
        return _("Folder ini tidak dapat dipakai: {why}.").format(why=system_words(error))


def _fault_of(folder: Path, usual: Path) -> str:
    """The same of a whole address. Raises OSError where the system does not even tell."""
    standing = next((place for place in (folder, *folder.parents) if place.exists() or place.is_symlink()), None)
    if standing is None:
        return _("Tempat ini tidak ada di komputer ini.")
    if not standing.is_dir():
        return _("{name} adalah berkas, bukan folder.").format(name=standing)
    if not takes_files(standing):
        return _("Folder ini tidak dapat ditulisi. Pilih folder lain.")
    if standing == folder != usual and _foreign(folder):
        return _("Folder ini sudah berisi berkas lain. Pilih folder kosong, atau buat folder baru di dalamnya.")
    return ""


def _foreign(folder: Path) -> bool:
    """Whether something lies there, and no profile."""
    names = {found.name for found in folder.iterdir()}
    return bool(names) and names.isdisjoint(PROFILE_NAMES.values())
