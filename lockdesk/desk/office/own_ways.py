"""Ways into the profile: the office's passphrase, changed by whoever knows it; and a substitute's own, given and ended
by the office, good for the days of the assignment only."""

from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import WaysIn
from lockdesk.errors import Declined
from lockdesk.words import _


class OwnWays:
    """Called on worker threads: a passphrase takes a second."""

    def __init__(self, casebook: Casebook, office: Office, ways: WaysIn) -> None:
        self._casebook = casebook
        self._office = office
        self._ways = ways

    def people(self) -> tuple[str, ...]:
        """Who has a passphrase of their own (NIP)."""
        return self._ways.people()

    def give(self, nip: str, passphrase: str) -> None:
        """Makes (or makes anew) somebody's own passphrase. Raises Declined for nobody who stands in for the officer,
        where somebody with an own passphrase asks, and for one that is in use; Damaged and OSError."""
        self._require_office()
        if not any(officer.nip == nip and officer.substitute for officer in self._office.settings.officers):
            raise Declined(
                _("Hanya petugas pengganti dengan surat tugas yang mendapat frasa sandi sendiri."),
                _("Catat petugas pengganti lebih dahulu."),
                code="ways.no_substitute",
            )
        self._ways.keep_own(nip, passphrase)
        self._record("ways.given", nip)

    def end(self, nip: str) -> None:
        """From now on it opens nothing. Raises Declined where somebody with an own passphrase asks; Damaged and
        OSError."""
        self._require_office()
        self._ways.take_own(nip)
        self._record("ways.ended", nip)

    def change(self, known: str, new: str) -> None:
        """Another passphrase for the office; the one so far opens nothing any more. `known`: that one, or the recovery
        code. Raises Declined where it is neither, and for one that is in use; Damaged and OSError."""
        self._require_office()
        if self._ways.whose(known) != "":
            raise Declined(
                _("Frasa sandi lama tidak cocok."),
                _("Ketik frasa sandi yang berlaku sekarang, atau kode pemulihan."),
                code="ways.wrong",
            )
        self._ways.keep_passphrase(new)
        note = JournalNote("ways.passphrase_changed")
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note))

    def _require_office(self) -> None:
        if self._office.opened_as:
            raise Declined(
                _("Frasa sandi pengganti diatur oleh petugas tetap."),
                _("Buka dengan frasa sandi kantor."),
                code="ways.not_office",
            )

    def _record(self, kind: str, nip: str) -> None:
        self._office.own_ways = frozenset(self._ways.people())
        note = JournalNote(kind, {"nip": nip})
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note))
