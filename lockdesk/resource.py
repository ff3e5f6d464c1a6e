"""Files that ship with the program: in a source tree, an installed wheel and a frozen build alike."""

import sys
from functools import cache
from pathlib import Path


@cache
def resource_root() -> Path:
    """The folder that holds `fonts/`, `samples/` and the rest."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


class MissingResource(FileNotFoundError):
    """A shipped file is not there: the installation is broken, which is no user's mistake. `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(f"shipped file is missing: {name}")
        self.name = name


def resource(name: str) -> Path:
    """The path of the shipped file `name` (for example "fonts/IBMPlexSans-Regular.ttf").

    Raises MissingResource.
    """
    path = resource_root() / name
    if not path.exists():
        raise MissingResource(name)
    return path
