"""What the command line takes: every verb with its files and options."""

import argparse
from pathlib import Path

from lockdesk import __version__
from lockdesk.words import _


def parser() -> argparse.ArgumentParser:
    """All verbs with their help."""
    top = argparse.ArgumentParser("lockdesk", description=_("Meja layanan lupa passphrase sertifikat elektronik"))
    top.add_argument("--version", action="version", version=f"lockdesk {__version__}")
    top.add_argument("--profile", type=Path, help=_("folder profil; tanpa ini profil terakhir yang dipakai"))
    verbs = top.add_subparsers(dest="verb")
    opening = verbs.add_parser("open", help=_("buka jendela dan terima berkas permohonan di sana"))
    opening.add_argument("files", nargs="*", type=Path, metavar="FILE")
    demo = verbs.add_parser("demo", help=_("jalankan contoh permohonan dari awal sampai akhir"))
    demo.add_argument("--out", type=Path, default=Path("lockdesk-demo"), help=_("folder hasil"))
    demo.add_argument("files", nargs="*", type=Path, metavar="FILE.eml")
    inspect = verbs.add_parser("inspect", help=_("baca .eml, CSR, atau PDF tanpa basis data"))
    inspect.add_argument("files", nargs="+", type=Path, metavar="FILE")
    inspect.add_argument("--json", action="store_true", help=_("keluaran JSON"))
    doctor = verbs.add_parser("doctor", help=_("periksa kemampuan komputer ini"))
    doctor.add_argument(
        "--log", type=Path, metavar="FILE", help=_("simpan juga catatan kesalahan program ke berkas ini")
    )
    verify = verbs.add_parser("verify-log", help=_("periksa keutuhan rekam jejak"))
    verify.add_argument("folder", type=Path)
    printed = _("nomor catatan dan sidik pada sebuah cetakan, misalnya 120:9F3A11C0")
    verify.add_argument("--printed", default="", metavar="N:SIDIK", help=printed)
    verify.add_argument("--json", action="store_true", help=_("keluaran JSON"))
    export = _("simpan rekam jejak ke berkas ini, untuk diperiksa tanpa program ini")
    verify.add_argument("--export", type=Path, metavar="FILE", help=export)
    verify.add_argument("--public-key", type=Path, metavar="FILE", help=_("simpan kunci publik profil ke berkas ini"))
    check = verbs.add_parser("verify-print", help=_("periksa kode sebuah cetakan"))
    check.add_argument("code", metavar="KODE", help=_("kode yang dipindai atau diketik dari cetakan"))
    check.add_argument("--digits", default="", metavar="SIDIK", help=_("sidik catatan di samping kode"))
    held = check.add_mutually_exclusive_group()
    held.add_argument("--folder", type=Path, help=_("folder profil"))
    held.add_argument("--key", type=Path, metavar="FILE", help=_("kunci publik profil, tanpa folder profil"))
    check.add_argument("--json", action="store_true", help=_("keluaran JSON"))
    backup = verbs.add_parser("backup", help=_("cadangkan profil ke sebuah folder atau stik USB, lalu baca kembali"))
    backup.add_argument("folder", type=Path)
    restore = verbs.add_parser("restore", help=_("jadikan cadangan profil di komputer ini"))
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument(
        "--replace", action="store_true", help=_("ganti profil yang ada; isinya dipindahkan ke samping")
    )
    return top
