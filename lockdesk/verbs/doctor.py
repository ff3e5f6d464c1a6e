"""`lockdesk doctor`: what works on this machine, and what to do about the rest."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from lockdesk.app import profiles_root
from lockdesk.errors import LockdeskError
from lockdesk.machine_risk import risk_accepted, this_machine
from lockdesk.mishap_log import log_folder, read_log
from lockdesk.ownfile import takes_files, write_own
from lockdesk.reader.sealed import SealedReader
from lockdesk.records import dataclass
from lockdesk.resource import resource
from lockdesk.vault import keyring_name
from lockdesk.verbs.last_profile import last_profile
from lockdesk.words import N_, _, date_words


@dataclass(frozen=True, slots=True)
class Check:
    """One line: `needed` things that fail make the exit code 1."""

    name: str
    ok: bool
    words: str
    remedy: str = ""
    needed: bool = False


_ELSEWHERE = N_("Pakai LockDesk di Linux atau Windows: pada sistem ini belum ada ruang tertutup.")
_REMEDIES = {
    "linux": N_("Pasang libseccomp2 dan pakai kernel Linux 5.3 atau lebih baru."),
    "win32": N_("Pakai Windows 10 atau 11, dan pasang ulang program dengan LockDesk-setup.exe."),
}


def _keyring() -> Check:
    name = keyring_name()
    if name:
        return Check(_("penyimpan kata sandi"), True, name)
    return Check(
        _("penyimpan kata sandi"),
        False,
        _("tidak tersedia; data dibuka dengan frasa sandi"),
        _("Pasang gnome-keyring atau KWallet bila ingin dibuka tanpa frasa sandi."),
    )


def _sandbox() -> Check:
    """It holds when a child in it has tried everything and nothing opened; documents stay unopened otherwise."""
    risk = this_machine().risk()
    with SealedReader() as reader:
        cage = dict(reader.cage())
    name = _("ruang tertutup")
    if not cage["walls"]:
        words = _("tidak tersedia ({cause}); dokumen tidak dibuka pada komputer ini").format(cause=cage["detail"])
        if risk is not None:
            words = _("tidak tersedia ({cause}); dokumen dibuka tanpa dinding, risiko diterima {who} ({day})").format(
                cause=cage["detail"],
                who=f"{risk.name}, {risk.position}",
                day=date_words(risk.accepted_at.astimezone().date()),
            )
        return Check(name, False, words, _(_REMEDIES.get(sys.platform, _ELSEWHERE)), needed=True)
    words = ", ".join(f"{key}: {state}" for key, state in cage.items() if state)
    leaks = [key for key, state in cage.items() if key.startswith("probe.") and state == "open"]
    return Check(name, not leaks, words, _("Laporkan kepada administrator: ruang tertutup bocor."), needed=True)


_NO_PRINTER = {
    "win32": (
        N_("tidak ada printer, atau layanan Print Spooler tidak berjalan"),
        N_("Tambahkan printer di Setelan Windows, Bluetooth dan perangkat, Printer; periksa layanan Print Spooler."),
    )
}
_NO_QUEUE = (
    N_("tidak ada antrean cetak, atau CUPS tidak terpasang atau tidak menjawab"),
    N_("Pasang cups dan tambahkan printer di pengaturan sistem, atau simpan cetakan sebagai PDF."),
)


def _printer() -> Check:
    from lockdesk.app import print_queue

    queues = print_queue(lambda _pdf, _page, _width: None).printers()
    if queues:
        return Check(_("printer"), True, ", ".join(queues))
    words, remedy = _NO_PRINTER.get(sys.platform, _NO_QUEUE)
    return Check(_("printer"), False, _(words), _(remedy))


def _fonts() -> Check:
    names = ("IBMPlexSans-Regular", "IBMPlexSans-SemiBold", "IBMPlexMono-Regular")
    try:
        for name in names:
            resource(f"fonts/{name}.ttf")
    except FileNotFoundError as error:
        return Check(_("huruf"), False, str(error), _("Pasang ulang program."), needed=True)
    return Check(_("huruf"), True, "IBM Plex Sans, IBM Plex Mono", needed=True)


def _ocr() -> Check:
    """Tried in a sealed child on a blank page: the engine and its Indonesian data work there."""
    try:
        with SealedReader(unsealed=risk_accepted) as reader:
            trouble = reader.ocr_trouble()
    except LockdeskError as error:
        trouble = error.message
    if not trouble:
        return Check("OCR", True, _("Tesseract dengan data bahasa Indonesia, di ruang tertutup"))
    return Check(
        "OCR",
        False,
        _("tidak tersedia ({cause}); surat hasil pindai dibaca oleh petugas").format(cause=trouble),
        _("Pasang ulang program, atau minta surat sebagai PDF asli."),
    )


def _gateway() -> Check:
    from lockdesk.gateway.forms import SPECS

    names = ", ".join(_(spec.label) for spec in SPECS)
    return Check(
        _("gateway"),
        True,
        _("CA pelatihan (mode pelatihan); {names} (diuji di Pengaturan, bagian Sambungan CA)").format(names=names),
    )


def _folder() -> Check:
    """Of the profile that was open last, or where the first one would be."""
    named = last_profile().named()
    folder = named or profiles_root()
    places = (folder,) if named else (folder, *folder.parents)  # a first start makes what is missing
    standing = next(filter(_is_there, places), None)
    writable = standing is not None and takes_files(standing)
    if standing is None:
        words = _("{folder} tidak ditemukan")
        remedy = _("Sambungkan medianya, periksa izinnya, atau pulihkan foldernya dari cadangan.")
    else:
        words = _("{folder} dapat ditulisi") if writable else _("{folder} tidak dapat ditulisi")
        remedy = _("Pulihkan izin menulis pada folder data.")
    return Check(_("folder data"), writable, words.format(folder=folder), remedy, needed=True)


def _is_there(place: Path) -> bool:
    """No where nobody may look."""
    try:
        place.stat()
    except OSError:
        return False
    return True


def _clock() -> Check:
    now = datetime.now(UTC)
    plausible = now.year >= 2026
    words = f"{now:%Y-%m-%d %H:%M} UTC"
    return Check(_("jam komputer"), plausible, words, "" if plausible else _("Setel jam komputer."), needed=True)


CHECKS: tuple[Callable[[], Check], ...] = (_keyring, _sandbox, _printer, _fonts, _ocr, _gateway, _folder, _clock)


def export_log(target: Path) -> None:
    """Everything that went wrong lately in one file: kinds and places in the program, no personal data."""
    write_own(target, read_log(log_folder()).encode())
    print(_("Catatan kesalahan disimpan: {file}").format(file=target))


def run_doctor(log: Path | None = None) -> int:
    """Prints every check; exit 1 when something needed does not work."""
    if log is not None:
        export_log(log)
    checks = [check() for check in CHECKS]
    print(f"LockDesk, Python {sys.version.split()[0]}, {sys.platform}")
    for check in checks:
        print(f"  {'✓' if check.ok else '✗' if check.needed else '–'} {check.name}: {check.words}")
        if check.remedy and not check.ok:
            print(f"      → {check.remedy}")
    return int(any(check.needed and not check.ok for check in checks))
