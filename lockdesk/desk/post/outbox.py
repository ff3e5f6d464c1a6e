"""Writes what is owed, sends what is due, and finds out what became of it; nothing is ever sent twice.

*Sending* is stored before the first byte, *handed* before the end of the message, and what came of it afterwards. After
the end was sent without an answer a message is unsettled: its blind copy in our own mailbox settles it, or the officer.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from lockdesk.core.cases import CaseState, CaseStep, rule_for
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.messages import TAKEN_BACK, MessageEvent, MessageState, why_refused
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.composing import compose, new_mail_id
from lockdesk.desk.office.mail_fields import is_address
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Post
from lockdesk.desk.post.writing import TOGETHER, Writing
from lockdesk.desk.reasons import required
from lockdesk.desk.requests.notices import PROVING, completes_when_told, completion, owed
from lockdesk.desk.requests.steps import notifying
from lockdesk.desk.values.cases import CaseView, Message
from lockdesk.desk.values.mail import Bounce, MailAccount
from lockdesk.errors import Damaged, Declined, LockdeskError, Refused, Unreachable, Unsettled
from lockdesk.words import N_, _, kept

_S, _E = MessageState, MessageEvent
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
"""After the first, second, … try; the last one repeats."""
OF_THE_MESSAGE = frozenset({"mail.refused", "mail.deferred"})
"""What a server says of one message; everything else concerns them all, and the round ends."""
_PASSED_OVER = OF_THE_MESSAGE | {TAKEN_BACK, "message.damaged"}
_BY_POST = frozenset({_E.ACCEPTED, _E.COPY_FOUND, _E.WENT})
"""Proofs that only a real server gives: in practice they are simulated, and called so."""


class Outbox:
    """Called on worker threads; one of them works at a time."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        writing: Writing,
        account: Callable[[], MailAccount | None],
        post: Callable[[], Post],
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._writing = writing
        self._account = account
        self._post = post
        self._alone = threading.Lock()
        self._looks: dict[int, tuple[int, datetime]] = {}
        """How often a copy was looked for, and when it is next."""
        self._cut_off: set[int] = set()
        """What was put off for the server's or the line's sake: due at once when that is over."""

    def work(self) -> bool:
        """Writes what is owed, sends what is due, looks for copies; where the office has no mail account any more, only
        says of what was left half done that nobody knows. Whether anything changed; False at once while another thread
        is at it."""
        if not self._alone.acquire(blocking=False):
            return False
        try:
            before = self._casebook.head().count
            self._recover()
            account = self._account()
            if account is not None:
                self._write_owed(account)
                self._send_due()
                self._seek_copies()
            return self._casebook.head().count > before
        finally:
            self._alone.release()

    # ── what is owed is written ──
    def _write_owed(self, account: MailAccount) -> None:
        for message in self._casebook.messages_in({_S.OWED}):
            try:
                self._write(message, account)
            except Declined as error:
                if error.code != TAKEN_BACK:
                    raise

    def _write(self, message: Message, account: MailAccount) -> None:
        written = self._writing.written(message)
        letter = written.letter
        facts: dict[str, Fact] = {"notice": written.notice, "message": message.id}
        merged = tuple(c.MoveMessage(other.id, _E.MERGED) for other in written.merged)
        if written.covered:
            self._commit(message, "message.merged", facts, *merged, c.MoveMessage(message.id, _E.MERGED))
            return
        if not written.in_person and not is_address(letter.to):
            words = N_("Alamat e-mail penerima belum diketahui.")
            self._commit(message, "message.no_address", facts, c.MoveMessage(message.id, _E.NO_ADDRESS, words))
            return
        now = self._office.now()
        mail_id = "" if written.in_person else new_mail_id(letter.number, message.id, account.domain)
        mail = compose(letter, (account.name, account.address), now.astimezone(self._office.zone), mail_id)
        content = mail.as_bytes()
        write = c.WriteMessage(
            message.id,
            _E.FOR_COUNTER if written.in_person else _E.WRITTEN,
            written.notice,
            letter.to,
            letter.subject,
            letter.body,
            mail_id,
            content,
            hashlib.sha256(content).hexdigest(),
            None if written.in_person else message.at + (TOGETHER if written.held else timedelta(0)),
        )
        facts |= {"sha256": write.sha256} | ({"merged": len(merged)} if merged else {})
        self._commit(message, "message.written", facts, *merged, write, personal={"to": letter.to})

    # ── what is due is sent ──
    def _recover(self) -> None:
        """What another start, or a failing disk, left half done: nobody else is at it."""
        for message in self._casebook.messages_in({_S.SENDING, _S.HANDED}):
            if message.state is _S.SENDING:
                self._move(message, _E.INTERRUPTED, next_at=self._office.now())
            else:
                self._move(message, _E.ANSWER_LOST, N_("Program berhenti sebelum server e-mail menjawab."))

    def _send_due(self) -> None:
        now = self._office.now()
        waiting = self._casebook.messages_in({_S.QUEUED, _S.FAILED})
        if self._send_each(message for message in waiting if message.next_at is not None and message.next_at <= now):
            self._send_cut_off()

    def _send_cut_off(self) -> None:
        """The server is there again."""
        failed = self._casebook.messages_in({_S.FAILED})
        self._send_each([message for message in failed if message.id in self._cut_off])

    def _send_each(self, messages: Iterable[Message]) -> bool:
        """Whether the server took any, and nothing that concerns them all ended the round."""
        taken = False
        for message in messages:
            self._cut_off.discard(message.id)
            try:
                self._send(message)
                taken = True
            except LockdeskError as error:
                if error.code not in _PASSED_OVER:
                    return False
        return taken

    def _send(self, message: Message) -> None:
        """Sends one message. Raises the LockdeskError after what came of it is stored."""
        if self._writing.address(message) != message.to:
            # Only ever to the stored address: the message is written anew for it.
            self._commit(
                message,
                "message.withdrawn",
                {"message": message.id},
                c.MoveMessage(message.id, _E.WITHDRAWN, N_("Alamat penerima berubah; pesan disusun lagi.")),
                owed(message),
            )
            return
        content = self._casebook.message_content(message.id)
        if hashlib.sha256(content).hexdigest() != message.sha256:
            raise Damaged(
                _("Isi pesan nomor {n} tidak sama dengan yang dicatat.").format(n=message.id),
                _("Hubungi Kepala Bidang dan administrator; jangan mengubah berkas di folder data."),
                code="message.damaged",
            )
        post = self._post()
        handed = False

        def handing() -> None:
            nonlocal handed
            self._move(message, _E.HANDED)
            handed = True

        self._move(message, _E.SENDING)
        try:
            words = post.send(content, (message.to, post.address), handing)
        except Unsettled as error:
            self._move(message, _E.ANSWER_LOST, kept(error.told))
            raise
        except Refused as error:
            for_good = error.code in OF_THE_MESSAGE
            self._put_off(message, error, for_good=for_good)
            raise
        except LockdeskError as error:
            self._put_off(message, error)
            raise
        except Exception:  # a bug: it must not make the program try again at once, or twice
            if handed:
                self._move(message, _E.ANSWER_LOST, N_("Jawaban server e-mail tidak dapat dibaca."))
            else:
                self._put_off(message, Unreachable(_("Pesan tidak dapat dikirim.")))
            raise
        self._arrived(message, _E.ACCEPTED, words, {"proof": "server", "code": words[:3]})

    def _put_off(self, message: Message, error: LockdeskError, *, for_good: bool = False) -> None:
        """Not sent: tried again after a pause, unless the server said that it never takes it."""
        pause = PAUSES[min(message.tries, len(PAUSES) - 1)]
        next_at = None if for_good else self._office.now() + pause
        if error.code not in OF_THE_MESSAGE:
            self._cut_off.add(message.id)
        self._move(message, _E.REFUSED if for_good else _E.DEFERRED, kept(error.told), next_at)

    # ── what became of it ──
    def _arrived(self, message: Message, event: MessageEvent, words: str, facts: dict[str, Fact]) -> None:
        """The message was accepted; where it tells what became of the request, the applicant is notified by that."""
        if self._office.settings.practice and event in _BY_POST:
            event, facts = _E.SIMULATED, {"proof": "simulasi"}
        move = c.MoveMessage(message.id, event, words)
        facts = {"message": message.id, "notice": message.notice, **facts}
        case = self._casebook.case(message.case_id) if message.notice in PROVING else None
        step = notifying(case) if case is not None else None
        if case is None or step is None:
            self._commit(message, f"message.{event.value}", facts, move, personal={"answer": words})
            return
        note = JournalNote(rule_for(case.state, step).journal, facts, {"answer": words})
        self._step(case, step, note, move)
        if completes_when_told(case):
            told = self._casebook.case(case.id)
            self._step(told, CaseStep.COMPLETE, *completion(told, self._office.now()))

    def _seek_copies(self) -> None:
        """Looks for the blind copies of unsettled messages, in growing pauses."""
        now = self._office.now()
        for message in self._casebook.messages_in({_S.UNSETTLED}):
            looked, next_at = self._looks.get(message.id, (0, now))
            if next_at > now:
                continue
            self._looks[message.id] = looked + 1, now + PAUSES[min(looked, len(PAUSES) - 1)]
            try:
                self.look(message.id)
            except LockdeskError:
                return

    def look(self, message_id: int) -> bool:
        """Cari tembusan: whether the blind copy of an unsettled message lies in the office's mailbox; then it was
        accepted. Raises Unreachable and Refused."""
        message = self._casebook.message(message_id)
        if message.state is not _S.UNSETTLED or not self._post().holds_copy(message.mail_id):
            return False
        words = N_("Tembusannya ada di kotak surat kantor.")
        self._arrived(message, _E.COPY_FOUND, words, {"proof": "copy"})
        return True

    def went(self, message_id: int, reason: str) -> None:
        """The officer says that an unsettled message did reach the server."""
        why = required(reason)
        self._arrived(self._casebook.message(message_id), _E.WENT, why, {"proof": "officer", "reason": why})

    def did_not_go(self, message_id: int, reason: str) -> None:
        """The officer says that it did not; it is sent again only when asked for."""
        why = required(reason)
        message = self._casebook.message(message_id)
        self._commit(
            message,
            "message.did_not_go",
            {"message": message_id, "reason": why},
            c.MoveMessage(message_id, _E.DID_NOT_GO, why),
        )

    def again(self, message_id: int) -> None:
        """Kirim lagi: what certainly was not sent is due now; what never had an address, or came back, is written
        anew for the address that is stored now."""
        message = self._casebook.message(message_id)
        facts: dict[str, Fact] = {"message": message_id}
        if message.state is _S.BOUNCED:
            self._commit(message, "message.again", facts, owed(message))
        elif message.mail_id:
            self._move(message, _E.AGAIN, next_at=self._office.now())
        else:
            withdrawn = c.MoveMessage(message_id, _E.WITHDRAWN, message.words)
            self._commit(message, "message.again", facts, withdrawn, owed(message))

    def send_now(self, message_id: int) -> None:
        """What waits is tried at once, before all others. Raises what became of it where it did not go."""
        account = self._account()
        with self._alone:
            message = self._casebook.message(message_id)
            if message.state is _S.OWED and account is not None:
                self._write(message, account)
                message = self._casebook.message(message_id)
            if message.state in {_S.QUEUED, _S.FAILED}:
                self._cut_off.discard(message_id)
                self._send(message)
                self._send_cut_off()

    def tell(self, message_id: int, how: str) -> None:
        """The officer told it in person, with how and when: at the counter against a signature, which is proof too."""
        message = self._casebook.message(message_id)
        why = required(how)
        self._arrived(message, _E.TOLD, why, {"proof": "officer", "how": why})

    def bounced(self, bounce: Bounce) -> bool:
        """A mail server says that a message never arrived; whether it was one of ours that counted as sent.

        Its Message-ID holds what nobody can guess. *Notified* is taken back where this message was the proof.
        """
        message = self._casebook.message_named(bounce.message_id)
        if message is None or not bounce.failed or message.state not in {_S.SENT, _S.UNSETTLED}:
            return False
        cause, remedy = why_refused(bounce.status)
        words = f"{cause} {remedy}\n{bounce.status} {bounce.words}".strip()
        move = c.MoveMessage(message.id, _E.BOUNCED, words)
        facts: dict[str, Fact] = {"message": message.id, "status": bounce.status}
        case = self._casebook.case(message.case_id) if message.case_id else None
        if case is None or not _rests_on(case, message):
            self._commit(message, "message.bounced", facts, move)
            return True
        step = CaseStep.BOUNCE if message.notice == "issued" else CaseStep.BOUNCE_REVOKED_ONLY
        reopened = (c.ReopenCase(),) if case.state is CaseState.COMPLETED else ()
        self._step(case, step, JournalNote(rule_for(case.state, step).journal, facts), move, *reopened)
        return True

    # ── how it is written down ──
    def _move(self, message: Message, event: MessageEvent, words: str = "", next_at: datetime | None = None) -> None:
        write = c.MoveMessage(message.id, event, words, next_at)
        personal = {"answer": words} if words else {}
        self._commit(message, f"message.{event.value}", {"message": message.id}, write, personal=personal)

    def _commit(
        self,
        message: Message,
        kind: str,
        facts: dict[str, Fact],
        *writes: c.Write,
        personal: dict[str, str] | None = None,
    ) -> None:
        self._casebook.commit(
            c.Change(
                self._office.now(),
                self._office.actor(),
                JournalNote(kind, facts, personal or {}),
                writes,
                case_id=message.case_id or None,
                complaint_id=message.complaint_id or None,
            )
        )

    def _step(self, case: CaseView, step: CaseStep, note: JournalNote, *writes: c.Write) -> None:
        now, actor = self._office.now(), self._office.actor()
        self._casebook.commit(c.Change(now, actor, note, writes, case.id, step=step, expected=case.state))


def _rests_on(case: CaseView, message: Message) -> bool:
    """Whether the acceptance of this very message is why the applicant counts as notified."""
    proofs = [line.facts for line in case.history if line.kind == "case.notified"]
    told = case.state in {CaseState.NOTIFIED, CaseState.COMPLETED}
    return told and bool(proofs) and proofs[0].get("message") == message.id
