"""Mail that complains, or that answers what the office wrote about a complaint."""

from lockdesk.core.complaints import Channel, ComplaintClass, ComplaintKind, ComplaintState
from lockdesk.core.numbering import complaint_numbers_in
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.mail_fields import address_in
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintRow
from lockdesk.desk.values.facts import MailFacts, RequestFacts
from lockdesk.records import dataclass
from lockdesk.words import _

MOST_TEXT = 4000
"""Letters of a mail's words that are shown, and kept as what somebody wrote."""
_MOST_NAMESAKES = 5


@dataclass(frozen=True, slots=True)
class AnsweredComplaint:
    """The complaint that a mail seems to answer, what speaks for it and what makes it a question."""

    row: ComplaintRow
    reason: str
    doubts: tuple[str, ...]


class AnsweredComplaints:
    """Asked on worker threads. Every mark in a mail can be forged, so this is only ever offered."""

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook

    def answered_by(self, facts: RequestFacts) -> AnsweredComplaint | None:
        """By our own message or the complainant's own mail that it answers, else by the number in its subject."""
        mail = facts.mail
        if mail is None:
            return None
        replied = self._replied(mail)
        row = replied or self._numbered(mail)
        if row is None:
            return None
        reason = (
            _("E-mail ini membalas pesan tentang pengaduan {number}.")
            if replied is not None
            else _("Subjek e-mail menyebut nomor pengaduan {number}.")
        )
        return AnsweredComplaint(row, reason.format(number=row.number), self._doubts(mail, row))

    def _replied(self, mail: MailFacts) -> ComplaintRow | None:
        ours = map(self._casebook.message_named, mail.references)
        ids = [message.complaint_id for message in ours if message is not None and message.complaint_id]
        ids = ids or [found for found in map(self._casebook.complaint_of_mail, mail.references) if found]
        return next(iter(self._casebook.complaint_rows(ids[:1])), None)

    def _numbered(self, mail: MailFacts) -> ComplaintRow | None:
        numbers = complaint_numbers_in(mail.subject)
        found = (row for number in numbers for row in self._casebook.search_complaints(number, _MOST_NAMESAKES))
        return next((row for row in found if row.number in numbers), None)

    def _doubts(self, mail: MailFacts, row: ComplaintRow) -> tuple[str, ...]:
        contact = address_in(self._casebook.complaint_form(row.id).contact).casefold()
        sender = mail.sender.mailbox.casefold() if mail.sender is not None else ""
        doubts = [_("Pengirimnya bukan alamat pengadu yang tercatat.")] if sender != contact else []
        if row.state is ComplaintState.RESOLVED:
            doubts.append(_("Pengaduan ini sudah selesai; buka kembali bila masih ada yang harus ditangani."))
        return tuple(doubts)


def words_of(mail: MailFacts | None) -> str:
    """Subject and text of a mail, as what somebody wrote."""
    return "\n".join(filter(None, (mail.subject, mail.text[:MOST_TEXT]))) if mail is not None else ""


def complaint_in(mail: MailFacts | None) -> ComplaintForm:
    """A complaint in the mail's own words."""
    sender = mail.sender if mail is not None else None
    return ComplaintForm(
        channel=Channel.EMAIL,
        kind=ComplaintKind.COMPLAINT,
        complaint_class=ComplaintClass.ORDINARY,
        name=(sender.name or sender.mailbox) if sender is not None else "pengirim tidak terbaca",
        contact=sender.mailbox if sender is not None else "",
        confidential=False,
        description=words_of(mail),
        wanted="",
    )
