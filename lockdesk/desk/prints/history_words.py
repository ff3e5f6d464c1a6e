"""The journal's kinds in the officer's words, on the glass and on paper."""

from collections.abc import Callable

from lockdesk.core.cases import ROUTE_LABELS
from lockdesk.core.complaints import CHANNEL_LABELS, SATISFACTION_LABELS
from lockdesk.core.complaints import KIND_LABELS as KIND_LABELS_OF_COMPLAINTS
from lockdesk.core.confirmation import BasisPart
from lockdesk.core.quarters import QUARTERS
from lockdesk.dated_rules import KINDS, Rule
from lockdesk.desk.checks.catalogue import checks
from lockdesk.desk.office.notice_texts import NOTICE_LABELS
from lockdesk.desk.requests.calls import DOCUMENTS as DOCUMENTS_SIGHTED
from lockdesk.desk.requests.calls import STAND_INS
from lockdesk.desk.requests.steps import parts_words
from lockdesk.desk.values.cases import HistoryLine
from lockdesk.desk.values.person_fields import BY_NAME, discreet
from lockdesk.desk.values.privacy import told as destroyed_told
from lockdesk.desk.values.reports import LIST_NAMES, BookKind
from lockdesk.desk.values.sheets import CODE_PART_LABELS, CodePart
from lockdesk.words import N_, _, number_words

KIND_LABELS: dict[str, str] = {
    "case.received": N_("Permohonan diterima"),
    "case.mail_kept": N_("E-mail disimpan pada kasus"),
    "case.review_started": N_("Pemeriksaan dimulai"),
    "case.applicant_asked": N_("Kelengkapan diminta"),
    "case.applicant_answered": N_("Pemohon menjawab"),
    "case.accepted": N_("Dinyatakan sesuai"),
    "case.rejected": N_("Dinyatakan tidak sesuai"),
    "case.resolved_otherwise": N_("Diselesaikan tanpa pencabutan"),
    "case.withdrawn": N_("Permohonan ditarik kembali"),
    "case.recheck": N_("Diperiksa kembali"),
    "case.reopened": N_("Kasus dibuka kembali"),
    "case.revoked": N_("Sertifikat lama dicabut"),
    "case.csr_refused": N_("CSR tidak diterima CA"),
    "case.new_csr": N_("CSR baru diterima"),
    "case.new_csr_accepted": N_("CSR baru dinyatakan sesuai"),
    "case.issued": N_("Sertifikat baru diterbitkan"),
    "case.reset_sent": N_("Tautan reset dikirim portal CA ke pemohon"),
    "case.reset_proved": N_("Pemohon memastikan tanda tangan berhasil"),
    "case.notified": N_("Pemohon diberi tahu"),
    "case.completed": N_("Kasus selesai"),
    "case.viewed": N_("Kasus dibuka"),
    "case.person_chosen": N_("Pemohon dalam surat dipilih"),
    "case.doubt_settled": N_("Isian surat yang diragukan diputuskan"),
    "case.letter_chosen": N_("Surat dipilih di antara lampiran"),
    "case.csr_chosen": N_("CSR dipilih di antara lampiran"),
    "case.left_open": N_("Belum yakin; akan ditanyakan"),
    "case.open_answered": N_("Jawaban atas pertanyaan dicatat"),
    "case.corrected": N_("Data pemohon dikoreksi"),
    "case.decided": N_("Peringatan diputuskan"),
    "finding.decided": N_("Peringatan diputuskan"),
    "document.exported": N_("Dokumen disimpan ke luar program"),
    "practice.certificate_given": N_("Sertifikat latihan diberikan"),
    "practice.approved": N_("Disetujui di CA pelatihan"),
    "practice.declined": N_("Ditolak di CA pelatihan"),
    "case.call_recorded": N_("Konfirmasi telepon dicatat"),
    "case.ticked": N_("Daftar periksa diisi"),
    "case.compromise": N_("Keterangan kebocoran diubah"),
    "case.route": N_("Cara penanganan diubah"),
    "case.number_shown": N_("Nomor telepon ditampilkan untuk konfirmasi"),
    "case.nik_unmasked": N_("NIK lengkap ditampilkan"),
    "case.checked": N_("Pemeriksaan otomatis"),
    "case.files_added": N_("Berkas ditambahkan di loket"),
    "case.deadline_moved": N_("Batas waktu dihitung ulang"),
    "case.holder_recorded": N_("Pemegang sertifikat lama dicatat"),
    "case.old_certificate_brought": N_("Sertifikat lama dimasukkan"),
    "case.private_key_refused": N_("Kunci privat ikut terkirim, tidak disimpan"),
    "register.imported": N_("Data kepegawaian diimpor"),
    "register.certificates_imported": N_("Nomor seri sertifikat dicatat"),
    "register.added": N_("Ditambahkan ke data kepegawaian"),
    "register.changed": N_("Data kepegawaian diubah"),
    "register.retired": N_("Ditandai tidak lagi bertugas"),
    "register.reinstated": N_("Ditandai bertugas kembali"),
    "register.merged": N_("Dua data kepegawaian digabungkan"),
    "operation.intended": N_("Operasi ke CA disiapkan"),
    "operation.answered_done": N_("CA menjawab selesai"),
    "operation.answered_waiting": N_("Menunggu CA"),
    "operation.answered_no": N_("Operasi tidak dilaksanakan"),
    "operation.never_left": N_("CA tidak dapat dihubungi"),
    "operation.answer_lost": N_("Hasil di CA belum pasti"),
    "operation.found_done": N_("Ternyata sudah dilaksanakan"),
    "operation.found_not_done": N_("Ternyata belum dilaksanakan"),
    "operation.remarked": N_("Profil sertifikat baru dinilai"),
    "print.made": N_("Dokumen dicetak"),
    "print.failed": N_("Dokumen gagal dibuat setelah dicatat"),
    "print.finished": N_("Sidik dokumen cetak dicatat"),
    "print.sent": N_("Dokumen dikirim ke printer"),
    "print.saved": N_("Dokumen disimpan sebagai berkas"),
    "print.cancelled": N_("Cetakan dibatalkan di antrean printer"),
    "print.viewed": N_("Cetakan yang tersimpan ditampilkan"),
    "print.checked": N_("Cetakan diperiksa"),
    "print.copied": N_("Salinan cetakan dibuat"),
    "message.kept": N_("Pemberitahuan disimpan"),
    "message.queued": N_("Pemberitahuan disiapkan"),
    "message.simulated": N_("Pemberitahuan (simulasi)"),
    "message.completes": N_("Kasus diselesaikan begitu pemohon diberi tahu"),
    "message.confirmed": N_("Pemberitahuan dikonfirmasi"),
    "message.owed": N_("Pemberitahuan akan dikirim"),
    "message.written": N_("Pemberitahuan disusun"),
    "message.merged": N_("Pemberitahuan disatukan dengan pesan lain"),
    "message.no_address": N_("Pemberitahuan tanpa alamat"),
    "message.withdrawn": N_("Pemberitahuan disusun lagi untuk alamat lain"),
    "message.sending": N_("Pengiriman pemberitahuan dimulai"),
    "message.handed": N_("Pemberitahuan diserahkan ke server e-mail"),
    "message.accepted": N_("Server e-mail menerima pemberitahuan"),
    "message.deferred": N_("Pemberitahuan belum terkirim, dicoba lagi"),
    "message.refused": N_("Server e-mail menolak pemberitahuan"),
    "message.interrupted": N_("Pengiriman pemberitahuan terhenti sebelum diserahkan"),
    "message.answer_lost": N_("Belum pasti pemberitahuan terkirim"),
    "message.copy_found": N_("Tembusan pemberitahuan ditemukan: terkirim"),
    "message.restored": N_("Setelah pemulihan: belum pasti pemberitahuan terkirim"),
    "message.went": N_("Dinyatakan petugas: pemberitahuan terkirim"),
    "message.did_not_go": N_("Dinyatakan petugas: pemberitahuan tidak terkirim"),
    "message.again": N_("Pemberitahuan dikirim lagi"),
    "message.told": N_("Pemberitahuan disampaikan petugas"),
    "message.bounced": N_("Pemberitahuan kembali, tidak sampai"),
    "case.notice_bounced": N_("Pemberitahuan tidak sampai; pemohon belum diberi tahu"),
    "case.letter_handed_over": N_("Surat pengembalian diserahkan"),
    "case.told_in_person": N_("Cara memberi tahu pemohon diubah"),
    "message.exported": N_("Pemberitahuan diekspor"),
    "desk.day_closed": N_("Hari kerja ditutup"),
    "desk.clock_behind": N_("Jam komputer lebih awal daripada catatan sebelumnya"),
    "report.saved": N_("Bagian laporan triwulan disimpan"),
    "book.exported": N_("Buku register diekspor"),
    "list.exported": N_("Daftar diekspor"),
    "ways.passphrase_changed": N_("Frasa sandi program diganti"),
    "backup.made": N_("Cadangan dibuat dan dibaca kembali"),
    "profile.restored": N_("Profil dipulihkan dari cadangan"),
    "profile.retired": N_("Profil dipindahkan ke komputer lain"),
    "key.changed": N_("Kunci data diganti"),
    "ways.given": N_("Frasa sandi perorangan dibuat"),
    "ways.ended": N_("Frasa sandi perorangan dicabut"),
    "book.closed": N_("Buku register ditutup"),
    "desk.opened": N_("Profil dibuka"),
    "desk.locked": N_("Jendela dikunci"),
    "desk.unlocked": N_("Kunci jendela dibuka"),
    "desk.unlock_refused": N_("Frasa sandi salah saat membuka kunci"),
    "recovery.made": N_("Kode pemulihan dibuat"),
    "recovery.kept": N_("Kode pemulihan dipastikan tersimpan"),
    "profile.bound": N_("Profil diikat pada basis data"),
    "setting.changed": N_("Pengaturan diubah"),
    "rule.changed": N_("Aturan kantor diubah"),
    "calendar.imported": N_("Hari libur dimuat"),
    "calendar.closed": N_("Hari ditetapkan tutup"),
    "calendar.opened": N_("Hari tutup dibatalkan"),
    "journal.exported": N_("Rekam jejak diekspor"),
    "disposal.done": N_("Data pribadi dimusnahkan menurut masa simpan"),
    "disposal.swept": N_("Berkas basis data dibersihkan dari data yang dimusnahkan"),
    "disposal.refused": N_("Konfirmasi pemusnahan ditolak"),
    "reader.risk_accepted": N_("Risiko membaca dokumen tanpa ruang tertutup diterima untuk komputer ini"),
    "reader.risk_withdrawn": N_("Penerimaan risiko membaca tanpa ruang tertutup dicabut"),
    "reader.risk_refused": N_("Penerimaan risiko membaca tanpa ruang tertutup ditolak"),
    "data.requested": N_("Data pribadi diminta pemiliknya"),
    "data.answered": N_("Data pribadi diserahkan kepada pemiliknya"),
    "retention.confirmed": N_("Masa simpan dikonfirmasi Kepala Bidang"),
    "override.sampled": N_("Keputusan petugas diuji petik Kepala Bidang"),
    "role.refused": N_("Langkah ditolak: bukan peran yang masuk"),
    "breach.recorded": N_("Kegagalan pelindungan data dicatat"),
    "breach.changed": N_("Pemberitahuan kegagalan pelindungan data diperbaiki"),
    "complaint.received": N_("Pengaduan diterima"),
    "complaint.verified": N_("Pengaduan terverifikasi"),
    "complaint.asked": N_("Ditanggapi, menunggu balasan pengadu"),
    "complaint.replied": N_("Pengadu membalas"),
    "complaint.closed_unanswered": N_("Ditutup karena tidak dibalas"),
    "complaint.evidence_added": N_("Bukti ditambahkan"),
    "complaint.mail_kept": N_("E-mail pengadu disimpan"),
    "complaint.identity_shown": N_("Identitas pengadu ditampilkan"),
    "complaint.satisfaction": N_("Kepuasan pengadu dicatat"),
    "complaint.limits_moved": N_("Batas waktu dihitung ulang"),
    "complaint.responded": N_("Ditanggapi petugas"),
    "complaint.escalated": N_("Diteruskan ke pejabat"),
    "complaint.official_responded": N_("Ditanggapi pejabat"),
    "complaint.resolved": N_("Pengaduan selesai"),
    "complaint.taken_back": N_("Batal diteruskan ke pejabat"),
    "complaint.reopened": N_("Pengaduan dibuka kembali"),
    "complaint.corrected": N_("Catatan pengaduan dikoreksi"),
}
KIND_GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "cases": (N_("Permohonan"), frozenset({"case", "finding", "document", "override"})),
    "operations": (N_("Operasi ke CA"), frozenset({"operation", "practice"})),
    "messages": (N_("Pemberitahuan"), frozenset({"message"})),
    "prints": (N_("Cetakan dan ekspor"), frozenset({"print", "book", "list", "report", "journal"})),
    "complaints": (N_("Pengaduan"), frozenset({"complaint"})),
    "register": (N_("Data kepegawaian"), frozenset({"register"})),
    "keys": (
        N_("Masuk, kunci, dan cadangan"),
        frozenset({"desk", "ways", "role", "key", "recovery", "profile", "backup", "reader"}),
    ),
    "privacy": (N_("Data pribadi"), frozenset({"disposal", "data", "breach", "retention"})),
    "settings": (N_("Pengaturan"), frozenset({"setting", "rule", "calendar"})),
}
"""What the journal is narrowed to: its words, and how the kinds begin that belong to it."""
SHOWN_FACTS: dict[str, str] = {
    "reason": N_("alasan"),
    "check": N_("pemeriksaan"),
    "channel": N_("kanal"),
    "source": N_("sumber"),
    "size": N_("kertas"),
    "print": N_("cetakan"),
    "kind": N_("jenis"),
    "signed": N_("disampaikan"),
    "valid_by": N_("sertifikat masih berlaku menurut"),
    "route": N_("cara"),
    "number": N_("nomor"),
    "on": N_("tanggal"),
    "copies": N_("jumlah"),
    "printer": N_("printer"),
    "serial": N_("nomor seri"),
    "through": N_("melalui"),
    "sighted": N_("dokumen yang dilihat"),
    "csr": N_("CSR dibenarkan, sidik jari berakhiran"),
    "gateway": "gateway",
    "quarter": N_("triwulan"),
    "emergency_form": N_("formulir darurat"),
    "forms": N_("formulir"),
    "period": N_("periode"),
    "satisfaction": N_("kepuasan"),
    "evidence": N_("berkas bukti"),
    "files": N_("jumlah berkas"),
    "original_seen": N_("asli diperlihatkan"),
    "fields": N_("isian"),
    "voids": N_("membatalkan konfirmasi dan keputusan, karena berubah:"),
    "withdrawn": N_("pesan yang dibatalkan"),
}

JOURNAL_FACTS: dict[str, str] = {
    **SHOWN_FACTS,
    "by": N_("dibuka dengan"),
    "renewed": N_("dibuat ulang"),
    "entry": N_("catatan cetakan"),
    "of": N_("salinan dari catatan"),
    "known": N_("cetakan dikenal"),
    "changed": N_("bagian yang diubah"),
    "put_back": N_("rekam jejak dikembalikan"),
    "sha256": N_("sidik berkas"),
    "name": N_("pengaturan"),
    "rule": N_("aturan"),
    "how": N_("cara memberi tahu"),
    "asked": N_("yang diminta"),
    "question": N_("pertanyaan"),
    "accepted": N_("diterima karena"),
    "step": N_("langkah"),
    "ended": N_("frasa sandi perorangan yang berakhir"),
    "decision": N_("keputusan pada catatan"),
    "agreed": N_("sependapat"),
    "since": N_("berlaku sejak"),
    "year": N_("tahun"),
    "days": N_("jumlah hari"),
    "rows": N_("jumlah baris"),
    "remarks": N_("catatan penilaian"),
    "book": N_("buku"),
    "list": N_("daftar"),
    "counts": N_("dihitung sebagai konfirmasi"),
    "outgoing": N_("panggilan keluar"),
    "on_time": N_("tepat waktu"),
    "clock_back_seconds": N_("jam komputer mundur (detik)"),
}
"""With what is said of an entry that is looked at by itself; what is in neither table stays unsaid."""


VALUE_LABELS: dict[str, str] = {
    **{str(channel): words for channel, words in CHANNEL_LABELS.items()},
    **{str(kind): words for kind, words in KIND_LABELS_OF_COMPLAINTS.items()},
    **{str(route): words for route, words in ROUTE_LABELS.items()},
    **{str(said): words for said, words in SATISFACTION_LABELS.items()},
    "files": N_("berkas"),
    "walk_in": N_("loket"),
    "revoke": N_("pencabutan"),
    "reissue": N_("penerbitan ulang"),
    "training": N_("CA pelatihan"),
    "ca_signed": N_("jawaban bertanda tangan CA"),
    "ca_portal": N_("portal CA"),
    **{str(role): words for role, words in STAND_INS.items()},
    **{str(document): words for document, words in DOCUMENTS_SIGHTED.items()},
    "True": N_("ya"),
    "False": N_("tidak"),
    "keyring": N_("penyimpan kata sandi komputer"),
    "passphrase": N_("frasa sandi"),
    "recovery": N_("kode pemulihan"),
}


def value_words(name: str, value: object) -> str:
    """A recorded value as the officer knows it."""
    text = destroyed_told(str(value))
    told = _BY_NAME[name](text) if name in _BY_NAME else ""
    return told or (_(VALUE_LABELS[text]) if text in VALUE_LABELS else text)


def _print_words(kind: str) -> str:
    from lockdesk.desk.prints.documents import DOCUMENTS  # late: one of the documents prints this history

    return _(DOCUMENTS[kind].title) if kind in DOCUMENTS else ""


def _quarter_words(recorded: str) -> str:
    name, _space, year = recorded.rpartition(" ")
    return f"{_(name)} {year}" if name in QUARTERS else ""


def _book_words(kind: str) -> str:
    from lockdesk.desk.reports.books import TITLES

    return _(TITLES[BookKind(kind)]) if kind in set(BookKind) else ""


_SETTINGS = {
    "desk": N_("petugas dan meja layanan"),
    "office": N_("profil kantor"),
    "gateway": N_("sambungan CA"),
    "mail": N_("e-mail kantor"),
    "notices": N_("teks pemberitahuan"),
}
_BY_NAME: dict[str, Callable[[str], str]] = {
    "fields": lambda text: ", ".join(_(BY_NAME[part].label) if part in BY_NAME else part for part in text.split()),
    "withdrawn": lambda text: ", ".join(_(NOTICE_LABELS.get(name, name)) for name in text.split()),
    "voids": lambda text: parts_words(BasisPart(part) for part in text.split()),
    "changed": lambda text: ", ".join(_(CODE_PART_LABELS[CodePart(part)]) for part in text.split()) or "–",
    "print": _print_words,
    "step": lambda text: kind_words(text.partition("/")[0]),
    "book": _book_words,
    "quarter": _quarter_words,
    "list": lambda text: _(LIST_NAMES[text]) if text in LIST_NAMES else "",
    "check": lambda text: _(checks()[text].short) if text in checks() else "",
    "rule": lambda text: _(KINDS[Rule(text)].words) if text in set(Rule) else "",
    "name": lambda text: _(_SETTINGS[text]) if text in _SETTINGS else "",
}
"""What is told otherwise than by VALUE_LABELS; "" for a value that is none of these."""


def kind_words(kind: str) -> str:
    """A journal kind in words; an unknown kind is shown by its stable name."""
    return _(KIND_LABELS[kind]) if kind in KIND_LABELS else kind


_UNCONFIRMED = {
    "denied": N_("Permohonan disangkal lewat telepon"),
    "unanswered": N_("Panggilan tidak diangkat"),
}


def entry_words(entry: HistoryLine) -> str:
    """What an entry says happened; of a call, which way it went and whether it confirmed anything."""
    if entry.kind != "case.call_recorded" or "outgoing" not in entry.facts:
        return kind_words(entry.kind)
    if entry.facts.get("result") in _UNCONFIRMED:
        return _(_UNCONFIRMED[str(entry.facts["result"])])
    if "sighted" in entry.facts:
        counts = entry.facts.get("counts")
        return _("Pemohon dikenali langsung") if counts else _("Pemohon hadir: tidak dihitung sebagai konfirmasi")
    if not entry.facts["outgoing"]:
        return _("Panggilan masuk dicatat (tidak memenuhi konfirmasi)")
    return (
        _("Panggilan keluar: konfirmasi terpenuhi")
        if entry.facts.get("counts")
        else _("Panggilan keluar: tidak dihitung")
    )


def facts_told(entry: HistoryLine) -> tuple[tuple[str, str], ...]:
    """What an entry says beside its kind, each with its label."""
    return tuple(
        (_(_PERSON if name == "entry" and not _of_print(entry.kind) else words), value_words(name, entry.facts[name]))
        for name, words in JOURNAL_FACTS.items()
        if entry.facts.get(name, "") != ""
    )


_PERSON = N_("nomor dalam data kepegawaian")


def _of_print(kind: str) -> bool:
    """Whether its `entry` is that of a print; the making of one, and all that is no print, names a person of the
    register by it."""
    return kind.startswith("print.") and kind != "print.made"


def fact_words(entry: HistoryLine) -> str:
    """The public facts worth reading, what a correction replaced (numbers masked), and the entry's number."""
    parts = [
        f"{_(words)} {value_words(name, entry.facts[name])}"
        for name, words in SHOWN_FACTS.items()
        if entry.facts.get(name, "") != ""
    ]
    before = _("{field} sebelumnya {text}")
    parts += [before.format(field=_(BY_NAME[name].label), text=discreet(name, text)) for name, text in entry.before]
    entered = _("catatan {number}").format(number=number_words(entry.sequence))
    return " · ".join([*parts, entered.replace(" ", "\u00a0")])  # no line ends before a number


def with_prints(history: tuple[HistoryLine, ...]) -> tuple[tuple[HistoryLine, HistoryLine], ...]:
    """The entries, those about a print that is among them beside it: the newest one, where it says more than that the
    print was made."""
    made = {entry.sequence for entry in history if entry.kind == "print.made"}
    about: dict[object, HistoryLine] = {}
    lines = []
    for entry in history:
        printed = entry.facts.get("entry")
        if entry.kind.startswith("print.") and printed in made:
            if entry.kind != "print.finished":
                about.setdefault(printed, entry)
        else:
            lines.append(entry)
    return tuple((entry, about.get(entry.sequence, entry)) for entry in lines)


def happened(entry: HistoryLine, last: HistoryLine) -> str:
    """What an entry says happened, and what became of it, where that is told."""
    return entry_words(entry) if last is entry else f"{entry_words(entry)} · {entry_words(last)}"
