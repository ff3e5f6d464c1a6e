"""The status line: open until when, which gateway, the journal, the officer."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from lockdesk.core.messages import MessageState
from lockdesk.core.roles import Role
from lockdesk.desk.values.office import DeskStatus
from lockdesk.ui.look.actions import WINDOW_SPEC, WindowAction
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.parts import (
    ElidedLabel,
    HintButton,
    column,
    glyph,
    hairline,
    label,
    line,
    set_tip,
    set_tone,
    settle,
)
from lockdesk.words import DAYS, N_, _, date_words, number_words

_WHO = {Role.OFFICER: N_("Petugas: {name}"), Role.HEAD: N_("Kepala Bidang: {name}")}

_LEAST = 40
"""Pixels at 100 % that a word keeps however little room there is."""
_ONE_ROW = 110
"""Up to this text size all that always stands there fits on one row of a small screen."""


class StatusLine(QWidget):
    """Shows one DeskStatus."""

    lock_asked = Signal()

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._times = times
        self._open, self._until = label(bold=True), label()
        # Where there is no room the reminder and the gateway stay readable before the rest.
        self._gateway, self._journal = ElidedLabel(), ElidedLabel()
        self._gateway.setProperty("bold", "true")
        self._decides = False
        """A message waits for the officer's decision."""
        self._unsure = ElidedLabel(_("CSR belum dipastikan"))
        set_tone(self._unsure, Tone.WARN)
        self._leave = ElidedLabel()
        set_tone(self._leave, Tone.WARN)
        self._leave.hide()
        self._arrivals = ElidedLabel()
        set_tone(self._arrivals, Tone.WARN)
        self._arrivals.hide()
        self._post, self._mail = ElidedLabel(), ElidedLabel()
        self._mail_fails = self._journal_fails = False
        self._risk = ElidedLabel()
        set_tone(self._risk, Tone.BAD)
        self._risk.hide()
        self._backup = ElidedLabel(_("Cadangan gagal"))
        set_tone(self._backup, Tone.WARN)
        self._backup.hide()
        self._officer, self._busy = ElidedLabel(), ElidedLabel()
        self._slow, self._fade = QTimer(self), QTimer(self)
        for timer, pause in ((self._slow, 400), (self._fade, 8000)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
        self._slow.timeout.connect(self._on_slow)
        self._fade.timeout.connect(self._on_faded)
        self._lock = HintButton(_("Kunci"), "Ctrl+L", "quiet")
        self._lock.clicked.connect(self.lock_asked)
        self._gateway_name = label("Gateway")
        self.troubles = WaitingTroubles()
        place = (self._pair(self._open, self._until), self._pair(self._gateway_name, self._gateway))
        news = (self._arrivals, self._post, self._mail, self._unsure, self._risk, self._leave, self._backup, self._busy)
        whose = (self._officer, self.troubles, self._lock)
        one, two = ((*place, self._journal, *news, 1, *whose),), ((*place, 1, *whose), (self._journal, *news, 1))
        lines = one if theme.percent <= _ONE_ROW else two
        self._rows = tuple(self._row(widgets) for widgets in lines)
        inner = column()
        for row in self._rows:
            inner.addWidget(row)
        inner.setContentsMargins(theme.px(16), 0, theme.px(12), 0)
        self.setLayout(inner)
        self._told = Told(parent or self)
        self._busy.hide()
        self.setFixedHeight(theme.px(27 if len(self._rows) == 1 else 46))
        self.setAccessibleName(_("Status"))

    def _row(self, widgets: Sequence[QWidget | int]) -> QWidget:
        made = QWidget()
        made.setLayout(line(widgets, 22))
        return made

    def _pair(self, first: QLabel, second: QLabel) -> QWidget:
        made = QWidget()
        made.setLayout(line((first, second), 4))
        return made

    def show_status(self, status: DeskStatus, now: datetime) -> None:
        if status.open_until is not None:
            self._open.setText(_("Buka"))
            self._until.setText(_("sampai {time}").format(time=self._times.clock(status.open_until)))
        else:
            self._open.setText(_("Sedang tutup"))
            day = self._times.day(status.next_open)
            when = "" if day == self._times.day(now) else _(DAYS[day.weekday()]) + " "
            self._until.setText(_("buka {when}").format(when=when + self._times.clock(status.next_open)))
        self._gateway.set_whole(status.gateway)
        set_tone(self._gateway, Tone.WARN if status.training else None)
        self._show_risk(status)
        self._show_journal(status)
        self._show_post(status)
        self._decides = bool(status.outbox.get(MessageState.UNSETTLED))
        self._unsure.setVisible(status.csr_to_confirm)
        self._leave.set_whole(_("Cuti bersama {year} belum diisi").format(year=status.leave_unknown))
        self._leave.setVisible(bool(status.leave_unknown))
        self._officer.set_whole(_(_WHO[status.role]).format(name=status.officer))
        self._allot()

    def _show_risk(self, status: DeskStatus) -> None:
        """That documents are read without walls on this computer, as long as that is so."""
        risk = status.risk
        self._risk.setVisible(risk is not None)
        if risk is not None:
            day = date_words(self._times.day(risk.accepted_at))
            self._risk.set_whole(_("Ruang baca tidak tertutup · risiko diterima {day}").format(day=day))
            self._risk.explain(f"{risk.name}, {risk.position}")

    def _show_journal(self, status: DeskStatus) -> None:
        count, behind = number_words(status.journal_count), number_words(status.mark_behind)
        tone = None
        words = _("Rekam jejak utuh · catatan {count}").format(count=count)
        if not status.journal_whole:
            words, tone = _("Rekam jejak tidak utuh"), Tone.BAD
        elif status.mark_behind:
            words, tone = _("Tanda batas belum tertulis · {n} catatan").format(n=behind), Tone.WARN
        self._journal_fails = tone is not None
        self._journal.set_whole(words)
        set_tone(self._journal, tone)

    def _show_post(self, status: DeskStatus) -> None:
        """Quietly what waits; what the officer must decide a little louder."""
        unsure, count = status.outbox.get(MessageState.UNSETTLED, 0), sum(status.outbox.values())
        words = _("{n} pesan menunggu dikirim").format(n=number_words(count)) if count else ""
        if unsure:
            words = _("{n} pesan belum pasti terkirim").format(n=number_words(unsure))
        self._post.set_whole(words)
        set_tone(self._post, Tone.WARN if unsure else Tone.QUIET)

    def show_mail(self, words: str, trouble: str) -> None:
        """When the mailbox was looked into, or that it is out of reach; why is told by the tool tip."""
        self._mail.set_whole(words)
        self._mail.explain(trouble)
        self._mail_fails = bool(trouble)
        set_tone(self._mail, Tone.QUIET)
        self._allot()

    @Slot(int)
    def show_arrivals(self, count: int) -> None:
        """How many things that came in wait until the officer can be asked about them."""
        words = _("{n} kiriman menunggu ditanyakan")
        self._arrivals.explain(_("Ditanyakan setelah petugas berhenti mengetik atau dialog ditutup."))
        self._arrivals.set_whole(words.format(n=number_words(count)))
        self._arrivals.setVisible(bool(count))
        self._allot()

    def show_backup(self, trouble: str) -> None:
        """That the last backup failed, until one holds; why is told by the tool tip and by its page."""
        self._backup.explain(trouble)
        self._backup.setVisible(bool(trouble))
        self._allot()

    def show_troubles(self, waiting: Sequence[str]) -> None:
        """What went wrong and waits to be read, the oldest first."""
        self.troubles.show_all(waiting)
        self._allot()

    def show_busy(self, busy: bool) -> None:
        """Only what takes long enough to be noticed."""
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            if self._busy.whole == _("Bekerja…"):
                self._set_words("")

    def say(self, words: str) -> None:
        """A short sentence that goes away by itself."""
        self._set_words(words)
        self._fade.start()

    def _set_words(self, words: str) -> None:
        self._busy.set_whole(words)
        self._allot()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._allot()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._tell()

    def _allot(self) -> None:
        """What there is room for, to what must be read first. What matters least goes whole, and is told by the tool
        tip; only then the rest is shortened. The line never widens the window."""
        self._let_go()
        wishes = (
            (self.troubles.words, 380), (self._arrivals, 240), (self._post, 200 if self._decides else _LEAST),
            (self._unsure, 200), (self._risk, 340), (self._leave, 200), (self._backup, 200), (self._gateway, 100),
        )  # fmt: skip
        self._busy.hide()
        for words, _most in wishes:
            words.ensurePolished()
            words.setMinimumWidth(min(words.sizeHint().width(), theme.px(_LEAST)))
        settle(self)
        for row in self._rows:
            room = row.width() - row.minimumSizeHint().width()
            for words, most in wishes:
                more = min(words.sizeHint().width(), theme.px(most)) - words.minimumWidth()
                if more > 0 and not words.isHidden() and row.isAncestorOf(words):
                    given = max(min(more, room), 0)
                    words.setMinimumWidth(words.minimumWidth() + given)
                    room -= given
        self._tell()

    def _let_go(self) -> None:
        """Takes away, one after the other, what matters least."""
        least = [self._officer, self._post]
        for part, fails in ((self._journal, self._journal_fails), (self._mail, self._mail_fails)):
            least.insert(len(least) if fails else 0, part)
        if self._decides:
            least.remove(self._post)
        for part in (*least, self._post):
            part.setVisible(bool(part.whole))
            part.ensurePolished()
        settle(self)
        gone = []
        for part in least if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else ():  # else there is no room yet
            row = next(row for row in self._rows if row.isAncestorOf(part))
            if part.whole and row.sizeHint().width() > row.width():
                part.hide()
                settle(self)
                gone.append(part.whole)
        set_tip(self, "\n".join(reversed(gone)))

    def _tell(self) -> None:
        """What is said now stands beside what always stands there, or over it where it would shorten that."""
        row, words = self._rows[-1], self._busy.whole
        self._busy.ensurePolished()
        self._busy.hide()
        fits = row.sizeHint().width() + theme.px(22) + self._busy.sizeHint().width() <= row.width()
        self._busy.setVisible(bool(words) and fits)
        beside = self._lock.width() + (0 if self.troubles.isHidden() else self.troubles.width() + theme.px(22))
        self._told.tell("" if fits else words, self.geometry(), beside + theme.px(24))

    @Slot()
    def _on_slow(self) -> None:
        if not self._fade.isActive():
            self._set_words(_("Bekerja…"))

    @Slot()
    def _on_faded(self) -> None:
        self._set_words("")


class WaitingTroubles(QWidget):
    """What went wrong and was not read yet; whatever else the status line says leaves it free."""

    asked = Signal()
    """What waits longest is to be read."""

    def __init__(self) -> None:
        super().__init__()
        spec = WINDOW_SPEC[WindowAction.READ_ERROR]
        self.words, self._read = ElidedLabel(), HintButton(_("Baca"), role="link")
        set_tone(self.words, Tone.BAD)
        self._name = spec.label
        set_tip(self._read, f"{spec.label} ({spec.shortcut})")
        self._read.clicked.connect(self.asked)
        self.setLayout(line((glyph("circle-alert", Tone.BAD), self.words, self._read), 6))
        self.hide()

    def show_all(self, waiting: Sequence[str]) -> None:
        """The oldest, and how many more."""
        more = _("{what} · dan {n} lagi") if len(waiting) > 1 else "{what}"
        words = more.format(what=waiting[0], n=number_words(len(waiting) - 1)) if waiting else ""
        self.words.set_whole(words)
        self._read.setAccessibleName(f"{self._name}: {words}")
        self.setVisible(bool(words))

    @Slot(str)
    def announce(self, words: str) -> None:
        """To whoever listens; the keyboard stays where it is."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._read, words))


class Told(QLabel):
    """A sentence over the status line, as many lines as it needs; what it reaches over beside that still takes
    clicks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("told")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, words: str, over: QRect, beside: int) -> None:
        """`beside`: pixels at its right end that stay free. "" takes it away."""
        self.setText(words)
        self.setVisible(bool(words))
        if words:
            width = over.width() - beside
            height = max(over.height(), self.heightForWidth(width))
            self.setGeometry(over.left(), over.bottom() + 1 - height, width, height)
            self.raise_()


class Band(QWidget):
    """A permanent band: the practice profile's, and the head of section's."""

    asked = Signal(str)
    """An action of the window that one of its links offers."""

    def __init__(self, text: str, offers: Sequence[WindowAction] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bandrow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = label(text)
        words.setObjectName("band")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        links = [HintButton(WINDOW_SPEC[action].label, role="link") for action in offers]
        for action, link in zip(offers, links, strict=True):
            link.clicked.connect(partial(self._on_link, str(action)))
        inner = column(self)
        inner.addLayout(line((1, words, *links, 1), 12))
        inner.addWidget(hairline())

    def _on_link(self, action: str, _checked: bool = False) -> None:
        self.asked.emit(action)
