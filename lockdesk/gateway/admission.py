"""Whether a CSR may be certified: proof of possession and strength, asked before anything is issued."""

from lockdesk.pki.csr import read_csr
from lockdesk.pki.keys import STRENGTH_WORDS, key_strength
from lockdesk.pki.values import CsrFacts, CsrProblem
from lockdesk.words import _


def read_acceptable(csr_der: bytes) -> tuple[CsrFacts | None, str]:
    """The facts and "" when the CSR may be certified, else the objection in Indonesian."""
    reading = read_csr(csr_der)
    facts = reading.facts
    if reading.problem is not CsrProblem.NONE or facts is None or reading.der != csr_der:
        return facts, _("CSR tidak terbaca sebagai satu permohonan PKCS#10.")
    if facts.signature_valid is None:
        return facts, _("Algoritma tanda tangan CSR tidak diterima.")
    if not facts.signature_valid:
        return facts, _("Tanda tangan CSR tidak sah: kepemilikan kunci privat tidak terbukti.")
    if weak := key_strength(facts.key):
        words = ", ".join(_(STRENGTH_WORDS[name]) for name in weak)
        return facts, _("Kunci pada CSR tidak diterima: {words}.").format(words=words)
    return facts, ""
