"""The office's mail account, and the states and facts of a message on its way out."""

from datetime import date, datetime
from enum import StrEnum

from lockdesk.records import dataclass


class Security(StrEnum):
    """How the connection to the SMTP server is encrypted; unencrypted is no choice."""

    STARTTLS = "starttls"
    TLS = "tls"


class Auth(StrEnum):
    """What the kept secret is: a password (SASL PLAIN or LOGIN), or an access or refresh token (XOAUTH2)."""

    PASSWORD = "password"
    XOAUTH2 = "xoauth2"


@dataclass(frozen=True, slots=True)
class ByMail:
    """How something reached the office: when the mail came, its identity in the tray, and the Message-IDs that an
    answer to it names, the nearest last."""

    arrived_at: datetime
    identity: str
    thread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery status notification (RFC 3464) says of one of our messages."""

    message_id: str
    recipient: str
    status: str
    """The enhanced status code, "5.1.1"."""
    failed: bool
    """False while it is only late, or was delivered."""
    words: str = ""


@dataclass(frozen=True, slots=True)
class MailAccount:
    """The mailbox that the office receives requests in and writes from; its secret lies in the keyring."""

    address: str
    name: str
    """What recipients see beside the address."""
    smtp_host: str
    smtp_port: int
    security: Security
    user: str
    auth: Auth
    imap_host: str
    imap_port: int
    imap_user: str
    folder: str
    """Where mail arrives, copies of our own messages too."""
    accepted_folder: str
    """Where mail is moved that became part of a case."""
    filter: str = ""
    """Only mail to this address, or with these words in its subject, is looked at; "" all of it."""
    since: date | None = None
    """Mail that reached the mailbox before this day is neither taken nor marked; None: all of it is looked at."""
    token_url: str = ""
    """Where XOAUTH2's access tokens come from: then the kept secret is a refresh token; "" it is a token itself."""
    client_id: str = ""
    client_secret: str = ""
    """What some providers want beside the client's name; of a program on a desk it is no secret (RFC 8252 section
    8.5)."""
    ca_pem: bytes = b""
    """The only CA certificates that the servers' may chain to; b"" the system's."""
    seconds: float = 120.0
    """The longest time for a whole exchange: servers search a message before they accept it."""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class MailPlace:
    """Where a mail lies: UIDs mean something within one UIDVALIDITY of one folder only (RFC 3501 section 2.3.1.1)."""

    folder: str
    validity: int
    uid: int


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """A mail as the mailbox holds it; fetching it left it unread."""

    place: MailPlace
    arrived_at: datetime
    """When it reached the mailbox (INTERNALDATE), UTC: what its sender says of the time proves nothing."""
    identity: str
    """SHA-256 over From, Date, Subject, Message-ID and the body: known again under another UID."""
    content: bytes
    whole: bool = True
    """False: it is larger than what is fetched, and `content` is only its beginning."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a folder holds now, and some of the mail in it that was not known."""

    folder: str
    validity: int
    uids: frozenset[int]
    mails: tuple[FetchedMail, ...]
    more: bool
    """Whether there is more that is not known: to be looked for again at once."""
