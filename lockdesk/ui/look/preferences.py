"""How this officer wants the window: a small file without personal data."""

import json
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Any

from lockdesk.records import dataclass


@dataclass(frozen=True, slots=True)
class Preferences:
    """`theme` "light" or "dark"; `percent` the text size; `language` one of words.TONGUES. `place`: where the window
    was and how large, as Qt keeps it. `widths`: what was moved by hand, see `kept_widths`; `arrangement`: of the open
    case; `papers_place`, `papers_out`, `papers_screen`: where the letter's own window was, whether it is, and on what
    screen. `no_first_day`: the list of what is to be prepared is not wanted."""

    theme: str = "light"
    percent: int = 100
    language: str = "id"
    lock_minutes: int = 10
    place: str = ""
    widths: dict[str, list[int]] = field(default_factory=dict)
    arrangement: str = ""
    papers_place: str = ""
    papers_out: bool = False
    papers_screen: str = ""
    no_first_day: bool = False


class PreferenceFile:
    """The preferences in force and where they are kept (None: nowhere)."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.value = self._read()

    def change(self, **changes: Any) -> Preferences:
        """Changes fields by name and writes the file."""
        self.value = replace(self.value, **changes)
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(asdict(self.value)), encoding="utf-8")
        return self.value

    def _read(self) -> Preferences:
        if self._path is None or not self._path.exists():
            return Preferences()
        try:
            raw = json.loads(self._path.read_text(encoding="utf-8"))
            known = asdict(Preferences())
            return Preferences(**{name: type(value)(raw.get(name, value)) for name, value in known.items()})
        except (OSError, ValueError, TypeError):  # a damaged file is no reason not to start
            return Preferences()
