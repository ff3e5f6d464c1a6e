"""The desk: every service the window and the verbs call, wired by `app.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.complaints import Complaints
from lockdesk.desk.facts import PagePixels
from lockdesk.desk.intake import Intake
from lockdesk.desk.notices import Notices
from lockdesk.desk.office import Office
from lockdesk.desk.operations import Operations
from lockdesk.desk.ports import Clock, Gateway, Reader
from lockdesk.desk.practice import Practice
from lockdesk.desk.prints import Prints
from lockdesk.desk.reading import Reading
from lockdesk.desk.register import Register
from lockdesk.desk.review import Review
from lockdesk.desk.setup import Setup
from lockdesk.settings import DeskSettings


class Pages:
    """Pages of stored and finished PDFs, rendered in the sealed child."""

    def __init__(self, casebook: Casebook, reader: Reader) -> None:
        self._casebook = casebook
        self._reader = reader

    def render(self, document_id: int, page: int, width: int) -> PagePixels | None:
        return self._reader.render(self._casebook.document(document_id), page, width)

    def render_bytes(self, pdf: bytes, page: int, width: int) -> PagePixels | None:
        return self._reader.render(pdf, page, width)

    def count(self, pdf: bytes) -> int:
        """How many pages a PDF of our own has."""
        from lockdesk.desk.ports import NamedBytes

        return self._reader.read_request((NamedBytes("cetakan.pdf", pdf),)).statement.pages


class Drafts:
    """Half-typed forms that survive a power cut."""

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook

    def keep(self, form: str, text: str) -> None:
        self._casebook.keep_draft(form, text)

    def load(self, form: str) -> str:
        return self._casebook.load_draft(form)

    def drop(self, form: str) -> None:
        self._casebook.keep_draft(form, "")


class Guard:
    """Locking and unlocking the window; both stand in the journal."""

    def __init__(self, casebook: Casebook, office: Office, opens: Callable[[str], bool]) -> None:
        self._casebook = casebook
        self._office = office
        self._opens = opens

    def lock(self) -> None:
        self._note("desk.locked")

    def unlock(self, passphrase: str) -> bool:
        """True when the passphrase opens the profile."""
        opened = self._opens(passphrase)
        self._note("desk.unlocked" if opened else "desk.unlock_refused")
        return opened

    def signed_in(self) -> None:
        self._note("desk.opened")

    def _note(self, kind: str) -> None:
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), JournalNote(kind)))


@dataclass(frozen=True)
class Desk:
    """One open profile."""

    clock: Clock
    office: Office
    casebook: Casebook
    gateway: Gateway
    reading: Reading
    pages: Pages
    intake: Intake
    review: Review
    operations: Operations
    notices: Notices
    complaints: Complaints
    prints: Prints
    register: Register
    setup: Setup
    drafts: Drafts
    guard: Guard
    practice: Practice | None = None
    """The trainer's side of the training CA; None in the working profile."""

    def settings(self) -> DeskSettings:
        return self.office.settings
