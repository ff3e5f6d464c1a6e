"""What the tray holds of a mail in memory, and how it shows that."""

from collections.abc import Mapping
from dataclasses import field

from lockdesk.desk.requests.scanning import PAPERS
from lockdesk.desk.tray.complaining import MOST_TEXT
from lockdesk.desk.tray.roles import role_of
from lockdesk.desk.values.facts import Attachment, RequestFacts
from lockdesk.desk.values.tray import KnownMail, Match, Seems, TrayFile, TrayMail
from lockdesk.pki.values import CertificateFacts
from lockdesk.records import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A mail that may be shown: what was read of it, without the bytes."""

    id: int
    known: KnownMail
    facts: RequestFacts
    several: bool
    whole: bool
    match: Match
    roles: Mapping[str, str] = field(default_factory=dict)
    """What the officer says files are, by their SHA-256."""
    certificates: tuple[CertificateFacts, ...] = ()
    """Of a mail that holds nothing else."""


def shown(entry: Entry) -> TrayMail:
    mail, facts = entry.facts.mail, entry.facts
    return TrayMail(
        entry.id,
        entry.known.identity,
        entry.known.arrived_at,
        entry.known.state,
        mail.sender if mail is not None else None,
        mail.subject if mail is not None else "",
        mail.text[:MOST_TEXT] if mail is not None else "",
        tuple(_file(entry, item) for item in facts.attachments),
        entry.match,
    )


def _file(entry: Entry, item: Attachment) -> TrayFile:
    drawable = item.kind in PAPERS and not item.withheld
    # what is read as a CSR of a mail that brings a certificate is that certificate
    role = "other" if entry.match.seems is Seems.CERTIFICATE else role_of(entry.facts, item)
    return TrayFile(item.name, item.kind, item.size, role, item.sha256, drawable)
