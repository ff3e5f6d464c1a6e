"""What an owed message says, to whom it goes, and what it is put together with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from lockdesk.core.messages import GONE, UNSENT
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.composing import Letter
from lockdesk.desk.office.mail_fields import address_in, is_address
from lockdesk.desk.office.notice_texts import NoticeTexts
from lockdesk.desk.office.office import Office
from lockdesk.desk.requests.notices import NOTICE_ON_ROUTE, PROVING, Notices
from lockdesk.desk.values.cases import CaseView, Message
from lockdesk.desk.values.complaints import ComplaintView
from lockdesk.records import dataclass
from lockdesk.words import _, date_words, in_indonesian, moment_words

TOGETHER = timedelta(minutes=30)
"""Revoked, issued and completed within this time go as one message."""
HELD = frozenset({"revoked"})
"""What waits that long for a message that says more."""
_AFTER_REVOKED = ("issued", "completed", "portal_reissue", "portal_reissue_without_csr")
SAYS_MORE: Mapping[str, frozenset[str]] = dict.fromkeys(_AFTER_REVOKED, HELD)
"""Which notices hold what an earlier one says, too."""
COVERED: Mapping[str, frozenset[str]] = {"completed": PROVING}
"""Which notices say nothing new within that time after another was accepted, which says that the case ends."""


@dataclass(frozen=True, slots=True)
class Written:
    """An owed message with its words; `merged` are earlier ones whose content stands in it."""

    letter: Letter
    notice: str
    in_person: bool = False
    covered: bool = False
    held: bool = False
    merged: tuple[Message, ...] = ()


class Writing:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, notices: Notices, texts: NoticeTexts) -> None:
        self._casebook = casebook
        self._office = office
        self._notices = notices
        self._texts = texts

    def address(self, message: Message) -> str:
        """The stored address to which the message may go now; "" where none is known."""
        if message.complaint_id:
            return address_in(self._casebook.complaint_form(message.complaint_id).contact)
        address = self._notices.address(self._casebook.case(message.case_id))
        return address if is_address(address) else ""

    @in_indonesian()
    def written(self, message: Message) -> Written:
        """The owed message with its words: the officer's own where there are any."""
        if message.complaint_id:
            complaint = self._casebook.complaint(message.complaint_id)
            return Written(self._of_complaint(complaint, message), message.notice)
        case = self._casebook.case(message.case_id)
        notice = NOTICE_ON_ROUTE.get((message.notice, case.route), message.notice)
        letter = self._notices.letter(case, notice, message.at)
        if message.subject:
            letter = replace(letter, subject=message.subject, body=message.body)
        return Written(
            letter,
            notice,
            in_person=case.told_in_person,
            covered=self._is_covered(case, message, notice),
            held=notice in HELD,
            merged=_merged(case, message, notice),
        )

    @staticmethod
    def _is_covered(case: CaseView, message: Message, notice: str) -> bool:
        """Whether all that it says was said a short while before."""
        return any(
            other.notice in COVERED.get(notice, ())
            and other.state in GONE
            and other.changed_at is not None
            and message.at - other.changed_at <= TOGETHER
            for other in case.messages
        )

    def _of_complaint(self, complaint: ComplaintView, message: Message) -> Letter:
        zone, office = self._office.zone, self._office.settings.office
        answers = [note.text for note in complaint.notes if note.at <= message.at]
        subject, body = self._texts.of(message.notice).filled(
            {
                "nomor": complaint.number,
                "nama": _("Pengadu") if complaint.form.confidential else complaint.form.name,
                "diterima": moment_words(complaint.received_at, zone),
                "batas": date_words(complaint.due_on),
                "jawaban": answers[-1] if answers else "–",
                "petugas": self._office.actor(),
                "unit": f"{office.unit} {office.city}",
            }
        )
        thread = self._casebook.complaint_thread(complaint.id)
        return Letter(self.address(message), subject, body, complaint.number, thread)


def _merged(case: CaseView, message: Message, notice: str) -> tuple[Message, ...]:
    """Earlier messages that certainly were not sent and say nothing that this one does not."""
    earlier = (other for other in case.messages if other.id < message.id and other.state in UNSENT)
    return tuple(other for other in earlier if other.notice in SAYS_MORE.get(notice, ()))
