"""The office's mailbox as the window works on it: looked into in the background, decided on by the officer."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.tray import AwaitedCertificate, MailState, TrayMail, TrayPage
from lockdesk.errors import LockdeskError
from lockdesk.ui.intake.mail_words import sender_of
from lockdesk.ui.running.background import Background, Lane
from lockdesk.ui.running.listing import Listing
from lockdesk.words import N_, _, again, clock_words

LOOK_MS = 60_000
"""How often the mailbox is looked into where its server tells of nothing by itself, and after it was out of reach."""
_JOINED = N_("E-mail dari {who} digabungkan.")


class MailWork(QObject):
    """Offline is normal: what stands in the way is told quietly in the status line, and tried again."""

    looked = Signal(int, str, str)
    """How many mails wait, when it was looked or that it could not be, and why."""
    limited = Signal(object)
    """The day before which mail is not looked at; None where all of it is."""
    mail_read = Signal(object)
    page_read = Signal(int, str, object)
    """A page of a mail's file, by the file's SHA-256; None where there is none to be seen."""
    received = Signal(object)
    joined = Signal(int)
    complained = Signal(int)
    busy_changed = Signal(bool)
    said = Signal(str)
    """What was done with a mail that leads nowhere else."""

    def __init__(self, desk: Desk, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.background = desk, background
        self.possible = desk.has_mailbox
        self.mail_id = 0
        self._mails: dict[int, TrayMail] = {}
        self._count_known = 0
        self._looked_at: datetime | None = None
        self._unreachable: LockdeskError | None = None
        self._looking = self._watching = self._deciding = False
        self._assigning: Counter[int] = Counter()
        """How many files of each mail are being taken as something else."""
        self._decided: tuple[int, Callable[[], object]] | None = None
        """A mail, and the decision on it that waits until it is known what its files are taken as."""
        self.listing = Listing(background, self._read_page, MailState.WAITING.value, self)
        self.listing.rows_read.connect(self._on_rows)
        timer = QTimer(self)
        timer.setInterval(LOOK_MS)
        timer.timeout.connect(self.look)
        if self.possible:
            timer.start()

    # ── looking ──
    @Slot()
    def look(self) -> None:
        """Looks into the mailbox, unless that is being done."""
        if not self._looking and self.possible:
            self._looking = True
            self.background.run(
                self.desk.look_for_mail, self._on_looked, self._on_unreachable, Lane.MAIL, by_itself=True
            )

    def _on_looked(self, more: bool) -> None:
        self._looking = False
        self.background.run(self._count, self._on_counted)
        self.tell_limit()
        self.listing.read()
        if more:
            self.look()
        else:
            self._watch()

    def _count(self) -> int | None:
        """None where the office has no mail account."""
        return self.desk.tray.counts() if self.desk.office.posts() else None

    def _on_counted(self, count: int | None) -> None:
        self._count_known, self._unreachable = count or 0, None
        self._looked_at = self.desk.clock.now() if count is not None else None
        self.tell()

    def _on_unreachable(self, error: LockdeskError) -> None:
        self._looking = False
        self._unreachable = error
        self.tell()

    @Slot()
    def tell(self) -> None:
        """What is known of the mailbox, once more, in the language of now."""
        words = why = ""
        if self._unreachable is not None:
            words, why = _("Kotak surat belum terjangkau"), again(str(self._unreachable))
        elif self._looked_at is not None:
            at = clock_words(self._looked_at, self.desk.settings().office.zone)
            words = _("E-mail diperiksa pukul {time}").format(time=at)
        self.looked.emit(self._count_known, words, why)

    def tell_limit(self) -> None:
        """Since when mail is looked at, once more."""
        self.background.run(self.desk.mail_since, self.limited.emit)

    def _watch(self) -> None:
        if not self._watching:
            self._watching = True
            self.background.run(self.desk.wait_for_mail, self._on_news, self._on_unwatched, Lane.WATCH, by_itself=True)

    def _on_news(self, news: bool | None) -> None:
        self._watching = False
        if news is not None:
            self.look()

    def _on_unwatched(self, _error: LockdeskError) -> None:
        """The next look says what is the matter."""
        self._watching = False

    # ── showing ──
    def _read_page(self, which: str, after: object, limit: int) -> TrayPage:
        return self.desk.tray.page(which, after, limit) if self.desk.office.posts() else TrayPage(())

    @Slot(object, bool)
    def _on_rows(self, page: TrayPage, _continued: bool) -> None:
        self._mails |= {mail.id: mail for mail in page.rows}

    @Slot(str)
    def choose(self, which: str) -> None:
        """Another filter; what is not for this service is fetched when it is asked for."""
        if which == MailState.UNRELATED.value and self.desk.office.posts():
            self.background.run(self.desk.tray.read_unrelated, self._on_read_more, None, Lane.MAIL)

    def _on_read_more(self, _result: None) -> None:
        self.listing.read()

    @Slot(int)
    def show(self, mail_id: int) -> None:
        """Reads a mail with the cases as they are now, and its letter."""
        self.mail_id = mail_id
        mail = self._mails.get(mail_id)
        if mail is None:
            return
        self.background.run(partial(self.desk.tray.mail, mail.identity), self._on_mail, self._on_gone)

    def _on_mail(self, mail: TrayMail) -> None:
        if mail.id == self.mail_id:
            self._mails[mail.id] = mail
            self.mail_read.emit(mail)

    def _on_gone(self, _error: LockdeskError) -> None:
        self.listing.read()

    @Slot(int, str, int, int)
    def draw(self, mail_id: int, sha256: str, page: int, width: int) -> None:
        """A page of one of its files, drawn in the cage."""
        mail = self._mails.get(mail_id)
        if mail is not None:
            job = partial(_drawn, self.desk, mail.identity, sha256, page, width)
            told = partial(self._on_page, mail_id, sha256)
            self.background.run(job, told, partial(self._on_no_page, mail_id, sha256), Lane.MAIL)

    def _on_page(self, mail_id: int, sha256: str, pixels: PagePixels | None) -> None:
        self.page_read.emit(mail_id, sha256, pixels)

    def _on_no_page(self, mail_id: int, sha256: str, _error: LockdeskError) -> None:
        self.page_read.emit(mail_id, sha256, None)

    @Slot(int, str, str)
    def assign(self, mail_id: int, sha256: str, role: str) -> None:
        """What a file is taken as; the mail is shown again, also where it cannot be that."""
        job = partial(self.desk.tray.assign, self._mails[mail_id].identity, sha256, role)
        self._assigning[mail_id] += 1
        assigned, unassigned = partial(self._on_assigned, mail_id), partial(self._on_unassigned, mail_id)
        self.background.run(job, assigned, unassigned, Lane.MAIL)

    def _on_assigned(self, mail_id: int, mail: TrayMail) -> None:
        self._assigning[mail_id] -= 1
        self._on_mail(mail)
        if self._decided is not None and self._decided[0] == mail_id and not self._assigning[mail_id]:
            (_mail_id, decided), self._decided = self._decided, None
            decided()

    def _on_unassigned(self, mail_id: int, error: LockdeskError) -> None:
        """A decision on this mail that was to follow was about something else."""
        self._assigning[mail_id] -= 1
        if self._decided is not None and self._decided[0] == mail_id:
            self._decided = None
            self._deciding = False
            self.busy_changed.emit(False)
        if mail_id == self.mail_id:
            self.show(mail_id)
        self.background.failed.emit(error)

    # ── deciding ──
    @Slot(int)
    def accept(self, mail_id: int) -> None:
        self._decide(mail_id, self.desk.tray.accept, self.received.emit, "")

    @Slot(int, int)
    def join(self, mail_id: int, case_id: int) -> None:
        joining = partial(self.desk.tray.join, case_id=case_id)
        self._decide(mail_id, joining, self.joined.emit, _JOINED)

    @Slot(int)
    def complain(self, mail_id: int) -> None:
        words = N_("E-mail dari {who} dicatat sebagai pengaduan.")
        self._decide(mail_id, self.desk.tray.complain, self.complained.emit, words)

    @Slot(int, int)
    def join_complaint(self, mail_id: int, complaint_id: int) -> None:
        joining = partial(self.desk.tray.join_complaint, complaint_id=complaint_id)
        self._decide(mail_id, joining, self.complained.emit, _JOINED)

    @Slot(object, object)
    def bring(self, awaited: AwaitedCertificate, mail_id: int) -> None:
        """The certificate in the mail goes to a case that waits for it."""
        bringing = partial(self.desk.tray.bring, awaited=awaited)
        self._decide(mail_id, bringing, self.joined.emit, _JOINED, Lane.CA)

    @Slot(int)
    def refuse(self, mail_id: int) -> None:
        self._decide(mail_id, self.desk.tray.refuse, None, N_("E-mail dari {who} dipindahkan ke Ditolak."))

    @Slot(int)
    def undo(self, mail_id: int) -> None:
        self._decide(mail_id, self.desk.tray.undo, None, N_("E-mail dari {who} kembali ke Perlu diputuskan."))

    def _decide(
        self,
        mail_id: int,
        decision: Callable[[str], object],
        told: Callable[[object], None] | None,
        done: str,
        lane: Lane = Lane.INTAKE,
    ) -> None:
        """One decision at a time: a mail that is being accepted is not accepted twice. `done` is said afterwards; "" of
        what says it where it leads to."""
        if self._deciding:
            return
        self._deciding = True
        self.busy_changed.emit(True)
        mail = self._mails[mail_id]
        words = _(done).format(who=sender_of(mail)) if done else ""
        job = partial(decision, mail.identity)
        run = partial(self.background.run, job, partial(self._on_decided, told, words), self._on_undecided, lane)
        if self._assigning[mail_id]:
            self._decided = mail_id, run
        else:
            run()

    def _on_decided(self, told: Callable[[object], None] | None, words: str, result: object) -> None:
        self._deciding = False
        self.busy_changed.emit(False)
        self.listing.read()
        self.background.run(self._count, self._on_counted)
        if words:
            self.said.emit(words)
        if told is not None:
            told(result)

    def _on_undecided(self, error: LockdeskError) -> None:
        self._deciding = False
        self.busy_changed.emit(False)
        self.listing.read()
        self.background.failed.emit(error)


def _drawn(desk: Desk, identity: str, sha256: str, page: int, width: int) -> PagePixels | None:
    content = desk.tray.file(identity, sha256)
    return desk.pages.render_bytes(content, page, width) if content else None
