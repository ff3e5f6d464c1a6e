"""What a CA signs about a serial, fetched from real servers on loopback and judged as proof."""

import base64
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import formatdate

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from lockdesk.desk.operations.proving import read_status
from lockdesk.desk.values.authority import StatusKind
from lockdesk.errors import Refused, Unreachable
from lockdesk.gateway.status import StatusSource
from lockdesk.gateway.web import Connection
from tests.helpers.authority import pki_material as make
from tests.servers.small_ca import SmallCa
from tests.servers.web import LoopbackServer, Question, Reply

SUPERSEDED = x509.ReasonFlags.superseded


class StatusServer:
    """A CA whose status servers can be broken; `pages` overrides what a path answers."""

    def __init__(self) -> None:
        self.ca = SmallCa("CA Uji Status")
        self.serial = self.ca.issue_signing(x509.load_der_x509_csr(make.request())).serial_number
        self.pages: dict[str, Reply] = {}
        self.http = LoopbackServer(self._answer)
        self.issuer = x509.load_pem_x509_certificate(self.ca.pem).public_bytes(Encoding.DER)

    def _answer(self, question: Question) -> Reply:
        if question.path in self.pages:
            return self.pages[question.path]
        return Reply(200, self.ca.ocsp(question.body)) if question.path == "/ocsp" else Reply(404)

    def url(self, path: str) -> str:
        return self.http.url + path

    def source(self, **urls: str) -> StatusSource:
        return StatusSource(
            Connection(self.http.url, seconds=5, user="petugas", password="rahasia"), self.issuer, **urls
        )

    def asked(self, path: str) -> list[Question]:
        return [question for question in self.http.questions if question.path == path]


@pytest.fixture
def server() -> Iterator[StatusServer]:
    made = StatusServer()
    yield made
    made.http.stop()


def reason(server: StatusServer, source: StatusSource, **urls: tuple[str, ...]) -> str | None:
    answers = source.signed_status(server.serial, **urls)
    entry = read_status(answers, server.serial, server.issuer, datetime.now(UTC))
    source.close()
    return entry.reason if entry else None


def test_ocsp_comes_first_and_never_sees_the_credentials(server: StatusServer) -> None:
    source = server.source()
    urls = {"ocsp_urls": (server.url("/ocsp"),), "crl_urls": (server.url("/crl"),)}
    assert reason(server, source, **urls) is None
    server.ca.revoke(server.serial, SUPERSEDED)
    assert reason(server, server.source(), **urls) == "superseded"
    assert len(server.asked("/ocsp")) == 2 and not server.asked("/crl")
    assert not any("Authorization" in question.headers for question in server.http.questions)


def test_an_ocsp_server_out_of_order_gives_way_to_the_list(server: StatusServer) -> None:
    server.ca.revoke(server.serial, SUPERSEDED)
    server.pages = {"/ocsp": Reply(500, b"rusak"), "/crl": Reply(200, server.ca.crl())}
    urls = {"ocsp_urls": (server.url("/ocsp"),), "crl_urls": ("ldap://contoh/crl", server.url("/crl"))}
    assert reason(server, server.source(), **urls) == "superseded"


@pytest.mark.parametrize("form", ["pem", "base64"])
def test_a_list_in_another_dress_is_read(server: StatusServer, form: str) -> None:
    server.ca.revoke(server.serial, SUPERSEDED)
    der = server.ca.crl()
    forms = {"pem": make.pem(der, "X509 CRL"), "base64": base64.encodebytes(der)}
    server.pages = {"/crl": Reply(200, forms[form])}
    assert reason(server, server.source(crl_url=server.url("/crl"))) == "superseded"


@pytest.mark.parametrize("named", ["by the settings", "by the list"])
def test_a_delta_is_fetched_and_applied(server: StatusServer, named: str) -> None:
    place = server.url("/delta")
    base = server.ca.crl(7, freshest="" if named == "by the settings" else place)
    server.ca.revoke(server.serial, SUPERSEDED)
    server.pages = {"/crl": Reply(200, base), "/delta": Reply(200, server.ca.crl(8, base=7))}
    urls = {"crl_url": server.url("/crl"), "delta_url": place if named == "by the settings" else ""}
    assert reason(server, server.source(**urls)) == "superseded"
    server.pages["/delta"] = Reply(404)
    with pytest.raises(Unreachable):
        reason(server, server.source(**urls))


def test_an_unchanged_list_is_not_sent_again_and_a_changed_one_is(server: StatusServer) -> None:
    source = server.source(crl_url=server.url("/crl"))
    server.pages = {"/crl": Reply(200, server.ca.crl(), {"ETag": '"1"'})}
    first = source.signed_status(server.serial)
    server.pages = {"/crl": Reply(304)}
    assert source.signed_status(server.serial) == first
    assert server.asked("/crl")[1].headers["If-None-Match"] == '"1"'
    server.ca.revoke(server.serial, SUPERSEDED)
    server.pages = {"/crl": Reply(200, server.ca.crl(2))}
    assert reason(server, source) == "superseded"


@pytest.mark.parametrize(("age", "asks"), [(3600, True), (-1, False)])
def test_a_list_that_may_change_within_the_second_is_sent_again(server: StatusServer, age: int, asks: bool) -> None:
    """Its time of change is told in whole seconds: a list made right after it would look like the same one."""
    changed = formatdate(time.time() - age, usegmt=True)
    source = server.source(crl_url=server.url("/crl"))
    server.pages = {"/crl": Reply(200, server.ca.crl(), {"Last-Modified": changed})}
    source.signed_status(server.serial)
    source.signed_status(server.serial)
    assert ("If-Modified-Since" in server.asked("/crl")[1].headers) is asks


def test_no_address_and_no_answer_are_told(server: StatusServer) -> None:
    with pytest.raises(Unreachable) as told:
        server.source().signed_status(server.serial)
    assert told.value.code == "status.no_address"
    server.pages = {"/crl": Reply(200, b"<html>masuk</html>")}
    with pytest.raises(Unreachable) as told:
        server.source(crl_url=server.url("/crl")).signed_status(server.serial)
    assert told.value.code == "status.crl" and "rahasia" not in told.value.detail


def test_another_cas_list_is_no_proof(server: StatusServer) -> None:
    server.pages = {"/crl": Reply(200, SmallCa("CA Uji Status").crl())}
    with pytest.raises(Refused) as told:
        reason(server, server.source(crl_url=server.url("/crl")))
    assert told.value.code == "crl.signature"


def test_check_names_what_is_out_of_order(server: StatusServer) -> None:
    server.pages = {"/crl": Reply(404)}
    source = server.source(ocsp_url=server.url("/ocsp"), crl_url=server.url("/crl"))
    told = {item.name: item.ok for item in source.check()}
    source.close()
    assert told == {f"status.{StatusKind.OCSP.value}": True, f"status.{StatusKind.CRL.value}": False}
