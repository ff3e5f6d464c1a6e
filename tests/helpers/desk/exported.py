"""An exported journal, and the verifier that shares no code with the program."""

import importlib.util
from pathlib import Path
from types import ModuleType

from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.resource import resource_root
from lockdesk.store.casebook import SqlCasebook
from lockdesk.vault import Vault
from tests.helpers.desk.office import MONDAY

VERIFIER = resource_root() / "verify" / "verify_journal.py"


def load_verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_journal", VERIFIER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = load_verifier()


def write_entries(folder: Path, vault: Vault, count: int) -> None:
    """A casebook with so many entries, each of which says something else."""
    casebook = SqlCasebook(folder / "casebook.db", vault, vault.keys.database)
    for n in range(count):
        note = JournalNote("desk.opened", {"n": n, "by": "frasa – sandi"})
        casebook.commit(c.Change(MONDAY, "Contoh Petugas", note))
    casebook.close()


def objection(path: Path, content: bytes, printed: tuple[tuple[int, str], ...] = ()) -> str:
    """What the verifier has against an export; "" where it is whole."""
    path.write_bytes(content)
    try:
        verifier.check_export(path, printed)
    except verifier.NotWhole as found:
        return str(found)
    return ""
