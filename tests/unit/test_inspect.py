"""`lockdesk inspect` as a user or a script meets it: exit codes and JSON."""

import json
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from lockdesk.cli import main
from lockdesk.resource import resource
from tests.helpers.papers.samples import sample

FIELDS = {
    "name", "nik", "nip", "position", "agency", "email", "phone", "serial", "letter_number", "letter_date",
    "key_fingerprint",
}  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *paths: Path) -> tuple[int, Any]:
    code = main(["inspect", "--json", *map(str, paths)])
    output = capsys.readouterr().out
    return code, json.loads(output) if output else None


def verdicts(result: dict[str, Any]) -> dict[str, str]:
    return {item["check"]: item["verdict"] for item in result["findings"]}


def mail_with(name: str, content: bytes, kind: str = "application/octet-stream") -> bytes:
    mail = EmailMessage()
    mail["From"] = "Sekar Contohwati <sekar.contohwati@contoh.pekalongankota.go.id>"
    mail["Subject"] = "Lupa passphrase"
    mail["Date"] = "Mon, 23 Nov 2026 07:50:00 +0700"
    mail.set_content("Terlampir.")
    main_type, sub_type = kind.split("/")
    mail.add_attachment(content, maintype=main_type, subtype=sub_type, filename=name)
    return mail.as_bytes()


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_clean_request_has_all_facts_and_exit_0(capsys: pytest.CaptureFixture[str]) -> None:
    path = next(resource("samples").glob("01*.eml"))
    code, results = run(capsys, path)
    assert code == 0 and len(results) == 1
    facts = results[0]["facts"]
    assert set(facts["statement"]["fields"]) == FIELDS
    assert facts["statement"]["fields"]["name"].startswith("Sekar")
    assert facts["csr"]["key"] == "RSA 3072" and len(facts["csr"]["public_key_sha256"]) == 64
    assert facts["mail"]["from"].endswith("@contoh.pekalongankota.go.id")
    assert "fail" not in verdicts(results[0]).values()


def test_several_mails_give_several_results(capsys: pytest.CaptureFixture[str]) -> None:
    paths = sorted(resource("samples").glob("0[16]*.eml"))
    code, results = run(capsys, *paths)
    assert code == 1 and len(results) == 2
    assert verdicts(results[1])["csr.signature"] == "fail"


def test_a_letter_and_a_csr_given_together_are_one_request(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from email import message_from_bytes, policy

    mail = message_from_bytes(sample("01"), policy=policy.default)
    paths = [
        put(tmp_path, part.get_filename() or "x", part.get_content() if isinstance(part.get_content(), bytes)
            else str(part.get_content()).encode())
        for part in mail.walk() if part.get_filename()
    ]  # fmt: skip
    _code, results = run(capsys, *paths)
    assert len(results) == 1
    found = verdicts(results[0])
    assert found["statement.present"] == "pass" and found["statement.fingerprint"] == "pass"


def locked_pdf() -> bytes:
    file, document = BytesIO(), pikepdf.new()
    document.add_blank_page()
    document.save(file, encryption=pikepdf.Encryption(owner="x", user="y"))
    return file.getvalue()


def zipped() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("permintaan.csr", "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "check", "words"),
    [
        ("surat.pdf", b"", "statement.present", "kosong"),
        ("surat.pdf", b"%PDF-1.7\nrusak", "statement.present", "rusak"),
        ("surat.pdf", locked_pdf(), "statement.present", "kata sandi"),
        ("berkas.zip", zipped(), "attachment.archive", "tidak dibuka"),
        ("surat.pdf", b"%PDF-1.7\n" + b"0" * (50 * 1024 * 1024), "attachment.size", "terlalu besar"),
    ],
)
def test_bad_documents_are_findings_with_a_remedy(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: bytes, check: str, words: str
) -> None:
    code, results = run(capsys, put(tmp_path, "x.eml", mail_with(name, content)))
    assert code == 1
    found = [item for item in results[0]["findings"] if item["check"] == check]
    assert found and found[0]["verdict"] in {"fail", "warn"}
    assert words in found[0]["evidence"] and found[0]["remedy"]


def test_a_certificate_instead_of_a_csr_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, results = run(capsys, put(tmp_path, "x.eml", sample("09")))
    assert code == 1
    parses = next(item for item in results[0]["findings"] if item["check"] == "csr.parses")
    assert "sertifikat" in parses["evidence"] and "CSR" in parses["remedy"]


@pytest.mark.parametrize("content", [b"", b"\0" * 500, b"From: \xff\xfe\r\n\r\n", b"MIME-Version: 1.0\r\n" * 9999])
def test_a_damaged_mail_is_a_finding_not_a_crash(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    code, results = run(capsys, put(tmp_path, "rusak.eml", content))
    assert code == 1 and results[0]["findings"]


def test_missing_and_unsupported_input_is_exit_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["inspect", str(tmp_path / "tidak-ada.eml")]) == 2
    assert "tidak dapat dibaca" in capsys.readouterr().err
    program = put(tmp_path, "surat.exe", b"MZ\x90\0" + b"\0" * 100)
    assert main(["inspect", str(program)]) == 2
