"""A gateway is a row of data, a module of that name and its help: settings, status line and doctor read the row, and
only the gateway that is used is loaded."""

import json
import subprocess
import sys
from importlib import import_module

import pytest

from lockdesk.desk.office.gateway_fields import GatewayChoice
from lockdesk.errors import Declined
from lockdesk.gateway.catalogue import build
from lockdesk.gateway.forms import SPECS
from lockdesk.gateway.portal import PortalGateway
from lockdesk.resource import resource
from tests.helpers.desk.office import SetClock

HEAVY = ("httpx", "pyasn1", "pyasn1_alt_modules", "cryptography.x509")
"""What the gateways stand on; the ASN.1 of CMP alone takes half a second."""


def test_a_gateway_is_made_by_the_module_of_its_name() -> None:
    made = build(GatewayChoice("portal", {"actor": "officer"}), "CA Contoh", SetClock())
    assert isinstance(made, PortalGateway)
    with pytest.raises(Declined) as refused:
        build(GatewayChoice("os", {}), "CA Contoh", SetClock())
    assert "tidak dikenal" in refused.value.message


def test_every_gateway_has_its_module_help_in_both_languages_and_a_name_for_the_status_line() -> None:
    for spec in SPECS:
        made = import_module(f"lockdesk.gateway.{spec.identifier}").ADAPTER.make
        assert "{ca}" in spec.named and made.identifier == spec.identifier
        for language in ("id", "en"):
            assert resource(f"help/{spec.identifier}.{language}.md").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("use", "never"),
    [
        ("import lockdesk.gateway.forms", HEAVY),
        (
            "from datetime import UTC, datetime\n"
            "from lockdesk.desk.office.gateway_fields import GatewayChoice\n"
            "from lockdesk.gateway.catalogue import build\n"
            "build(GatewayChoice('portal', {}), 'CA', None)",
            ("pyasn1", "pyasn1_alt_modules"),
        ),
    ],
)
def test_what_is_not_used_is_not_loaded(use: str, never: tuple[str, ...]) -> None:
    program = f"import json, sys\n{use}\nprint(json.dumps(sorted(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert sorted(set(json.loads(said.stdout)) & set(never)) == []
