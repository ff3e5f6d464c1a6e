"""Signed letters through the sealed reader: each way to be wrong has its own finding."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from lockdesk.core.findings import Verdict
from lockdesk.desk.checks.letter.signature import check_signature
from lockdesk.desk.ports import NamedBytes, Trust
from lockdesk.desk.values.facts import SignatureState, StatementFacts
from lockdesk.reader.sealed import SealedReader
from tests.helpers.papers.signed_letters import AT, authority, letter, sign, signed_by

WIB = ZoneInfo("Asia/Jakarta")

S = SignatureState


class Setting:
    """The office's trust, set anew for each letter."""

    def __init__(self) -> None:
        self.trust = Trust((), (), AT)
        self.reader = SealedReader(lambda: self.trust)


@pytest.fixture(scope="module")
def office() -> Iterator[Setting]:
    setting = Setting()
    with setting.reader:
        yield setting


def read(office: Setting, pdf: bytes, trust: Trust) -> StatementFacts:
    office.trust = trust
    return office.reader.read_request([NamedBytes("surat.pdf", pdf)]).statement


def trusting(*revocation_lists: bytes) -> Trust:
    return Trust((authority().der,), revocation_lists or (authority().crl(),), AT)


def tampered() -> tuple[bytes, Trust]:
    """Another name written over the signed one, in the page's own bytes."""
    pdf, _certificate = signed_by(authority())
    before = pdf.index(b"stream")
    middle = before + 40
    return pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :], trusting()


def appended() -> tuple[bytes, Trust]:
    pdf, _certificate = signed_by(authority())
    return pdf + b"\n% tambahan\n" + b"x" * 400, trusting()


def new_revision() -> tuple[bytes, Trust]:
    """A page put behind the signature as a proper incremental revision."""
    from pyhanko.pdf_utils.generic import StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import PageObject

    pdf, _certificate = signed_by(authority())
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stream = writer.add_object(StreamObject(stream_data=b"q Q"))
    writer.insert_page(PageObject(contents=stream, media_box=(0, 0, 595, 842)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), trusting()


def revoked() -> tuple[bytes, Trust]:
    pdf, certificate = signed_by(authority())
    return pdf, trusting(authority().crl(certificate))


CASES: dict[str, tuple[Callable[[], tuple[bytes, Trust]], SignatureState]] = {
    "valid": (lambda: (signed_by(authority())[0], trusting()), S.VALID),
    "stranger": (lambda: (signed_by(authority("CA Asing"))[0], trusting()), S.STRANGER),
    "tampered": (tampered, S.TAMPERED),
    "appended": (appended, S.APPENDED),
    "new_revision": (new_revision, S.APPENDED),
    "revoked": (revoked, S.REVOKED),
    "expired": (
        lambda: (signed_by(authority(), AT - timedelta(days=400), 365)[0], trusting()),
        S.EXPIRED,
    ),
    "not_yet": (lambda: (signed_by(authority(), AT + timedelta(days=5))[0], trusting()), S.EXPIRED),
    "no_anchor": (lambda: (signed_by(authority())[0], Trust((), (), AT)), S.NO_ANCHOR),
    "tampered_no_anchor": (lambda: (tampered()[0], Trust((), (), AT)), S.TAMPERED),
    "no_list": (lambda: (signed_by(authority())[0], Trust((authority().der,), (), AT)), S.UNCHECKED),
    "old_list": (
        lambda: (signed_by(authority())[0], Trust(trusting().anchors, trusting().revocation_lists,
                                                  AT + timedelta(days=90))),
        S.UNCHECKED,
    ),
    "other_list": (
        lambda: (signed_by(authority())[0], trusting(authority("CA Asing").crl())),
        S.UNCHECKED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_outcome_has_its_own_state(office: Setting, name: str) -> None:
    make, expected = CASES[name]
    facts = read(office, *make())
    assert [item.state for item in facts.signatures] == [expected], facts.signatures
    assert facts.signatures[0].signer == "Sekar Contohwati"


def test_the_six_outcomes_are_six_different_findings(office: Setting) -> None:
    findings = []
    for name in ("valid", "stranger", "tampered", "appended", "revoked", "expired"):
        finding = check_signature(read(office, *CASES[name][0]()), WIB)
        assert finding is not None
        findings.append((finding.verdict, finding.title, finding.evidence))
    assert len({evidence for _verdict, _title, evidence in findings}) == 6
    assert [verdict for verdict, _title, _words in findings] == [Verdict.PASS] + [Verdict.FAIL] * 5


def test_when_a_letter_was_signed_is_a_day_of_the_office_s(office: Setting) -> None:
    """At five in the morning it is still the day before in UTC."""
    facts = read(office, *CASES["valid"][0]())
    signed = replace(facts.signatures[0], signed_at=datetime(2026, 11, 22, 22, tzinfo=UTC))
    finding = check_signature(replace(facts, signatures=(signed,)), WIB)
    assert finding is not None and "23 November 2026" in finding.evidence


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP521R1(), None])
def test_other_keys_are_judged_in_the_cage_too(office: Setting, curve: ec.EllipticCurve | None) -> None:
    key = rsa.generate_private_key(65537, 2048) if curve is None else ec.generate_private_key(curve)
    pdf, _certificate = signed_by(authority(), key=key)
    assert [item.state for item in read(office, pdf, trusting()).signatures] == [S.VALID]


def test_a_second_signature_leaves_the_first_one_valid(office: Setting) -> None:
    first, _certificate = signed_by(authority())
    key = ec.generate_private_key(ec.SECP256R1())
    second = authority().issue(key, "Atasan Contoh", AT - timedelta(days=9), 365)
    facts = read(office, sign(first, key, second, "Mengetahui"), trusting())
    assert [item.state for item in facts.signatures] == [S.VALID, S.VALID]
    assert facts.signatures[1].signer == "Atasan Contoh"


def test_an_empty_field_and_rubbish_in_one_are_not_valid(office: Setting) -> None:
    with pikepdf.open(io.BytesIO(letter())) as document:
        value = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), Contents=b"\x30\x03xyz",
            ByteRange=[0, 10, 20, 30], SubFilter=pikepdf.Name("/ETSI.CAdES.detached"),
        )  # fmt: skip
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="x", V=document.make_indirect(value))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[document.make_indirect(field)], SigFlags=3)
        out = io.BytesIO()
        document.save(out)
    facts = read(office, out.getvalue(), trusting())
    assert [item.state for item in facts.signatures] == [S.DAMAGED]
    assert read(office, letter(), trusting()).signatures == ()
