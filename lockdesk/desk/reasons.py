"""A reason that a person writes, for the journal."""

from lockdesk.errors import Declined
from lockdesk.words import _

MINIMUM_REASON = 5
"""Letters that a written reason must at least have."""


def required(text: str) -> str:
    """The stripped text; raises Declined when it says nothing."""
    stripped = " ".join(text.split())
    if len(stripped) < MINIMUM_REASON:
        raise Declined(
            _("Alasan belum diisi."), _("Tulis alasan sedikitnya {n} huruf.").format(n=MINIMUM_REASON),
            code="reason.missing",
        )  # fmt: skip
    return stripped
