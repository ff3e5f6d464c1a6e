"""Values of figures in words, the same on the page and on paper."""

from datetime import datetime
from fractions import Fraction
from math import floor
from zoneinfo import ZoneInfo

from lockdesk.core.survey import rounded
from lockdesk.desk.reports.definitions import FigureSpec, Unit
from lockdesk.desk.values.reports import Figure
from lockdesk.words import _, clock_words, duration_words, language, number_words

NOTHING = "–"
"""Where there is nothing to reckon from."""


def moment_in_cell(at: datetime | None, zone: ZoneInfo) -> str:
    """ "23-11-2026 08.05"; "" for none."""
    return f"{at.astimezone(zone):%d-%m-%Y} {clock_words(at, zone)}" if at is not None else ""


def promise_words(on_time: bool | None, open_words: str = "") -> str:
    """Whether the promise was kept; `open_words` while that is not known."""
    return {True: _("tepat waktu"), False: _("terlambat"), None: open_words}[on_time]


def decimal_words(value: Fraction, digits: int) -> str:
    """ "91,48": rounded once, half up."""
    shown = rounded(value, digits)
    whole, rest = divmod(shown.numerator * 10**digits // shown.denominator, 10**digits)
    return f"{number_words(whole)}{language.tongue.decimal}{rest:0{digits}d}"


def share_words(value: Fraction | None) -> str:
    """ "93,8 %"; a whole number without decimals."""
    if value is None:
        return NOTHING
    percent = rounded(value * 100, 1)
    return f"{percent.numerator} %" if percent.denominator == 1 else f"{decimal_words(percent, 1)} %"


def minutes_words(value: Fraction | None) -> str:
    """ "2 jam 15 menit", of the service clock."""
    return NOTHING if value is None else duration_words(floor(value + Fraction(1, 2)))


def index_words(value: Fraction | None) -> str:
    """An index or a mean with two decimals."""
    return NOTHING if value is None else decimal_words(value, 2)


def value_words(spec: FigureSpec, figure: Figure | None) -> str:
    """The value as its unit reads."""
    if figure is None or figure.value is None:
        return NOTHING
    if spec.unit is Unit.SHARE:
        return share_words(figure.value)
    return minutes_words(figure.value) if spec.unit is Unit.MINUTES else number_words(int(figure.value))


def denominator_words(spec: FigureSpec, figure: Figure) -> str:
    """ "15 / 16" beside a share; "" for what is no part of anything."""
    if spec.unit is not Unit.SHARE or figure.value is None:
        return ""
    return f"{number_words(len(figure.members))} / {number_words(figure.of)}"
