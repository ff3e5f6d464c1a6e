"""Documents read without proven walls: the head of section alone accepts that, for one computer, with a date.

What is accepted stands in the journal, in the status line and in doctor; anybody at the desk may end it.
"""

from datetime import date
from typing import TYPE_CHECKING

from lockdesk.core.identity import digits
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.confirming import is_own_secret, require_official
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Reader, WaysIn
from lockdesk.desk.values.privacy import Confirmation
from lockdesk.errors import Declined
from lockdesk.machine_risk import AcceptedRisk, Machine, risk_in
from lockdesk.records import dataclass
from lockdesk.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

SETTING = "reader.risk"


@dataclass(frozen=True, slots=True)
class ReaderStanding:
    """What holds documents on this computer: `walls` where they were proved, else `trouble` says what is missing."""

    walls: str
    trouble: str
    risk: AcceptedRisk | None


class ReaderRisk:
    """Called on worker threads: the code takes a second, a child that proves its walls a few."""

    def __init__(
        self, casebook: Casebook, office: Office, ways: WaysIn | None, machine: Machine, reader: "Callable[[], Reader]"
    ) -> None:
        """`ways` is None in practice: there what a working profile accepted for this computer counts."""
        self._casebook = casebook
        self._office = office
        self._ways = ways
        self._machine = machine
        self._reader = reader

    @property
    def possible(self) -> bool:
        """Whether this is a computer for which it can be accepted at all."""
        return bool(self._machine.name)

    @property
    def acceptable_here(self) -> bool:
        """Whether this profile has a head who can accept it."""
        return self.possible and self._ways is not None

    def accepted(self) -> AcceptedRisk | None:
        """What was accepted for this very computer."""
        if self._ways is None or not self._machine.name:
            return self._machine.risk()
        risk = risk_in(self._casebook.setting(SETTING))
        return risk if risk is not None and risk.machine == self._machine.name else None

    def day_of(self, risk: AcceptedRisk) -> date:
        """The office's day on which it was accepted."""
        return risk.accepted_at.astimezone(self._office.zone).date()

    def standing(self) -> ReaderStanding:
        told = self._reader().cage()
        return ReaderStanding(told["walls"], told.get("detail", ""), self.accepted())

    def accept(self, head: Confirmation) -> AcceptedRisk:
        """Raises Declined where it is not the head, with the own passphrase or the code from the safe, or where nothing
        is to be accepted."""
        if not self.acceptable_here or self._ways is None:
            raise Declined(_("Risiko ini tidak dapat diterima di sini."), code="reader_risk.not_here")
        settings = self._office.settings
        own = _("Petugas tidak menerima risiko atas pekerjaannya sendiri.")
        require_official(head, settings.officers, own, "reader_risk")
        serving = settings.head_on(self._office.today())
        if not (is_own_secret(self._ways, serving, head) or self._ways.is_code(head.secret)):
            self._commit("reader.risk_refused", {}, None)
            raise Declined(
                _("Konfirmasi tidak cocok."),
                _("Ketik frasa sandi Kepala Bidang sendiri, atau kode pemulihan seperti tercetak."),
                code="reader_risk.secret",
            )
        risk = AcceptedRisk(
            machine=self._machine.name,
            accepted_at=self._office.now(),
            name=head.name.strip(),
            nip=digits(head.nip),
            position=head.position.strip(),
        )
        facts: dict[str, Fact] = {
            "confirmed_by": f"{risk.name}, {risk.position}", "nip": risk.nip, "machine": risk.machine[:16],
        }  # fmt: skip
        self._commit("reader.risk_accepted", facts, risk.text())
        self._machine.keep(risk)
        return risk

    def withdraw(self) -> None:
        """From now on documents are refused again where no walls are proved."""
        self._commit("reader.risk_withdrawn", {"machine": self._machine.name[:16]}, "")
        self._machine.keep(None)

    def _commit(self, kind: str, facts: dict[str, Fact], kept: str | None) -> None:
        writes = () if kept is None else (c.SetSetting(SETTING, kept),)
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), JournalNote(kind, facts), writes))
