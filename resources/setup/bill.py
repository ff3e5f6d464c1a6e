"""The CycloneDX 1.6 bill of materials of what is shipped: every locked package with version, digests and licence.

`python resources/setup/bill.py [FILE]`, called by the build. It is made of the lock and the list of licences alone: the
same for everybody who builds the same commit.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).parents[2]
REQUIREMENTS = ROOT / "resources" / "requirements"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def licences() -> dict[str, str]:
    """The SPDX expression of every shipped package."""
    return tomllib.loads((REQUIREMENTS / "licences.toml").read_text(encoding="utf-8"))


def pinned() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, version and SHA-256 digests of everything in the lock."""
    lock = (REQUIREMENTS / "run.txt").read_text(encoding="utf-8")
    starts = list(_PINNED.finditer(lock))
    ends = [found.start() for found in starts[1:]] + [len(lock)]
    for found, end in zip(starts, ends, strict=True):
        yield found[1], found[2], tuple(_DIGEST.findall(lock[found.end() : end]))


def bill() -> str:
    """The bill as JSON. Raises KeyError for a package whose licence nobody wrote down."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    known, factory = licences(), LicenseFactory()
    made = Bom(serial_number=uuid5(NAMESPACE_URL, (REQUIREMENTS / "run.txt").read_text(encoding="utf-8")))
    made.metadata.component = Component(
        name=project["name"], version=project["version"], type=ComponentType.APPLICATION, bom_ref="lockdesk"
    )
    made.metadata.timestamp = None  # type: ignore[assignment]  # else no two builds of a commit agree
    for name, version, digests in pinned():
        made.components.add(
            Component(
                name=name,
                version=version,
                type=ComponentType.LIBRARY,
                bom_ref=f"{name}@{version}",
                purl=PackageURL("pypi", name=name, version=version),
                licenses=[factory.make_from_string(known[name])],
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in digests],
            )
        )
    made.register_dependency(made.metadata.component, made.components)
    return JsonV1Dot6(made).output_as_string(indent=2)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(bill(), encoding="utf-8")
    else:
        print(bill())
