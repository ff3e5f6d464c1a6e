"""The composition root: the one module that knows every concrete class."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

import platformdirs

from lockdesk.desk.desk import Desk, Outside
from lockdesk.desk.office import Office
from lockdesk.desk.ports import Clock, Gateway, Paper, Reader
from lockdesk.errors import Declined, LockdeskError, Unreachable
from lockdesk.filelock import try_lock
from lockdesk.resource import resource
from lockdesk.settings import DeskSettings, load_office
from lockdesk.store.casebook import SqlCasebook
from lockdesk.vault import (
    PRACTICE_PASSPHRASE,
    Vault,
    create_vault,
    open_vault,
    passphrase_matches,
    passphrase_record,
    profile_exists,
)
from lockdesk.words import _

if TYPE_CHECKING:
    from lockdesk.desk.connecting import Connecting
    from lockdesk.desk.gateway_fields import GatewayChoice
    from lockdesk.desk.guide import Steps
    from lockdesk.gateway.training.gateway import TrainingGateway

GATEWAY_NAMES = {"ejbca": "EJBCA", "cmp": "CMP", "django_ca": "django-ca"}
DEFAULT_OFFICE = "offices/pekalongan.toml"
UNFINISHED = "profile.unfinished"
"""The code of Declined for a profile whose first start was interrupted."""
SAMPLE_REGISTER_DATE = date(2026, 11, 2)
"""The day the shipped register of invented people bears."""


class Closing(Protocol):
    """Something that must be closed with the profile."""

    def close(self) -> None: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def profiles_root() -> Path:
    """Where profiles are kept unless the first start says otherwise."""
    return Path(platformdirs.user_data_dir("LockDesk", appauthor=False))


def notice_texts() -> dict[str, tuple[str, str]]:
    """Subject and body of every message to the applicant."""
    import tomllib

    raw = tomllib.loads(resource("templates/notices.toml").read_text(encoding="utf-8"))
    return {name: (item["perihal"], item["isi"]) for name, item in raw.items()}


def portal_steps() -> "Steps":
    """What a person does in the CA's portal, as data."""
    import tomllib

    steps: Steps = tomllib.loads(resource("templates/portal.toml").read_text(encoding="utf-8"))
    return steps


@dataclass(frozen=True, slots=True)
class ProfileStart:
    """How a profile is opened; `settings` only for a new one (what the first start asked)."""

    folder: Path
    practice: bool
    passphrase: str | None = None
    settings: DeskSettings | None = None
    office_text: str = ""
    """The TOML of the chosen office profile; the shipped one where empty."""


class OpenProfile:
    """An open profile: the desk and everything that must be closed after it. Use as a context manager."""

    def __init__(self, start: ProfileStart, clock: Clock) -> None:
        """Raises Declined (in use, passphrase), Unreachable (keyring), Damaged."""
        self._closing: list[Closing] = []
        folder = start.folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = (folder / "profile.lock").open("ab")
        if not try_lock(self._lock):
            self._lock.close()
            raise Declined(
                _("Profil ini sedang dibuka oleh program lain."),
                _("Pakai jendela yang sudah terbuka."),
                code="profile.in_use",
            )
        try:
            self._open(start, clock)
        except BaseException:
            self.close()
            raise

    def _open(self, start: ProfileStart, clock: Clock) -> None:
        new = not profile_exists(start.folder)
        self.vault = _vault(start, new)
        self.casebook = SqlCasebook(start.folder / "casebook.db", self.vault, self.vault.keys.database)
        self._closing.append(self.casebook)
        office = Office(self.casebook, clock, lambda: resource(DEFAULT_OFFICE).read_text(encoding="utf-8"))
        self.desk = Desk(
            Outside(
                clock=clock,
                office=office,
                casebook=self.casebook,
                gateway=partial(self._training_ca, start.folder, clock, office)
                if start.practice
                else partial(self._real_ca, clock),
                gateway_label=partial(_gateway_label, office, start.practice),
                training=start.practice,
                reader=self._reader,
                paper=_press,
                notice_texts=notice_texts,
                portal_steps=portal_steps,
                opens=partial(self._unlocks, start.folder),
                authority=(lambda: self.training_ca) if start.practice else None,
                connecting=None if start.practice else partial(self._connecting, clock, office),
            )
        )
        self._closing.append(self.desk)
        if not office.settings.officers:
            if start.settings is None:
                raise Declined(
                    _("Penyiapan profil ini terhenti sebelum selesai."),
                    _("Ulangi penyiapan awal dengan folder data yang sama."),
                    code=UNFINISHED,
                )
            self._settle_in(start, start.settings)

    def _settle_in(self, start: ProfileStart, settings: DeskSettings) -> None:
        """What a new profile begins with: holidays, and in practice the register of the samples.

        The officers come last: a profile that names nobody was interrupted here, and every step is taken again.
        """
        setup, actor = self.desk.setup, settings.officers[0].name
        if start.office_text:
            setup.save_office(start.office_text, actor)
        for year in (self.desk.office.today().year, self.desk.office.today().year + 1):
            setup.import_holidays(year, actor)
        if self.vault.kept_in == "keyring" and start.passphrase:
            setup.keep_unlock(passphrase_record(start.passphrase), actor)
        if start.practice:
            _import_sample_register(self.desk, actor)
        setup.save(settings, actor)

    def _reader(self) -> Reader:
        from lockdesk.reader.sealed import SealedReader

        return SealedReader(self.desk.office.trust)

    def _training_ca(self, folder: Path, clock: Clock, office: Office) -> Gateway:
        from lockdesk.gateway.training.behaviour import BEHAVIOURS, Behaviour
        from lockdesk.gateway.training.gateway import TrainingGateway
        from lockdesk.gateway.training.seeds import load_seeds

        def behaviour() -> Behaviour:
            return BEHAVIOURS.get(office.settings.training_behaviour.get("mode", "normal"), Behaviour())

        seeds = load_seeds(resource("samples/people.json"))
        return TrainingGateway.open(folder / "ca.ledger", self.vault.keys.training_ca, clock, seeds, behaviour)

    def _connecting(self, clock: Clock, office: Office, changed: Callable[[], None]) -> "Connecting":
        from lockdesk.desk.connecting import Connecting
        from lockdesk.gateway.catalogue import SPECS, build

        def make(choice: "GatewayChoice") -> Gateway:
            return build(choice, office.settings.office.ca_name, clock)

        return Connecting(self.casebook, office, self.vault, SPECS, make, changed)

    def _real_ca(self, clock: Clock) -> Gateway:
        from lockdesk.gateway.catalogue import build

        connecting = self.desk.connecting
        assert connecting is not None
        choice = connecting.complete(connecting.choice())
        return build(choice, self.desk.settings().office.ca_name, clock)

    @property
    def training_ca(self) -> "TrainingGateway":
        """The practice profile's CA with its trainer's side."""
        from lockdesk.gateway.training.gateway import TrainingGateway

        gateway = self.desk.gateway
        assert isinstance(gateway, TrainingGateway)
        return gateway

    def _unlocks(self, folder: Path, passphrase: str) -> bool:
        """Whether a passphrase opens the locked window: the keyring opens the data without asking for one."""
        if self.vault.kept_in == "keyring":
            return passphrase_matches(self.desk.setup.unlock_record(), passphrase)
        try:
            open_vault(folder, passphrase)
        except LockdeskError:
            return False
        return True

    def close(self) -> None:
        """Closes everything in the opposite order; the profile's lock last."""
        while self._closing:
            self._closing.pop().close()
        self._lock.close()

    def __enter__(self) -> "OpenProfile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _vault(start: ProfileStart, new: bool) -> Vault:
    """Practice opens with the published passphrase; work with the keyring, else with its own passphrase."""
    if start.practice:
        make = create_vault if new else open_vault
        return make(start.folder, PRACTICE_PASSPHRASE)
    if not new:
        return open_vault(start.folder, start.passphrase)
    try:
        return create_vault(start.folder, None)
    except Unreachable:
        if start.passphrase is None:
            raise
        return create_vault(start.folder, start.passphrase)


def _gateway_label(office: Office, practice: bool) -> str:
    """What the status bar calls the CA; known without opening a connection."""
    if practice:
        return _("CA Pelatihan LockDesk")
    identifier, ca_name = office.gateway_choice().identifier, office.settings.office.ca_name
    if identifier == "portal":
        return _("portal {ca}").format(ca=ca_name)
    return f"{ca_name} ({GATEWAY_NAMES[identifier]})"


def _press() -> Paper:
    from lockdesk.paper.press import Press

    return Press()


def _import_sample_register(desk: Desk, actor: str) -> None:
    """Read here and now: a file of our own needs no cage."""
    from lockdesk.desk.register import proposed_mapping
    from lockdesk.reader.sheet import read_sheet, unpacked

    rows = unpacked(read_sheet(resource("samples/register.xlsx").read_bytes())).rows
    desk.register.import_rows(rows, proposed_mapping(rows[0]), _("contoh pelatihan"), SAMPLE_REGISTER_DATE, actor)


def shipped_office() -> DeskSettings:
    """Settings with the shipped office profile and nobody named yet."""
    return DeskSettings(office=load_office(resource(DEFAULT_OFFICE)), officers=())
