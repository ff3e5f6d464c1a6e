"""How much of a document is handed on, and which moments it may name: kept by the child, checked by the parent."""

from datetime import datetime

from lockdesk.desk.values.facts import MOST_SCANNED_PAGES
from lockdesk.strict import EARLIEST, LATEST, MOST_CHARACTERS

MOST_WORDS = 4_500
"""Words of a letter that are handed on with their places: ten closely printed pages."""
MOST_PAGE_WORDS = MOST_WORDS // MOST_SCANNED_PAGES
MOST_LETTER_TEXT = 200_000
MOST_MAIL_TEXT = 100_000
MOST_FIELD = MOST_CHARACTERS


def plausible(moment: datetime | None) -> datetime | None:
    """An aware moment within the limits, else None."""
    return moment if moment is not None and EARLIEST <= moment <= LATEST else None
