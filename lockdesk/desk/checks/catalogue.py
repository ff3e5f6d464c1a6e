"""Every check in the order of the procedure; the panel, the rejection letter, `lockdesk inspect` and the reports read
this one list. A check is added in the module of its subject: its function and, in that module's `CHECKS`, its row."""

from collections.abc import MutableMapping
from functools import cache

from lockdesk.core.findings import Finding
from lockdesk.desk.checks.spec import CheckSpec
from lockdesk.words import _, again


@cache
def checks() -> MutableMapping[str, CheckSpec]:
    """Every check's row by its name. Gathered when it is first asked for: a list of cases shows no finding."""
    from lockdesk.desk.checks import attachments, person, replays
    from lockdesk.desk.checks.csr import contents, file, key
    from lockdesk.desk.checks.letter import fingerprint, identity, purpose, signature, statement
    from lockdesk.desk.checks.mail import layers, message

    subjects = (
        attachments, layers, message, statement, signature, purpose, identity, fingerprint, file, key, contents,
        replays, person
    )  # fmt: skip
    return {spec.name: spec for subject in subjects for spec in subject.CHECKS}


def title_of(finding: Finding) -> str:
    """The sentence at the head of a finding: its own, else its check's."""
    return again(finding.title) or _(spec_of(finding.check).titles[finding.verdict])


def words_for_applicant(finding: Finding) -> str:
    """What the applicant is told to do about it; the remedy where that speaks to the applicant. Never the officer's own
    instructions."""
    asked = spec_of(finding.check).asked.get(finding.verdict)
    return finding.remedy if asked is None else _(asked) if asked else ""


def spec_of(check: str) -> CheckSpec:
    """The check's row. Raises KeyError for a name that is not in the catalogue (a bug)."""
    return checks()[check]
