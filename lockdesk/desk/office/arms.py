"""The arms in the letterhead: a picture file of the office profile, opened in the sealed child alone."""

from collections.abc import Callable

from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Reader
from lockdesk.desk.values.facts import PagePixels

_PIXELS_WIDE = 400
"""Enough for 18 mm at 600 dpi; wider pictures only make every print larger."""


class Arms:
    """The picture as the sealed child drew it, kept until another one is valid. Called on worker threads."""

    def __init__(self, office: Office, reader: Callable[[], Reader]) -> None:
        self._office = office
        self._reader = reader
        self._drawn: tuple[bytes, PagePixels | None] = (b"", None)

    def picture(self) -> PagePixels | None:
        """The picture as it is printed; None without one, and for one that cannot be opened. Raises Unreachable where
        there is no cage to open it in."""
        content = self._office.settings.office.arms
        if content != self._drawn[0]:
            self._drawn = content, self._draw(content)
        return self._drawn[1]

    def _draw(self, content: bytes) -> PagePixels | None:
        return self._reader().render(content, 0, _PIXELS_WIDE) if content else None
