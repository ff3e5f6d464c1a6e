"""All checks in their order, and the reasons for a rejection that follow from them."""

from collections.abc import Sequence

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.attachments import check_attachments
from lockdesk.desk.checks.catalogue import spec_of
from lockdesk.desk.checks.csr import check_csr
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.layers import check_secret
from lockdesk.desk.checks.mail import check_mail
from lockdesk.desk.checks.person import check_person
from lockdesk.desk.checks.replays import check_replays
from lockdesk.desk.checks.statement import check_statement
from lockdesk.desk.checks.unread import as_far_as_read
from lockdesk.words import _


def run_checks(evidence: Evidence) -> tuple[Finding, ...]:
    """Every finding on a request, ordered fail, warn, unknown, pass."""
    found = [
        *check_attachments(evidence),
        *check_secret(evidence),
        *check_mail(evidence),
        *check_statement(evidence),
        *check_csr(evidence),
        *check_replays(evidence),
        *check_person(evidence),
    ]
    return as_far_as_read(found, evidence.facts.statement)


def rejection_reasons(findings: Sequence[Finding]) -> tuple[str, ...]:
    """One sentence per failed check with its remedy, as the rejection letter prints it."""
    return tuple(
        " ".join(
            part
            for part in (f"{finding.title or _(spec_of(finding.check).titles[finding.verdict])}.",
                         finding.evidence, finding.remedy)
            if part
        )
        for finding in findings
        if finding.verdict is Verdict.FAIL
    )  # fmt: skip
