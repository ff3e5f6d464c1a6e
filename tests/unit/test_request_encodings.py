"""Requests as applicants wrap them: each is one and the same, and what is refused is named by its cause."""

import base64

from lockdesk.pki.certification_request import pem_request, read_request
from lockdesk.pki.csr import read_csr
from lockdesk.pki.values import CsrProblem
from tests.helpers.authority import pki_material as make


def test_a_request_is_itself_whatever_it_is_wrapped_in() -> None:
    plain = make.request()
    for content in (
        plain + b"\r\n",
        plain + b"\0\0\0",
        pem_request(plain).replace("\n", "<br>\n").encode(),
        pem_request(plain).replace("-----", "\u2013" * 5).encode("cp1252"),
        (pem_request(plain) * 2).encode(),
        base64.encodebytes(plain),
    ):
        reading = read_csr(content)
        assert (reading.problem, reading.der) == (CsrProblem.NONE, plain)


def test_another_version_and_another_sort_of_request_are_named() -> None:
    version = bytearray(make.request())
    version[version.index(b"\x02\x01\x00") + 2] = 1
    assert read_csr(bytes(version)).problem is CsrProblem.VERSION
    assert read_csr(b"SPKAC=MIIBOjCBpDAN").problem is CsrProblem.SPKAC


def test_a_name_outside_of_printable_string_is_read_and_said() -> None:
    content = make.request(organization="Dinas & Rekan")
    as_printable = content.replace(b"\x0c\x0dDinas & Rekan", b"\x13\x0dDinas & Rekan")
    assert as_printable != content
    request = read_request(as_printable)
    assert "Dinas & Rekan" in request.subject.rfc4514_string()
    facts = read_csr(as_printable).facts
    assert facts is not None and facts.deviations == ("printable_string",)
    assert facts.signature_valid is False, "the bytes were changed: only what was signed verifies"
