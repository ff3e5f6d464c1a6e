"""Which of the files of a request is the letter and which the CSR, and what is doubtful about it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from lockdesk.desk.values.facts import (
    MOST_PAGES,
    Attachment,
    AttachmentKind,
    MailFacts,
    RequestFacts,
    StatementFacts,
    StatementProblem,
)
from lockdesk.pki.csr import CHALLENGE
from lockdesk.pki.values import CsrProblem, CsrReading
from lockdesk.reader.files.kinds import KEY_IN_LETTER, PASSPHRASE_IN_LETTER
from lockdesk.reader.files.mail import MAIL_TEXT
from lockdesk.records import dataclass
from lockdesk.words import _

_CSR_ORDER = (
    CsrProblem.NONE,
    CsrProblem.SEVERAL,
    CsrProblem.TRAILING,
    CsrProblem.PRIVATE_KEY,
    CsrProblem.VERSION,
    CsrProblem.CMC,
    CsrProblem.SPKAC,
    CsrProblem.DAMAGED,
    CsrProblem.PKCS12,
    CsrProblem.CERTIFICATE,
    CsrProblem.DOCUMENT,
    CsrProblem.ARCHIVE,
    CsrProblem.TOO_LARGE,
    CsrProblem.NOT_A_CSR,
)
MOST_LETTERS = 5


OpenedLetter = tuple[Attachment, StatementFacts]


@dataclass(frozen=True, slots=True)
class Papers:
    """What the files of a request hold: the mail, every file, beside each its reading as a CSR (None where nobody would
    take it for one), and the opened papers that may be the letter."""

    mail: MailFacts | None
    files: Sequence[Attachment]
    readings: Sequence[CsrReading | None]
    letters: Sequence[OpenedLetter]


@dataclass(frozen=True, slots=True)
class ChosenCsr:
    """The file taken as the CSR, its reading, and how many different CSRs there are."""

    file: Attachment | None
    reading: CsrReading
    count: int
    quoted: int = 0
    """How many others stand only in the mail's words beside an attached one."""


def choose_csr(files: Sequence[Attachment], readings: Sequence[CsrReading | None]) -> ChosenCsr:
    """The best candidate. Two different CSRs are never chosen between: that is SEVERAL."""
    offered = [(item, reading) for item, reading in zip(files, readings, strict=True) if reading is not None]
    if not offered:
        return ChosenCsr(None, CsrReading(CsrProblem.MISSING), 0)
    offered.sort(key=lambda pair: _CSR_ORDER.index(pair[1].problem))
    attached = [pair for pair in offered if pair[0].name != MAIL_TEXT]
    quoted = 0
    if any(reading.problem is CsrProblem.NONE for _file, reading in attached):
        own = {reading.der for _file, reading in attached}
        quoted = sum(reading.der not in own for _file, reading in offered)
        offered = attached
    item, reading = offered[0]
    different = {other.der for _file, other in offered if other.der is not None}
    inside = any(other.problem is CsrProblem.SEVERAL for _file, other in offered)
    count = len(different) + inside
    if len(different) > 1 and reading.problem is CsrProblem.NONE:
        detail = _("{count} CSR yang berbeda").format(count=count)
        reading = replace(reading, problem=CsrProblem.SEVERAL, detail=detail)
    return ChosenCsr(item, _not_kept(reading), count, quoted)


def _not_kept(reading: CsrReading) -> CsrReading:
    """A CSR whose challengePassword may be the passphrase is neither stored nor sent on."""
    asked = reading.facts is not None and CHALLENGE in reading.facts.attributes
    return replace(reading, der=None) if asked else reading


def letter_candidates(files: Sequence[Attachment]) -> list[Attachment]:
    """Files that may be the letter: PDFs and pictures by content, else what is named so, else what somebody wrote in a
    word processor and did not save as a PDF."""
    papers = [item for kind in (AttachmentKind.PDF, AttachmentKind.IMAGE) for item in files if item.kind is kind]
    named = [item for item in files if item.name.lower().endswith(".pdf")]
    return (papers or named or [item for item in files if _is_written(item)])[:MOST_LETTERS]


def _is_written(item: Attachment) -> bool:
    """Whether it is a text document; no spreadsheet and no slides."""
    return item.kind is AttachmentKind.OFFICE and item.name.lower().endswith((".doc", ".docx", ".odt", ".rtf"))


MOST_BOUND = 60 * 1024 * 1024
"""Bytes of pictures that are put together; more do not go through the pipe at once."""
_NO_PAGE = re.compile(r"ktp|kartu|\bid\b|selfie|swafoto|pas\s?foto|karpeg|\bsk\b|sertifikat", re.IGNORECASE)
_NUMBERS = re.compile(r"\s*\(?(\d+)\)?")


def pages_of_one(files: Sequence[Attachment]) -> list[Attachment]:
    """The pictures that together may be one letter, in the order of its pages; none where there are not several.
    Where names differ in their numbers alone these say the order, else it is the order in which they came."""
    pictures = [
        item for item in files
        if item.kind is AttachmentKind.IMAGE and item.content is not None and may_be_page(item)
    ]  # fmt: skip
    if not 2 <= len(pictures) <= MOST_PAGES or sum(item.size for item in pictures) > MOST_BOUND:
        return []
    alike = len({_NUMBERS.sub("#", item.name.casefold()) for item in pictures}) == 1
    numbered = len({_NUMBERS.sub("", item.name.casefold()) for item in pictures}) == 1
    return sorted(pictures, key=lambda item: _numbers(item.name)) if alike or numbered else pictures


def may_be_page(item: Attachment) -> bool:
    """Whether its name does not call it an identity card, a portrait or the like."""
    return not _NO_PAGE.search(item.name)


def _numbers(name: str) -> tuple[int, list[int]]:
    """A name without the number that the others have behind theirs comes first: "foto.jpg", "foto (1).jpg"."""
    found = [int(number) for number in _NUMBERS.findall(name)]
    return len(found), found


_NOT_TAKEN = {
    "key": StatementProblem.MISSING,
    "closed": StatementProblem.MISSING,
    "locked": StatementProblem.ENCRYPTED,
}
"""What a paper that was not taken is to who asks for the letter; the checks of the files say why."""


def unread(item: Attachment) -> StatementFacts | None:
    """The facts of a letter that need no opening: too large, withheld or empty."""
    if item.kind is AttachmentKind.EMPTY:
        return StatementFacts(StatementProblem.EMPTY)
    if item.kind is AttachmentKind.OFFICE:
        return StatementFacts(StatementProblem.OFFICE)
    if item.withheld in _NOT_TAKEN:
        return StatementFacts(_NOT_TAKEN[item.withheld])
    if item.content is None:
        return StatementFacts(StatementProblem.TOO_LARGE, detail=_("{size} byte").format(size=item.size))
    return None


def best_letter(letters: Sequence[OpenedLetter]) -> tuple[Attachment | None, StatementFacts]:
    """Which of several PDFs is the statement letter: it opens, it says so, it has the most fields."""
    if not letters:
        return None, StatementFacts(StatementProblem.MISSING)
    return max(letters, key=lambda pair: _score(*pair))


_LETTER_NAME = re.compile(r"surat|pernyataan|permohonan|lupa|passphrase|formulir|reset", re.IGNORECASE)
_OTHER_NAME = re.compile(r"ktp|kartu|\bid\b|foto|selfie|karpeg|\bsk\b|sertifikat", re.IGNORECASE)


def _score(file: Attachment, facts: StatementFacts) -> tuple[bool, int, int, int]:
    """A paper that opens and says so, the one that says most of somebody first; then one that is still to be read, by
    what its name promises."""
    text = facts.text.lower()
    asks = "passphrase" in text or "frasa sandi" in text or "kata sandi" in text
    says_so = 2 if asks and ("pernyataan" in text or "lupa" in text or "reset" in text) else 0 if text else 1
    named = bool(_LETTER_NAME.search(file.name)) - bool(_OTHER_NAME.search(file.name))
    return facts.problem is StatementProblem.NONE, says_so, len(facts.places), named


def withhold_burnt(papers: Papers) -> Papers:
    """The same, with the content of letters taken away that hold a private key or a passphrase in their text."""
    secrets = {KEY_IN_LETTER, PASSPHRASE_IN_LETTER}
    burnt = [(item, facts.risks) for item, facts in papers.letters if secrets & set(facts.risks)]

    def kept(item: Attachment) -> Attachment:
        risks = next((risks for letter, risks in burnt if letter == item), None)  # the mail holds it a second time
        if risks is None:
            return item
        if KEY_IN_LETTER in risks:
            return replace(item, kind=AttachmentKind.PRIVATE_KEY, content=None, withheld="key")
        return replace(item, content=None, withheld="secret")

    mail = papers.mail
    if mail is not None:
        mail = replace(mail, attachments=tuple(map(kept, mail.attachments)))
    letters = [(kept(item), facts) for item, facts in papers.letters]
    return Papers(mail, list(map(kept, papers.files)), papers.readings, letters)


def assemble(papers: Papers) -> RequestFacts:
    """The request as the desk sees it: the best of the papers as its letter, the best CSR as its CSR."""
    csr, letter = choose_csr(papers.files, papers.readings), best_letter(papers.letters)
    chosen = {(item.name, item.sha256) for item in (csr.file, letter[0]) if item is not None}
    others = tuple(item for item in papers.files if (item.name, item.sha256) not in chosen)
    return RequestFacts(papers.mail, letter[1], csr.reading, letter[0], csr.file, csr.count, others, csr.quoted)
