"""What is written in a card of the settings and not saved: kept while one writes, there again after a power cut."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Drafts
from lockdesk.desk.office.gateway_fields import FieldKind, GatewayField
from lockdesk.desk.values.drafts import of_settings
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.drafts import DraftTimer
from lockdesk.ui.widgets.forms import leak_in

_NEVER = frozenset({FieldKind.SECRET, FieldKind.FILE})
"""A secret lies in the system's own store alone, and a file may hold one."""


class KeptForm(QObject):
    """For a form that is grown from a table of fields; other ones have `KeptTexts`."""

    def __init__(
        self,
        card: QWidget,
        name: str,
        background: Background,
        drafts: Drafts,
        written: Callable[[], tuple[Any, Any]],
    ) -> None:
        """`written`: what is saved, and what was written over it, both as `keepable`; None where nothing was."""
        super().__init__(card)
        self._form, self._background, self._drafts, self._written = of_settings(name), background, drafts, written
        self._timer = DraftTimer(card)
        self._timer.due.connect(self._on_due)

    @Slot()
    def touch(self) -> None:
        """Something was written."""
        self._timer.touch()

    def load(self) -> str:
        """What is kept. Runs on a worker."""
        return self._drafts.load(self._form)

    def drop(self) -> None:
        """What stands in the form was saved."""
        self._timer.rest()
        self._forget()

    def _forget(self) -> None:
        self._background.keep(partial(self._drafts.drop, self._form))

    def written_over(self, saved: Any, kept: str) -> Any:
        """What was written over that which is saved; None where nothing was. Where something else is saved by now it
        cannot come back, and is not kept for ever."""
        over, written = json.loads(kept or "[null, null]")
        if over == saved:
            return written
        if kept:
            self._forget()
        return None

    @Slot()
    def _on_due(self) -> None:
        saved, written = self._written()
        if written is None:
            self._forget()  # what was deleted does not return
        else:
            self._background.keep(partial(self._drafts.keep, self._form, json.dumps([saved, written])))


def keepable(fields: Sequence[GatewayField], values: Mapping[str, str]) -> dict[str, str]:
    """Of a form's values those that may be kept; an empty one was taken out. The form need not be the one on screen:
    what seems to hold a passphrase is looked for in the values."""
    lasting = (item for item in fields if not (item.no_draft or item.kind in _NEVER))
    whole = {item.name: values.get(item.name, item.default) for item in lasting}
    return {name: value for name, value in whole.items() if not leak_in(value)}
