"""What the desktops are told of the program, and the list of tests that Windows' trial leaves out, keep pace."""

import ast
import configparser
import shlex
from pathlib import Path
from xml.etree import ElementTree

from lockdesk import __version__
from lockdesk.verbs.arguments import parser

ROOT = Path(__file__).parents[2]
SETUP = ROOT / "resources" / "setup"
NAME = "id.go.pekalongan.lockdesk"


def test_the_menu_s_entry_opens_files_with_a_verb_that_there_is() -> None:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(SETUP / "linux" / f"{NAME}.desktop", encoding="utf-8")
    entry = read["Desktop Entry"]
    _program, *words = shlex.split(entry["Exec"].replace("%F", "a.eml b.csr"))
    chosen = parser().parse_args(words)
    assert (chosen.verb, [path.name for path in chosen.files]) == ("open", ["a.eml", "b.csr"])
    assert entry["Icon"] == NAME


def test_software_centres_are_told_this_version_and_these_types() -> None:
    told = ElementTree.parse(SETUP / "linux" / f"{NAME}.metainfo.xml").getroot()  # noqa: S314 - our own file
    types = ElementTree.parse(SETUP / "linux" / f"{NAME}.xml").getroot()  # noqa: S314
    assert told.find("releases/release").get("version") == __version__
    known = {item.get("type") for item in types.iter() if item.tag.endswith("mime-type")}
    assert {item.text for item in told.iter("mediatype")} == known | {"message/rfc822"}


def test_every_test_that_is_left_out_under_wine_exists() -> None:
    for line in (SETUP / "windows" / "not-here.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        where, _space, why = line.partition(" ")
        file, _colons, test = where.partition("::")
        assert why and (ROOT / file).is_file(), line
        if test:
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, line
