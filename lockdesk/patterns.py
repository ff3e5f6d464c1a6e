"""Patterns that are compiled when they are first used: the long ones cost a start more than most of its modules."""

import re
from typing import TYPE_CHECKING, Any

__all__ = ["foreign_pattern", "late_pattern", "prepare_patterns"]

_compile = re.compile
_late: "list[re.Pattern[Any]]" = []

if TYPE_CHECKING:
    from re import compile as foreign_pattern
    from re import compile as late_pattern
else:

    class foreign_pattern:
        """What `re.compile` makes of the same arguments, made when it is first asked to look at a text."""

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self._asked, self._made = (text, flags), None

        def __getattr__(self, name: str) -> Any:
            def ask(*given: Any, **named: Any) -> Any:
                return getattr(self._pattern(), name)(*given, **named)

            # To take hold of a method is not to use it yet.
            return ask if callable(getattr(re.Pattern, name)) else getattr(self._pattern(), name)

        def _pattern(self) -> "re.Pattern[Any]":
            if self._made is None:
                made = self._made = _compile(*self._asked)
                # Later questions are answered without a detour.
                self.__dict__.update({member: getattr(made, member) for member in dir(made) if member[0] != "_"})
            return self._made

    class late_pattern(foreign_pattern):
        """One of our own: it is compiled while the program is idle, where it was not asked before."""

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            super().__init__(text, flags)
            _late.append(self)


def prepare_patterns() -> None:
    """Compiles all of our own: what is forked for one document each should not do it every time."""
    for pattern in _late:
        _ = pattern.flags
