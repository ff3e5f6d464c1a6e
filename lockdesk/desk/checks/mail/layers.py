"""Checks of what a mail carries besides: whose mailbox it came from, mails inside it, links, a passphrase in words."""

import re

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.spec import DOCUMENTS, CheckSpec, titles
from lockdesk.desk.values.facts import AttachmentKind, MailFacts
from lockdesk.words import N_, _

CLOUDS = (
    "drive.google.com", "docs.google.com", "photos.app.goo.gl", "1drv.ms", "onedrive.live.com", "sharepoint.com",
    "dropbox.com", "db.tt", "wetransfer.com", "we.tl", "mega.nz", "mediafire.com", "icloud.com", "box.com",
    "terabox.com", "sendspace.com", "transfernow.net", "files.fm", "gofile.io", "pcloud.com", "drive.proton.me",
    "bit.ly", "s.id", "tinyurl.com", "goo.gl", "cutt.ly", "shorturl.at", "rebrand.ly", "t.ly", "is.gd", "t.co",
    "lnkd.in", "linktr.ee", "forms.gle", "acrobat.adobe.com",
)  # fmt: skip
"""Where papers lie that were not sent along, and what leads there by a short name. A data list: it is meant to grow."""
_OWN_CLOUDS = frozenset({"cloud", "nextcloud", "owncloud", "drive", "files"})
"""What an office calls its own."""
_LINK = re.compile(
    r"(?<![\w@.-])(?:https?://(?P<host>[\w.-]{1,200})|(?P<bare>(?:[\w-]{1,60}\.){1,5}[a-z]{2,6})/)", re.I
)


def sender_person(mail: MailFacts, evidence: Evidence) -> Finding | None:
    """mail.sender_person: the sender is the applicant, or the applicant has the mail in copy."""
    if mail.sender is None:
        return None
    place, sender = Place("mail", anchor="From"), mail.sender.mailbox.casefold()
    entry = evidence.register_entry
    registered = entry.text("email").casefold() if entry is not None else ""
    known = registered or evidence.facts.statement.fields.email.casefold()
    remedy = _("Pastikan lewat telepon bahwa pemohon mengetahui permohonan ini.")
    if not known:
        words = _("E-mail pemohon belum diketahui; pengirim: {mailbox}.").format(mailbox=sender)
        return Finding("mail.sender_person", Verdict.UNKNOWN, words, place=place)
    copied = known in {item.mailbox.casefold() for item in (*mail.cc, *mail.to)}
    if not registered and (sender == known or copied):
        words = _("Menurut surat {known} adalah e-mail pemohon; data kepegawaian tidak memuatnya.")
        return Finding("mail.sender_person", Verdict.UNKNOWN, words.format(known=known), place=place)
    if sender == known:
        return Finding("mail.sender_person", Verdict.PASS, sender, place=place)
    if copied:
        words = _("Pengirim {mailbox}; pemohon ({known}) menerima tembusan.").format(mailbox=sender, known=known)
        return Finding("mail.sender_person", Verdict.PASS, words, place=place)
    words = _("Pengirim {mailbox}; e-mail pemohon {known} tidak menerima tembusan.")
    return Finding("mail.sender_person", Verdict.WARN, words.format(mailbox=sender, known=known), remedy, place)


def containers(mail: MailFacts, _evidence: Evidence) -> Finding | None:
    """mail.container, where there is a mail inside the mail, something unopened, or a link to papers elsewhere."""
    place = Place("mail")
    forwarded = [item for item in mail.quoted if not item.signed]
    hosts = dict.fromkeys((found["host"] or found["bare"]).casefold() for found in _LINK.finditer(mail.text))
    links = [
        host
        for host in hosts
        if any(f".{host}".endswith(f".{cloud}") for cloud in CLOUDS) or host.partition(".")[0] in _OWN_CLOUDS
    ]
    encrypted = [item.name for item in mail.attachments if item.kind is AttachmentKind.ENCRYPTED]
    if encrypted:
        words = _("{names} hanya dapat dibuka dengan kunci penerima; kantor tidak memilikinya.")
        remedy = _("Kirim ulang e-mail beserta surat dan CSR tanpa enkripsi (S/MIME atau PGP).")
        title = _("E-mail atau lampirannya dienkripsi")
        return Finding("mail.container", Verdict.WARN, words.format(names=", ".join(encrypted)), remedy, place, title)
    if mail.unopened:
        words = _("{names} tidak dapat dibuka.").format(names=", ".join(mail.unopened))
        remedy = _("Kirim surat dan CSR langsung sebagai lampiran.")
        return Finding("mail.container", Verdict.WARN, words, remedy, place)
    if links:
        words = _("E-mail menunjuk berkas di {links}; berkas itu tidak diambil.").format(links=", ".join(links))
        remedy = _("Kirim surat dan CSR langsung sebagai lampiran.")
        title = _("Berkas permohonan berada di penyimpanan awan")
        return Finding("mail.container", Verdict.WARN, words, remedy, place, title)
    if forwarded:
        words = " ".join(
            _("{file}, menurut isinya dari {sender}.").format(
                file=item.file, sender=item.sender.mailbox if item.sender else "–"
            )
            for item in forwarded
        )
        remedy = _("Pengirim di dalamnya tidak terbukti; pastikan lewat telepon.")
        title = _("Permohonan berada di dalam e-mail yang diteruskan")
        return Finding("mail.container", Verdict.WARN, words, remedy, place, title)
    if mail.quoted:
        return Finding("mail.container", Verdict.PASS, _("E-mail bertanda tangan S/MIME; isinya dibuka."), place=place)
    return None


def _secret(evidence: Evidence) -> Finding | None:
    """mail.secret: a passphrase in words, in the mail or in a paper; only where there is one."""
    facts = evidence.facts
    named = [item.name for item in facts.attachments if item.withheld == "secret"]
    if facts.mail is not None and "passphrase_in_text" in facts.mail.defects:
        named.insert(0, _("isi e-mail"))
    if "passphrase" in facts.statement.risks and facts.statement_file is not None:
        named.append(facts.statement_file.name)
    if not named:
        return None
    words = _("{own_names}: memuat passphrase; isinya tidak disimpan.").format(
        own_names=", ".join(dict.fromkeys(named))
    )
    remedy = _("Passphrase tersebut tidak boleh digunakan lagi, di mana pun.")
    return Finding("mail.secret", Verdict.FAIL, words, remedy, Place("documents"))


CHECKS = (
    CheckSpec(
        "mail.secret",
        _secret,
        titles(
            N_("Tidak ada passphrase dalam kata-kata"),
            N_("Permohonan memuat passphrase dan tidak disimpan"),
        ),
        N_("tanpa passphrase"),
        ((DOCUMENTS, ""),),
        {Verdict.FAIL},
    ),
)
