"""What a list shows besides its filter and in which order; the same for cases and for complaints."""

import json
from collections.abc import Collection
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from lockdesk.records import dataclass
from lockdesk.words import N_, _, date_words


class ListOrder(StrEnum):
    """By what a list is sorted. ORIGIN: the agency of a case, the channel of a complaint."""

    URGENCY = "urgency"
    DUE = "due"
    RECEIVED = "received"
    NAME = "name"
    ORIGIN = "origin"
    STATE = "state"


ORDERS: dict[tuple[ListOrder, bool], str] = {
    (ListOrder.URGENCY, False): N_("Yang mendesak dahulu"),
    (ListOrder.DUE, False): N_("Batas waktu, terdekat dahulu"),
    (ListOrder.DUE, True): N_("Batas waktu, terjauh dahulu"),
    (ListOrder.RECEIVED, True): N_("Diterima, terbaru dahulu"),
    (ListOrder.RECEIVED, False): N_("Diterima, terlama dahulu"),
    (ListOrder.NAME, False): N_("Nama, A–Z"),
    (ListOrder.NAME, True): N_("Nama, Z–A"),
    (ListOrder.ORIGIN, False): N_("{origin}, A–Z"),
    (ListOrder.ORIGIN, True): N_("{origin}, Z–A"),
    (ListOrder.STATE, False): N_("Status, dari awal prosedur"),
    (ListOrder.STATE, True): N_("Status, dari akhir prosedur"),
}
"""An order and whether it is turned round, in words."""
Span = tuple[datetime | None, datetime | None]
"""From a moment until before another one; None: without that end."""
EVER: Span = (None, None)
Key = tuple[int | str, ...]
"""What the last row of a page is ordered by, its id at the end."""


@dataclass(frozen=True, slots=True)
class ListView:
    """How a list is sorted, from where its rows come ("": from anywhere; a part of the agency's name, or a channel),
    on which days, both included, they were received (None: without that end), and in which state they are ("": any)."""

    order: ListOrder = ListOrder.URGENCY
    backwards: bool = False
    origin: str = ""
    first: date | None = None
    last: date | None = None
    state: str = ""

    @property
    def plain(self) -> bool:
        """Whether it is as it is without anybody's doing."""
        return self == PLAIN


PLAIN = ListView()


@dataclass(frozen=True, slots=True)
class ListChoice:
    """What a list shows: one of its filters, and how."""

    within: str
    view: ListView = PLAIN


def view_words(view: ListView, origin: str, named: str, state: str) -> tuple[str, ...]:
    """What is not as usual, a phrase each. `origin` is what the list calls it, `named` what is chosen there, `state`
    what the chosen one is called."""
    days = ""
    if view.first is not None and view.last is not None:
        same = view.first == view.last
        days = date_words(view.first) if same else f"{date_words(view.first)} – {date_words(view.last)}"
    elif view.first is not None:
        days = _("sejak {day}").format(day=date_words(view.first))
    elif view.last is not None:
        days = _("sampai {day}").format(day=date_words(view.last))
    words = (
        f"{_('Status')}: {state}" if state else "",
        f"{origin}: {named}" if named else "",
        _("diterima {days}").format(days=days) if days else "",
        _("urut {order}").format(order=order_words(view, origin)) if view.order is not ListOrder.URGENCY else "",
    )
    return tuple(filter(None, words))


def order_words(view: ListView, origin: str) -> str:
    """ "nama, A–Z"."""
    words = _(ORDERS[view.order, view.backwards]).format(origin=origin)
    return words[:1].lower() + words[1:]


def choice_text(choice: ListChoice) -> str:
    """As it is kept."""
    view = choice.view
    shown = {item.name: getattr(view, item.name) for item in fields(view)}
    return json.dumps({"within": choice.within, **shown}, default=str)


def choice_of(text: str, within: Collection[str], otherwise: ListChoice) -> ListChoice:
    """What was kept; what another version of the program wrote and this one does not know, is as it is at first."""
    try:
        raw: dict[str, Any] = json.loads(text)
        view = ListView(
            ListOrder(raw["order"]),
            bool(raw["backwards"]),
            str(raw["origin"]),
            _day(raw["first"]),
            _day(raw["last"]),
            str(raw.get("state", "")),
        )
        known = (view.order, view.backwards) in ORDERS
        return ListChoice(raw["within"], view) if known and raw["within"] in within else otherwise
    except (ValueError, TypeError, KeyError):
        return otherwise


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
