"""csr.present, csr.single, csr.parses: is there one file that is a CSR."""

from collections.abc import Callable

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.spec import CSR, EVERY, CheckSpec, Run, titles
from lockdesk.pki.values import CsrFacts, CsrProblem
from lockdesk.words import N_, _

PROBLEM_WORDS: dict[CsrProblem, tuple[str, str]] = {
    CsrProblem.MISSING: (
        N_("Permohonan tidak disertai CSR."),
        N_("Lampirkan berkas CSR (.csr, .pem, atau .p10)."),
    ),
    CsrProblem.CERTIFICATE: (
        N_("Berkas ini bukan CSR. Isinya adalah sertifikat."),
        N_("Kirim berkas CSR (.csr, .pem, atau .p10)."),
    ),
    CsrProblem.PRIVATE_KEY: (
        N_("Berkas memuat kunci privat dan tidak disimpan."),
        N_("Kunci tersebut tidak boleh digunakan lagi. Buat kunci dan CSR baru."),
    ),
    CsrProblem.PKCS12: (
        N_("Berkas ini bukan CSR. Isinya adalah PKCS#12 yang memuat kunci privat dan tidak disimpan."),
        N_("Kunci tersebut tidak boleh digunakan lagi. Buat kunci dan CSR baru."),
    ),
    CsrProblem.SEVERAL: (
        N_("Ditemukan lebih dari satu CSR."),
        N_("Kirim satu CSR saja."),
    ),
    CsrProblem.ARCHIVE: (
        N_("Berkas ini bukan CSR. Isinya adalah arsip terkompresi."),
        N_("Kirim berkas CSR langsung, tanpa ZIP atau RAR."),
    ),
    CsrProblem.DOCUMENT: (
        N_("CSR ditempelkan ke dalam dokumen pengolah kata dan tidak dibaca."),
        N_("Kirim CSR sebagai berkas teks tersendiri (.csr atau .pem), bukan di dalam dokumen."),
    ),
    CsrProblem.TRAILING: (
        N_("Berkas CSR diikuti data lain yang tidak dikenal."),
        N_("Buat ulang CSR dan kirim tanpa diubah."),
    ),
    CsrProblem.NOT_A_CSR: (
        N_("Berkas ini bukan CSR."),
        N_("Kirim berkas CSR (.csr, .pem, atau .p10)."),
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
_READ = frozenset({CsrProblem.NONE, CsrProblem.SEVERAL})


def of_csr(check: Callable[[Evidence, CsrFacts], Finding | None]) -> Run:
    """The check where there is a CSR that could be read."""

    def run(evidence: Evidence) -> Finding | None:
        reading = evidence.facts.csr
        if reading.facts is None or reading.problem not in _READ:
            return None
        return check(evidence, reading.facts)

    return run


def of_file(check: Callable[[Evidence], Finding]) -> Run:
    """The check where there is something that may be a CSR."""

    def run(evidence: Evidence) -> Finding | None:
        nothing = evidence.facts.csr.problem in {CsrProblem.MISSING, CsrProblem.ARCHIVE}
        return None if nothing else check(evidence)

    return run


def _present(evidence: Evidence) -> Finding:
    problem = evidence.facts.csr.problem
    if problem in {CsrProblem.MISSING, CsrProblem.ARCHIVE}:
        words, remedy = PROBLEM_WORDS[problem]
        return Finding("csr.present", Verdict.FAIL, _(words), _(remedy), absent=True)
    return Finding("csr.present", Verdict.PASS, _csr_name(evidence))


def _csr_name(evidence: Evidence) -> str:
    file = evidence.facts.csr_file
    return file.name if file is not None else "CSR"


def _single(evidence: Evidence) -> Finding:
    facts = evidence.facts
    if facts.csr.problem is CsrProblem.SEVERAL or facts.csr_count > 1:
        words, remedy = PROBLEM_WORDS[CsrProblem.SEVERAL]
        return Finding("csr.single", Verdict.FAIL, _(words), _(remedy), Place("csr"))
    if facts.csr_chosen:
        words = _("{name} dipilih petugas di antara beberapa CSR.").format(name=_csr_name(evidence))
        remedy = _("Minta pemohon menyebut angka terakhir sidik jari CSR-nya dalam telepon konfirmasi.")
        return Finding("csr.single", Verdict.WARN, words, remedy, Place("csr"), _("CSR dipilih petugas"))
    if facts.csr_quoted:
        words = _("Isi e-mail memuat CSR lain; yang diperiksa CSR yang dilampirkan.")
        title = _("E-mail mengutip CSR lain")
        return Finding("csr.single", Verdict.WARN, words, _("Pastikan CSR mana yang dimaksud."), Place("csr"), title)
    return Finding("csr.single", Verdict.PASS, _("Satu CSR."))


def _parses(evidence: Evidence) -> Finding:
    reading = evidence.facts.csr
    if reading.problem in _READ:
        return _deviating(reading.facts.deviations if reading.facts is not None else ())
    words, remedy = PROBLEM_WORDS[reading.problem]
    told = " ".join(filter(None, (_(words), reading.detail)))
    return Finding("csr.parses", Verdict.FAIL, told, _(remedy), Place("csr"))


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


CHECKS = (
    CheckSpec(
        "csr.present",
        _present,
        titles(
            N_("Berkas CSR ada"),
            N_("Berkas CSR tidak ada"),
            unknown=N_("CSR tidak disertakan"),
        ),
        N_("CSR ada"),
        ((CSR, "file"),),
        EVERY,
        hard_stop=True,
        demand="csr",
    ),
    CheckSpec(
        "csr.single",
        of_file(_single),
        titles(
            N_("Hanya ada satu CSR"),
            N_("Ada lebih dari satu CSR"),
        ),
        N_("CSR tunggal"),
        ((CSR, "file"),),
        EVERY,
        hard_stop=True,
        asked={Verdict.WARN: N_("Kirim satu CSR saja.")},
    ),
    CheckSpec(
        "csr.parses",
        of_file(_parses),
        titles(
            N_("Berkas CSR dapat dibaca"),
            N_("Berkas CSR tidak dapat dibaca"),
            N_("Berkas CSR menyimpang dari standar"),
        ),
        N_("CSR terbaca"),
        ((CSR, "file"),),
        EVERY,
        hard_stop=True,
        asked={Verdict.WARN: N_("Buat ulang CSR dengan perkakas lain, lalu kirim ulang.")},
    ),
)
