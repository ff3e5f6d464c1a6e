"""Dates as letters write them: in figures, with the month's name, shortened, in English, or wholly in words."""

import re
from datetime import date

from lockdesk.patterns import late_pattern

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari pebruari february feb peb", "maret march mar mrt", "april apr",
            "mei may", "juni june jun", "juli july jul", "agustus august agu agt agst aug ags",
            "september sept sep", "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ), 1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ONES = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9}
_NUMBER_WORD = rf"(?:nol|sepuluh|sebelas|seribu|seratus|belas|puluh|ratus|ribu|{'|'.join(_ONES)})"
_WORDS = rf"{_NUMBER_WORD}(?:\s+{_NUMBER_WORD}){{0,6}}"
DAY_NAME = r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)"

FIGURES = (
    rf"\d{{1,2}}\s*[-–./]?\s*(?:{MONTH})\b\.?\s*[-–./]?\s*(?:\d{{4}}|\d{{2}}(?!\d))"
    r"|\d{1,2}\s?[-–/.]\s?\d{1,2}\s?[-–/.]\s?(?:\d{4}|\d{2}(?![\d./-]))"
    r"|\d{4}-\d\d-\d\d"
    rf"|(?:{MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
)
SPELT = rf"{_WORDS},?\s+(?:bulan\s+)?(?:{MONTH}),?\s+(?:tahun\s+)?{_WORDS}"
PATTERN = rf"(?<![\d./-])(?<!\d,)(?:{FIGURES})(?!\d)|\b(?:{SPELT})\b"
_DAY_MONTH = late_pattern(rf"(\d{{1,2}})\s*[-–./]?\s*({MONTH})\b\.?\s*[-–./]?\s*(\d{{4}}|\d\d)(?!\d)", re.I)
_MONTH_DAY = late_pattern(rf"\b({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.I)
_NUMBERS = late_pattern(r"(?<!\d)(\d{1,2})\s?[-–/.]\s?(\d{1,2})\s?[-–/.]\s?(\d{4}|\d\d)(?!\d)")
_ISO = late_pattern(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_SPELT = late_pattern(rf"\b({_WORDS}),?\s+(?:bulan\s+)?({MONTH}),?\s+(?:tahun\s+)?({_WORDS})\b", re.I)


def parse_letter_date(text: str) -> date | None:
    """The date that `text` says: "23 November 2026", "23-11-2026", "23/11/26", "2026-11-23", "dua puluh tiga November
    dua ribu dua puluh enam"; None for anything else, and for a day that does not exist."""
    plain = " ".join(text.split())
    if found := _ISO.search(plain):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_MONTH.search(plain):
        return _date(_year(found[3]), _MONTHS[found[2].casefold()], int(found[1]))
    if found := _MONTH_DAY.search(plain):
        return _date(int(found[3]), _MONTHS[found[1].casefold()], int(found[2]))
    if found := _NUMBERS.search(plain):
        return _date(_year(found[3]), int(found[2]), int(found[1]))
    if found := _SPELT.search(plain):
        return _date(_number(found[3]), _MONTHS[found[2].casefold()], _number(found[1]))
    return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _number(words: str) -> int:
    """ "dua ribu dua puluh enam" is 2026."""
    total, last = 0, 0
    for word in words.casefold().split():
        if word in _ONES:
            last = _ONES[word]
        elif word in {"sepuluh", "sebelas", "seratus", "seribu"}:
            total += {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}[word]
        elif word != "nol":
            total, last = total + last * {"puluh": 10, "ratus": 100, "ribu": 1000, "belas": 1}[word], 0
            total += 10 if word == "belas" else 0
    return total + last


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
