"""Files that an administrator chooses in the settings."""

from pathlib import Path

from lockdesk.errors import Declined
from lockdesk.words import _


def read_chosen(path: Path, most: int) -> bytes:
    """A certificate file of at most `most` bytes. Runs on a worker; raises Declined when it cannot be used."""
    try:
        content = path.read_bytes() if path.stat().st_size <= most else b""
    except OSError:
        content = b""
    if not content:
        raise Declined(
            _("Berkas {name} tidak dapat dipakai.").format(name=path.name), _("Pilih berkas sertifikat dari CA.")
        )
    return content
