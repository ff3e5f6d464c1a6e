"""A profile's keys on another machine, and under another data key."""

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from lockdesk.core.journal import JournalHead
from lockdesk.errors import Unreachable
from lockdesk.unlocking import FILE
from lockdesk.vault import keyrings
from lockdesk.vault.files import replace_file
from lockdesk.vault.keys import derive_keys
from lockdesk.vault.slot_file import EarlierSeal, SlotFile, read_slots
from lockdesk.vault.slots import Slot, SlotKind, secret_slot
from lockdesk.vault.vault import OpenedBy, Vault, by_keyring, new_keyring_slot


def lay_out(folder: Path, carried: str) -> None:
    """Puts the ways in that a backup carries into a folder, to be opened there. Raises OSError."""
    replace_file(folder / FILE, carried.encode())


def settle(folder: Path, vault: Vault, head: JournalHead) -> Vault:
    """Makes a restored profile this machine's: the marks begin with the backup's head, and a keyring that does not know
    the profile gets an entry of its own. Raises OSError, Damaged."""
    file, root, identifier = read_slots(folder), vault.root, ""
    slot = file.slot(SlotKind.KEYRING)
    if slot is not None and file.identity is not None:
        file = file.without(SlotKind.KEYRING, "")
        with suppress(Unreachable):
            if _by_known_keyring(file, slot) != root:
                identifier, slot = new_keyring_slot(root, file.profile)
            identifier, file = slot["identifier"], file.with_slot(SlotKind.KEYRING, slot)
    settled = Vault(folder, root, file.identity, vault.opened_by, identifier)
    settled.advance(head)
    if file.identity is not None:  # a file of the first version is bound when it is opened
        file.write(folder, settled.keys.identity)
    with suppress(Unreachable):
        settled.echo(head)
    return settled


def _by_known_keyring(file: SlotFile, slot: Slot) -> bytes | None:
    """None where this machine's keyring is open and has no key of this profile. Raises Unreachable."""
    try:
        return by_keyring(file, slot)
    except Unreachable as error:
        if error.code != keyrings.KEY_MISSING:
            raise
        return None


# ── another data key ──
def renew(vault: Vault, into: Path, passphrase: str, until: int, names: Collection[str]) -> Vault:
    """The same profile under a new root key, in a folder of its own: opened by `passphrase`, and by the keyring where
    that opened it so far. Every other way in ends: nobody but its owner knows what would wrap the new key for it. The
    key that sealed so far vouches for entries up to `until`. `names`: of the credentials that go along.

    Raises Unreachable where the keyring does not answer, Damaged and OSError; the profile itself is as it was.
    """
    assert vault.identity is not None
    before, root, identifier = read_slots(vault.folder), os.urandom(32), ""
    seals = (*before.seals, EarlierSeal(vault.public_key(), until))
    made = SlotFile(vault.identity, "", (), seals)
    made = made.with_slot(
        SlotKind.PASSPHRASE, secret_slot(SlotKind.PASSPHRASE, root, passphrase, vault.identity.profile)
    )
    credentials = {name: found for name in names if (found := vault.secret(name))}
    if before.slot(SlotKind.KEYRING) is not None:
        identifier, slot = new_keyring_slot(root, vault.identity.profile)
        made = made.with_slot(SlotKind.KEYRING, slot)
    made.write(into, derive_keys(root).identity)
    renewed = Vault(into, root, vault.identity, OpenedBy.PASSPHRASE, identifier)
    if not identifier:
        renewed.keep_filed(credentials)
    for name, value in credentials.items() if identifier else ():
        renewed.keep_secret(name, value)
    return renewed


def forget_keyring(folder: Path, names: Collection[str], key_too: bool) -> None:
    """Takes what a profile's folder names out of the keyring: its credentials and its mark; with `key_too` also the
    key, without which a backup that it opened opens by its other ways alone. What does not answer is left."""
    slot = read_slots(folder).slot(SlotKind.KEYRING)
    if slot is not None:
        identifier = slot["identifier"]
        for entry in (*(f"{identifier}/{name}" for name in (*names, "mark")), *([identifier] if key_too else [])):
            keyrings.forget(entry)
