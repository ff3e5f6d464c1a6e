"""Files that ship with the program: in a source tree, an installed wheel and a frozen build alike."""

import sys
from pathlib import Path


def resource_root() -> Path:
    """The folder that holds `fonts/`, `samples/` and the rest."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource(name: str) -> Path:
    """The path of the shipped file `name` (for example "fonts/IBMPlexSans-Regular.ttf").

    Raises FileNotFoundError: a missing resource is a broken installation, not a user's mistake.
    """
    path = resource_root() / name
    if not path.exists():
        raise FileNotFoundError(f"shipped file is missing: {name}")
    return path
