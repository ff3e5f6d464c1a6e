"""What the prints about a complaint say. Nothing on them says who a confidential complainant is; the related case
would."""

from lockdesk.core.complaints import CHANNEL_LABELS, CLASS_LABELS, KIND_LABELS, ComplaintStep
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.prints.sheet_texts import paper_number
from lockdesk.desk.values.complaints import ComplaintNote, ComplaintView
from lockdesk.desk.values.sheets import Footer, Sheet, SheetRow, Signature, join_words
from lockdesk.words import _, date_words

_ROOM_TO_WRITE = 3
"""Dotted lines for what the official decides."""


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
    identity = _("dirahasiakan") if form.confidential else form.name
    contact = "" if form.confidential else form.contact
    related = _("dirahasiakan") if form.confidential and form.case_number else form.case_number or "–"
    return [
        SheetRow(_("Diterima"), parts.moment(complaint.received_at)),
        SheetRow(_("Tempat"), form.place or parts.settings.office.unit),
        SheetRow(_("Kanal"), _(CHANNEL_LABELS[form.channel])),
        SheetRow(_("Pengadu"), identity, contact, strong=True),
        SheetRow(_("Jenis"), f"{_(KIND_LABELS[form.kind])}, {_(CLASS_LABELS[form.complaint_class]).lower()}"),
        SheetRow(_("Kasus terkait"), related),
        SheetRow(_("Uraian"), form.description),
        SheetRow(_("Yang diminta"), form.wanted or "–"),
        SheetRow(_("Bukti"), form.evidence or "–"),
    ]


def escalation(parts: SheetParts, complaint: ComplaintView, footer: Footer) -> Sheet:
    """What the officer could not settle (component 6 b.3), what was done so far, and room for the official's answer."""
    passed_on = next((note for note in complaint.notes[::-1] if note.step == ComplaintStep.ESCALATE), None)
    answered = [note for note in complaint.notes if note.step == ComplaintStep.RESPOND]
    rows = [
        SheetRow(_("Kepada"), *_official(parts), strong=True),
        *_rows(parts, complaint),
        SheetRow(_("Tanggapan petugas"), "\n".join(_noted(parts, note) for note in answered) or "–"),
    ]
    if passed_on is not None:
        rows.append(SheetRow(_("Alasan diteruskan"), passed_on.text, parts.moment(passed_on.at)))
    rows.append(SheetRow(_("Tanggapan pejabat"), blank=_ROOM_TO_WRITE))
    return Sheet(
        number=paper_number(parts, complaint),
        rows=tuple(rows),
        footer=footer,
        box=(_("Diselesaikan paling lambat"), date_words(complaint.due_on, weekday=True)),
        signatures=(Signature((_("Tanggal ……………………………"), _("Diterima pejabat,")), ""), parts.officer_signature()),
    )


def _official(parts: SheetParts) -> tuple[str, str]:
    """Whom it goes to: the complaints officer, else the position that supervises the service."""
    settings = parts.settings
    if settings.complaints_officer:
        return settings.complaints_officer, _("Pejabat Pengaduan")
    return settings.office.supervisor_position, ""


def _noted(parts: SheetParts, note: ComplaintNote) -> str:
    return join_words((parts.moment(note.at), note.text), ": ")
