"""What came in and what it seems to be, before anything of it gets a number: the officer is asked where that is not
plain."""

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from lockdesk.core.cases import CaseState
from lockdesk.core.findings import Verdict
from lockdesk.core.identity import NameMatch, compare_names, digits
from lockdesk.core.numbering import case_numbers_in
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.letter.purpose import check_purpose
from lockdesk.desk.checks.letter.services import asserted
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.gathering import applicant_from
from lockdesk.desk.values.cases import CaseFilter, CaseRow, IntakeChannel
from lockdesk.desk.values.facts import KEY_KINDS, AttachmentKind, RequestFacts, StatementProblem
from lockdesk.desk.values.marks import message_marks
from lockdesk.desk.values.people import Applicant
from lockdesk.pki.values import CsrProblem
from lockdesk.records import dataclass
from lockdesk.words import N_, _, in_indonesian, number_words

MOST_WAITING = 200
"""Waiting cases that are looked through for one whose applicant wrote; a counter has a handful."""


class Question(StrEnum):
    """What the officer is asked before anything is taken in."""

    NONE = ""
    ANSWER = "answer"
    """It seems to be what a waiting applicant was asked for."""
    SEVERAL = "several"
    """It holds the requests of several people."""
    NO_REQUEST = "no_request"
    """Nothing in it asks for anything that the desk does."""


class AnswerSign(StrEnum):
    """What speaks for an answer, the strongest first."""

    NUMBER = "number"
    REPLY = "reply"
    PERSON = "person"
    SENDER = "sender"


SIGN_WORDS = {
    AnswerSign.NUMBER: N_("Subjek e-mail menyebut nomor kasus ini."),
    AnswerSign.REPLY: N_("E-mail ini membalas e-mail pada kasus ini."),
    AnswerSign.PERSON: N_("Surat atau CSR di dalamnya menyebut pemohon kasus ini."),
    AnswerSign.SENDER: N_("Pengirimnya adalah pemohon kasus ini."),
}


QUESTION_WORDS = {
    Question.NONE: "",
    Question.ANSWER: N_("Apakah ini jawaban untuk kasus {number}, atau permohonan baru?"),
    Question.SEVERAL: N_("Apakah ini satu permohonan, atau {count} permohonan?"),
    Question.NO_REQUEST: N_("Apakah berkas ini permohonan pencabutan dan penerbitan ulang?"),
}


@dataclass(frozen=True, slots=True)
class AwaitedCase:
    """A case that waits for its applicant, and why this seems to be the answer."""

    row: CaseRow
    sign: AnswerSign


@dataclass(frozen=True, slots=True)
class Arrival:
    """Files as they were read, nothing of it stored. `parts` are the requests of several people in it."""

    files: tuple[NamedBytes, ...]
    channel: IntakeChannel
    digest: str
    question: Question
    whole: RequestFacts
    parts: tuple[RequestFacts, ...] = ()
    names: tuple[str, ...] = ()
    """Whose each of `parts` is."""
    awaited: tuple[AwaitedCase, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    """What the officer said that files are: SHA-256 and role, for the journal."""

    @property
    @in_indonesian()
    def words(self) -> str:
        """The question, as it is asked of the sender or the head of the division."""
        number = self.awaited[0].row.number if self.awaited else ""
        return _(QUESTION_WORDS[self.question]).format(number=number, count=number_words(len(self.parts)))


UNREADABLE = frozenset({CsrProblem.CERTIFICATE, CsrProblem.NOT_A_CSR, CsrProblem.DAMAGED, CsrProblem.MISSING})
"""What there is instead of a CSR asks for none."""
_REQUEST_WORDS = re.compile(
    r"\bpas+\s?-?\s?ph?rase\b|\bfrasa\s+sandi\b|\bsertifikat\s+(?:elektronik|digital)\b|\bTTE\b|\bCSR\b|\bBSrE\b"
    r"|\btanda\s*tangan\s+elektronik\b|\bcertificate\s+request\b",
    re.IGNORECASE,
)


def asks_for_something(facts: RequestFacts) -> bool:
    """Whether it is a request: a CSR, a letter that may be one, or its words. A key that came along is taken in, so
    that it is known as burnt, and so is a mail that could not be taken apart: what it holds is not known."""
    if facts.csr.problem not in UNREADABLE or any(item.kind in KEY_KINDS for item in facts.attachments):
        return True
    letter, mail = facts.statement, facts.mail
    words = f"{mail.subject}\n{mail.text}" if mail is not None else ""
    named = " ".join(re.split(r"[_.-]", " ".join(item.name for item in facts.attachments)))
    if mail is not None and set(mail.defects) - {"damaged", "unknown_charset", "several_senders"}:
        return True
    if letter.problem not in {StatementProblem.MISSING, StatementProblem.OFFICE} and not letter.has_text:
        return True  # a scan or a file that did not open: it may be the letter
    if letter.has_text and check_purpose(letter).verdict is Verdict.FAIL:
        return bool(asserted(" ".join(words.split())))
    return bool(_REQUEST_WORDS.search(f"{words}\n{named}\n{letter.text}"))


def holds_private_key(facts: RequestFacts) -> bool:
    in_text = facts.mail is not None and "private_key_in_text" in facts.mail.defects
    in_letter = "private_key" in facts.statement.risks
    return in_text or in_letter or any(item.kind in KEY_KINDS for item in facts.attachments)


def is_only_certificate(facts: RequestFacts) -> bool:
    """Whether it is a certificate, whole or broken, alone or in a mail: it asks for nothing, and is awaited
    elsewhere."""
    certificate = facts.csr.problem is CsrProblem.CERTIFICATE or any(
        item.kind is AttachmentKind.CERTIFICATE for item in facts.attachments
    )
    asks = facts.statement.problem is not StatementProblem.MISSING or facts.csr.problem not in UNREADABLE
    return certificate and not asks and not holds_private_key(facts)


class AwaitedCases:
    """The cases that wait for their applicant. Asked on worker threads."""

    STATES = frozenset({CaseState.AWAITING_APPLICANT, CaseState.AWAITING_NEW_CSR})

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook

    def answered_by(self, facts: RequestFacts) -> tuple[AwaitedCase, ...]:
        """Those to which this seems to be the answer, the surest first. Every mark in a mail can be forged, so this is
        only ever offered; and never for a case of another person than its papers name."""
        waiting = self._casebook.page(CaseFilter.WAITING, None, MOST_WAITING).rows
        rows = {row.id: row for row in waiting if row.state in self.STATES}
        if not rows:
            return ()
        said = _person_in(facts)
        found: dict[int, AnswerSign] = {}
        for sign, ids in (
            (AnswerSign.NUMBER, self._numbered(facts)),
            (AnswerSign.REPLY, self._replied(facts)),
            (AnswerSign.PERSON, self._of_person(said, rows)),
            (AnswerSign.SENDER, self._written_by(facts)),
        ):
            for case_id in ids & rows.keys():
                found.setdefault(case_id, sign)
        return tuple(
            AwaitedCase(rows[case_id], sign)
            for case_id, sign in found.items()
            if not _is_another(said, self._casebook.case(case_id).applicant)
        )

    def related(self, facts: RequestFacts) -> tuple[AwaitedCase, ...]:
        """The other cases to which this seems to belong, the surest sign and the newest case first. A name alone is
        no sign here."""
        said = _person_in(facts)
        of_person = self._casebook.cases_of_person(said.nik, said.nip)
        found: dict[int, AnswerSign] = {}
        for sign, ids in (
            (AnswerSign.NUMBER, self._numbered(facts)),
            (AnswerSign.REPLY, self._replied(facts)),
            (AnswerSign.PERSON, {row.id for row in of_person}),
            (AnswerSign.SENDER, self._written_by(facts)),
        ):
            for case_id in sorted(ids, reverse=True):
                found.setdefault(case_id, sign)
        rows = [(self._casebook.row(case_id), sign) for case_id, sign in found.items()]
        return tuple(
            AwaitedCase(row, sign)
            for row, sign in rows
            if row.state not in self.STATES and not _is_another(said, self._casebook.case(row.id).applicant)
        )

    def _numbered(self, facts: RequestFacts) -> set[int]:
        mail = facts.mail
        numbers = case_numbers_in("\n".join((mail.subject, *mail.references))) if mail is not None else ()
        found = (row for number in numbers for row in self._casebook.search(number, MOST_WAITING))
        return {row.id for row in found if row.number in numbers}

    def _replied(self, facts: RequestFacts) -> set[int]:
        answered = message_marks(facts.mail.references) if facts.mail is not None else ()
        ours = map(self._casebook.message_named, facts.mail.references if facts.mail is not None else ())
        marked = {use.case_id for use in self._casebook.mark_uses(answered, None)}
        return marked | {message.case_id for message in ours if message is not None and message.case_id}

    def _of_person(self, said: Applicant, rows: Mapping[int, CaseRow]) -> set[int]:
        if said.nip or said.nik:
            return {row.id for row in self._casebook.cases_of_person(said.nik, said.nip)}
        named = {NameMatch.SAME, NameMatch.TITLED}
        return {n for n, row in rows.items() if said.name and compare_names(said.name, row.name) in named}

    def _written_by(self, facts: RequestFacts) -> set[int]:
        mailbox = facts.mail.sender.mailbox.casefold() if facts.mail is not None and facts.mail.sender else ""
        found = self._casebook.search(mailbox, MOST_WAITING) if mailbox else ()
        return {row.id for row in found if self._casebook.case(row.id).applicant.email == mailbox}


def _person_in(facts: RequestFacts) -> Applicant:
    """Whom the papers name: the letter, else the CSR; never the sender, who may write for others."""
    if facts.statement.has_text or facts.csr.facts is None:
        return applicant_from(replace(facts, mail=None))
    subject = facts.csr.facts.subject
    number = digits(subject.serial_number)
    numbers = {18: {"nip": number}, 16: {"nik": number}}.get(len(number), {})
    return Applicant(name=subject.common_name, **numbers)


def _is_another(said: Applicant, applicant: Applicant) -> bool:
    """Whether the papers positively name somebody else than the applicant."""
    for one, other in ((said.nip, applicant.nip), (said.nik, applicant.nik)):
        if one and other:
            return one != other
    return bool(said.name and applicant.name) and compare_names(said.name, applicant.name) == NameMatch.DIFFERENT
