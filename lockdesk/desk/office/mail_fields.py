"""What the office's mail account is asked for, as data, and the account that the answers make."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlsplit

from lockdesk.desk.office.gateway_fields import FieldKind, GatewayField
from lockdesk.desk.values.mail import Auth, MailAccount, Security
from lockdesk.errors import Declined
from lockdesk.words import N_, _

MAIL_FIELDS = (
    GatewayField(
        "address", N_("Alamat e-mail kantor"), N_("Alamat pengirim; tembusan setiap pesan juga ke sini."), required=True
    ),
    GatewayField("name", N_("Nama pengirim"), N_("Nama yang dilihat penerima di samping alamat.")),
    GatewayField("smtp_host", N_("Server pengirim (SMTP)"), "", required=True),
    GatewayField(
        "smtp_port", N_("Porta SMTP"), N_("587 dengan STARTTLS, 465 dengan TLS."), FieldKind.NUMBER, default="587"
    ),
    GatewayField(
        "security", N_("Enkripsi"), "", FieldKind.CHOICE,
        choices=((Security.STARTTLS.value, N_("STARTTLS")), (Security.TLS.value, N_("TLS sejak awal"))),
        default=Security.STARTTLS.value,
    ),
    GatewayField(
        "auth", N_("Cara masuk"), "", FieldKind.CHOICE,
        choices=((Auth.PASSWORD.value, N_("Kata sandi")), (Auth.XOAUTH2.value, N_("Token (XOAUTH2)"))),
        default=Auth.PASSWORD.value,
    ),
    GatewayField("user", N_("Nama pengguna"), "", required=True),
    GatewayField(
        "secret", N_("Kata sandi atau token"),
        N_("Disimpan dalam penyimpan kata sandi komputer; bila alamat token diisi: refresh token."),
        FieldKind.SECRET, True,
    ),
    GatewayField("token_url", N_("Alamat token"), N_("Untuk XOAUTH2 dengan refresh token: token diperbarui di sini.")),
    GatewayField("client_id", N_("ID klien"), N_("Dari penyedia e-mail, bersama alamat token.")),
    GatewayField("client_secret", N_("Kode klien"), N_("Hanya bila penyedia e-mail memintanya."), no_draft=True),
    GatewayField("imap_host", N_("Server kotak surat (IMAP)"), "", required=True),
    GatewayField("imap_port", N_("Porta IMAP"), N_("993, dengan TLS sejak awal."), FieldKind.NUMBER, default="993"),
    GatewayField("imap_user", N_("Nama pengguna IMAP"), N_("Bila kosong, sama dengan nama pengguna SMTP.")),
    GatewayField("filter", N_("Saringan"), N_("Hanya e-mail ke alamat ini atau dengan kata ini pada perihalnya.")),
    GatewayField(
        "days", N_("Umur e-mail (hari)"),
        N_("E-mail yang lebih tua dari ini saat kotak surat pertama kali dilihat tidak diambil; 0 berarti semuanya."),
        FieldKind.NUMBER, default="30",
    ),
    GatewayField("folder", N_("Folder masuk"), N_("Folder tempat e-mail datang."), required=True, default="INBOX"),
    GatewayField(
        "accepted_folder", N_("Folder e-mail yang diterima"),
        N_("Ke sini e-mail permohonan yang sudah diterima dipindahkan."), required=True, default="LockDesk",
    ),
    GatewayField(
        "ca_pem", N_("CA untuk server e-mail"), N_("Berkas PEM, bila server memakai CA kantor sendiri."), FieldKind.FILE
    ),
)  # fmt: skip
BEGUN = "begun"
"""Kept beside the fields: the day on which the mailbox was first looked into, as ISO 8601; "" for one whose account is
older than the limit."""
MOST_DAYS = 3650
SECRET = "mail.secret"
"""Under which name the keyring holds it."""


def account_of(values: Mapping[str, str]) -> MailAccount:
    """The account of a filled form. Raises Declined with the first thing that is wrong."""
    whole = {field.name: values.get(field.name, "").strip() or field.default for field in MAIL_FIELDS}
    for field in MAIL_FIELDS:
        if field.required and field.kind is not FieldKind.SECRET and not whole[field.name]:
            raise _unusable(_("Belum diisi: {names}.").format(names=_(field.label)))
    if not is_address(whole["address"]):
        raise _unusable(_("Alamat e-mail kantor tidak lengkap atau memuat lebih dari satu alamat."))
    return MailAccount(
        address=whole["address"],
        name=whole["name"],
        smtp_host=_host(whole["smtp_host"]),
        smtp_port=_port(whole["smtp_port"]),
        security=Security(whole["security"]),
        user=whole["user"],
        auth=Auth(whole["auth"]),
        imap_host=_host(whole["imap_host"]),
        imap_port=_port(whole["imap_port"]),
        imap_user=whole["imap_user"],
        folder=whole["folder"],
        accepted_folder=whole["accepted_folder"],
        filter=whole["filter"],
        since=_since(values.get(BEGUN, ""), whole["days"]),
        token_url=_token_url(whole),
        client_id=whole["client_id"],
        client_secret=whole["client_secret"],
        ca_pem=whole["ca_pem"].encode(),
    )


def is_address(text: str) -> bool:
    """Whether it is exactly one address in ASCII: what a message is sent to may never be a list, or hold a header."""
    from email.errors import HeaderParseError  # late: a start writes to nobody
    from email.headerregistry import Address

    try:
        address = Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):
        return False
    plain = text.isascii() and text.isprintable() and not set(text) & set(' ,;:<>"()[]\\')
    return plain and bool(address.username) and "." in address.domain


def address_in(text: str) -> str:
    """The one address among what somebody wrote as the way to reach them; "" where there is none, or several."""
    found = {
        part.strip(".").casefold(): part.strip(".") for part in re.findall(r"[^\s<>,;:()\"]+@[^\s<>,;:()\"]+", text)
    }
    (address,) = found.values() if len(found) == 1 else ("",)
    return address if is_address(address) else ""


def _host(text: str) -> str:
    if not text.isascii() or not text.isprintable() or set(text) & set(" /:@"):
        raise _unusable(_("Nama server “{name}” tidak dapat dipakai.").format(name=text))
    return text


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise _unusable(_("Porta harus angka antara 1 dan 65535."))
    return int(text)


def _token_url(whole: Mapping[str, str]) -> str:
    url = whole["token_url"] if whole["auth"] == Auth.XOAUTH2 else ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme == "https" and bool(parts.hostname) and url.isascii() and url.isprintable()
    except ValueError:
        usable = False
    if url and not usable:
        raise _unusable(_("Alamat token harus diawali https://."))
    if url and not whole["client_id"]:
        raise _unusable(_("Belum diisi: {names}.").format(names=_("ID klien")))
    return url


def _since(begun: str, days: str) -> date | None:
    if not days.isdecimal() or int(days) > MOST_DAYS:
        raise _unusable(_("Umur e-mail harus angka antara 0 dan {most}.").format(most=MOST_DAYS))
    return date.fromisoformat(begun) - timedelta(days=int(days)) if begun and int(days) else None


def _unusable(message: str) -> Declined:
    return Declined(message, _("Perbaiki isiannya, lalu simpan lagi."), code="mail.settings")
