"""Checks of the e-mail: who sent it and where an answer would go."""

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.facts import MailFacts
from lockdesk.words import _


def office_domain(domain: str, allowed: tuple[str, ...]) -> bool:
    """True for an office domain and its subdomains."""
    return any(domain == item or domain.endswith("." + item) for item in allowed)


def check_mail(evidence: Evidence) -> list[Finding]:
    """mail.readable, mail.sender_domain and mail.reply_to; none for a walk-in."""
    mail = evidence.facts.mail
    if mail is None:
        return []
    return [_readable(mail), _sender_domain(mail, evidence.mail_domains), _reply_to(mail)]


def _readable(mail: MailFacts) -> Finding:
    if not mail.defects:
        return Finding("mail.readable", Verdict.PASS, _("E-mail utuh."))
    damaged = mail.sender is None and "damaged" in mail.defects
    return Finding(
        "mail.readable",
        Verdict.FAIL if damaged else Verdict.WARN,
        _("Kelainan pada e-mail: {defects}.").format(defects=", ".join(mail.defects)),
        _("Kirim ulang e-mail permohonan tanpa diubah atau diteruskan."),
    )


def _sender_domain(mail: MailFacts, allowed: tuple[str, ...]) -> Finding:
    place = Place("mail", anchor="From")
    if mail.sender is None:
        return Finding(
            "mail.sender_domain",
            Verdict.UNKNOWN,
            _("E-mail tidak menyebut pengirim."),
            _("Kirim permohonan dari kotak surat dinas pemohon."),
            place,
        )
    domain = mail.sender.domain
    if office_domain(domain, allowed):
        return Finding("mail.sender_domain", Verdict.PASS, mail.sender.mailbox, place=place)
    lookalike = _lookalike(domain, allowed)
    if lookalike:
        return Finding(
            "mail.sender_domain",
            Verdict.FAIL,
            _("{mailbox} menyerupai domain dinas {office}, tetapi bukan.").format(
                mailbox=mail.sender.mailbox, office=lookalike
            ),
            _("Kirim permohonan dari kotak surat dinas pemohon."),
            place,
        )
    return Finding(
        "mail.sender_domain",
        Verdict.WARN,
        _("{mailbox} bukan kotak surat dinas.").format(mailbox=mail.sender.mailbox),
        _("Kirim permohonan dari kotak surat dinas pemohon."),
        place,
    )


_SIMILAR = str.maketrans({"0": "o", "1": "l", "-": "", "3": "e", "5": "s"})


def _lookalike(domain: str, allowed: tuple[str, ...]) -> str:
    """The office domain that this one imitates; "" when none."""
    folded = domain.translate(_SIMILAR).replace("rn", "m").replace("vv", "w")
    for office in allowed:
        same_shape = folded.replace(".", "").endswith(office.translate(_SIMILAR).replace(".", ""))
        inside = office in domain or office.split(".", maxsplit=1)[0] in folded
        if same_shape or inside or "xn--" in domain or not domain.isascii():
            return office
    return ""


def _reply_to(mail: MailFacts) -> Finding:
    place = Place("mail", anchor="Reply-To")
    others = [item for item in mail.reply_to if mail.sender is None or item.mailbox != mail.sender.mailbox]
    if not others:
        return Finding("mail.reply_to", Verdict.PASS, _("Balasan kembali ke pengirim."), place=place)
    elsewhere = [item for item in others if mail.sender is None or item.domain != mail.sender.domain]
    return Finding(
        "mail.reply_to",
        Verdict.FAIL if elsewhere else Verdict.WARN,
        _("Balasan akan menuju {mailbox}.").format(mailbox=", ".join(item.mailbox for item in others)),
        _("Jangan membalas e-mail ini; hubungi pemohon lewat nomor data kepegawaian."),
        place,
    )
