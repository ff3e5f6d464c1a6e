"""The window as a screen reader has it: a process of its own under Xvfb, read and operated over the AT-SPI bus alone.

Nothing is shared with who sits at this machine: display, session bus and home are made for it and end with it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.helpers.patience import PATIENT, until

_ROOT = Path(__file__).parents[3]
_INTERFACE = "org.a11y.atspi."
_REGISTRY, _ROOT_PATH = f"{_INTERFACE}Registry", "/org/a11y/atspi/accessible/root"
_DEVICES = (_REGISTRY, "/org/a11y/atspi/registry/deviceeventcontroller"), "DeviceEventController"
_SCREEN = "1366x1000x24"
_PRESS, _RELEASE, _BOTH = 0, 1, 2
KEYS = {"Tab": 23, "Enter": 36, "Esc": 9, "Down": 116, "Up": 111, "F8": 74, "Ctrl": 37, "Shift": 50, "N": 57}
KEYS |= {str(digit): 9 + digit for digit in range(1, 10)}
"""X keycodes of a keyboard with 105 keys, which Xvfb has."""
STATES = {"checked": 4, "editable": 7, "enabled": 8, "focusable": 11, "focused": 12, "selected": 23, "showing": 25}
"""Bits of AtspiStateType."""
_LABELLED_BY = 2
"""Of AtspiRelationType."""
Address = tuple[str, str]


@dataclass(frozen=True)
class Heard:
    """What is told of one object. `labels` are the names of what it is labelled by."""

    address: Address
    name: str
    role: str
    states: frozenset[str]
    labels: tuple[str, ...]
    within: Address | None

    @property
    def called(self) -> str:
        """What says which one it is: of a combo box its name is the chosen value."""
        return " ".join(self.labels) if self.role == "combo box" else self.name


class ScreenReader:
    """Asks the window's process over the bus, and presses keys as a keyboard does."""

    def __init__(self, address: str) -> None:
        self._bus = open_dbus_connection(address)
        focused = ("Object:StateChanged:Focused",)
        self._call((_REGISTRY, "/org/a11y/atspi/registry"), "Registry", "RegisterEvent", "s", focused)
        self._rule = MatchRule(type="signal", interface=f"{_INTERFACE}Event.Object", member="StateChanged")
        self._bus.send_and_get_reply(message_bus.AddMatch(self._rule))

    def close(self) -> None:
        self._bus.close()

    def wait_for_program(self) -> None:
        assert until(lambda: bool(self._children((_REGISTRY, _ROOT_PATH)))), "the program never came to the bus"

    # ── what is told ──

    def told(self) -> list[Heard]:
        """All that is shown, from the program down. What says that it is shown within what is not is left out."""
        return list(self._told_from(self._children((_REGISTRY, _ROOT_PATH))[0], None))

    def _told_from(self, address: Address, within: Address | None) -> Iterator[Heard]:
        heard = self.about(address, within)
        if heard is None or (within is not None and "showing" not in heard.states):
            return
        yield heard
        for child in self._children(address):
            yield from self._told_from(child, address)

    def about(self, address: Address, within: Address | None = None) -> Heard | None:
        """None for what is gone meanwhile."""
        name, role = self._property(address, "Name"), self._call(address, "Accessible", "GetRoleName")
        words, bits = self._call(address, "Accessible", "GetState"), 0
        if name is None or not role or not words:
            return None
        bits = words[0][0] | words[0][1] << 32
        states = frozenset(state for state, bit in STATES.items() if bits >> bit & 1)
        labels = self._labels(address) if role[0] == "combo box" else ()
        return Heard(address, name, role[0], states, labels, within)

    def _labels(self, address: Address) -> tuple[str, ...]:
        relations = self._call(address, "Accessible", "GetRelationSet")
        by = [label for kind, labels in (relations or ((),))[0] if kind == _LABELLED_BY for label in labels]
        return tuple(name for label in by if (name := self._property(label, "Name")))

    def _children(self, address: Address) -> list[Address]:
        found = self._call(address, "Accessible", "GetChildren")
        return [(bus, path) for bus, path in found[0]] if found else []

    def _property(self, address: Address, name: str) -> Any:
        found = self._call(address, "", "Get", "ss", (f"{_INTERFACE}Accessible", name))
        return found[0][1] if found else None

    def _call(self, address: Address, interface: str, method: str, signature: str | None = None, body: Any = ()) -> Any:
        """The answer; None for an error, which what is gone gives."""
        whole = f"{_INTERFACE}{interface}" if interface else "org.freedesktop.DBus.Properties"
        asked = new_method_call(DBusAddress(address[1], address[0], whole), method, signature, body)
        answer = self._bus.send_and_get_reply(asked, timeout=PATIENT)
        return None if answer.header.message_type is MessageType.error else answer.body

    # ── what is done ──

    def click(self, heard: Heard) -> None:
        x, y, _width, _height = self._call(heard.address, "Component", "GetExtents", "u", (0,))[0]
        self._call(*_DEVICES, "GenerateMouseEvent", "iis", (x + 3, y + 3, "b1c"))

    def press(self, combination: str) -> None:
        """ "Ctrl+2"."""
        *held, key = (KEYS[name] for name in combination.split("+"))
        for code, kind in (*((code, _PRESS) for code in held), (key, _BOTH), *((code, _RELEASE) for code in held)):
            self._call(*_DEVICES, "GenerateKeyboardEvent", "isu", (code, "", kind))

    def focused_after(self, act: Callable[[], None], role: str = "") -> Heard:
        """What the bus announces as focused once `act` is done; with a role the first that has it."""
        with self._bus.filter(self._rule, bufsize=10_000) as announced:
            act()
            while True:
                message = self._bus.recv_until_filtered(announced, timeout=PATIENT)
                fields = message.header.fields
                heard = self.about((fields[HeaderFields.sender], fields[HeaderFields.path]))
                if message.body[:2] == ("focused", 1) and heard is not None and role in {"", heard.role}:
                    return heard


@contextmanager
def window_on_a_bus(folder: Path, home: Path) -> Iterator[ScreenReader]:
    """The program with the profile in `folder`, and who reads it."""
    with ExitStack() as ended:
        runtime = home / "run"
        runtime.mkdir(parents=True, mode=0o700)
        own = ("DBUS_", "XDG_", "AT_SPI", "QT_", "DISPLAY", "WAYLAND")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        environment |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "PYTHONPATH": str(_ROOT)}
        reading, writing = os.pipe()
        _start(ended, ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"], environment,
               pass_fds=(writing,))  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as told:
            environment["DISPLAY"] = f":{told.readline().strip()}"
        bus = _start(ended, ["dbus-daemon", "--session", "--nofork", "--print-address"], environment)
        assert bus.stdout is not None
        session = bus.stdout.readline().decode().strip()
        environment["DBUS_SESSION_BUS_ADDRESS"] = session
        reader = ScreenReader(_accessibility_bus(session))
        ended.callback(reader.close)
        environment |= {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        _start(ended, [sys.executable, "-m", "lockdesk", "--profile", str(folder)], environment)
        reader.wait_for_program()
        yield reader


def _start(ended: ExitStack, command: list[str], environment: dict[str, str], **options: Any) -> Any:
    """A process whose own children, as those that a bus starts, end with it."""
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True, **options
    )

    def end() -> None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()

    ended.callback(end)
    return process


def _accessibility_bus(session: str) -> str:
    """at-spi2-core starts it when it is asked for."""
    connection: DBusConnection
    with open_dbus_connection(session) as connection:
        asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
        return str(connection.send_and_get_reply(asked, timeout=PATIENT).body[0])
