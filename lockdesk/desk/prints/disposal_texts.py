"""Berita acara pemusnahan: what was destroyed, by whose confirmation; numbers, and nothing of the people."""

from collections.abc import Collection

from lockdesk.core.identity import print_nip
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.values.privacy import WAY_WORDS, DataKind, Disposal
from lockdesk.desk.values.sheets import Footer, Section, Sheet, SheetRow, Signature
from lockdesk.words import N_, _, number_words

_OF_BOOKS = frozenset({DataKind.CASE, DataKind.COMPLAINT})
_OF_SOMEBODY = _OF_BOOKS | {DataKind.PERSON}
_GONE = (
    (_OF_BOOKS, N_("Isi surat, lampiran, bukti, dan pesan; nama berkasnya.")),
    (_OF_SOMEBODY, N_("Nama, NIP, NIK, jabatan, e-mail, dan nomor telepon; uraian pengaduan; catatan telepon.")),
    (_OF_SOMEBODY, N_("Halaman cetakan yang tersimpan dan kata dalam indeks pencarian.")),
    ({DataKind.CASE}, N_("Kunci sidik per orang: sidik data pribadi dalam rekam jejak tidak dapat dicocokkan lagi.")),
    (_OF_SOMEBODY, N_("Alasan dan teks lain yang ditulis petugas untuk rekam jejak, beserta kunci sidiknya.")),
    (
        {DataKind.DRAFT},
        N_(
            "Isian pemohon di loket, pengaduan, pegawai baru, dan pengaturan yang dimulai dan tidak pernah disimpan, "
            "seluruhnya."
        ),
    ),
)
"""What goes, and with what kinds of data."""
_STAYS = N_(
    "Nomor, status, tanggal, unit kerja, sidik berkas, nomor seri sertifikat, dan rekam jejak. Rekam jejak tetap utuh "
    "dan dapat diperiksa. Alasan yang dicatat program versi sebelum pemisahan ini tetap terbaca di dalamnya."
)
_BACKUPS = N_(
    "Cadangan yang dibuat sebelum pemusnahan masih memuat data ini sampai tergantikan oleh cadangan yang lebih baru; "
    "cadangan di luar jadwal, salinan kertas, dan e-mail asli di kotak surat kantor dimusnahkan tersendiri."
)


def gone_words(kinds: Collection[DataKind]) -> str:
    """What is destroyed with data of these kinds, numbered: confirmed in these words, and told in them afterwards."""
    gone = [_(words) for of, words in _GONE if not of.isdisjoint(kinds)]
    return "\n".join(f"{place}. {words}" for place, words in enumerate(gone, 1))


def counted_words(done: Disposal) -> str:
    """How much of each kind was destroyed."""
    counts = _("{cases} kasus, {complaints} pengaduan, {people} data kepegawaian, {drafts} isian yang tidak disimpan")
    return counts.format(
        cases=number_words(len(done.cases)),
        complaints=number_words(len(done.complaints)),
        people=number_words(done.people),
        drafts=number_words(done.drafts),
    )


def disposal_minutes(parts: SheetParts, done: Disposal, footer: Footer) -> Sheet:
    """The numbers, what went with them, what stays, and who confirmed."""
    counts = {
        DataKind.CASE: len(done.cases),
        DataKind.COMPLAINT: len(done.complaints),
        DataKind.PERSON: done.people,
        DataKind.DRAFT: done.drafts,
    }
    gone = gone_words([kind for kind, count in counts.items() if count])
    lists = ((_("Kasus"), done.cases), (_("Pengaduan"), done.complaints))
    return Sheet(
        number=done.number,
        rows=(
            SheetRow(_("Dimusnahkan"), parts.moment(done.at), strong=True),
            SheetRow(_("Jumlah"), counted_words(done)),
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
