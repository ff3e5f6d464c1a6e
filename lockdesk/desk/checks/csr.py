"""Checks of the CSR: one, readable, self-signed by a strong key that was never used before."""

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.core.identity import NameMatch, compare_names, digits
from lockdesk.desk.checks.evidence import Evidence
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
        _single(reading, count),
        _parses(reading),
    ]
    if reading.facts is not None and reading.problem in {CsrProblem.NONE, CsrProblem.SEVERAL}:
        findings += [
            _algorithm(reading.facts),
            _signature(reading.facts),
            _strength(reading.facts),
            _reuse(evidence),
            _subject(evidence, reading.facts),
            _extensions(reading.facts),
        ]
    return findings


def _csr_name(evidence: Evidence) -> str:
    file = evidence.facts.csr_file
    return file.name if file is not None else "CSR"


def _single(reading: CsrReading, count: int) -> Finding:
    if reading.problem is CsrProblem.SEVERAL or count > 1:
        words, remedy = PROBLEM_WORDS[CsrProblem.SEVERAL]
        return Finding("csr.single", Verdict.FAIL, _(words), _(remedy), Place("csr"))
    return Finding("csr.single", Verdict.PASS, _("Satu CSR."))


def _parses(reading: CsrReading) -> Finding:
    if reading.problem in {CsrProblem.NONE, CsrProblem.SEVERAL}:
        return Finding("csr.parses", Verdict.PASS, _("PKCS#10 terbaca."))
    words, remedy = PROBLEM_WORDS[reading.problem]
    evidence = " ".join(part for part in (_(words), reading.detail) if part)
    return Finding("csr.parses", Verdict.FAIL, evidence, _(remedy), Place("csr"))


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


def _strength(facts: CsrFacts) -> Finding:
    problems = key_strength(facts.key)
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
    """The CSR's subject against the register (or, without an entry, the applicant as stated)."""
    place, subject = Place("csr", anchor="subject"), facts.subject
    entry = evidence.register_entry
    known_name = entry.text("name") if entry is not None else evidence.applicant.name
    numbers = {digits(known) for known in (evidence.applicant.nik, evidence.applicant.nip) if known}
    stated = digits(subject.serial_number)
    if stated and numbers and stated not in numbers:
        return _other_person(_("Nomor identitas pada CSR bukan milik pemohon."), place)
    if not subject.common_name or not known_name:
        return Finding(
            "csr.subject", Verdict.UNKNOWN, _("CSR tidak menyebut nama yang dapat dibandingkan."), place=place
        )
    match = compare_names(subject.common_name, known_name)
    words = _("CSR: {csr}; pemohon: {known}.").format(csr=subject.common_name, known=known_name)
    if match == NameMatch.DIFFERENT:
        return _other_person(words, place)
    if match == NameMatch.ABBREVIATED:
        return Finding("csr.subject", Verdict.WARN, words, _("Pastikan nama lengkap saat konfirmasi telepon."), place)
    if entry is None:
        return Finding("csr.subject", Verdict.UNKNOWN, words, place=place)
    return Finding("csr.subject", Verdict.PASS, subject.text, place=place)


def _other_person(words: str, place: Place) -> Finding:
    return Finding(
        "csr.subject", Verdict.FAIL, words, _("Buat CSR atas nama pemohon sendiri, lalu kirim ulang."), place
    )


def _extensions(facts: CsrFacts) -> Finding:
    asked_ca = [item for item in facts.extensions if "CA:TRUE" in item.upper().replace(" ", "")]
    if asked_ca:
        return Finding(
            "csr.extensions",
            Verdict.FAIL,
            ", ".join(asked_ca),
            _("Buat ulang CSR tanpa meminta hak CA."),
            Place("csr", anchor="extensions"),
        )
    return Finding("csr.extensions", Verdict.PASS, ", ".join(facts.extensions) or _("Tidak ada ekstensi."))
