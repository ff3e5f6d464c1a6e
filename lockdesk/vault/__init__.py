"""The keys of a profile: the data key, the journal's seal and mark, and where all of it is kept.

A random root key is wrapped once for every way in (a slot each): a key in the system's keyring, a passphrase, the
recovery code printed at set-up. The practice profile has one slot, with its published passphrase. A key never lies
in a file unwrapped. No database and no network here.
"""

from lockdesk.unlocking import DATABASE, PRACTICE_PASSPHRASE, profile_exists
from lockdesk.vault.keyrings import forget_ahead, keyring_name
from lockdesk.vault.keys import Keys, derive_keys
from lockdesk.vault.moving import forget_keyring, lay_out, renew, settle
from lockdesk.vault.slots import is_passphrase_of, is_recovery_code
from lockdesk.vault.vault import (
    OpenedBy,
    Vault,
    ask_keyring_ahead,
    create_vault,
    earlier_keys,
    open_vault,
    profile_id,
    profile_mode,
)

__all__ = [
    "DATABASE",
    "PRACTICE_PASSPHRASE",
    "Keys",
    "OpenedBy",
    "Vault",
    "ask_keyring_ahead",
    "create_vault",
    "derive_keys",
    "earlier_keys",
    "forget_ahead",
    "forget_keyring",
    "is_passphrase_of",
    "is_recovery_code",
    "keyring_name",
    "lay_out",
    "open_vault",
    "profile_exists",
    "profile_id",
    "profile_mode",
    "renew",
    "settle",
]
