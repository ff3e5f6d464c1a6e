"""Complaints as they are written down at the counter, and prints as they are read there."""

import pypdfium2

from lockdesk.core.complaints import Channel, ComplaintClass, ComplaintKind
from lockdesk.desk.values.complaints import ComplaintForm


def form(**changes: object) -> ComplaintForm:
    values: dict[str, object] = {
        "channel": Channel.COUNTER,
        "kind": ComplaintKind.COMPLAINT,
        "complaint_class": ComplaintClass.ORDINARY,
        "name": "Tri Umpamakan",
        "contact": "0812-0000-0077",
        "confidential": False,
        "description": "Pemberitahuan tidak pernah diterima di e-mail dinas.",
        "wanted": "Pemberitahuan dikirim ulang",
        "place": "Loket",
    }
    return ComplaintForm(**(values | changes))  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(words.split())
