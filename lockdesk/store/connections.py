"""The database of a process, and its connections: a thread may have two."""

import threading
from collections.abc import Callable
from typing import Any

from playhouse.sqlcipher_ext import SqlCipherDatabase

_LOOK_EVERY = 50_000
"""Steps of SQLite's machine: some milliseconds."""


class Database(SqlCipherDatabase):  # type: ignore[misc]
    """A database of which a thread may have two connections; its statements go through the one that it chose."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._own = threading.local()

    def break_off_when(self, wanted: Callable[[], bool]) -> None:
        """A statement of this thread that takes long ends in an error as soon as that is `wanted`."""
        self._own.break_off = wanted

    def _connect(self) -> Any:
        made = super()._connect()
        wanted = getattr(self._own, "break_off", None)
        if wanted is not None:
            made.set_progress_handler(wanted, _LOOK_EVERY)
        return made

    def choose(self, connection: Any) -> None:
        """From now on this thread's statements go through `connection`; None: through the one that it opened last."""
        self._own.chosen = connection

    def connection(self) -> Any:
        return getattr(self._own, "chosen", None) or super().connection()

    def cursor(self, named_cursor: Any = None) -> Any:
        chosen = getattr(self._own, "chosen", None)
        return super().cursor(named_cursor) if chosen is None else chosen.cursor()

    def another(self) -> Any:
        """One more connection of this thread, opened like its first one, which stays as it is and stays chosen."""
        first = self.connection()
        self.dispose()
        self.connect()
        made = super().connection()
        self.choose(first)
        return made

    def close(self) -> Any:
        """Closes the chosen connection and the one opened last."""
        chosen = getattr(self._own, "chosen", None)
        if chosen is not None:
            chosen.close()
            self.choose(None)
        return super().close()
