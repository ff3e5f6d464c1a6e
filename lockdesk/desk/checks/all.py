"""All checks in their order, and the reasons for a rejection that follow from them."""

from collections.abc import Sequence

from lockdesk.core.findings import Finding, Verdict, ordered
from lockdesk.desk.checks.catalogue import CHECKS, title_of
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.unread import as_far_as_read


def run_checks(evidence: Evidence) -> tuple[Finding, ...]:
    """Every finding on a request, ordered fail, warn, unknown, pass."""
    found = (spec.run(evidence) for spec in CHECKS.values())
    return as_far_as_read(filter(None, found), evidence.facts.statement)


def rejection_reasons(findings: Sequence[Finding]) -> tuple[str, ...]:
    """One line per failed check for the applicant: what failed and how to repair it, as the rejection letter prints it.

    The evidence stays out: it may hold what the register or an earlier case says, and the applicant may be a forger.
    """
    failed = (finding for finding in ordered(findings) if finding.verdict is Verdict.FAIL)
    return tuple(f"{title_of(finding)}. {finding.remedy}".rstrip() for finding in failed)
