"""Reasons: what a person writes for the journal, and what a revocation is given."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from lockdesk.core.journal import Words
from lockdesk.core.operations import REASON_NAMES
from lockdesk.core.secrets import Prose, looks_like_passphrase
from lockdesk.desk.values.cases import OperationView
from lockdesk.errors import Declined
from lockdesk.words import N_, _, in_indonesian

MINIMUM_REASON = 5
"""Letters that a written reason must at least have."""

FORGOTTEN = "lupa passphrase"
LEAKED = "passphrase mungkin diketahui orang lain"
"""Why a certificate is revoked, as the applicant is told. What the CA calls it stays with the officer and the CA."""
REASON_WORDS = {
    "superseded": N_("lupa passphrase, diganti sertifikat baru (superseded)"),
    "keyCompromise": N_("passphrase mungkin diketahui orang lain (keyCompromise)"),
    "cessationOfOperation": N_("tidak dipakai lagi (cessationOfOperation)"),
    "unspecified": N_("tanpa alasan khusus (unspecified)"),
}
RECORDED_REASONS = {
    "superseded": N_("diganti sertifikat baru"),
    "keyCompromise": N_("kunci atau passphrase mungkin diketahui orang lain"),
    "cACompromise": N_("kunci CA mungkin diketahui orang lain"),
    "aACompromise": N_("kunci otoritas atribut mungkin diketahui orang lain"),
    "affiliationChanged": N_("data pemegang berubah"),
    "cessationOfOperation": N_("tidak dipakai lagi"),
    "certificateHold": N_("ditangguhkan"),
    "removeFromCRL": N_("penangguhan diakhiri"),
    "privilegeWithdrawn": N_("hak pemegang dicabut"),
    "unspecified": N_("tanpa alasan khusus"),
}
"""What a CA recorded (RFC 5280 5.3.1), whoever asked for it and why."""
NO_REASON = "unspecified"


def recorded_words(reason: str | None) -> str:
    """A recorded reason by its RFC 5280 name, in plain words; one that no table knows as it stands."""
    return _(RECORDED_REASONS.get(reason or NO_REASON, reason or NO_REASON))


def required(text: str) -> Words:
    """The stripped text; raises Declined when it says nothing, or seems to hold a passphrase."""
    stripped = " ".join(text.split())
    if len(stripped) < MINIMUM_REASON:
        raise Declined(
            _("Alasan belum diisi."), _("Tulis alasan sedikitnya {n} huruf.").format(n=MINIMUM_REASON),
            code="reason.missing",
        )  # fmt: skip
    _hold_no_passphrase(stripped)
    return Words(stripped)


def hold_no_passphrase(*values: object) -> None:
    """Raises Declined where the prose of values that are stored seems to hold one: it may stand there for ever."""
    for value in values:
        for text in _prose_of(value):
            _hold_no_passphrase(text)


def _hold_no_passphrase(text: str) -> None:
    if looks_like_passphrase(text):
        raise Declined(
            _("Isian ini tampak memuat passphrase."),
            _("Hapuslah dari isian, lalu ulangi; passphrase tidak boleh dicatat."),
            code="reason.passphrase",
        )


def _prose_of(value: Any) -> Iterator[str]:
    for name, kind in _prose_fields(value.__class__):
        held = getattr(value, name)
        if kind == Prose:
            yield held
        elif kind == tuple[Prose, ...]:
            yield from held
        else:
            yield from _prose_of(held)


@cache
def _prose_fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a value that are prose, several of it, or values with prose in them."""
    told: list[tuple[str, Any]] = [(field.name, field.type) for field in fields(kind)]
    return tuple(
        (name, held)
        for name, held in told
        if held in {Prose, tuple[Prose, ...]} or (hasattr(held, "__dataclass_fields__") and _prose_fields(held))
    )


@in_indonesian()
def reason_words(operation: OperationView) -> str:
    """The reason of a revocation as the portal and the applicant are told."""
    return _(REASON_WORDS[REASON_NAMES[operation.reason]]) if operation.reason is not None else ""
