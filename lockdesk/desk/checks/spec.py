"""What one check is: its sentences, its function, where its evidence stands, what a further page may change."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import field

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.records import dataclass
from lockdesk.words import N_

Run = Callable[[Evidence], Finding | None]
Anchors = tuple[tuple[str, str], ...]
"""Pairs of a source and an anchor in it: a field in the letter, a line of the CSR, a header of the mail, a row of
the comparison, a line of the old certificate; "" is the whole of it."""

LETTER, CSR, MAIL = "statement", "csr", "mail"
COMPARISON, CERTIFICATE, DOCUMENTS = "comparison", "certificate", "documents"
DIFFERING = "differing"
"""The anchor of every row of the comparison that differs."""
EVERY = frozenset(Verdict)


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """One check. `run` gives None where there is nothing to look at.

    `titles` are the sentences per verdict; `short` names a passed check in the folded line. `hard_stop`: a failure
    cannot be overridden; `decide_unknown`: an unknown must be decided by the officer before the case can be accepted.
    `settled` are the verdicts that no page of the letter still to be read can change: a field counts where it is found
    first, while who the applicant is may still turn out, and the date beside the signature counts before any other.
    None unless said, so that a check which forgot it never passes on half a letter. `demand` names what the office may
    demand, welcome or not ask (a field of `Demands`): a finding that it is absent is weighed by that. `by_call`: nobody
    decides its warning, only a call to the applicant lifts it. `asked`: what the applicant is told, by verdict, where
    the finding's remedy speaks to the officer ("": nothing); elsewhere the remedy is said to the applicant as it is.
    """

    name: str
    run: Run
    titles: Mapping[Verdict, str]
    short: str
    places: Anchors
    settled: Collection[Verdict] = frozenset()
    hard_stop: bool = False
    decide_unknown: bool = False
    demand: str = ""
    by_call: bool = False
    asked: Mapping[Verdict, str] = field(default_factory=dict)


def titles(passed: str, failed: str, warned: str = "", unknown: str = "") -> Mapping[Verdict, str]:
    """The sentence of each verdict; a warning speaks as the failure does unless it has words of its own."""
    return {
        Verdict.PASS: passed,
        Verdict.FAIL: failed,
        Verdict.WARN: warned or failed,
        Verdict.UNKNOWN: unknown or N_("Belum dapat dipastikan"),
    }
