"""A request that reaches the office's mailbox and goes all its way: an officer who takes what the tray proposes, and an
applicant who answers what reaches his own. Real servers: Dovecot, Exim, and a CA with EJBCA's interface."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from lockdesk.app import SystemClock
from lockdesk.core.cases import CaseState
from lockdesk.core.journal import GENESIS, JournalHead
from lockdesk.core.messages import MessageState
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import CaseFilter, CaseView
from lockdesk.desk.values.tray import JOINING, OPENING, MailState
from lockdesk.gateway.ejbca import EjbcaGateway, EjbcaSettings
from lockdesk.vault import Vault
from lockdesk.words import date_words
from tests.crash import opening
from tests.crash.scene import NAME, NIP, Ca, spki_sha256
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.office import office_settings
from tests.helpers.desk.register import entry_of, import_register, workbook
from tests.helpers.desk.steps import accept, revoke
from tests.helpers.mail.posting import use_account
from tests.helpers.papers.arrivals import mail
from tests.helpers.papers.small_requests import letter
from tests.servers.mail_house import DOMAIN, MailHouse
from tests.servers.small_ca import SmallCa

ROOT = b"\x0c" * 32
NAMED = "sekar"
EXPECTED = ("telah diterima", "perlu dilengkapi", "Sertifikat baru diterbitkan")
"""What the applicant's mailbox holds in the end, each once: words of the subjects."""
_HEAD = ("name", "nip", "nik", "position", "agency", "email", "phone")
_ROW = (NAME, NIP, "3375995502900001", "Pustakawan", "Dinas Contoh", f"{NAMED}@{DOMAIN}", "0812-0000-0011")


def opened(folder: Path, settings: EjbcaSettings) -> AbstractContextManager[Desk]:
    """The desk of a profile in `folder`."""
    return opening.opened(folder, ROOT, lambda: EjbcaGateway(settings, SystemClock()), opening.OpenReader)


def make_base(folder: Path, house: MailHouse, trusted: SmallCa, ca: Ca, settings: EjbcaSettings) -> bytes:
    """A profile that knows the applicant and has an account at servers of `trusted`; the applicant's request."""
    folder.mkdir(parents=True)
    Vault(folder, ROOT).advance(JournalHead(0, GENESIS))
    with opened(folder, settings) as desk:
        desk.setup.save(office_settings(practice=False), "Contoh Petugas")
        today = desk.office.today()
        import_register(desk, workbook([_HEAD, _ROW]), today - timedelta(days=20), whole_office=True)
        use_account(desk, house.smtp_port, trusted, house.imap_port)
        fingerprint = spki_sha256(ca.request.public_key())[-8:]
        serial = f"{ca.old.serial_number:X}"
        pdf = letter(entry_of(desk, NAME), day=date_words(today), serial=serial, fingerprint=fingerprint)
    sender = f"{NAME} <{NAMED}@{DOMAIN}>"
    words = "Surat pernyataan saya terlampir."
    return mail([("surat.pdf", pdf)], words, From=sender, Subject="Permohonan lupa passphrase").content


class Applicant:
    """Answers each message that asks for something, once, with the CSR, and not before the office's copy of it is
    there: the same day comes to the same points. Use as a context manager."""

    def __init__(self, house: MailHouse, csr: bytes) -> None:
        self._house, self._csr = house, csr
        self._answered: set[str] = set()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._live)

    def __enter__(self) -> "Applicant":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._thread.join()

    def _live(self) -> None:
        while not self._done.wait(0.05):
            copied = {str(message["Message-ID"]) for message in received(self._house, "lock")}
            for message in received(self._house, NAMED):
                name = str(message["Message-ID"])
                if EXPECTED[1] in message["Subject"] and name in copied - self._answered:
                    self._answered.add(name)
                    self._house.deliver(self._reply(message))

    def _reply(self, message: EmailMessage) -> bytes:
        headers = {"In_Reply_To": message["Message-ID"], "From": f"{NAME} <{NAMED}@{DOMAIN}>"}
        return mail([("baru.csr", make.pem(self._csr))], "CSR saya.", Subject="Balasan", **headers).content


def received(house: MailHouse, name: str) -> list[EmailMessage]:
    """What a mailbox holds; a file that the server is renaming just now is seen the next time."""
    with suppress(FileNotFoundError):
        found = (message_from_bytes(raw, policy=policy.default) for raw in house.mailbox(name))
        return [message for message in found if isinstance(message, EmailMessage)]
    return []


# ── the officer ──


def step(desk: Desk, took: Callable[[str], bool]) -> bool:
    """Whatever is to be done next; False when everything is done. `took`: whether the mail server accepted a message,
    which the officer asks its administrator."""
    desk.send_mail()
    _settle(desk, took)
    while desk.look_for_mail():
        continue
    for item in desk.tray.page(MailState.WAITING.value, None, 0).rows:
        if item.match.seems in OPENING:
            desk.tray.accept(item.identity)
        if item.match.seems in JOINING and item.match.case is not None:
            desk.tray.join(item.identity, item.match.case.id)
    rows = desk.reading.page(CaseFilter.ALL, None, 9).rows
    if not rows:
        return True
    case = desk.reading.case(rows[-1].id)
    if case.open_operation() is not None:
        desk.operations.settle(case.id)
    else:
        _case_step(desk, case)
    return desk.reading.row(case.id).state is not CaseState.COMPLETED or bool(desk.casebook.outbox_counts())


def _case_step(desk: Desk, case: CaseView) -> None:
    steps: dict[CaseState, Callable[[], object]] = {
        CaseState.RECEIVED: lambda: desk.review.start(case.id),
        CaseState.UNDER_REVIEW: lambda: _review(desk, case),
        CaseState.VERIFIED: lambda: revoke(desk, case.id),
        CaseState.REVOKED: lambda: desk.operations.reissue(case.id),
        CaseState.NOTIFIED: lambda: desk.notices.complete(case.id),
    }
    steps.get(case.state, lambda: None)()


def _review(desk: Desk, case: CaseView) -> None:
    if case.facts.csr.facts is None:
        desk.review.ask_applicant(case.id, "CSR\nLampirkan CSR dengan kunci baru.")
    else:
        accept(desk, case.id)


def _settle(desk: Desk, took: Callable[[str], bool]) -> None:
    """What the server accepted is found by its copy, as soon as that is delivered; of the rest the officer says that it
    did not go."""
    for message in desk.casebook.messages_in({MessageState.UNSETTLED}):
        if took(message.mail_id):
            desk.outbox.look(message.id)
        else:
            desk.outbox.did_not_go(message.id, "Pengelola server: tidak pernah diterima.")
            desk.outbox.again(message.id)


def work(desk: Desk, took: Callable[[str], bool], patience: Callable[[], bool]) -> None:
    """All of it, until everything is done. `patience`: whether there is some left, asked between two steps."""
    while step(desk, took):
        if not patience():
            raise AssertionError("stuck")
