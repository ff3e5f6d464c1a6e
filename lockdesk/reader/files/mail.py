"""E-mail into facts (RFC 5322, MIME). Runs in the cage; every trap of a message becomes a defect's name."""

import html
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import EmailMessage
from functools import lru_cache, partial
from typing import TypeVar

from lockdesk.core.mail_dates import mail_moment
from lockdesk.core.secrets import holds_passphrase
from lockdesk.desk.values.facts import Address, Attachment, MailFacts
from lockdesk.pki.containers import looks_like_private_key
from lockdesk.pki.subjects import one_line
from lockdesk.reader.files.kinds import attachment, clean_name
from lockdesk.reader.limits import MOST_MAIL_TEXT, plausible
from lockdesk.words import well_formed

T = TypeVar("T")
U = TypeVar("U")
MAIL_TEXT = "isi-e-mail.txt"
"""The words of a mail as a file, where a CSR stands in them."""
MOST_BYTES = 40 * 1024 * 1024
MOST_PARTS = 200
MOST_DEPTH = 20
_MOST_HEADER_BYTES = 256 * 1024
_MOST_ADDRESS_HEADER = 16_000
_MOST_SEARCHED = 4 * 1024 * 1024
_BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\"\s;]{1,200})", re.IGNORECASE)
_ENCODED_WORD = re.compile(r"=\?[^?\s]{1,40}\?[bqBQ]\?[^?\s]*\?=")
_BLANK = re.compile(rb"\r?\n\r?\n")
_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]{0,2000}>", re.IGNORECASE | re.DOTALL)
_BREAKS = re.compile(r"<(?:br|/p|/div|/tr|/li)\b[^>]{0,200}>", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s{0,9}=\s{0,9}[\"']?\s{0,9}https?://([\w.-]{1,200})", re.IGNORECASE)
_MOST_LINKS = 40
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
MOST_REFERENCES = 20
_CSR_LABEL = re.compile(r"CERTIFICATE\s+REQUEST\s*[-‐‑‒–—―−]{2}", re.IGNORECASE)


# the library parses a header anew at every look, and it looks at Content-Type twenty times
_POLICY = policy.default.clone(header_factory=lru_cache(maxsize=256)(policy.default.header_factory))


def parse_mail(raw: bytes, originals: dict[int, bytes]) -> MailFacts:
    """The facts of a raw message. Never raises for what the message holds.

    `originals` receives the bytes of each attachment by its index, withheld ones too: they stay in the cage.
    """
    defects = set(_size_defects(raw))
    source = _BLANK.split(raw[:_MOST_HEADER_BYTES], maxsplit=1)[0] if defects else raw
    message = _safely(lambda: message_from_bytes(source, policy=_POLICY), None, defects)
    if message is None:
        return MailFacts(None, defects=tuple(sorted(defects)))
    texts: list[str] = []
    files: list[Attachment] = []
    if not defects:
        for part in _leaves(message, defects):
            _read_part(part, texts, files, originals, defects)
    text = "\n".join(texts)
    # what was not taken apart is searched as it is, so that a key in it is still known
    searched = raw[:_MOST_SEARCHED] if defects else text.encode("utf-8", "replace")
    text = text[:MOST_MAIL_TEXT]
    if looks_like_private_key(searched):
        defects.add("private_key_in_text")
        text = ""
    elif holds_passphrase(text) or holds_passphrase(_subject(message, defects)):
        defects.add("passphrase_in_text")
        text = ""
    elif _CSR_LABEL.search(text):
        originals[len(files)] = text.encode("utf-8", "replace")
        files.append(attachment(MAIL_TEXT, originals[len(files)], "text/plain"))
    return _with_headers(message, text, files, defects)


def _size_defects(raw: bytes) -> Iterator[str]:
    """What would make the parser run for ever, found before it starts."""
    if len(raw) > MOST_BYTES:
        yield "too_large"
    head = _BLANK.split(raw[: _MOST_HEADER_BYTES + 4], maxsplit=1)[0]
    if len(head) > _MOST_HEADER_BYTES:
        yield "headers_too_large"
    boundaries = set(_BOUNDARY.findall(raw[:MOST_BYTES]))
    if len(boundaries) > MOST_PARTS or sum(raw.count(b"--" + item) for item in boundaries) > 2 * MOST_PARTS:
        yield "too_many_parts"
    if raw.lower().count(b"message/rfc822") > MOST_PARTS or len(boundaries) > 4 * MOST_DEPTH:
        yield "too_deep"


def _safely(read: Callable[[], T], otherwise: U, defects: set[str]) -> T | U:
    """The library's answer; its many ways to fail on hostile mail are one defect."""
    try:
        return read()
    except (Exception, RecursionError):
        defects.add("damaged")
        return otherwise


def _leaves(message: EmailMessage, defects: set[str]) -> Iterator[EmailMessage]:
    """The parts that hold content, in order, without recursion."""
    waiting: list[tuple[EmailMessage, int]] = [(message, 0)]
    count = 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if count > MOST_PARTS or depth > MOST_DEPTH:
            defects.add("too_many_parts" if count > MOST_PARTS else "too_deep")
            return
        if part.defects:
            defects.add("damaged")
        payload = part.get_payload() if part.is_multipart() else None
        if isinstance(payload, list) and _is_message(part):
            yield part
        elif isinstance(payload, list):
            inner = [item for item in payload if isinstance(item, EmailMessage)]
            waiting.extend((item, depth + 1) for item in reversed(inner))
        else:
            yield part


def _is_message(part: EmailMessage) -> bool:
    """Whether a part is a mail of its own: its headers are another's words."""
    return part.get_content_maintype() == "message" and part.get_content_subtype() in {"rfc822", "global"}


def _enclosed(part: EmailMessage) -> bytes:
    """The mail in a part, also where it is encoded against RFC 2046 section 5.2.1."""
    inner = part.get_payload(0)
    if not isinstance(inner, EmailMessage):
        return b""
    written = inner.as_bytes()
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        return b64decode(re.sub(rb"\s", b"", written), validate=True)
    return written


def _read_part(
    part: EmailMessage,
    texts: list[str],
    files: list[Attachment],
    originals: dict[int, bytes],
    defects: set[str],
) -> None:
    declared = _safely(part.get_content_type, "application/octet-stream", defects)
    enclosed = _safely(lambda: _is_message(part), False, defects)
    content = _safely(lambda: _enclosed(part) if enclosed else part.get_payload(decode=True), b"", defects)
    content = content if isinstance(content, bytes) else b""
    name = _safely(lambda: part.get_filename() or "", "", defects)
    attached = _safely(lambda: part.get_content_disposition() == "attachment", False, defects)
    if declared in ("text/plain", "text/html") and not name and not attached:
        charset = _safely(lambda: part.get_content_charset() or "utf-8", "utf-8", defects)
        text = _decoded(content, charset, defects)
        texts.append(_plain(text) if declared == "text/html" else text)
    elif content or name or attached:
        if part.defects:
            defects.add("damaged")
        originals[len(files)] = content
        otherwise = f"lampiran-{len(files) + 1}" + (".eml" if enclosed else "")
        files.append(attachment(clean_name(name, otherwise), content, one_line(declared)))


def _decoded(content: bytes, charset: str, defects: set[str]) -> str:
    try:
        return well_formed(content.decode(charset, "replace"))  # UTF-7 and unicode_escape spell halves of pairs
    except (LookupError, ValueError, OSError):  # OSError: the cage lets no further codec be loaded
        defects.add("unknown_charset")
        return content.decode("utf-8", "replace")


def _plain(text: str) -> str:
    """The words of an HTML body, behind them where its links lead; nothing of it is ever shown as HTML."""
    part = text[: 4 * MOST_MAIL_TEXT]
    words = html.unescape(_TAGS.sub("", _BREAKS.sub("\n", part)))
    hosts = dict.fromkeys(host.casefold() for host in _HREF.findall(part))
    return "\n".join([words, *(f"https://{host}" for host in hosts if host not in words.casefold())][:_MOST_LINKS])


def _with_headers(message: EmailMessage, text: str, files: list[Attachment], defects: set[str]) -> MailFacts:
    senders = _addresses(message, "From", defects)
    if len(senders) > 1:
        defects.add("several_senders")
    paths = _addresses(message, "Return-Path", defects)
    return MailFacts(
        sender=senders[0] if senders else None,
        subject=_subject(message, defects),
        date=_date(message, defects),
        message_id=one_line(_safely(lambda: str(message["Message-ID"] or ""), "", defects)),
        references=_references(message, defects),
        return_path=paths[0] if paths else None,
        reply_to=_addresses(message, "Reply-To", defects),
        to=_addresses(message, "To", defects),
        cc=_addresses(message, "Cc", defects),
        authentication_results=_lines(message, "Authentication-Results", defects)[:10],
        received=_lines(message, "Received", defects)[:20],
        text=text,
        attachments=tuple(files),
        defects=tuple(sorted(defects)),
    )


def _references(message: EmailMessage, defects: set[str]) -> tuple[str, ...]:
    """The identifiers of the messages that this one answers (RFC 5322 section 3.6.4), the nearest first."""
    named = [
        found
        for header in ("In-Reply-To", "References")
        for raw in _safely(partial(_raw_headers, message, header), [], defects)[:2]
        for found in reversed(_MESSAGE_ID.findall(raw[-_MOST_ADDRESS_HEADER:]))
    ]
    return tuple(dict.fromkeys(map(one_line, named)))[:MOST_REFERENCES]


def _raw_headers(message: EmailMessage, name: str) -> list[str]:
    """The header's values as they stand there, unfolded, not yet interpreted."""
    wanted = name.lower()
    pairs = [(str(key), value) for key, value in message.raw_items()]
    return [re.sub(r"\r?\n", "", str(value)) for key, value in pairs if key.lower() == wanted]


def _subject(message: EmailMessage, defects: set[str]) -> str:
    try:
        return one_line(str(message["Subject"] or ""))
    except (Exception, RecursionError):
        raw = next(iter(_raw_headers(message, "Subject")), "")
        return _safely(lambda: one_line(_ENCODED_WORD.sub(_spelt_out, raw)), "", defects)


def _spelt_out(word: "re.Match[str]") -> str:
    """An encoded word (RFC 2047) that the library decodes into something it then chokes on, as plain text."""
    ((content, charset),) = decode_header(word[0])
    text = content.decode(charset or "ascii", "replace") if isinstance(content, bytes) else content
    return re.sub(r'["\\]', "", well_formed(text))


def _addresses(message: EmailMessage, name: str, defects: set[str]) -> tuple[Address, ...]:
    found: list[Address] = []
    for raw in _raw_headers(message, name)[:4]:
        if len(raw) > _MOST_ADDRESS_HEADER:
            defects.add("too_many_recipients")
            continue
        try:
            found.extend(_parse_addresses(name, raw))
        except (Exception, RecursionError):
            spelt = _ENCODED_WORD.sub(lambda word: f'"{_spelt_out(word)}"', raw)
            found.extend(_safely(partial(_parse_addresses, name, spelt), (), defects))
    return tuple(found[:50])


def _parse_addresses(name: str, raw: str) -> tuple[Address, ...]:
    field = "Reply-To" if name == "Return-Path" else name
    header = policy.default.header_factory(field, raw)
    found: list[Address] = []
    before = ""
    for item in header.addresses:
        if item.domain:
            found.append(Address(one_line(before + item.display_name), _mailbox(item.username, item.domain)))
        # a name's title behind a comma that nobody quoted: what stands before it is no mailbox
        before = "" if item.domain else f"{before}{item.display_name or item.username}, "
    return tuple(found)


def _mailbox(local: str, domain: str) -> str:
    """local@domain with the domain in lower case and in Unicode."""
    shown = domain.lower().rstrip(".")
    if "xn--" in shown:
        with suppress(UnicodeError, LookupError):
            shown = shown.encode("ascii").decode("idna")
    return one_line(f"{local}@{shown}").replace(" ", "")


def _date(message: EmailMessage, defects: set[str]) -> datetime | None:
    raws = _raw_headers(message, "Date")
    if not raws:
        return None
    moment = _safely(lambda: mail_moment(raws[0]), None, defects)
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    named = plausible(_safely(lambda: aware.astimezone(UTC), None, defects))
    if named is None:
        defects.add("damaged")
    return named


def _lines(message: EmailMessage, name: str, defects: set[str]) -> tuple[str, ...]:
    values = _safely(lambda: _raw_headers(message, name), (), defects)
    return tuple(one_line(value) for value in values)
