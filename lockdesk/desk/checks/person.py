"""Checks of the person and of the old certificate: valid numbers, the right holder, no second case."""

from lockdesk.core.cases import FINAL_STATES
from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.core.identity import (
    NameMatch,
    mask_nik,
    numbers_agree,
    print_nip,
    read_nik,
    read_nip,
)
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.holders import compare_holder
from lockdesk.desk.checks.statement import place_of
from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus
from lockdesk.pki.values import parse_serial, serial_hex
from lockdesk.words import N_, _

NIK_PROBLEMS = {
    "length": N_("NIK harus terdiri atas 16 digit angka. Saat ini terisi {n} digit."),
    "region": N_("Kode wilayah pada NIK tidak dikenal."),
    "date": N_("Tanggal lahir pada NIK tidak mungkin."),
    "serial": N_("Nomor urut NIK tidak boleh 0000."),
}
NIP_PROBLEMS = {
    "length": N_("NIP harus terdiri atas 18 digit angka. Saat ini terisi {n} digit."),
    "date": N_("Tanggal pada NIP tidak mungkin."),
    "sex": N_("Digit jenis kelamin pada NIP tidak mungkin."),
}


def check_person(evidence: Evidence) -> list[Finding]:
    """identity.nik, identity.nip, identity.agree, certificate.* and case.duplicate."""
    return [*_numbers(evidence), *check_certificate(evidence), *_duplicate(evidence)]


def _numbers(evidence: Evidence) -> list[Finding]:
    applicant, statement = evidence.applicant, evidence.facts.statement
    nik, nip = read_nik(applicant.nik), read_nip(applicant.nip)
    findings = []
    if not applicant.nik:
        findings.append(Finding("identity.nik", Verdict.UNKNOWN, _("NIK tidak ditemukan.")))
    elif nik.problem:
        words = _(NIK_PROBLEMS[nik.problem]).format(n=len(nik.number))
        place = place_of(statement, "nik")
        findings.append(Finding("identity.nik", Verdict.FAIL, words, _("Perbaiki NIK."), place))
    else:
        findings.append(Finding("identity.nik", Verdict.PASS, mask_nik(nik.number)))
    if not applicant.nip:
        findings.append(Finding("identity.nip", Verdict.UNKNOWN, _("Tidak semua pegawai mempunyai NIP.")))
    elif nip.problem:
        words = _(NIP_PROBLEMS[nip.problem]).format(n=len(nip.number))
        place = place_of(statement, "nip")
        findings.append(Finding("identity.nip", Verdict.FAIL, words, _("Perbaiki NIP."), place))
    else:
        findings.append(Finding("identity.nip", Verdict.PASS, print_nip(nip.number)))
    if applicant.nik and applicant.nip and not nik.problem and not nip.problem:
        findings.append(_agreement(numbers_agree(nik, nip)))
    return findings


def _agreement(agree: bool) -> Finding:
    if agree:
        return Finding("identity.agree", Verdict.PASS, _("Tanggal lahir dan jenis kelamin sama."))
    return Finding(
        "identity.agree",
        Verdict.WARN,
        _("Tanggal lahir atau jenis kelamin pada NIK dan NIP berbeda."),
        _("Tanyakan saat konfirmasi telepon."),
    )


def wanted_serials(evidence: Evidence) -> frozenset[int]:
    """Every number the written serial may mean."""
    return parse_serial(evidence.applicant.serial)


def check_certificate(evidence: Evidence) -> list[Finding]:
    """The old certificate by its serial, and whether its holder is the applicant."""
    place = place_of(evidence.facts.statement, "serial")
    if not evidence.applicant.serial:
        remedy = _("Sebutkan nomor seri sertifikat lama dalam surat.")
        words = _("Nomor seri sertifikat lama tidak ditemukan.")
        return [Finding("certificate.identified", Verdict.UNKNOWN, words, remedy, place)]
    if not wanted_serials(evidence):
        words = _("“{serial}” bukan nomor seri.").format(serial=evidence.applicant.serial)
        return [Finding("certificate.identified", Verdict.FAIL, words, _("Perbaiki nomor seri."), place)]
    if not evidence.ca_asked:
        words = _("CA belum dapat ditanya tentang nomor seri ini.")
        return [Finding("certificate.identified", Verdict.UNKNOWN, words, place=place)]
    if not evidence.old_certificates:
        words = _("CA tidak mengenal nomor seri {serial}.").format(serial=evidence.applicant.serial)
        remedy = _("Periksa nomor seri pada sertifikat lama, lalu perbaiki surat.")
        return [Finding("certificate.identified", Verdict.FAIL, words, remedy, place)]
    record = evidence.old_certificates[0]
    identified = Finding("certificate.identified", Verdict.PASS, serial_hex(record.facts.serial), place=place)
    return [identified, check_owner(evidence, record), _status(record)]


def check_owner(evidence: Evidence, record: CertificateRecord) -> Finding:
    """The holder equals the applicant in every identifier the certificate carries: a mismatch is a hard
    stop, a name alone is unknown. The register, where there is an entry, speaks for the applicant."""
    subject, entry = record.facts.subject, evidence.register_entry
    place = place_of(evidence.facts.statement, "serial")
    known = {
        name: (entry.text(name) if entry is not None and entry.text(name) else getattr(evidence.applicant, name))
        for name in ("name", "nik", "nip", "email")
    }
    holder = compare_holder(subject, known)
    words = _("Pemegang menurut CA: {holder}; pemohon: {applicant}.").format(
        holder=subject.common_name, applicant=known["name"].rstrip(".")
    )
    if holder.conflicting or holder.name == NameMatch.DIFFERENT:
        remedy = _("Pastikan nomor seri sertifikat milik pemohon sendiri, lalu ajukan permohonan baru.")
        return Finding("certificate.owner", Verdict.FAIL, words, remedy, place)
    if not holder.agreeing:
        return Finding("certificate.owner", Verdict.UNKNOWN, words + " " + _("Hanya nama yang cocok."), "", place)
    return Finding("certificate.owner", Verdict.PASS, words, place=place)


def _status(record: CertificateRecord) -> Finding:
    if record.status is CertificateStatus.GOOD:
        return Finding("certificate.status", Verdict.PASS, _("Berlaku menurut CA."))
    if record.status is CertificateStatus.REVOKED:
        return Finding("certificate.status", Verdict.WARN, _("Sertifikat lama sudah dicabut."))
    return Finding(
        "certificate.status",
        Verdict.FAIL,
        _("Sertifikat lama sudah habis masa berlakunya."),
        _("Ajukan pembaruan sertifikat melalui portal; layanan ini hanya untuk lupa passphrase."),
    )


def _duplicate(evidence: Evidence) -> list[Finding]:
    if not evidence.known:
        return []
    open_cases = [
        row.number for row in evidence.other_cases if row.id != evidence.case_id and row.state not in FINAL_STATES
    ]
    if not open_cases:
        return [Finding("case.duplicate", Verdict.PASS, _("Tidak ada kasus terbuka lain."))]
    words = _("Kasus {numbers} masih terbuka.").format(numbers=", ".join(open_cases))
    remedy = _("Selesaikan atau gabungkan dengan kasus sebelumnya.")
    return [Finding("case.duplicate", Verdict.WARN, words, remedy, Place("mail"))]
