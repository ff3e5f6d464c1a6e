"""What tests of the disposal share: who confirms it, and a case that ends at once."""

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseStep
from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.values.privacy import Confirmation
from tests.helpers.desk.office import MONDAY

HEAD = Confirmation("Kepala Rekaan", "197001011995011001", "Kepala Bidang Aplikasi dan Persandian", "pelatihan")


def end(profile: OpenProfile, case_id: int) -> None:
    """Withdrawn at once."""
    note = JournalNote("case.withdrawn")
    change = c.Change(MONDAY, "Contoh Petugas", note, (c.CloseCase(None),), case_id, step=CaseStep.WITHDRAW)
    profile.casebook.commit(change)
