"""One line of what a dated rule says."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from lockdesk.dated_rules import Rule
from lockdesk.desk.reasons import recorded_words
from lockdesk.office_file import WEEKDAYS, DeadlineTable, HoursTable, SpecialHoursTable
from lockdesk.words import N_, _, date_words, language

DEADLINE_WORDS = (
    ("A", N_("Penutupan hari kerja berikutnya")),
    ("B", N_("405 menit layanan")),
    ("C", N_("Hari yang sama, bila lengkap sebelum pukul tertentu")),
)


def _hours_words(value: HoursTable) -> str:
    """Days beside each other with the same hours together, each with its break."""
    told = []
    for spans, group in groupby(WEEKDAYS, lambda key: getattr(value, key)):
        days = [_(_SHORT[key]) for key in group]
        if spans:
            hours = f" {_('dan')} ".join(f"{first}–{last}" for first, last in spans)
            told.append(f"{'–'.join(dict.fromkeys((days[0], days[-1])))} {hours}")
    return "; ".join(told).replace(":", language.tongue.clock)


_SHORT = dict(zip(WEEKDAYS, (N_("Sen"), N_("Sel"), N_("Rab"), N_("Kam"), N_("Jum"), N_("Sab"), N_("Min")), strict=True))


def _deadline_words(value: DeadlineTable) -> str:
    words = _(dict(DEADLINE_WORDS)[value.batas_waktu])
    return f"{value.batas_waktu}: {words}" + (
        f" ({value.batas_pukul.replace(':', language.tongue.clock)})" if value.batas_waktu == "C" else ""
    )


def _special_words(value: tuple[SpecialHoursTable, ...]) -> str:
    return "; ".join(f"{row.sebab} {date_words(row.first)} – {date_words(row.last)}" for row in value)


SUMMARIES: dict[Rule, Callable[[Any], str]] = {
    Rule.HOURS: _hours_words,
    Rule.SPECIAL_HOURS: _special_words,
    Rule.DEADLINE: _deadline_words,
    Rule.LIMITS: lambda value: _(
        "verifikasi {v}, tanggapan {t}, penyelesaian {a}, {b}, {c}, tutup otomatis {o} hari kerja"
    ).format(
        v=value.verifikasi,
        t=value.tanggapan,
        a=value.informasi,
        b=value.biasa,
        c=value.pengawasan,
        o=value.tutup_otomatis,
    ),
    Rule.REASONS: lambda value: _("{cause}: {reason}; tanpa penggantian: {other}").format(
        cause=_(value.sebutan),
        reason=recorded_words(value.lupa_passphrase),
        other=recorded_words(value.tanpa_penggantian),
    ),
    Rule.CHECKLIST: lambda value: "; ".join(item.isi for item in value),
    Rule.TITLES: lambda value: ", ".join(value.awalan),
    Rule.ARMS: lambda value: _("ada") if value.gambar else "",
    Rule.RETENTION: lambda value: _(
        "kasus {a} tahun, pengaduan {b} tahun, data kepegawaian {c} tahun, e-mail yang ditolak dan isian yang "
        "tidak disimpan {d} tahun{unsure}"
    ).format(
        a=value.kasus,
        b=value.pengaduan,
        c=value.kepegawaian,
        d=value.surat_ditolak,
        unsure=f" {_('(belum dikonfirmasi)')}" if value.perlu_konfirmasi else "",
    ),
    Rule.AGES: lambda value: _("surat {a} hari, e-mail {b} hari").format(
        a=value.umur_surat_maksimum_hari, b=value.umur_email_maksimum_hari
    ),
}


def summary(rule: Rule, value: Any) -> str:
    """One line of what a rule says."""
    return SUMMARIES[rule](value) or _("belum ada")
