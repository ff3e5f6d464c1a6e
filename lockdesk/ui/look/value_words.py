"""Fields and values in the officer's words: identity fields, sizes, fingerprints, names in certificates."""

import re
from zoneinfo import ZoneInfo

from lockdesk.core.confirmation import NamedCsr
from lockdesk.core.identity import print_nip
from lockdesk.desk.values.cases import UsableCertificate
from lockdesk.pki.values import SubjectFacts
from lockdesk.words import N_, _, date_words, moment_words


def hash_words(name: str) -> str:
    """ "SHA-256" for "sha256"."""
    return name.upper().replace("SHA", "SHA-")


def grouped_hex(text: str, shown: int = 16) -> str:
    """ "9f3c 71aa 02de 5c44 … 4be1 90c2": the beginning and the end of a fingerprint."""
    groups = [text[i : i + 4] for i in range(0, len(text), 4)]
    if len(text) <= shown + 12:
        return " ".join(groups)
    return " ".join(groups[: shown // 4]) + " … " + " ".join(groups[-2:])


def holder_number(subject: SubjectFacts) -> str:
    """The NIP or other number that a certificate names, "" when it names none."""
    return subject.serial_number or subject.user_id


def readable_subject(text: str) -> str:
    r"""A distinguished name for reading: RFC 4514's "\\," is shown as ","."""
    return re.sub(r'\\([ #,+"\\<>;=])', r"\1", text)


def number_words_of(number: str) -> str:
    """A number that a certificate names, spaced as an NIP where it is one."""
    return f"NIP {print_nip(number)}" if len(number) == 18 else number


def csr_words(csr: NamedCsr, zone: ZoneInfo) -> str:
    """A CSR as it is read out in a call: its file, when it came, its last digits."""
    words = _("{file}, diterima {time}, sidik jari kunci berakhiran {tail}")
    file = csr.file or _("di dalam isi e-mail")
    return words.format(file=file, time=moment_words(csr.received_at, zone), tail=csr.tail)


USABLE_SOURCES = {
    "ca": N_("menurut CA"),
    "portal": N_("menurut portal CA"),
    "register": N_("menurut data kepegawaian"),
}


def usable_words(item: UsableCertificate, zone: ZoneInfo) -> str:
    """One of several certificates: its serial, until when, and who says so."""
    source = _(USABLE_SOURCES[item.source])
    if item.not_after is None:
        return f"{item.serial} · {source}"
    until = _("berlaku sampai {day}").format(day=date_words(item.not_after.astimezone(zone).date()))
    return f"{item.serial} · {until} · {source}"
