"""The telephone call: whom one called, what was said, and whether that confirms the request."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from lockdesk.core.confirmation import CallResult, SightedDocument, StandIn
from lockdesk.core.identity import normal_phone, print_phone
from lockdesk.core.secrets import looks_like_passphrase
from lockdesk.desk.requests.calls import CALL_FAULTS, DOCUMENTS, STAND_INS, CallFault, call_fault, stand_in_words
from lockdesk.desk.requests.steps import awaits_call_alone
from lockdesk.desk.values.cases import CallForm, CaseView
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.desk.values.person_fields import fault_in
from lockdesk.desk.values.register import RegisterPage
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.value_words import csr_words, usable_words
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.forms import (
    PASSPHRASE_WARNING,
    CheckLine,
    Field,
    Segments,
    choice,
    text_area,
    text_field,
    write_anew,
)
from lockdesk.ui.widgets.parts import ENTER, SELECTABLE, HintButton, column, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _

CALL_RESULTS = {
    CallResult.CONFIRMED: N_("Membenarkan"),
    CallResult.DENIED: N_("Menyangkal"),
    CallResult.UNANSWERED: N_("Tidak diangkat"),
}


class StandInChoice(QWidget):
    """Whom one calls: the applicant, or a superior or personnel officer whom the register knows."""

    changed = Signal()
    people_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        roles = [("", _("Pemohon")), *((str(role), _(words).capitalize()) for role, words in STAND_INS.items())]
        self._roles = Segments(roles, _("Yang dihubungi"))
        self._search = text_field(placeholder=_("Cari nama, NIP, atau unit kerja"))
        self._search.setAccessibleName(_("Cari data kepegawaian"))
        write_anew(self._search)
        self._find = HintButton(_("Cari"))
        self._people = choice([("", _("belum dipilih"))])
        self._people.setAccessibleName(_("Orang yang dihubungi"))
        self._people.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._entries: dict[str, RegisterEntry] = {}
        self._others = QWidget()
        row = line((self._search, self._find, self._people), 8)
        row.setStretch(0, 2)
        row.setStretch(2, 3)
        row.setContentsMargins(0, 0, 0, 0)
        self._others.setLayout(row)
        self._others.hide()
        inner = column(self, 0, 8)
        inner.addWidget(self._roles)
        inner.addWidget(self._others)
        self._roles.chosen.connect(self._on_role)
        self._find.clicked.connect(self._on_find)
        self._people.currentIndexChanged.connect(self.changed)

    @property
    def role(self) -> StandIn | None:
        return StandIn(self._roles.value) if self._roles.value else None

    @property
    def entry(self) -> RegisterEntry | None:
        return self._entries.get(str(self._people.currentData())) if self.role is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter searches; it does not save the call."""
        if event.key() in ENTER:
            self._on_find()
            event.accept()
            return
        super().keyPressEvent(event)

    def show_people(self, page: RegisterPage) -> None:
        self._entries = {str(entry.id): entry for entry in page.rows}
        self._people.clear()
        self._people.addItem(_("belum dipilih") if page.rows else _("tidak ditemukan"), "")
        for key, entry in self._entries.items():
            self._people.addItem(stand_in_words(entry), key)

    @Slot()
    def _on_role(self) -> None:
        self._others.setVisible(self.role is not None)
        self.changed.emit()

    @Slot()
    def _on_find(self) -> None:
        self.people_wanted.emit(self._search.text().strip())


class CallSheet(Sheet):
    """Catat konfirmasi telepon: says while it is written whether the call will confirm the request."""

    help_at = help_places.CHECKING

    recorded = Signal(int, object, bool)
    """Case, CallForm, and whether the request is accepted by it: where the call was all that was missing."""
    people_wanted = Signal(str)
    """Who may speak for the applicant; answered by `show_people`."""

    def __init__(self, parent: QWidget, case: CaseView, zone: ZoneInfo, in_person: bool = False) -> None:
        """`in_person`: an applicant who is present may be identified instead."""
        words = _("Hanya panggilan keluar ke nomor pada data kepegawaian yang dihitung sebagai konfirmasi.")
        super().__init__(parent, _("Catat konfirmasi telepon"), words, width=580)
        self._case, self._zone, self._in_person = case, zone, in_person
        self._known = print_phone(case.register.text("phone")) if case.register is not None else ""
        ways = [("out", _("Panggilan keluar")), ("in", _("Panggilan masuk"))]
        if in_person:
            ways.append(("present", _("Hadir di loket")))
        self._way = Segments(ways, _("Arah panggilan"))
        self._sighted = choice(
            [("", _("belum dipilih")), *((str(kind), _(words)) for kind, words in DOCUMENTS.items())]
        )
        self._sighted_field = Field(_("Dokumen yang dilihat (tidak disalin)"), self._sighted)
        self._sighted_field.hide()
        self._result = Segments(
            [(result.value, _(words)) for result, words in CALL_RESULTS.items()],
            _("Hasil panggilan"),
            preset=False,
            keyed=True,
        )
        self._number = choice([(self._known, self._known)] if self._known else [])
        self._number.setEditable(True)
        self._number.setCurrentText(self._known)
        self._number_field = Field(_("Nomor yang dihubungi"), self._number)
        self._through = StandInChoice()
        self._reached = text_field()
        write_anew(self._reached)  # another call may reach somebody else
        self._note = text_area("", 3)
        self._note_field = Field(_("Catatan (jangan mencatat passphrase)"), self._note)
        self._outcome = Notice("")
        self._csr = self._read_out(case)
        self._certificate = _certificates(case, zone)
        self._arrange()
        self.add_buttons(_("Simpan"))
        self._alone = HintButton(_("Simpan panggilan saja"), role="link")
        self._alone.clicked.connect(self._on_alone)
        self.add_side_button(self._alone)
        self._connect()
        self._on_changed()

    def _connect(self) -> None:
        self._through.changed.connect(self._on_through)
        self._through.people_wanted.connect(self.people_wanted)
        self._way.chosen.connect(self._on_way)
        self._result.chosen.connect(self._on_result)
        self._sighted.currentIndexChanged.connect(self._on_changed)
        self._number.editTextChanged.connect(self._on_changed)
        self._reached.textChanged.connect(self._on_changed)
        self._note.textChanged.connect(self._on_changed)
        self._certificate.currentIndexChanged.connect(self._on_changed)
        if self._csr is not None:
            self._csr.toggled.connect(self._on_changed)

    def _arrange(self) -> None:
        """Who was reached beside the number, and all of it scrolled: large letters fit a small screen, too. What is
        always to be chosen comes first, and what follows from it stands right below."""
        inside = QWidget()
        inner = column(inside, 0, 10)
        who = line((self._number_field, self._sighted_field, Field(_("Berbicara dengan"), self._reached)), 12)
        who.setStretch(0, 1)
        who.setStretch(1, 1)
        who.setStretch(2, 1)
        inner.addWidget(self._dialled())
        inner.addWidget(Field(_("Hasil panggilan"), self._result))
        inner.addWidget(self._outcome)
        inner.addLayout(who)
        inner.addWidget(self._way)
        inner.addWidget(self._through)
        if self._csr is not None:
            inner.addWidget(self._csr)
        if self._certificate.count() > 1:
            inner.addWidget(Field(_("Sertifikat yang disebut pemohon"), self._certificate))
        inner.addWidget(self._note_field)
        inner.addStretch(1)
        # Room is kept for the longest that is said.
        self._show_outcome(max(CALL_FAULTS, key=lambda fault: len(_(CALL_FAULTS[fault]))))
        wraps = inside.hasHeightForWidth()
        wanted = inside.heightForWidth(theme.px(500)) if wraps else inside.sizeHint().height()
        self.scrolled(inside, wanted / theme.px(1))

    def _dialled(self) -> QFrame:
        """The number as it is dialled, and what is asked."""
        card = QFrame()
        card.setObjectName("card")
        inner = column(card, 12, 6)
        number = label(self._known or _("Nomor belum ada dalam data kepegawaian"), mono=bool(self._known))
        number.setProperty("scale", "number" if self._known else "")
        number.setTextInteractionFlags(SELECTABLE)
        inner.addWidget(number)
        question = _("“Apakah benar Bapak/Ibu {name} sendiri yang mengajukan penerbitan ulang sertifikat elektronik?”")
        inner.addWidget(label(question.format(name=self._case.applicant.name), wrap=True))
        inner.addWidget(label(_("Passphrase tidak pernah ditanyakan."), tone=Tone.QUIET, scale="small"))
        return card

    def focus_first(self) -> None:
        """On the result: one key chooses it, and the name follows."""
        if not self._result.value and self._resumed is None:
            self._result.take_focus()
        else:
            super().focus_first()

    @Slot()
    def _on_result(self) -> None:
        """Next is with whom one spoke; nobody where nobody answered."""
        reached = self._result.value != CallResult.UNANSWERED and self._reached.isEnabled()
        (self._reached if reached else self._note).setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_changed()

    @Slot()
    def _on_alone(self) -> None:
        if self.verb.isEnabled():
            self.recorded.emit(self._case.id, self._form(), False)
            self.accept()

    def _read_out(self, case: CaseView) -> CheckLine | None:
        """The CSR to be read out where the letter does not name its key; never ticked by itself."""
        csr = case.csr_to_name()
        if csr is None or all(finding.check != "csr.confirmed" for finding in case.findings):
            return None
        return CheckLine("csr", _("Dibacakan dan dibenarkan pemohon: CSR {csr}").format(csr=csr_words(csr, self._zone)))

    def show_people(self, page: RegisterPage) -> None:
        """Those whom the register found."""
        self._through.show_people(page)

    @Slot()
    def _on_through(self) -> None:
        """The number is that of whoever is called; nobody else recognises the applicant's own CSR."""
        entry = self._through.entry
        if self._csr is not None:
            self._csr.setVisible(self._through.role is None)
        if self._through.role is not None or not self._reached.isEnabled():
            self._reached.setText(stand_in_words(entry) if entry is not None else "")
            self._reached.setCursorPosition(0)
        self._reached.setEnabled(self._through.role is None)
        self._number.setCurrentText(print_phone(entry.text("phone")) if entry is not None else self._known_number())
        self._on_changed()

    def _known_number(self) -> str:
        return self._known if self._through.role is None else ""

    @Slot()
    def _on_way(self) -> None:
        """A caller's number is written as it was shown; the register's is not assumed."""
        outgoing = self._way.value == "out"
        present = self._way.value == "present"
        self._through.setVisible(outgoing)
        self._number_field.setVisible(not present)
        self._sighted_field.setVisible(present)
        self._number_field.set_name(_("Nomor yang dihubungi") if outgoing else _("Nomor penelepon (boleh kosong)"))
        self._number.setCurrentText(self._known if outgoing else "")
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        number, form = self._number.currentText().strip(), self._form()
        self._number_field.show_typed_fault(fault_in("phone", number))
        warning = _(PASSPHRASE_WARNING) if looks_like_passphrase(self._note.toPlainText()) else ""
        self._note_field.show_fault(warning)
        reason = self._why_resting(form, number, warning)
        self.rest_verb(reason)
        undocumented = self._way.value == "present" and form.sighted is None
        self._outcome.setVisible(bool(self._result.value) and not undocumented)
        fault = self._fault(form)
        self._show_outcome(fault)
        accepting = self._accepts(fault)
        self.verb.setText(_("Simpan dan nyatakan sesuai") if accepting else _("Simpan"))
        self.verb.setAccessibleName(self.verb.text())
        self._alone.setVisible(accepting and self.verb.isEnabled())

    def _fault(self, form: CallForm) -> CallFault:
        return call_fault(self._case, form, self._zone, self._through.entry, self._in_person)

    def _accepts(self, fault: CallFault) -> bool:
        """Whether nothing is left to be judged once this call is kept. A call to somebody else is looked at again."""
        named = self._csr is None or self._csr.ticked
        own = self._through.role is None or self._way.value != "out"
        return fault is CallFault.NONE and bool(self._result.value) and named and own and awaits_call_alone(self._case)

    def _why_resting(self, form: CallForm, number: str, warning: str) -> str:
        """What is missing before the call can be kept; "" where nothing is."""
        if not self._result.value:
            return _("Pilih hasil panggilan untuk menyimpan.")
        if self._way.value == "present" and form.sighted is None:
            return _("Pilih dokumen yang dilihat untuk menyimpan.")
        if not form.number and (form.outgoing or number):
            return _("Isi nomor telepon yang benar untuk menyimpan.")
        if not _is_name(form.reached) and form.result is not CallResult.UNANSWERED:
            return _("Isi nama lawan bicara untuk menyimpan.")
        return warning

    def _show_outcome(self, fault: CallFault) -> None:
        if fault is CallFault.NONE and self._csr is not None and (not self._csr.ticked or self._through.role):
            words = _("Panggilan ini memenuhi konfirmasi telepon, tetapi CSR belum dibenarkan: peringatannya tetap.")
            self._outcome.say(words, Tone.WARN)
        elif fault is CallFault.NONE:
            present = _("Pengenalan langsung ini memenuhi konfirmasi.")
            words = present if self._document is not None else _("Panggilan ini memenuhi konfirmasi telepon.")
            self._outcome.say(words, Tone.OK)
        elif fault is CallFault.DENIED:
            self._outcome.say(_(CALL_FAULTS[fault]), Tone.BAD)
        else:
            self._outcome.say(
                _("{reason} Panggilan ini tidak memenuhi konfirmasi telepon.").format(reason=_(CALL_FAULTS[fault])),
                Tone.WARN,
            )

    def _form(self) -> CallForm:
        return CallForm(
            result=CallResult(self._result.value or CallResult.CONFIRMED),
            outgoing=self._way.value == "out",
            number=normal_phone(self._number.currentText()),
            reached=self._reached.text().strip(),
            note=self._note.toPlainText().strip(),
            csr_confirmed=self._csr is not None and self._csr.ticked,
            sighted=self._document,
            through=self._through.role if self._way.value == "out" else None,
            through_id=self._through.entry.id if self._through.entry is not None else 0,
            certificate=str(self._certificate.currentData() or ""),
            basis=self._case.basis,
        )

    @property
    def _document(self) -> SightedDocument | None:
        chosen = str(self._sighted.currentData())
        return SightedDocument(chosen) if chosen and self._way.value == "present" else None

    def act(self) -> None:
        form = self._form()
        self.recorded.emit(self._case.id, form, self._accepts(self._fault(form)))
        self.accept()


def _is_name(text: str) -> bool:
    """Letters, and not the key of the result once more."""
    return sum(ch.isalpha() for ch in text) > 1


def _certificates(case: CaseView, zone: ZoneInfo) -> QComboBox:
    """What the applicant can name; nothing is assumed."""
    named = [(item.serial, usable_words(item, zone)) for item in case.to_be_named()]
    box = choice([("", _("belum disebut")), *named])
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box
