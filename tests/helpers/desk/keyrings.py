"""The system's keyring of a machine, in memory."""

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend


class MachineKeyring(KeyringBackend):
    """Open, and forgotten with the machine."""

    priority = -1.0  # every class of a backend is a candidate of the library's: nobody is given this one unasked

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


# The program knows its keyrings by name and takes no other.
MachineKeyring.__module__, MachineKeyring.__qualname__ = "keyring.backends.SecretService", "Keyring"


@contextmanager
def using(backend: KeyringBackend) -> Iterator[None]:
    previous = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(previous)
