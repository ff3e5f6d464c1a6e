"""What OCR read of a page, kept for tests that are about what becomes of it: a page takes seconds."""

import hashlib
from typing import Any

import pytest

from lockdesk.reader.cage.jobs import Order
from lockdesk.reader.sealed import SealedReader

_read: dict[tuple[str, int, str], Any] = {}


def read_each_page_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first reading is a real one, in a sealed child; what failed is not kept."""
    ask = SealedReader._ask

    def asked(reader: SealedReader, kind: Any, order: Order, content: bytes) -> Any:
        if order.job != "scan":
            return ask(reader, kind, order, content)
        key = (hashlib.sha256(content).hexdigest(), order.page, order.language)
        if key not in _read:
            _read[key] = ask(reader, kind, order, content)
        return _read[key]

    monkeypatch.setattr(SealedReader, "_ask", asked)
