"""A breach of personal data: its notice with the parts that the law wants, and the clock of 3 × 24 hours.

Source: UU 27/2022 art. 46: which data, when and how it came out, what was done and is being done. Each version stays.
"""

from dataclasses import asdict
from datetime import datetime

from lockdesk.core.journal import JournalNote
from lockdesk.core.numbering import PRACTICE_PREFIX
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.reasons import hold_no_passphrase
from lockdesk.desk.values.privacy import BREACH_PARTS, BREACH_PREFIX, Breach, breach_of, breach_text
from lockdesk.errors import Declined
from lockdesk.words import _

_SERIES = "BOCOR"


class Breaches:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office) -> None:
        self._casebook = casebook
        self._office = office

    def all(self) -> tuple[Breach, ...]:
        """The newest first, each as it was recorded last."""
        versions = self._casebook.settings_under(BREACH_PREFIX)
        newest = {version.name: breach_of(version.name, version.value) for version in versions}
        return tuple(reversed(newest.values()))

    def record(self, breach: Breach) -> Breach:
        """With a number of its own where it has none yet. Raises Declined where a part is missing, or where it came to
        light after now."""
        missing = [_(part.words) for part in BREACH_PARTS if not asdict(breach)[part.name].strip()]
        if missing:
            raise Declined(
                _("Pemberitahuan belum lengkap: {parts}.").format(parts=", ".join(missing)),
                _("Isi semua bagian; tulis “belum diketahui” bila memang belum."),
                code="breach.incomplete",
            )
        if breach.known_at > self._office.now():
            raise Declined(
                _("Waktu diketahui tidak boleh di masa depan."), _("Perbaiki waktunya."), code="breach.future"
            )
        hold_no_passphrase(breach)
        number = breach.number or self._next_number()
        kind = "breach.changed" if breach.number else "breach.recorded"
        facts = {"breach": number, "known": _iso(breach.known_at), "due": _iso(breach.due_at)}
        write = c.SetSetting(BREACH_PREFIX + number, breach_text(breach))
        note = JournalNote(kind, facts)
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, (write,)))
        return breach_of(BREACH_PREFIX + number, write.value)

    def _next_number(self) -> str:
        prefix = f"{PRACTICE_PREFIX}-{_SERIES}" if self._office.settings.practice else _SERIES
        year = f"{prefix}-{self._office.today().year}-"
        known = sum(item.number.startswith(year) for item in self.all())
        return f"{year}{known + 1:04d}"


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
