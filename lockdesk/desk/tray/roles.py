"""Which file of a waiting mail is the letter and which the CSR, where the officer names it before accepting."""

from collections.abc import Mapping
from dataclasses import replace

from lockdesk.desk.ports import NamedBytes, Reader
from lockdesk.desk.requests.scanning import with_csr, with_letter
from lockdesk.desk.values.facts import Attachment, RequestFacts, StatementFacts, StatementProblem
from lockdesk.errors import Declined
from lockdesk.pki.values import CsrProblem, CsrReading
from lockdesk.words import _

Roles = Mapping[str, str]
"""By the SHA-256 of a file "statement", "csr" or "other", in the order in which they were named."""


def with_roles(facts: RequestFacts, roles: Roles, reader: Reader) -> RequestFacts:
    """The request with its files in these roles; one that gives way becomes one of the others. Raises Declined for a
    file that is not what it is to be, Unreachable when files cannot be opened safely."""
    for sha256, role in roles.items():
        item = next((item for item in facts.attachments if item.sha256 == sha256), None)
        if item is not None and role_of(facts, item) != role:
            facts = _with_role(facts, item, role, reader)
    return facts


def role_of(facts: RequestFacts, item: Attachment) -> str:
    return {facts.statement_file: "statement", facts.csr_file: "csr"}.get(item, "other")


def _with_role(facts: RequestFacts, item: Attachment, role: str, reader: Reader) -> RequestFacts:
    facts = _released(facts, item)
    if role == "other":
        return facts
    read = reader.read_request([NamedBytes(item.name, item.content)]) if item.content is not None else None
    if role == "statement":
        if read is None or read.statement.problem is StatementProblem.MISSING:
            raise _unfit(_("Berkas {name} bukan surat yang dapat dibuka.").format(name=item.name))
        return with_letter(facts, item, read.statement)
    if read is None or read.csr.problem is CsrProblem.MISSING:
        raise _unfit(_("Berkas {name} bukan CSR.").format(name=item.name))
    return with_csr(facts, item, read.csr)


def _released(facts: RequestFacts, item: Attachment) -> RequestFacts:
    """The request with this file as one of the others."""
    if item == facts.statement_file:
        missing = StatementFacts(StatementProblem.MISSING)
        facts = replace(facts, statement=missing, statement_file=None, others=(item, *facts.others))
    if item == facts.csr_file:
        missing_csr = CsrReading(CsrProblem.MISSING)
        others, several = (*facts.others, item), facts.csr_chosen or facts.csr_count > 1
        facts = replace(facts, csr=missing_csr, csr_file=None, csr_count=0, csr_chosen=several, others=others)
    return facts


def _unfit(words: str) -> Declined:
    return Declined(words, _("Biarkan sebagai lampiran lain, atau pilih berkas yang benar."), code="tray.role")
