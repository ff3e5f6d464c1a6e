"""What is half written goes with the data that it is about."""

from lockdesk.store import tables as t


def forget_drafts(begins: str) -> None:
    """All whose name begins so: of one case, one complaint, one person. Part of the unit that destroys the data."""
    t.Draft.delete().where(t.Draft.form.startswith(begins)).execute()
