"""Mail that arrived: each is met once, read in the cage, and waits for the officer's decision.

The database keeps where a mail lies, its digests and what was decided, and nothing of what it says: what nobody
accepted is no record of this office's. What the tray shows lives in memory for as long as the program runs; the mail
itself stays in the mailbox and is fetched again when it is previewed or decided on. Whether a mail became part of a
case is asked of the cases themselves, by its digest: a program that was killed between opening the case and noting so
knows it at the next look, and moves the mail then.
"""

import hashlib
import itertools
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from lockdesk.desk.casebook import Casebook
from lockdesk.desk.complaints.evidence import LARGEST
from lockdesk.desk.complaints.log import Complaints
from lockdesk.desk.office.composing import thread_of
from lockdesk.desk.office.office import Office
from lockdesk.desk.operations.arriving import ArrivingCertificates
from lockdesk.desk.ports import Mailbox, NamedBytes, Reader
from lockdesk.desk.requests.arrivals import AwaitedCases, is_only_certificate
from lockdesk.desk.requests.intake import Intake, without_bytes
from lockdesk.desk.requests.review import Review
from lockdesk.desk.tray.certified import MailedCertificates
from lockdesk.desk.tray.complaining import AnsweredComplaints, complaint_in, words_of
from lockdesk.desk.tray.delivered import delivered, delivered_mail
from lockdesk.desk.tray.entries import Entry, shown
from lockdesk.desk.tray.matching import Matching
from lockdesk.desk.tray.roles import with_roles
from lockdesk.desk.values.cases import IntakeChannel, Received
from lockdesk.desk.values.facts import RequestFacts
from lockdesk.desk.values.mail import Bounce, ByMail, FetchedMail, Looked
from lockdesk.desk.values.tray import AwaitedCertificate, KnownMail, MailState, Seems, TrayMail, TrayPage
from lockdesk.errors import Declined, LockdeskError
from lockdesk.pki.values import CertificateFacts
from lockdesk.words import _

MOST_UNRELATED = 50
"""Mails that are not for this service and are shown at once, the newest."""
_S = MailState


class Tray:
    """Called on worker threads; one of them looks at a time."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        reader: Reader,
        intake: Intake,
        review: Review,
        complaints: Complaints,
        arriving: Callable[[], ArrivingCertificates],
        bounced: Callable[[Bounce], bool],
        mailbox: Callable[[], Mailbox],
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._reader = reader
        self._intake = intake
        self._review = review
        self._complaints = complaints
        self._arriving, self._mailed = arriving, MailedCertificates(casebook, arriving)
        self._bounced = bounced
        self._mailbox = mailbox
        self._awaited, self._answered = AwaitedCases(casebook), AnsweredComplaints(casebook)
        self._alone, self._guard = threading.Lock(), threading.Lock()
        self._entries: dict[str, Entry] = {}
        self._held: tuple[str, dict[str, bytes]] = ("", {})
        self._ids = itertools.count(1)

    # ── looking ──
    def look(self) -> bool:
        """One exchange with the mailbox: what is new is met, what was accepted is moved. Whether there is more to be
        fetched at once; False at once while another thread is at it. Raises Unreachable and Refused."""
        if not self._alone.acquire(blocking=False):
            return False
        try:
            mailbox, known = self._mailbox(), self._casebook.known_mail()
            looked = mailbox.look(lambda folder, validity: _uids(known, folder, validity))
            states = {item.identity: item.state for item in known}
            for mail in looked.mails:
                self._meet(mail, states)
            again = 0 if looked.mails else self._meet_again(mailbox, looked)
            if not looked.more:
                self._forget(looked)
            self._take_what_is_a_case()
            self._move(mailbox, looked)
            return looked.more or bool(again)
        finally:
            self._alone.release()

    def wait(self) -> bool | None:
        """Waits for news of the server's; None where it tells of none by itself. Raises Unreachable and Refused."""
        return self._mailbox().wait()

    def _meet(self, mail: FetchedMail, states: dict[str, MailState]) -> None:
        """What is known under another UID is not read again, unless it waits and what was read of it is gone."""
        with self._guard:
            entry = self._entries.get(mail.identity)  # it may have been decided on since `states` were read
        state = entry.known.state if entry is not None else states.get(mail.identity)
        sha256 = hashlib.sha256(mail.content).hexdigest()
        known = KnownMail(mail.place, mail.identity, sha256, mail.arrived_at, state or _S.WAITING)
        if state in {None, _S.WAITING} and entry is None:
            known = self._read(mail, known)
        states[mail.identity] = known.state
        self._casebook.keep_mail((known,))

    def _read(self, mail: FetchedMail, known: KnownMail) -> KnownMail:
        if mail.whole and self._casebook.case_with_mail(known.sha256) is not None:
            return replace(known, state=_S.TAKEN)
        bounce = self._reader.read_bounce(mail.content)
        if bounce is not None and self._casebook.message_named(bounce.message_id) is not None:
            self._bounced(bounce)
            return replace(known, state=_S.SETTLED)
        read = self._reader.read_requests((_file(mail),))
        if self._is_own(read.whole, mail):
            return replace(known, state=_S.SETTLED)
        found = self._arriving().read((_file(mail),)) if is_only_certificate(read.whole) else ()
        match = self._matching(found).of(read.whole, bool(read.parts), mail.whole)
        known = replace(known, state=_S.UNRELATED if match.seems is Seems.UNRELATED else _S.WAITING)
        facts = without_bytes(read.whole)
        entry = Entry(next(self._ids), known, facts, bool(read.parts), mail.whole, match, certificates=found)
        with self._guard:
            self._entries[mail.identity] = entry
        return known

    def _is_own(self, facts: RequestFacts, mail: FetchedMail) -> bool:
        """Whether it is the copy of a message of ours: one that only bears its name is somebody's mail."""
        message = self._casebook.message_named(facts.mail.message_id) if facts.mail is not None else None
        return message is not None and _body(self._casebook.message_content(message.id)) == _body(mail.content)

    def _meet_again(self, mailbox: Mailbox, looked: Looked) -> int:
        """Reads what waited when the program was closed; how many of them."""
        waiting = [
            item
            for item in self._casebook.known_mail()
            if item.state is _S.WAITING and item.identity not in self._entries and _lies_in(item, looked)
        ]
        return self._read_again(mailbox, waiting)

    def _read_again(self, mailbox: Mailbox, known: Sequence[KnownMail]) -> int:
        mails = mailbox.fetch([item.place for item in known]) if known else ()
        for mail in mails:
            self._meet(mail, {})
        return len(mails)

    def read_unrelated(self) -> None:
        """Reads the newest mails that are not for this service, so that they can be shown. Raises Unreachable and
        Refused."""
        found = [item for item in self._casebook.known_mail() if item.state is _S.UNRELATED]
        newest = sorted(found, key=lambda item: item.arrived_at)[-MOST_UNRELATED:]
        self._read_again(self._mailbox(), [item for item in newest if item.identity not in self._entries])

    def _forget(self, looked: Looked) -> None:
        """What is gone from the mailbox is nothing to decide on. What was taken stays known: it may come back."""
        known = self._casebook.known_mail()
        gone = {item.place for item in known if item.state is not _S.TAKEN and not _lies_in(item, looked)}
        self._casebook.forget_mail(tuple(gone))
        left = {item.identity for item in known if item.place not in gone}
        with self._guard:
            self._entries = {identity: entry for identity, entry in self._entries.items() if identity in left}

    def _take_what_is_a_case(self) -> None:
        """What was dropped in the window meanwhile, or came with a lesson, is nothing to decide on any more."""
        with self._guard:
            waiting = [entry for entry in self._entries.values() if entry.known.state is _S.WAITING and entry.whole]
        taken = self._casebook.mails_of_cases([entry.known.sha256 for entry in waiting])
        for entry in waiting:
            if entry.known.sha256 in taken:
                self._decide(entry, _S.TAKEN)

    def _move(self, mailbox: Mailbox, looked: Looked) -> None:
        """What was accepted and still lies there: the mailbox was out of reach, or the program was killed."""
        known = self._casebook.known_mail()
        places = [item.place for item in known if item.state is _S.TAKEN and _lies_in(item, looked)]
        if places:
            mailbox.move(places)

    # ── showing ──
    def mails(self) -> tuple[TrayMail, ...]:
        """What waits for a decision, what is not for this service as far as it was read, and what was refused since the
        program started; the newest first."""
        with self._guard:
            entries = [entry for entry in self._entries.values() if entry.known.state not in {_S.TAKEN, _S.SETTLED}]
        return tuple(sorted(map(shown, entries), key=lambda item: item.arrived_at, reverse=True))

    def search(self, text: str) -> tuple[TrayMail, ...]:
        """Those waiting for a decision in whose sender, subject or files' names all words of `text` stand."""
        words = text.casefold().split()
        waiting = (mail for mail in self.mails() if mail.state is _S.WAITING)
        return tuple(mail for mail in waiting if all(word in _written_outside(mail) for word in words))

    def page(self, which: str, _after: object, _limit: int) -> TrayPage:
        """Those in one state ("waiting", "unrelated", "refused", in practice "delivered")."""
        shown = delivered(self._casebook) if which == _S.DELIVERED else self.mails()
        return TrayPage(tuple(item for item in shown if item.state.value == which))

    def mail(self, identity: str) -> TrayMail:
        """One of them, matched with the cases as they are now. Raises Declined."""
        ours = delivered_mail(self._casebook, identity)
        if ours is not None:
            return ours
        entry = self._entry(identity)
        match = self._matching(entry.certificates).of(entry.facts, entry.several, entry.whole)
        return shown(replace(entry, match=match))

    def counts(self) -> int:
        """How many mails wait for a decision."""
        with self._guard:
            return sum(entry.known.state is _S.WAITING for entry in self._entries.values())

    def file(self, identity: str, sha256: str) -> bytes:
        """A file of a mail, to be drawn in the cage; b"" where it may not be kept. Those of the mail that was looked
        into last are held: a file is drawn page by page. Raises Unreachable, Refused and Declined."""
        with self._guard:
            held, files = self._held
        if held != identity:
            found = self._opened(self._entry(identity)).attachments
            files = {item.sha256: item.content or b"" for item in found}
            with self._guard:
                self._held = identity, files
        return files.get(sha256, b"")

    def _opened(self, entry: Entry) -> RequestFacts:
        return self._reader.read_request((_file(self._fetched(entry)),))

    def assign(self, identity: str, sha256: str, role: str) -> TrayMail:
        """A file of the mail is the letter, the CSR or neither. Raises Declined where it cannot be that, Unreachable
        and Refused."""
        entry = self._entry(identity)
        roles = {known: said for known, said in entry.roles.items() if known != sha256} | {sha256: role}
        facts = without_bytes(with_roles(self._opened(entry), roles, self._reader))
        match = self._matching(entry.certificates).of(facts, entry.several, entry.whole)
        entry = replace(entry, facts=facts, match=match, roles=roles)
        with self._guard:
            self._entries[identity] = entry
        return shown(entry)

    # ── deciding ──
    def accept(self, identity: str) -> tuple[Received, ...]:
        """Terima: a new case, or one for each of several people, received when the mail reached the mailbox. Raises
        Declined, Unreachable and Refused; nothing is given a number then."""
        entry = self._entry(identity)
        mail = self._whole(self._fetched(entry))
        arrival = self._intake.look((_file(mail),), IntakeChannel.EMAIL)
        if isinstance(arrival, Received):
            received: tuple[Received, ...] = (arrival,)
        else:
            whole = with_roles(arrival.whole, entry.roles, self._reader)
            arrival = replace(arrival, whole=whole, roles=tuple(entry.roles.items()))
            several = self._matching().of(whole, bool(arrival.parts)).seems is Seems.SEVERAL
            received = self._intake.take(arrival, several, self._at(mail))
        self._taken(entry)
        return received

    def join(self, identity: str, case_id: int) -> int:
        """Gabungkan: an answer where the case waits for one, else kept with it. Raises Declined, Unreachable and
        Refused."""
        entry = self._entry(identity)
        mail = self._whole(self._fetched(entry))
        if self._casebook.case(case_id).state in AwaitedCases.STATES:
            self._review.answer(case_id, (_file(mail),), self._at(mail))
        else:
            self._review.keep_with(case_id, (_file(mail),))
        self._taken(entry)
        return case_id

    def bring(self, identity: str, awaited: AwaitedCertificate) -> int:
        """Masukkan ke kasus: the certificate in the mail goes into the proof of the case that waits for it, and the
        mail is kept with that case. Raises as that proof does, Declined, Unreachable and Refused."""
        entry = self._entry(identity)
        file = _file(self._whole(self._fetched(entry)))
        self._arriving().bring(awaited, (file,))
        self._review.keep_with(awaited.row.id, (file,))
        self._taken(entry)
        return awaited.row.id

    def complain(self, identity: str) -> int:
        """Catat pengaduan: a complaint in the mail's own words, received when it reached the mailbox, with the mail and
        what is attached to it as evidence, as far as it is small enough to be kept. Raises Declined, Unreachable and
        Refused."""
        entry = self._entry(identity)
        mail = self._fetched(entry)
        form = complaint_in(entry.facts.mail)
        complaint_id = self._complaints.receive(form, _evidence(mail), self._by_mail(entry, mail))
        self._taken(entry)
        return complaint_id

    def join_complaint(self, identity: str, complaint_id: int) -> int:
        """Gabungkan ke pengaduan: kept there with what is attached, as the answer where one is waited for. Raises
        Declined, Unreachable and Refused."""
        entry = self._entry(identity)
        mail = self._fetched(entry)
        words = words_of(entry.facts.mail)
        self._complaints.keep_reply(complaint_id, words, _evidence(mail), self._by_mail(entry, mail))
        self._taken(entry)
        return complaint_id

    def _by_mail(self, entry: Entry, mail: FetchedMail) -> ByMail:
        return ByMail(self._at(mail), entry.known.identity, tuple(thread_of(entry.facts.mail)))

    def refuse(self, identity: str) -> None:
        """Bukan untuk layanan ini: the mail stays in the mailbox as it is, and is not shown again."""
        self._decide(self._entry(identity), _S.REFUSED)

    def undo(self, identity: str) -> None:
        """A refusal is taken back."""
        self._decide(self._entry(identity), _S.WAITING)

    # ── inside ──
    def _matching(self, certificates: Sequence[CertificateFacts] = ()) -> Matching:
        """`certificates`: of a mail that holds nothing else."""
        office = self._office.settings.office
        return Matching(self._awaited, self._answered, office, partial(self._mailed.match, certificates))

    def _entry(self, identity: str) -> Entry:
        with self._guard:
            entry = self._entries.get(identity)
        if entry is None or entry.known.state in {_S.TAKEN, _S.SETTLED}:
            raise gone()
        return entry

    def _fetched(self, entry: Entry) -> FetchedMail:
        places = [item.place for item in self._casebook.known_mail(entry.known.identity)]
        found = (mail for mail in self._mailbox().fetch(places) if mail.identity == entry.known.identity)
        mail = next(found, None)
        if mail is None:
            raise gone()
        return mail

    @staticmethod
    def _whole(mail: FetchedMail) -> FetchedMail:
        if not mail.whole:
            raise Declined(
                _("E-mail ini terlalu besar untuk diterima."),
                _("Minta pemohon mengirim ulang surat pernyataan dan CSR saja."),
                code="tray.too_large",
            )
        return mail

    def _at(self, mail: FetchedMail) -> datetime:
        """A mailbox whose clock is ahead never makes a request of tomorrow."""
        return min(mail.arrived_at, self._office.now())

    def _taken(self, entry: Entry) -> None:
        """What is not moved now is moved at the next look."""
        self._decide(entry, _S.TAKEN)
        places = [item.place for item in self._casebook.known_mail(entry.known.identity)]
        try:
            self._mailbox().move(places)
        except LockdeskError:
            return

    def _decide(self, entry: Entry, state: MailState) -> None:
        known = self._casebook.known_mail(entry.known.identity)
        self._casebook.keep_mail([replace(item, state=state) for item in known])
        with self._guard:
            self._entries[entry.known.identity] = replace(entry, known=replace(entry.known, state=state))
            self._held = ("", {})


def gone() -> Declined:
    return Declined(
        _("E-mail ini sudah tidak ada di kotak surat, atau sudah diputuskan."),
        _("Muat ulang surat masuk."),
        code="tray.gone",
    )


def _uids(known: Iterable[KnownMail], folder: str, validity: int) -> frozenset[int]:
    return frozenset(item.place.uid for item in known if (item.place.folder, item.place.validity) == (folder, validity))


def _lies_in(known: KnownMail, looked: Looked) -> bool:
    place = known.place
    return (place.folder, place.validity) == (looked.folder, looked.validity) and place.uid in looked.uids


def _file(mail: FetchedMail) -> NamedBytes:
    return NamedBytes(f"e-mail-{mail.place.uid}.eml", mail.content)


def _evidence(mail: FetchedMail) -> tuple[NamedBytes, ...]:
    """A mail as evidence of a complaint, where it is small enough to be kept."""
    return (_file(mail),) if mail.whole and len(mail.content) <= LARGEST else ()


def _body(raw: bytes) -> bytes:
    return raw.partition(b"\r\n\r\n")[2].rstrip()


def _written_outside(mail: TrayMail) -> str:
    """What is told of a mail before it is read."""
    sender = (mail.sender.name, mail.sender.mailbox) if mail.sender is not None else ()
    return "\n".join((*sender, mail.subject, *(file.name for file in mail.files))).casefold()
