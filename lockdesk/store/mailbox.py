"""Which mails of the office's mailbox are known: kept beside the records, like a half-typed form."""

from collections.abc import Iterable, Sequence
from typing import Any

from lockdesk.desk.values.mail import MailPlace
from lockdesk.desk.values.tray import KnownMail, MailState
from lockdesk.store import tables as t


def known_mail(identity: str) -> tuple[KnownMail, ...]:
    of = t.KnownMail
    query = of.select(of.folder, of.validity, of.uid, of.identity, of.sha256, of.arrived_at, of.state).order_by(of.id)
    found: Iterable[Any] = (query.where(of.identity == identity) if identity else query).tuples()
    return tuple(
        KnownMail(MailPlace(folder, validity, uid), known_by, sha256, arrived_at, MailState(state))
        for folder, validity, uid, known_by, sha256, arrived_at, state in found
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
