"""Checks of the CSR: one, readable, self-signed by a strong key that was never used before."""

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.core.identity import NameMatch
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.holders import compare_holder
from lockdesk.pki.csr import CHALLENGE, EMPTY_CHALLENGE
from lockdesk.pki.keys import key_strength
from lockdesk.pki.values import CsrFacts, CsrProblem, CsrReading
from lockdesk.words import N_, _

PROBLEM_WORDS: dict[CsrProblem, tuple[str, str]] = {
    CsrProblem.MISSING: (
        N_("Permohonan tidak disertai CSR."),
        N_("Lampirkan berkas CSR (.csr, .pem, atau .p10)."),
    ),
    CsrProblem.CERTIFICATE: (
        N_("Berkas ini bukan CSR. Isinya adalah sertifikat."),
        N_("Mintalah pemohon mengirim berkas CSR."),
    ),
    CsrProblem.PRIVATE_KEY: (
        N_("Berkas memuat kunci privat dan tidak disimpan."),
        N_("Beri tahu pemohon bahwa kunci tersebut tidak boleh digunakan lagi."),
    ),
    CsrProblem.PKCS12: (
        N_("Berkas ini bukan CSR. Isinya adalah PKCS#12 yang memuat kunci privat dan tidak disimpan."),
        N_("Beri tahu pemohon bahwa kunci tersebut tidak boleh digunakan lagi."),
    ),
    CsrProblem.SEVERAL: (
        N_("Ditemukan lebih dari satu CSR."),
        N_("Kirim satu CSR saja."),
    ),
    CsrProblem.ARCHIVE: (
        N_("Berkas ini bukan CSR. Isinya adalah arsip terkompresi."),
        N_("Kirim berkas CSR langsung, tanpa ZIP atau RAR."),
    ),
    CsrProblem.TRAILING: (
        N_("Berkas CSR diikuti data lain yang tidak dikenal."),
        N_("Buat ulang CSR dan kirim tanpa diubah."),
    ),
    CsrProblem.NOT_A_CSR: (
        N_("Berkas ini bukan CSR."),
        N_("Mintalah pemohon mengirim berkas CSR."),
    ),
    CsrProblem.VERSION: (
        N_("CSR memakai versi PKCS#10 yang tidak dikenal."),
        N_("Buat ulang CSR sebagai PKCS#10 versi 1."),
    ),
    CsrProblem.CMC: (
        N_("Berkas ini permintaan CMC, bukan PKCS#10."),
        N_("Buat ulang CSR sebagai PKCS#10 (pada certreq: RequestType = PKCS10)."),
    ),
    CsrProblem.SPKAC: (
        N_("Berkas ini SPKAC, bukan PKCS#10."),
        N_("Buat CSR sebagai PKCS#10, lalu kirim ulang."),
    ),
    CsrProblem.DAMAGED: (
        N_("Berkas CSR rusak dan tidak dapat dibaca."),
        N_("Buat ulang CSR dan kirim tanpa diubah."),
    ),
    CsrProblem.TOO_LARGE: (
        N_("Berkas CSR melebihi batas ukuran."),
        N_("CSR yang wajar berukuran beberapa KB. Buat ulang CSR."),
    ),
}
STRENGTH_REMEDY = N_("Buat kunci baru: RSA 3072 bit atau EC P-256, lalu kirim CSR baru.")


def check_csr(evidence: Evidence) -> list[Finding]:
    """All checks of the CSR; the later ones only when there is one to look at."""
    reading, count = evidence.facts.csr, evidence.facts.csr_count
    if reading.problem is CsrProblem.MISSING:
        words, remedy = PROBLEM_WORDS[CsrProblem.MISSING]
        return [Finding("csr.present", Verdict.FAIL, _(words), _(remedy))]
    findings = [
        Finding("csr.present", Verdict.PASS, _csr_name(evidence)),
        _single(reading, count, evidence.facts.csr_quoted),
        _parses(reading),
    ]
    if reading.facts is not None and reading.problem in {CsrProblem.NONE, CsrProblem.SEVERAL}:
        findings += [
            _algorithm(reading.facts),
            _signature(reading.facts),
            _strength(reading.facts, evidence.accept_ed25519),
            _weakness(reading.facts),
            _reuse(evidence),
            _subject(evidence, reading.facts),
            _extensions(evidence, reading.facts),
            _attributes(reading.facts),
        ]
    return findings


def _csr_name(evidence: Evidence) -> str:
    file = evidence.facts.csr_file
    return file.name if file is not None else "CSR"


def _single(reading: CsrReading, count: int, quoted: int) -> Finding:
    if reading.problem is CsrProblem.SEVERAL or count > 1:
        words, remedy = PROBLEM_WORDS[CsrProblem.SEVERAL]
        return Finding("csr.single", Verdict.FAIL, _(words), _(remedy), Place("csr"))
    if quoted:
        words = _("Isi e-mail memuat CSR lain; yang diperiksa CSR yang dilampirkan.")
        title = _("E-mail mengutip CSR lain")
        return Finding("csr.single", Verdict.WARN, words, _("Pastikan CSR mana yang dimaksud."), Place("csr"), title)
    return Finding("csr.single", Verdict.PASS, _("Satu CSR."))


def _parses(reading: CsrReading) -> Finding:
    if reading.problem in {CsrProblem.NONE, CsrProblem.SEVERAL}:
        return _deviating(reading.facts.deviations if reading.facts is not None else ())
    words, remedy = PROBLEM_WORDS[reading.problem]
    evidence = " ".join(part for part in (_(words), reading.detail) if part)
    return Finding("csr.parses", Verdict.FAIL, evidence, _(remedy), Place("csr"))


DEVIATION_WORDS = {
    "printable_string": N_("namanya memuat tanda di luar PrintableString"),
    "no_attributes": N_("tanpa bidang atribut"),
}


def _deviating(deviations: tuple[str, ...]) -> Finding:
    """What departs from the standard and can be verified is read; a CA may see it otherwise."""
    words = "; ".join(_(DEVIATION_WORDS[name]) for name in deviations if name in DEVIATION_WORDS)
    if not words:
        return Finding("csr.parses", Verdict.PASS, _("PKCS#10 terbaca."))
    words = _("PKCS#10 terbaca, tetapi menyimpang dari standar: {what}.").format(what=words)
    remedy = _("Bila CA menolaknya, buat ulang CSR dengan perkakas lain.")
    return Finding("csr.parses", Verdict.WARN, words, remedy, Place("csr"))


def _attributes(facts: CsrFacts) -> Finding:
    """A password in a CSR is readable by everybody whom it passes: it is neither stored nor sent on."""
    place, remedy = Place("csr", anchor="extensions"), _("Buat ulang CSR tanpa challengePassword.")
    if CHALLENGE in facts.attributes:
        words = _("CSR memuat challengePassword yang terisi; CSR tidak disimpan.")
        return Finding("csr.attributes", Verdict.FAIL, words, remedy, place)
    words = ", ".join(facts.attributes)
    if EMPTY_CHALLENGE in facts.attributes:
        return Finding("csr.attributes", Verdict.WARN, f"{words}.", remedy, place)
    return Finding("csr.attributes", Verdict.PASS, words or _("Tidak ada atribut lain."), place=place)


def _algorithm(facts: CsrFacts) -> Finding:
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


def _signature(facts: CsrFacts) -> Finding:
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


STRENGTH_WORDS = {
    "rsa_bits": N_("kunci RSA kurang dari 2048 bit"),
    "rsa_odd_size": N_("panjang kunci RSA bukan kelipatan 8"),
    "rsa_exponent": N_("eksponen RSA terlalu kecil"),
    "curve": N_("kurva eliptik tidak diterima"),
    "explicit_parameters": N_("parameter kurva ditulis eksplisit"),
    "algorithm": N_("jenis kunci tidak diterima"),
}


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


def _weakness(facts: CsrFacts) -> Finding:
    """A key whose private half others can work out: a hard stop."""
    place = Place("csr", anchor="key")
    if facts.weaknesses is None:
        words = _("Kunci ini tidak dapat diperiksa.")
        return Finding("csr.weak_key", Verdict.UNKNOWN, words, place=place)
    if not facts.weaknesses:
        return Finding("csr.weak_key", Verdict.PASS, _("Tidak ada kelemahan yang dikenal."), place=place)
    words = "; ".join(_(WEAKNESS_WORDS.get(name, name)) for name in facts.weaknesses)
    return Finding("csr.weak_key", Verdict.FAIL, f"{facts.key.words}: {words}.", _(STRENGTH_REMEDY), place)


def _strength(facts: CsrFacts, ed25519_accepted: bool) -> Finding:
    problems = key_strength(facts.key, ed25519_accepted)
    place = Place("csr", anchor="key")
    if not problems:
        return Finding("csr.key_strength", Verdict.PASS, facts.key.words, place=place)
    words = ", ".join(_(STRENGTH_WORDS.get(problem, problem)) for problem in problems)
    return Finding("csr.key_strength", Verdict.FAIL, f"{facts.key.words}: {words}.", _(STRENGTH_REMEDY), place)


def _reuse(evidence: Evidence) -> Finding:
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


def _subject(evidence: Evidence, facts: CsrFacts) -> Finding:
    """The CSR's subject against the register (or, without an entry, the applicant as stated): by an identifier that
    it holds, and by its name. It stops only where it is positively somebody else's."""
    place, subject, entry = Place("csr", anchor="subject"), facts.subject, evidence.register_entry
    known = {
        name: (entry.text(name) if entry is not None and entry.text(name) else getattr(evidence.applicant, name))
        for name in ("name", "nik", "nip", "email")
    }
    holder = compare_holder(subject, known)
    if holder.conflicting:
        return _other_person(_("Nomor identitas atau e-mail pada CSR bukan milik pemohon."), place)
    if not holder.name and not holder.agreeing:
        words = _("CSR tidak menyebut nama yang dapat dibandingkan.")
        return Finding("csr.subject", Verdict.UNKNOWN, words, place=place)
    words = _("CSR: {csr}; pemohon: {known}.").format(csr=subject.common_name, known=known["name"].rstrip("."))
    if holder.name == NameMatch.DIFFERENT:
        return _other_person(words, place)
    if holder.name not in {"", NameMatch.SAME}:
        return Finding("csr.subject", Verdict.WARN, words, _("Pastikan nama lengkap saat konfirmasi telepon."), place)
    if entry is None:
        return Finding("csr.subject", Verdict.UNKNOWN, words, place=place)
    return Finding("csr.subject", Verdict.PASS, subject.text, place=place)


def _other_person(words: str, place: Place) -> Finding:
    return Finding(
        "csr.subject", Verdict.FAIL, words, _("Buat CSR atas nama pemohon sendiri, lalu kirim ulang."), place
    )


_USUAL = ("keyUsage", "basicConstraints CA:FALSE", "subjectKeyIdentifier", "1.3.6.1.4.1.311.")
_USUAL_PURPOSES = frozenset({"clientAuth", "emailProtection", "documentSigning", "1.3.6.1.4.1.311.10.3.12"})
_CA_USAGES = ("keyCertSign", "cRLSign")


def _extensions(evidence: Evidence, facts: CsrFacts) -> Finding:
    """CA rights fail; purposes other than signing, and names of servers or strangers, warn."""
    place = Place("csr", anchor="extensions")
    asked_ca = [item for item in facts.extensions if _asks_for_ca(item)]
    if asked_ca:
        remedy = _("Buat ulang CSR tanpa meminta hak CA.")
        return Finding("csr.extensions", Verdict.FAIL, ", ".join(asked_ca), remedy, place)
    odd = [item for item in facts.extensions if not _is_usual(item, evidence)]
    if odd:
        remedy = _("Buat ulang CSR tanpa ekstensi tambahan.")
        return Finding("csr.extensions", Verdict.WARN, "; ".join(odd), remedy, place)
    words = ", ".join(facts.extensions) or _("Tidak ada ekstensi.")
    return Finding("csr.extensions", Verdict.PASS, words, place=place)


def _asks_for_ca(words: str) -> bool:
    if words.startswith("keyUsage"):
        return any(usage in words for usage in _CA_USAGES)
    return "CA:TRUE" in words.upper().replace(" ", "")


def _is_usual(words: str, evidence: Evidence) -> bool:
    """Whether an extension is what a person's signing certificate asks for; of alternative names only the
    applicant's own address."""
    kind, _space, value = words.partition(" ")
    asked = {item.strip() for item in value.split(",") if item.strip()}
    if kind == "extendedKeyUsage":
        return asked <= _USUAL_PURPOSES
    if kind == "subjectAltName":
        entry = evidence.register_entry
        own = {evidence.applicant.email, entry.text("email") if entry is not None else ""} - {""}
        return {item.casefold() for item in asked} <= {item.casefold() for item in own}
    return words.startswith(_USUAL)
