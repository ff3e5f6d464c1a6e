"""The words of every message: shipped as data, changed by the office, refused where a placeholder is unknown."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from string import Formatter

from lockdesk.core.journal import JournalNote
from lockdesk.dated_rules import EVER
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.errors import Declined
from lockdesk.records import dataclass
from lockdesk.words import N_, _

_PREFIX = "notice."
"""Before a message's name, the setting that holds the versions of its text."""
PLACEHOLDERS: dict[str, str] = {
    "nomor": N_("nomor kasus atau pengaduan"),
    "nama": N_("nama penerima"),
    "diterima": N_("waktu diterima"),
    "batas": N_("batas waktu"),
    "alasan": N_("alasan atau kelengkapan, bernomor"),
    "jawaban": N_("jawaban atas pengaduan"),
    "seri_lama": N_("nomor seri sertifikat lama"),
    "seri_baru": N_("nomor seri sertifikat baru"),
    "berlaku": N_("masa berlaku sertifikat baru"),
    "ca": N_("nama penyelenggara sertifikasi"),
    "alamat_portal": N_("alamat portal, dalam kurung"),
    "sebab": N_("sebab permohonan: lupa, atau mungkin diketahui orang lain"),
    "alasan_cabut": N_("alasan pencabutan"),
    "sidik": N_("sidik jari kunci CSR"),
    "petugas": N_("nama petugas"),
    "unit": N_("unit dan kota"),
}
"""What a text may name in braces, and what that becomes."""
_OF_COMPLAINTS = frozenset({"nomor", "nama", "diterima", "batas", "jawaban", "petugas", "unit"})
NOTICE_LABELS: dict[str, str] = {
    "received": N_("Permohonan diterima"),
    "incomplete": N_("Kelengkapan diminta"),
    "rejected": N_("Permohonan dikembalikan"),
    "resolved_otherwise": N_("Selesai tanpa pencabutan"),
    "new_csr_needed": N_("CSR baru diperlukan"),
    "revoked": N_("Sertifikat lama dicabut"),
    "revoked_only": N_("Dicabut tanpa penerbitan ulang"),
    "issued": N_("Sertifikat baru diterbitkan"),
    "reset_sent": N_("Tautan reset dikirim"),
    "reset_completed": N_("Reset passphrase selesai"),
    "completed": N_("Permohonan selesai"),
    "portal_revoke": N_("Langkah pencabutan di portal"),
    "portal_reissue": N_("Langkah penerbitan di portal"),
    "portal_reissue_without_csr": N_("Langkah penerbitan di portal, tanpa CSR"),
    "complaint_received": N_("Pengaduan diterima"),
    "complaint_answered": N_("Pengaduan dijawab"),
}
_PREVIEW: dict[str, str] = {
    "nomor": "LOCK-2026-0042",
    "nama": "Sekar Contohwati",
    "diterima": "Senin, 23 November 2026 pukul 08.05 WIB",
    "batas": "Selasa, 24 November 2026 pukul 15.45 WIB",
    "alasan": "1. Berkas CSR tidak ada. Lampirkan berkas CSR (.csr, .pem, atau .p10).",
    "jawaban": "Pemberitahuan sudah dikirim ulang.",
    "seri_lama": "5AFE0001",
    "seri_baru": "5AFE0002",
    "berlaku": "23 November 2026 – 23 November 2028",
    "ca": "BSrE",
    "alamat_portal": "",
    "sebab": "lupa passphrase",
    "alasan_cabut": "superseded",
    "sidik": "0123456789abcdef",
    "petugas": "Contoh Petugas",
    "unit": "Dinas Contoh",
}
"""An invented case, for the preview."""


def placeholders_of(notice: str) -> Mapping[str, str]:
    """What the text of this notice may name: an answer belongs to a complaint, a serial number to a case."""
    complaint = notice.startswith("complaint_")
    return {n: words for n, words in PLACEHOLDERS.items() if (n in _OF_COMPLAINTS if complaint else n != "jawaban")}


@dataclass(frozen=True, slots=True)
class NoticeText:
    """Subject and body of a message, with placeholders in braces. `own`: the office changed it."""

    subject: str
    body: str
    own: bool = False

    def filled(self, words: Mapping[str, str]) -> tuple[str, str]:
        """The subject, on one line, and the body."""
        return " ".join(self.subject.format_map(words).split()), self.body.strip().format_map(words)


@dataclass(frozen=True, slots=True)
class NoticeVersion:
    """What a message says from the day `since` on; who recorded it and when, nobody of the shipped text."""

    since: date
    text: NoticeText
    recorded_at: datetime | None = None
    actor: str = ""


class NoticeTexts:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, shipped: Mapping[str, tuple[str, str]]) -> None:
        self._casebook = casebook
        self._office = office
        self._shipped = shipped

    def of(self, notice: str) -> NoticeText:
        """The text in force today: the office's own, else the shipped one."""
        today = self._office.today()
        held = [version for version in self.versions(notice) if version.since <= today]
        return max(held, key=lambda version: version.since).text  # on one day the one recorded last

    def all(self) -> Mapping[str, NoticeText]:
        return {notice: self.of(notice) for notice in NOTICE_LABELS}

    def versions(self, notice: str) -> tuple[NoticeVersion, ...]:
        """All that were ever recorded, the one recorded last first; the shipped text at the end."""
        shipped = NoticeText(*self._shipped[notice])
        found = [NoticeVersion(EVER, shipped)]
        for kept in self._casebook.settings_under(_PREFIX + notice):
            if kept.name != _PREFIX + notice:
                continue
            said = json.loads(kept.value)
            own = NoticeText(said["subject"], said["body"], own=True) if "subject" in said else shipped
            found.append(NoticeVersion(date.fromisoformat(said["since"]), own, kept.recorded_at, kept.actor))
        return tuple(reversed(found))

    @staticmethod
    def preview(notice: str, subject: str, body: str) -> tuple[str, str]:
        """How the text reads, with an invented case. Raises Declined for a placeholder that there is not."""
        return _checked(notice, subject, body).filled(_PREVIEW)

    def save(self, notice: str, subject: str, body: str, since: date | None = None) -> None:
        """Uses this text from a day on (today); messages already written stay as they are. Raises Declined for a
        placeholder that there is not, and for an empty text."""
        _checked(notice, subject, body)
        self._put(notice, since, {"subject": subject.strip(), "body": body.strip()})

    def reset(self, notice: str, since: date | None = None) -> None:
        """Back to the shipped text."""
        self._put(notice, since, {})

    def _put(self, notice: str, since: date | None, text: Mapping[str, str]) -> None:
        day = (since or self._office.today()).isoformat()
        note = JournalNote("setting.changed", {"name": "notices", "notice": notice, "since": day})
        write = c.SetSetting(_PREFIX + notice, json.dumps({"since": day, **text}, ensure_ascii=False))
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, (write,)))


def _checked(notice: str, subject: str, body: str) -> NoticeText:
    known = placeholders_of(notice)
    if not subject.strip() or not body.strip():
        raise Declined(_("Perihal atau isi pesan masih kosong."), _("Lengkapi keduanya."), code="notice.empty")
    for text in (subject, body):
        for name in _named_in(text):
            if name not in known:
                raise Declined(
                    _("Kata dalam kurung kurawal “{name}” tidak dikenal.").format(name="{" + name + "}"),
                    _("Pakai salah satu dari: {names}.").format(names=" ".join(f"{{{item}}}" for item in known)),
                    code="notice.placeholder",
                )
    return NoticeText(subject, body)


def _named_in(text: str) -> list[str]:
    """What stands in braces, whole: a format or an attribute behind it is no placeholder of ours."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise Declined(
            _("Kurung kurawal dalam teks tidak berpasangan."), _("Tutup setiap kurung kurawal."), code="notice.braces"
        ) from error
    return [
        f"{name}{'!' + conversion if conversion else ''}{':' + spec if spec else ''}"
        for _text, name, spec, conversion in parts
        if name is not None
    ]
