"""The shipped sample requests, read by the sealed reader: what each was made to show is found."""

import json
from pathlib import Path

import pytest

from lockdesk.core.identity import numbers_agree, read_nik, read_nip
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import AttachmentKind, RequestFacts, StatementFields, StatementProblem
from lockdesk.gateway.training import SeedCertificate, load_seeds
from lockdesk.pki.keys import key_strength
from lockdesk.pki.values import CsrProblem, parse_serial
from lockdesk.reader.sealed import SealedReader
from lockdesk.resource import resource

FOLDER = resource("samples")
NAMES = sorted(path.name for path in FOLDER.glob("*.eml"))
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
OUTCOMES = {"completed", "rejected", "refused_at_intake", "resolved_otherwise", "asked"}
PROBLEMS = {"07": CsrProblem.PRIVATE_KEY, "09": CsrProblem.CERTIFICATE}
WITHOUT_FINGERPRINT = {"03", "09", "14"}


@pytest.fixture(scope="module")
def requests(reader: SealedReader) -> dict[str, RequestFacts]:
    return {name: reader.read_request([NamedBytes(name, (FOLDER / name).read_bytes())]) for name in NAMES}


@pytest.fixture(scope="module")
def seeds() -> dict[int, SeedCertificate]:
    return {seed.serial: seed for seed in load_seeds(FOLDER / "people.json")}


def test_there_are_enough_of_them_and_each_has_an_expectation() -> None:
    assert len(NAMES) >= 16 and set(EXPECTED) == set(NAMES)
    assert sum(path.stat().st_size for path in Path(FOLDER).iterdir() if path.is_file()) < 4_000_000
    for row in EXPECTED.values():
        assert row["outcome"] in OUTCOMES and row["sentence"].endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_mail_letter_and_request_are_found(name: str, requests: dict[str, RequestFacts]) -> None:
    facts = requests[name]
    assert facts.mail is not None and facts.mail.defects == ()
    assert facts.mail.date is not None and facts.mail.date.date().isoformat() == "2026-11-23"
    assert facts.mail.received and facts.mail.authentication_results and facts.mail.return_path is not None
    assert facts.statement.problem is StatementProblem.NONE and facts.statement.pages == 1
    assert facts.statement.risks == ()
    assert facts.csr.problem is PROBLEMS.get(name[:2], CsrProblem.NONE)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("03")])
def test_every_field_of_the_letter_is_found_with_its_place(name: str, requests: dict[str, RequestFacts]) -> None:
    statement = requests[name].statement
    fields = statement.fields
    empty = {item for item in StatementFields.__dataclass_fields__ if not getattr(fields, item)}
    assert empty == ({"key_fingerprint"} if name[:2] in WITHOUT_FINGERPRINT else set())
    assert {field for field, _place in statement.places} == set(StatementFields.__dataclass_fields__) - empty
    nik, nip = read_nik(fields.nik), read_nip(fields.nip)
    assert (nik.problem, nip.problem) == ("", "") and numbers_agree(nik, nip)
    assert nik.number.startswith("337599")


@pytest.mark.parametrize("name", NAMES)
def test_the_key_is_strong_and_the_one_in_the_letter(name: str, requests: dict[str, RequestFacts]) -> None:
    facts = requests[name]
    if facts.csr.facts is None:
        assert name.startswith("09")
        return
    assert key_strength(facts.csr.facts.key) == ()
    assert facts.csr.facts.signature_valid is (not name.startswith("06"))
    if name[:2] not in WITHOUT_FINGERPRINT:
        written = facts.statement.fields.key_fingerprint.replace(" ", "")
        assert len(written) == 8 and facts.csr.facts.key.sha256.endswith(written)


def test_the_serials_belong_to_the_applicants_but_for_one(
    requests: dict[str, RequestFacts], seeds: dict[int, SeedCertificate]
) -> None:
    for name, facts in requests.items():
        if name.startswith("03"):
            continue
        fields = facts.statement.fields
        holders = [seeds[number] for number in parse_serial(fields.serial) if number in seeds]
        assert [holder.name == fields.name for holder in holders] == [not name.startswith("13")]
    assert len(seeds) == 17 and all(seed.serial.bit_length() == 127 for seed in seeds.values())


def test_the_special_ones_are_special(requests: dict[str, RequestFacts]) -> None:
    of = {name[:2]: facts for name, facts in requests.items()}
    assert not of["03"].statement.has_text
    assert of["04"].statement.signature_fields == 1
    assert of["05"].csr.facts is not None and of["05"].csr.facts.subject.common_name.startswith("Orang")
    held = of["07"].csr_file
    assert held is not None and (held.kind, held.content) == (AttachmentKind.PRIVATE_KEY, None)
    assert of["08"].mail is not None and of["08"].mail.sender is not None
    assert of["08"].mail.sender.domain.endswith(".example")
    names = {of[number].statement.fields.name.partition(",")[0] for number in ("11", "12")}
    assert names == {"Agus Samanama"} and of["11"].statement.fields.nip != of["12"].statement.fields.nip
    assert "kedaluwarsa" in of["14"].statement.text and "diketahui oleh rekan" in of["17"].statement.text
    assert of["16"].statement.fields.position == "Pustakawan Ahli Muda"
    assert of["18"].mail is not None and len(of["18"].mail.reply_to) == 1
