"""Public keys whose private half can be worked out: known faulty generators and primes that give way.

The tests are those of badkeys that need no downloaded list (ROCA CVE-2017-15361, Fermat CVE-2022-26320, …).
"""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import dsa, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from lockdesk.pki.keys import guarded

WEAK_CHECKS = (
    "roca", "fermat", "smallfactors", "sharedprimes", "smalld", "rsainvalid", "rsapoly", "pattern",
    "xzbackdoor", "dsasparse",
)  # fmt: skip
"""Named one by one: the library's default set ends the process when its blocklist was never downloaded."""
MOST_BITS = 16_384
"""A larger modulus is not examined: the tests' cost grows with the square of its length."""


def weaknesses(spki: bytes) -> tuple[str, ...] | None:
    """The names of the weaknesses of a DER SubjectPublicKeyInfo; () when none is known.

    None when the key could not be examined (unreadable, of a kind without tests, too large). Never raises.
    """
    return _weaknesses(spki) if len(spki) <= MOST_BITS else None


def prepare() -> None:
    """Loads what the tests read from files, so that they work where no file can be opened any more."""
    import badkeys.checks as badkeys

    for bits in (512, 768, 1024, 2048, 4096):
        badkeys.checkrsa((1 << (bits - 1)) + 1, checks=WEAK_CHECKS)


@lru_cache(maxsize=8)
def _weaknesses(spki: bytes) -> tuple[str, ...] | None:
    found: tuple[str, ...] | None = guarded(lambda: _examined(spki), None)
    return found


def _examined(spki: bytes) -> tuple[str, ...] | None:
    import badkeys.checks as badkeys

    key = load_der_public_key(spki)
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size > MOST_BITS:
            return None
        numbers = key.public_numbers()
        return tuple(badkeys.checkrsa(numbers.n, e=numbers.e, checks=WEAK_CHECKS))
    if isinstance(key, dsa.DSAPublicKey):
        parameters = key.parameters().parameter_numbers()
        return tuple(badkeys.checkdsa(key.public_numbers().y, p=parameters.p, checks=WEAK_CHECKS))
    return ()
