"""The files of a case: each is kept once, a mail without the attachments that are kept beside it."""

import json

from lockdesk.desk import changes as c
from lockdesk.errors import Declined
from lockdesk.store import tables as t
from lockdesk.store.journal_reads import Execute
from lockdesk.store.mail_frame import Frame, frame_of
from lockdesk.store.unit import Unit
from lockdesk.words import _

_CONTENT = 'SELECT "content" FROM "blob" WHERE "document_id" = ?'
_FRAME = 'SELECT "pieces", "own" FROM "mail_frame" WHERE "document_id" = ?'
_BESIDE = """
SELECT d."sha256", b."content" FROM "document" d JOIN "blob" b ON b."document_id" = d."id"
WHERE d."case_id" = (SELECT "case_id" FROM "document" WHERE "id" = ?) AND d."sha256" IN (SELECT value FROM json_each(?))
"""


def store_document(unit: Unit, write: c.StoreDocument) -> None:
    row = t.Document.create(
        case=unit.case(),
        role=write.role,
        name=write.name,
        kind=write.kind.value,
        size=write.size,
        sha256=write.sha256,
        stored=write.content is not None,
        added_at=unit.change.at,
    )
    if write.content is None:
        return
    frame = frame_of(write.content, _others(unit, write)) if write.role == "mail" else None
    if frame is None:
        t.Blob.create(document=row.id, content=write.content)
    else:
        t.MailFrame.create(document=row.id, pieces=frame.text, own=frame.own)


def _others(unit: Unit, mail: c.StoreDocument) -> dict[str, bytes]:
    """What is kept by the same change, by its digest."""
    writes = (write for write in unit.change.writes if isinstance(write, c.StoreDocument) and write is not mail)
    return {write.sha256: write.content for write in writes if write.content is not None}


def destroy_content(unit: Unit, write: c.DestroyContent) -> None:
    """The bytes of a file, and the mail in which they stand too."""
    of_case = t.Document.case == unit.case()
    found = t.Document.get_or_none((t.Document.id == write.document_id) & of_case)
    if found is None:
        return
    mails = t.MailFrame.select().join(t.Document).where(of_case)
    holding = [mail.document_id for mail in mails if found.sha256 in Frame.kept(mail.pieces, mail.own).names()]
    gone = [write.document_id, *holding]
    t.Document.update(stored=False).where(t.Document.id.in_(gone)).execute()
    t.Blob.delete().where(t.Blob.document.in_(gone)).execute()
    t.MailFrame.delete().where(t.MailFrame.document.in_(gone)).execute()


def document(execute: Execute, document_id: int) -> bytes:
    """A file as it came. Raises Declined where it is not kept."""
    found = execute(_CONTENT, (document_id,)).fetchone()
    if found is not None:
        return bytes(found[0])
    framed = execute(_FRAME, (document_id,)).fetchone()
    if framed is None:
        raise Declined(
            _("Isi berkas ini tidak disimpan."),
            _("Hanya nama, ukuran, dan alasannya yang dicatat."),
            code="document.not_stored",
        )
    frame = Frame.kept(*framed)
    beside = execute(_BESIDE, (document_id, json.dumps(frame.names())))
    return frame.whole(dict(beside))
