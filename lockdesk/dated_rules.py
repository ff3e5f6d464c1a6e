"""The parts of the office profile that hold from a day on: a case is judged by what held when it was received.

Every version stays. On one day the one recorded last holds, so that a correction needs no deletion.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from lockdesk.office_file import (
    AgesTable,
    ArmsTable,
    ChecklistTable,
    DeadlineTable,
    HoursTable,
    LimitsTable,
    OfficeFile,
    ReasonsTable,
    RetentionTable,
    SpecialHoursTable,
    TitlesTable,
    apart,
    read_table,
)
from lockdesk.records import dataclass
from lockdesk.words import N_

EVER = date(1970, 1, 1)
"""Since when that holds which the office began with."""


class Rule(StrEnum):
    """What is dated; the values name its versions in the database."""

    HOURS = "jam_layanan"
    SPECIAL_HOURS = "jam_khusus"
    DEADLINE = "batas_waktu"
    LIMITS = "batas_pengaduan"
    REASONS = "alasan_pencabutan"
    CHECKLIST = "daftar_periksa"
    TITLES = "gelar"
    ARMS = "lambang"
    AGES = "umur"
    RETENTION = "retensi"


@dataclass(frozen=True, slots=True)
class RuleKind:
    """How one rule is called, what it is made of, and where in the office file it stands."""

    words: str
    table: Any
    of: Callable[[OfficeFile], Any]
    put: Callable[[OfficeFile, Any], OfficeFile]


def _member(words: str, name: str, table: Any) -> RuleKind:
    return RuleKind(words, table, lambda file: getattr(file, name), lambda file, value: replace(file, **{name: value}))


def _of_rules(words: str, table: Any) -> RuleKind:
    """Some keys of [aturan]."""

    def of(file: OfficeFile) -> Any:
        return table(**{name: getattr(file.aturan, name) for name in table.__dataclass_fields__})

    return RuleKind(words, table, of, lambda file, value: replace(file, aturan=replace(file.aturan, **asdict(value))))


KINDS: dict[Rule, RuleKind] = {
    Rule.HOURS: _member(N_("Jam layanan"), "jam_layanan", HoursTable),
    Rule.SPECIAL_HOURS: _member(N_("Jam khusus"), "jam_khusus", tuple[SpecialHoursTable, ...]),
    Rule.DEADLINE: _of_rules(N_("Batas waktu"), DeadlineTable),
    Rule.LIMITS: _member(N_("Batas waktu pengaduan"), "batas_pengaduan", LimitsTable),
    Rule.REASONS: _member(N_("Alasan pencabutan"), "alasan_pencabutan", ReasonsTable),
    Rule.CHECKLIST: _member(N_("Daftar periksa"), "daftar_periksa", tuple[ChecklistTable, ...]),
    Rule.TITLES: _member(N_("Gelar pada nama"), "gelar", TitlesTable),
    Rule.ARMS: _member(N_("Lambang daerah"), "lambang", ArmsTable),
    Rule.AGES: _of_rules(N_("Umur surat dan e-mail"), AgesTable),
    Rule.RETENTION: _member(N_("Masa simpan data pribadi"), "retensi", RetentionTable),
}


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """What a rule says from the day `since` on; who recorded it and when (aware UTC)."""

    rule: Rule
    since: date
    value: Any
    recorded_at: datetime
    actor: str


def rule_text(since: date, value: Any) -> str:
    """The stored form of a version."""
    return json.dumps({"since": since.isoformat(), "value": value}, default=asdict, ensure_ascii=False)


def read_rule(rule: Rule, text: str) -> tuple[date, Any]:
    """What `rule_text` wrote. Raises ValueError in the words of the office file."""
    raw = json.loads(text)
    return date.fromisoformat(raw["since"]), checked(rule, raw["value"])


def checked(rule: Rule, value: Any) -> Any:
    """The value as the office file would take it. Raises ValueError, whose words say what is impossible in it."""
    found = read_table(KINDS[rule].table, json.dumps(value, default=asdict))
    if rule is Rule.SPECIAL_HOURS:
        apart(found)
    return found


def file_on(day: date, base: OfficeFile, versions: Iterable[RuleVersion]) -> OfficeFile:
    """The office file as it holds on `day`; `versions` in the order of their recording."""
    for version in sorted(versions, key=lambda version: version.since):  # stable: the later recorded one wins
        if version.since <= day:
            base = KINDS[version.rule].put(base, version.value)
    return base
