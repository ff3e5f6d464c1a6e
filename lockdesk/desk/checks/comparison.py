"""The identity comparison: letter, mail, CSR and staff register in four columns, differences marked."""

from lockdesk.core.findings import Verdict
from lockdesk.core.identity import digits
from lockdesk.desk.checks.letter.identity import IDENTITY_FIELDS
from lockdesk.desk.values.cases import CaseView, ComparisonRow
from lockdesk.desk.values.person_fields import BY_NAME, compared

_COLUMNS = ("statement", "mail", "csr")


def compare_identity(case: CaseView) -> tuple[ComparisonRow, ...]:
    """One row per field that at least one source names. The NIK comes masked."""
    rows = (_row(case, field) for field in (*IDENTITY_FIELDS, "serial"))
    return tuple(row for row in rows if any((row.statement, row.mail, row.csr, row.register)))


def _row(case: CaseView, field: str) -> ComparisonRow:
    known = _register(case, field)
    found = {"statement": getattr(case.facts.statement.fields, field), "mail": "", "csr": ""}
    found["mail"], found["csr"] = _from_mail(case, field), _from_csr(case, field)
    differing = tuple(
        column for column in _COLUMNS if found[column] and known and _differs(case, field, found[column], known)
    )
    verdict = Verdict.WARN if differing else Verdict.PASS if known else Verdict.UNKNOWN
    cells = {column: compared(field, text) for column, text in found.items()}
    return ComparisonRow(field, register=compared(field, known), differing=differing, verdict=verdict, **cells)


def _differs(case: CaseView, field: str, written: str, known: str) -> bool:
    """Of several known serials one must be the written one."""
    if field == "serial" and case.register is not None:
        return all(BY_NAME[field].differs(written, serial) for serial in case.register.serials)
    return bool(BY_NAME[field].differs(written, known))


def _register(case: CaseView, field: str) -> str:
    if case.register is None:
        return ""
    return ", ".join(case.register.serials) if field == "serial" else case.register.text(field)


def _from_mail(case: CaseView, field: str) -> str:
    sender = case.facts.mail.sender if case.facts.mail is not None else None
    if sender is None:
        return ""
    return {"name": sender.name, "email": sender.mailbox}.get(field, "")


def _from_csr(case: CaseView, field: str) -> str:
    facts = case.facts.csr.facts
    if facts is None:
        return ""
    subject, number = facts.subject, digits(facts.subject.serial_number)
    lengths = {"nip": 18, "nik": 16}
    if field in lengths:
        return number if len(number) == lengths[field] else ""
    named = {
        "name": subject.common_name,
        "agency": subject.organization,
        "position": subject.title,
        "email": subject.email,
    }
    return named.get(field, "")
