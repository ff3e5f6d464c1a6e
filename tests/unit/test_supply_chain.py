"""What is shipped: locked by digest, under licences that let the office have it, and told by the build's bill."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / "resources" / "requirements"
LICENCES: dict[str, str] = tomllib.loads((LOCKS / "licences.toml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, str]:
    """What stands in a lock about each package."""
    parts = re.split(r"^(?=[A-Za-z0-9])", (LOCKS / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.partition("==")[0]: part for part in parts if "==" in part}


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt", "django-ca.txt"])
def test_every_package_is_locked_by_its_digests(lock: str) -> None:
    assert [name for name, text in locked(lock).items() if "--hash=sha256:" not in text] == []


def test_the_licence_of_everything_shipped_is_known() -> None:
    assert sorted(LICENCES) == sorted(locked("run.txt"))


@pytest.mark.parametrize("name", sorted(LICENCES))
def test_nothing_shipped_needs_the_gpl(name: str) -> None:
    """One of several licences is enough, all of several are not."""
    ways = LICENCES[name].strip("()").split(" OR ")
    assert [way for way in ways if not re.search(r"(?<!L)GPL|AGPL|SSPL|BUSL|CC-BY-NC", way)], LICENCES[name]


@pytest.mark.parametrize("name", sorted(LICENCES))
def test_a_licence_is_what_the_package_itself_states(name: str) -> None:
    try:
        # Where there is none the standard library gives None by [], and the backport that keyring brings along raises.
        stated = metadata(name).get_all("License-Expression") or []
    except PackageNotFoundError:
        return  # of another system
    assert stated in ([], [LICENCES[name]])


def test_the_bill_names_every_package_and_is_the_same_twice(tmp_path: Path) -> None:
    bills = [tmp_path / "one.json", tmp_path / "two.json"]
    for bill in bills:
        subprocess.run([sys.executable, str(ROOT / "resources" / "setup" / "bill.py"), str(bill)], check=True)
    told = json.loads(bills[0].read_text(encoding="utf-8"))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert {item["name"] for item in told["components"]} == set(LICENCES)
    assert all(item["hashes"] and item["licenses"] and item["purl"] for item in told["components"])
    assert bills[0].read_bytes() == bills[1].read_bytes()
