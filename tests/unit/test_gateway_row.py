"""A gateway is its module and its help: settings, status line, doctor and the maker read what the module says."""

import pytest

from lockdesk.desk.office.gateway_fields import GatewayChoice, GatewayField, GatewaySpec
from lockdesk.gateway import catalogue
from lockdesk.gateway.catalogue import ADAPTERS, SPECS, build
from lockdesk.gateway.settings import Adapter
from lockdesk.resource import resource
from lockdesk.words import N_
from tests.helpers.desk.office import SetClock


class Specimen:
    def __init__(self, settings: dict[str, str], _clock: object) -> None:
        self.settings = settings


def test_a_gateway_is_made_from_its_own_row(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = (GatewayField("url", "Alamat", ""),)
    adapter = Adapter(GatewaySpec("specimen", N_("Contoh"), "{ca} (Contoh)", fields), dict, Specimen)  # type: ignore[arg-type]
    monkeypatch.setitem(ADAPTERS, "specimen", adapter)
    monkeypatch.setattr(catalogue, "attributes_of", lambda _kind: ())
    made = build(GatewayChoice("specimen", {"url": "https://ca.example"}), "CA Contoh", SetClock())
    assert isinstance(made, Specimen)


def test_every_gateway_has_help_in_both_languages_and_a_name_for_the_status_line() -> None:
    for spec in SPECS:
        assert "{ca}" in spec.named and ADAPTERS[spec.identifier].spec is spec
        for language in ("id", "en"):
            assert resource(f"help/{spec.identifier}.{language}.md").read_text(encoding="utf-8").strip()
