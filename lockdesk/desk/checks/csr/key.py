"""The key of a CSR: held by whoever sent it, strong, and never used before."""

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.desk.checks.csr.file import of_csr
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.spec import CSR, EVERY, CheckSpec, titles
from lockdesk.pki.keys import STRENGTH_WORDS, key_strength
from lockdesk.pki.values import CsrFacts
from lockdesk.words import N_, _

STRENGTH_REMEDY = N_("Buat kunci baru: RSA 3072 bit atau EC P-256, lalu kirim CSR baru.")
WEAKNESS_WORDS = {
    "roca": N_("ROCA: pembangkit kunci cip yang cacat (CVE-2017-15361)"),
    "fermat": N_("kedua bilangan primanya terlalu berdekatan (Fermat)"),
    "smallfactors": N_("modulus habis dibagi bilangan kecil"),
    "sharedprimes": N_("bilangan primanya dipakai bersama kunci lain"),
    "smalld": N_("eksponen privat terlalu kecil (Wiener)"),
    "rsainvalid": N_("nilai RSA tidak mungkin"),
    "rsapoly": N_("modulus berpola nol sehingga dapat difaktorkan"),
    "pattern": N_("modulus berpola berulang"),
    "xzbackdoor": N_("modulus memuat isi pintu belakang xz"),
    "dsasparse": N_("kunci DSA terlalu sedikit bitnya"),
}


def _weakness(_evidence: Evidence, facts: CsrFacts) -> Finding:
    """A key whose private half others can work out: a hard stop."""
    place = Place("csr", anchor="key")
    if facts.weaknesses is None:
        words = _("Kunci ini tidak dapat diperiksa.")
        return Finding("csr.weak_key", Verdict.UNKNOWN, words, place=place)
    if not facts.weaknesses:
        return Finding("csr.weak_key", Verdict.PASS, _("Tidak ada kelemahan yang dikenal."), place=place)
    words = "; ".join(_(WEAKNESS_WORDS.get(name, name)) for name in facts.weaknesses)
    return Finding("csr.weak_key", Verdict.FAIL, f"{facts.key.words}: {words}.", _(STRENGTH_REMEDY), place)


def _strength(evidence: Evidence, facts: CsrFacts) -> Finding:
    problems = key_strength(facts.key, evidence.accept_ed25519)
    place = Place("csr", anchor="key")
    if not problems:
        return Finding("csr.key_strength", Verdict.PASS, facts.key.words, place=place)
    words = ", ".join(_(STRENGTH_WORDS[problem]) for problem in problems)
    return Finding("csr.key_strength", Verdict.FAIL, f"{facts.key.words}: {words}.", _(STRENGTH_REMEDY), place)


def _algorithm(_evidence: Evidence, facts: CsrFacts) -> Finding:
    place = Place("csr", anchor="algorithm")
    if facts.signature_hash in {"sha256", "sha384", "sha512", "none"}:
        name = facts.signature_hash.upper().replace("SHA", "SHA-")
        words = facts.key.words if facts.signature_hash == "none" else name
        return Finding("csr.algorithm", Verdict.PASS, words, place=place)
    return Finding(
        "csr.algorithm",
        Verdict.FAIL,
        _("Algoritma {name} tidak diterima.").format(name=facts.signature_hash.upper()),
        _("Buat ulang CSR dengan SHA-256."),
        place,
    )


def _signature(_evidence: Evidence, facts: CsrFacts) -> Finding:
    place = Place("csr", anchor="signature")
    if facts.signature_valid:
        return Finding("csr.signature", Verdict.PASS, _("Pemohon memegang kunci privatnya."), place=place)
    if facts.signature_valid is None:
        words = _("Tidak dapat diperiksa karena algoritmanya tidak diterima.")
        return Finding("csr.signature", Verdict.UNKNOWN, words, place=place)
    return Finding(
        "csr.signature",
        Verdict.FAIL,
        _("Tanda tangan pada CSR tidak cocok dengan isinya; CSR telah diubah atau rusak."),
        _("Buat ulang CSR dan kirim tanpa diubah."),
        place,
    )


def _reuse(evidence: Evidence, _facts: CsrFacts) -> Finding:
    """Hard stop if the key was certified, is burnt, stands in another open case or is somebody else's;
    the same person's never-certified key in a reapplication warns and links (DOMAIN section 8)."""
    place = Place("csr", anchor="key")
    if not evidence.known:
        words = _("Riwayat kunci hanya diketahui di dalam aplikasi.")
        return Finding("csr.key_reuse", Verdict.UNKNOWN, words, place=place)
    remedy = _("Buat kunci baru dan kirim CSR baru.")
    if evidence.ca_key_records:
        serial = evidence.ca_key_records[0].facts.serial_hex
        words = _("Kunci ini sudah mempunyai sertifikat {serial}.").format(serial=serial)
        return Finding("csr.key_reuse", Verdict.FAIL, words, remedy, place)
    for use in evidence.key_uses:
        same_person = _same(use.nip, evidence.applicant.nip) or _same(use.nik, evidence.applicant.nik)
        if use.use != "csr" or use.case_open or not same_person:
            words = _("Kunci pada CSR ini pernah digunakan pada kasus {no}. Permohonan tidak dapat diteruskan.")
            return Finding("csr.key_reuse", Verdict.FAIL, words.format(no=use.number), remedy, place)
    if evidence.key_uses:
        words = _("CSR yang sama pernah diajukan pada kasus {no}; belum pernah diterbitkan.")
        words = words.format(no=evidence.key_uses[0].number)
        return Finding("csr.key_reuse", Verdict.WARN, words, place=place)
    return Finding("csr.key_reuse", Verdict.PASS, _("Kunci belum pernah digunakan."), place=place)


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other


CHECKS = (
    CheckSpec(
        "csr.algorithm",
        of_csr(_algorithm),
        titles(
            N_("Algoritma tanda tangan CSR diterima"),
            N_("Algoritma tanda tangan CSR tidak diterima"),
        ),
        N_("algoritma"),
        ((CSR, "algorithm"),),
        EVERY,
        hard_stop=True,
    ),
    CheckSpec(
        "csr.signature",
        of_csr(_signature),
        titles(
            N_("Tanda tangan CSR sah (bukti kepemilikan kunci)"),
            N_("Tanda tangan CSR tidak sah"),
        ),
        N_("tanda tangan CSR"),
        ((CSR, "signature"),),
        EVERY,
        hard_stop=True,
    ),
    CheckSpec(
        "csr.key_strength",
        of_csr(_strength),
        titles(
            N_("Kekuatan kunci memenuhi syarat"),
            N_("Kunci pada CSR terlalu lemah"),
        ),
        N_("kekuatan kunci"),
        ((CSR, "key"),),
        EVERY,
        hard_stop=True,
    ),
    CheckSpec(
        "csr.weak_key",
        of_csr(_weakness),
        titles(
            N_("Kunci tidak termasuk kunci yang diketahui lemah"),
            N_("Kunci pada CSR diketahui lemah dan dapat dibongkar"),
            unknown=N_("Kelemahan kunci belum dapat diperiksa"),
        ),
        N_("kunci tidak lemah"),
        ((CSR, "key"),),
        EVERY,
        hard_stop=True,
        decide_unknown=True,
    ),
    CheckSpec(
        "csr.key_reuse",
        of_csr(_reuse),
        titles(
            N_("Kunci belum pernah digunakan"),
            N_("Kunci pada CSR ini pernah digunakan"),
            N_("CSR yang sama pernah diajukan pemohon ini dan belum pernah diterbitkan"),
        ),
        N_("kunci belum pernah dipakai"),
        ((CSR, "fingerprint"),),
        {Verdict.PASS, Verdict.WARN},
        hard_stop=True,
    ),
)
