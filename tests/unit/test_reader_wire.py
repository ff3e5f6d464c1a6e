"""The pipe's frames: what a hostile child may answer is refused, not believed."""

import json
import struct
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockdesk.core.findings import Place
from lockdesk.desk.values.facts import (
    Address,
    Attachment,
    AttachmentKind,
    Line,
    MailFacts,
    StatementFacts,
    StatementFields,
    StatementProblem,
    Word,
)
from lockdesk.reader.cage.models import model
from lockdesk.reader.cage.wire import MOST_VALUES, Frame, WireError, frame, read_frame, unpack
from lockdesk.reader.files.opening import OpenedFile

DIGEST = "0f" * 32
ATTACHED = (Attachment("a.pdf", AttachmentKind.PDF, 3, DIGEST, b"pdf"),)
MAIL = MailFacts(
    Address("Sekar", "sekar@contoh.example"), date=datetime(2026, 11, 23, 0, 41, tzinfo=UTC), attachments=ATTACHED
)
LETTER = StatementFacts(
    StatementProblem.NONE,
    2,
    "isi",
    StatementFields(name="Sekar"),
    (("name", Place("statement", 0, ((0.1, 0.2, 1, 0.4),))),),
    lines=(Line(0, (Word(0, "Sekar", 0.1, 0.2, 0.3, 0.4),)),),
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


def sent(value: Any) -> Frame:
    return read_frame(reading(b"".join(frame(value))))


def spoilt(value: Any, spoil: dict[str, Any], inside: str = "") -> Frame:
    """A frame of `value` with members replaced, of itself or of the one named."""
    framed = sent(value)
    text = json.loads(framed.text)
    (text[inside] if inside else text).update(spoil)
    return replace(framed, text=json.dumps(text).encode())


@pytest.mark.parametrize("value", [MAIL, LETTER, OpenedFile(MAIL, ATTACHED, (None,))])
def test_values_come_back_the_same(value: Any) -> None:
    assert unpack(type(value), sent(value)) == value


@pytest.mark.parametrize(
    "spoil",
    [
        {"pages": "dua"},
        {"pages": True},
        {"pages": 2.0},
        {"pages": -1},
        {"pages": 1 << 40},
        {"problem": "lain"},
        {"places": [["name"]]},
        {"places": [["name", {"source": "statement"}]]},
        {"places": [["nama", {"source": "statement", "page": 0, "boxes": [], "anchor": ""}]]},
        {"places": [["name", {"source": "statement", "page": 0, "boxes": [[0, 0, float("nan"), 1]], "anchor": ""}]]},
        {"places": [["name", {"source": "statement", "page": 0, "boxes": [[0, 0, float("inf"), 1]], "anchor": ""}]]},
        {"places": [["name", {"source": "statement", "page": 0, "boxes": [[0, 0, 7, 1]], "anchor": ""}]]},
        {"fields": None},
        {"text": 0},
        {"text": "\ud800"},
        {"text": "x" * 300_000},
        {"picture": "bukan heksa"},
        {"lines": [{"page": 0, "words": []}]},
        {"unread": [3]},
        {"more": 1},
    ],
)
def test_anything_else_than_the_agreed_type_is_refused(spoil: dict[str, Any]) -> None:
    with pytest.raises(WireError):
        unpack(StatementFacts, spoilt(LETTER, spoil))


@pytest.mark.parametrize(
    "spoil",
    [
        {"date": "2026-11-23T00:41:00"},
        {"date": "9999-12-31T23:59:59+00:00"},
        {"date": "0001-01-01T00:00:00+14:00"},
        {"date": 1795401660},
        {"subject": "baris\udfff"},
        {"attachments": []},
        {"received": ["x"] * 600},
    ],
)
def test_a_mail_that_no_child_would_send_is_refused(spoil: dict[str, Any]) -> None:
    with pytest.raises(WireError):
        unpack(OpenedFile, spoilt(OpenedFile(MAIL, ATTACHED, (None,)), spoil, "mail"))


def test_a_file_without_its_reading_is_refused() -> None:
    """The two lists are walked side by side: one that is longer stopped the whole request."""
    with pytest.raises(WireError):
        unpack(OpenedFile, sent(OpenedFile(None, ATTACHED, ())))


@pytest.mark.parametrize("index", [1, -1, 1.0, True, None, {"blob": 0}])
def test_a_blob_that_does_not_exist_is_refused(index: Any) -> None:
    opened = spoilt(OpenedFile(None, ATTACHED, (None,)), {})
    text = opened.text.replace(b'"content": 0', b'"content": ' + json.dumps(index).encode())
    assert unpack(OpenedFile, opened).files == ATTACHED
    if index is None:  # what must not be kept has none
        assert unpack(OpenedFile, replace(opened, text=text)).files[0].content is None
        return
    with pytest.raises(WireError):
        unpack(OpenedFile, replace(opened, text=text))


def head(length: int, count: int = 0, tag: bytes = b"v") -> bytes:
    return struct.pack(">cIH", tag, length, count)


@pytest.mark.parametrize(
    "content",
    [
        head(0xFFFFFFFF),
        head(2, 0xFFFF),
        head(2, tag=b"x"),
        head(2, 1) + b"\xff\xff\xff\xff{}",
        head(2, 3) + struct.pack(">III", 1 << 26, 1 << 26, 1 << 26) + b"{}",
    ],
)
def test_impossible_frames_are_refused_before_they_are_read(content: bytes) -> None:
    with pytest.raises(WireError):
        read_frame(reading(content))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"nul",
        b"\xff\xfe",
        b'"\\ud800"',
        b"[" * 100_000,
        b'[{"":' * 500,
        b"[" + b'{"":[]},' * 200_000 + b"{}]",
        b"{" + b'"":0,' * MOST_VALUES + b'"":0}',
        b"1e999",
        b"9" * 5000,
    ],
)
def test_texts_that_are_no_answer_are_refused(text: bytes) -> None:
    for kind in (StatementFacts, OpenedFile, str):
        with pytest.raises(WireError):
            unpack(kind, Frame(False, text, ()))


def test_every_bound_belongs_to_a_member_that_there_is() -> None:
    from lockdesk.reader.cage.models import _BOUNDS

    for kind in (OpenedFile, StatementFacts, Line):
        model(kind)
    assert [name for kind, name in _BOUNDS if name not in {item.name for item in fields(kind)}] == []


@given(st.lists(st.binary(max_size=50), max_size=5))
def test_blobs_come_back_the_same(blobs: list[bytes]) -> None:
    framed = read_frame(reading(b"".join(frame("nilai", blobs))))
    assert (unpack(str, framed), list(framed.blobs)) == ("nilai", blobs)


@given(st.text(st.characters(), max_size=200))
def test_every_text_comes_back_as_text_that_can_be_written(text: str) -> None:
    read = unpack(str, sent(text))
    assert read == text or "\ufffd" in read
    read.encode()


def test_halves_of_a_pair_are_joined_and_a_lone_one_is_seen() -> None:
    assert unpack(str, sent("a\ud83d\ude00b\ud800c")) == "a\U0001f600b\ufffdc"


def test_an_object_of_very_many_members_is_refused_before_it_is_parsed() -> None:
    """Each member of ours would be sought among all of them: 30,000 kept the interpreter for 40 ms."""
    with pytest.raises(WireError, match="members"):
        unpack(StatementFacts, Frame(False, b"{" + b'"":0,' * 30_000 + b'"":0}', ()))
