"""Dates as people type them into a field: what `letter_dates` knows, and shorter: 25-11, 25 Nov, 251126, 25112026; with
blanks between the numbers, the year first with any sign, "hari ini" and its neighbours.

Days stand before months, as everywhere in Indonesia: what would only be a date the other way round is none.
"""

import re
from datetime import date, datetime, time, timedelta

from lockdesk.core.letter_dates import DAY_NAME, MONTH, PATTERN, parse_letter_date
from lockdesk.patterns import late_pattern

_DAY_BEFORE = late_pattern(rf"^(?:{DAY_NAME}|[a-z]+day)\b,?\s*", re.I)
_DIGITS = late_pattern(r"(\d\d)(\d\d)(\d{4}|\d\d)")
_YEAR_FIRST = late_pattern(r"(\d{4})\s?[-–/. ]\s?(\d{1,2})\s?[-–/. ]\s?(\d{1,2})")
_BLANKS = late_pattern(r"\d{1,2} \d{1,2}(?: (?:\d{4}|\d\d))?")
_WITHOUT_YEAR = late_pattern(rf"(\d{{1,2}})(\s?[-–/.]\s?\d{{1,2}}|\s?[-–/.]?\s?(?:{MONTH}))", re.I)
_WHOLE = late_pattern(PATTERN, re.I)
_NEAR = {"kemarin": -1, "yesterday": -1, "hari ini": 0, "today": 0, "besok": 1, "tomorrow": 1}
_MOMENT = late_pattern(r"(.*?)[\s,]+(?:(?:pukul|jam)\s+)?([01]?\d|2[0-3])[.:]([0-5]\d)", re.I)


def day_in(text: str, today: date) -> date | None:
    """The day that is meant, None where it is none. Without a year it is this year's."""
    plain = _DAY_BEFORE.sub("", " ".join(text.split()))
    if (days := _NEAR.get(" ".join(text.casefold().split()))) is not None:
        return today + timedelta(days)
    if _BLANKS.fullmatch(plain):
        plain = plain.replace(" ", "-")
    if found := _YEAR_FIRST.fullmatch(plain):
        plain = "{}-{:0>2}-{:0>2}".format(*found.groups())
    elif digits := _DIGITS.fullmatch(plain):
        plain = "-".join(digits.groups())
    elif _WITHOUT_YEAR.fullmatch(plain):
        plain = f"{plain}{' ' if plain[-1].isalpha() else '-'}{today.year}"
    return parse_letter_date(plain) if _WHOLE.fullmatch(plain) else None


def moment_in(text: str, today: date) -> datetime | None:
    """A day and behind it a time ("25-11-2026 08.15"), without a zone."""
    found = _MOMENT.fullmatch(text.strip())
    day = day_in(found[1], today) if found is not None else None
    return datetime.combine(day, time(int(found[2]), int(found[3]))) if found is not None and day is not None else None
