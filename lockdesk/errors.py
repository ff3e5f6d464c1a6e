"""What can go wrong, sorted by what the officer should do next.

Everything else that is raised is a bug: it is logged without personal data and shown in one box.
"""


class LockdeskError(Exception):
    """An expected failure.

    `message` and `remedy` are formal Indonesian sentences (cause, and what to do). `detail` is for the
    administrator and can be copied; it never holds a credential or a private key. `code` is a stable name.
    """

    def __init__(self, message: str, remedy: str = "", detail: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.detail = detail
        self.code = code or type(self).__name__.lower()

    @property
    def told(self) -> str:
        """Cause and remedy, and what only an administrator reads on a line of its own."""
        return "\n".join(filter(None, (str(self), self.detail)))

    def __str__(self) -> str:
        return " ".join(part for part in (self.message, self.remedy) if part)


class Declined(LockdeskError):
    """A rule of the desk says no; nothing was changed."""


class Unreachable(LockdeskError):
    """The other side was never reached: nothing happened there, so trying again is safe."""


class Hindered(LockdeskError):
    """The machine does not let us (disk, memory, a lock): nothing was stored; once that is over, work goes on."""


class Refused(LockdeskError):
    """The other side answered no; `detail` holds its words."""


class Unsettled(LockdeskError):
    """The request may have been carried out: ask the other side, never repeat it."""


class Damaged(LockdeskError):
    """Our own data cannot be trusted: stop."""
