"""One key per purpose, all from the root key."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lockdesk.records import dataclass


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys derived from a profile's root key, one per purpose (HKDF-SHA256)."""

    database: bytes
    training_ca: bytes
    seal: Ed25519PrivateKey
    mark: bytes
    secrets: bytes
    identity: bytes


def derive_keys(root: bytes) -> Keys:
    """Every key of a profile from its 32-byte root key."""

    def purpose(name: str) -> bytes:
        return HKDF(SHA256(), 32, None, f"lockdesk {name} 1".encode()).derive(root)

    return Keys(
        purpose("database"),
        purpose("training ca"),
        Ed25519PrivateKey.from_private_bytes(purpose("seal")),
        purpose("mark"),
        purpose("secrets"),
        purpose("identity"),
    )
