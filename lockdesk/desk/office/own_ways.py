"""Ways into the profile: the office's passphrase, changed by whoever knows it; and a substitute's or the head's own,
given and ended by the office, good for the days of service only."""

from collections.abc import Callable

from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import WaysIn
from lockdesk.errors import Declined
from lockdesk.settings import Head
from lockdesk.words import _


class OwnWays:
    """Called on worker threads: a passphrase takes a second."""

    def __init__(self, casebook: Casebook, office: Office, ways: WaysIn, code_kept: Callable[[], bool]) -> None:
        """`code_kept`: whether a recovery code is on paper."""
        self._code_kept = code_kept
        self._casebook = casebook
        self._office = office
        self._ways = ways

    def people(self) -> tuple[str, ...]:
        """Who has a passphrase of their own (NIP)."""
        return self._ways.people()

    def asks_code(self, nip: str) -> bool:
        """Whether the recovery code is needed: the head's word counts beside the officer's, so the officer alone makes
        nobody the head."""
        return self._is_head(nip) and self._code_kept()

    def give(self, nip: str, passphrase: str, code: str = "") -> None:
        """Makes (or makes anew) somebody's own passphrase. Raises Declined for who neither stands in for the officer
        nor is a head of section, where somebody with an own passphrase asks, for a code that is not the one that holds,
        and for a passphrase that is in use; Damaged and OSError."""
        self._require_office()
        if not self._is_head(nip) and not any(found.substitute for found in self._office.settings.named(nip)):
            raise Declined(
                _("Hanya petugas pengganti dengan surat tugas dan Kepala Bidang yang mendapat frasa sandi sendiri."),
                _("Catat petugas pengganti atau Kepala Bidang lebih dahulu."),
                code="ways.nobody",
            )
        if self.asks_code(nip) and not self._ways.is_code(code):
            raise Declined(
                _("Kode pemulihan tidak cocok."),
                _("Ketik kode pemulihan seperti tercetak, dari brankas Kepala Bidang."),
                code="ways.code",
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
        self.require_office_secret(known)
        self._ways.keep_passphrase(new)
        note = JournalNote("ways.passphrase_changed")
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note))

    def require_office_secret(self, known: str) -> None:
        """Raises Declined unless it is the office's passphrase or the recovery code, typed at the office's desk."""
        self._require_office()
        if self._ways.whose(known) != "":
            raise Declined(
                _("Frasa sandi lama tidak cocok."),
                _("Ketik frasa sandi yang berlaku sekarang, atau kode pemulihan."),
                code="ways.wrong",
            )

    def _is_head(self, nip: str) -> bool:
        return any(isinstance(found, Head) for found in self._office.settings.named(nip))

    def _require_office(self) -> None:
        if self._office.opened_as:
            raise Declined(
                _("Frasa sandi perorangan diatur oleh petugas tetap."),
                _("Buka dengan frasa sandi kantor."),
                code="ways.not_office",
            )

    def _record(self, kind: str, nip: str) -> None:
        self._office.own_ways = frozenset(self._ways.people())
        note = JournalNote(kind, {"nip": nip})
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note))
