"""The message to the applicant, previewed and edited before it goes."""

from dataclasses import replace
from datetime import datetime
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.office.notice_texts import NOTICE_LABELS
from lockdesk.desk.values.cases import Message
from lockdesk.records import dataclass
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime, here
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.days import DayBox, day_of
from lockdesk.ui.widgets.forms import CheckLine, Field, Segments, keep_choice, text_area, text_field, too_short
from lockdesk.ui.widgets.parts import HintButton, label
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _, again


class Passage(Enum):
    """How a message gets to the applicant."""

    POSTED = auto()
    GOES = auto()
    """The step that owed it has put it into the outbox already."""
    CARRIED = auto()
    """By hand, where the office has no mail account."""
    KEPT = auto()
    """By hand, and it was kept for that before."""


_PASSAGE_WORDS = {
    Passage.GOES: N_(
        "Pesan ini dikirim dengan sendirinya dari kotak keluar, juga setelah Batal. Bila diubah di sini, yang diubah "
        "dikirim sebagai gantinya, atau menyusul bila yang pertama sudah terkirim."
    ),
    Passage.CARRIED: N_(
        "Kantor tidak memakai akun e-mail, jadi pesan ini tidak terkirim dengan sendirinya. Simpan dahulu, lalu bawa "
        "dengan Ekspor… dari kartu Pemberitahuan dan kirim dengan program e-mail."
    ),
    Passage.KEPT: N_(
        "Pesannya sudah disimpan dan tidak terkirim dengan sendirinya. Catat di sini setelah pemohon benar-benar "
        "diberi tahu."
    ),
}
_VERBS = {Passage.CARRIED: N_("Simpan untuk dibawa")}
_INTO_OUTBOX = N_("Masukkan ke kotak keluar")
_SECOND = N_(
    "Pesan sejenis sudah diekspor untuk dibawa ({time}), jadi pemohon mungkin sudah menerimanya. Pesan ini menyusul "
    "sebagai pesan kedua."
)


@dataclass(frozen=True, slots=True)
class Ending:
    """What follows once there is proof that the applicant was told: the case is completed, its slip is printed."""

    completes: bool
    prints: bool


class NoticeSheet(Sheet):
    """Kirim pemberitahuan. In practice it is a simulation; at work the officer may state how it was told."""

    help_at = help_places.REVOKING
    delivered = Signal(int, object, object)
    told = Signal(int, str, object)
    """With what follows (Ending)."""

    def __init__(
        self,
        parent: QWidget,
        message: Message,
        name: str,
        practice: bool,
        in_person: bool = False,
        ends: bool = False,
        passage: Passage = Passage.POSTED,
        exported: str = "",
    ) -> None:
        """`in_person`: the applicant cannot open the office mailbox. `ends`: this message is the last thing owed.
        `exported`: when one like it was exported to be carried."""
        title = _("Beri tahu {name}").format(name=name)
        super().__init__(parent, title, width=680)
        self._message = message
        self._ends, self._passage = ends, passage
        options = (("send", _("Lewat e-mail")), ("told", _("Sudah disampaikan langsung")))
        self._way = Segments(options, _("Cara pemberitahuan"))
        self._way.chosen.connect(self._on_way)
        guiding = message.notice.startswith("portal_")
        if practice:
            self.body.addWidget(Notice(_("Mode pelatihan: pesan hanya disimulasikan, tidak dikirim."), Tone.WARN))
        self.body.addWidget(self._way)
        kept = passage is Passage.KEPT
        self._way.setHidden(practice or guiding or kept)  # not before it has its place: it would be a window of its own
        to = label(_("Kepada: {address}").format(address=message.to), tone=Tone.QUIET)
        self.body.addWidget(to)
        words = _PASSAGE_WORDS.get(passage)
        self._passage_words = label(_(words) if words else "", tone=Tone.QUIET, wrap=True)
        self.body.addWidget(self._passage_words)
        second = [Notice(_(_SECOND).format(time=exported), Tone.WARN)] if exported else []
        for warning in second:
            self.body.addWidget(warning)
        self._subject = text_field(message.subject)
        self._body = text_area(message.body, 10)
        self._how = text_area("", 3)
        subject_field = Field(_("Perihal"), self._subject)
        body_field = Field(_("Isi"), self._body)
        self._how_field = Field(_("Bagaimana dan kapan pemohon diberi tahu"), self._how)
        for field in (subject_field, body_field, self._how_field):
            self.body.addWidget(field)
        self._of_a_mail: tuple[QWidget, ...] = (to, *second, subject_field, body_field)
        self._completes = CheckLine("completes", _("Selesaikan kasus begitu terbukti pemohon diberi tahu"))
        self._prints = CheckLine("prints", _("Cetak bukti penyelesaian setelah kasus selesai"))
        for box in (self._completes, self._prints):
            box.box.setChecked(ends)
            keep_choice(box.box)
            self.body.addWidget(box)
        self._completes.toggled.connect(self._prints.setEnabled)
        self._send_words = _("Kirim (simulasi)") if practice else _(_VERBS.get(passage, _INTO_OUTBOX))
        self.add_buttons(self._send_words, final=True)
        for area in (self._body, self._how):
            area.textChanged.connect(self._on_text)
        self._subject.textChanged.connect(self._on_text)
        if (in_person and not practice and not guiding) or kept:
            self._way.choose("told")
        self._on_way(self._way.value)

    @Slot(str)
    def _on_way(self, way: str) -> None:
        by_mail = way == "send"
        for widget in self._of_a_mail:
            widget.setVisible(by_mail)
        kept = self._passage is Passage.KEPT
        self._passage_words.setVisible(bool(self._passage_words.text()) and by_mail != kept)
        for box in (self._completes, self._prints):
            box.setVisible(self._ends and not self._is_kept_only)
        self._how_field.setVisible(not by_mail)
        self.verb.setText(self._send_words if by_mail else _("Catat pemberitahuan"))
        self._on_text()

    @property
    def _is_kept_only(self) -> bool:
        """Whether the message is only kept, which tells nobody anything yet: what follows is asked for afterwards."""
        return self._way.value == "send" and self._passage is Passage.CARRIED

    @Slot()
    def _on_text(self) -> None:
        if self._way.value == "told":
            self.rest_verb(too_short(self._how.toPlainText()))
        else:
            whole = bool(self._subject.text().strip()) and bool(self._body.toPlainText().strip())
            self.rest_verb("" if whole else _("Tulis perihal dan isi pesan."))

    def focus_first(self) -> None:
        """Nothing has to be typed where it goes by mail: its words are read, and Ctrl+Enter sends them."""
        if self._way.value == "send" and self._resumed is None:
            self.verb.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            super().focus_first()

    def act(self) -> None:
        completes = self._completes.ticked and not self._is_kept_only
        ending = Ending(completes, completes and self._prints.ticked)
        if self._way.value == "told":
            self.told.emit(self._message.case_id, self._how.toPlainText().strip(), ending)
        else:
            subject, body = self._subject.text().strip(), self._body.toPlainText()
            self.delivered.emit(self._message.case_id, replace(self._message, subject=subject, body=body), ending)
        self.accept()


class ConfirmedSheet(Sheet):
    """A notice that was confirmed before, and the ways on from it."""

    help_at = help_places.REVOKING
    told_asked = Signal()

    def __init__(self, parent: QWidget, title: str, words: str, message: Message) -> None:
        super().__init__(parent, title, words, width=600)
        self._message = message
        self.body.addWidget(label(message.subject or _(NOTICE_LABELS[message.notice]), bold=True, wrap=True))
        if message.to:
            self.body.addWidget(label(_("Kepada: {address}").format(address=message.to), tone=Tone.QUIET, wrap=True))

    def _offer(self, words: str, asked: SignalInstance) -> None:
        """Another way on, which takes the place of this dialog."""
        button = HintButton(words, role="link")
        button.clicked.connect(self.reject)
        button.clicked.connect(asked)
        self.add_side_button(button)


class WaitingSheet(ConfirmedSheet):
    """It has not gone yet: why, when it is tried again, and what can be done meanwhile."""

    send_asked = Signal(object)

    def __init__(
        self, parent: QWidget, message: Message, name: str, times: OfficeTime, now: datetime, ends: bool
    ) -> None:
        """`ends`: this message is the last thing owed."""
        words = _("Sudah dikonfirmasi dan dikirim dengan sendirinya; Kirim sekarang hanya mempercepatnya.")
        super().__init__(parent, _("Pemberitahuan untuk {name} menunggu dikirim").format(name=name), words, message)
        if message.words:
            self.body.addWidget(Notice(again(message.words), Tone.WARN))
        if message.tries and message.next_at is not None:
            tried = _("Dicoba lagi {time}.").format(time=times.moment(message.next_at, now))
            self.body.addWidget(label(tried, tone=Tone.QUIET))
        if ends:
            self._offer(_("Sudah disampaikan langsung…"), self.told_asked)
        self.add_buttons(_("Kirim sekarang"))

    def act(self) -> None:
        self.send_asked.emit(self._message)
        self.accept()


class KeptSheet(ConfirmedSheet):
    """It is kept to be carried by hand, as the office has no mail account."""

    export_asked = Signal(int)
    change_asked = Signal()

    def __init__(self, parent: QWidget, message: Message, name: str, ends: bool) -> None:
        """`ends`: this message is the last thing owed."""
        words = _(
            "Kantor tidak memakai akun e-mail: pesan tidak terkirim dengan sendirinya. Ekspor pesannya dan kirim "
            "dengan program e-mail."
        )
        then = _("Catat setelah pemohon benar-benar diberi tahu.")
        title = _("Pemberitahuan untuk {name} disimpan untuk dibawa").format(name=name)
        super().__init__(parent, title, f"{words} {then}" if ends else words, message)
        self._offer(_("Ubah…"), self.change_asked)
        if ends:
            self._offer(_("Catat pemberitahuan…"), self.told_asked)
        self.add_buttons(_("Ekspor…"))

    def act(self) -> None:
        self.export_asked.emit(self._message.id)
        self.accept()


class HandOverSheet(Sheet):
    """Catat penyerahan surat pengembalian: who took the printed letter over, and on which day."""

    help_at = help_places.REVOKING
    handed_over = Signal(int, str, object)

    def __init__(self, parent: QWidget, case_id: int, name: str) -> None:
        words = _("Dicatat sebagai bukti, bila penerima sudah menandatangani surat yang dicetak.")
        super().__init__(parent, _("Kepada siapa surat pengembalian diserahkan?"), words)
        self._case_id = case_id
        self._name = text_field(name)
        self._on = DayBox(here.today(), latest=here.today())
        self.body.addWidget(Field(_("Nama penerima"), self._name))
        self.body.addWidget(Field(_("Tanggal penyerahan"), self._on))
        self.add_buttons(_("Catat penyerahan"))
        self._name.textChanged.connect(self._on_name)
        self._on_name(name)

    @Slot(str)
    def _on_name(self, name: str) -> None:
        self.rest_verb("" if name.strip() else _("Tulis nama penerimanya."))

    def act(self) -> None:
        self.handed_over.emit(self._case_id, self._name.text().strip(), day_of(self._on))
        self.accept()
