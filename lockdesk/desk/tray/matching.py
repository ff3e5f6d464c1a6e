"""What a mail seems to be, as rules with their reasons in words. Every mark in a mail can be forged: the officer
decides, and nothing here gives a number."""

import re
from collections.abc import Callable, Iterator, Sequence

from lockdesk.core.cases import FINAL_STATES, CaseState
from lockdesk.core.findings import Verdict
from lockdesk.core.numbering import case_numbers_in
from lockdesk.desk.checks.mail.authentication import trusted
from lockdesk.desk.checks.mail.lookalike import imitated
from lockdesk.desk.checks.mail.message import authenticated
from lockdesk.desk.requests.arrivals import (
    SIGN_WORDS,
    UNREADABLE,
    AnswerSign,
    AwaitedCase,
    AwaitedCases,
    asks_for_something,
    is_only_certificate,
)
from lockdesk.desk.requests.gathering import applicant_from
from lockdesk.desk.tray.complaining import AnsweredComplaints
from lockdesk.desk.values.facts import MailFacts, RequestFacts
from lockdesk.desk.values.tray import Match, Seems
from lockdesk.pki.values import CsrProblem
from lockdesk.settings import OfficeProfile
from lockdesk.words import _

_COMPLAINT = re.compile(
    r"\b(?:peng|meng|di)aduk?an\b|\bmengadu(?:kan)?\b|\bkeluhan\b|\bmengeluh(?:kan)?\b|\bkomplain\b|\bcomplaint\b"
    r"|\b(?:LATIH-)?ADU-\d{4}-\d{4,6}\b",
    re.IGNORECASE,
)
_TOO_MUCH = frozenset({"too_large", "headers_too_large", "too_many_parts", "too_deep", "timed_out"})
_REPEATED = frozenset({CaseState.REJECTED, CaseState.WITHDRAWN})
_SURE = frozenset({AnswerSign.NUMBER, AnswerSign.REPLY})


class Matching:
    """Asked on worker threads."""

    def __init__(
        self,
        awaited: AwaitedCases,
        complaints: AnsweredComplaints,
        office: OfficeProfile,
        certificate: Callable[[], Match],
    ) -> None:
        """`certificate`: what the mail seems to be where it holds nothing else."""
        self._awaited, self._complaints, self._certificate = awaited, complaints, certificate
        self._domains, self._server = office.mail_domains, office.authserv_id

    def of(self, facts: RequestFacts, several: bool = False, whole: bool = True) -> Match:
        """What the read mail seems to be; `several`: it holds the requests of several people, `whole`: it was fetched
        and read whole."""
        mail = facts.mail
        if not whole or mail is None or _TOO_MUCH & set(mail.defects):
            return Match(Seems.UNREADABLE, (_("E-mail ini terlalu besar atau tidak dapat dibaca dengan aman."),))
        if is_only_certificate(facts):
            return self._certificate()
        awaited = self._awaited.answered_by(facts)
        answered = self._complaints.answered_by(facts)
        if answered is not None and not (awaited and awaited[0].sign in _SURE):
            doubts = (*answered.doubts, *self._disowned(mail))
            return Match(Seems.COMPLAINT_REPLY, (answered.reason,), doubts, complaint=answered.row)
        if awaited:
            waiting = _("Kasus {number} menunggu pemohon.").format(number=awaited[0].row.number)
            doubts = (*_others(awaited), *self._doubts(facts, answered=True))
            return Match(Seems.ANSWER, (_(SIGN_WORDS[awaited[0].sign]), waiting), doubts, awaited[0].row)
        return self._related(facts) or self._unknown(facts, several)

    def _related(self, facts: RequestFacts) -> Match | None:
        """What belongs to a case that waits for nothing, or repeats one."""
        asks, carries = asks_for_something(facts), _carries_papers(facts)
        for found in self._awaited.related(facts):
            row, words = found.row, (_(SIGN_WORDS[found.sign]),)
            if row.state in _REPEATED and asks and carries:
                ended = _("Kasus {number} berakhir tanpa sertifikat baru.").format(number=row.number)
                return Match(Seems.REAPPLICATION, (*words, ended), tuple(self._doubts(facts)), row)
            if found.sign in _SURE or row.state not in FINAL_STATES:
                doubts = [] if found.sign in _SURE else [_("Ditulis sebagai surat baru, bukan balasan.")]
                return Match(Seems.REPLY, words, (*doubts, *self._doubts(facts, answered=True)), row)
        return None

    def _unknown(self, facts: RequestFacts, several: bool) -> Match:
        """What names no case of ours."""
        mail = facts.mail
        words = f"{mail.subject}\n{mail.text}" if mail is not None else ""
        if _COMPLAINT.search(words) and not _carries_papers(facts):
            return Match(Seems.COMPLAINT, (_("E-mail ini menyebut pengaduan atau keluhan."),))
        if several:
            return Match(Seems.SEVERAL, (_("Berkasnya menyebut beberapa pemohon."),), tuple(self._doubts(facts)))
        if asks_for_something(facts):
            reasons = tuple(_papers(facts)) or (_("Kata-katanya menyebut sertifikat elektronik atau passphrase."),)
            numbers = case_numbers_in(words)
            unknown = [_("Kasus {number} tidak ada.").format(number=numbers[0])] if numbers else []
            return Match(Seems.REQUEST, reasons, (*unknown, *self._doubts(facts)))
        return Match(Seems.UNRELATED, (_("Tidak ada surat, CSR, atau kata permohonan yang terbaca di dalamnya."),))

    def _doubts(self, facts: RequestFacts, *, answered: bool = False) -> Iterator[str]:
        """What the officer should see before taking it in; an answer need not carry everything."""
        mail = facts.mail
        sender = mail.sender if mail is not None else None
        if mail is None or sender is None:
            yield _("Pengirimnya tidak terbaca.")
        elif office := imitated(sender.domain, self._domains):
            yield _("Domain {domain} menyerupai domain kantor {office}.").format(domain=sender.domain, office=office)
        elif not any(sender.domain == item or sender.domain.endswith(f".{item}") for item in self._domains):
            yield _("Dikirim dari luar domain kantor: {domain}.").format(domain=sender.domain)
        yield from self._disowned(mail)
        if not answered and facts.statement_file is None:
            yield _("Tidak ada surat pernyataan yang ditemukan.")
        if not answered and facts.csr.problem in UNREADABLE:
            yield _("Tidak ada CSR yang terbaca.")

    def _disowned(self, mail: MailFacts | None) -> Iterator[str]:
        """Where the office's own server found that the mail is not from whom it names (RFC 8601), as the check of a
        case judges it."""
        if mail is None or mail.sender is None:
            return
        found = trusted(mail.authentication_results, self._server, self._domains)
        if found is not None and authenticated(found, mail.sender.domain) is Verdict.FAIL:
            yield _("Server e-mail kantor menyatakan pengirimnya tidak sah.")


def _carries_papers(facts: RequestFacts) -> bool:
    return facts.statement_file is not None or facts.csr.problem not in UNREADABLE


def _papers(facts: RequestFacts) -> Iterator[str]:
    if facts.statement_file is not None:
        name = applicant_from(facts).name if facts.statement.has_text else ""
        said = (
            _("Surat terlampir, atas nama {name}.") if name else _("Surat terlampir; isinya dibaca setelah diterima.")
        )
        yield said.format(name=name.rstrip("."))  # a title ends in the sentence's own full stop
    if facts.csr.problem is CsrProblem.NONE:
        yield _("CSR terlampir.")


def _others(awaited: Sequence[AwaitedCase]) -> Iterator[str]:
    if len(awaited) > 1:
        numbers = ", ".join(item.row.number for item in awaited[1:])
        yield _("Mungkin juga untuk kasus {numbers}.").format(numbers=numbers)
