"""Periksa cetakan: whether a print is one of ours, and which part of what stands on it was changed.

What a print says of itself is held against the journal: the number it is about, the entry it left, and how that entry's
digest begins. Where two of the three belong to one print, the third was changed.
"""

from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.prints.codes import PrintedCode, read_code
from lockdesk.desk.values.sheets import CheckedPrint, CodePart, PrintEntry
from lockdesk.errors import Declined
from lockdesk.words import _


class PrintCheck:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office) -> None:
        self._casebook = casebook
        self._office = office

    def check(self, code: str, digits: str = "") -> CheckedPrint:
        """Which print it is, and what does not agree with it; that it was asked is journalled. Raises Declined for what
        is no code, or that of a preview."""
        read = read_code(code, digits)
        if read.entry == 0:
            raise Declined(
                _("Ini kode pratinjau, bukan cetakan."),
                _("Yang diserahkan kepada pemohon selalu dicetak; minta aslinya."),
                code="print.preview",
            )
        checked = self._checked(read)
        facts: dict[str, Fact] = {
            "entry": read.entry,
            "changed": " ".join(checked.changed),
            "known": checked.entry is not None,
        }
        note = JournalNote("print.checked", facts)
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note))
        return checked

    def _checked(self, read: PrintedCode) -> CheckedPrint:
        made = self._casebook.print_entry(read.entry)
        named = made is not None and read.names(made.number)
        begins = made is not None and read.begins(made.digest)
        if named and begins:
            return CheckedPrint(made)
        others = [item for item in self._casebook.prints_like(read.most_digits) if _is(read, item)]
        if len(others) == 1:
            return CheckedPrint(others[0], (CodePart.ENTRY,))
        if begins:
            return CheckedPrint(made, (CodePart.NUMBER,))
        if named:
            return CheckedPrint(made, (CodePart.DIGITS,))
        ahead = read.entry > self._casebook.head().count
        return CheckedPrint(None, (CodePart.ENTRY,) if ahead else ())


def _is(read: PrintedCode, item: PrintEntry) -> bool:
    return read.names(item.number) and read.begins(item.digest)
