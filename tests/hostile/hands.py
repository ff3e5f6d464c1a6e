"""How a full mailbox is worked on: by the desk's own calls, or in the real window."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import Received
from lockdesk.desk.values.tray import MailState, TrayMail


class Hands(Protocol):
    """One of the two ways."""

    @property
    def stall(self) -> float:
        """The longest time, in seconds, that the window's event loop stood still while mail came in; 0 without one."""
        ...

    def look(self) -> None:
        """Until nothing is new in the mailbox."""
        ...

    def accept(self, mail: TrayMail) -> Sequence[Received]:
        """Raises the LockdeskError by which it is refused."""
        ...

    def listed(self) -> list[int]:
        """The ids of what waits, as the officer sees them."""
        ...


class DeskHands:
    """Without a window."""

    stall = 0.0

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self) -> None:
        while self._desk.look_for_mail():
            continue

    def accept(self, mail: TrayMail) -> Sequence[Received]:
        return self._desk.tray.accept(mail.identity)

    def listed(self) -> list[int]:
        return [item.id for item in self._desk.tray.page(MailState.WAITING.value, None, 0).rows]


@contextmanager
def at_desk(desk: Desk) -> Iterator[Hands]:
    yield DeskHands(desk)
