"""Which CA the working profile uses and how it is reached: tried before it is saved, journalled when it is."""

from collections.abc import Callable, Mapping, Sequence

from lockdesk.core.journal import JournalNote
from lockdesk.demands import Demand
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.gateway_fields import FieldKind, GatewayChoice, GatewaySpec
from lockdesk.desk.office.office import SETTING_GATEWAY, Office
from lockdesk.desk.office.stored import choice_text
from lockdesk.desk.ports import Gateway, Secrets
from lockdesk.desk.values.authority import CheckItem
from lockdesk.errors import Declined, LockdeskError
from lockdesk.words import _

Build = Callable[[GatewayChoice], Gateway]
"""Makes the gateway of a choice whose values hold the secrets too. Raises Declined for unusable values."""


class Connecting:
    """Called on worker threads."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        secrets: Secrets,
        specs: Sequence[GatewaySpec],
        build: Build,
        changed: Callable[[], None],
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._secrets = secrets
        self._build = build
        self._changed = changed
        self.specs = tuple(specs)

    def choice(self) -> GatewayChoice:
        """The gateway in use; secrets are left out."""
        return self._office.gateway_choice()

    def csr_demanded(self) -> bool:
        """Whether the office's profile demands a CSR; without one only a portal serves."""
        return self._office.settings.office.demands.csr is Demand.DEMANDED

    def kept_secrets(self, identifier: str) -> frozenset[str]:
        """The names of the secrets that are kept for a gateway. Their values are never shown again."""
        names = self._secret_names(identifier)
        return frozenset(name for name in names if self._secrets.secret(f"{identifier}.{name}"))

    def test(self, choice: GatewayChoice) -> tuple[CheckItem, ...]:
        """Uji sambungan, with the values on the form and the kept secrets for what is left empty. Changes nothing."""
        try:
            gateway = self._build(self.complete(choice))
        except LockdeskError as error:
            return (CheckItem("settings", False, str(error)),)
        try:
            return gateway.check()
        finally:
            gateway.close()

    def complete(self, choice: GatewayChoice) -> GatewayChoice:
        """The choice with its secrets: those on it, else the kept ones."""
        secrets = {
            name: choice.values.get(name) or self._secrets.secret(f"{choice.identifier}.{name}")
            for name in self._secret_names(choice.identifier)
        }
        return GatewayChoice(choice.identifier, {**choice.values, **secrets})

    def save(self, choice: GatewayChoice) -> None:
        """Uses another gateway, or the same with other values, from now on.

        Raises Declined while an operation is open, or when a required value is missing or unusable.
        """
        if self._casebook.open_operations():
            raise Declined(
                _("Masih ada operasi ke CA yang belum selesai."),
                _("Selesaikan dahulu operasi itu, lalu ubah pengaturan CA."),
                code="gateway.busy",
            )
        whole = self.complete(choice)
        self._require(whole)
        self._build(whole).close()
        names = self._secret_names(choice.identifier)
        self._office.require(JournalNote("setting.changed", {"name": SETTING_GATEWAY}))
        for name in names:
            if choice.values.get(name):
                self._secrets.keep_secret(f"{choice.identifier}.{name}", choice.values[name])
        kept = {name: value for name, value in choice.values.items() if name not in names}
        text = choice_text(GatewayChoice(choice.identifier, kept))
        note = JournalNote("setting.changed", {"name": SETTING_GATEWAY, "gateway": choice.identifier})
        write = c.SetSetting(SETTING_GATEWAY, text)
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, (write,)))
        self._changed()

    def _spec(self, identifier: str) -> GatewaySpec:
        return next(spec for spec in self.specs if spec.identifier == identifier)

    def _secret_names(self, identifier: str) -> frozenset[str]:
        fields = self._spec(identifier).fields
        return frozenset(field.name for field in fields if field.kind is FieldKind.SECRET)

    def _require(self, choice: GatewayChoice) -> None:
        missing = missing_fields(self._spec(choice.identifier), choice.values)
        if missing:
            raise Declined(
                _("Belum diisi: {names}.").format(names=", ".join(missing)),
                _("Lengkapi isian, lalu simpan lagi."),
                code="gateway.missing",
            )


def missing_fields(spec: GatewaySpec, values: Mapping[str, str]) -> tuple[str, ...]:
    """The labels of the required fields without a value."""
    return tuple(_(field.label) for field in spec.fields if field.required and not values.get(field.name, "").strip())
