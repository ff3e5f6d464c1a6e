"""Which mails of the office's mailbox are known: kept beside the records, like a half-typed form."""

from collections.abc import Iterable, Sequence
from typing import Any

from lockdesk.desk.values.mail import MailPlace
from lockdesk.desk.values.tray import KnownMail, MailState
from lockdesk.store import tables as t


def known_mail() -> tuple[KnownMail, ...]:
    found: Iterable[Any] = t.KnownMail.select().order_by(t.KnownMail.id)
    return tuple(
        KnownMail(
            MailPlace(item.folder, item.validity, item.uid),
            item.identity,
            item.sha256,
            item.arrived_at,
            MailState(item.state),
        )
        for item in found
    )


def keep_mail(mails: Sequence[KnownMail]) -> None:
    """One that is known at its place is replaced."""
    for mail in mails:
        t.KnownMail.insert(
            folder=mail.place.folder,
            validity=mail.place.validity,
            uid=mail.place.uid,
            identity=mail.identity,
            sha256=mail.sha256,
            arrived_at=mail.arrived_at,
            state=mail.state.value,
        ).on_conflict_replace().execute()


def forget_mail(places: Sequence[MailPlace]) -> None:
    of = t.KnownMail
    for place in places:
        lies = (of.folder == place.folder) & (of.validity == place.validity) & (of.uid == place.uid)
        of.delete().where(lies).execute()


def take_mail(identity: str) -> None:
    """Inside a unit: the mail became part of what the unit writes."""
    t.KnownMail.update(state=MailState.TAKEN.value).where(t.KnownMail.identity == identity).execute()
