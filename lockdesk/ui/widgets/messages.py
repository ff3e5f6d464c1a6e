"""The messages of a case or a complaint, and what the officer does about one: settle it, send it again, tell it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.messages import MESSAGE_LABELS, MessageState
from lockdesk.desk.desk import Desk
from lockdesk.desk.office.notice_texts import NOTICE_LABELS
from lockdesk.desk.requests.fitting import is_kept
from lockdesk.desk.values.cases import Message
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.background import Lane
from lockdesk.ui.widgets.cards import Card, Notice, Row, Rows
from lockdesk.ui.widgets.forms import Field, Segments, text_area, too_short
from lockdesk.ui.widgets.parts import STACKED_PERCENT, ElidedLabel, HintButton, column, draw, glyph, label, set_tone
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _, again

Step = Callable[[Message, Callable[[], object], Lane], None]
"""Takes one step about a message on a worker, and reads again what it belongs to."""
Keep = Callable[[Sheet, Message, str], None]
"""Keeps what is half written in a dialog about a message, under a name, until its step is taken."""
MESSAGE_VERBS = {
    MessageState.UNSETTLED: N_("Putuskan…"),
    MessageState.FAILED: N_("Kirim lagi"),
    MessageState.BOUNCED: N_("Kirim lagi"),
    MessageState.COUNTER: N_("Sampaikan…"),
}
"""What is offered by state; every other message can be saved as a file."""
NEEDS_OFFICER = frozenset({MessageState.UNSETTLED, MessageState.BOUNCED})
UNDER_WAY = frozenset({MessageState.OWED, MessageState.QUEUED, MessageState.SENDING, MessageState.HANDED})
"""What is sent by itself: carried by hand as well it would arrive twice."""


class FileRow(Row):
    """A stored document or message: its name, what it is, and one thing that can be done with it."""

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._mark, self._name = glyph("file-text"), ElidedLabel()
        self._facts = ElidedLabel()
        self._facts.setProperty("scale", "small")
        self._facts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._button = HintButton(role="link")
        self._button.clicked.connect(self._on_clicked)
        self._identifier = 0
        words: tuple[QWidget, ...] = (self._name, self._facts)
        if theme.percent >= STACKED_PERCENT:
            self._facts.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            under = QWidget()
            stacked = column(under)
            for shown in words:
                stacked.addWidget(shown)
            words = (under,)
        super().__init__((self._mark, *words, self._button), 1, parent)

    def show_file(self, icon: str, name: str, facts: str, tone: Tone = Tone.QUIET, tip: str = "") -> None:
        draw(self._mark, icon, tone if tone is Tone.BAD else None)
        self._name.set_whole(name)
        self.setToolTip(tip)
        self._facts.set_whole(facts)
        set_tone(self._facts, tone)

    def offer(self, identifier: int, words: str, spoken: str) -> None:
        """`spoken` is what a screen reader says of the button; without words nothing can be done with the file."""
        self._identifier = identifier
        self._button.setText(words)
        self._button.setAccessibleName(spoken)
        self._button.setObjectName(str(identifier))
        self._button.setVisible(bool(words))

    @Slot()
    def _on_clicked(self) -> None:
        self.asked.emit(self._identifier)


class MessagesCard(Card):
    """The messages, each with the one thing that can be done about it."""

    export_asked = Signal(int)
    action_asked = Signal(object)

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(_("Pemberitahuan"), parent)
        self._times = times
        self._messages: dict[int, Message] = {}
        self._files = Rows(self._new_row)
        self.add_row(self._files)

    def show_messages(self, messages: Sequence[Message], now: datetime) -> None:
        self._messages = {message.id: message for message in messages}
        self.setVisible(bool(messages))
        for row, message in zip(self._files.show_count(len(messages)), messages, strict=True):
            tone = Tone.BAD if message.state in NEEDS_OFFICER else Tone.QUIET
            subject = message.subject or _(NOTICE_LABELS.get(message.notice, message.notice))
            row.show_file("mail", subject, self._facts(message, now), tone, tip=again(message.words))
            verb = _(MESSAGE_VERBS.get(message.state, N_("Ekspor…")))
            shown = message.state not in UNDER_WAY or not message.mail_id
            row.offer(message.id, verb if shown and message.subject else "", f"{verb} {subject}")

    def _facts(self, message: Message, now: datetime) -> str:
        state = _("disimpan untuk dibawa") if is_kept(message) else _(MESSAGE_LABELS[message.state])
        facts = f"{self._times.moment(message.at, now)} · {state}"
        if message.tries and message.next_at is not None:
            return _("{facts} · dicoba lagi {time}").format(facts=facts, time=self._times.clock(message.next_at))
        return facts

    def _new_row(self) -> FileRow:
        row = FileRow()
        row.asked.connect(self._on_asked)
        return row

    @Slot(int)
    def _on_asked(self, message_id: int) -> None:
        message = self._messages[message_id]
        if message.state in MESSAGE_VERBS:
            self.action_asked.emit(message)
        else:
            self.export_asked.emit(message_id)


class UnsettledSheet(Sheet):
    """Putuskan: nothing is sent again by itself."""

    help_at = help_places.FAILING
    looked_for = Signal(object)
    decided = Signal(object, bool, str)

    def __init__(self, parent: QWidget, message: Message) -> None:
        words = _("Pesan diserahkan, tetapi jawaban server e-mail tidak diterima. Program tidak mengirimnya lagi.")
        super().__init__(parent, _("Apakah pesan ini terkirim?"), words, width=600)
        self._message = message
        self.body.addWidget(label(message.subject, bold=True, wrap=True))
        self.body.addWidget(label(_("Kepada: {address}").format(address=message.to), tone=Tone.QUIET))
        self.body.addWidget(Notice(again(message.words), Tone.WARN))
        options = (("went", _("Sudah terkirim")), ("did_not_go", _("Tidak terkirim")))
        self._answer = Segments(options, _("Keputusan"), preset=False)
        self._answer.chosen.connect(self._on_changed)
        self.body.addWidget(self._answer)
        self._reason = text_area("", 3)
        self._reason.textChanged.connect(self._on_changed)
        self.body.addWidget(Field(_("Alasan"), self._reason, _("Alasan dicatat dalam rekam jejak.")))
        look = HintButton(_("Cari tembusannya"), role="link")
        look.clicked.connect(self._on_look)
        self.add_side_button(look)
        self.add_buttons(_("Catat keputusan"))
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        chosen = "" if self._answer.value else _("Pilih apakah pesannya terkirim.")
        self.rest_verb(chosen or too_short(self._reason.toPlainText()))

    @Slot()
    def _on_look(self) -> None:
        self.looked_for.emit(self._message)
        self.reject()  # nothing is decided by it: what was written is there again

    def act(self) -> None:
        self.decided.emit(self._message, self._answer.value == "went", self._reason.toPlainText().strip())
        self.accept()


class MessageWork(QObject):
    """What the officer does about a message."""

    def __init__(self, desk: Desk, step: Step, keep: Keep, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._step, self._keep, self._page = desk, step, keep, page

    @Slot(object)
    def begin(self, message: Message) -> None:
        """By the message's state: decides what is unsettled, sends again, records what was told."""
        if message.state is MessageState.UNSETTLED:
            sheet = UnsettledSheet(self._page, message)
            sheet.looked_for.connect(self._on_looked_for)
            sheet.decided.connect(self._on_decided)
            self._keep(sheet, message, "settle")
            sheet.open()
        elif message.state is MessageState.COUNTER:
            self._tell(message)
        else:
            self._step(message, partial(self._desk.outbox.again, message.id), Lane.DESK)

    @Slot(object)
    def _on_looked_for(self, message: Message) -> None:
        self._step(message, partial(self._desk.outbox.look, message.id), Lane.POST)

    @Slot(object, bool, str)
    def _on_decided(self, message: Message, went: bool, reason: str) -> None:
        outbox = self._desk.outbox
        self._step(message, partial(outbox.went if went else outbox.did_not_go, message.id, reason), Lane.DESK)

    def _tell(self, message: Message) -> None:
        title = _("Sampaikan kepada pemohon: {subject}").format(subject=message.subject)
        name = _("Bagaimana dan kapan pemohon diberi tahu")
        signed = _("Minta tanda tangan pemohon pada lembar bukti; simpan lembarnya.")
        sheet = ReasonSheet(self._page, message.id, "", title, message.body, _("Catat penyampaian"), name, signed)
        sheet.given.connect(self._on_told)
        self._told = message
        self._keep(sheet, message, "tell")
        sheet.open()

    @Slot(int, str, str)
    def _on_told(self, message_id: int, _key: str, how: str) -> None:
        if self._told.id == message_id:
            self._step(self._told, partial(self._desk.outbox.tell, message_id, how), Lane.DESK)
