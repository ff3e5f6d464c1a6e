"""The sealed reader of a unit test."""

from collections.abc import Iterator

import pytest

from lockdesk.reader.sealed import SealedReader


@pytest.fixture(scope="module")
def reader() -> Iterator[SealedReader]:
    """One template for all tests of a module, a child for each document: to start a template takes half a second.
    It ends with the module: there are tests that count what runs below the process."""
    with SealedReader() as sealed:
        yield sealed
