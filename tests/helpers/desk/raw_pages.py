"""What really lies in a database's files: every page decrypted by hand, free pages and the gaps between rows too."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE, _SALT, _IV, _HMAC = 4096, 16, 16, 64
_WAL_HEAD, _FRAME_HEAD = 32, 24


def raw_text(path: Path, key: bytes) -> bytes:
    """The pages of the database and of its write-ahead log, as SQLCipher 4 lays them out (AES-256-CBC, the key given
    as it is), one behind the other."""
    content, wal = path.read_bytes(), path.with_name(path.name + "-wal")
    pages = [_decrypted(content[at : at + _PAGE], key, at == 0) for at in range(0, len(content), _PAGE)]
    log = wal.read_bytes() if wal.exists() else b""
    for at in range(_WAL_HEAD, len(log), _FRAME_HEAD + _PAGE):
        first = int.from_bytes(log[at : at + 4], "big") == 1
        pages.append(_decrypted(log[at + _FRAME_HEAD : at + _FRAME_HEAD + _PAGE], key, first))
    assert pages[0].startswith(b"\x10\x00"), "not the key, or not its layout"
    return b"".join(pages)


def _decrypted(page: bytes, key: bytes, first: bool) -> bytes:
    begin, end = (_SALT if first else 0), _PAGE - _IV - _HMAC
    cipher = Cipher(algorithms.AES(key), modes.CBC(page[end : end + _IV])).decryptor()
    return cipher.update(page[begin:end]) + cipher.finalize()
