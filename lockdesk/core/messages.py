"""A message on its way to the applicant, as one table: what is not known to have gone is never sent again by itself.

*Sending* is stored before the first byte, *handed* before the end of the message: a program that is killed in the first
has certainly sent nothing, one that is killed in the second cannot know.
"""

import re
from enum import StrEnum

from lockdesk.errors import Declined
from lockdesk.words import N_, _

_ADDRESS = (
    N_("Alamat e-mail penerima tidak dikenal."),
    N_("Periksa alamatnya bersama penerima dan perbaiki datanya, atau beri tahu dengan cara lain."),
)
_FULL = (
    N_("Kotak surat penerima penuh."),
    N_("Minta penerima mengosongkannya, lalu kirim lagi, atau beri tahu dengan cara lain."),
)
_CLOSED = (N_("Kotak surat penerima tidak dipakai lagi."), _ADDRESS[1])
_LARGE = (
    N_("Pesan terlalu besar bagi server penerima."),
    N_("Simpan pesan sebagai berkas dan sampaikan dengan cara lain."),
)
_AWAY = (
    N_("Server e-mail penerima tidak dapat dicapai."),
    N_("Kirim lagi beberapa saat kemudian, atau beri tahu dengan cara lain."),
)
_POLICY = (
    N_("Server e-mail menolak pesan karena aturan keamanannya."),
    N_("Hubungi pengelola server e-mail kantor, atau beri tahu penerima dengan cara lain."),
)
_OTHER = (
    N_("Server e-mail menolak pesan."),
    N_("Periksa alamat penerima, atau beri tahu dengan cara lain."),
)
REFUSALS = {
    **dict.fromkeys(("1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.10"), _ADDRESS),
    "2.1": _CLOSED, "2.2": _FULL, "2.3": _LARGE, "3.4": _LARGE,
    **dict.fromkeys(("4.1", "4.2", "4.3", "4.4", "4.5", "4.7"), _AWAY),
    **dict.fromkeys(("7.0", "7.1", "7.2", "7.5", "7.7", "7.20", "7.21", "7.22", "7.23", "7.25", "7.26"), _POLICY),
}  # fmt: skip
"""Cause and remedy by the subject and detail of an enhanced status code (RFC 3463, RFC 7372)."""
_STATUS = re.compile(r"\b[245]\.(\d{1,3}\.\d{1,3})\b")


def why_refused(words: str) -> tuple[str, str]:
    """What the status in a server's words means, and what to do about it."""
    status = _STATUS.search(words)
    return REFUSALS.get(status[1], _OTHER) if status else _OTHER


class MessageState(StrEnum):
    """Where a message stands. The value is what the database and the journal hold."""

    DRAFT = "draft"
    OWED = "owed"
    """A step owes the applicant a word; the message is not written yet."""
    QUEUED = "queued"
    SENDING = "sending"
    HANDED = "handed"
    SENT = "sent"
    FAILED = "failed"
    UNSETTLED = "unsettled"
    BOUNCED = "bounced"
    MERGED = "merged"
    """What it says stands in a later or an earlier message."""
    WITHDRAWN = "withdrawn"
    COUNTER = "counter"
    """To be told at the counter, against a signature."""
    SIMULATED = "simulated"
    TOLD = "told"
    EXPORTED = "exported"
    """Saved as a file to be carried by hand: it may have been handed over, so nobody takes it back."""


class MessageEvent(StrEnum):
    """What may happen to a message."""

    WRITTEN = "written"
    FOR_COUNTER = "for_counter"
    NO_ADDRESS = "no_address"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    SENDING = "sending"
    HANDED = "handed"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"
    ANSWER_LOST = "answer_lost"
    COPY_FOUND = "copy_found"
    WENT = "went"
    DID_NOT_GO = "did_not_go"
    AGAIN = "again"
    TOLD = "told"
    BOUNCED = "bounced"
    EXPORTED = "exported"
    RESTORED = "restored"
    """The casebook was put back to before: the message may have gone since."""
    SIMULATED = "simulated"
    """In practice: what anywhere else the server's acceptance, or the copy, would prove."""


_S, _E = MessageState, MessageEvent

UNSENT = frozenset({_S.OWED, _S.QUEUED, _S.FAILED})
"""Certainly not sent, nor on its way."""
GONE = frozenset({_S.SENT, _S.SIMULATED})
"""As good as with the applicant, as far as the post can tell."""
PENDING = UNSENT | {_S.SENDING, _S.HANDED, _S.UNSETTLED}
"""What may still reach the applicant, or may have."""
RESTARTED = frozenset({_S.QUEUED, _S.SENDING, _S.FAILED})
"""What would be sent by itself, or again, and may have been sent after the backup was made that it comes from."""
TELLABLE = UNSENT | {_S.UNSETTLED, _S.BOUNCED, _S.COUNTER, _S.DRAFT, _S.EXPORTED}
"""What the officer may tell in person instead."""

RECALLABLE = UNSENT | {_S.COUNTER, _S.DRAFT}
"""What nobody was told of yet, by post or at the counter."""

TRANSITIONS: dict[tuple[MessageState, MessageEvent], MessageState] = {
    (_S.OWED, _E.WRITTEN): _S.QUEUED,
    (_S.OWED, _E.FOR_COUNTER): _S.COUNTER,
    (_S.OWED, _E.NO_ADDRESS): _S.FAILED,
    (_S.QUEUED, _E.SENDING): _S.SENDING,
    (_S.FAILED, _E.SENDING): _S.SENDING,
    (_S.SENDING, _E.HANDED): _S.HANDED,
    (_S.SENDING, _E.DEFERRED): _S.FAILED,
    (_S.SENDING, _E.REFUSED): _S.FAILED,
    (_S.SENDING, _E.INTERRUPTED): _S.QUEUED,
    (_S.HANDED, _E.ACCEPTED): _S.SENT,
    (_S.HANDED, _E.SIMULATED): _S.SIMULATED,
    (_S.HANDED, _E.DEFERRED): _S.FAILED,
    (_S.HANDED, _E.REFUSED): _S.FAILED,
    (_S.HANDED, _E.ANSWER_LOST): _S.UNSETTLED,
    (_S.UNSETTLED, _E.COPY_FOUND): _S.SENT,
    (_S.UNSETTLED, _E.SIMULATED): _S.SIMULATED,
    (_S.UNSETTLED, _E.WENT): _S.SENT,
    (_S.UNSETTLED, _E.DID_NOT_GO): _S.FAILED,
    (_S.FAILED, _E.AGAIN): _S.QUEUED,
    (_S.QUEUED, _E.EXPORTED): _S.EXPORTED,
    (_S.SENT, _E.BOUNCED): _S.BOUNCED,
    (_S.UNSETTLED, _E.BOUNCED): _S.BOUNCED,
    **{(state, _E.RESTORED): _S.UNSETTLED for state in RESTARTED},
    **{(state, _E.MERGED): _S.MERGED for state in UNSENT},
    **{(state, _E.WITHDRAWN): _S.WITHDRAWN for state in RECALLABLE},
    **{(state, _E.TOLD): _S.TOLD for state in TELLABLE},
}

TAKEN_BACK = "message.step_not_allowed"
"""The code of Declined where a message is not in the state any more in which it was found."""
MESSAGE_LABELS: dict[MessageState, str] = {
    _S.DRAFT: N_("konsep"),
    _S.OWED: N_("sedang disusun"),
    _S.QUEUED: N_("menunggu dikirim"),
    _S.SENDING: N_("sedang dikirim"),
    _S.HANDED: N_("sedang dikirim"),
    _S.SENT: N_("diterima server"),
    _S.FAILED: N_("belum terkirim"),
    _S.UNSETTLED: N_("belum pasti terkirim"),
    _S.BOUNCED: N_("kembali, tidak sampai"),
    _S.MERGED: N_("disatukan dengan pesan lain"),
    _S.WITHDRAWN: N_("dibatalkan"),
    _S.COUNTER: N_("disampaikan di loket"),
    _S.SIMULATED: N_("simulasi"),
    _S.TOLD: N_("disampaikan petugas"),
    _S.EXPORTED: N_("diekspor untuk dibawa"),
}


def after(state: MessageState, event: MessageEvent) -> MessageState:
    """The state after `event`; raises Declined when the table has no such row."""
    following = TRANSITIONS.get((state, event))
    if following is None:
        raise Declined(
            _("Pesan ini berstatus “{state}” dan tidak dapat diubah dengan cara ini.").format(
                state=_(MESSAGE_LABELS[state])
            ),
            _("Muat ulang kasus."),
            detail=f"{state} + {event}",
            code=TAKEN_BACK,
        )
    return following
