"""Mail out against Exim and Dovecot: the mailboxes hold each message once, a lost answer is found again by its copy,
and what comes back is known."""

from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from lockdesk.core.cases import CaseState
from lockdesk.core.messages import MessageState
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import Post
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import LockdeskError, Unreachable
from lockdesk.mail.outgoing import lost
from lockdesk.reader.files.bounce import bounce_in
from tests.helpers.desk.counter import text_of
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.portal_office import PortalOffice, issued, portal_office, serving_ca
from tests.helpers.desk.steps import receive
from tests.helpers.mail.posting import last_message, use_account
from tests.helpers.patience import until
from tests.servers.mail_house import DOMAIN, MailHouse, missing
from tests.servers.small_ca import SmallCa


@pytest.fixture
def house() -> Iterator[tuple[MailHouse, SmallCa]]:
    assert not missing(), f"not installed: {missing()}"
    ca = SmallCa("CA kantor")
    made = MailHouse(ca, ("sekar.contohwati",))
    yield made, ca
    made.close()


@pytest.fixture
def office(tmp_path: Path, house: tuple[MailHouse, SmallCa]) -> Iterator[PortalOffice]:
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca) as made:
        use_account(made.desk, house[0].smtp_port, house[1], house[0].imap_port)
        yield made


class LosingPost:
    """A post whose servers do their work, but whose line breaks on the way back."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self.address = post.address

    def send(self, mail: bytes, recipients: Sequence[str], handing: Callable[[], None]) -> str:
        self._post.send(mail, recipients, handing)
        raise lost(LockdeskError("putus"))

    def holds_copy(self, message_id: str) -> bool:
        raise Unreachable("putus")


def subjects(house: MailHouse, name: str) -> list[str]:
    return sorted(message_from_bytes(raw, policy=policy.default)["Subject"] for raw in house.mailbox(name))


def test_every_message_arrives_once_and_what_was_unsettled_is_settled_by_its_copy(
    office: PortalOffice, house: tuple[MailHouse, SmallCa]
) -> None:
    desk, servers = office.desk, house[0]
    case_id = issued(office)
    clock = SetClock(desk.clock.now())
    desk.office.clock = clock
    real = desk.post
    desk._made["post"] = LosingPost(real)
    desk.send_mail()
    desk.send_mail()
    desk._made["post"] = real
    waiting = {message.state for message in desk.reading.case(case_id).messages}
    assert MessageState.UNSETTLED in waiting and desk.reading.row(case_id).state is CaseState.ISSUED

    def settled() -> bool:
        clock.forward(minutes=61)
        desk.send_mail()
        return desk.reading.row(case_id).state is CaseState.NOTIFIED

    assert until(settled)
    notified = next(line for line in desk.reading.case(case_id).history if line.kind == "case.notified")
    assert notified.facts["proof"] == "copy"
    words = text_of(desk.prints.make("completion", case_id, PaperSize.A4).pdf)
    assert "Diberitahukan melalui e-mail ke se•••@" in words and "diterima server" in words
    desk.notices.complete(case_id)
    desk.send_mail()
    assert until(lambda: len(servers.mailbox("sekar.contohwati")) >= 2)
    told = subjects(servers, "sekar.contohwati")
    assert len(told) == 2 and "telah diterima" in told[0] and "Sertifikat baru diterbitkan" in told[1]
    assert subjects(servers, "lock") == told
    assert desk.casebook.outbox_counts() == {} and desk.casebook.verify_journal().whole


def moved(desk: Desk, case_id: int) -> None:
    entry = desk.reading.case(case_id).register
    assert entry is not None
    desk.register.put(entry.id, {"email": f"pindah@{DOMAIN}"}, "Surat mutasi 12", "Pindah unit")


def test_a_message_that_comes_back_is_known_by_what_the_server_writes(
    office: PortalOffice, house: tuple[MailHouse, SmallCa]
) -> None:
    desk, servers = office.desk, house[0]
    case_id = receive(desk, "01")
    moved(desk, case_id)
    desk.send_mail()
    message = last_message(desk, case_id)
    assert message.state is MessageState.SENT and message.to == f"pindah@{DOMAIN}"
    assert until(lambda: any(bounce_in(raw) for raw in servers.mailbox("lock")))
    (bounce,) = [found for raw in servers.mailbox("lock") if (found := bounce_in(raw)) is not None]
    assert (bounce.message_id, bounce.recipient, bounce.failed) == (message.mail_id, f"pindah@{DOMAIN}", True)
    assert desk.outbox.bounced(bounce) and not desk.outbox.bounced(bounce)
    assert last_message(desk, case_id).state is MessageState.BOUNCED
