"""The command line: no verb opens the window; verbs read, show and check without one."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lockdesk.errors import LockdeskError
from lockdesk.plain import make_plain
from lockdesk.resource import MissingResource

if TYPE_CHECKING:  # the tables of the verbs are read where one is given
    from argparse import Namespace


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb; returns the exit code. Errors are told in two sentences, never as a traceback."""
    _give_streams()
    make_plain(sys.stdout, sys.stderr)
    try:
        code = _run([*(sys.argv[1:] if arguments is None else arguments)])
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader of our output went away (`… | head`): nothing is wrong, and nobody is left to tell.
        _give_up_output()
        return 1
    except (LockdeskError, MissingResource) as error:
        return _fail(error)
    except OSError as error:
        _give_up_output()
        return _fail(error)


def _give_streams() -> None:
    """A windowed program on Windows has no streams: what is printed goes nowhere then."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the program
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _fail(error: LockdeskError | OSError) -> int:
    """Cause and remedy on the error stream; the exit code."""
    for sentence in filter(None, _told(error)):
        print(sentence, file=sys.stderr)
    return 2


def _told(error: LockdeskError | OSError) -> tuple[str, ...]:
    from lockdesk.words import _, system_words  # late: a start has something to begin before it loads them

    match error:
        case LockdeskError():
            return error.message, error.remedy
        case MissingResource():
            return _("Berkas program {name} tidak ada.").format(name=error.name), _("Pasang ulang program.")
        case OSError():
            what = error.filename or _("Keluaran")
            return (_("{path} tidak dapat dipakai: {why}.").format(path=what, why=system_words(error)),)


def _give_up_output() -> None:
    """What could not be written (a full disk) is not tried again at the end of the program."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str]) -> int:
    match arguments:  # how the window is started each day
        case []:
            return _open_window(None)
        case ["--profile", folder] if not folder.startswith("-"):
            return _open_window(Path(folder))
    from lockdesk.verbs.arguments import parser

    options = parser().parse_args(arguments)
    return _VERBS[options.verb](options)


def _demo(options: "Namespace") -> int:
    from lockdesk.verbs.early import load_shiboken

    load_shiboken()
    from lockdesk.verbs.demo import run_demo

    return run_demo(options.out, options.files)


def _inspect(options: "Namespace") -> int:
    from lockdesk.verbs.inspect import run_inspect

    return run_inspect(options.files, options.json)


def _doctor(options: "Namespace") -> int:
    from lockdesk.verbs.doctor import run_doctor

    return run_doctor(options.log)


def _verify_log(options: "Namespace") -> int:
    from lockdesk.verbs.verify_log import LogWish, run_verify_log

    wish = LogWish(options.printed, options.json, options.export, options.public_key)
    return run_verify_log(options.folder, wish)


def _verify_print(options: "Namespace") -> int:
    from lockdesk.verbs.verify_print import Against, run_verify_print

    against = Against(options.folder or options.profile, options.key)
    return run_verify_print(options.code, options.digits, against, options.json)


def _backup(options: "Namespace") -> int:
    from lockdesk.verbs.backup import run_backup

    return run_backup(options.profile, options.folder)


def _restore(options: "Namespace") -> int:
    from lockdesk.verbs.backup import run_restore

    return run_restore(options.profile, options.file, options.replace)


def _window(options: "Namespace") -> int:
    return _open_window(options.profile, getattr(options, "files", ()))


def _open_window(profile: Path | None, files: Sequence[Path] = ()) -> int:
    # Thousands of classes are made at start-up and none becomes garbage; later the window's sweeper collects.
    gc.disable()
    from lockdesk.verbs.early import begin_opening  # before Qt: what takes longest goes on beside it

    opening = begin_opening(profile)
    from lockdesk.verbs.window import run_window

    return run_window(profile, files, opening)


_VERBS: "dict[str | None, Callable[[Namespace], int]]" = {
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
