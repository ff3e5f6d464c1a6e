"""Berita acara pemusnahan: what was destroyed, by whose confirmation; numbers, and nothing of the people."""

from lockdesk.core.identity import print_nip
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.values.privacy import WAY_WORDS, Disposal
from lockdesk.desk.values.sheets import Footer, Section, Sheet, SheetRow, Signature
from lockdesk.words import N_, _, number_words

_GONE = (
    N_("Isi surat, lampiran, bukti, dan pesan; nama berkasnya."),
    N_("Nama, NIP, NIK, jabatan, e-mail, dan nomor telepon; uraian pengaduan; catatan telepon."),
    N_("Halaman cetakan yang tersimpan dan kata dalam indeks pencarian."),
    N_("Kunci sidik per orang: sidik data pribadi dalam rekam jejak tidak dapat dicocokkan lagi."),
    N_("Alasan dan teks lain yang ditulis petugas untuk rekam jejak, beserta kunci sidiknya."),
)
_STAYS = N_(
    "Nomor, status, tanggal, unit kerja, sidik berkas, nomor seri sertifikat, dan rekam jejak. Rekam jejak tetap utuh "
    "dan dapat diperiksa. Alasan yang dicatat program versi sebelum pemisahan ini tetap terbaca di dalamnya."
)
_BACKUPS = N_(
    "Cadangan yang dibuat sebelum pemusnahan masih memuat data ini sampai tergantikan oleh cadangan yang lebih baru; "
    "cadangan di luar jadwal, salinan kertas, dan e-mail asli di kotak surat kantor dimusnahkan tersendiri."
)


def disposal_minutes(parts: SheetParts, done: Disposal, footer: Footer) -> Sheet:
    """The numbers, what went with them, what stays, and who confirmed."""
    counts = _("{cases} kasus, {complaints} pengaduan, {people} data kepegawaian, {drafts} isian yang tidak disimpan")
    counts = counts.format(
        cases=number_words(len(done.cases)),
        complaints=number_words(len(done.complaints)),
        people=number_words(done.people),
        drafts=number_words(done.drafts),
    )
    lists = ((_("Kasus"), done.cases), (_("Pengaduan"), done.complaints))
    gone = "\n".join(f"{place}. {_(words)}" for place, words in enumerate(_GONE, 1))
    return Sheet(
        number=done.number,
        rows=(
            SheetRow(_("Dimusnahkan"), parts.moment(done.at), strong=True),
            SheetRow(_("Jumlah"), counts),
            SheetRow(_("Dikonfirmasi oleh"), f"{done.head}, NIP {print_nip(done.head_nip)}", done.head_position),
            SheetRow(_("Dengan"), _(WAY_WORDS[done.way])),
            SheetRow(_("Dikerjakan oleh"), done.officer),
            SheetRow(_("Berkas basis data"), _swept(parts, done)),
        ),
        footer=footer,
        sections=(
            *(Section(title, (", ".join(numbers),)) for title, numbers in lists if numbers),
            Section(_("Yang dimusnahkan"), (gone,)),
            Section(_("Yang tetap disimpan"), (_(_STAYS),)),
            Section(_("Yang masih harus diperhatikan"), (_(_BACKUPS),)),
        ),
        signatures=(
            Signature((_("Saksi,"),), "", "NIP"),
            parts.officer_signature(),
            Signature((_("Mengonfirmasi,"), done.head_position + ","), done.head, f"NIP {print_nip(done.head_nip)}"),
        ),
    )


def _swept(parts: SheetParts, done: Disposal) -> str:
    if done.swept_at is None:
        return _("belum dibersihkan; dikerjakan lagi saat program dibuka")
    return _("dibersihkan {moment}").format(moment=parts.moment(done.swept_at))
