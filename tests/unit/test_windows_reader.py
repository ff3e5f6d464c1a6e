"""The reader on Windows: a spare process a document; without proven walls none is opened unless that was accepted."""

import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import StatementProblem
from lockdesk.errors import Unreachable
from lockdesk.reader.cage.probes import PROOFS
from lockdesk.reader.sealed import SealedReader
from lockdesk.resource import resource

pytestmark = pytest.mark.windows  # the processes apart of Windows
SECONDS = 60


def sample(number: str) -> NamedBytes:
    path = next(resource("samples").glob(f"{number}*.eml"))
    return NamedBytes(path.name, path.read_bytes())


@pytest.fixture(scope="module")
def accepting() -> Iterator[SealedReader]:
    with SealedReader(unsealed=lambda: True) as reader:
        yield reader


def test_without_proven_walls_a_document_is_refused() -> None:
    with SealedReader() as reader:
        told = reader.cage()
        if told["walls"]:
            assert reader.read_request([sample("01")]).statement.has_text
            return
        assert told["detail"]
        with pytest.raises(Unreachable) as refused:
            reader.read_request([sample("01")])
        assert refused.value.code == "reader.no_cage"


def test_every_attempt_is_made_and_told(accepting: SealedReader) -> None:
    told = accepting.cage()
    assert {name for name in PROOFS if f"probe.{name}" in told} == set(PROOFS)
    assert bool(told["walls"]) is not bool(told["detail"])


def test_with_the_risk_accepted_a_mail_and_its_letter_are_read_and_drawn(accepting: SealedReader) -> None:
    facts = accepting.read_request([sample("01")])
    assert facts.mail is not None and facts.statement.problem is StatementProblem.NONE and facts.statement.has_text
    assert facts.statement_file is not None and facts.statement_file.content is not None
    page = accepting.render(facts.statement_file.content, 0, 300)
    assert page is not None and len(page.pixels) == page.stride * page.height


def test_a_reading_on_its_way_ends_with_the_reader() -> None:
    reader = SealedReader(unsealed=lambda: True, deadline_seconds=SECONDS)
    scan = reader.read_request([sample("03")]).statement_file
    assert scan is not None and scan.content is not None
    pdf, begun = scan.content, threading.Event()

    def read() -> None:
        begun.set()
        with suppress(Unreachable):
            reader.read_scan(pdf)

    thread = threading.Thread(target=read)
    thread.start()
    begun.wait(SECONDS)
    reader.close()
    thread.join(SECONDS)
    assert not thread.is_alive()
