"""The office's week and closed days, as the service standard and DOMAIN's examples have them."""

from datetime import date, time
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
LONG = ((time(8), time(12)), (time(13), time(15, 45)))
WEEK = {0: LONG, 1: LONG, 2: LONG, 3: LONG, 4: ((time(8), time(11)),)}
CLOSED = {
    date(2026, 12, 24): "Cuti bersama Natal",
    date(2026, 12, 25): "Hari Raya Natal",
    date(2027, 3, 8): "Hari Suci Nyepi",
    date(2027, 3, 9): "Cuti bersama Idulfitri",
    date(2027, 3, 10): "Idulfitri",
    date(2027, 3, 11): "Idulfitri",
    date(2027, 3, 12): "Cuti bersama Idulfitri",
    date(2027, 3, 15): "Cuti bersama Idulfitri",
}
