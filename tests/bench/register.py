"""A staff register of 20,000 people, imported, listed and searched."""

import tempfile
import threading
from functools import partial
from pathlib import Path

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.desk.register.heads import find_heads
from lockdesk.desk.register.register import Terms
from tests.bench.figures import Figure, figure, in_turns, timed
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.register import LISTED, table

HEADS = ("Nama", "NIK", "Jabatan", "Unit kerja", "E-mail", "No HP")
RUNS, PEOPLE = 50, 20_000


def register(_folder: Path) -> list[Figure]:
    """The whole import a second time beside the first (all new, then all unchanged), how long another write waits
    while it goes on, and pages of what nearly everybody is found by, of its first letter, and of a letter that nobody
    has, beside the first page."""
    rows = [_person(number) for number in range(PEOPLE)]
    sheet, terms = table(HEADS, *rows), Terms("BKPSDM", LISTED, whole_office=True)
    heads = find_heads(sheet.rows)
    with tempfile.TemporaryDirectory() as name:
        start = ProfileStart(Path(name) / "profil", practice=True, settings=office_settings())
        with OpenProfile(start, SetClock()) as profile:
            desk = profile.desk

            def imported() -> None:
                planned = desk.register.plan(sheet, heads, heads.mapping, terms)
                desk.register.import_people(planned.people(()), terms)

            quiet = [_write(profile) for _run in range(RUNS)]
            waits, done = list[float](), threading.Event()
            writer = threading.Thread(target=_write_until, args=(profile, done, waits))
            writer.start()
            first = timed(imported)
            done.set()
            writer.join()
            again = timed(imported)

            def page(text: str) -> object:
                return desk.reading.register_page(text, None, 60)

            searches = [
                in_turns(name, partial(page, typed), "first page", partial(page, ""), RUNS)
                for name, typed in (("search", "contoh"), ("letter", "c"), ("no letter", "q"))
            ]
    return [
        figure("import", [first], "the same again, nothing new", [again], "aim 2000 ms"),
        figure("write", waits, "the same write without the import", quiet, "aim p99 200 ms"),
        *searches,
    ]


def _person(number: int) -> tuple[str, ...]:
    nik = f"337599{1 + number % 28:02}{1 + number // 28 % 12:02}{60 + number // 336 % 40:02}{1 + number // 13440:04}"
    unit, mailbox = f"Dinas Contoh {number % 40}", f"pegawai{number}@contoh.example"
    return (f"Contoh Pegawai {number}", nik, "Analis Kebijakan", unit, mailbox, f"0812{number:08}")


def _write(profile: OpenProfile) -> float:
    return timed(lambda: profile.desk.drafts.keep("bench", "x"))


def _write_until(profile: OpenProfile, done: threading.Event, waits: list[float]) -> None:
    while not done.wait(0.02):
        waits.append(_write(profile))
