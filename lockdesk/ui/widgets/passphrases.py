"""What a new passphrase must be."""

from lockdesk.words import _

SHORTEST = 12
"""Characters."""


def fault_in_new(first: str, second: str) -> str:
    """What a new passphrase and its repetition still lack; "" when it can be used."""
    if len(first) < SHORTEST:
        return _("Sedikitnya {n} huruf. Saat ini {count}.").format(n=SHORTEST, count=len(first))
    return "" if first == second else _("Kedua isian belum sama.")
