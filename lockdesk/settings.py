"""The office profile and the program's preferences: data that an office edits without touching code."""

import base64
import re
from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from lockdesk.demands import DEMAND_KEYS, Demands
from lockdesk.errors import Declined
from lockdesk.office_file import (
    LimitsTable,
    OfficeFile,
    ReasonsTable,
    RetentionTable,
    SpecialHoursTable,
    arms_of,
    clock,
    read_office_file,
)
from lockdesk.records import dataclass
from lockdesk.words import _


@dataclass(frozen=True, slots=True)
class ComplaintContact:
    """One indirect channel of component 6, as printed. `to_confirm`: cut off or doubtful in the source."""

    label: str
    value: str
    to_confirm: bool = False


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of the office's document checklist; `checks` are the findings that speak of it."""

    identifier: str
    words: str
    checks: tuple[str, ...] = ()
    asked: str = ""
    """What an applicant is asked for, in words for the applicant; "" where `words` serve."""


@dataclass(frozen=True, slots=True)
class OfficeProfile:
    """One office's facts, valid from a date. Source: the office's published standard of service."""

    city: str
    government: str
    unit: str
    place: str
    address: str
    phones: tuple[str, ...]
    website: str
    email: str
    zone: ZoneInfo
    mail_domains: tuple[str, ...]
    deadline_rule: str
    cut_off: time
    weekly: Mapping[int, tuple[tuple[time, time], ...]]
    contacts: tuple[ComplaintContact, ...]
    next_instances: tuple[str, ...]
    supervisor_position: str
    ca_name: str
    statement_max_age_days: int
    checklist: tuple[ChecklistItem, ...]
    components: tuple["StandardComponent", ...] = ()
    email_to_confirm: bool = False
    accept_ed25519: bool = False
    """Whether a CSR with an Ed25519 key is accepted: only where the CA certifies such keys."""
    in_person: bool = False
    """Whether an applicant who is present may be identified instead of called."""
    authserv_id: str = ""
    """The name in the office server's Authentication-Results; "": any name under `mail_domains`."""
    mail_max_age_days: int = 7
    demands: Demands = field(default_factory=Demands)
    csr_to_confirm: bool = False
    """Nobody has said yet whether the applicants make their CSR themselves."""
    trust_anchors: tuple[bytes, ...] = ()
    """Certificates (DER) of the CAs whose electronic signatures on letters count."""
    revocation_lists: tuple[bytes, ...] = ()
    """Those CAs' revocation lists (DER), as the administrator last imported them."""
    special_hours: tuple[SpecialHoursTable, ...] = ()
    limits: LimitsTable = field(default_factory=LimitsTable)
    reasons: ReasonsTable = field(default_factory=ReasonsTable)
    retention: RetentionTable = field(default_factory=RetentionTable)
    titles: frozenset[str] = frozenset()
    """Titles in names beside those that the program knows; lower case, without the last dot."""
    arms: bytes = b""
    """The picture of the letterhead (PNG or JPEG), opened in the sealed child alone; b"" without one."""


@dataclass(frozen=True, slots=True)
class StandardComponent:
    """One of the 14 components of the standard of service; `lines` may be indented with two spaces."""

    number: int
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer with the dates of service (None: still serving). A substitute serves by a letter of assignment
    (*surat tugas*), and goes before the officer whose place it is."""

    name: str
    nip: str
    position: str
    since: date
    until: date | None = None
    email: str = ""
    letter_number: str = ""
    letter_date: date | None = None

    @property
    def substitute(self) -> bool:
        return bool(self.letter_number)

    def is_applicant(self, nip: str, email: str) -> bool:
        """Whether an applicant with this NIP (digits) and e-mail is the officer."""
        mail = self.email.strip().casefold()
        return bool(nip and nip == self.nip) or bool(mail and mail == email.strip().casefold())

    def serves_on(self, day: date) -> bool:
        return self.days_from(day) == 0

    def days_from(self, day: date) -> int:
        """How many days lie between `day` and the officer's service; 0 within it."""
        before = (self.since - day).days
        after = (day - self.until).days if self.until is not None else 0
        return max(before, after, 0)


@dataclass(frozen=True, slots=True)
class Head(Officer):
    """The head of section with the dates of service; `prefix` "Plt." or "Plh." of who stands in, and goes before."""

    prefix: str = ""

    @property
    def title(self) -> str:
        """The position as it is printed, behind its prefix."""
        return f"{self.prefix} {self.position}".strip()


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What the first start asks for and the settings page changes."""

    office: OfficeProfile
    officers: tuple[Officer, ...]
    complaints_officer: str = ""
    complaints_officer_phone: str = ""
    practice: bool = True
    training_behaviour: Mapping[str, str] = field(default_factory=dict)
    heads: tuple[Head, ...] = ()

    def named(self, nip: str) -> tuple[Officer, ...]:
        """Every service of one person, as officer or as head; nobody for ""."""
        return tuple(person for person in (*self.officers, *self.heads) if nip and person.nip == nip)

    def head_on(self, day: date) -> Head | None:
        """The head of section on `day`, the acting one before the one who is away; None where nobody is named."""
        serving = [head for head in self.heads if head.serves_on(day)]
        return min(serving, key=lambda head: not head.prefix, default=None)

    def acting_on(self, day: date, nip: str = "", elsewhere: Collection[str] = ()) -> Officer:
        """Who acts on `day`: the officer serving, else whose service is nearest, so that no date locks the office
        out of its own records and settings. `nip`: whose own passphrase opened the profile; `elsewhere`: who would
        have opened it with one. Raises Declined when nobody is named at all."""
        own = self.named(nip)
        known = own or [officer for officer in self.officers if officer.nip not in elsewhere] or self.officers
        if not known:
            return self.officer_on(day)
        return min(known, key=lambda officer: (officer.days_from(day), not officer.substitute))

    def officer_on(self, day: date) -> Officer:
        """The officer serving on `day`; raises Declined when nobody does."""
        for officer in sorted(self.officers, key=lambda officer: not officer.substitute):
            if officer.serves_on(day):
                return officer
        raise Declined(
            _("Tidak ada petugas yang bertugas pada tanggal ini."),
            _("Isi nama petugas dan tanggal bertugas di Pengaturan."),
            code="settings.no_officer",
        )


def load_office(path: Path) -> OfficeProfile:
    """Reads an office profile. Raises Declined when the file cannot be read or is not usable."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(_("berkas tidak dapat dibaca sebagai teks UTF-8")) from error
    return parse_office(text)


def parse_office(text: str) -> OfficeProfile:
    """Reads the TOML text of an office profile; raises Declined with every fault named and where it stands."""
    return _read_usable(text)[1]


def usable_office_file(text: str) -> OfficeFile:
    """The tables of an office profile that can be used; raises Declined as `parse_office`."""
    return _read_usable(text)[0]


def _read_usable(text: str) -> tuple[OfficeFile, OfficeProfile]:
    try:
        file = read_office_file(text)
        return file, profile_of(file)
    except ValueError as error:
        raise _unusable(str(error)) from error


def _unusable(cause: str) -> Declined:
    return Declined(
        _("Profil kantor tidak dapat dipakai."),
        _("Perbaiki berkas profil kantor: {cause}.").format(cause=cause),
        code="settings.office_profile",
    )


def profile_of(file: OfficeFile) -> OfficeProfile:
    """The profile that an office file describes. Raises ValueError."""
    office, rules, asked = file.kantor, file.aturan, file.diminta
    return OfficeProfile(
        city=office.kota,
        government=office.pemerintah,
        unit=office.unit,
        place=office.tempat,
        address=office.alamat,
        phones=office.telepon,
        website=office.situs,
        email=office.email,
        email_to_confirm=office.email_perlu_konfirmasi,
        accept_ed25519=rules.terima_ed25519,
        in_person=rules.hadir_menggantikan_telepon,
        authserv_id=office.server_autentikasi,
        mail_max_age_days=rules.umur_email_maksimum_hari,
        demands=Demands(**{name: getattr(asked, key) for name, key in DEMAND_KEYS.items()}),
        csr_to_confirm=asked.csr_perlu_konfirmasi,
        trust_anchors=_pem(file.tanda_tangan.jangkar, "CERTIFICATE"),
        revocation_lists=_pem(file.tanda_tangan.daftar_pencabutan, "X509 CRL"),
        arms=arms_of(file.lambang),
        zone=ZoneInfo(office.zona_waktu),
        mail_domains=office.domain_email,
        deadline_rule=rules.batas_waktu,
        cut_off=clock(rules.batas_pukul),
        weekly=file.jam_layanan.weekly(),
        contacts=tuple(ComplaintContact(row.kanal, row.isi, row.perlu_konfirmasi) for row in file.pengaduan),
        next_instances=rules.instansi_lanjutan,
        supervisor_position=rules.pengawas,
        ca_name=rules.penyelenggara_sertifikasi,
        statement_max_age_days=rules.umur_surat_maksimum_hari,
        checklist=tuple(ChecklistItem(row.id, row.isi, row.pemeriksaan, row.permintaan) for row in file.daftar_periksa),
        special_hours=file.jam_khusus,
        limits=file.batas_pengaduan,
        reasons=file.alasan_pencabutan,
        retention=file.retensi,
        titles=frozenset(title.casefold().strip().rstrip(".") for title in file.gelar.awalan if title.strip()),
        components=tuple(StandardComponent(row.nomor, row.judul, row.isi) for row in file.komponen),
    )


def _pem(texts: tuple[str, ...], label: str) -> tuple[bytes, ...]:
    """The DER of every PEM block with that label in a list of texts; raises ValueError for a broken one."""
    block = re.compile(f"-----BEGIN {label}-----(.*?)-----END {label}-----", re.DOTALL)
    found = [body for text in texts for body in block.findall(text)]
    if len(found) < len(texts):
        raise ValueError(_("tanda_tangan: ada isi yang bukan {label}").format(label=label))
    return tuple(base64.b64decode("".join(body.split()), validate=True) for body in found)
