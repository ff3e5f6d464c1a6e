"""Checks of the e-mail: who sent it, who vouches for that, how old it is, where an answer would go."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.core.mail_dates import mail_moment
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.mail.authentication import Authentication, MethodResult, aligned, trusted
from lockdesk.desk.checks.mail.layers import containers, sender_person
from lockdesk.desk.checks.mail.lookalike import imitated, is_international
from lockdesk.desk.checks.spec import COMPARISON, DOCUMENTS, EVERY, MAIL, CheckSpec, Run, titles
from lockdesk.desk.values.facts import MailFacts
from lockdesk.words import N_, _

CLOCK_SLACK = timedelta(hours=1)
"""Two servers' clocks may differ by this much before a date counts as odd."""
_ADDRESS_IN_NAME = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")


def office_domain(domain: str, allowed: tuple[str, ...]) -> bool:
    """True for an office domain and its subdomains."""
    return any(domain == item or domain.endswith("." + item) for item in allowed)


def of_mail(check: Callable[[MailFacts, Evidence], Finding | None]) -> Run:
    """The check where there is a mail; nothing for a walk-in."""

    def run(evidence: Evidence) -> Finding | None:
        mail = evidence.facts.mail
        return None if mail is None else check(mail, evidence)

    return run


DEFECT_WORDS = {
    "damaged": N_("bagian rusak"),
    "too_many_parts": N_("terlalu banyak bagian"),
    "too_deep": N_("bagian bertumpuk terlalu dalam"),
    "private_key_in_text": N_("kunci privat di dalam teks"),
    "passphrase_in_text": N_("passphrase di dalam teks"),
    "too_large": N_("terlalu besar"),
    "headers_too_large": N_("kepala surat terlalu panjang"),
    "too_many_recipients": N_("terlalu banyak penerima"),
    "several_senders": N_("lebih dari satu pengirim"),
    "unknown_charset": N_("susunan huruf tidak dikenal"),
    "timed_out": N_("terlalu lama dibaca"),
}


def _readable(mail: MailFacts, _evidence: Evidence) -> Finding:
    if mail.sender is None and not mail.attachments and not mail.subject:
        return Finding(
            "mail.readable",
            Verdict.FAIL,
            _("Berkas ini kosong atau bukan e-mail."),
            _("Simpan ulang e-mail permohonan sebagai .eml, lalu buka lagi."),
        )
    if not mail.defects:
        return Finding("mail.readable", Verdict.PASS, _("E-mail utuh."))
    damaged = mail.sender is None and "damaged" in mail.defects
    return Finding(
        "mail.readable",
        Verdict.FAIL if damaged else Verdict.WARN,
        _("Kelainan pada e-mail: {own_defects}.").format(
            own_defects=", ".join(_(DEFECT_WORDS.get(name, name)) for name in mail.defects)
        ),
        _("Kirim ulang e-mail permohonan tanpa diubah atau diteruskan."),
    )


def _sender_domain(mail: MailFacts, evidence: Evidence) -> Finding:
    """An office mailbox; whose it is, is `mail.sender_person`'s question."""
    place, remedy = Place("mail", anchor="From"), _("Kirim permohonan dari kotak surat dinas pemohon.")
    if mail.sender is None:
        words = _("E-mail tidak menyebut pengirim.")
        return Finding("mail.sender_domain", Verdict.UNKNOWN, words, remedy, place)
    sender = mail.sender.mailbox
    if not office_domain(mail.sender.domain, evidence.mail_domains):
        words = _("{mailbox} bukan kotak surat dinas.").format(mailbox=sender)
        return Finding("mail.sender_domain", Verdict.WARN, words, remedy, place)
    return Finding("mail.sender_domain", Verdict.PASS, sender, place=place)


def _lookalike(mail: MailFacts, evidence: Evidence) -> Finding:
    """From, Reply-To and Return-Path, and an address written into the sender's shown name."""
    allowed = evidence.mail_domains
    for anchor, shown, domain in _domains(mail):
        place = Place("mail", anchor=anchor)
        office = imitated(domain, allowed)
        if office:
            words = _("{mailbox} menyerupai domain dinas {office}, tetapi bukan.")
            words = words.format(mailbox=shown, office=office)
            remedy = _("Kirim permohonan dari kotak surat dinas pemohon.")
            return Finding("mail.lookalike", Verdict.FAIL, words, remedy, place)
        if is_international(domain) and not office_domain(domain, allowed):
            words = _("{mailbox} memakai huruf di luar abjad Latin.").format(mailbox=shown)
            return Finding("mail.lookalike", Verdict.WARN, words, _("Periksa ejaan alamatnya."), place)
    return _shown_address(mail, allowed)


def _domains(mail: MailFacts) -> list[tuple[str, str, str]]:
    named = [("From", mail.sender), *(("Reply-To", item) for item in mail.reply_to)]
    named.append(("Return-Path", mail.return_path))
    return [(anchor, item.mailbox, item.domain) for anchor, item in named if item is not None]


def _shown_address(mail: MailFacts, allowed: tuple[str, ...]) -> Finding:
    """ "sekar@dinas.go.id" <x@elsewhere>: many programs show only the first."""
    sender = mail.sender
    inside = _ADDRESS_IN_NAME.search(sender.name.casefold()) if sender is not None else None
    if sender is not None and inside and not aligned(inside[1], sender.domain):
        own = office_domain(inside[1], allowed)
        words = _("Nama pengirim menyebut {shown}, alamat sebenarnya {mailbox}.")
        words = words.format(shown=inside[0], mailbox=sender.mailbox)
        colleague = own and office_domain(sender.domain, allowed)
        verdict = Verdict.FAIL if (own and not colleague) or imitated(inside[1], allowed) else Verdict.WARN
        remedy = _("Kirim permohonan dari kotak surat dinas pemohon.")
        title = _("Nama pengirim menyebut alamat dinas lain") if colleague else ""
        return Finding("mail.lookalike", verdict, words, remedy, Place("mail", anchor="From"), title)
    return Finding("mail.lookalike", Verdict.PASS, _("Tidak ada domain yang menyerupai domain dinas."))


def _authentication(mail: MailFacts, evidence: Evidence) -> Finding:
    """SPF, DKIM and DMARC as the office's own server recorded them; other servers' words count nothing."""
    place = Place("mail", anchor="Authentication-Results")
    found = trusted(mail.authentication_results, evidence.authserv_id, evidence.mail_domains)
    if found is None or mail.sender is None:
        words = (
            _("Hasil pemeriksaan hanya ditulis oleh server lain dan tidak dipercaya.")
            if mail.authentication_results
            else _("Server penerima tidak mencatat hasil pemeriksaan pengirim.")
        )
        return Finding("mail.authentication", Verdict.UNKNOWN, words, place=place)
    words = ", ".join(f"{item.method}={item.result}" for item in found.results) or _("tanpa hasil")
    words = f"{found.server}: {words}."
    verdict = authenticated(found, mail.sender.domain)
    remedy = {
        Verdict.FAIL: _("Kirim permohonan dari kotak surat dinas pemohon."),
        Verdict.WARN: _("Pastikan lewat telepon bahwa pemohon mengirim e-mail ini."),
    }.get(verdict, "")
    return Finding("mail.authentication", verdict, words, remedy, place)


def authenticated(found: Authentication, domain: str) -> Verdict:
    """DMARC decides where it was evaluated for this sender; else an aligned SPF or DKIM pass does."""
    named = [item for item in found.results if item.method in {"spf", "dkim", "dmarc"}]
    if any(item.method == "dmarc" and item.domain and item.domain != domain for item in named):
        return Verdict.FAIL
    dmarc = next((item.result for item in named if item.method == "dmarc"), "none")
    if dmarc in {"pass", "fail"}:
        return Verdict.PASS if dmarc == "pass" else Verdict.FAIL
    if any(_vouches(item, domain) for item in named):
        return Verdict.PASS
    failing = {"fail", "softfail", "permerror", "policy"}
    return Verdict.FAIL if any(item.result in failing for item in named) else Verdict.WARN


def _vouches(item: MethodResult, domain: str) -> bool:
    return item.method in {"spf", "dkim"} and item.result == "pass" and aligned(item.domain, domain)


def _reply_to(mail: MailFacts, _evidence: Evidence) -> Finding:
    place = Place("mail", anchor="Reply-To")
    others = [item for item in mail.reply_to if mail.sender is None or item.mailbox != mail.sender.mailbox]
    if not others:
        return Finding("mail.reply_to", Verdict.PASS, _("Balasan kembali ke pengirim."), place=place)
    elsewhere = [item for item in others if mail.sender is None or item.domain != mail.sender.domain]
    words = _("Balasan akan menuju {mailbox}; hubungi pemohon lewat nomor data kepegawaian.")
    words = words.format(mailbox=", ".join(item.mailbox for item in others))
    remedy = _("Kirim ulang permohonan tanpa alamat balasan lain.")
    return Finding("mail.reply_to", Verdict.FAIL if elsewhere else Verdict.WARN, words, remedy, place)


def _age(mail: MailFacts, evidence: Evidence) -> Finding:
    """The mail's own date against the moment its newest server stamped it, else against its reception here.

    An old date may be a mail sent again; a date ahead of its arrival was written by hand.
    """
    place = Place("mail", anchor="Date")
    if mail.date is None:
        return Finding("mail.age", Verdict.UNKNOWN, _("E-mail tidak bertanggal."), place=place)
    stamped = _stamp(mail) or evidence.received_at
    days = (evidence.received_at - mail.date).days
    remedy = _("Kirim ulang permohonan lewat e-mail baru.")
    if mail.date - min(stamped, evidence.received_at) > CLOCK_SLACK:
        words = _("Tanggal e-mail lebih baru daripada saat diterima server.")
        return Finding("mail.age", Verdict.WARN, words, remedy, place)
    if days > evidence.mail_max_age_days:
        words = _("E-mail dikirim {n} hari sebelum diterima.").format(n=days)
        return Finding("mail.age", Verdict.WARN, words, remedy, place)
    if stamped - mail.date > timedelta(days=evidence.mail_max_age_days):
        words = _("Tanggal e-mail jauh lebih tua daripada saat diterima server.")
        return Finding("mail.age", Verdict.WARN, words, remedy, place)
    words = _("Dikirim {n} hari sebelum diterima.").format(n=max(days, 0))
    return Finding("mail.age", Verdict.PASS, words, place=place)


def _stamp(mail: MailFacts) -> datetime | None:
    """The moment in the topmost Received line; None where it has none."""
    text = mail.received[0].rpartition(";")[2] if mail.received else ""
    try:
        moment = mail_moment(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else None


CHECKS = (
    CheckSpec(
        "mail.readable",
        of_mail(_readable),
        titles(
            N_("E-mail dapat dibaca"),
            N_("E-mail rusak"),
            N_("Sebagian e-mail tidak dapat dibaca"),
        ),
        N_("e-mail terbaca"),
        ((MAIL, ""),),
        EVERY,
        asked={Verdict.FAIL: N_("Kirim ulang e-mail permohonan tanpa diubah atau diteruskan.")},
    ),
    CheckSpec(
        "mail.sender_domain",
        of_mail(_sender_domain),
        titles(
            N_("Pengirim memakai domain dinas"),
            N_("Domain pengirim tidak dapat dipercaya"),
            N_("Pengirim memakai kotak surat di luar domain dinas"),
            N_("Pengirim tidak diketahui"),
        ),
        N_("domain pengirim"),
        ((MAIL, "From"), (COMPARISON, "email")),
        {Verdict.WARN},
    ),
    CheckSpec(
        "mail.lookalike",
        of_mail(_lookalike),
        titles(
            N_("Tidak ada domain tiruan"),
            N_("Alamat e-mail meniru domain dinas"),
            N_("Alamat e-mail memakai huruf yang dapat mengecoh"),
        ),
        N_("domain tiruan"),
        ((MAIL, "From"), (COMPARISON, "email")),
        EVERY,
        asked={Verdict.WARN: N_("Kirim permohonan dari kotak surat dinas sendiri.")},
    ),
    CheckSpec(
        "mail.authentication",
        of_mail(_authentication),
        titles(
            N_("Server penerima membenarkan pengirim (SPF, DKIM, DMARC)"),
            N_("Pengirim e-mail tidak lolos pemeriksaan server penerima"),
            N_("Pengirim e-mail tidak dapat dibuktikan oleh server penerima"),
            N_("Keaslian pengirim e-mail belum dapat dipastikan"),
        ),
        N_("keaslian pengirim"),
        ((MAIL, "Authentication-Results"),),
        EVERY,
        asked={Verdict.WARN: N_("Kirim permohonan langsung dari kotak surat dinas sendiri.")},
    ),
    CheckSpec(
        "mail.reply_to",
        of_mail(_reply_to),
        titles(
            N_("Alamat balasan sama dengan pengirim"),
            N_("Alamat balasan mengarah ke domain lain"),
            N_("Alamat balasan berbeda dengan pengirim"),
        ),
        N_("alamat balasan"),
        ((MAIL, "Reply-To"),),
        EVERY,
    ),
    CheckSpec(
        "mail.age",
        of_mail(_age),
        titles(
            N_("Tanggal e-mail wajar"),
            N_("Tanggal e-mail tidak wajar"),
            unknown=N_("E-mail tidak bertanggal"),
        ),
        N_("tanggal e-mail"),
        ((MAIL, "Date"),),
        EVERY,
    ),
    CheckSpec(
        "mail.sender_person",
        of_mail(sender_person),
        titles(
            N_("Pengirim adalah pemohon, atau pemohon menerima tembusan"),
            N_("Pengirim bukan pemohon"),
            N_("Pengirim bukan kotak surat pemohon sendiri"),
            N_("Pengirim belum dapat dibandingkan dengan pemohon"),
        ),
        N_("pengirim adalah pemohon"),
        ((MAIL, "From"), (COMPARISON, "email")),
        asked={
            Verdict.WARN: N_(
                "Kirim permohonan dari kotak surat dinas sendiri, atau dengan tembusan ke kotak surat tersebut."
            )
        },
    ),
    CheckSpec(
        "mail.container",
        of_mail(containers),
        titles(
            N_("Permohonan di dalam e-mail terbuka"),
            N_("Isi e-mail tidak dapat dibuka"),
            N_("Sebagian isi e-mail tidak dapat dibuka"),
        ),
        N_("isi e-mail terbuka"),
        ((DOCUMENTS, ""),),
        EVERY,
        asked={Verdict.WARN: N_("Kirim surat dan CSR langsung sebagai lampiran.")},
    ),
)
