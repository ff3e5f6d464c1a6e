"""What the settings page asks for each CA is what its settings class takes."""

from dataclasses import MISSING, Field, fields

import pytest

from lockdesk.desk.office.gateway_fields import FieldKind, GatewayField
from lockdesk.gateway import cmp, django_ca, ejbca
from lockdesk.gateway.forms import SPECS
from lockdesk.gateway.settings import CaSettings

FIELDS = {spec.identifier: spec.fields for spec in SPECS}
KINDS: tuple[tuple[type[CaSettings], tuple[GatewayField, ...]], ...] = (
    (django_ca.DjangoCaSettings, FIELDS["django_ca"]),
    (ejbca.EjbcaSettings, FIELDS["ejbca"]),
    (cmp.CmpSettings, FIELDS["cmp"]),
)


def is_required(one: "Field[object]") -> bool:
    return one.default is MISSING and one.default_factory is MISSING


@pytest.mark.parametrize(("settings", "described"), KINDS)
def test_every_setting_is_described_once(settings: type[CaSettings], described: tuple[GatewayField, ...]) -> None:
    wanted = {one.name: is_required(one) for one in fields(settings)}
    assert {one.name: one.required for one in described} == wanted
    assert len(described) == len(wanted)
    assert all(one.label and one.help for one in described)


@pytest.mark.parametrize(("settings", "described"), KINDS)
def test_secrets_are_entered_as_secrets_and_never_shown(
    settings: type[CaSettings], described: tuple[GatewayField, ...]
) -> None:
    secret = {one.name for one in described if one.kind is FieldKind.SECRET}
    assert len(secret) == 1
    assert secret <= {one.name for one in fields(settings) if not one.repr}
