"""All checks in their order, and the reasons for a rejection that follow from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from lockdesk.core.findings import Finding, Verdict, ordered
from lockdesk.demands import Demand, Demands
from lockdesk.desk.checks.catalogue import checks, title_of, words_for_applicant
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.spec import CheckSpec
from lockdesk.desk.checks.unread import as_far_as_read
from lockdesk.settings import ChecklistItem
from lockdesk.words import SOURCE, _, in_indonesian, language


def run_checks(evidence: Evidence) -> tuple[Finding, ...]:
    """Every finding on a request, ordered fail, warn, unknown, pass."""

    def run() -> tuple[Finding, ...]:
        found = (_as_demanded(spec, spec.run(evidence), evidence.demands) for spec in checks().values())
        return as_far_as_read(filter(None, found), evidence.facts.statement)

    return _told_in_both(run)


def findings_after_calls(findings: Sequence[Finding], evidence: Evidence) -> tuple[Finding, ...]:
    """A case's findings with what the calls say by now; everything else stays as it was found."""

    def run() -> tuple[Finding, ...]:
        spoken = (spec.run(evidence) for spec in checks().values() if spec.by_call)
        return as_far_as_read(filter(None, spoken), evidence.facts.statement)

    kept = [finding for finding in findings if not checks()[finding.check].by_call]
    return ordered([*kept, *_told_in_both(run)])


def _told_in_both(run: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """The findings in the officer's language, each with what it says in Indonesian where that is another one: their
    sentences cannot be translated once they are put together."""
    found = run()
    if language.code == SOURCE:
        return found
    with in_indonesian():
        indonesian = run()
    return tuple(
        replace(finding, indonesian=replace(same, place=None)) for finding, same in zip(found, indonesian, strict=True)
    )


def _as_demanded(spec: CheckSpec, finding: Finding | None, demands: Demands) -> Finding | None:
    """What is not there, by how much the office wants it; what is there stands whatever the office wants."""
    if finding is None or not finding.absent:
        return finding
    return _ABSENT[getattr(demands, spec.demand)](finding)


def _welcome(finding: Finding) -> Finding:
    """Told, without a fault found with the request."""
    words = f"{finding.evidence} {_('Tidak diwajibkan.')}"
    return replace(finding, verdict=Verdict.UNKNOWN, evidence=words, remedy="")


_ABSENT: Mapping[Demand, Callable[[Finding], Finding | None]] = {
    Demand.DEMANDED: lambda finding: replace(finding, absent=False),
    Demand.WELCOME: _welcome,
    Demand.NOT_ASKED: lambda _finding: None,
}
"""What becomes of a finding that something is absent."""


@in_indonesian()
def rejection_reasons(findings: Sequence[Finding]) -> tuple[str, ...]:
    """One line per failed check for the applicant: what failed and how to repair it, as the rejection letter prints it.

    The evidence stays out: it may hold what the register or an earlier case says, and the applicant may be a forger.
    """
    failed = (finding.kept for finding in ordered(findings) if finding.verdict is Verdict.FAIL)
    return tuple(f"{title_of(finding)}. {words_for_applicant(finding)}".rstrip() for finding in failed)


@in_indonesian()
def unmet_reason(item: ChecklistItem) -> str:
    """The same of a line of the checklist, which an officer finds wanting where no check does."""
    return _("{words}: belum terpenuhi. {asked}").format(words=item.words, asked=item.asked).rstrip()


@in_indonesian()
def what_is_missing(findings: Sequence[Finding]) -> tuple[str, ...]:
    """What the applicant can do about everything that did not pass, each said once, in words for the applicant."""
    found = (item.kept for item in ordered(findings) if item.verdict is not Verdict.PASS and not item.absent)
    return tuple(dict.fromkeys(filter(None, map(words_for_applicant, found))))
