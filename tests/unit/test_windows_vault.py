"""Windows' own keyring, where there is one: its errors are of a library of its own."""

import pytest

from lockdesk.errors import Unreachable
from lockdesk.vault import keyring_name
from lockdesk.vault.keyrings import KEY_MISSING, load, store

pytestmark = pytest.mark.windows  # the keyring of Windows


def test_what_is_kept_is_read_back_and_what_is_not_there_is_missing() -> None:
    assert "WinVault" in keyring_name()
    store("uji-lockdesk", b"kunci")
    assert load("uji-lockdesk") == b"kunci"
    with pytest.raises(Unreachable) as missing:
        load("tidak-ada-di-sana")
    assert missing.value.code == KEY_MISSING
