"""Lists and searches among so many cases, beside the bare query or a page read without them."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.cases import CaseFilter, CaseRow, IntakeChannel
from lockdesk.desk.values.complaints import ComplaintForm
from lockdesk.desk.values.listing import PLAIN, Key, ListOrder, ListView
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.store import tables as t
from lockdesk.store.case_list import NEVER
from lockdesk.store.codec import encode
from lockdesk.store.prepared import insert_all
from lockdesk.store.tables import database
from lockdesk.store.threads import writing
from tests.bench.figures import Figure, figure, in_turns, timed
from tests.bench.filled import opened
from tests.helpers.desk.counter import form
from tests.helpers.desk.office import MONDAY
from tests.helpers.papers.samples import sample

PAGE, WIDTH, COMPLAINTS = 100, 900, 100_000


def first_page(folder: Path) -> list[Figure]:
    """The list's first page against the bare keyset query on the same connection; and what is read after each step."""
    query = "SELECT * FROM [case] ORDER BY list_group, list_at, id LIMIT ?"
    with opened(folder) as profile:
        book = profile.casebook

        def bare() -> None:
            book._reader.run(lambda: database.execute_sql(query, (PAGE,)).fetchall())

        page = in_turns("list", lambda: book.page(CaseFilter.ALL, None, PAGE), "keyset query", bare, 200)
        return [page, in_turns("counts", book.counts, "keyset query", bare, 20)]


def scroll(folder: Path) -> list[Figure]:
    """Pages far down in each filter beside the first one."""
    found = []
    with opened(folder) as profile:
        book = profile.casebook
        for chosen in (CaseFilter.ALL, CaseFilter.NEEDS_ACTION, CaseFilter.WAITING):
            key = None
            for _page in range(12_000 // PAGE):
                key = book.page(chosen, key, PAGE).next_key or key
            name = f"scroll: {chosen}"

            def far(chosen: CaseFilter = chosen, key: Any = key) -> object:
                return book.page(chosen, key, PAGE)

            found.append(in_turns(name, far, "first page", lambda: book.page(CaseFilter.ALL, None, PAGE), 100))
    return found


def jump(folder: Path) -> list[Figure]:
    """A day anywhere in all the years, a page anywhere in each order, and a common agency narrowed down to, beside the
    list's first page."""
    with opened(folder) as profile:
        book, chance = profile.casebook, random.Random(4)
        cases = book.counts()[CaseFilter.ALL.value]
        bound = lambda: book.page(CaseFilter.ALL, None, PAGE)  # noqa: E731

        def some() -> CaseRow:
            return book.row(chance.randrange(1, cases + 1))

        def day() -> object:
            at = some().received_at
            return book.page(CaseFilter.ALL, None, PAGE, None, PLAIN, (at, at + timedelta(days=1)))

        found = [in_turns("jump: a day", day, "first page", bound, 100)]
        for order, place in PLACES.items():

            def anywhere(order: ListOrder = order, place: Callable[[CaseRow], Key] = place) -> object:
                row = some()
                return book.page(CaseFilter.ALL, (*place(row), row.id), PAGE, None, ListView(order))

            found.append(in_turns(f"jump: by {order}", anywhere, "first page", bound, 100))
        for order in ListOrder:
            view = ListView(order, origin="inspektorat")

            def narrowed(view: ListView = view) -> object:
                return book.page(CaseFilter.ALL, None, PAGE, None, view)

            found.append(in_turns(f"narrowed: by {order}", narrowed, "first page", bound, 50))
        return found


def _micros(at: datetime | None) -> int:
    return t.MomentField().db_value(at) or NEVER


PLACES: dict[ListOrder, Callable[[CaseRow], Key]] = {
    ListOrder.DUE: lambda row: (_micros(row.due_at),),
    ListOrder.RECEIVED: lambda row: (_micros(row.received_at),),
    ListOrder.NAME: lambda row: (row.name,),
    ListOrder.ORIGIN: lambda row: (row.agency,),
    ListOrder.STATE: lambda row: (list(CaseState).index(row.state),),
}


def complaints(folder: Path) -> list[Figure]:
    """The first and a far page of those that ended, beside a page of those that run."""
    with opened(folder) as profile:
        book = profile.casebook
        book._writer.run(_fill_complaints)
        key = None
        for _page in range(12_000 // PAGE):
            key = book.complaint_page("resolved", key, PAGE).next_key or key
        bound = lambda: book.complaint_page("open", None, PAGE)  # noqa: E731
        return [
            in_turns("complaints", lambda: book.complaint_page("resolved", None, PAGE), "those that run", bound, 100),
            in_turns("far down", lambda: book.complaint_page("resolved", key, PAGE), "those that run", bound, 100),
        ]


def _fill_complaints() -> None:
    """Once: a kept folder has them."""
    written = encode(ComplaintForm, form())
    if t.Complaint.select().where(t.Complaint.number == f"LATIH-ADU-{0:07}").exists():
        return

    def row(number: int) -> dict[str, Any]:
        at, done = MONDAY - timedelta(hours=number), number % 50 > 0
        return {
            "number": f"LATIH-ADU-{number:07}", "state": "resolved" if done else "received", "form": written,
            "name": "Contoh Pengadu", "confidential": False, "channel": "counter", "received_at": at,
            "due_on": at.date(), "next_on": at.date(), "resolved_at": at if done else None,
            "on_time": True if done else None, "officer": "Contoh Petugas", "case": None,
        }  # fmt: skip

    for first in range(0, COMPLAINTS, 5_000):
        with writing():
            insert_all(t.Complaint, [row(number) for number in range(first, first + 5_000)])


def open_case(folder: Path) -> list[Figure]:
    """A chosen case to its facts and its letter's first page, sealed child included."""
    import pypdfium2

    with opened(folder) as profile:
        desk = profile.desk
        case = desk.reading.case(_received(profile, "01"))
        letter = next(item.id for item in case.documents if item.role == "statement")
        pdf = desk.reading.document(letter)

        def own() -> None:
            desk.reading.case(case.id)
            assert desk.pages.render(letter, 0, WIDTH) is not None

        def renderer() -> None:
            document = pypdfium2.PdfDocument(pdf)
            page = document[0]
            assert page.render(scale=WIDTH / page.get_width()).buffer
            document.close()

        return [in_turns("open", own, "renderer alone", renderer, 100)]


def _received(profile: OpenProfile, name: str) -> int:
    return profile.desk.intake.receive((NamedBytes(f"{name}.eml", sample(name)),), IntakeChannel.EMAIL).case_id


def receipt(folder: Path) -> list[Figure]:
    """A laid-out receipt against a plain page of the same text in the same faces without a QR."""
    import io

    from reportlab.lib.pagesizes import A5
    from reportlab.pdfgen.canvas import Canvas

    from lockdesk.desk.prints.making import of_the_office
    from lockdesk.desk.prints.sheet_parts import SheetParts
    from lockdesk.desk.prints.sheet_texts import receipt as receipt_of
    from lockdesk.desk.values.sheets import Footer
    from lockdesk.paper.fonts import BOLD, MONO, SANS
    from lockdesk.paper.press import Press

    with opened(folder) as profile:
        desk, press = profile.desk, Press()
        case = desk.reading.case(_received(profile, "02"))
        parts = SheetParts(desk.settings(), desk.office.officer(), desk.clock.now())
        code = f"LD2:{case.number}:RECEIPT:202611230105:12:" + "A" * 154
        footer = Footer(code, "LD1-0001-12-9F9F", 12, "9f9f 9f9f", parts.complaint_channels(), parts.printed())
        sheet = of_the_office(receipt_of(parts, case, footer), parts, "Tanda terima permohonan", PaperSize.A5)

    def plain() -> None:
        canvas = Canvas(io.BytesIO(), pagesize=A5)
        for n, row in enumerate(sheet.rows):
            canvas.setFont(BOLD if row.strong else MONO if row.digits else SANS, 9)
            canvas.drawString(40, 500 - 20 * n, f"{row.label} {row.text} {row.second}")
        canvas.save()

    return [in_turns("receipt", lambda: press.render(sheet), "plain page, same faces, no QR", plain, 60)]


# ── what is typed at the counter: names, parts of numbers, serials, and what is not there ──
KEYS = 60


def _typed(row: tuple[str, ...], chance: random.Random) -> tuple[str, ...]:
    number, name, nip, nik, email, phone, serial, agency = row
    at = chance.randrange(4, 10)
    return (
        name, name.split()[0], number, number[-6:], nip, f"{nip[:8]} {nip[8:14]}", nip[at : at + 6], nik[at : at + 5],
        email.split("@")[0], name[:4], f"tidak {name[:3]}xq", nip[:-1] + "x", nip[: at + 6], nip[-at - 4 :],
        nik[: at + 5], nik[-at - 2 :], phone, phone[3:at + 3], serial, serial[at:], str(int(serial, 16)),
        f"{agency} {nip}", f"{name} {nik[6:12]}",
    )  # fmt: skip


def search(folder: Path) -> list[Figure]:
    """Every kind of key; beside it a row read by its number."""
    from lockdesk.desk.reading import SEARCH_LIMIT

    chance, own, bound = random.Random(7), list[float](), list[float]()
    columns = "number, name, nip, nik, email, phone, serial, agency"
    query = f"SELECT {columns} FROM \"case\" WHERE nip <> '' ORDER BY id % 997 LIMIT ?"  # noqa: S608
    with opened(folder) as profile:
        book = profile.casebook
        rows = book._reader.run(lambda: database.execute_sql(query, (KEYS,)).fetchall())
        for row in rows:
            for text in _typed(row, chance):
                own.append(timed(lambda text=text: book.search(text, SEARCH_LIMIT)))  # type: ignore[misc]
                bound.append(timed(lambda: book._reader.run(lambda: database.execute_sql("SELECT 1").fetchone())))
    return [figure("search", own, "a question to the reader", bound, "aim: p50 10, p99 50 ms")]
