"""What lists and buttons say about a mail that waits for its decision."""

from lockdesk.desk.values.tray import JOINING, MailState, Seems, TrayMail
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.rows import RowText
from lockdesk.words import N_, _, number_words

FILTERS = (
    (MailState.WAITING.value, N_("Perlu diputuskan")),
    (MailState.UNRELATED.value, N_("Surat lain")),
    (MailState.REFUSED.value, N_("Ditolak")),
)
SIMULATED = (MailState.DELIVERED.value, N_("Terkirim (simulasi)"))
"""In practice: what the outbox brought to the simulated mailbox."""
_CHIPS = {
    Seems.REQUEST: (N_("Permohonan baru"), Tone.INFO),
    Seems.SEVERAL: (N_("Beberapa permohonan"), Tone.INFO),
    Seems.REAPPLICATION: (N_("Permohonan ulang"), Tone.INFO),
    Seems.ANSWER: (N_("Jawaban {number}?"), Tone.WARN),
    Seems.REPLY: (N_("Balasan {number}?"), Tone.WARN),
    Seems.COMPLAINT: (N_("Pengaduan?"), Tone.WARN),
    Seems.COMPLAINT_REPLY: (N_("Balasan pengaduan {number}?"), Tone.WARN),
    Seems.CERTIFICATE: (N_("Sertifikat"), Tone.QUIET),
    Seems.UNREADABLE: (N_("Tidak terbaca"), Tone.BAD),
    Seems.UNRELATED: (N_("Bukan untuk layanan ini?"), Tone.QUIET),
    Seems.OURS: (N_("Simulasi"), Tone.WARN),
}
_AWAITED = (N_("Sertifikat {number}?"), Tone.WARN)
_TITLES = {
    Seems.REQUEST: N_("Terima sebagai permohonan baru?"),
    Seems.SEVERAL: N_("Terima sebagai beberapa kasus?"),
    Seems.REAPPLICATION: N_("Terima sebagai permohonan ulang setelah {number}?"),
    Seems.ANSWER: N_("Jawaban atas {number}?"),
    Seems.REPLY: N_("Berkaitan dengan {number}?"),
    Seems.COMPLAINT: N_("Catat sebagai pengaduan?"),
    Seems.COMPLAINT_REPLY: N_("Balasan atas pengaduan {number}?"),
    Seems.CERTIFICATE: N_("Sertifikat, bukan permohonan"),
    Seems.UNREADABLE: N_("E-mail ini tidak dapat diterima begitu saja"),
    Seems.UNRELATED: N_("Tampaknya bukan untuk layanan ini"),
    Seems.OURS: N_("Di kotak surat simulasi"),
}


def chip_of(mail: TrayMail) -> tuple[str, Tone]:
    """What the mail seems to be, in two words."""
    words, tone = _CHIPS[mail.match.seems] if not mail.match.awaited else _AWAITED
    short = mail.match.number.rpartition("-")[2]
    return _(words).format(number=short), tone


def title_of(mail: TrayMail) -> str:
    """The proposal, as a question."""
    if mail.match.awaited:
        return _("Sertifikat untuk {number}?").format(number=mail.match.number)
    return _(_TITLES[mail.match.seems]).format(number=mail.match.number)


def sender_of(mail: TrayMail) -> str:
    sender = mail.sender
    return (sender.name or sender.mailbox) if sender is not None else _("pengirim tidak terbaca")


def accept_words(mail: TrayMail) -> str:
    return _("Terima sebagai beberapa kasus") if mail.match.seems is Seems.SEVERAL else _("Terima sebagai kasus baru")


def join_words(mail: TrayMail) -> str:
    joins = mail.match.seems in JOINING or mail.match.complaint is not None
    return _("Gabungkan ke {number}").format(number=mail.match.number) if joins else _("Gabungkan ke kasus…")


def bring_words(mail: TrayMail) -> str:
    """The certificate's way into the proof; of several cases one is chosen then."""
    if len(mail.match.awaited) > 1:
        return _("Masukkan ke kasus…")
    return _("Masukkan ke {number}").format(number=mail.match.number)


def row_text(mail: TrayMail, times: OfficeTime, today: object) -> RowText:
    """The words of one line of the list."""
    chip, tone = chip_of(mail)
    same_day = times.day(mail.arrived_at) == today
    when = times.clock(mail.arrived_at) if same_day else times.day_words(mail.arrived_at)
    if mail.state is MailState.DELIVERED:
        return RowText(sender_of(mail), when, Tone.QUIET, "", mail.subject, chip, tone, mail.subject)
    files = _("{n} lampiran").format(n=number_words(len(mail.files))) if mail.files else _("tanpa lampiran")
    tip = "\n".join((mail.sender.mailbox if mail.sender is not None else "", mail.subject))
    return RowText(sender_of(mail), when, Tone.QUIET, "", files, chip, tone, tip)
