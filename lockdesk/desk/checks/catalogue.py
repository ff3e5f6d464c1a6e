"""Every check by its stable name: its sentence for each verdict and whether its failure is a hard stop.

The panel, the rejection letter, `lockdesk inspect` and the reports read this one list.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lockdesk.core.findings import Verdict
from lockdesk.words import N_


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """`titles` are the sentences per verdict; `hard_stop`: a failure cannot be overridden;
    `decide_unknown`: an unknown must be decided by the officer before the case can be accepted;
    `short` names a passed check in the folded line."""

    titles: Mapping[Verdict, str]
    short: str
    hard_stop: bool = False
    decide_unknown: bool = False


def _spec(passed: str, fail: str, warn: str = "", unknown: str = "", short: str = "", hard: bool = False,
          decide: bool = False) -> CheckSpec:  # fmt: skip
    return CheckSpec(
        {
            Verdict.PASS: passed,
            Verdict.FAIL: fail,
            Verdict.WARN: warn or fail,
            Verdict.UNKNOWN: unknown or N_("Belum dapat dipastikan"),
        },
        short or passed,
        hard,
        decide,
    )


CHECKS: dict[str, CheckSpec] = {
    "attachment.private_key": _spec(
        N_("Tidak ada kunci privat dalam lampiran"),
        N_("Lampiran memuat kunci privat dan tidak disimpan"),
        unknown=N_("Sebagian lampiran tidak dapat diperiksa"),
        short=N_("tanpa kunci privat"),
        hard=True,
        decide=True,
    ),
    "attachment.size": _spec(
        N_("Ukuran lampiran wajar"),
        N_("Lampiran melebihi batas ukuran dan tidak disimpan"),
        short=N_("ukuran lampiran"),
    ),
    "attachment.archive": _spec(
        N_("Tidak ada arsip terkompresi"),
        N_("Permohonan memuat arsip terkompresi"),
        short=N_("tanpa arsip"),
    ),
    "attachment.type": _spec(
        N_("Isi lampiran sesuai dengan namanya"),
        N_("Lampiran memuat program"),
        N_("Isi lampiran berbeda dengan namanya"),
        short=N_("jenis lampiran"),
    ),
    "mail.readable": _spec(
        N_("E-mail dapat dibaca"),
        N_("E-mail rusak"),
        N_("Sebagian e-mail tidak dapat dibaca"),
        short=N_("e-mail terbaca"),
    ),
    "mail.sender_domain": _spec(
        N_("Pengirim memakai domain dinas"),
        N_("Domain pengirim tidak dapat dipercaya"),
        N_("Pengirim memakai kotak surat di luar domain dinas"),
        N_("Pengirim tidak diketahui"),
        short=N_("domain pengirim"),
    ),
    "mail.lookalike": _spec(
        N_("Tidak ada domain tiruan"),
        N_("Alamat e-mail meniru domain dinas"),
        N_("Alamat e-mail memakai huruf yang dapat mengecoh"),
        short=N_("domain tiruan"),
    ),
    "mail.authentication": _spec(
        N_("Server penerima membenarkan pengirim (SPF, DKIM, DMARC)"),
        N_("Pengirim e-mail tidak lolos pemeriksaan server penerima"),
        N_("Pengirim e-mail tidak dapat dibuktikan oleh server penerima"),
        N_("Keaslian pengirim e-mail belum dapat dipastikan"),
        short=N_("keaslian pengirim"),
    ),
    "mail.age": _spec(
        N_("Tanggal e-mail wajar"),
        N_("Tanggal e-mail tidak wajar"),
        unknown=N_("E-mail tidak bertanggal"),
        short=N_("tanggal e-mail"),
    ),
    "mail.reply_to": _spec(
        N_("Alamat balasan sama dengan pengirim"),
        N_("Alamat balasan mengarah ke domain lain"),
        N_("Alamat balasan berbeda dengan pengirim"),
        short=N_("alamat balasan"),
    ),
    "mail.sender_person": _spec(
        N_("Pengirim adalah pemohon, atau pemohon menerima tembusan"),
        N_("Pengirim bukan pemohon"),
        N_("Pengirim bukan kotak surat pemohon sendiri"),
        N_("Pengirim belum dapat dibandingkan dengan pemohon"),
        short=N_("pengirim adalah pemohon"),
    ),
    "mail.container": _spec(
        N_("Permohonan di dalam e-mail terbuka"),
        N_("Isi e-mail tidak dapat dibuka"),
        N_("Sebagian isi e-mail tidak dapat dibuka"),
        short=N_("isi e-mail terbuka"),
    ),
    "mail.secret": _spec(
        N_("Tidak ada passphrase dalam kata-kata"),
        N_("Permohonan memuat passphrase dan tidak disimpan"),
        short=N_("tanpa passphrase"),
    ),
    "statement.present": _spec(
        N_("Surat pernyataan ada"),
        N_("Surat pernyataan tidak ada atau tidak dapat dibuka"),
        short=N_("surat ada"),
        hard=True,
    ),
    "statement.readable": _spec(
        N_("Teks surat dapat dibaca"),
        N_("Surat tidak dapat dibaca"),
        N_("Surat berupa hasil pindai; isinya dibaca mesin"),
        N_("Surat berupa gambar; isinya belum dibaca sistem"),
        short=N_("teks surat"),
        decide=True,
    ),
    "statement.risks": _spec(
        N_("Surat tidak memuat isi aktif"),
        N_("Surat memuat isi aktif"),
        N_("Surat memuat isi yang tidak lazim"),
        short=N_("tanpa isi aktif"),
    ),
    "statement.signature": _spec(
        N_("Tanda tangan elektronik pada surat sah"),
        N_("Tanda tangan elektronik pada surat tidak sah"),
        unknown=N_("Tanda tangan elektronik pada surat belum dapat dipastikan"),
        short=N_("tanda tangan surat"),
        hard=True,
        decide=True,
    ),
    "statement.replayed": _spec(
        N_("Surat belum pernah diterima"),
        N_("Surat yang sama pernah diterima"),
        N_("Surat ini mirip dengan surat pada kasus terdahulu"),
        N_("Surat terdahulu belum dapat dibandingkan"),
        short=N_("surat baru"),
        hard=True,
    ),
    "statement.age": _spec(
        N_("Tanggal surat masih berlaku saat diterima"),
        N_("Surat terlalu lama saat diterima"),
        N_("Tanggal surat tidak wajar"),
        N_("Tanggal surat tidak terbaca"),
        short=N_("tanggal surat"),
    ),
    "statement.identity": _spec(
        N_("Identitas pada surat sama dengan data kepegawaian"),
        N_("Identitas pada surat berbeda dengan data kepegawaian"),
        N_("Sebagian identitas pada surat berbeda dengan data kepegawaian"),
        N_("Identitas belum dapat dibandingkan dengan data kepegawaian"),
        short=N_("identitas surat"),
        hard=True,
        decide=True,
    ),
    "statement.fingerprint": _spec(
        N_("Sidik jari kunci pada surat sama dengan CSR"),
        N_("Sidik jari kunci pada surat berbeda dengan CSR"),
        N_("Sidik jari kunci pada surat perlu dibandingkan"),
        N_("Surat tidak menyebut sidik jari kunci"),
        short=N_("sidik jari dalam surat"),
        hard=True,
        decide=True,
    ),
    "statement.purpose": _spec(
        N_("Surat ini untuk layanan lupa passphrase"),
        N_("Surat ini untuk keperluan lain"),
        N_("Surat tidak dikenali sebagai pernyataan lupa passphrase"),
        N_("Maksud surat belum terbaca"),
        short=N_("maksud surat"),
        decide=True,
    ),
    "statement.person": _spec(
        N_("Surat ini surat satu orang"),
        N_("Pemohon dalam surat tidak dapat ditentukan"),
        N_("Surat dapat berarti lebih dari satu pemohon"),
        N_("Pemohon dalam surat belum terbaca"),
        short=N_("pemohon dalam surat"),
    ),
    "statement.hidden_text": _spec(
        N_("Teks tersembunyi sama dengan yang tampak"),
        N_("Teks tersembunyi berbunyi lain daripada surat yang tampak"),
        N_("Teks tersembunyi berbeda pada sebagian isian"),
        short=N_("teks tersembunyi"),
    ),
    "csr.present": _spec(
        N_("Berkas CSR ada"),
        N_("Berkas CSR tidak ada"),
        short=N_("CSR ada"),
        hard=True,
    ),
    "csr.single": _spec(
        N_("Hanya ada satu CSR"),
        N_("Ada lebih dari satu CSR"),
        short=N_("CSR tunggal"),
        hard=True,
    ),
    "csr.parses": _spec(
        N_("Berkas CSR dapat dibaca"),
        N_("Berkas CSR tidak dapat dibaca"),
        N_("Berkas CSR menyimpang dari standar"),
        short=N_("CSR terbaca"),
        hard=True,
    ),
    "csr.signature": _spec(
        N_("Tanda tangan CSR sah (bukti kepemilikan kunci)"),
        N_("Tanda tangan CSR tidak sah"),
        short=N_("tanda tangan CSR"),
        hard=True,
    ),
    "csr.algorithm": _spec(
        N_("Algoritma tanda tangan CSR diterima"),
        N_("Algoritma tanda tangan CSR tidak diterima"),
        short=N_("algoritma"),
        hard=True,
    ),
    "csr.key_strength": _spec(
        N_("Kekuatan kunci memenuhi syarat"),
        N_("Kunci pada CSR terlalu lemah"),
        short=N_("kekuatan kunci"),
        hard=True,
    ),
    "csr.weak_key": _spec(
        N_("Kunci tidak termasuk kunci yang diketahui lemah"),
        N_("Kunci pada CSR diketahui lemah dan dapat dibongkar"),
        unknown=N_("Kelemahan kunci belum dapat diperiksa"),
        short=N_("kunci tidak lemah"),
        hard=True,
        decide=True,
    ),
    "csr.replayed": _spec(
        N_("CSR belum pernah diterima"),
        N_("CSR yang sama pernah diterima"),
        N_("CSR yang sama pernah diajukan pemohon ini"),
        N_("CSR terdahulu belum dapat dibandingkan"),
        short=N_("CSR baru"),
        hard=True,
    ),
    "csr.key_reuse": _spec(
        N_("Kunci belum pernah digunakan"),
        N_("Kunci pada CSR ini pernah digunakan"),
        N_("CSR yang sama pernah diajukan pemohon ini dan belum pernah diterbitkan"),
        short=N_("kunci belum pernah dipakai"),
        hard=True,
    ),
    "csr.subject": _spec(
        N_("Nama pada CSR sama dengan pemohon"),
        N_("Nama pada CSR berbeda dengan pemohon"),
        N_("Nama pada CSR perlu diperiksa"),
        N_("Nama pada CSR belum dapat dibandingkan"),
        short=N_("nama pada CSR"),
        hard=True,
        decide=True,
    ),
    "csr.extensions": _spec(
        N_("CSR tidak meminta ekstensi yang tidak lazim"),
        N_("CSR meminta ekstensi yang tidak diizinkan"),
        N_("CSR meminta ekstensi yang tidak lazim"),
        short=N_("ekstensi CSR"),
    ),
    "csr.attributes": _spec(
        N_("CSR tidak memuat kata sandi"),
        N_("CSR memuat kata sandi"),
        N_("CSR memuat atribut kata sandi yang kosong"),
        short=N_("atribut CSR"),
        hard=True,
    ),
    "identity.nik": _spec(
        N_("NIK sah"),
        N_("NIK tidak sah"),
        N_("NIK perlu diperiksa"),
        N_("NIK belum diketahui"),
        short="NIK",
    ),
    "identity.nip": _spec(
        N_("NIP sah"),
        N_("NIP tidak sah"),
        N_("NIP perlu diperiksa"),
        N_("NIP tidak diisi"),
        short="NIP",
    ),
    "identity.agree": _spec(
        N_("NIK dan NIP sejalan"),
        N_("NIK dan NIP tidak sejalan"),
        N_("NIK dan NIP tidak sejalan"),
        N_("NIK dan NIP belum dapat dibandingkan"),
        short=N_("NIK dan NIP sejalan"),
    ),
    "certificate.identified": _spec(
        N_("Sertifikat lama dikenali"),
        N_("Sertifikat lama tidak ditemukan di CA"),
        unknown=N_("Sertifikat lama belum dikenali"),
        short=N_("sertifikat lama"),
        hard=True,
        decide=True,
    ),
    "certificate.owner": _spec(
        N_("Pemegang sertifikat lama adalah pemohon"),
        N_("Sertifikat lama milik orang lain"),
        unknown=N_("Pemegang sertifikat lama belum dipastikan"),
        short=N_("pemegang sertifikat"),
        hard=True,
        decide=True,
    ),
    "certificate.status": _spec(
        N_("Sertifikat lama masih berlaku"),
        N_("Sertifikat lama sudah tidak berlaku"),
        N_("Status sertifikat lama perlu diperiksa"),
        N_("Status sertifikat lama belum diketahui"),
        short=N_("status sertifikat"),
    ),
    "case.duplicate": _spec(
        N_("Tidak ada kasus terbuka lain dari pemohon ini"),
        N_("Pemohon ini masih mempunyai kasus terbuka"),
        short=N_("kasus ganda"),
    ),
}


def spec_of(check: str) -> CheckSpec:
    """The check's row. Raises KeyError for a name that is not in the catalogue (a bug)."""
    return CHECKS[check]
