"""The heads of section with their dates of service: who signs, confirms and watches; an acting head goes before."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lockdesk.core.identity import print_nip
from lockdesk.desk.values.person_fields import fault_in
from lockdesk.settings import Head
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import here
from lockdesk.ui.office.officers import KeepTexts, halves, service_words
from lockdesk.ui.widgets.cards import Card, Row
from lockdesk.ui.widgets.days import date_field, day_of
from lockdesk.ui.widgets.forms import CheckLine, Field, Segments, text_field
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _

PREFIXES = (("", N_("definitif")), ("Plt.", "Plt."), ("Plh.", "Plh."))


class HeadsCard(Card):
    """Who is head since when; nobody is taken out, old prints keep old names."""

    changed = Signal(object)
    own_way_asked = Signal(object)
    """A Head: the own passphrase."""

    def __init__(
        self,
        heads: tuple[Head, ...],
        position: str,
        own_ways: bool,
        keep: KeepTexts,
        parent: QWidget | None = None,
    ) -> None:
        """`position`: what a head of section is called here; `own_ways`: whether there may be own passphrases; `keep`
        keeps what is half written."""
        super().__init__(_("Kepala Bidang"), parent)
        self._heads, self._position, self._keep = heads, position, keep
        self.set_note(
            _("menandatangani, mengonfirmasi pemusnahan, dan menguji petik; masuk dengan frasa sandi sendiri")
        )
        for place, head in enumerate(heads):
            self._add(place, head, own_ways)
        if not heads:
            self.add_row(Row((label(_("Belum dicatat: cetakan memuat titik-titik."), tone=Tone.QUIET, wrap=True),), 0))
        add = HintButton(_("Tambah kepala…"))
        add.clicked.connect(partial(self._open, None))
        self.add_row(Row((add, 1)))

    def _add(self, place: int, head: Head, own_ways: bool) -> None:
        inside = QWidget()
        words = column(inside, 0, 2)
        nip = label(print_nip(head.nip), tone=Tone.QUIET, mono=True, scale="small")
        words.addLayout(line((label(head.name), nip, 1), 10))
        told = f"{head.title} · {service_words(head)}"
        words.addWidget(label(told, tone=Tone.QUIET, scale="small", wrap=True))
        parts: list[QWidget] = [inside]
        if own_ways:
            own = HintButton(_("Frasa sandi…"), role="link")
            own.setAccessibleName(_("Frasa sandi {name}").format(name=head.name))
            own.clicked.connect(partial(self.own_way_asked.emit, head))
            parts.append(own)
        correct = HintButton(_("Koreksi…"), role="link")
        correct.setAccessibleName(_("Koreksi {name}").format(name=head.name))
        correct.clicked.connect(partial(self._open, place))
        self.add_row(Row((*parts, correct), 0))

    def _open(self, place: int | None, _checked: bool = False) -> None:
        sheet = HeadSheet(self, self._heads[place] if place is not None else None, self._position)
        sheet.given.connect(partial(self._on_given, place))
        self._keep(sheet, f"head:{'new' if place is None else place}")
        sheet.open()

    def _on_given(self, place: int | None, head: Head) -> None:
        kept = list(self._heads)
        if place is None:
            kept.append(head)
        else:
            kept[place] = head
        self.changed.emit(tuple(kept))


class HeadSheet(Sheet):
    """One head; what is impossible is told at the field."""

    help_at = help_places.HEADS_PART
    given = Signal(object)

    def __init__(self, parent: QWidget, head: Head | None, position: str) -> None:
        words = _("Plt. dan Plh. didahulukan pada hari tugasnya, dan dicetak di depan jabatan.")
        super().__init__(parent, _("Kepala Bidang"), words, width=620)
        known = head or Head("", "", position, here.today())
        self.prefix = Segments([(value, _(words)) for value, words in PREFIXES], _("Kedudukan"))
        self.prefix.choose(known.prefix)
        self.name, self.nip = text_field(known.name), text_field(known.nip, mono=True)
        self.position = text_field(known.position)
        self.since = date_field(known.since)
        self.until = date_field(known.until or known.since)
        self.ends = CheckLine("ends", _("Masa tugas berakhir"))
        self.ends.box.setChecked(known.until is not None)
        self._name_field, self._nip_field = Field(_("Nama"), self.name), Field("NIP", self.nip)
        self._until_field = Field(_("Sampai"), self.until)
        self.body.addLayout(halves((self._name_field, self._nip_field)))
        self.body.addLayout(halves((Field(_("Kedudukan"), self.prefix), Field(_("Jabatan"), self.position))))
        self.body.addLayout(halves((Field(_("Bertugas sejak"), self.since), self._until_field)))
        self.body.addWidget(self.ends)
        self._until_field.setVisible(self.ends.ticked)
        self.ends.toggled.connect(self._until_field.setVisible)
        self.add_buttons(_("Simpan"))

    def act(self) -> None:
        head = Head(
            self.name.text().strip(), self.nip.text().strip().replace(" ", ""), self.position.text().strip(),
            day_of(self.since), day_of(self.until) if self.ends.ticked else None, prefix=self.prefix.value,
        )  # fmt: skip
        backwards = head.until is not None and head.until < head.since
        faults = (
            (self._name_field, "" if head.name else _("Isi nama pejabat.")),
            (self._nip_field, fault_in("nip", head.nip) if head.nip else _("NIP pejabat belum diisi.")),
            (self._until_field, _("Masa tugas berakhir sebelum dimulai.") if backwards else ""),
        )
        for field, words in faults:
            field.show_fault(words)
        if not any(words for _field, words in faults):
            self.given.emit(head)
            self.accept()
