"""What the program remembers outside of any profile: which one was open last, and how the officer wants the window."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from lockdesk.unlocking import profile_exists

if TYPE_CHECKING:  # a start asks which profile it opens before all else is loaded
    from lockdesk.ui.look.preferences import PreferenceFile


def config_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_config_dir("LockDesk", appauthor=False))


class LastProfile:
    """Which profile was open last: a path, which the profile itself knows more about."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Path | None:
        folder = self.named()
        return folder if folder is not None and profile_exists(folder) else None

    def named(self) -> Path | None:
        """The same, whether it is there or not."""
        try:
            return Path(json.loads(self._path.read_text(encoding="utf-8"))["folder"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, folder: Path) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps({"folder": str(folder.absolute())}), encoding="utf-8")


def last_profile() -> LastProfile:
    return LastProfile(config_folder() / "profile.json")


def kept_preferences() -> "PreferenceFile":
    from lockdesk.ui.look.preferences import PreferenceFile

    return PreferenceFile(config_folder() / "preferences.json")


def profile_wanted(wanted: Path | None) -> Path | None:
    """The folder that a start opens: the wanted one, or the one profile in it (a first start makes it there), else the
    last one; None where no profile lies there, or two between which nothing decides."""
    if wanted is None:
        return last_profile().read()
    if profile_exists(wanted):
        return wanted
    from lockdesk.core.profile import PROFILE_NAMES

    inside = [folder for name in PROFILE_NAMES.values() if profile_exists(folder := wanted.absolute() / name)]
    if len(inside) == 1:
        return inside[0]
    last = last_profile().read()
    return last if last in inside else None
