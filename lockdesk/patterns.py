"""Patterns that are compiled when they are first used: the long ones cost a start more than most of its modules."""

import re
from typing import TYPE_CHECKING, Any

__all__ = ["late_pattern", "prepare_patterns"]

_compile = re.compile
_late: "list[re.Pattern[Any]]" = []

if TYPE_CHECKING:
    from re import compile as late_pattern
else:

    class late_pattern:
        """What `re.compile` makes of the same arguments, made when it is first asked to look at a text."""

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self._asked = text, flags
            _late.append(self)

        def __getattr__(self, name: str) -> Any:
            def ask(*given: Any, **named: Any) -> Any:
                return getattr(self._made(), name)(*given, **named)

            # To take hold of a method is not to use it yet.
            return ask if callable(getattr(re.Pattern, name)) else getattr(self._made(), name)

        def _made(self) -> "re.Pattern[Any]":
            made = _compile(*self._asked)
            # Later questions are answered without a detour.
            self.__dict__.update({member: getattr(made, member) for member in dir(made) if member[0] != "_"})
            return made


def prepare_patterns() -> None:
    """Compiles all of them: what is forked for one document each should not do it every time."""
    for pattern in _late:
        _ = pattern.flags
