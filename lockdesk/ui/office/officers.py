"""The officers with their dates of service: old prints keep old names, so nobody is taken out."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.identity import print_nip
from lockdesk.desk.values.person_fields import fault_in
from lockdesk.settings import Officer
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.cards import Card, Row, WideRow
from lockdesk.ui.widgets.forms import Field, date_field, text_field
from lockdesk.ui.widgets.parts import HintButton, label, line
from lockdesk.words import _, date_words


class OfficersCard(Card):
    """Who serves since when; a successor ends the one before."""

    changed = Signal(object)

    def __init__(self, officers: tuple[Officer, ...], parent: QWidget | None = None) -> None:
        super().__init__(_("Petugas"), parent)
        self._officers = officers
        self.set_note(_("berlaku menurut tanggal; cetakan lama tetap memuat nama lama"))
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for officer in self._officers:
            span = _("sejak {day}").format(day=date_words(officer.since))
            if officer.until is not None:
                span = f"{date_words(officer.since)} – {date_words(officer.until)}"
            nip = label(print_nip(officer.nip), tone=Tone.QUIET, mono=True, scale="small")
            self.add_row(Row((label(officer.name), nip, 1, label(span, tone=Tone.QUIET, scale="small"))))
        self._name, self._nip, self._position = text_field(), text_field(mono=True), text_field()
        self._since = date_field()
        self._nip_field = Field("NIP", self._nip)
        add = HintButton(_("Ganti petugas"))
        add.clicked.connect(self._on_add)
        inside = QWidget()
        fields = (Field(_("Nama"), self._name), self._nip_field, Field(_("Jabatan"), self._position))
        row = line((*fields, Field(_("Sejak"), self._since), add), 12)
        row.setAlignment(add, Qt.AlignmentFlag.AlignBottom)
        row.setStretch(0, 1)
        inside.setLayout(row)
        self.add_row(WideRow(inside, 10))

    @Slot()
    def _on_add(self) -> None:
        nip = self._nip.text().strip().replace(" ", "")
        fault = fault_in("nip", nip)
        self._nip_field.show_fault(fault)
        name = self._name.text().strip()
        if not name or fault:
            return
        chosen = self._since.date()
        since = date(chosen.year(), chosen.month(), chosen.day())
        before = tuple(_ended(officer, since) for officer in self._officers)
        self._officers = (*before, Officer(name, nip, self._position.text().strip(), since))
        self._fill()
        self.changed.emit(self._officers)


def _ended(officer: Officer, since: date) -> Officer:
    if officer.until is not None or officer.since >= since:
        return officer
    return Officer(officer.name, officer.nip, officer.position, officer.since, since - timedelta(days=1))
