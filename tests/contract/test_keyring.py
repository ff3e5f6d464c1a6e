"""The system's keyring for real: gnome-keyring on a private session bus, started and stopped here."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.secret_service import secret_service

BEGIN = """
import functools
import os
import signal
import sys
import time
from pathlib import Path
import keyring
import secretstorage
from lockdesk import unlocking
from lockdesk.core.journal import JournalHead, JournalNote
from lockdesk.desk.changes import Change
from lockdesk.errors import Damaged, Declined, Unreachable
from lockdesk.store.casebook import SqlCasebook
from lockdesk.vault import OpenedBy, ask_keyring_ahead, create_vault, keyring_name, keyrings, open_vault
from tests.helpers.desk.office import MONDAY
unlocking.stretch = functools.cache(unlocking.stretch)  # as in tests/conftest.py
folder = Path(sys.argv[1])
assert keyring_name().startswith("keyring.backends.SecretService"), keyring_name()
made = create_vault(folder, "frasa sandi kantor", keyring=True)
code = made.make_recovery_code()

def open_casebook(vault):
    return SqlCasebook(folder / "casebook.db", vault, vault.keys.database)

def step():
    casebook = open_casebook(open_vault(folder))
    head = casebook.commit(Change(MONDAY, "P", JournalNote("print.made"))).head
    casebook.close()
    return head

def files():
    return {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}

def put_back(before):
    for path in folder.iterdir():
        path.unlink()
    for path, content in before.items():
        path.write_bytes(content)

def entries():
    bus = secretstorage.dbus_init()
    return list(secretstorage.get_default_collection(bus).get_all_items())

def forget(*endings):
    for item in entries():
        if item.get_attributes()["username"].endswith(endings):
            item.delete()

def ask_ahead():
    ask_keyring_ahead(folder)
    for begun in set(keyrings._begun.values()):
        begun.result()

def refusal(job):
    try:
        job()
    except (Damaged, Declined, Unreachable) as error:
        assert error.message and error.remedy or error.code == "vault.passphrase_needed", error.code
        return error.code
    return ""
"""
SCRIPTS = {
    "kept": """
assert made.kept_in == "keyring"
assert open_vault(folder).keys.database == made.keys.database
content = b"".join(files().values())
assert made.keys.database not in content
made.keep_secret("ejbca.passphrase", "rahasia-sekali")
assert open_vault(folder).secret("ejbca.passphrase") == "rahasia-sekali"
assert open_vault(folder).secret("cmp.passphrase") == ""
assert not (folder / "secrets.bin").exists()
for secret, opened_by in (("frasa sandi kantor", OpenedBy.PASSPHRASE), (code.lower(), OpenedBy.RECOVERY)):
    vault = open_vault(folder, secret)
    assert vault.keys.database == made.keys.database and vault.opened_by is opened_by and not vault.renewed
assert made.opens(code) and made.opens("frasa sandi kantor") and not made.opens("frasa sandi lain")
made.keep_own("199001012015011002", "sandi milik pengganti")
assert open_vault(folder).opened_as == "" and open_vault(folder).opened_by is OpenedBy.KEYRING
assert open_vault(folder, "sandi milik pengganti").opened_as == "199001012015011002"
newer = made.make_recovery_code()
assert not made.opens(code) and made.opens(newer)
""",
    "whole folder put back": """
step()
before = files()
step()
put_back(before)
assert refusal(lambda: open_casebook(open_vault(folder))) == "journal.broken"
for secret in ("frasa sandi kantor", code):
    assert refusal(lambda: open_casebook(open_vault(folder, secret))) == "journal.broken", secret
""",
    "whole folder put back, its part in the keyring taken out": """
import json
step()
before = files()
step()
put_back(before)
raw = json.loads((folder / "vault.json").read_bytes())
raw["slots"] = [slot for slot in raw["slots"] if slot["kind"] != "keyring"]
(folder / "vault.json").write_text(json.dumps(raw))
assert refusal(lambda: open_vault(folder)) == "vault.passphrase_needed"
for secret in ("frasa sandi kantor", code):
    assert refusal(lambda: open_vault(folder, secret)) == "profile.mixed", secret
""",
    "restored from a backup, by the keyring that knows it and by one that does not": """
from lockdesk.keeping import Archivist, Restoring
from tests.helpers.desk.office import SetClock
head = step()
usb = folder.parent / "usb"
usb.mkdir()
quietly = lambda percent: None
file = Archivist(folder, open_vault(folder), in_use=False).make(usb, MONDAY, quietly).path
step()

def restored(secret):
    with Restoring(file, folder, secret, quietly) as restoring:
        restoring.put_in_place(SetClock())
    casebook = open_casebook(open_vault(folder))
    check = casebook.verify_journal()
    casebook.close()
    assert check.whole and check.chain.count == head.count + 1

restored(None)
for item in entries():
    item.delete()
assert refusal(lambda: Restoring(file, folder, None, quietly)) == "vault.key_missing"
for secret in ("frasa sandi kantor", code):
    restored(secret)
    assert len(entries()) >= 2, "its key and its mark"
""",
    "only looking": """
step()
for item in entries():
    item.delete()
before = files()
vault = open_vault(folder, code, looking=True)
assert vault.keys.database == made.keys.database and vault.mark().count == 1 and not vault.renewed
assert files() == before and not entries()
""",
    "another data key, and the five states of the keyring": """
from keyring.backends.null import Keyring
from lockdesk.keeping import Archivist, Restoring
from lockdesk.rekeying import change_key
from tests.helpers.desk.office import SetClock
keyrings.KEYRING_SECONDS = 1.0
quietly = lambda percent: None
change = lambda known, new: change_key(folder, known, new, "P", SetClock(), quietly)
head, usb = step(), folder.parent / "usb"
usb.mkdir()
made.keep_own("197001011995011001", "sandi milik kepala bidang")
made.keep_secret("mail.secret", "rahasia-sekali")
file = Archivist(folder, open_vault(folder), in_use=False).make(usb, MONDAY, quietly).path
change("frasa sandi kantor", "frasa sandi kedua")
vault = open_vault(folder)
assert vault.opened_by is OpenedBy.KEYRING and vault.keys.database != made.keys.database and vault.people() == ()
assert vault.secret("mail.secret") == "rahasia-sekali" and vault.mark().count == head.count + 1
assert len(entries()) == 4, "key, mark and credential of the new one, the key alone of the old one"
with Restoring(file, folder, None, quietly) as restoring:
    assert restoring.replaces().entries == head.count + 1 and restoring.replaces().older_key
    restoring.put_in_place(SetClock())
assert open_vault(folder, "sandi milik kepala bidang").opened_as and open_vault(folder).mark().count == head.count + 1
change("frasa sandi kantor", "frasa sandi ketiga")
for item in entries():
    item.set_secret(b"bukan kunci")
change("frasa sandi ketiga", "frasa sandi keempat")  # a wrong keyring gets the new key
assert open_vault(folder).opened_by is OpenedBy.KEYRING
for item in entries():
    item.delete()
change("frasa sandi keempat", "frasa sandi kelima")  # an emptied one too
open_casebook(open_vault(folder)).close()
before, there = files(), keyring.get_keyring()
keyring.set_keyring(Keyring())
assert refusal(lambda: change("frasa sandi kelima", "yang tidak jadi")) == "vault.no_keyring"
keyring.set_keyring(there)
secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
refused = refusal(lambda: change("frasa sandi kelima", "yang tidak jadi"))
assert refused in {"vault.keyring_locked", "vault.keyring_silent"}
assert files() == before, "nothing is changed where the keyring does not take the new key"
assert open_vault(folder, "frasa sandi kelima").keyring_closed
""",
    "mark cleared": """
head = step()
forget("/mark")
assert refusal(lambda: open_casebook(open_vault(folder))) == "vault.mark_cleared"
assert refusal(lambda: open_casebook(open_vault(folder, "frasa sandi kantor"))) == "vault.mark_cleared"
vault = open_vault(folder, code)
open_casebook(vault).close()
assert vault.renewed == ("mark",), "the head of section has judged it"
step()
assert open_vault(folder).mark().count == head.count + 1
""",
    "both marks cleared": """
head = step()
forget("/mark")
(folder / "mark.bin").unlink()
assert refusal(lambda: open_casebook(open_vault(folder))) == "vault.mark_damaged"
open_casebook(open_vault(folder, code)).close()
step()
assert open_vault(folder).mark().count == head.count + 1
""",
    "mark in the folder cleared": """
head = step()
(folder / "mark.bin").unlink()
assert refusal(lambda: open_casebook(open_vault(folder))) == "vault.mark_damaged"
before = files()
step_back = open_vault(folder, code)
assert step_back.mark() == head, "the keyring still knows"
""",
    "lost": """
head = step()
made.keep_secret("ejbca.passphrase", "rahasia-sekali")
for item in entries():
    item.delete()
assert refusal(lambda: open_vault(folder)) == "vault.key_missing"
vault = open_vault(folder, sys.argv[2])
assert vault.keys.database == made.keys.database and vault.renewed == ("keyring",)
open_casebook(vault).close()
again = open_vault(folder)
assert again.mark() == head and again.opened_by is OpenedBy.KEYRING and again.secret("ejbca.passphrase") == ""
""",
    "changed": """
for item in entries():
    item.set_secret(b"bukan kunci")
assert refusal(lambda: open_vault(folder)) == "vault.key_missing"
assert open_vault(folder, code).renewed == ("keyring",)
""",
    "asked ahead": """
head = step()
ask_ahead()
for item in entries():
    item.delete()
assert open_vault(folder).mark() == head, "both were asked for before"
assert refusal(lambda: open_vault(folder)) == "vault.key_missing"
""",
    "asked ahead for an opening that came to nothing, and put back since": """
step()
before = files()
ask_ahead()
open_vault(folder)
if os.fork() == 0:  # another program's step
    keyrings._begun.clear()
    step()
    os._exit(0)
os.wait()
put_back(before)
assert refusal(lambda: open_casebook(open_vault(folder))) == "journal.broken"
""",
    "asked ahead, and stored since": """
head = step()
ask_ahead()
vault = open_vault(folder)
vault.echo(JournalHead(head.count + 1, head.digest))
assert vault.mark().count == head.count + 1
""",
    "asked ahead while it is locked": """
keyrings.KEYRING_SECONDS = 1.0
step()
secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
loaded, asked = keyrings._load, folder.parent / "asked"
def counted(identifier):
    with asked.open("a") as told:
        told.write("x")
    return loaded(identifier)
keyrings._load = counted
ask_ahead()
assert asked.read_text() == "x", "a keyring that is closed is not asked twice"
assert refusal(lambda: open_vault(folder)) in {"vault.keyring_locked", "vault.keyring_silent"}
assert open_vault(folder, "frasa sandi kantor").keyring_closed
""",
    "asked ahead by a process that is killed": """
head = step()
fork = os.fork
def fork_killed():
    child = fork()
    if child == 0:
        time.sleep(60)
    os.kill(child, signal.SIGKILL)
    return child
os.fork = fork_killed
ask_keyring_ahead(folder)
assert open_vault(folder).mark() == head
""",
    "locked": """
keyrings.KEYRING_SECONDS = 1.0
step()
bus = secretstorage.dbus_init()
secretstorage.get_default_collection(bus).lock()
assert refusal(lambda: open_vault(folder)) in {"vault.keyring_locked", "vault.keyring_silent"}
vault = open_vault(folder, "frasa sandi kantor")
assert vault.keyring_closed and vault.keys.database == made.keys.database and not vault.renewed
assert refusal(lambda: vault.secret("ejbca.passphrase")) in {"vault.keyring_locked", "vault.keyring_silent"}
casebook = open_casebook(vault)
casebook.commit(Change(MONDAY, "P", JournalNote("print.made")))
casebook.close()
assert vault.mark().count == 2
""",
    "null": """
from keyring.backends.null import Keyring
keyring.set_keyring(Keyring())
assert refusal(lambda: open_vault(folder)) == "vault.no_keyring"
assert open_vault(folder, "frasa sandi kantor").keyring_closed
""",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_the_secret_service_keeps_loses_or_refuses(tmp_path: Path, name: str) -> None:
    with secret_service(tmp_path / "home") as environment:
        done = subprocess.run(
            [sys.executable, "-c", BEGIN + SCRIPTS[name], str(tmp_path / "profil"), "frasa sandi kantor"],
            env={**environment, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
