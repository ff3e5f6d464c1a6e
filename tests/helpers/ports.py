"""Ports for servers that tests start as programs of their own."""

import random
import socket

_EPHEMERAL = 32768
"""Where Linux begins to take ports for clients (`ip_local_port_range`)."""
_LOWEST = 10240


def free_port() -> int:
    """A port on loopback that nobody listens on, from below those of clients: between this look and the start of the
    server any connection of another test could take one of theirs."""
    while True:
        port = random.SystemRandom().randrange(_LOWEST, _EPHEMERAL)  # whatever a test has seeded
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
