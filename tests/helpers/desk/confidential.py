"""A complaint whose complainant asked for confidentiality and is named by every text of it."""

from dataclasses import replace

from lockdesk.app import OpenProfile
from lockdesk.desk.ports import NamedBytes
from tests.helpers.desk.counter import form
from tests.helpers.desk.steps import receive

NAME, NIP, ADDRESS, PHONE = "Tri Umpamakan", "198702122010012999", "Jalan Rekaan 12", "0812-0000-0077"
MAIL = "tri@contoh.pekalongankota.go.id"


class Secret:
    """A confidential complaint whose every text names the complainant, and the case that it is about."""

    def __init__(self, profile: OpenProfile) -> None:
        desk = profile.desk
        self.case = desk.reading.case(receive(desk, "01"))
        told = f"{NAME} (NIP {NIP}, {ADDRESS}, {PHONE}, {MAIL}) mengadu tentang {self.case.number} milik"
        told += f" {self.case.applicant.name}."
        self.form = form(
            name=NAME, contact=f"{MAIL}, {ADDRESS}", confidential=True, description=told, wanted=told, place=ADDRESS,
            evidence=told, case_number=self.case.number,
        )  # fmt: skip
        self.id = desk.complaints.receive(self.form, files=(NamedBytes(f"surat_{NAME}.txt", told.encode()),))
        desk.complaints.correct(self.id, replace(self.form, wanted=told + " Segera."), told)
        desk.complaints.respond(self.id, told)
        desk.complaints.escalate(self.id, told)
        desk.complaints.official_responds(self.id, told)

    @property
    def needles(self) -> tuple[str, ...]:
        return (
            "Umpamakan", NIP, "19870212 201001 2 999", "Jalan Rekaan", PHONE, "81200000077", MAIL, self.case.number,
            self.case.applicant.name,
        )  # fmt: skip

    def named_in(self, text: str) -> list[str]:
        return [needle for needle in self.needles if needle.casefold() in text.casefold()]
