"""`lockdesk inspect`: what the desk would see in a request, without a database.

Exit 0: no finding fails; 1: one fails (a damaged document is a finding); 2: input missing, unreadable or
of a sort that is no part of a request.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lockdesk.app import shipped_office
from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.all import run_checks
from lockdesk.desk.checks.catalogue import title_of
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.ports import MAIL_SUFFIXES, NamedBytes, Trust
from lockdesk.desk.requests.gathering import applicant_from
from lockdesk.desk.requests.scanning import PAPERS, more_of_a_letter, says_so, with_letter
from lockdesk.desk.values.facts import AttachmentKind, MailFacts, RequestFacts, StatementProblem
from lockdesk.desk.values.person_fields import masked
from lockdesk.machine_risk import risk_accepted
from lockdesk.pki.values import CsrFacts, CsrProblem
from lockdesk.plain import speaks_unicode
from lockdesk.reader.sealed import SealedReader
from lockdesk.words import _, system_words

_SYMBOLS = {Verdict.FAIL: "✗", Verdict.WARN: "!", Verdict.UNKNOWN: "?", Verdict.PASS: "✓"}
_UNSUPPORTED = {AttachmentKind.IMAGE, AttachmentKind.OFFICE, AttachmentKind.PROGRAM, AttachmentKind.OTHER}


def run_inspect(paths: Sequence[Path], as_json: bool) -> int:
    """Reads mails one by one, and all other files together as one request; what is missing stops no other file."""
    files = _load(paths)
    mails = [item for item in files if item.name.lower().endswith(MAIL_SUFFIXES)]
    loose = [item for item in files if item not in mails]
    groups = [[mail] for mail in mails] + ([loose] if loose else [])
    results, unusable = [], len(files) < len(paths)
    office = shipped_office().office
    trust = Trust(office.trust_anchors, office.revocation_lists, datetime.now(UTC))
    with SealedReader(lambda: trust, unsealed=risk_accepted) as reader:
        for group in groups:
            facts = read_whole(reader, group)
            if facts.mail is None and _nothing_of_a_request(facts):
                names = ", ".join(item.name for item in group)
                print(_("{names}: jenis berkas tidak didukung.").format(names=names), file=sys.stderr)
                unusable = True
            results.append((group, facts, findings_on(facts)))
    (_print_json if as_json else _print_words)(results)
    if unusable:
        return 2
    return int(any(finding.verdict is Verdict.FAIL for _g, _f, found in results for finding in found))


def read_whole(reader: SealedReader, group: Sequence[NamedBytes]) -> RequestFacts:
    """A request with its letter read to the end: one that is only a picture by OCR."""
    facts = reader.read_request(group)
    statement, file = facts.statement, facts.statement_file
    if statement.problem is not StatementProblem.NONE or statement.has_text or file is None:
        return facts
    read = replace(facts, statement=reader.read_scan(file.content)) if file.content else facts
    for other in facts.others:
        if says_so(read.statement):
            break
        if other.kind in PAPERS and other.content is not None:
            candidate = reader.read_scan(other.content)
            read = with_letter(read, other, candidate) if more_of_a_letter(candidate, read.statement) else read
    return read


def findings_on(facts: RequestFacts) -> tuple[Finding, ...]:
    """What the checks say of a request when there is no casebook."""
    return run_checks(_evidence(facts))


def _load(paths: Sequence[Path]) -> list[NamedBytes]:
    """The files that can be read; of each other one it is said why not."""
    files = []
    for path in paths:
        try:
            files.append(NamedBytes(path.name, path.read_bytes()))
        except OSError as error:
            print(_("{path} tidak dapat dibaca: {why}.").format(path=path, why=system_words(error)), file=sys.stderr)
    return files


def _nothing_of_a_request(facts: RequestFacts) -> bool:
    kinds = {item.kind for item in facts.attachments}
    missing = facts.statement.problem is StatementProblem.MISSING and facts.csr.problem is CsrProblem.MISSING
    return missing and bool(kinds) and kinds <= _UNSUPPORTED


def _evidence(facts: RequestFacts) -> Evidence:
    office = shipped_office().office
    # The age of a letter is measured against the mail's arrival; a loose letter's against today.
    received = (facts.mail.date if facts.mail else None) or datetime.now(UTC)
    return Evidence(
        facts=facts,
        applicant=applicant_from(facts),
        received_on=received.astimezone(office.zone).date(),
        received_at=received,
        mail_domains=office.mail_domains,
        accept_ed25519=office.accept_ed25519,
        authserv_id=office.authserv_id,
        mail_max_age_days=office.mail_max_age_days,
        statement_max_age_days=office.statement_max_age_days,
        demands=office.demands,
        zone=office.zone,
    )


_Result = tuple[list[NamedBytes], RequestFacts, tuple[Finding, ...]]


def _print_words(results: Sequence[_Result]) -> None:
    for group, facts, findings in results:
        print(", ".join(item.name for item in group))
        fields = {name: text for name, text in asdict(facts.statement.fields).items() if text}
        for name, text in fields.items():
            print(f"  {name}: {masked(name, text)}")
        if facts.csr.facts is not None:
            print(f"  csr: {facts.csr.facts.subject.text}, {facts.csr.facts.key.words}")
            print(f"  public_key_sha256: {facts.csr.facts.key.sha256}")
        for finding in findings:
            print(f"  {_SYMBOLS[finding.verdict]} {finding.check}: {title_of(finding)}. {finding.evidence}")
            if finding.remedy and finding.verdict is not Verdict.PASS:
                print(f"      → {finding.remedy}")


def _print_json(results: Sequence[_Result]) -> None:
    rows = [
        {
            "file": ", ".join(item.name for item in group),
            "facts": _facts(facts),
            "findings": [
                {
                    "check": finding.check,
                    "verdict": finding.verdict.value,
                    "evidence": finding.evidence,
                    "remedy": finding.remedy,
                }
                for finding in findings
            ],
        }
        for group, facts, findings in results
    ]
    json.dump(rows, sys.stdout, ensure_ascii=not speaks_unicode(sys.stdout), indent=2)
    print()


def _facts(facts: RequestFacts) -> dict[str, Any]:
    found: dict[str, Any] = {"mail": _mail(facts.mail) if facts.mail else None}
    found["csr"] = _csr(facts.csr.facts) if facts.csr.facts else None
    statement = facts.statement
    found["statement"] = (
        None
        if statement.problem is StatementProblem.MISSING
        else {
            "problem": statement.problem.value,
            "pages": statement.pages,
            "fields": asdict(statement.fields),
            "doubted": dict(statement.doubted),
            "evidence": dict(statement.evidence),
            "people": [
                {"role": person.role, "fields": asdict(person.fields), "doubted": list(person.doubted)}
                for person in statement.people
            ],
            "risks": list(statement.risks),
            "ocr": statement.ocr,
            "signatures": [
                {"state": item.state.value, "signer": item.signer, "issuer": item.issuer}
                for item in statement.signatures
            ],
        }
    )
    found["attachments"] = [
        {"name": item.name, "kind": item.kind.value, "size": item.size, "sha256": item.sha256}
        for item in facts.attachments
    ]
    return found


def _mail(mail: MailFacts) -> dict[str, Any]:
    return {
        "from": mail.sender.mailbox if mail.sender else "",
        "name": mail.sender.name if mail.sender else "",
        "subject": mail.subject,
        "date": mail.date.isoformat() if mail.date else None,
        "message_id": mail.message_id,
        "reply_to": [item.mailbox for item in mail.reply_to],
        "authentication_results": list(mail.authentication_results),
        "defects": list(mail.defects),
    }


def _csr(facts: CsrFacts) -> dict[str, Any]:
    return {
        "subject": facts.subject.text,
        "key": facts.key.words,
        "public_key_sha256": facts.key.sha256,
        "signature_hash": facts.signature_hash,
        "signature_valid": facts.signature_valid,
        "extensions": list(facts.extensions),
        "weaknesses": None if facts.weaknesses is None else list(facts.weaknesses),
    }
