"""The servers that the contract tests share."""

from collections.abc import Iterator

import pytest

from tests.contract.benches import Servers
from tests.servers.small_ca import SmallCa
from tests.servers.smtp import SmtpServer
from tests.servers.web import server_context


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Real CAs, each started when the first test asks for it and stopped with the session."""
    started = Servers(tmp_path_factory)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def ca() -> SmallCa:
    """What certifies the office's own mail servers."""
    return SmallCa("CA kantor")


@pytest.fixture
def server(ca: SmallCa) -> Iterator[SmtpServer]:
    with SmtpServer(server_context(ca)) as made:
        yield made
