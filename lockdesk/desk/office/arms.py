"""The arms in the letterhead: a picture file of the office profile, opened in the sealed child alone."""

import base64
from collections.abc import Callable
from typing import Any

import tomlkit

from lockdesk.desk.office.office import Office
from lockdesk.desk.office.setup import Setup
from lockdesk.desk.ports import Reader
from lockdesk.desk.values.facts import PagePixels
from lockdesk.errors import Declined
from lockdesk.settings import require_arms
from lockdesk.words import _

TABLE, KEY = "kantor", "lambang"
_PIXELS_WIDE = 400
"""Enough for 18 mm at 600 dpi; wider pictures only make every print larger."""
_LINE = 76


class Arms:
    """Reads and changes the picture; every change is a journalled new version of the office profile.

    Called on worker threads.
    """

    def __init__(self, office: Office, setup: Setup, reader: Callable[[], Reader]) -> None:
        self._office = office
        self._setup = setup
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

    def put(self, content: bytes) -> None:
        """Takes a PNG or JPEG as the new arms. Raises Declined for any other file, one that is too large, and one that
        cannot be opened; Unreachable where there is no cage."""
        try:
            require_arms(content)
        except ValueError as error:
            raise _unfit(str(error)) from error
        if self._draw(content) is None:
            raise _unfit(_("gambar tidak dapat dibuka"))
        text = base64.b64encode(content).decode("ascii")
        lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
        self._write(tomlkit.string("\n" + "\n".join(lines) + "\n", multiline=True))

    def remove(self) -> None:
        self._write(tomlkit.string(""))

    def _write(self, value: Any) -> None:
        text: Any = tomlkit.parse(self._office.office_text())
        text[TABLE][KEY] = value
        self._setup.save_office(tomlkit.dumps(text))


def _unfit(cause: str) -> Declined:
    return Declined(
        _("Gambar ini tidak dapat dipakai sebagai lambang: {cause}.").format(cause=cause),
        _("Pilih berkas PNG atau JPG."),
        code="arms.unfit",
    )
