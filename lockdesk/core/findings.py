"""What a check says: a verdict, the evidence, and a remedy in the applicant's words."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from lockdesk.records import dataclass
from lockdesk.words import SOURCE, again, language


class Verdict(StrEnum):
    """Ordered from what stops the officer to what is quiet."""

    FAIL = "fail"
    WARN = "warn"
    UNKNOWN = "unknown"
    PASS = "pass"


VERDICT_ORDER = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the evidence stands: the n-th page of the letter and the boxes on it.

    `page` counts from 0; boxes are (left, top, right, bottom) as fractions of the page, 0 to 1.
    `source` is "statement", "csr" or "mail"; `anchor` a line or header name there.
    """

    source: str
    page: int = 0
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's answer. `check` is a stable identifier such as "csr.signature"."""

    check: str
    verdict: Verdict
    evidence: str
    remedy: str = ""
    place: Place | None = None
    title: str = ""
    """A sentence for the head of the finding; the catalogue's title of the check where empty."""
    absent: bool = False
    """What it looks for is not there. As a check's answer it is weighed by what the office demands; as a finding of a
    case it says that this was only welcome: nothing is to be decided."""
    indonesian: "Finding | None" = None
    """The same in Indonesian, where it was found while the window spoke another language."""

    @property
    def kept(self) -> "Finding":
        """As it goes out and is kept: in Indonesian."""
        return self.indonesian or self

    @property
    def now(self) -> "Finding":
        """As it is shown: in the language of now, whichever it was found in."""
        told = self.kept if language.code == SOURCE else self
        evidence, remedy, title = map(again, (told.evidence, told.remedy, told.title))
        return replace(self, evidence=evidence, remedy=remedy, title=title, indonesian=self.kept)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Fail, warn, unknown, pass; within a verdict in the order of the checks."""
    return tuple(sorted(findings, key=lambda finding: VERDICT_ORDER.index(finding.verdict)))
