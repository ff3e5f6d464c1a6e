"""What the prints about a complaint say. Nothing on them says who a confidential complainant is: what is read of such a
complaint does not say it either."""

from lockdesk.core.complaints import CHANNEL_LABELS, CLASS_LABELS, KIND_LABELS, ComplaintStep
from lockdesk.desk.checks.attachments import KIND_WORDS
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.prints.sheet_texts import paper_number
from lockdesk.desk.values.complaints import ComplaintNote, ComplaintView
from lockdesk.desk.values.sheets import Footer, Sheet, SheetRow, Signature, join_words
from lockdesk.words import _, date_words, size_words

_ROOM_TO_WRITE = 3
"""Dotted lines for what the official decides."""
_DIGEST = 16
"""Digits of a file's digest: enough to tell two files apart, and the journal has all of them."""


def complaint_receipt(parts: SheetParts, complaint: ComplaintView, footer: Footer) -> Sheet:
    """That it was received, as what, and until when it will be dealt with."""
    form = complaint.form
    next_instances = ", ".join(parts.settings.office.next_instances)
    own = () if form.confidential else (Signature((_("Pengadu,"),), form.name),)
    return Sheet(
        number=paper_number(parts, complaint),
        rows=(*_rows(parts, complaint), SheetRow(_("Biaya"), _("Gratis"))),
        footer=footer,
        box=(_("Diselesaikan paling lambat"), date_words(complaint.due_on, weekday=True)),
        notes=(_("Bila belum puas dengan penyelesaiannya: {where}.").format(where=next_instances),),
        signatures=(*own, parts.officer_signature()),
    )


def _rows(parts: SheetParts, complaint: ComplaintView) -> list[SheetRow]:
    form = complaint.form
    hidden = _("dirahasiakan") if form.confidential else ""
    return [
        SheetRow(_("Diterima"), parts.moment(complaint.received_at)),
        SheetRow(_("Tempat"), form.place or parts.settings.office.unit),
        SheetRow(_("Kanal"), _(CHANNEL_LABELS[form.channel])),
        SheetRow(_("Pengadu"), hidden or form.name, form.contact, strong=True),
        SheetRow(_("Jenis"), f"{_(KIND_LABELS[form.kind])}, {_(CLASS_LABELS[form.complaint_class]).lower()}"),
        SheetRow(_("Kasus terkait"), hidden or form.case_number or "–"),
        SheetRow(_("Uraian"), form.description),
        SheetRow(_("Yang diminta"), form.wanted or "–"),
        SheetRow(_("Bukti"), _evidence(complaint)),
    ]


def _evidence(complaint: ComplaintView) -> str:
    """What was handed over in words, and each file with its size and the beginning of its digest."""
    files = (
        _("{name} ({kind}, {size}; SHA-256\N{NO-BREAK SPACE}{digest})").format(
            name=file.name,
            kind=_(KIND_WORDS[file.kind]),
            size=size_words(file.size),
            digest=file.sha256[:_DIGEST],
        )
        for file in complaint.files
    )
    return "\n".join(part for part in (complaint.form.evidence, *files) if part) or "–"


def escalation(parts: SheetParts, complaint: ComplaintView, footer: Footer) -> Sheet:
    """What the officer could not settle (component 6 b.3), what was done so far, and room for the official's answer."""
    passed_on = next((note for note in complaint.notes[::-1] if note.step == ComplaintStep.ESCALATE), None)
    answered = [note for note in complaint.notes if note.step == ComplaintStep.RESPOND]
    rows = [
        SheetRow(_("Kepada"), *_official(parts, passed_on), strong=True),
        *_rows(parts, complaint),
        SheetRow(_("Tanggapan petugas"), "\n".join(_noted(parts, note) for note in answered) or "–"),
    ]
    if passed_on is not None:
        rows.append(SheetRow(_("Alasan diteruskan"), passed_on.text, parts.moment(passed_on.at)))
    rows.append(SheetRow(_("Biaya"), _("Gratis")))
    rows.append(SheetRow(_("Tanggapan pejabat"), blank=_ROOM_TO_WRITE))
    return Sheet(
        number=paper_number(parts, complaint),
        rows=tuple(rows),
        footer=footer,
        box=(_("Diselesaikan paling lambat"), date_words(complaint.due_on, weekday=True)),
        signatures=(Signature((_("Tanggal ……………………………"), _("Diterima pejabat,")), ""), parts.officer_signature()),
    )


def _official(parts: SheetParts, passed_on: ComplaintNote | None) -> tuple[str, str]:
    """Whom it goes to: whom the officer named, else the complaints officer, else who supervises the service."""
    settings = parts.settings
    if passed_on is not None and passed_on.addressee:
        return passed_on.addressee, ""
    if settings.complaints_officer:
        return settings.complaints_officer, _("Pejabat Pengaduan")
    return settings.office.supervisor_position, ""


def _noted(parts: SheetParts, note: ComplaintNote) -> str:
    return join_words((parts.moment(note.at), note.text), ": ")
