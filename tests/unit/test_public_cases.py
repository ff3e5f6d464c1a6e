"""Small inputs made from public reports of people who do this work: each answer as `lockdesk inspect` gives it.

`tests/data/cases/expected.json`: `must`: one of the checks (joined by |) has one of the verdicts; `must_not`: the check
has none of them; `fields`: what the letter says, by its letters and digits.
"""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from lockdesk.desk.ports import NamedBytes
from lockdesk.reader.sealed import SealedReader
from lockdesk.verbs.inspect import findings_on, read_whole

CASES = Path(__file__).parents[1] / "data" / "cases"
EXPECTED: dict[str, dict[str, Any]] = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.casefold())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_reported_case_is_answered_rightly(reader: SealedReader, name: str) -> None:
    case = EXPECTED[name]
    facts = read_whole(reader, [NamedBytes(name, (CASES / name).read_bytes())])
    verdicts = {finding.check: finding.verdict.value for finding in findings_on(facts)}
    for checks, wanted in case["must"].items():
        got = {check: verdicts.get(check) for check in checks.split("|")}
        assert set(got.values()) & set(wanted.split("|")), (case["what"], got)
    for check, refused in case["must_not"].items():
        assert verdicts.get(check) not in refused.split("|"), (case["what"], check)
    read = asdict(facts.statement.fields)
    assert {field: plain(read[field]) for field in case["fields"]} == {
        field: plain(text) for field, text in case["fields"].items()
    }


def test_what_must_not_be_kept_is_withheld_and_nothing_else(reader: SealedReader) -> None:
    facts = read_whole(reader, [NamedBytes("x.eml", (CASES / "40-private-key-in-zip-kept.eml").read_bytes())])
    kept = {item.name: item.content is not None for item in facts.attachments}
    assert kept == {"Surat pernyataan.pdf": True, "sekar.csr": True, "berkas.zip": False}
    assert all(item.sha256 for item in facts.attachments)
    spoken = read_whole(reader, [NamedBytes("x.eml", (CASES / "42-passphrase-in-mail-body.eml").read_bytes())])
    assert spoken.mail is not None and "Batik" not in repr(spoken)
    assert spoken.statement.fields.nip and spoken.csr.facts is not None
    csr = read_whole(reader, [NamedBytes("x.eml", (CASES / "63-csr-challenge-password.eml").read_bytes())])
    assert csr.csr.der is None and csr.csr_file is not None and csr.csr_file.content is None


def test_headers_inside_an_attached_mail_prove_nothing(reader: SealedReader) -> None:
    """Forged results of authentication one layer down satisfy no check."""
    raw = (CASES / "33-request-inside-attached-eml.eml").read_bytes()
    head, _blank, body = raw.partition(b"\n\n")
    lines = re.sub(rb"(?m)^Authentication-Results:.*\n(?:[ \t].*\n)*", b"", head + b"\n")
    facts = read_whole(reader, [NamedBytes("x.eml", lines + b"\n" + body)])
    verdicts = {finding.check: finding.verdict.value for finding in findings_on(facts)}
    assert verdicts["mail.authentication"] == "unknown" and verdicts["mail.container"] == "warn"
    assert facts.mail is not None and facts.mail.quoted[0].sender is not None
    assert facts.mail.sender is not None and facts.mail.sender != facts.mail.quoted[0].sender
