"""What a screen reader gets of the real window, asked over the AT-SPI bus: names, roles, states, and where Tab goes."""

import shutil
from collections.abc import Callable, Iterator

import pytest

from lockdesk.app import OpenProfile, ProfileStart, SystemClock
from tests.helpers.desk.counter import form
from tests.helpers.desk.office import office_settings
from tests.helpers.desk.steps import receive
from tests.helpers.patience import until
from tests.helpers.window.at_spi import Heard, ScreenReader, window_on_a_bus

PAGES = {
    "Ctrl+1": ("Kasus", "Daftar kasus"),
    "Ctrl+6": ("Surat masuk", "Terima sebagai kasus baru"),
    "Ctrl+2": ("Pengaduan", "Daftar pengaduan"),
    "Ctrl+3": ("Standar pelayanan", "Cetak"),
    "Ctrl+4": ("Data kepegawaian", "Data kepegawaian"),
    "Ctrl+7": ("Laporan", "Penilaian pimpinan"),
    "Ctrl+5": ("Pengaturan", "Ganti petugas"),
}
"""The key of a page, its name above, and what stands there once it is filled."""
NO_ROLES = {"", "unknown", "invalid"}
UNSEEN = ("\u200b", "\u2060")
BY_OTHER_WAYS = {"radio button", "label", "filler"}
"""Arrow keys go on among the first; the others take the keyboard from a click, to be copied or scrolled."""
INSIDE = {"cell", "list item", "row header", "column header"}
"""What the arrow keys reach within its list."""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScreenReader]:
    assert shutil.which("Xvfb"), "the set-up installs Xvfb and at-spi2-core"
    home = tmp_path_factory.mktemp("reader")
    folder = home / "profil"
    with OpenProfile(ProfileStart(folder, practice=True, settings=office_settings()), SystemClock()) as profile:
        for number in ("01", "05"):
            receive(profile.desk, number)
        profile.desk.complaints.receive(form())
    with window_on_a_bus(folder, home / "home") as opened:
        heard = wait_for(opened, lambda told: named(told, "Daftar kasus", "table"))
        opened.click(named(heard, "LockDesk", "label")[0])

        def has_keyboard(told: list[Heard]) -> bool:
            """It may have had it before the click."""
            return any(one.role == "cell" and "focused" in one.states and "Sekar" in one.name for one in told)

        wait_for(opened, has_keyboard)
        yield opened


def named(told: list[Heard], name: str, role: str = "") -> list[Heard]:
    return [heard for heard in told if heard.called == name and role in {"", heard.role}]


def wait_for(reader: ScreenReader, there: Callable[[list[Heard]], object]) -> list[Heard]:
    """What is told once something is there, no more comes and none of it changes: a row that is still being filled has
    its place before it has its words."""
    last: list[Heard] = []

    def calm() -> bool:
        nonlocal last
        before, last = last, reader.told()
        return bool(there(last)) and before == last

    assert until(calm), [f"{heard.role}: {heard.name}" for heard in last]
    return last


def show(reader: ScreenReader, key: str) -> list[Heard]:
    page, mark = PAGES[key]

    def filled(told: list[Heard]) -> bool:
        chosen = [heard for heard in told if heard.role == "radio button" and "checked" in heard.states]
        return bool(named(told, mark)) and any(heard.name.startswith(page) for heard in chosen)

    reader.press(key)
    return wait_for(reader, filled)


def in_the_list(reader: ScreenReader) -> list[Heard]:
    """The cases, once a row of theirs has the keyboard: a key that comes before would go elsewhere."""
    show(reader, "Ctrl+1")
    return wait_for(reader, lambda told: [one for one in told if one.role == "cell" and "focused" in one.states])


def faults(told: list[Heard]) -> list[str]:
    """What a screen reader could not speak of, or would spell."""
    return [
        f"{heard.role} {heard.name!r}"
        for heard in told
        if ("focusable" in heard.states and (not heard.called.strip() or heard.role in NO_ROLES))
        or any(sign in heard.name for sign in UNSEEN)
    ]


def stops(told: list[Heard]) -> list[Heard]:
    """Where Tab is to arrive: whatever takes the keyboard and does not belong to another one."""
    lists = {heard.address for heard in told if heard.role in {"combo box", "list", "table", "tree"}}
    inner = {heard.address for heard in told if heard.within in lists}
    return [
        heard
        for heard in told
        if {"focusable", "enabled"} <= heard.states
        and heard.role not in {*INSIDE, *BY_OTHER_WAYS}
        and not inner & {heard.address, heard.within}
    ]


def walk(reader: ScreenReader, told: list[Heard]) -> list[Heard]:
    """What is announced as focused, Tab after Tab, until it begins again."""
    walked: list[Heard] = []
    for _press in range(3 * len(told)):
        heard = reader.focused_after(lambda: reader.press("Tab"))
        if walked and heard.address == walked[0].address:
            return walked
        walked.append(heard)
    pytest.fail(f"Tab never comes back: {[heard.name for heard in walked]}")


def unreached(told: list[Heard], walked: list[Heard]) -> list[str]:
    """The stops at which Tab never arrived: in a list it arrives at one of its rows, of choices side by side at the
    chosen one, and the arrow keys go on."""
    parents = {heard.address: heard.within for heard in told}
    reached = {heard.address for heard in walked}
    lists = {parents.get(heard.address) for heard in walked if heard.role in INSIDE}
    groups = {parents.get(heard.address) for heard in walked if heard.role == "check box"}

    def beside(heard: Heard) -> bool:
        around = {heard.within, heard.within and parents.get(heard.within)}
        return heard.role == "check box" and bool(groups & around)

    return [
        f"{heard.role} {heard.called!r}"
        for heard in stops(told)
        if heard.address not in reached | lists and not beside(heard)
    ]


def beneath(told: list[Heard], top: Heard) -> list[Heard]:
    addresses = {top.address}
    for heard in told:  # what is within something stands behind it
        if heard.within in addresses:
            addresses.add(heard.address)
    return [heard for heard in told if heard.address in addresses]


@pytest.mark.parametrize("key", PAGES)
def test_everything_on_a_page_is_told(reader: ScreenReader, key: str) -> None:
    told = show(reader, key)
    assert len([heard for heard in told if "focusable" in heard.states]) > 10
    assert faults(told) == []
    assert [heard.role for heard in told[:2]] == ["application", "frame"]


def test_a_list_tells_its_rows_and_where_one_is(reader: ScreenReader) -> None:
    told = in_the_list(reader)
    (cases,) = named(told, "Daftar kasus", "table")
    rows = [heard for heard in told if heard.within == cases.address and heard.role == "cell"]
    assert [heard.name.partition(",")[0] for heard in rows] == ["Sekar Contohwati", "Maria F. Seumpama"]
    assert all("Diterima" in heard.name for heard in rows), "with its state"
    second = reader.focused_after(lambda: reader.press("Down"))
    assert second.name == rows[1].name and "selected" in second.states
    first = reader.focused_after(lambda: reader.press("Up"))
    assert first.name == rows[0].name


def test_the_case_is_told_whole_and_tab_reaches_all_of_it(reader: ScreenReader) -> None:
    in_the_list(reader)
    verb = reader.focused_after(lambda: reader.press("Enter"), "push button")
    assert (verb.role, verb.name) == ("push button", "Mulai periksa"), "the next step has the keyboard"
    told = wait_for(reader, lambda told: named(told, "Perbandingan identitas", "table"))
    assert faults(told) == []
    walked = walk(reader, told)
    assert [heard for heard in walked if not ({"focused", "showing"} <= heard.states and heard.called)] == []
    assert unreached(told, walked) == []


def test_a_dialog_is_told_and_keeps_tab_within(reader: ScreenReader) -> None:
    show(reader, "Ctrl+1")
    reader.press("Ctrl+Shift+N")
    told = wait_for(reader, lambda told: [heard for heard in told if heard.role == "dialog"])
    (dialog,) = [heard for heard in told if heard.role == "dialog"]
    assert dialog.name and faults(told) == []
    inside = beneath(told, dialog)
    walked = walk(reader, inside)
    assert {heard.address for heard in walked} <= {heard.address for heard in inside}
    assert unreached(inside, walked) == []
    reader.press("Esc")
    wait_for(reader, lambda told: not [heard for heard in told if heard.role == "dialog"])
