"""The profile is opened while the window's modules are loaded: Argon2 and a keyring take their time beside them."""

import builtins
import re
import sys
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from lockdesk.beside import beside
from lockdesk.filelock import LOCK, is_locked
from lockdesk.patterns import foreign_pattern
from lockdesk.unlocking import begin_unlocking
from lockdesk.verbs.last_profile import kept_preferences, profile_wanted

if TYPE_CHECKING:
    from lockdesk.app import OpenProfile, ProfileStart

    Opening = Future[OpenProfile]
else:
    Opening = Future
"""A profile that is being opened on a thread; what kept it shut is raised by its `result`."""


def begin_opening(wanted: Path | None) -> Opening | None:
    """Begins to open what a start opens; None where there is no profile yet."""
    folder = profile_wanted(wanted)
    if folder is not None:
        begin_unlocking(folder)
        load_shiboken()
    from lockdesk.words import language  # this and all that follows late: Argon2 is at work meanwhile

    language.choose(kept_preferences().value.language)  # what it may be refused with is told in it
    if folder is None:
        return None
    from lockdesk.vault import ask_keyring_ahead

    if not is_locked(folder / LOCK):  # else this start hands its files over, and nobody is asked for anything
        ask_keyring_ahead(folder)
    from lockdesk.app import ProfileStart

    return open_beside(ProfileStart(folder))


def open_beside(start: "ProfileStart") -> Opening:
    """Opens a profile on a thread: Argon2 takes a second and a keyring may wait for a person."""
    from dataclasses import replace

    from lockdesk.app import OpenProfile, SystemClock, shipped_mails
    from lockdesk.vault import forget_ahead

    def opened() -> OpenProfile:
        try:
            return OpenProfile(replace(start, post=shipped_mails()), SystemClock())
        finally:
            forget_ahead()

    return beside("open-profile", opened)


def load_shiboken() -> None:
    """It walks the table of modules when it comes up, and ends the whole program where another thread's import changes
    that under its feet: so it comes before any such thread.

    Its import hook is taken out again. It reads the source of every later module, for features that none here has.
    The long patterns with which it writes out what its functions take wait until a wrong call asks for them. Of the
    modules that come with it each has its own: what stands for a pattern is none to `re.finditer`.
    """
    plain, compiled = builtins.__import__, re.compile

    def compile_late(text: str, flags: int = 0) -> re.Pattern[str]:
        its_own = sys._getframe(1).f_globals["__name__"].startswith("shibokensupport.")
        return (foreign_pattern if its_own else compiled)(text, flags)

    re.compile = compile_late  # type: ignore[assignment]
    try:
        import_module("shiboken6")
    finally:
        re.compile = compiled
        builtins.__import__ = plain
