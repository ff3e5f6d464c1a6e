"""What can be said of a letter of which not every page was read: a part of a letter proves little.

While OCR goes on, only what no further page can change is said at once. A page that OCR lost for good, or that
stands behind the last one read, excuses nothing: what stops a case goes on stopping it, and only what would pass is
unknown.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from lockdesk.core.findings import Finding, Verdict, ordered
from lockdesk.desk.checks.catalogue import spec_of
from lockdesk.desk.checks.letter.statement import lost_words
from lockdesk.desk.checks.spec import EVERY
from lockdesk.desk.values.facts import StatementFacts
from lockdesk.words import _


def while_reading(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as far as they are settled before the last page is read."""
    return _held(findings, (), _("Menunggu pembacaan surat: {own_what}"))


def as_far_as_read(findings: Iterable[Finding], statement: StatementFacts) -> tuple[Finding, ...]:
    """The findings on a letter that may not have been read to its end."""
    words = lost_words(statement)
    return _held(findings, EVERY - {Verdict.PASS}, _("Belum pasti: {own_what}"), words) if words else ordered(findings)


def _held(
    findings: Iterable[Finding], standing: Collection[Verdict], title: str, words: str = ""
) -> tuple[Finding, ...]:
    """Every finding that neither is settled nor stands anyway becomes unknown, under `title`, with `words`."""
    return ordered(
        finding
        if finding.verdict in standing or finding.verdict in spec_of(finding.check).settled
        else _unsettled(finding, title, words)
        for finding in findings
    )


def _unsettled(finding: Finding, title: str, words: str) -> Finding:
    """What was found so far is still told; what was not found may yet come."""
    seen = "" if finding.verdict is Verdict.UNKNOWN else finding.evidence
    title = title.format(own_what=_(spec_of(finding.check).short))
    evidence = " ".join(filter(None, (words, seen)))
    return replace(finding, verdict=Verdict.UNKNOWN, evidence=evidence, remedy="", title=title, indonesian=None)
