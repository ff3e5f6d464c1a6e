"""The CSR that a case's certificate is asked for on."""

import hashlib

from lockdesk.desk.casebook import Casebook
from lockdesk.desk.values.cases import CaseView
from lockdesk.errors import Declined
from lockdesk.pki.values import CsrProblem
from lockdesk.words import _

NO_CSR = b""
"""Stands for the CSR where a person applies in the CA's portal and no CSR came."""


def csr_to_certify(casebook: Casebook, case: CaseView, by_hand: bool) -> bytes:
    """The stored CSR; NO_CSR where none came and a person applies in the portal (`by_hand`). Whether the office may do
    without one was judged when the case was accepted. Raises Declined."""
    if by_hand and case.facts.csr.problem is CsrProblem.MISSING:
        return NO_CSR
    return stored_csr(casebook, case)


def key_of(case: CaseView) -> str:
    """The SHA-256 of the CSR's public key, "" without a CSR."""
    return case.facts.csr.facts.key.sha256 if case.facts.csr.facts is not None else ""


def require_unburnt(casebook: Casebook, case: CaseView) -> None:
    """Raises Declined when somebody else has had the private key of the case's CSR: on no route is it certified."""
    key = key_of(case)
    if key and any(use.use == "burnt" for use in casebook.key_uses(key, None)):
        raise Declined(
            _("Kunci privat CSR ini pernah ikut terkirim, maka kuncinya tidak boleh disertifikasi."),
            _("Minta CSR baru dengan kunci baru kepada pemohon."),
            code="csr.burnt",
        )


def stored_csr(casebook: Casebook, case: CaseView) -> bytes:
    """The stored CSR (DER), proved to be the one that was checked. Raises Declined."""
    found = [item for item in case.documents if item.role == "csr_der" and item.stored]
    if not found:
        raise Declined(_("Kasus ini tidak mempunyai CSR."), _("Minta CSR kepada pemohon."), code="csr.none")
    der = casebook.document(found[-1].id)
    accepted = case.facts.csr.facts
    if accepted is None or hashlib.sha256(der).hexdigest() != accepted.der_sha256:
        raise Declined(
            _("CSR yang tersimpan bukan CSR yang diperiksa."), _("Periksa ulang kasus ini."), code="csr.swapped"
        )
    return der
