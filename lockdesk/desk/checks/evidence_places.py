"""Where the evidence of every check stands: one table, read by whatever shows a finding."""

from collections.abc import Mapping
from dataclasses import replace

from lockdesk.core.findings import Finding, Place
from lockdesk.desk.values.cases import CaseView

LETTER, CSR, MAIL = "statement", "csr", "mail"
COMPARISON, CERTIFICATE, DOCUMENTS = "comparison", "certificate", "documents"
DIFFERING = "differing"
"""The anchor of every row of the comparison that differs."""
Anchors = tuple[tuple[str, str], ...]
"""Pairs of a source and an anchor in it: a field in the letter, a line of the CSR, a header of the mail, a row of
the comparison, a line of the old certificate; "" is the whole of it."""

EVIDENCE: Mapping[str, Anchors] = {
    "attachment.private_key": ((DOCUMENTS, ""),),
    "attachment.size": ((DOCUMENTS, ""),),
    "attachment.archive": ((DOCUMENTS, ""),),
    "attachment.type": ((DOCUMENTS, ""),),
    "mail.readable": ((MAIL, ""),),
    "mail.sender_domain": ((MAIL, "From"), (COMPARISON, "email")),
    "mail.lookalike": ((MAIL, "From"), (COMPARISON, "email")),
    "mail.authentication": ((MAIL, "Authentication-Results"),),
    "mail.age": ((MAIL, "Date"),),
    "mail.reply_to": ((MAIL, "Reply-To"),),
    "mail.sender_person": ((MAIL, "From"), (COMPARISON, "email")),
    "mail.container": ((DOCUMENTS, ""),),
    "mail.secret": ((DOCUMENTS, ""),),
    "statement.present": ((DOCUMENTS, ""),),
    "statement.readable": ((LETTER, ""),),
    "statement.risks": ((LETTER, ""),),
    "statement.signature": ((LETTER, ""),),
    "statement.replayed": ((LETTER, ""),),
    "statement.age": ((LETTER, "letter_date"),),
    "statement.identity": ((LETTER, "name"), (COMPARISON, DIFFERING)),
    "statement.fingerprint": ((LETTER, "key_fingerprint"), (CSR, "fingerprint")),
    "statement.purpose": ((LETTER, ""),),
    "statement.person": ((LETTER, "name"), (COMPARISON, "name")),
    "statement.hidden_text": ((LETTER, ""),),
    "csr.present": ((CSR, "file"),),
    "csr.single": ((CSR, "file"),),
    "csr.parses": ((CSR, "file"),),
    "csr.signature": ((CSR, "signature"),),
    "csr.algorithm": ((CSR, "algorithm"),),
    "csr.key_strength": ((CSR, "key"),),
    "csr.weak_key": ((CSR, "key"),),
    "csr.replayed": ((CSR, "file"),),
    "csr.key_reuse": ((CSR, "fingerprint"),),
    "csr.subject": ((CSR, "subject"), (LETTER, "name"), (COMPARISON, "name")),
    "csr.extensions": ((CSR, "extensions"),),
    "csr.attributes": ((CSR, "extensions"),),
    "identity.nik": ((LETTER, "nik"), (COMPARISON, "nik"), (CSR, "nik")),
    "identity.nip": ((LETTER, "nip"), (COMPARISON, "nip"), (CSR, "nip")),
    "identity.agree": ((LETTER, "nik"), (LETTER, "nip"), (COMPARISON, "nik"), (COMPARISON, "nip")),
    "certificate.identified": ((LETTER, "serial"), (CERTIFICATE, "serial"), (COMPARISON, "serial")),
    "certificate.owner": ((CERTIFICATE, "holder"), (LETTER, "name"), (COMPARISON, "name")),
    "certificate.status": ((CERTIFICATE, "status"),),
    "case.duplicate": ((COMPARISON, "nip"),),
}


def places_of(finding: Finding, case: CaseView) -> tuple[Place, ...]:
    """Every place of a finding's evidence, its own first; a source that it names itself is not asked again.

    Fields of the letter that were not found leave nothing.
    """
    own = finding.place
    listed = tuple(pair for pair in EVIDENCE[finding.check] if own is None or pair[0] != own.source)
    return (*(() if own is None else (own,)), *_places(listed, case))


def field_places(field: str, case: CaseView) -> tuple[Place, ...]:
    """Where one row of the comparison comes from: the letter's field and the CSR's line."""
    return _places(((LETTER, field), (CSR, field)), case)


def _places(anchors: Anchors, case: CaseView) -> tuple[Place, ...]:
    known = dict(case.facts.statement.places)
    found = []
    for source, anchor in anchors:
        if source == LETTER and anchor:
            found.extend([replace(known[anchor], anchor=anchor)] if anchor in known else [])
        else:
            found.append(Place(source, anchor=anchor))
    return tuple(found)
