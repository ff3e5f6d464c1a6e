"""The system's keyring for real: gnome-keyring on a private session bus, started and stopped here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from lockdesk.core.journal import JournalHead
from lockdesk.vault import create_vault, keyring_name, open_vault
folder = Path(sys.argv[1])
assert keyring_name().startswith("keyring.backends.SecretService"), keyring_name()
made = create_vault(folder, None)
assert made.kept_in == "keyring"
assert open_vault(folder).keys.database == made.keys.database
root = b"".join(path.read_bytes() for path in folder.iterdir())
assert made.keys.database not in root
made.keep_secret("ejbca.passphrase", "rahasia-sekali")
assert open_vault(folder).secret("ejbca.passphrase") == "rahasia-sekali"
assert open_vault(folder).secret("cmp.passphrase") == ""
assert not (folder / "secrets.bin").exists()
before = {path: path.read_bytes() for path in folder.iterdir()}
newer = JournalHead(40, b"\\x01" * 32)
made.advance(newer)
for path, content in before.items():
    path.write_bytes(content)
assert open_vault(folder).mark() == newer, "a folder that was put back whole is found"
print("kept in", made.kept_in)
"""


def test_key_credentials_and_mark_are_kept_in_the_secret_service(tmp_path: Path) -> None:
    assert shutil.which("dbus-run-session"), "the set-up installs dbus and gnome-keyring"
    home = tmp_path / "home"
    home.mkdir()
    command = (
        "printf rahasia | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
        f' && "{sys.executable}" -c "$SCRIPT" "{tmp_path / "profil"}"; code=$?;'
        " pkill -P $$ gnome-keyring-d 2>/dev/null; exit $code"
    )
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "SCRIPT": SCRIPT,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "kept in keyring" in done.stdout
