"""The office profile as a file: its tables and keys, and in words what is wrong with one.

An office writes this file by hand, so a slip is named where it is entered: a key that means nothing, a word in
quotation marks where true or false belongs, hours that never come.
"""

import base64
import json
import re
import tomllib
from collections.abc import Iterable
from datetime import date, time
from itertools import pairwise
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from lockdesk.demands import Demand
from lockdesk.plain_border import Fault, Faulty, PlainBorder
from lockdesk.records import dataclass
from lockdesk.words import N_, _

Span = tuple[str, str]
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_HoursT = TypeVar("_HoursT", bound="HoursTable")
_DeadlineT = TypeVar("_DeadlineT", "RulesTable", "DeadlineTable")


@dataclass(frozen=True, slots=True)
class OfficeTable:
    """[kantor]"""

    kota: str
    pemerintah: str
    unit: str
    tempat: str
    alamat: str
    telepon: tuple[str, ...]
    situs: str
    email: str
    zona_waktu: str
    domain_email: tuple[str, ...]
    email_perlu_konfirmasi: bool = False
    server_autentikasi: str = ""
    """The arms of the letterhead: a PNG or JPEG, base64."""


@dataclass(frozen=True, slots=True)
class HoursTable:
    """[jam_layanan]: the open spans of each day, Monday first."""

    senin: tuple[Span, ...] = ()
    selasa: tuple[Span, ...] = ()
    rabu: tuple[Span, ...] = ()
    kamis: tuple[Span, ...] = ()
    jumat: tuple[Span, ...] = ()
    sabtu: tuple[Span, ...] = ()
    minggu: tuple[Span, ...] = ()

    def weekly(self) -> dict[int, tuple[tuple[time, time], ...]]:
        """Monday = 0 … with the days that have hours."""
        days = enumerate(getattr(self, name) for name in WEEKDAYS)
        return {day: tuple((clock(one), clock(other)) for one, other in spans) for day, spans in days if spans}


@dataclass(frozen=True, slots=True)
class SpecialHoursTable(HoursTable):
    """[[jam_khusus]]: other hours between two dates, both included (Ramadan); a day that is left out is closed."""

    dari: str = ""
    sampai: str = ""
    sebab: str = ""

    @property
    def first(self) -> date:
        return calendar_day(self.dari)

    @property
    def last(self) -> date:
        return calendar_day(self.sampai)


@dataclass(frozen=True, slots=True)
class LimitsTable:
    """[batas_pengaduan]: working days until a complaint is verified, first answered, and resolved by its class; and
    after which a reply that the complainant leaves unanswered ends it."""

    informasi: int = 5
    biasa: int = 14
    pengawasan: int = 60
    verifikasi: int = 3
    tanggapan: int = 5
    tutup_otomatis: int = 10


@dataclass(frozen=True, slots=True)
class ReasonsTable:
    """[alasan_pencabutan]: what a certificate is revoked for at the CA (RFC 5280, 5.3.1), and the office's own words.

    Whoever may know the passphrase is always keyCompromise, and nothing else is.
    """

    lupa_passphrase: str = "superseded"
    tanpa_penggantian: str = "cessationOfOperation"
    sebutan: str = "lupa passphrase"


@dataclass(frozen=True, slots=True)
class RetentionTable:
    """[retensi]: years for which personal data is kept after a case was closed, a complaint resolved, an entry of the
    register marked as no longer in service, a mail refused, a form begun and never saved (`surat_ditolak`: nothing
    came of either; who decided on it before forms counted did so for mails alone, and each disposal names the forms
    to the head who confirms it). The defaults are proposals: the office decides by its retention schedule of records
    (*jadwal retensi arsip*), and says with `perlu_konfirmasi` whether it has."""

    kasus: int = 5
    pengaduan: int = 5
    kepegawaian: int = 2
    surat_ditolak: int = 1
    perlu_konfirmasi: bool = True


@dataclass(frozen=True, slots=True)
class TitlesTable:
    """[gelar]: titles in names that the program does not know by itself."""

    awalan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArmsTable:
    """[lambang]: the city's arms, a PNG or JPG as base64 text; "" for none."""

    gambar: str = ""


@dataclass(frozen=True, slots=True)
class RulesTable:
    """[aturan]"""

    batas_waktu: str
    batas_pukul: str
    instansi_lanjutan: tuple[str, ...]
    pengawas: str
    penyelenggara_sertifikasi: str
    umur_surat_maksimum_hari: int
    umur_email_maksimum_hari: int = 7
    terima_ed25519: bool = False
    hadir_menggantikan_telepon: bool = False


@dataclass(frozen=True, slots=True)
class DeadlineTable:
    """Of [aturan], what decides when a file is due."""

    batas_waktu: str
    batas_pukul: str


@dataclass(frozen=True, slots=True)
class AgesTable:
    """Of [aturan], how old a letter and a mail may be when received, in days."""

    umur_surat_maksimum_hari: int
    umur_email_maksimum_hari: int


@dataclass(frozen=True, slots=True)
class DemandTable:
    """[diminta]; an office that was never asked whether applicants make their CSR has that to confirm."""

    surat_pernyataan: Demand = Demand.DEMANDED
    csr: Demand = Demand.DEMANDED
    csr_perlu_konfirmasi: bool = True
    nomor_seri: Demand = Demand.WELCOME
    sidik_jari: Demand = Demand.WELCOME
    nomor_surat: Demand = Demand.WELCOME
    nik: Demand = Demand.WELCOME


@dataclass(frozen=True, slots=True)
class SigningTable:
    """[tanda_tangan]: PEM texts."""

    jangkar: tuple[str, ...] = ()
    daftar_pencabutan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelTable:
    """[[pengaduan]]"""

    kanal: str
    isi: str
    perlu_konfirmasi: bool = False


@dataclass(frozen=True, slots=True)
class ChecklistTable:
    """[[daftar_periksa]]"""

    id: str
    isi: str
    pemeriksaan: tuple[str, ...]
    permintaan: str = ""


@dataclass(frozen=True, slots=True)
class ComponentTable:
    """[[komponen]]"""

    nomor: int
    judul: str
    isi: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """The whole file."""

    kantor: OfficeTable
    jam_layanan: HoursTable
    aturan: RulesTable
    pengaduan: tuple[ChannelTable, ...]
    daftar_periksa: tuple[ChecklistTable, ...]
    komponen: tuple[ComponentTable, ...]
    diminta: DemandTable = DemandTable()
    tanda_tangan: SigningTable = SigningTable()
    jam_khusus: tuple[SpecialHoursTable, ...] = ()
    batas_pengaduan: LimitsTable = LimitsTable()
    alasan_pencabutan: ReasonsTable = ReasonsTable()
    gelar: TitlesTable = TitlesTable()
    lambang: ArmsTable = ArmsTable()
    retensi: RetentionTable = RetentionTable()


def calendar_day(text: str) -> date:
    """ "2027-02-08" as a day. Raises ValueError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("tanggal ditulis seperti 2027-02-08, bukan {text}").format(text=text)) from None


def clock(text: str) -> time:
    """ "08:00" as a time of day. Raises ValueError."""
    if not re.fullmatch(r"\d\d[:.]\d\d", text):
        raise ValueError(_("jam ditulis seperti 08:00, bukan {text}").format(text=text))
    try:
        return time.fromisoformat(text.replace(".", ":"))
    except ValueError:
        raise ValueError(_("tidak ada pukul {text}").format(text=text)) from None


_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.){1,8}[a-z]{2,}", re.IGNORECASE)
_EVERYBODYS = frozenset({
    "go.id", "co.id", "or.id", "ac.id", "web.id", "gmail.com", "yahoo.com", "yahoo.co.id", "outlook.com", "hotmail.com",
    "icloud.com", "proton.me", "rocketmail.com",
})  # fmt: skip
"""Under these anybody has a mailbox, or every office of the country: none is one office's own."""


def _of_one_office(table: OfficeTable) -> OfficeTable:
    if not table.kota.strip() or not table.unit.strip():
        raise ValueError(_("nama kota dan unit harus diisi"))
    if not table.domain_email:
        raise ValueError(_("domain_email harus memuat sedikitnya satu domain"))
    for domain in table.domain_email:
        if not _DOMAIN.fullmatch(domain):
            raise ValueError(_("domain_email: {domain} bukan nama domain").format(domain=domain))
        if domain.casefold() in _EVERYBODYS:
            raise ValueError(_("domain_email: {domain} bukan domain milik kantor ini sendiri").format(domain=domain))
    return _known_zone(table)


def _known_zone(table: OfficeTable) -> OfficeTable:
    try:
        ZoneInfo(table.zona_waktu)
    except (OSError, ValueError, KeyError):
        words = _("zona waktu {name} tidak dikenal; contoh: Asia/Jakarta, Asia/Makassar, Asia/Jayapura")
        raise ValueError(words.format(name=table.zona_waktu)) from None
    return table


def _open_some_time(table: HoursTable) -> HoursTable:
    if not table.weekly():
        raise ValueError(_("tidak ada jam buka pada hari apa pun"))
    return _in_order(table)


def _in_order(table: _HoursT) -> _HoursT:
    for day, spans in table.weekly().items():
        moments = [moment for span in spans for moment in span]
        if any(one >= other for one, other in pairwise(moments)):
            raise ValueError(_("jam pada hari {day} terbalik atau bertumpuk").format(day=WEEKDAYS[day]))
    return table


def _dated(table: SpecialHoursTable) -> SpecialHoursTable:
    if table.last < table.first:
        raise ValueError(_("tanggal akhir mendahului tanggal awal"))
    if not table.sebab.strip():
        raise ValueError(_("sebab jam khusus belum diisi"))
    return _in_order(table)


def apart(ranges: Iterable[SpecialHoursTable]) -> None:
    """Raises ValueError when two ranges of dates share a day: which hours hold then could not be told."""
    for one, other in pairwise(sorted(ranges, key=lambda table: table.first)):
        if other.first <= one.last:
            words = _("jam khusus {one} dan {other} bertumpuk")
            raise ValueError(words.format(one=one.sebab, other=other.sebab))


def _whole(file: OfficeFile) -> OfficeFile:
    apart(file.jam_khusus)
    return file


def _mapped(table: ReasonsTable) -> ReasonsTable:
    for code in (table.lupa_passphrase, table.tanpa_penggantian):
        if code not in REVOCATION_CODES:
            known = ", ".join(REVOCATION_CODES)
            raise ValueError(
                _("alasan {code} tidak dikenal; yang dapat dipakai: {known}").format(code=code, known=known)
            )
    return table


def _possible(table: _DeadlineT) -> _DeadlineT:
    if table.batas_waktu not in ("A", "B", "C"):
        raise ValueError(_("batas_waktu harus A, B, atau C, bukan {text}").format(text=table.batas_waktu))
    clock(table.batas_pukul)
    return table


def arms_of(table: ArmsTable) -> bytes:
    """The picture's bytes; raises ValueError for what is no base64, no PNG or JPEG by its first bytes, or too large."""
    try:
        content = base64.b64decode("".join(table.gambar.split()), validate=True)
    except ValueError:
        raise ValueError(_("lambang harus berupa gambar PNG atau JPG dalam base64")) from None
    if content and not content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise ValueError(_("lambang harus berupa gambar PNG atau JPG"))
    if len(content) > MOST_ARMS:
        raise ValueError(_("gambar lambang paling besar {n} KB").format(n=MOST_ARMS // 1024))
    return content


def _pictured(table: ArmsTable) -> ArmsTable:
    arms_of(table)
    return table


REVOCATION_CODES = ("superseded", "cessationOfOperation", "unspecified")
"""What a certificate may be revoked for that nobody else can use (RFC 5280, 5.3.1)."""
MOST_ARMS = 256 * 1024
"""Bytes of the picture: 600 dpi on paper take less."""
_LIMIT = {"ge": 1, "le": 250}
MOST_YEARS = 50
_YEARS = {"ge": 1, "le": MOST_YEARS}
RETENTION_KEYS = ("kasus", "pengaduan", "kepegawaian")
_MOST_PEM = 4 * 1024 * 1024
_AGE = {"ge": 1, "le": 3650}
_BORDER = PlainBorder(
    {
        **{
            (kind, f"umur_{what}_maksimum_hari"): _AGE
            for kind in (RulesTable, AgesTable)
            for what in ("surat", "email")
        },
        (ComponentTable, "nomor"): {"ge": 1, "le": 99},
        (ArmsTable, "gambar"): {"max_length": 4 * MOST_ARMS},
        **{(RetentionTable, name): _YEARS for name in RETENTION_KEYS},
        **{(LimitsTable, name): _LIMIT for name in LimitsTable.__dataclass_fields__},
        **{(SigningTable, name): {"item_length": _MOST_PEM} for name in ("jangkar", "daftar_pencabutan")},
    },
    {
        OfficeTable: _of_one_office,
        HoursTable: _open_some_time,
        SpecialHoursTable: _dated,
        RulesTable: _possible,
        ReasonsTable: _mapped,
        DeadlineTable: _possible,
        ArmsTable: _pictured,
        OfficeFile: _whole,
    },
)

_FAULTS = {
    "unexpected_keyword_argument": N_("tidak dikenal"),
    "missing": N_("belum diisi"),
    "string_type": N_("harus berupa teks di antara tanda kutip"),
    "bool_type": N_("harus true atau false tanpa tanda kutip"),
    "int_type": N_("harus berupa bilangan tanpa tanda kutip"),
    "tuple_type": N_("harus berupa daftar di antara kurung siku"),
    "dataclass_type": N_("harus berupa tabel"),
    "greater_than_equal": N_("terlalu kecil"),
    "less_than_equal": N_("terlalu besar"),
    "string_too_long": N_("terlalu panjang"),
    "string_unicode": N_("tidak sah"),
    "too_long": N_("terlalu banyak"),
}
"""What is wrong with a member, by pydantic's name for it."""


def read_office_file(text: str) -> OfficeFile:
    """The file's tables. Raises ValueError, whose words name every fault and where it stands."""
    try:
        raw = json.dumps(tomllib.loads(text), default=str)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_("susunan TOML rusak ({cause})").format(cause=error)) from None
    found: OfficeFile = read_table(OfficeFile, raw)
    return found


def read_table(kind: Any, raw: str) -> Any:
    """A part of the file from JSON. Raises ValueError as `read_office_file`."""
    try:
        return _BORDER.read(kind, json.loads(raw))
    except Faulty as error:
        raise ValueError("; ".join(map(_told, error.faults[:5]))) from None


def _told(fault: Fault) -> str:
    """ "aturan.terima_ed25519 harus true atau false …"; lists are counted from 1."""
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault.place)
    if fault.kind == "value_error":
        return f"{place}: {fault.words}".removeprefix(": ")
    if fault.kind == "enum":
        return _("{place} harus salah satu dari: {values}").format(place=place, values=fault.words)
    return f"{place} {_(_FAULTS[fault.kind])}"
