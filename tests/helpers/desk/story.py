"""A quarter of cases, each written straight into a casebook at the moments that a test says."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lockdesk.core.cases import CaseStep
from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.values.cases import IntakeChannel
from lockdesk.desk.values.people import Applicant
from tests.helpers.desk.stored_cases import FACTS, PERSON

WIB = ZoneInfo("Asia/Jakarta")


def wib(text: str) -> datetime:
    """ "2026-11-23 08.05" in Pekalongan."""
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WIB)


def person(n: int, agency: str) -> Applicant:
    return replace(
        PERSON, name=f"Contoh Pemohon {n}", nip=f"19900215201903{n:04}", nik=f"337599550290{n:04}", agency=agency
    )


class Story:
    """Writes what happens to cases; ids come back, and every time is one of Pekalongan."""

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook

    def receive(
        self,
        at: str,
        applicant: Applicant,
        due: str,
        channel: IntakeChannel = IntakeChannel.EMAIL,
        previous: int | None = None,
    ) -> int:
        moment = wib(at)
        new = c.NewCase(channel, "training", applicant, moment, moment.date(), True, previous_id=previous)
        change = c.Change(
            moment,
            "Contoh Petugas",
            JournalNote("case.received"),
            (new, c.SetFacts(FACTS), c.SetDeadline(moment, wib(due))),
            step=CaseStep.REGISTER,
        )
        case_id = self._casebook.commit(change).case_id
        assert case_id is not None
        return case_id

    def step(self, at: str | datetime, case_id: int, step: CaseStep, *writes: c.Write) -> None:
        moment = at if isinstance(at, datetime) else wib(at)
        note = JournalNote(f"case.{step}")
        self._casebook.commit(c.Change(moment, "Contoh Petugas", note, writes, case_id, step=step))

    def ask(self, asked: str, answered: str, case_id: int) -> None:
        """The applicant is asked for what is missing, and answers."""
        self.step(asked, case_id, CaseStep.START_REVIEW)
        self.step(asked, case_id, CaseStep.ASK_APPLICANT)
        self.step(answered, case_id, CaseStep.APPLICANT_ANSWERED)

    def complete(self, at: str, case_id: int, on_time: bool, reviewed: bool = False) -> None:
        before = wib(at) - timedelta(minutes=5)
        if not reviewed:
            self.step(before, case_id, CaseStep.START_REVIEW)
        for step in (CaseStep.ACCEPT, CaseStep.PROVE_REVOKED, CaseStep.PROVE_ISSUED, CaseStep.NOTIFY):
            self.step(before, case_id, step)
        self.step(at, case_id, CaseStep.COMPLETE, c.CloseCase(on_time))

    def reject(self, at: str, case_id: int, *reasons: str) -> None:
        self.step(at, case_id, CaseStep.START_REVIEW)
        self.step(at, case_id, CaseStep.REJECT, c.CloseCase(True, reasons))

    def withdraw(self, at: str, case_id: int) -> None:
        self.step(at, case_id, CaseStep.WITHDRAW, c.CloseCase(None, ("Tidak jadi.",)))
