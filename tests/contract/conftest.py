"""The servers that the contract tests share."""

from collections.abc import Iterator

import pytest

from tests.contract.benches import Servers


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Real CAs, each started when the first test asks for it and stopped with the session."""
    started = Servers(tmp_path_factory)
    yield started
    started.stop()
