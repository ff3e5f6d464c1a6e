"""Checks of the person and of the old certificate: valid numbers, the right holder, no second case."""

from collections.abc import Callable

from lockdesk.core.cases import FINAL_STATES
from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.core.identity import (
    NameMatch,
    digits,
    mask_nik,
    numbers_agree,
    print_nip,
    read_nik,
    read_nip,
)
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.holders import compare_holder, known_person
from lockdesk.desk.checks.letter.statement import place_of
from lockdesk.desk.checks.spec import CERTIFICATE, COMPARISON, CSR, EVERY, LETTER, CheckSpec, Run, titles
from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus
from lockdesk.desk.values.person_fields import nik_fault, nip_fault
from lockdesk.pki.values import parse_serial, serial_hex
from lockdesk.words import N_, _


def _nik(evidence: Evidence) -> Finding:
    if not evidence.applicant.nik:
        return Finding("identity.nik", Verdict.UNKNOWN, _("NIK tidak ditemukan."), absent=True)
    fault, place = nik_fault(evidence.applicant.nik), place_of(evidence.facts.statement, "nik")
    if fault:
        return Finding("identity.nik", Verdict.FAIL, fault, _("Perbaiki NIK."), place)
    return Finding("identity.nik", Verdict.PASS, mask_nik(digits(evidence.applicant.nik)))


def _nip(evidence: Evidence) -> Finding:
    if not evidence.applicant.nip:
        return Finding("identity.nip", Verdict.UNKNOWN, _("Tidak semua pegawai mempunyai NIP."))
    fault, place = nip_fault(evidence.applicant.nip), place_of(evidence.facts.statement, "nip")
    if fault:
        return Finding("identity.nip", Verdict.FAIL, fault, _("Perbaiki NIP."), place)
    return Finding("identity.nip", Verdict.PASS, print_nip(digits(evidence.applicant.nip)))


def _agreement(evidence: Evidence) -> Finding | None:
    nik, nip = read_nik(evidence.applicant.nik), read_nip(evidence.applicant.nip)
    if nik.problem or nip.problem:
        return None
    if numbers_agree(nik, nip):
        return Finding("identity.agree", Verdict.PASS, _("Tanggal lahir dan jenis kelamin sama."))
    return Finding(
        "identity.agree",
        Verdict.WARN,
        _("Tanggal lahir atau jenis kelamin pada NIK dan NIP berbeda."),
        _("Tanyakan saat konfirmasi telepon."),
    )


def _unnamed(evidence: Evidence) -> Finding:
    """Nobody has named a serial: the certificate is found by the holder's NIP, NIK or e-mail, or named in the call."""
    words, remedy = _("Nomor seri tidak disebut."), _("Sebutkan nomor seri sertifikat lama dalam surat.")
    doubted = "serial" in dict(evidence.facts.statement.doubted)
    return Finding("certificate.identified", Verdict.UNKNOWN, words, remedy, absent=not doubted)


def _named_another(evidence: Evidence) -> str:
    """The serial in the letter where the applicant named another one in the call."""
    written = evidence.facts.statement.fields.serial
    same = parse_serial(written) & parse_serial(evidence.applicant.serial)
    return written if not same and any(call.certificate for call in evidence.confirming) else ""


def _identified(evidence: Evidence) -> Finding:
    """The old certificate by its serial."""
    place = place_of(evidence.facts.statement, "serial")
    check, serial = "certificate.identified", evidence.applicant.serial
    if not serial:
        return _unnamed(evidence)
    if not parse_serial(serial):
        words = _("“{serial}” bukan nomor seri.").format(serial=serial)
        return Finding(check, Verdict.FAIL, words, _("Perbaiki nomor seri."), place)
    if not evidence.ca_asked:
        return Finding(check, Verdict.UNKNOWN, _("CA belum dapat ditanya tentang nomor seri ini."), place=place)
    if not evidence.old_certificates:
        words = _("CA tidak mengenal nomor seri {serial}.").format(serial=serial)
        remedy = _("Periksa nomor seri pada sertifikat lama, lalu perbaiki surat.")
        return Finding(check, Verdict.FAIL, words, remedy, place)
    found = serial_hex(evidence.old_certificates[0].facts.serial)
    if other := _named_another(evidence):
        words = _("Surat menyebut nomor seri {other}, kasus ini tentang {serial}.").format(other=other, serial=found)
        return Finding(check, Verdict.WARN, words, _("Pastikan sertifikat yang dimaksud pemohon."), place)
    return Finding(check, Verdict.PASS, found, place=place)


def _of_certificate(check: Callable[[Evidence, CertificateRecord], Finding]) -> Run:
    """The check where the CA knows the old certificate."""

    def run(evidence: Evidence) -> Finding | None:
        known = _identified(evidence).verdict in {Verdict.PASS, Verdict.WARN}
        return check(evidence, evidence.old_certificates[0]) if known else None

    return run


def check_owner(evidence: Evidence, record: CertificateRecord) -> Finding:
    """The holder equals the applicant in every identifier the certificate carries: a mismatch is a hard
    stop, a name alone is unknown. The register, where there is an entry, speaks for the applicant."""
    subject = record.facts.subject
    place = place_of(evidence.facts.statement, "serial")
    known = known_person(evidence.applicant, evidence.register_entry)
    holder = compare_holder(subject, known)
    words = _("Pemegang menurut CA: {holder}; pemohon: {applicant}.").format(
        holder=subject.common_name, applicant=known["name"].rstrip(".")
    )
    if holder.conflicting or holder.name == NameMatch.DIFFERENT:
        remedy = _("Cantumkan nomor seri sertifikat milik pemohon sendiri, lalu ajukan permohonan baru.")
        return Finding("certificate.owner", Verdict.FAIL, words, remedy, place)
    if not holder.agreeing:
        return Finding("certificate.owner", Verdict.UNKNOWN, words + " " + _("Hanya nama yang cocok."), "", place)
    return Finding("certificate.owner", Verdict.PASS, words, place=place)


def _status(_evidence: Evidence, record: CertificateRecord) -> Finding:
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


def _duplicate(evidence: Evidence) -> Finding | None:
    if not evidence.known:
        return None
    open_cases = [
        row.number for row in evidence.other_cases if row.id != evidence.case_id and row.state not in FINAL_STATES
    ]
    if not open_cases:
        return Finding("case.duplicate", Verdict.PASS, _("Tidak ada kasus terbuka lain."))
    words = _("Kasus {numbers} masih terbuka.").format(numbers=", ".join(open_cases))
    remedy = _("Selesaikan atau gabungkan dengan kasus sebelumnya.")
    return Finding("case.duplicate", Verdict.WARN, words, remedy, Place("mail"))


CHECKS = (
    CheckSpec(
        "identity.nik",
        _nik,
        titles(
            N_("NIK sah"),
            N_("NIK tidak sah"),
            N_("NIK perlu diperiksa"),
            N_("NIK belum diketahui"),
        ),
        "NIK",
        ((LETTER, "nik"), (COMPARISON, "nik"), (CSR, "nik")),
        {Verdict.FAIL, Verdict.WARN, Verdict.PASS},
        decide_unknown=True,
        demand="nik",
        asked={Verdict.FAIL: N_("Perbaiki NIK dalam surat pernyataan.")},
    ),
    CheckSpec(
        "identity.nip",
        _nip,
        titles(
            N_("NIP sah"),
            N_("NIP tidak sah"),
            N_("NIP perlu diperiksa"),
            N_("NIP tidak diisi"),
        ),
        "NIP",
        ((LETTER, "nip"), (COMPARISON, "nip"), (CSR, "nip")),
        {Verdict.FAIL, Verdict.WARN, Verdict.PASS},
        asked={Verdict.FAIL: N_("Perbaiki NIP dalam surat pernyataan.")},
    ),
    CheckSpec(
        "identity.agree",
        _agreement,
        titles(
            N_("NIK dan NIP sejalan"),
            N_("NIK dan NIP tidak sejalan"),
            N_("NIK dan NIP tidak sejalan"),
            N_("NIK dan NIP belum dapat dibandingkan"),
        ),
        N_("NIK dan NIP sejalan"),
        ((LETTER, "nik"), (LETTER, "nip"), (COMPARISON, "nik"), (COMPARISON, "nip")),
        EVERY,
        asked={Verdict.WARN: N_("Periksa NIK dan NIP dalam surat.")},
    ),
    CheckSpec(
        "certificate.identified",
        _identified,
        titles(
            N_("Sertifikat lama dikenali"),
            N_("Sertifikat lama tidak ditemukan di CA"),
            N_("Surat menyebut sertifikat lain"),
            unknown=N_("Sertifikat lama belum dikenali"),
        ),
        N_("sertifikat lama"),
        ((LETTER, "serial"), (CERTIFICATE, "serial"), (COMPARISON, "serial")),
        {Verdict.FAIL, Verdict.PASS},
        hard_stop=True,
        decide_unknown=True,
        demand="serial",
        asked={
            Verdict.WARN: N_("Sebutkan nomor seri sertifikat lama dengan tepat dalam surat."),
            Verdict.FAIL: N_("Perbaiki nomor seri sertifikat lama dalam surat."),
        },
    ),
    CheckSpec(
        "certificate.owner",
        _of_certificate(check_owner),
        titles(
            N_("Pemegang sertifikat lama adalah pemohon"),
            N_("Sertifikat lama milik orang lain"),
            unknown=N_("Pemegang sertifikat lama belum dipastikan"),
        ),
        N_("pemegang sertifikat"),
        ((CERTIFICATE, "holder"), (LETTER, "name"), (COMPARISON, "name")),
        hard_stop=True,
        decide_unknown=True,
    ),
    CheckSpec(
        "certificate.status",
        _of_certificate(_status),
        titles(
            N_("Sertifikat lama masih berlaku"),
            N_("Sertifikat lama sudah tidak berlaku"),
            N_("Status sertifikat lama perlu diperiksa"),
            N_("Status sertifikat lama belum diketahui"),
        ),
        N_("status sertifikat"),
        ((CERTIFICATE, "status"),),
        EVERY,
    ),
    CheckSpec(
        "case.duplicate",
        _duplicate,
        titles(
            N_("Tidak ada kasus terbuka lain dari pemohon ini"),
            N_("Pemohon ini masih mempunyai kasus terbuka"),
        ),
        N_("kasus ganda"),
        ((COMPARISON, "nip"),),
        {Verdict.WARN},
        asked={Verdict.WARN: ""},
    ),
)
