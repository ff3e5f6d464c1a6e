"""The office profile and the program's preferences: data that an office edits without touching code."""

import base64
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from lockdesk.errors import Declined
from lockdesk.words import _

DAY_NAMES = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


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
    authserv_id: str = ""
    """The name in the office server's Authentication-Results; "": any name under `mail_domains`."""
    mail_max_age_days: int = 7
    trust_anchors: tuple[bytes, ...] = ()
    """Certificates (DER) of the CAs whose electronic signatures on letters count."""
    revocation_lists: tuple[bytes, ...] = ()
    """Those CAs' revocation lists (DER), as the administrator last imported them."""


@dataclass(frozen=True, slots=True)
class StandardComponent:
    """One of the 14 components of the standard of service; `lines` may be indented with two spaces."""

    number: int
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer with the dates of service (None: still serving)."""

    name: str
    nip: str
    position: str
    since: date
    until: date | None = None

    def serves_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What the first start asks for and the settings page changes."""

    office: OfficeProfile
    officers: tuple[Officer, ...]
    complaints_officer: str = ""
    complaints_officer_phone: str = ""
    practice: bool = True
    training_behaviour: Mapping[str, str] = field(default_factory=dict)

    def officer_on(self, day: date) -> Officer:
        """The officer serving on `day`; raises Declined when nobody does."""
        for officer in self.officers:
            if officer.serves_on(day):
                return officer
        raise Declined(
            _("Tidak ada petugas yang bertugas pada tanggal ini."),
            _("Isi nama petugas dan tanggal bertugas di Pengaturan."),
            code="settings.no_officer",
        )


def load_office(path: Path) -> OfficeProfile:
    """Reads an office profile. Raises Declined with the line's name when the file is not usable."""
    return parse_office(path.read_text(encoding="utf-8"))


def parse_office(text: str) -> OfficeProfile:
    """Reads the TOML text of an office profile; raises Declined when something is missing or wrong."""
    try:
        raw = tomllib.loads(text)
        return _office(raw)
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError, IndexError) as error:
        raise Declined(
            _("Profil kantor tidak dapat dibaca."),
            _("Perbaiki berkas profil kantor: {cause}.").format(cause=error),
            code="settings.office_profile",
        ) from error


def _office(raw: Mapping[str, object]) -> OfficeProfile:
    table = _table(raw, "kantor")
    signing = raw.get("tanda_tangan", {})
    signing = signing if isinstance(signing, dict) else {}
    hours = _table(raw, "jam_layanan")
    rules = _table(raw, "aturan")
    return OfficeProfile(
        city=_text(table, "kota"),
        government=_text(table, "pemerintah"),
        unit=_text(table, "unit"),
        place=_text(table, "tempat"),
        address=_text(table, "alamat"),
        phones=_texts(table, "telepon"),
        website=_text(table, "situs"),
        email=_text(table, "email"),
        email_to_confirm=bool(table.get("email_perlu_konfirmasi", False)),
        accept_ed25519=bool(rules.get("terima_ed25519", False)),
        authserv_id=str(table.get("server_autentikasi", "")),
        mail_max_age_days=int(str(rules.get("umur_email_maksimum_hari", 7))),
        trust_anchors=_pem(signing.get("jangkar", []), "CERTIFICATE"),
        revocation_lists=_pem(signing.get("daftar_pencabutan", []), "X509 CRL"),
        zone=ZoneInfo(_text(table, "zona_waktu")),
        mail_domains=_texts(table, "domain_email"),
        deadline_rule=_text(rules, "batas_waktu"),
        cut_off=time.fromisoformat(_text(rules, "batas_pukul")),
        weekly={DAY_NAMES.index(day): _spans(spans) for day, spans in hours.items()},
        contacts=tuple(
            ComplaintContact(_text(row, "kanal"), _text(row, "isi"), bool(row.get("perlu_konfirmasi", False)))
            for row in _tables(raw, "pengaduan")
        ),
        next_instances=_texts(rules, "instansi_lanjutan"),
        supervisor_position=_text(rules, "pengawas"),
        ca_name=_text(rules, "penyelenggara_sertifikasi"),
        statement_max_age_days=int(str(rules["umur_surat_maksimum_hari"])),
        checklist=tuple(
            ChecklistItem(_text(row, "id"), _text(row, "isi"), _texts(row, "pemeriksaan"))
            for row in _tables(raw, "daftar_periksa")
        ),
        components=tuple(
            StandardComponent(int(str(row["nomor"])), _text(row, "judul"), _texts(row, "isi"))
            for row in _tables(raw, "komponen")
        ),
    )


def _pem(value: object, label: str) -> tuple[bytes, ...]:
    """The DER of every PEM block with that label in a list of texts; raises ValueError for a broken one."""
    if not isinstance(value, list):
        raise TypeError("tanda_tangan")
    block = re.compile(f"-----BEGIN {label}-----(.*?)-----END {label}-----", re.DOTALL)
    found = [body for text in value for body in block.findall(str(text))]
    if len(found) < len(value):
        raise ValueError(f"tanda_tangan: {label}")
    return tuple(base64.b64decode("".join(body.split()), validate=True) for body in found)


def _table(raw: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = raw[name]
    if not isinstance(value, dict):
        raise TypeError(name)
    return value


def _tables(raw: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    value = raw[name]
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise TypeError(name)
    return value


def _text(table: Mapping[str, object], name: str) -> str:
    value = table[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _texts(table: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = table[name]
    if not isinstance(value, list):
        raise TypeError(name)
    return tuple(str(item) for item in value)


def _spans(value: object) -> tuple[tuple[time, time], ...]:
    if not isinstance(value, list):
        raise TypeError("jam_layanan")
    return tuple((time.fromisoformat(str(span[0])), time.fromisoformat(str(span[1]))) for span in value)
