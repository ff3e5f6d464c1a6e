"""Where the evidence of a finding stands, for whatever shows one."""

from dataclasses import replace

from lockdesk.core.findings import Finding, Place
from lockdesk.desk.checks.catalogue import spec_of
from lockdesk.desk.checks.spec import CSR, LETTER, Anchors
from lockdesk.desk.values.cases import CaseView


def places_of(finding: Finding, case: CaseView) -> tuple[Place, ...]:
    """Every place of a finding's evidence, its own first; a source that it names itself is not asked again.

    Fields of the letter that were not found leave nothing.
    """
    own = finding.place
    listed = tuple(pair for pair in spec_of(finding.check).places if own is None or pair[0] != own.source)
    return (*(() if own is None else (own,)), *_places(listed, case))


def field_places(field: str, case: CaseView) -> tuple[Place, ...]:
    """Where one row of the comparison comes from: the letter's field and the CSR's line."""
    return _places(((LETTER, field), (CSR, field)), case)


def _places(anchors: Anchors, case: CaseView) -> tuple[Place, ...]:
    known = dict(case.facts.statement.places)
    found = []
    for source, anchor in anchors:
        if source == LETTER and anchor:
            found.extend([replace(known[anchor], anchor=anchor)] if anchor in known else [])
        else:
            found.append(Place(source, anchor=anchor))
    return tuple(found)
