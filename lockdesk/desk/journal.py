"""Rekam jejak: the journal searched, shown and given away as a file that others can check."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from lockdesk.core.journal import Fact, JournalHead, JournalNote
from lockdesk.core.numbering import Series, numbers_sought
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook, JournalCheck
from lockdesk.desk.office.office import PROGRAM, Office
from lockdesk.desk.ports import Signer
from lockdesk.desk.prints.history_words import KIND_GROUPS, KIND_LABELS
from lockdesk.desk.values.journal import JournalFilter, JournalPage, JournalSearch
from lockdesk.ownfile import own_file
from lockdesk.settings import Officer
from lockdesk.words import _

EXPORTED = "journal.exported"


class Journal:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, signer: Signer) -> None:
        self._casebook = casebook
        self._office = office
        self._signer = signer

    def page(self, search: JournalSearch, before: int | None, limit: int) -> JournalPage:
        """The next entries that fit, the newest first; those before `before` where that is given. A page may come back
        with few entries, or none, and a key to go on with: no reading takes long, however rare what is looked for."""
        return self._casebook.journal_page(self._filter(search), before, limit)

    def people(self) -> tuple[str, ...]:
        """Whose names the journal may hold: every officer's and head's, and the program's own."""
        return tuple(dict.fromkeys((*(person.name for person in self._people()), PROGRAM)))

    def _people(self) -> tuple[Officer, ...]:
        settings = self._office.settings
        return (*settings.officers, *settings.heads)

    def head(self) -> JournalHead:
        return self._casebook.head()

    def walk(self, progress: Callable[[int], None]) -> JournalCheck:
        """The whole of it, from the first entry on; `progress` is told how many were read after every step, and ends
        it by what it raises."""
        return self._casebook.verify_journal(progress)

    def public_key(self) -> bytes:
        """The key that seals the journal and signs prints, as a PEM file: others check with it."""
        return self._signer.public_key_pem()

    def export(self, path: Path) -> str:
        """Writes the whole journal, the entry that says so included; gives the file's name. Raises Declined where the
        file cannot be written."""
        facts: dict[str, Fact] = {"rows": self._casebook.head().count + 1}
        note = JournalNote(EXPORTED, facts)
        with own_file(path) as out:
            self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note))
            self._casebook.export_journal(self._signer.public_key(), out.write)
        return path.name

    def _filter(self, search: JournalSearch) -> JournalFilter:
        numbers = tuple(number for series in Series for number in numbers_sought(search.text, series, half=True))
        entry = re.fullmatch(r"\d{1,12}", search.text.strip().replace(".", ""))
        words = "" if numbers or entry else search.text.casefold()
        kinds = None
        if words or search.group:
            kinds = frozenset(kind for kind in KIND_LABELS if _fits(kind, words, search.group))
        return JournalFilter(
            int(entry[0]) if entry else 0,
            numbers,
            kinds,
            search.actor,
            self._begin(search.first),
            self._begin(search.last + timedelta(days=1) if search.last is not None else None),
        )

    def _begin(self, day: date | None) -> datetime | None:
        return None if day is None else datetime.combine(day, time(), self._office.zone)


def _fits(kind: str, words: str, group: str) -> bool:
    told, began = _(KIND_LABELS[kind]).casefold(), kind.partition(".")[0]
    return all(word in told for word in words.split()) and (not group or began in KIND_GROUPS[group][1])
