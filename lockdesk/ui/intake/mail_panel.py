"""One mail of the tray: what it seems to be and why, its files, its words, its letter, and what can be done with it."""

import textwrap
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.tray import JOINING, OPENING, MailState, Seems, TrayMail
from lockdesk.ui.intake.mail_files import MailFiles
from lockdesk.ui.intake.mail_words import accept_words, bring_words, chip_of, join_words, sender_of, title_of
from lockdesk.ui.look.elide import ELLIPSIS
from lockdesk.ui.look.icons import icon
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.cards import Card, EmptyState, Flow
from lockdesk.ui.widgets.chips import Chip
from lockdesk.ui.widgets.facts import Fact
from lockdesk.ui.widgets.page_canvas import MARGIN
from lockdesk.ui.widgets.parts import (
    ElidedLabel,
    HintButton,
    WholeLabel,
    beside,
    column,
    framed,
    is_enter,
    label,
    line,
    set_tip,
)
from lockdesk.ui.widgets.preview import Preview
from lockdesk.words import _

_BESIDE = {"join": "accept", "accept": "join", "complain": "accept", "refuse": "accept", "bring": "join"}
"""The one other way that stands beside the proposal; the rest is in the menu behind the dots."""

_ROLES_FIXED = JOINING | {Seems.SEVERAL, Seems.UNREADABLE, Seems.COMPLAINT_REPLY, Seems.CERTIFICATE}
"""Where what a file is taken as changes nothing."""

_LONGEST_SUBJECT = 200
"""Letters; who writes more fills no window with it."""


class MailPanel(QWidget):
    """Shows the chosen mail; only the proposal is filled, and Enter takes it."""

    accept_asked = Signal(int)
    join_asked = Signal(object)
    """The mail, to be joined to a case that is still to be chosen."""
    joined = Signal(int, int)
    complain_asked = Signal(int)
    complaint_joined = Signal(int, int)
    """The mail, and the complaint that it answers."""
    bring_asked = Signal(object)
    """The mail, whose certificate goes to a case that waits for it."""
    refuse_asked = Signal(int)
    undo_asked = Signal(int)
    role_chosen = Signal(int, str, str)
    page_wanted = Signal(int, str, int, int)
    """A page (from 0) of a file of the mail, by its SHA-256, and how many pixels wide."""

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._times = times
        self.mail: TrayMail | None = None
        self._busy = False
        self._seen = ""
        self._match, self._files, self._text = Card(""), MailFiles(), Card(_("Isi e-mail"))
        self._files.role_chosen.connect(self._on_role)
        self._files.file_chosen.connect(self._see)
        self._text.set_note(_("sebagai teks, tautan tidak aktif"))
        self._buttons = {
            "refuse": HintButton(_("Bukan untuk layanan ini")),
            "undo": HintButton(_("Kembalikan ke surat masuk")),
            "complain": HintButton(_("Catat sebagai pengaduan")),
            "join": HintButton(""),
            "other": HintButton(_("Kasus lain…")),
            "accept": HintButton(""),
            "bring": HintButton(""),
        }
        for name, button in self._buttons.items():
            button.setObjectName(f"mail-{name}")
            button.clicked.connect(self._on_button)
        self._stack = QStackedLayout(self)
        self._empty = EmptyState("mail", _("Belum ada surat yang dipilih"))
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make())

    def _make(self) -> QWidget:
        flow = Flow()
        for card in (self._match, self._files, self._text):
            flow.add(card)
        return framed(self._make_head(), beside("mail", {flow: 560, self._make_letter(): 460}), self._make_bar())

    def _make_head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("head")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name = ElidedLabel()
        self._name.setProperty("scale", "title")
        self._name.setProperty("bold", "true")
        self._mailbox = ElidedLabel(mailbox=True)
        self._mailbox.setProperty("mono", "true")
        self._arrived, self._subject = label(tone=Tone.QUIET), WholeLabel()
        self._chip = Chip()
        inner = column(head)
        inner.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(8))
        inner.addWidget(self._name)
        second = line((self._mailbox, self._arrived, 1), 16)
        inner.addLayout(second)
        inner.addSpacing(theme.px(6))
        third = line((self._chip, self._subject), 12)
        third.setStretch(1, 1)
        third.setAlignment(self._chip, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(third)
        return head

    def _make_letter(self) -> QWidget:
        self._side = side = QWidget()
        side.setObjectName("sunk")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.pages = Preview()
        self.pages.setFrameShape(Preview.Shape.NoFrame)
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages.page_wanted.connect(self._on_page_wanted)
        self._no_letter = EmptyState("file-text", _("Tidak ada surat yang dapat ditampilkan"))
        self._letter = QStackedLayout(side)
        self._letter.addWidget(self._no_letter)
        self._letter.addWidget(self.pages)
        return side

    def _make_bar(self) -> QWidget:
        self._bar = bar = QWidget()
        bar.setObjectName("actionbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._on_entry)
        self._more = HintButton("")
        self._more.setIcon(icon("ellipsis"))
        self._more.setAccessibleName(_("Tindakan lain"))
        self._more.setToolTip(_("Tindakan lain"))
        self._more.clicked.connect(self._on_more)
        left = (self._buttons["refuse"], self._buttons["undo"], self._more)
        self._right = line((*(self._buttons[name] for name in ("complain", "other", "join", "accept", "bring")),), 8)
        inner = line((*left, 1), 8)
        inner.addLayout(self._right)
        inner.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(11))
        bar.setLayout(inner)
        return bar

    # ── showing ──
    def show_mail(self, mail: TrayMail, now: datetime) -> None:
        other = self.mail is None or self.mail.id != mail.id
        self.mail = mail
        self._stack.setCurrentIndex(1)
        self._name.set_whole(sender_of(mail))
        self._mailbox.set_whole(mail.sender.mailbox if mail.sender is not None else "")
        came = _("disampaikan {moment}") if mail.state is MailState.DELIVERED else _("masuk {moment}")
        self._arrived.setText(came.format(moment=self._times.moment(mail.arrived_at, now)))
        subject = mail.subject or _("tanpa subjek")
        self._subject.setText(textwrap.shorten(subject, _LONGEST_SUBJECT, placeholder=ELLIPSIS))
        set_tip(self._subject, subject if len(subject) > _LONGEST_SUBJECT else "")
        self._chip.show_state(*chip_of(mail))
        self._match.set_title(title_of(mail))
        reasons = [Fact("", words, mark=("check", Tone.OK)) for words in mail.match.reasons]
        doubts = [Fact("", words, mark=("circle-alert", Tone.WARN)) for words in mail.match.doubts]
        self._match.show_facts([*reasons, *doubts])
        undecided = mail.state in {MailState.WAITING, MailState.UNRELATED}
        changeable = undecided and mail.match.seems not in JOINING | {
            Seems.SEVERAL,
            Seems.UNREADABLE,
            Seems.COMPLAINT_REPLY,
        }
        self._files.show_files(mail.files, changeable)
        self._text.show_facts([Fact("", mail.text.strip() or _("Tidak ada kata-kata di dalamnya."))])
        self._show_buttons()
        self._side.setHidden(mail.state is MailState.DELIVERED)
        seen = [item.sha256 for item in mail.files if item.drawable]
        if other or self._seen not in seen:
            letter = [item.sha256 for item in mail.files if item.role == "statement" and item.drawable]
            self._see(next(iter(letter + seen), ""))
        self._files.mark_seen(self._seen)

    def forget(self) -> None:
        """Nothing is chosen."""
        self.mail = None
        self._see("")
        self._stack.setCurrentIndex(0)

    def set_busy(self, busy: bool) -> None:
        """While one decision is carried out no other one can be begun."""
        self._busy = busy
        self._show_buttons()

    @Slot(str)
    def _see(self, sha256: str) -> None:
        """All pages of a file, the first at once; "" none."""
        self._seen = sha256
        self._files.mark_seen(sha256)
        self._letter.setCurrentIndex(0)
        self._no_letter.set_words(
            _("Berkas sedang dibuka…") if sha256 else _("Tidak ada berkas yang dapat ditampilkan")
        )
        if sha256:
            self.pages.begin(self._paper_width() * 100 / theme.percent)

    @Slot(int, int)
    def _on_page_wanted(self, page: int, width: int) -> None:
        if self.mail is not None and self._seen:
            self.page_wanted.emit(self.mail.id, self._seen, page, width)

    @Slot(str, str)
    def _on_role(self, sha256: str, role: str) -> None:
        if self.mail is not None:
            self.role_chosen.emit(self.mail.id, sha256, role)

    def show_page(self, mail_id: int, sha256: str, pixels: PagePixels | None) -> None:
        """A late page of another mail or file is dropped."""
        if self.mail is None or (self.mail.id, self._seen) != (mail_id, sha256):
            return
        if pixels is None:
            self._no_letter.set_words(_("Berkas ini tidak dapat ditampilkan"))
            return
        self._letter.setCurrentIndex(1)
        self.pages.show_pixels(pixels)

    def _paper_width(self) -> int:
        width = self._side.width() - 2 * theme.px(MARGIN) - theme.px(14)
        return max(width, theme.px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pages.refit(self._paper_width())

    # ── deciding ──
    def proposal(self) -> str:
        """The button that is filled; "" where the officer must choose."""
        seems = self.mail.match.seems if self.mail is not None else Seems.UNREADABLE
        if self.mail is not None and self.mail.state is MailState.DELIVERED:
            return ""
        if self.mail is not None and self.mail.state is MailState.REFUSED:
            return "undo"
        if seems in JOINING or seems is Seems.COMPLAINT_REPLY:
            return "join"
        if self.mail is not None and self.mail.match.awaited:
            return "bring"
        return {Seems.COMPLAINT: "complain", Seems.UNRELATED: "refuse"}.get(seems, "accept" if seems in OPENING else "")

    def _show_buttons(self) -> None:
        mail = self.mail
        if mail is None:
            return
        seems, proposal = mail.match.seems, self.proposal()
        undecided = mail.state in {MailState.WAITING, MailState.UNRELATED}
        possible = {
            "refuse": undecided,
            "undo": mail.state is MailState.REFUSED,
            "complain": undecided,
            "join": undecided,
            "other": undecided and (seems in JOINING or seems is Seems.COMPLAINT_REPLY),
            "accept": undecided and seems is not Seems.CERTIFICATE,
            "bring": undecided and bool(mail.match.awaited),
        }
        usual = "complain" if mail.match.complaint is not None else _BESIDE.get(proposal, "join")
        beside = usual if theme.percent < 125 else ""
        at_hand = {proposal, beside, "refuse", "undo"}
        self._buttons["accept"].setText(accept_words(mail))
        self._buttons["join"].setText(join_words(mail))
        self._buttons["bring"].setText(bring_words(mail))
        for name, button in self._buttons.items():
            button.setVisible(possible[name] and name in at_hand)
            button.setEnabled(not self._busy)
            button.set_role("primary" if name == proposal else "")
            button.set_hint("Enter" if name == proposal else "")
        if proposal in {"complain", "join", "accept", "bring"}:
            self._right.addWidget(self._buttons[proposal])  # the proposal stands last
        self._bar.setHidden(not any(possible.values()))
        self._menu.clear()
        for name in (name for name, there in possible.items() if there and name not in at_hand):
            self._menu.addAction(self._buttons[name].text()).setData(name)
        self._more.setVisible(not self._menu.isEmpty())
        self._more.setEnabled(not self._busy)

    @Slot(int)
    def take_proposal(self, mail_id: int) -> None:
        """Enter on the mail that is shown; on another one it only shows that."""
        button = self._buttons.get(self.proposal())
        if self.mail is not None and self.mail.id == mail_id and button is not None and button.isEnabled():
            button.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the filled button shows as its key works wherever the keyboard is in the mail."""
        if is_enter(event) and self.mail is not None and not event.isAutoRepeat():
            self.take_proposal(self.mail.id)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_more(self) -> None:
        self._menu.popup(self._more.mapToGlobal(QPoint(0, -self._menu.sizeHint().height())))

    @Slot(QAction)
    def _on_entry(self, entry: QAction) -> None:
        self._take(entry.data())

    @Slot()
    def _on_button(self) -> None:
        self._take(self.sender().objectName().removeprefix("mail-"))

    def _take(self, name: str) -> None:
        mail = self.mail
        if mail is None or self._busy:
            return
        case, complaint = mail.match.case, mail.match.complaint
        if name == "join" and case is not None and mail.match.seems in JOINING:
            self.joined.emit(mail.id, case.id)
        elif name == "join" and complaint is not None:
            self.complaint_joined.emit(mail.id, complaint.id)
        elif name in {"join", "other"}:
            self.join_asked.emit(mail)
        elif name == "bring":
            self.bring_asked.emit(mail)
        else:
            asked = {
                "accept": self.accept_asked,
                "complain": self.complain_asked,
                "refuse": self.refuse_asked,
                "undo": self.undo_asked,
            }
            asked[name].emit(mail.id)
