"""Reasons: what a person writes for the journal, and what a revocation is given."""

from lockdesk.core.journal import Words
from lockdesk.core.operations import REASON_NAMES
from lockdesk.core.secrets import looks_like_passphrase
from lockdesk.desk.values.cases import OperationView
from lockdesk.errors import Declined
from lockdesk.words import N_, _, in_indonesian

MINIMUM_REASON = 5
"""Letters that a written reason must at least have."""

REASON_WORDS = {
    "superseded": N_("lupa passphrase, diganti sertifikat baru (superseded)"),
    "keyCompromise": N_("passphrase mungkin diketahui orang lain (keyCompromise)"),
    "cessationOfOperation": N_("tidak dipakai lagi (cessationOfOperation)"),
    "unspecified": N_("tanpa alasan khusus (unspecified)"),
}


def required(text: str) -> Words:
    """The stripped text; raises Declined when it says nothing, or seems to hold a passphrase."""
    stripped = " ".join(text.split())
    if len(stripped) < MINIMUM_REASON:
        raise Declined(
            _("Alasan belum diisi."), _("Tulis alasan sedikitnya {n} huruf.").format(n=MINIMUM_REASON),
            code="reason.missing",
        )  # fmt: skip
    if looks_like_passphrase(stripped):
        raise Declined(
            _("Isian ini tampak memuat passphrase."),
            _("Hapuslah dari isian, lalu ulangi; passphrase tidak boleh dicatat."),
            code="reason.passphrase",
        )
    return Words(stripped)


@in_indonesian()
def reason_words(operation: OperationView) -> str:
    """The reason of a revocation as the portal and the applicant are told."""
    return _(REASON_WORDS[REASON_NAMES[operation.reason]]) if operation.reason is not None else ""
