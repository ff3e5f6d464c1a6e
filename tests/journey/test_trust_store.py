"""The administrator chooses whose signatures on letters count; the office profile keeps its comments."""

import pytest

from lockdesk.app import OpenProfile
from lockdesk.desk.office.trust_store import TrustStore
from lockdesk.errors import Declined
from lockdesk.pki.pem import as_pem
from tests.helpers.authority import pki_material as make
from tests.helpers.papers.samples import sample
from tests.servers.small_ca import SmallCa


@pytest.fixture
def store(profile: OpenProfile) -> TrustStore:
    return profile.desk.trust_store


def test_a_ca_and_its_list_are_taken_in_and_taken_out(profile: OpenProfile, store: TrustStore) -> None:
    ca = SmallCa("CA Tanda Tangan")
    before = profile.desk.setup.office_text()
    assert store.add(ca.pem) == 1
    assert store.add(ca.crl()) == 1
    anchor, listed = store.items()
    assert (anchor.name, anchor.is_list) == ("CA Tanda Tangan", False) and listed.is_list
    trust = profile.desk.office.trust()
    assert (len(trust.anchors), len(trust.revocation_lists)) == (1, 1)
    store.add(as_pem(ca.crl(number=2), "X509 CRL"))
    assert len(store.items()) == 2, "a newer list replaces the older one"
    for item in store.items():
        store.remove(item.identifier)
    assert store.items() == ()
    comments = [text for text in before.splitlines() if text.startswith("#")]
    assert [text for text in profile.desk.setup.office_text().splitlines() if text.startswith("#")] == comments
    assert profile.desk.casebook.verify_journal().whole


def test_what_is_no_ca_is_refused(store: TrustStore) -> None:
    key = make.ec_key(3)
    person = make.certificate(key, key, make.name(), make.name())
    for content in (as_pem(person, "CERTIFICATE"), person, b"bukan sertifikat", sample("01")):
        with pytest.raises(Declined):
            store.add(content)
    assert store.items() == ()


def test_the_mail_server_that_is_believed_is_exact(profile: OpenProfile, store: TrustStore) -> None:
    store.set_mail_server(" mx.pekalongankota.go.id ")
    assert profile.desk.settings().office.authserv_id == "mx.pekalongankota.go.id"
    with pytest.raises(Declined):
        store.set_mail_server("mx kota\n[x]")
    assert store.mail_server() == "mx.pekalongankota.go.id"
