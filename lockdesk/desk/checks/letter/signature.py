"""The electronic signature on the letter: six outcomes, each with its own sentence."""

from datetime import tzinfo

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.desk.checks.letter.statement import of_letter
from lockdesk.desk.checks.spec import EVERY, LETTER, CheckSpec, titles
from lockdesk.desk.values.facts import SignatureFacts, SignatureState, StatementFacts
from lockdesk.words import N_, _, day_words

_S = SignatureState
ORDER = tuple(SignatureState)
VERDICTS = {
    _S.VALID: Verdict.PASS,
    _S.NO_ANCHOR: Verdict.UNKNOWN,
    _S.UNCHECKED: Verdict.UNKNOWN,
}
"""Every other state fails."""
TITLES = {
    _S.DAMAGED: N_("Tanda tangan elektronik pada surat rusak"),
    _S.TAMPERED: N_("Surat diubah setelah ditandatangani"),
    _S.APPENDED: N_("Ada isi yang ditambahkan setelah tanda tangan"),
    _S.REVOKED: N_("Sertifikat penanda tangan surat sudah dicabut"),
    _S.EXPIRED: N_("Sertifikat penanda tangan surat sudah tidak berlaku"),
    _S.STRANGER: N_("Tanda tangan surat dibuat dengan sertifikat dari CA yang tidak dipercaya"),
    _S.NO_ANCHOR: N_("Penerbit tanda tangan surat belum dapat dipastikan"),
    _S.UNCHECKED: N_("Tanda tangan elektronik belum dapat diperiksa"),
}
WORDS = {
    _S.DAMAGED: N_("Tanda tangan tidak dapat dibaca."),
    _S.TAMPERED: N_("Isi surat tidak sama dengan yang ditandatangani {signer}."),
    _S.APPENDED: N_("Tanda tangan {signer} tidak mencakup seluruh berkas."),
    _S.REVOKED: N_("Sertifikat {signer} dicabut oleh {issuer}."),
    _S.EXPIRED: N_("Sertifikat {signer} tidak berlaku pada saat surat diterima."),
    _S.STRANGER: N_("Ditandatangani {signer} dengan sertifikat dari {issuer}, yang tidak dipercaya kantor."),
    _S.NO_ANCHOR: N_("Tanda tangan {signer} utuh, tetapi kantor belum menetapkan CA yang dipercaya."),
    _S.UNCHECKED: N_("Pemeriksaan tanda tangan tidak selesai."),
    _S.VALID: N_("Ditandatangani {signer}, sertifikat dari {issuer}; seluruh berkas tercakup dan utuh."),
}
REMEDY = N_("Tanda tangani ulang surat pernyataan, lalu kirim berkas aslinya tanpa diubah.")


def check_signature(statement: StatementFacts, zone: tzinfo) -> Finding | None:
    """statement.signature; none for a letter without an electronic one (ink is the officer's to see)."""
    found = statement.signatures
    if not found:
        if not statement.signature_fields:
            return None
        title = _("Kolom tanda tangan elektronik belum diisi")
        words = _("Surat mempunyai kolom tanda tangan elektronik yang kosong, atau belum dapat diperiksa.")
        return Finding("statement.signature", Verdict.UNKNOWN, words, place=Place("statement"), title=title)
    return _finding(min(found, key=lambda item: ORDER.index(item.state)), zone)


def _finding(worst: SignatureFacts, zone: tzinfo) -> Finding:
    verdict = VERDICTS.get(worst.state, Verdict.FAIL)
    words = _(WORDS[worst.state]).format(signer=worst.signer or "–", issuer=worst.issuer or "–")
    if worst.signed_at is not None:
        words += " " + _("Waktu menurut penanda tangan: {day}.").format(day=day_words(worst.signed_at, zone))
    remedy = _(REMEDY) if verdict is Verdict.FAIL else ""
    title = _(TITLES[worst.state]) if worst.state in TITLES else ""
    return Finding("statement.signature", verdict, words, remedy, Place("statement"), title)


CHECKS = (
    CheckSpec(
        "statement.signature",
        of_letter(lambda evidence: check_signature(evidence.facts.statement, evidence.zone)),
        titles(
            N_("Tanda tangan elektronik pada surat sah"),
            N_("Tanda tangan elektronik pada surat tidak sah"),
            unknown=N_("Tanda tangan elektronik pada surat belum dapat dipastikan"),
        ),
        N_("tanda tangan surat"),
        ((LETTER, ""),),
        EVERY,
        hard_stop=True,
        decide_unknown=True,
    ),
)
