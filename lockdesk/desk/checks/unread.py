"""What can be said of a letter of which not every page was read: a part of a letter proves little.

While OCR goes on, only what no further page can change is said at once. A page that OCR lost for good, or that
stands behind the last one read, excuses nothing: what stops a case goes on stopping it, and only what would pass is
unknown.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from lockdesk.core.findings import Finding, Verdict, ordered
from lockdesk.desk.checks.catalogue import spec_of
from lockdesk.desk.values.facts import StatementFacts
from lockdesk.words import _, number_words

_PASS, _WARN, _FAIL = Verdict.PASS, Verdict.WARN, Verdict.FAIL
_EVERY = frozenset(Verdict)
SETTLED: Mapping[str, Collection[Verdict]] = {
    "attachment.private_key": {_FAIL},
    "mail.sender_domain": {_WARN},
    "statement.readable": (),
    "statement.risks": {_FAIL, _WARN},
    "statement.replayed": {_PASS, _WARN},
    "statement.age": (),
    "statement.purpose": (),
    "statement.person": (),
    "statement.hidden_text": {_FAIL},
    "mail.sender_person": (),
    "mail.secret": {_FAIL},
    "statement.identity": {_FAIL, _WARN},
    "statement.fingerprint": {_FAIL, _WARN, _PASS},
    "csr.replayed": {_PASS, _WARN},
    "csr.key_reuse": {_PASS, _WARN},
    "csr.subject": (),
    "csr.extensions": {_FAIL, _PASS},
    "identity.nik": {_FAIL, _WARN, _PASS},
    "identity.nip": {_FAIL, _WARN, _PASS},
    "certificate.identified": {_FAIL, _PASS},
    "certificate.owner": (),
    "case.duplicate": {_WARN},
}
"""The checks that rest on what the letter says or on whom it names, and of each the verdicts that the pages still
to be read cannot change: a field counts where it is found first, while who the applicant is may still turn out, and
the date beside the signature, at the end, counts before any other."""


def while_reading(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as far as they are settled before the last page is read."""
    return _held(findings, (), _("Menunggu pembacaan surat: {what}"))


def as_far_as_read(findings: Iterable[Finding], statement: StatementFacts) -> tuple[Finding, ...]:
    """The findings on a letter that may not have been read to its end."""
    words = lost_words(statement)
    return _held(findings, _EVERY - {_PASS}, _("Belum pasti: {what}"), words) if words else ordered(findings)


def lost_words(statement: StatementFacts) -> str:
    """Which pages were not read; "" when all of them were."""
    words = []
    if statement.unread:
        pages = ", ".join(number_words(page + 1) for page in statement.unread)
        words.append(_("Halaman {pages} surat tidak terbaca mesin.").format(pages=pages))
    if statement.pages > statement.pages_read:
        behind = _("Surat terdiri atas {pages} halaman; halaman setelah halaman {read} tidak dibaca mesin.")
        read = number_words(statement.pages_read)
        words.append(behind.format(pages=number_words(statement.pages), read=read))
    return " ".join(words)


def _held(
    findings: Iterable[Finding], standing: Collection[Verdict], title: str, words: str = ""
) -> tuple[Finding, ...]:
    """Every finding that neither is settled nor stands anyway becomes unknown, under `title`, with `words`."""
    return ordered(
        finding
        if finding.verdict in standing or finding.verdict in SETTLED.get(finding.check, _EVERY)
        else _unsettled(finding, title, words)
        for finding in findings
    )


def _unsettled(finding: Finding, title: str, words: str) -> Finding:
    """What was found so far is still told; what was not found may yet come."""
    seen = "" if finding.verdict is Verdict.UNKNOWN else finding.evidence
    title = title.format(what=_(spec_of(finding.check).short))
    evidence = " ".join(filter(None, (words, seen)))
    return replace(finding, verdict=Verdict.UNKNOWN, evidence=evidence, remedy="", title=title)
