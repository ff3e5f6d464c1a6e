"""What the list of cases does not need is loaded behind it; what keeps a profile shut is told in the window's words."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoKeyring

from lockdesk.app import OpenProfile, ProfileStart, SystemClock
from lockdesk.errors import Declined
from lockdesk.filelock import LOCK, try_lock
from lockdesk.verbs.early import begin_opening
from lockdesk.words import language
from tests.helpers.desk import keyrings
from tests.helpers.desk.office import office_settings
from tests.helpers.window.real_window import PATIENCE_MS

BEHIND = (
    "lockdesk.ui.cases.case_panel",
    "lockdesk.ui.prints.printing",
    "lockdesk.ui.shell.first_start",
    "lockdesk.ui.shell.restore",
    "lockdesk.ui.complaints.page",
    "lockdesk.ui.office.help",
    "lockdesk.desk.checks.all",
    "lockdesk.desk.checks.letter.signature",
    "lockdesk.gateway.training.gateway",
    "lockdesk.reader.sealed",
    "asn1crypto",
    "cryptography.hazmat.primitives.serialization",
    "cryptography.x509",
    "fractions",
    "phonenumbers",
    "pkilint",
    "pydantic_core",
    "reportlab",
)
"""Libraries and rooms of which each would be felt."""
MAIL_AND_CA = ("httpx", "imapclient", "pydantic", "pyasn1", "pyasn1_alt_modules", "lockdesk.desk.office.mailing")
START = """
import json, sys
from pathlib import Path
from lockdesk.verbs.early import begin_opening
opening = begin_opening(Path(sys.argv[1]))
from lockdesk.verbs import window
on_opened = window.Starter._on_opened
def opened(starter, profile):
    on_opened(starter, profile)
    starter.window.list_seen.connect(lambda: seen(starter))
def seen(starter):
    print(json.dumps(sorted(sys.modules)), flush=True)
    starter.window.close()
window.Starter._on_opened = opened
sys.exit(window.run_window(Path(sys.argv[1]), (), opening))
"""

BEGUN = """
import json, sys
from lockdesk import cli, unlocking
original = unlocking.stretch
def stretch(secret, salt):
    print(json.dumps(sorted(sys.modules)), flush=True)
    return original(secret, salt)
unlocking.stretch = stretch
from lockdesk.verbs.early import begin_opening
from pathlib import Path
begin_opening(Path(sys.argv[1])).result().close()
"""
"""What is loaded when the passphrase begins to be stretched."""

PASSPHRASE = "frasa sandi kantor"
AT_WORK = START.replace(
    "opening = begin_opening(Path(sys.argv[1]))",
    f"""
from lockdesk.verbs.early import load_shiboken, open_beside
load_shiboken()
from lockdesk.app import ProfileStart
opening = open_beside(ProfileStart(Path(sys.argv[1]), False, {PASSPHRASE!r}))
""",
)
"""A working profile, opened as if its passphrase had been typed."""

ALONE = """
import sys, threading, time
from pathlib import Path
others = []
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "shiboken6.Shiboken":
            time.sleep(1)
        coming = getattr(sys.modules.get("shiboken6"), "__spec__", None)
        if coming is not None and coming._initializing and threading.current_thread() is not threading.main_thread():
            others.append(name)
sys.meta_path.insert(0, Finder())
"""
"""Looks for what other threads import while shiboken comes up, and gives them the time for it."""


@pytest.fixture
def folder(tmp_path: Path, made_profile: Path) -> Path:
    return Path(shutil.copytree(made_profile, tmp_path / "profil"))


def started(program: str, tmp_path: Path, folder: Path) -> list[str]:
    """What a start of its own prints."""
    homes = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    environment = {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=PATIENCE_MS / 1000,
        check=True,
    )
    loaded: list[str] = json.loads(said.stdout.splitlines()[0])
    return loaded


def test_the_list_is_seen_before_what_it_does_not_need(tmp_path: Path, folder: Path) -> None:
    loaded = set(started(START, tmp_path, folder))
    assert "lockdesk.ui.cases.page" in loaded
    assert sorted(loaded & set(BEHIND)) == []


@pytest.fixture
def at_work(tmp_path: Path) -> Path:
    folder = tmp_path / "kerja"
    start = ProfileStart(folder, False, PASSPHRASE, office_settings(practice=False))
    with keyrings.using(NoKeyring()), OpenProfile(start, SystemClock()):
        pass
    return folder


def test_at_work_neither_mail_nor_a_ca_is_loaded_before_the_list(tmp_path: Path, at_work: Path) -> None:
    loaded = set(started(AT_WORK, tmp_path, at_work))
    assert sorted(loaded & {*BEHIND, *MAIL_AND_CA}) == []


def test_the_settings_show_what_a_ca_asks_without_its_libraries(tmp_path: Path, at_work: Path) -> None:
    """The ASN.1 of CMP alone would hold the window for half a second."""
    program = AT_WORK.replace("    print(", '    starter.window.show_page("settings")\n    print(')
    loaded = set(started(program, tmp_path, at_work))
    assert "lockdesk.ui.office.gateway" in loaded
    assert sorted(loaded & {"pyasn1_alt_modules", "lockdesk.gateway.cmp"}) == []


def test_the_passphrase_is_being_stretched_before_all_else_is_loaded(tmp_path: Path, folder: Path) -> None:
    """It takes as long as loading the program does: one goes on beside the other."""
    loaded = set(started(BEGUN, tmp_path, folder))
    assert "cryptography" in loaded
    assert (
        sorted(loaded & {"PySide6", "peewee", "dataclasses", "lockdesk.words", "lockdesk.vault", "lockdesk.app"}) == []
    )


def test_no_other_thread_imports_while_shiboken_comes_up(tmp_path: Path, folder: Path) -> None:
    """It walks the table of modules then, and ends the whole program where that grows under its feet."""
    program = ALONE + START.replace("sorted(sys.modules)", "others")
    assert started(program, tmp_path, folder) == []


def test_qt_looks_through_no_source_of_what_is_imported_later(tmp_path: Path, folder: Path) -> None:
    """Its hook does, and asks every module for what it may not have yet: pydantic, half loaded, then fails."""
    program = "import builtins\nplain = builtins.__import__\n" + START.replace(
        "sorted(sys.modules)", "[] if builtins.__import__ is plain else [str(builtins.__import__)]"
    )
    assert started(program, tmp_path, folder) == []


def test_what_shiboken_brings_along_is_as_python_makes_it(tmp_path: Path) -> None:
    """gettext reads its rule of plurals with a pattern: without it no English text would be found."""
    program = "import gettext, json\nfrom lockdesk.verbs.early import load_shiboken\n"
    rule = "load_shiboken()\nprint(json.dumps([str(gettext.c2py('n != 1')(2))]))"
    for order in (program, program.replace("gettext, ", "") + "load_shiboken()\nimport gettext\n"):
        assert started(order + rule, tmp_path, tmp_path) == ["1"]


def test_why_a_profile_stays_shut_is_told_in_the_windows_language(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is opened before the window is there."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    kept = tmp_path / "config" / "LockDesk" / "preferences.json"
    kept.parent.mkdir(parents=True)
    kept.write_text(json.dumps({"language": "en"}), encoding="utf-8")
    before = language.code
    try:
        with (folder / LOCK).open("ab") as held:
            assert try_lock(held)
            opening = begin_opening(folder)
            assert opening is not None
            refused = opening.exception(timeout=PATIENCE_MS / 1000)
        assert isinstance(refused, Declined)
        assert (refused.code, refused.message) == ("profile.in_use", "This profile is open in another program.")
    finally:
        language.choose(before)


def test_where_there_is_no_profile_nothing_is_opened(tmp_path: Path) -> None:
    assert begin_opening(tmp_path / "kosong") is None
