"""Berita acara serah terima: what one officer leaves to the next, and what goes with it from hand to hand."""

from dataclasses import replace

from lockdesk.core.identity import print_nip
from lockdesk.desk.prints.day_texts import day_sheet
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.values.office import DayEnd
from lockdesk.desk.values.sheets import Footer, Section, Sheet, SheetRow, Signature
from lockdesk.words import N_, _, date_words

_HANDED = (
    N_("Komputer layanan beserta akun petugasnya."),
    N_("Media cadangan; tanggal cadangan terakhir dicocokkan bersama."),
    N_("Formulir darurat bernomor yang belum dipakai."),
    N_("Arsip surat permohonan, bukti, dan cetakan yang ditandatangani."),
    N_("Kredensial portal atau CA atas nama kantor; diganti setelah serah terima."),
)
_BLANK = "…" * 24


def handover(parts: SheetParts, day: DayEnd, footer: Footer) -> Sheet:
    """What is open, what is handed over, and three signatures. A passphrase is never handed over: it is changed."""
    officer, zone = parts.officer, parts.zone
    number = f", NIP {print_nip(officer.nip)}" if officer.nip else ""
    (opened,) = day_sheet(parts, day, footer).sections
    handed = "\n".join(f"{place}. {_(words)}" for place, words in enumerate(_HANDED, 1))
    never = _("Frasa sandi tidak diserahkan: yang menerima menetapkan yang baru. Kode pemulihan tetap di brankas.")
    return Sheet(
        number=date_words(parts.at.astimezone(zone).date()),
        rows=(
            SheetRow(_("Yang menyerahkan"), f"{officer.name}{number}", officer.position, strong=True),
            SheetRow(_("Yang menerima"), _BLANK, _("nama, NIP, dan jabatan; surat tugas nomor dan tanggal")),
            SheetRow(_("Sejak"), _("pukul …………… tanggal ……………………………")),
        ),
        footer=footer,
        sections=(
            replace(opened, title=_("Yang masih terbuka")),
            Section(_("Yang diserahterimakan"), (handed, never)),
        ),
        signatures=(
            Signature((_("Yang menerima,"),), "", "NIP"),
            parts.officer_signature(),
            parts.head_signature(_("Mengetahui,")),
        ),
    )
