"""The date of a mail (RFC 5322 section 3.3), also with the names of Indonesia's zones, which no standard knows."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_ZONES = {"WIB": "+0700", "WITA": "+0800", "WIT": "+0900"}
_NAMED = re.compile(r"(?:(?P<offset>[+-]\d{4})\s*)?\(?\b(?P<zone>WIB|WITA|WIT)\b\)?", re.IGNORECASE)


def mail_moment(text: str) -> datetime:
    """The moment that a Date or Received header names. Raises what `parsedate_to_datetime` does."""
    return parsedate_to_datetime(_NAMED.sub(lambda zone: zone["offset"] or _ZONES[zone["zone"].upper()], text).strip())
