"""Patterns that are compiled when they are first used: the long ones cost a start more than most of its modules."""

import re
from typing import TYPE_CHECKING, Any

__all__ = ["late_pattern", "prepare_patterns"]

_late: "list[re.Pattern[Any]]" = []

if TYPE_CHECKING:
    from re import compile as late_pattern
else:

    class late_pattern:
        """What `re.compile` makes of the same arguments, made by the first question for one of its members."""

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self._asked = text, flags
            _late.append(self)

        def __getattr__(self, name: str) -> Any:
            made = re.compile(*self._asked)
            # Later questions are answered without a detour.
            self.__dict__.update({member: getattr(made, member) for member in dir(made) if member[0] != "_"})
            return getattr(made, name)


def prepare_patterns() -> None:
    """Compiles all of them: what is forked for one document each should not do it every time."""
    for pattern in _late:
        _ = pattern.flags
