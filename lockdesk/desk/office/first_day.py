"""What a working profile still lacks before the first request: looked up, never ticked off by hand."""

from collections.abc import Callable
from enum import StrEnum

from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.backups import backup_state
from lockdesk.desk.office.office import SETTING_GATEWAY, SETTING_MAIL, Office
from lockdesk.errors import LockdeskError
from lockdesk.records import dataclass


class Preparation(StrEnum):
    """In the order in which an office goes through them."""

    CODE = "code"
    REGISTER = "register"
    CA = "ca"
    CSR = "csr"
    MAIL = "mail"
    HEAD = "head"
    COMPLAINTS = "complaints"
    PRINTER = "printer"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Prepared:
    """One preparation and whether it is done."""

    what: Preparation
    done: bool


class FirstDay:
    """Called on worker threads."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        code_kept: Callable[[], bool],
        printers: Callable[[], tuple[str, ...]],
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._code_kept = code_kept
        self._printers = printers

    def standing(self) -> tuple[Prepared, ...]:
        """Every preparation; raises nothing that the printing system says."""
        settings, backups = self._office.settings, backup_state(self._casebook, self._office)
        done = {
            Preparation.CODE: self._code_kept(),
            Preparation.REGISTER: bool(self._casebook.register_page("", None, 1).rows),
            Preparation.CA: self._casebook.setting(SETTING_GATEWAY) is not None,
            Preparation.CSR: not settings.office.csr_to_confirm,
            Preparation.MAIL: self._casebook.setting(SETTING_MAIL) is not None,
            Preparation.HEAD: bool(settings.heads),
            Preparation.COMPLAINTS: bool(settings.complaints_officer),
            Preparation.PRINTER: self._has_printer(),
            Preparation.BACKUP: bool(backups.plan.folder) and backups.last is not None,
        }
        return tuple(Prepared(what, done[what]) for what in Preparation)

    def _has_printer(self) -> bool:
        try:
            return bool(self._printers())
        except LockdeskError:
            return False
