"""The recovery code: a way into the working profile for the day on which keyring and passphrase are lost.

It is printed at set-up and kept in the safe of the head of section; the program keeps no copy.
"""

from collections.abc import Callable
from datetime import datetime

from lockdesk.core.journal import JournalHead, JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import SETTING_RECOVERY, Office
from lockdesk.desk.ports import Paper, Signer, WaysIn
from lockdesk.desk.prints.codes import OFFICE_NUMBER, PrintClaim
from lockdesk.desk.prints.making import footer_of, of_the_office
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.sheets import PaperSize, Printed, Sheet, SheetRow
from lockdesk.errors import Declined
from lockdesk.records import dataclass
from lockdesk.words import _, in_indonesian

RECOVERY_KIND = "recovery"
"""The kind of print; the sheet itself is not kept."""
_RETYPED = 4
"""Characters of the printed code that prove that it is on paper."""


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """A code that was just made; neither the code nor its sheet is stored anywhere."""

    code: str
    printed: Printed


class Recovery:
    """Called on worker threads."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        ways: WaysIn,
        paper: Paper,
        arms: Callable[[], PagePixels | None],
        signer: Signer,
    ) -> None:
        self._arms = arms
        self._signer = signer
        self._casebook = casebook
        self._office = office
        self._ways = ways
        self._paper = paper

    def kept(self) -> bool:
        """Whether somebody has confirmed that the newest code is on paper."""
        return self._casebook.setting(SETTING_RECOVERY) == "kept"

    def make(self) -> RecoveryCode:
        """A new code with its sheet; an earlier one opens nothing any more. Takes a second.

        Raises Damaged, and OSError where the vault's file cannot be written: then the earlier one still holds.
        """
        self._office.require(JournalNote("recovery.made"))
        code = self._ways.make_recovery_code()
        at = self._office.now()
        head = self._record("made", at)
        printed = Printed(
            RECOVERY_KIND,
            OFFICE_NUMBER,
            "kode-pemulihan.pdf",
            self._pdf(code, PrintClaim(OFFICE_NUMBER, RECOVERY_KIND, at, head)),
            head.count,
            head.digest.hex(),
            size=PaperSize.A5,
        )
        return RecoveryCode(code, printed)

    def confirm(self, made: RecoveryCode, retyped: str) -> None:
        """Records that the code is on paper. Raises Declined when its last characters are other ones."""
        if retyped.strip().upper() != last_characters(made.code):
            raise Declined(
                _("Empat karakter terakhir tidak cocok dengan kode pemulihan."),
                _("Baca sekali lagi dari kertas yang akan disimpan."),
                code="recovery.mismatch",
            )
        self._record("kept", self._office.now())

    def _record(self, state: str, at: datetime) -> JournalHead:
        note = JournalNote(f"recovery.{state}")
        write = c.SetSetting(SETTING_RECOVERY, state)
        return self._casebook.commit(c.Change(at, self._office.actor(), note, (write,))).head

    @in_indonesian()
    def _pdf(self, code: str, claim: PrintClaim) -> bytes:
        return self._paper.render(self._sheet(code, claim))

    def _sheet(self, code: str, claim: PrintClaim) -> Sheet:
        parts = SheetParts(self._office.settings, self._office.officer(), self._office.now(), self._arms())
        sheet = Sheet(
            number=OFFICE_NUMBER,
            rows=(
                SheetRow(_("Dibuat"), parts.moment(parts.at)),
                SheetRow(_("Kode pemulihan"), _in_two_lines(code), strong=True, digits=True),
            ),
            footer=footer_of(parts, claim, self._signer.sign),
            notes=(
                _("Dengan kode ini data dapat dibuka bila frasa sandi terlupa dan kunci di komputer hilang."),
                _("Simpan lembar ini dalam amplop tertutup di brankas Kepala Bidang. Program tidak menyimpan salinan."),
                _("Bila kode baru dibuat, lembar ini tidak berlaku lagi dan harus dimusnahkan."),
            ),
            warning=_("Jangan difoto, jangan dikirim, dan jangan disimpan di dekat komputer ini."),
            signatures=(
                parts.head_signature(_("Diterima untuk disimpan,")),
                parts.officer_signature(),
            ),
        )
        return of_the_office(sheet, parts, _("Kode pemulihan profil kerja"), PaperSize.A5)


def _in_two_lines(code: str) -> str:
    """As it stands on the glass."""
    groups = code.split("-")
    half = len(groups) // 2
    return "-".join(groups[:half]) + "-\n" + "-".join(groups[half:])


def last_characters(code: str) -> str:
    """What is retyped from the paper."""
    return code[-_RETYPED:]
