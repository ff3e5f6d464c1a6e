"""The officers with their dates of service: a correction adds, old prints keep old names, so nobody is taken out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lockdesk.core.identity import print_nip
from lockdesk.desk.values.office import OfficersVersion
from lockdesk.desk.values.person_fields import fault_in
from lockdesk.settings import Officer
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import here
from lockdesk.ui.widgets.cards import Card, Notice, Row
from lockdesk.ui.widgets.days import date_field, day_of
from lockdesk.ui.widgets.forms import CheckLine, Field, text_field
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.ui.widgets.past_sheet import PastVersion, recorded_words
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, date_words

KeepTexts = Callable[[Sheet, str], None]
"""Keeps what is half written in a dialog, under a name."""


def service_words(officer: Officer) -> str:
    """ "sejak 1 Januari 2026", and by which letter a substitute serves."""
    span = _("sejak {day}").format(day=date_words(officer.since))
    if officer.until is not None:
        span = f"{date_words(officer.since)} – {date_words(officer.until)}"
    if officer.letter_date is not None:
        words = _("pengganti, surat tugas {number} tanggal {day}")
        span += " · " + words.format(number=officer.letter_number, day=date_words(officer.letter_date))
    return span


class OfficersCard(Card):
    """Who serves since when; a successor ends the one before, a substitute serves beside."""

    changed = Signal(object)
    past_asked = Signal()
    own_way_asked = Signal(object)
    """An Officer: a substitute's own passphrase."""

    def __init__(
        self, officers: tuple[Officer, ...], own_ways: bool, keep: KeepTexts, parent: QWidget | None = None
    ) -> None:
        """`own_ways`: whether substitutes may have passphrases of their own; `keep` keeps what is half written."""
        super().__init__(_("Petugas"), parent)
        self._officers, self._own_ways, self._keep = officers, own_ways, keep
        self.set_note(_("berlaku menurut tanggal; cetakan lama tetap memuat nama lama"))
        past = HintButton(_("Riwayat"), role="link")
        past.setAccessibleName(_("Riwayat {rule}").format(rule=_("Petugas")))
        past.clicked.connect(self.past_asked)
        self.add_to_head(past)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for place, officer in enumerate(self._officers):
            inside = QWidget()
            words = column(inside, 0, 2)
            nip = label(print_nip(officer.nip), tone=Tone.QUIET, mono=True, scale="small")
            words.addLayout(line((label(officer.name), nip, 1), 10))
            words.addWidget(label(service_words(officer), tone=Tone.QUIET, scale="small", wrap=True))
            correct = HintButton(_("Koreksi…"), role="link")
            correct.setAccessibleName(_("Koreksi {name}").format(name=officer.name))
            correct.clicked.connect(partial(self._open, place))
            parts: list[QWidget] = [inside, correct]
            if officer.substitute and self._own_ways:
                own = HintButton(_("Frasa sandi…"), role="link")
                own.setAccessibleName(_("Frasa sandi {name}").format(name=officer.name))
                own.clicked.connect(partial(self.own_way_asked.emit, officer))
                parts.insert(1, own)
            self.add_row(Row(tuple(parts), 0))
        follow, substitute = HintButton(_("Ganti petugas…")), HintButton(_("Tambah pengganti…"))
        follow.clicked.connect(partial(self._open, None))
        substitute.clicked.connect(partial(self._open, None, True))
        self.add_row(Row((follow, substitute, 1)))

    def _open(self, place: int | None, substitute: bool = False) -> None:
        officer = self._officers[place] if place is not None else None
        substitute = substitute or (officer is not None and officer.substitute)

        def unserved(told: Officer) -> date | None:
            return _unserved_after(told, self._with(place, told, substitute))

        sheet = OfficerSheet(self, officer, substitute, unserved)
        sheet.given.connect(partial(self._on_given, place, substitute))
        self._keep(sheet, f"officer:{'new' if place is None else place}:{substitute:d}")
        sheet.open()

    def _on_given(self, place: int | None, substitute: bool, officer: Officer) -> None:
        self.changed.emit(self._with(place, officer, substitute))

    def _with(self, place: int | None, officer: Officer, substitute: bool) -> tuple[Officer, ...]:
        """The list once `officer` is recorded: at his place, or as one more."""
        kept = list(self._officers)
        if place is not None:
            kept[place] = officer
        else:
            ended = kept if substitute else [_ended(one, officer.since) for one in kept]
            kept = [*ended, officer]
        return tuple(kept)


class OfficerSheet(Sheet):
    """One officer; what is impossible is told at the field."""

    help_at = help_places.OFFICERS
    given = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        officer: Officer | None,
        substitute: bool,
        unserved: Callable[[Officer], date | None],
    ) -> None:
        """`unserved`: the day from which nobody would serve if this officer were recorded."""
        title = _("Petugas pengganti") if substitute else _("Petugas")
        super().__init__(parent, title, _("Catatan sebelumnya tetap tersimpan dalam riwayat."), width=620)
        self._substitute, self._unserved = substitute, unserved
        known = officer or Officer("", "", "", here.today())
        self.name, self.nip = text_field(known.name), text_field(known.nip, mono=True)
        self.position, self.email = text_field(known.position), text_field(known.email)
        self.since = date_field(known.since)
        self.until = date_field(known.until or known.since)
        self.ends = CheckLine("ends", _("Masa tugas berakhir"))
        self.ends.box.setChecked(known.until is not None or (substitute and officer is None))
        self.number = text_field(known.letter_number)
        self.letter_day = date_field(known.letter_date or known.since)
        self._name_field, self._nip_field = Field(_("Nama"), self.name), Field("NIP", self.nip)
        self._until_field = Field(_("Sampai"), self.until)
        self._number_field = Field(_("Nomor surat tugas"), self.number)
        inside = QWidget()
        inner = column(inside, 0, 10)
        for fields in (
            (self._name_field, self._nip_field),
            (Field(_("Jabatan"), self.position), Field(_("E-mail dinas"), self.email)),
            (Field(_("Bertugas sejak"), self.since), self._until_field),
        ):
            inner.addLayout(halves(fields))
        inner.addWidget(self.ends)
        letter = QWidget()
        letter.setLayout(halves((self._number_field, Field(_("Tanggal surat tugas"), self.letter_day))))
        inner.addWidget(letter)
        letter.setVisible(substitute)  # within the dialog: alone it would flash as a window
        self._nobody = Notice("")
        inner.addWidget(self._nobody)
        self.scrolled(inside)
        self.add_buttons(_("Simpan"))
        self.ends.toggled.connect(self._until_field.setVisible)
        self._until_field.setVisible(self.ends.ticked)
        self.ends.toggled.connect(self._tell_who_is_left)
        for day in (self.since, self.until):
            day.day_changed.connect(self._tell_who_is_left)
        self._tell_who_is_left()

    @Slot()
    def _tell_who_is_left(self) -> None:
        day = self._unserved(self._officer())
        if day is not None:
            words = _("Mulai {day} tidak ada petugas yang melayani. Catat petugas berikutnya sebelum hari itu.")
            self._nobody.set_words(words.format(day=date_words(day)))
        self._nobody.setVisible(day is not None)

    def act(self) -> None:
        officer = self._officer()
        faults = (
            (self._name_field, "" if officer.name else _("Isi nama petugas.")),
            (self._nip_field, fault_in("nip", officer.nip)),
            (self._until_field, _("Masa tugas berakhir sebelum dimulai.") if _backwards(officer) else ""),
            (self._number_field, _("Isi nomor surat tugas.") if self._substitute and not officer.substitute else ""),
        )
        for field, words in faults:
            field.show_fault(words)
        if not any(words for _field, words in faults):
            self.given.emit(officer)
            self.accept()

    def _officer(self) -> Officer:
        return Officer(
            self.name.text().strip(),
            self.nip.text().strip().replace(" ", ""),
            self.position.text().strip(),
            day_of(self.since),
            day_of(self.until) if self.ends.ticked else None,
            self.email.text().strip(),
            self.number.text().strip() if self._substitute else "",
            day_of(self.letter_day) if self._substitute else None,
        )


def past_officers(versions: Sequence[OfficersVersion], zone: tzinfo) -> Iterator[PastVersion]:
    """Every list of officers that was recorded."""
    for version in versions:
        texts = tuple(f"{officer.name}: {service_words(officer)}" for officer in version.officers)
        yield PastVersion(recorded_words(version.recorded_at, version.actor, zone), texts)


def halves(fields: Sequence[QWidget]) -> QHBoxLayout:
    """Fields side by side, equally wide."""
    row = line(fields, 12)
    for place in range(len(fields)):
        row.setStretch(place, 1)
    return row


def _unserved_after(officer: Officer, officers: Sequence[Officer]) -> date | None:
    """The day after an officer's last one, where nobody of all of them serves then."""
    if officer.until is None or _backwards(officer):
        return None
    day = officer.until + timedelta(days=1)
    return None if any(one.serves_on(day) for one in officers) else day


def _backwards(officer: Officer) -> bool:
    return officer.until is not None and officer.until < officer.since


def _ended(officer: Officer, since: date) -> Officer:
    if officer.until is not None or officer.since >= since:
        return officer
    return replace(officer, until=since - timedelta(days=1))
