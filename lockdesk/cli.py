"""The command line: no verb opens the window; verbs read, show and check without one."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from lockdesk import __version__
from lockdesk.errors import LockdeskError
from lockdesk.plain import make_plain
from lockdesk.resource import MissingResource
from lockdesk.words import _, system_words


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb; returns the exit code. Errors are told in two sentences, never as a traceback."""
    _give_streams()
    make_plain(sys.stdout, sys.stderr)
    options = parser().parse_args(arguments)
    try:
        code = _run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader of our output went away (`… | head`): nothing is wrong, and nobody is left to tell.
        _give_up_output()
        return 1
    except LockdeskError as error:
        return _fail(error.message, error.remedy)
    except MissingResource as error:
        return _fail(_("Berkas program {name} tidak ada.").format(name=error.name), _("Pasang ulang program."))
    except OSError as error:
        _give_up_output()
        what = error.filename or _("Keluaran")
        return _fail(_("{path} tidak dapat dipakai: {why}.").format(path=what, why=system_words(error)))


def _give_streams() -> None:
    """A windowed program on Windows has no streams: what is printed goes nowhere then."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the program
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _fail(*sentences: str) -> int:
    """Cause and remedy on the error stream; the exit code."""
    for sentence in filter(None, sentences):
        print(sentence, file=sys.stderr)
    return 2


def _give_up_output() -> None:
    """What could not be written (a full disk) is not tried again at the end of the program."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace) -> int:
    return _VERBS[options.verb](options)


def _demo(options: argparse.Namespace) -> int:
    from lockdesk.verbs.early import load_shiboken

    load_shiboken()
    from lockdesk.verbs.demo import run_demo

    return run_demo(options.out, options.files)


def _inspect(options: argparse.Namespace) -> int:
    from lockdesk.verbs.inspect import run_inspect

    return run_inspect(options.files, options.json)


def _doctor(options: argparse.Namespace) -> int:
    from lockdesk.verbs.doctor import run_doctor

    return run_doctor(options.log)


def _verify_log(options: argparse.Namespace) -> int:
    from lockdesk.verbs.verify_log import LogWish, run_verify_log

    wish = LogWish(options.printed, options.json, options.export, options.public_key)
    return run_verify_log(options.folder, wish)


def _verify_print(options: argparse.Namespace) -> int:
    from lockdesk.verbs.verify_print import Against, run_verify_print

    against = Against(options.folder or options.profile, options.key)
    return run_verify_print(options.code, options.digits, against, options.json)


def _backup(options: argparse.Namespace) -> int:
    from lockdesk.verbs.backup import run_backup

    return run_backup(options.profile, options.folder)


def _restore(options: argparse.Namespace) -> int:
    from lockdesk.verbs.backup import run_restore

    return run_restore(options.profile, options.file, options.replace)


def _window(options: argparse.Namespace) -> int:
    # Thousands of classes are made at start-up and none becomes garbage; later the window's sweeper collects.
    gc.disable()
    from lockdesk.verbs.early import begin_opening  # before Qt, whose import hook makes every later import slower

    opening = begin_opening(options.profile)
    from lockdesk.verbs.window import run_window

    return run_window(options.profile, getattr(options, "files", ()), opening)


_VERBS: dict[str | None, Callable[[argparse.Namespace], int]] = {
    "demo": _demo,
    "inspect": _inspect,
    "doctor": _doctor,
    "verify-log": _verify_log,
    "verify-print": _verify_print,
    "backup": _backup,
    "restore": _restore,
    "open": _window,
    None: _window,
}
"""What each verb runs, imported when it is asked for."""
