"""The deliberately broken variant: the intent is stored after the call. The fault points must find it out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from lockdesk.desk.operations.acting import Operations
from lockdesk.desk.values.cases import CaseView


@dataclass
class LateIntent:
    """Stands where a stored operation should be."""

    arguments: tuple[Any, ...]
    request_id: str = field(default_factory=lambda: token_hex(16))


def break_desk() -> Callable[[], None]:
    """Breaks it in this process; gives what mends it again."""
    intend, call, answered = Operations._intend, Operations._call, Operations._answered

    def late(_self: Operations, *arguments: Any) -> LateIntent:
        return LateIntent(arguments)

    def call_first(self: Operations, case: CaseView, operation: LateIntent, ask: Callable[[Any], Any]) -> None:
        answered_late(self, case, operation, ask(self.gateway_for(case)))

    def answered_late(self: Operations, case: CaseView, operation: LateIntent, answer: Any) -> None:
        answered(self, case, intend(self, *operation.arguments), answer)

    def mend() -> None:
        Operations._intend, Operations._call, Operations._answered = intend, call, answered  # type: ignore[method-assign]

    Operations._intend, Operations._call, Operations._answered = late, call_first, answered_late  # type: ignore[method-assign,assignment]
    return mend
