"""What lies one layer down in a mail: forwarded mails, S/MIME, Outlook messages. Values only; opened elsewhere."""

from dataclasses import replace

from lockdesk.desk.values.facts import Attachment, AttachmentKind, MailFacts, QuotedMail
from lockdesk.reader.files.kinds import TNEF
from lockdesk.reader.files.msg import is_msg
from lockdesk.reader.files.opening import OpenedFile
from lockdesk.reader.limits import MOST_MAIL_TEXT

MOST_ENCLOSED = 3
_SECRETS = frozenset({"private_key_in_text", "passphrase_in_text"})
_JOBS = {AttachmentKind.MAIL: "open", AttachmentKind.SIGNED_MAIL: "signed"}


def may_enclose(item: Attachment) -> bool:
    """Whether an attachment is a mail of its own that can be opened."""
    return item.content is not None and (item.kind in _JOBS or is_msg(item.content))


def job_of(item: Attachment) -> str:
    """How it is opened."""
    return _JOBS.get(item.kind, "compound")


def enclosed(opened: OpenedFile, item: Attachment, inner: OpenedFile) -> OpenedFile:
    """The mail with what was found in one of its attachments. The inner headers are quoted, and the attachment is kept
    back when anything in it must be."""
    mail = opened.mail
    assert mail is not None
    found = tuple(replace(part, within=item.name) for part in inner.files)
    outer = tuple(_kept_back(part, inner) if part == item else part for part in opened.files)
    deeper = tuple(part.name for part in found if may_enclose(part) or is_tnef(part))
    if inner.mail is None:
        deeper = (item.name,)
    mail = replace(
        mail,
        attachments=outer + found,
        quoted=(*mail.quoted, *_quoted(item, inner.mail)),
        unopened=(*mail.unopened, *deeper),
        defects=tuple(sorted({*mail.defects, *(_SECRETS & set(inner.mail.defects if inner.mail else ()))})),
        text=_text(mail, item, inner.mail),
    )
    return OpenedFile(mail, outer + found, opened.readings + inner.readings)


def with_unopened(opened: OpenedFile) -> OpenedFile:
    """The mail with the names of what in it nobody opens."""
    mail = opened.mail
    names = tuple(item.name for item in opened.files if not item.within and is_tnef(item))
    return opened if mail is None or not names else replace(opened, mail=replace(mail, unopened=mail.unopened + names))


def is_tnef(item: Attachment) -> bool:
    """Whether it is Outlook's winmail.dat, which no maintained library reads."""
    return item.content is not None and item.content.startswith(TNEF)


def _quoted(item: Attachment, inner: MailFacts | None) -> tuple[QuotedMail, ...]:
    signed = item.kind is AttachmentKind.SIGNED_MAIL
    return () if inner is None else (QuotedMail(item.name, inner.sender, inner.subject, inner.date, signed),)


def _kept_back(item: Attachment, inner: OpenedFile) -> Attachment:
    reasons = [part.withheld for part in inner.files if part.withheld not in {"", "large"}]
    if inner.mail is not None and _SECRETS & set(inner.mail.defects):
        reasons.append("secret")
    return replace(item, content=None, withheld=reasons[0]) if reasons else item


def _text(mail: MailFacts, item: Attachment, inner: MailFacts | None) -> str:
    """Signed words are the mail's own; a forwarded mail's are another's."""
    if inner is None or item.kind is not AttachmentKind.SIGNED_MAIL:
        return mail.text
    return f"{mail.text}\n{inner.text}".strip()[:MOST_MAIL_TEXT]
