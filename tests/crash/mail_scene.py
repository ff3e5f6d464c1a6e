"""A case and a complaint from beginning to end, of which every step owes a word by mail; made ready to be killed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from lockdesk.core.cases import CaseState, CaseStep, rule_for
from lockdesk.core.journal import GENESIS, JournalHead, JournalNote
from lockdesk.core.messages import MessageState
from lockdesk.desk import changes as c
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus
from lockdesk.desk.values.people import Applicant
from lockdesk.mail.post import MailPost
from lockdesk.pki.certificates import parse_certificate
from lockdesk.store.casebook import SqlCasebook
from lockdesk.vault import Vault
from tests.crash import opening
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.counter import form
from tests.helpers.desk.office import office_settings
from tests.helpers.desk.stored_cases import new_case
from tests.helpers.mail.posting import use_account
from tests.servers.small_ca import SmallCa

ROOT = b"\x0a" * 32
CASE, COMPLAINT = 1, 1
APPLICANT, COMPLAINANT = "sekar@contoh.pekalongankota.go.id", "tri@contoh.pekalongankota.go.id"
PERSON = Applicant(name="Sekar Contohwati", nip="199002152019032999", email=APPLICANT)
EXPECTED = {
    APPLICANT: ("telah diterima", "perlu dilengkapi", "Sertifikat baru diterbitkan"),
    COMPLAINANT: ("telah diterima", "Jawaban atas"),
}
"""What each mailbox holds in the end, once: words of the subjects."""
MOST_STEPS = 40
_NEXT = {
    CaseState.RECEIVED: CaseStep.START_REVIEW,
    CaseState.AWAITING_APPLICANT: CaseStep.APPLICANT_ANSWERED,
    CaseState.VERIFIED: CaseStep.PROVE_REVOKED,
    CaseState.REVOKED: CaseStep.PROVE_ISSUED,
}


def opened(folder: Path, build: opening.BuildPost = MailPost) -> AbstractContextManager[Desk]:
    """The desk of a profile in `folder`: neither a CA nor a document."""
    return opening.opened(folder, ROOT, post=build)


def make_base(folder: Path, port: int, ca: SmallCa) -> None:
    """A profile with an account and nothing else."""
    folder.mkdir(parents=True)
    Vault(folder, ROOT).advance(JournalHead(0, GENESIS))
    with opened(folder) as desk:
        desk.setup.save(office_settings(practice=False), "Contoh Petugas")
        use_account(desk, port, ca)


def step(desk: Desk) -> bool:
    """The officer's next step; False when there is none left."""
    casebook = desk.casebook
    assert isinstance(casebook, SqlCasebook)
    if casebook.counts()["all"] == 0:
        new_case(casebook, PERSON, practice=False, gateway="portal")
        return True
    if not casebook.complaint_page("open", None, 1).rows:
        desk.complaints.receive(form(contact=COMPLAINANT))
        return True
    if len(desk.reading.complaint(COMPLAINT).notes) == 0:
        desk.complaints.respond(COMPLAINT, "Sudah dikirim ulang hari ini.")
        return True
    return _case_step(desk)


def _case_step(desk: Desk) -> bool:
    case = desk.reading.case(CASE)
    if case.state is CaseState.NOTIFIED:
        desk.notices.complete(CASE)
        return True
    if case.state is CaseState.UNDER_REVIEW:
        asked = any(line.kind == "case.applicant_asked" for line in case.history)
        _take(desk, CaseStep.ACCEPT if asked else CaseStep.ASK_APPLICANT)
        return True
    if case.state not in _NEXT:
        return False
    _take(desk, _NEXT[case.state])
    return True


def _take(desk: Desk, taken: CaseStep) -> None:
    state = desk.reading.row(CASE).state
    writes: tuple[c.Write, ...] = ()
    if taken is CaseStep.PROVE_ISSUED:
        writes = (c.SetNewCertificate(CertificateRecord(parse_certificate(_DER), _DER, CertificateStatus.GOOD)),)
    facts = {"asked": "Lampirkan CSR."} if taken is CaseStep.ASK_APPLICANT else {}
    note = JournalNote(rule_for(state, taken).journal, facts)
    desk.casebook.commit(c.Change(desk.clock.now(), "Contoh Petugas", note, writes, CASE, step=taken, expected=state))


def _certificate() -> bytes:
    csr = x509.load_der_x509_csr(make.request(make.ec_key(71), PERSON.name))
    return SmallCa("CA uji").issue_signing(csr).public_bytes(Encoding.DER)


_DER = _certificate()


def work(desk: Desk) -> None:
    """The whole day: what is due is sent after every step."""
    for _step in range(MOST_STEPS):
        desk.send_mail()
        if not step(desk):
            break
    desk.send_mail()


def settle(desk: Desk, was_accepted: Callable[[str], bool]) -> int:
    """The officer asks the server's administrator about what is still unsettled; how many there were."""
    left = desk.casebook.messages_in({MessageState.UNSETTLED})
    for message in left:
        assert not was_accepted(message.mail_id), "its copy was there to be found"
        desk.outbox.did_not_go(message.id, "Pengelola server: tidak pernah diterima.")
        desk.outbox.again(message.id)
    return len(left)
