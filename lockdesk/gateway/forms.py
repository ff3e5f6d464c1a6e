"""What the settings ask for each way to reach a CA, as data: to show it, or to name the CA, loads none of their
libraries."""

from lockdesk.desk.office.gateway_fields import FieldKind, GatewayField, GatewaySpec
from lockdesk.words import N_

_FIRST = (
    GatewayField("url", N_("Alamat server CA"), N_("Alamat layanan, diawali https://."), FieldKind.URL, True),
    GatewayField(
        "chain_pem",
        N_("Sertifikat CA"),
        N_("Berkas PEM: sertifikat CA penerbit lebih dahulu, CA induk terakhir."),
        FieldKind.FILE,
        True,
    ),
    GatewayField(
        "tls_pem",
        N_("CA untuk sambungan server"),
        N_("Berkas PEM, hanya bila sertifikat server berasal dari CA lain."),
        FieldKind.FILE,
    ),
)
_LAST = (
    GatewayField("label", N_("Nama tampilan"), N_("Nama CA pada baris status."), FieldKind.TEXT),
    GatewayField(
        "ocsp_url", N_("Alamat OCSP"), N_("Bila kosong, alamat pada sertifikat yang digunakan."), FieldKind.URL
    ),
    GatewayField("crl_url", N_("Alamat CRL"), N_("Bila kosong, alamat pada sertifikat yang digunakan."), FieldKind.URL),
    GatewayField(
        "delta_url", N_("Alamat delta CRL"), N_("Bila kosong, alamat pada CRL yang digunakan."), FieldKind.URL
    ),
    GatewayField(
        "proxy", N_("Proksi"), N_("Alamat proksi, bila jaringan kantor mewajibkannya."), FieldKind.URL, no_draft=True
    ),
    GatewayField(
        "seconds",
        N_("Batas tunggu (detik)"),
        N_("Waktu tunggu terlama untuk jawaban CA."),
        FieldKind.NUMBER,
        default="20",
    ),
)
_CLIENT_CERTIFICATE = (
    GatewayField(
        "pkcs12",
        N_("Sertifikat klien"),
        N_("Berkas PKCS#12 (.p12) milik petugas untuk masuk ke CA."),
        FieldKind.FILE,
        True,
    ),
    GatewayField(
        "passphrase", N_("Passphrase sertifikat klien"), N_("Passphrase berkas PKCS#12."), FieldKind.SECRET, True
    ),
)
"""For gateways that sign in, or sign messages, with a certificate."""


def _over_the_network(*own: GatewayField) -> tuple[GatewayField, ...]:
    """The fields of a gateway: the address and the certificates, its own, then what is seldom changed."""
    return (*_FIRST, *own, *_LAST)


_PORTAL = (
    GatewayField(
        "chain_pem",
        N_("Sertifikat CA"),
        N_("Sertifikat CA penerbit, lalu induknya sampai akar, dalam satu berkas PEM."),
        FieldKind.FILE,
        required=True,
    ),
    GatewayField(
        "actor",
        N_("Yang bekerja di portal"),
        N_("Menurut standar pelayanan pemohon sendiri; petugas hanya bila kantor berwenang."),
        FieldKind.CHOICE,
        choices=(("applicant", N_("Pemohon")), ("officer", N_("Petugas"))),
        default="applicant",
    ),
    GatewayField("portal_url", N_("Alamat portal"), N_("Dibuka dari langkah kerja."), FieldKind.URL),
    GatewayField(
        "ocsp_url",
        N_("Alamat OCSP"),
        N_("Kosongkan bila tercantum dalam sertifikat lama."),
        FieldKind.URL,
    ),
    GatewayField(
        "crl_url",
        N_("Alamat CRL"),
        N_("Daftar pencabutan; kosongkan bila tercantum dalam sertifikat lama."),
        FieldKind.URL,
    ),
    GatewayField("delta_url", N_("Alamat delta CRL"), N_("Bila CA menerbitkannya."), FieldKind.URL),
    GatewayField(
        "esign_url",
        N_("eSign Client Service"),
        N_("Bila kantor menjalankannya: status pemohon ditampilkan sebelum dan sesudahnya."),
        FieldKind.URL,
    ),
    GatewayField("esign_user", N_("Pengguna eSign"), ""),
    GatewayField("esign_password", N_("Kata sandi eSign"), "", FieldKind.SECRET),
    GatewayField("proxy", N_("Proksi"), N_("Misalnya http://proksi:3128."), FieldKind.URL, no_draft=True),
    GatewayField("seconds", N_("Batas waktu (detik)"), "", FieldKind.NUMBER, default="20"),
)

_EJBCA = _over_the_network(
    *_CLIENT_CERTIFICATE,
    GatewayField("authority", N_("Nama CA"), N_("Nama CA menurut EJBCA."), FieldKind.TEXT, True),
    GatewayField(
        "certificate_profile", N_("Profil sertifikat"), N_("Nama profil sertifikat pada CA."), FieldKind.TEXT, True
    ),
    GatewayField(
        "end_entity_profile", N_("Profil pemegang"), N_("Nama profil end entity pada EJBCA."), FieldKind.TEXT, True
    ),
)

_CMP = _over_the_network(
    *_CLIENT_CERTIFICATE,
    GatewayField(
        "signers_pem",
        N_("Penanda tangan jawaban CA"),
        N_("Berkas PEM, bila jawaban CMP ditandatangani sertifikat lain daripada sertifikat CA."),
        FieldKind.FILE,
    ),
)

_DJANGO = _over_the_network(
    GatewayField("user", N_("Nama akun"), N_("Akun petugas pada CA."), FieldKind.TEXT, True),
    GatewayField("password", N_("Kata sandi"), N_("Kata sandi akun petugas pada CA."), FieldKind.SECRET, True),
    GatewayField("profile", N_("Profil sertifikat"), N_("Nama profil sertifikat pada CA."), default="client"),
    GatewayField(
        "days", N_("Masa berlaku (hari)"), N_("Bila 0, menurut pengaturan CA."), FieldKind.NUMBER, default="0"
    ),
)

SPECS: tuple[GatewaySpec, ...] = (
    GatewaySpec("portal", N_("Portal web CA (BSrE)"), N_("portal {ca}"), _PORTAL, by_hand=True),
    GatewaySpec("ejbca", N_("EJBCA (REST)"), N_("{ca} (EJBCA)"), _EJBCA),
    GatewaySpec("cmp", N_("CMP (RFC 9483)"), N_("{ca} (CMP)"), _CMP),
    GatewaySpec("django_ca", N_("django-ca (REST)"), N_("{ca} (django-ca)"), _DJANGO),
)
"""Each is named like the module that reaches the CA."""


def spec_of(identifier: str) -> GatewaySpec | None:
    return next((spec for spec in SPECS if spec.identifier == identifier), None)
