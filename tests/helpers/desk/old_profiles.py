"""Practice profiles that earlier versions of the program made, one for each schema of the database.

Each was made by the program as it was then, playing the first sample from mail to completion. They are kept as plain
SQLite files (invented people), because what is encrypted cannot be made smaller, and encrypted again here under the
key of their vault; of the prints of the later ones only the smallest is kept.
"""

import lzma
import shutil
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from lockdesk.vault import PRACTICE_PASSPHRASE, open_vault

SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"
VERSIONS = tuple(sorted(path.name for path in SCHEMAS.iterdir()))


def lay_out(version: str, folder: Path) -> Path:
    """The profile of a version as it lay in its folder."""
    folder.mkdir(parents=True)
    for name in ("vault.json", "mark.bin"):
        shutil.copy(SCHEMAS / version / name, folder)
    plain = folder / "plain.db"
    plain.write_bytes(lzma.decompress((SCHEMAS / version / "casebook.xz").read_bytes()))
    key = open_vault(folder, PRACTICE_PASSPHRASE, looking=True).keys.database
    database = sqlcipher.connect(str(plain), isolation_level=None)
    database.execute("ATTACH DATABASE ? AS made KEY ?", (str(folder / "casebook.db"), f"x'{key.hex()}'"))
    database.execute("SELECT sqlcipher_export('made')")
    database.close()
    plain.unlink()
    return folder
