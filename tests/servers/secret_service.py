"""The system's keyring as a desktop has it: gnome-keyring, open, on a session bus of its own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import stop


@contextmanager
def secret_service(home: Path) -> Iterator[dict[str, str]]:
    """The environment in which a program finds it; what it keeps lies under `home`, and it ends with its bus."""
    home.mkdir(exist_ok=True)
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_RUNTIME_DIR": str(home)}
    environment = {**os.environ, **places}
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        unlock = ["gnome-keyring-daemon", "--unlock", "--components=secrets"]
        subprocess.run(unlock, input=b"rahasia", env=environment, capture_output=True, timeout=60, check=True)
        yield environment
    finally:
        stop(bus)
        if bus.stdout is not None:
            bus.stdout.close()
