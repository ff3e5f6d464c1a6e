"""django-ca where things go wrong: what its REST interface leaves to its clients."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from lockdesk.core.operations import RevocationReason
from lockdesk.desk.operations.proving import read_status
from lockdesk.desk.values.authority import Issued, RevocationOrder, StatusKind, Waiting
from lockdesk.errors import Refused, Unreachable, Unsettled
from lockdesk.gateway.django_ca import DjangoCaGateway
from lockdesk.pki.certificates import parse_certificate
from lockdesk.pki.keys import guarded, key_facts
from tests.contract.benches import RunningClock, Servers, django_ca_settings
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.orders import PERSON, new_key, order, request
from tests.servers.django_ca import DjangoCaServer
from tests.servers.small_ca import SmallCa
from tests.servers.web import LoopbackServer, Question, Reply


@pytest.fixture
def server(servers: Servers) -> DjangoCaServer:
    return servers.django_ca()


@pytest.fixture
def gateway(server: DjangoCaServer) -> Iterator[Callable[..., DjangoCaGateway]]:
    opened: list[DjangoCaGateway] = []

    def open_one(**changes: object) -> DjangoCaGateway:
        opened.append(DjangoCaGateway(replace(django_ca_settings(server), **changes), RunningClock()))  # type: ignore[arg-type]
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


Open = Callable[..., DjangoCaGateway]


class Between:
    """A relay to the server that can lose answers."""

    def __init__(self, server: DjangoCaServer) -> None:
        self._web = httpx.Client(base_url=server.url.removesuffix("django_ca/"), trust_env=False)
        self.lose = ""
        self.relay = LoopbackServer(self._pass_on)
        self.url = self.relay.url + "/django_ca/"

    def _pass_on(self, question: Question) -> Reply:
        headers = {
            name: question.headers[name] for name in ("Authorization", "Content-Type") if name in question.headers
        }
        answer = self._web.request(question.method, question.path, content=question.body, headers=headers)
        if self.lose and self.lose in question.path:
            return Reply(0)
        return Reply(answer.status_code, answer.content, {"Content-Type": "application/json"})

    def stop(self) -> None:
        self.relay.stop()
        self._web.close()


@pytest.fixture
def between(server: DjangoCaServer) -> Iterator[Between]:
    made = Between(server)
    yield made
    made.stop()


def certified(gateway: DjangoCaGateway) -> tuple[bytes, int]:
    issued = gateway.enrol(order(request(new_key())))
    assert isinstance(issued, Issued)
    return issued.certificate_der, parse_certificate(issued.certificate_der).serial


def test_the_subject_is_the_verified_persons_not_the_csrs(gateway: Open) -> None:
    issued = gateway(days=30).enrol(order(make.request(new_key(), "Orang Lain", "Dinas Lain")))
    assert isinstance(issued, Issued)
    facts = parse_certificate(issued.certificate_der)
    assert (facts.subject.common_name, facts.subject.organization) == (PERSON.common_name, PERSON.organization)
    assert facts.subject.serial_number == PERSON.serial_number and facts.subject.email == PERSON.email
    assert facts.not_after - RunningClock().now() < timedelta(days=31)


def test_a_lost_enrolment_is_found_by_its_key_alone(gateway: Open, between: Between, server: DjangoCaServer) -> None:
    key, before = new_key(), server.requests("/sign/")
    between.lose = "/sign/"
    with pytest.raises(Unsettled):
        gateway(url=between.url).enrol(order(request(key)))
    found = gateway().recall(PERSON.request_id, key_facts(make.spki(key)).sha256)
    assert isinstance(found, Issued)
    assert server.requests("/sign/") == before + 1


def test_six_orders_at_once_on_one_key_give_one_certificate(gateway: Open, server: DjangoCaServer) -> None:
    """On its own the server answered five of six with 500 and left their orders pending for ever."""
    one, csr, before = gateway(), request(new_key()), server.requests("/sign/")
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _number: guarded(lambda: one.enrol(order(csr)), None), range(6)))
    assert len([answer for answer in answers if isinstance(answer, Issued)]) == 1
    assert server.requests("/sign/") == before + 1


def test_an_order_whose_state_cannot_be_asked_waits(gateway: Open, between: Between) -> None:
    between.lose = "/orders/"
    waiting = gateway(url=between.url).enrol(order(request(new_key())))
    assert isinstance(waiting, Waiting)
    assert isinstance(gateway().poll(waiting.reference), Issued)


def test_a_lost_revocation_is_found_done_and_not_asked_for_again(
    gateway: Open, between: Between, server: DjangoCaServer
) -> None:
    _der, serial = certified(gateway())
    wanted, before = RevocationOrder("r", "", serial, RevocationReason.KEY_COMPROMISE), server.requests("/revoke/")
    between.lose = "/revoke/"
    with pytest.raises(Unsettled):
        gateway(url=between.url).revoke(wanted)
    assert gateway().revoke(wanted) is None
    assert server.requests("/revoke/") == before + 1


def test_the_list_proves_it_once_it_is_signed_anew(gateway: Open, server: DjangoCaServer) -> None:
    one = gateway()
    der, serial = certified(one)
    assert one.revoke(RevocationOrder("r", "", serial, RevocationReason.SUPERSEDED)) is None
    server.sign_crl()
    by_list = gateway(crl_url=parse_certificate(der).crl_urls[0])
    answers = by_list.signed_status(serial)
    assert [item.kind for item in answers] == [StatusKind.CRL]
    entry = read_status(answers, serial, one.issuer_chain()[0], RunningClock().now())
    record = one.find_by_serial(serial)
    assert record is not None and entry == record.revocation


def test_wrong_words_and_missing_rights_are_told_by_the_check(gateway: Open) -> None:
    wrong = gateway(password="salah-sandi").check()
    assert [item.name for item in wrong if not item.ok] == ["ca.authorised"]
    assert "salah-sandi" not in repr(wrong)
    assert "HTTP" in gateway().check()[0].words, "that the password travels unencrypted is said"
    guest = {item.name: item.ok for item in gateway(user="tamu").check()}
    assert guest["ca.certificate"] and not guest["ca.authorised"]
    with pytest.raises(Refused) as told:
        gateway(user="tamu").enrol(order(request(new_key())))
    assert told.value.code == "ca.unauthorised"
    with pytest.raises(Unreachable):
        gateway(password="salah-sandi").find_by_serial(1)


def test_a_wrong_profile_is_told_before_anything_is_asked_for(gateway: Open) -> None:
    assert [item.name for item in gateway(profile="tidak ada").check() if not item.ok] == ["ca.profile"]


def test_another_cas_chain_is_told(gateway: Open) -> None:
    assert [item.name for item in gateway(chain_pem=SmallCa("CA Lain").pem).check() if not item.ok]
