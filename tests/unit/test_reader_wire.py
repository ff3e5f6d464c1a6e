"""The pipe's frames: what a hostile child may answer is refused, not believed."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockdesk.core.findings import Place
from lockdesk.desk.facts import (
    Address,
    Attachment,
    AttachmentKind,
    MailFacts,
    StatementFacts,
    StatementFields,
    StatementProblem,
)
from lockdesk.reader.wire import WireError, frame, pack, read_frame, unpack

MAIL = MailFacts(
    Address("Sekar", "sekar@contoh.example"),
    date=datetime(2026, 11, 23, 0, 41, tzinfo=UTC),
    attachments=(Attachment("a.pdf", AttachmentKind.PDF, 3, "x", b"pdf"),),
)
LETTER = StatementFacts(
    StatementProblem.NONE,
    2,
    "isi",
    StatementFields(name="Sekar"),
    (("name", Place("statement", 0, ((0.1, 0.2, 1, 0.4),))),),
)


def reading(content: bytes) -> Callable[[int], bytes]:
    left = bytearray(content)

    def read(count: int) -> bytes:
        if len(left) < count:
            raise EOFError
        piece = bytes(left[:count])
        del left[:count]
        return piece

    return read


@pytest.mark.parametrize("value", [MAIL, LETTER])
def test_values_come_back_the_same(value: Any) -> None:
    blobs: list[bytes] = []
    packed = json.loads(json.dumps(pack(value, blobs)))
    assert unpack(type(value), packed, blobs) == value


@pytest.mark.parametrize(
    "spoil",
    [
        {"pages": "dua"},
        {"pages": True},
        {"problem": "lain"},
        {"places": [["name"]]},
        {"places": [["name", {"source": "statement"}]]},
        {"fields": None},
        {"text": {"blob": 0}},
        {"more": 1},
    ],
)
def test_anything_else_than_the_agreed_type_is_refused(spoil: dict[str, Any]) -> None:
    packed = pack(LETTER, [])
    with pytest.raises(WireError):
        unpack(StatementFacts, {**packed, **spoil}, [])


def test_a_blob_that_does_not_exist_is_refused() -> None:
    packed = pack(MAIL, [])
    with pytest.raises(WireError):
        unpack(MailFacts, packed, [])


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x01x",
        (4).to_bytes(4, "big") + b"null",
        (15).to_bytes(4, "big") + b'{"blobs": [-1]}',
        (27).to_bytes(4, "big") + b'{"blobs": [99999999999999]}',
        (16).to_bytes(4, "big") + b'{"blobs": [1.5]}',
    ],
)
def test_impossible_frames_are_refused(content: bytes) -> None:
    with pytest.raises(WireError):
        read_frame(reading(content))


@given(st.lists(st.binary(max_size=50), max_size=5))
def test_frames_come_back_the_same(blobs: list[bytes]) -> None:
    content = b"".join(frame({"value": 1}, blobs))
    assert read_frame(reading(content)) == ({"value": 1}, blobs)
