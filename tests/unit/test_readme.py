"""What README draws and names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def names(folder: str) -> set[str]:
    """The modules and packages of a folder."""
    found = (ROOT / folder).iterdir()
    return {path.stem for path in found if path.suffix == ".py" or (path / "__init__.py").is_file()} - {"__init__"}


def test_the_drawing_names_every_module_and_every_room_of_the_window() -> None:
    drawn = README.partition("## Architecture")[2].split("```")[1]
    words = set(re.findall(r"[a-z_]+", drawn))
    assert names("lockdesk") - words == set()
    rooms = {name for name in names("lockdesk/ui") | names("lockdesk/desk") if (ROOT / f"lockdesk/ui/{name}").is_dir()}
    assert rooms - words == set()


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"(?:resources|tests)/[\w./-]*\w", README))
    assert len(named) > 15 and {path for path in named if not (ROOT / path).exists()} == set()
