"""`lockdesk verify-print`: what a print's code says, held against the profile, or against its public key alone.

Exit 0: genuine; 1: changed, unknown, or of a journal that was put back; 2: not used properly.
"""

import json
from dataclasses import asdict, replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from lockdesk.app import shipped_office
from lockdesk.desk.prints.checking import VERDICTS, check_code, compared, printed_code, reasons, verdict
from lockdesk.desk.prints.codes import PrintedCode
from lockdesk.desk.values.sheets import CheckedPrint, Compared
from lockdesk.errors import Declined
from lockdesk.records import dataclass
from lockdesk.store.inspection import inspected_prints
from lockdesk.verbs.opened import look_at
from lockdesk.words import N_, _

_SIGNED = N_("Asli menurut tanda tangannya; catatannya di rekam jejak tidak diperiksa.")
_NOT_SIGNED = N_("Tanda tangan pada kode bukan dari kunci ini.")


@dataclass(frozen=True, slots=True)
class Against:
    """What a code is held against: a profile, or a file with its public key."""

    folder: Path | None = None
    key: Path | None = None


def run_verify_print(code: str, digits: str, against: Against, as_json: bool) -> int:
    """Raises Declined and Unreachable, which say what is wanted."""
    read = printed_code(code, digits)
    if against.key is not None:
        name, told, beside = _by_key(read, against.key)
    elif against.folder is not None:
        checked = _by_profile(read, against.folder)
        name, told, beside = verdict(checked), reasons(checked), checked.beside
    else:
        raise Declined(
            _("Sebutkan folder profil, atau kunci publiknya."),
            _("Pakai --folder FOLDER, atau --key KUNCI.pem."),
            code="verify.nothing",
        )
    (_print_json if as_json else _print_words)(name, told, beside)
    return 0 if name == "genuine" else 1


def _by_profile(read: PrintedCode, folder: Path) -> CheckedPrint:
    profile = look_at(folder)
    with inspected_prints(profile.casebook, profile.key, profile.in_use) as prints:
        checked = check_code(read, prints, profile.vault.vouches)
    return replace(checked, beside=compared(read, checked.entry, shipped_office().office.zone))


def _by_key(read: PrintedCode, path: Path) -> tuple[str, tuple[str, ...], tuple[Compared, ...]]:
    """A signature tells without the journal that nothing in the code was changed; a typed code has none."""
    if read.claim is None:
        raise Declined(
            _("Kode yang diketik tidak memuat tanda tangan."),
            _("Pindai kode QR, atau periksa terhadap folder profil."),
            code="verify.typed",
        )
    beside = compared(read, None, shipped_office().office.zone)
    try:
        _public_key(path).verify(read.signature, read.claim.statement())
    except InvalidSignature:
        return "unknown", (_(_NOT_SIGNED),), beside
    if not read.begins(read.claim.head.digest.hex()):
        return "changed", (_("Sidik catatan tidak sama dengan sidik cetakan itu."),), beside
    return "genuine", (_(_SIGNED),), beside


def _public_key(path: Path) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(path.read_bytes())
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise Declined(
            _("Berkas {name} bukan kunci publik profil.").format(name=path.name),
            _("Buat dengan verify-log FOLDER --public-key BERKAS."),
            code="verify.key",
        )
    return key


def _print_words(name: str, told: tuple[str, ...], beside: tuple[Compared, ...]) -> None:
    print(_(VERDICTS[name]))
    for sentence in told:
        print(f"  {sentence}")
    heads = ("", _("Pada kode"), _("Tersimpan"))
    rows = [heads, *((item.label, item.said or "–", _stored(item)) for item in beside)]
    widths = [max(len(row[place]) for row in rows) for place in (0, 1)]
    for label, said, stored in rows:
        print(f"  {label:{widths[0]}}  {said:{widths[1]}}  {stored}".rstrip())


def _stored(item: Compared) -> str:
    stored = item.stored or "–"
    return f"{stored} ({_('berbeda')})" if item.differs else stored


def _print_json(name: str, told: tuple[str, ...], beside: tuple[Compared, ...]) -> None:
    print(json.dumps({"verdict": name, "reasons": told, "values": [asdict(item) for item in beside]}, indent=2))
