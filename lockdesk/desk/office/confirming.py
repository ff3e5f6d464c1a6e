"""Who confirms what an officer may not confirm alone: the head of section, named in full, by what only the head has."""

from collections.abc import Iterable

from lockdesk.core.identity import digits
from lockdesk.desk.ports import WaysIn
from lockdesk.desk.values.person_fields import fault_in
from lockdesk.desk.values.privacy import Confirmation
from lockdesk.errors import Declined
from lockdesk.settings import Head, Officer
from lockdesk.words import _


def require_official(told: Confirmation, officers: Iterable[Officer], own: str, code: str) -> None:
    """Raises Declined ("{code}.head", "{code}.own") where the official is not named in full, or is an officer; `own`
    says what officers do not confirm of their own work."""
    fault = fault_in("nip", told.nip) or ("" if told.nip.strip() else _("NIP pejabat belum diisi."))
    if fault or not told.name.strip() or not told.position.strip():
        raise Declined(
            fault or _("Nama dan jabatan pejabat belum diisi."),
            _("Isi nama, NIP, dan jabatan pejabat yang mengonfirmasi."),
            code=f"{code}.head",
        )
    if any(officer.nip == digits(told.nip) for officer in officers):
        raise Declined(
            own,
            _("Konfirmasi diberikan oleh Kepala Bidang, atau Plt. atau Plh. yang menggantikannya."),
            code=f"{code}.own",
        )


def is_own_secret(ways: WaysIn, head: Head | None, told: Confirmation) -> bool:
    """Whether it is the own passphrase of `head`, who serves today, is named, and no other. Raises Damaged."""
    return head is not None and digits(told.nip) == head.nip and ways.whose(told.secret) == head.nip
