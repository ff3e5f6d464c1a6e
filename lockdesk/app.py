"""The composition root: the one module that knows every concrete class."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType

import platformdirs
from filelock import FileLock, Timeout

from lockdesk.desk.complaints import Complaints
from lockdesk.desk.desk import Desk, Drafts, Guard, Pages
from lockdesk.desk.gathering import Gathering
from lockdesk.desk.intake import Intake
from lockdesk.desk.notices import Notices, NoticeTemplate
from lockdesk.desk.office import Office
from lockdesk.desk.operations import Operations
from lockdesk.desk.ports import Clock, Gateway
from lockdesk.desk.prints import Prints
from lockdesk.desk.reading import Reading
from lockdesk.desk.register import Register, proposed_mapping, read_sheet
from lockdesk.desk.review import Review
from lockdesk.desk.setup import Setup
from lockdesk.errors import Declined, LockdeskError
from lockdesk.gateway.portal import PortalGateway
from lockdesk.gateway.training.behaviour import Behaviour
from lockdesk.gateway.training.gateway import TrainingGateway
from lockdesk.gateway.training.seeds import load_seeds
from lockdesk.paper.press import Press
from lockdesk.reader.sealed import SealedReader
from lockdesk.resource import resource
from lockdesk.settings import DeskSettings, load_office
from lockdesk.store.casebook import SqlCasebook
from lockdesk.vault import PRACTICE_PASSPHRASE, Vault, create_vault, open_vault, profile_exists
from lockdesk.words import _

DEFAULT_OFFICE = "offices/pekalongan.toml"
SAMPLE_REGISTER_DATE = date(2026, 11, 2)
"""The day the shipped register of invented people bears."""
BEHAVIOURS: Mapping[str, Behaviour] = {
    "normal": Behaviour(),
    "slow": Behaviour(delay_seconds=5.0),
    "refusing": Behaviour(refuse="Permintaan ditolak oleh CA pelatihan."),
    "approval": Behaviour(approval=True),
    "die_before": Behaviour(die="before"),
    "die_after": Behaviour(die="after"),
}


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def profiles_root() -> Path:
    """Where profiles are kept unless the first start says otherwise."""
    return Path(platformdirs.user_data_dir("LockDesk", appauthor=False))


def default_folder(practice: bool) -> Path:
    return profiles_root() / ("pelatihan" if practice else "kerja")


def notice_templates() -> Mapping[str, NoticeTemplate]:
    raw = tomllib.loads(resource("templates/notices.toml").read_text(encoding="utf-8"))
    return {name: NoticeTemplate(item["perihal"], item["isi"]) for name, item in raw.items()}


@dataclass(frozen=True, slots=True)
class ProfileStart:
    """How a profile is opened; `settings` only for a new one (what the first start asked)."""

    folder: Path
    practice: bool
    passphrase: str | None = None
    settings: DeskSettings | None = None


class OpenProfile:
    """An open profile: the desk and everything that must be closed after it. Use as a context manager."""

    def __init__(self, start: ProfileStart, clock: Clock) -> None:
        """Raises Declined (in use, passphrase), Unreachable (keyring), Damaged."""
        self._closing: list[object] = []
        folder = start.folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / "profile.lock")
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise Declined(
                _("Profil ini sedang dibuka oleh program lain."),
                _("Pakai jendela yang sudah terbuka."),
                code="profile.in_use",
            ) from error
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
        setup = Setup(self.casebook, office)
        if start.settings is not None and not office.settings.officers:
            setup.save(start.settings, actor=start.settings.officers[0].name)
            _fill_calendar(setup, office)
        self.gateway = self._gateway(start, clock, office)
        reader = SealedReader(office.trust)
        self._closing.append(reader)
        self.desk = _desk(self.casebook, office, setup, clock, self.gateway, reader, start.folder)
        if start.practice and not self.casebook.register_entries("", 1):
            _import_sample_register(self.desk.register)

    def _gateway(self, start: ProfileStart, clock: Clock, office: Office) -> Gateway:
        if not start.practice:
            return PortalGateway(office.settings.office.ca_name)

        def behaviour() -> Behaviour:
            mode = office.settings.training_behaviour.get("mode", "normal")
            return BEHAVIOURS.get(mode, Behaviour())

        seeds = load_seeds(resource("samples/people.json"))
        gateway = TrainingGateway.open(
            start.folder / "ca.ledger", self.vault.keys.training_ca, clock, seeds, behaviour
        )
        self._closing.append(gateway)
        return gateway

    def close(self) -> None:
        """Closes everything in the opposite order; the profile's lock last."""
        while self._closing:
            self._closing.pop().close()  # type: ignore[attr-defined]
        self._lock.release()

    def __enter__(self) -> "OpenProfile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _vault(start: ProfileStart, new: bool) -> Vault:
    passphrase = PRACTICE_PASSPHRASE if start.practice else start.passphrase
    return create_vault(start.folder, passphrase) if new else open_vault(start.folder, passphrase)


def _fill_calendar(setup: Setup, office: Office) -> None:
    year = office.today().year
    for wanted in (year, year + 1):
        setup.import_holidays(wanted)


def _import_sample_register(register: Register) -> None:
    path = resource("samples/register.xlsx")
    content = path.read_bytes()
    mapping = proposed_mapping(read_sheet(content, path.name)[0])
    register.import_sheet(content, path.name, mapping, _("contoh pelatihan"), SAMPLE_REGISTER_DATE)


def _desk(
    casebook: SqlCasebook,
    office: Office,
    setup: Setup,
    clock: Clock,
    gateway: Gateway,
    reader: SealedReader,
    folder: Path,
) -> Desk:
    gathering = Gathering(casebook, office, lambda: gateway)
    reading = Reading(casebook, office, gateway)
    return Desk(
        clock=clock,
        office=office,
        casebook=casebook,
        gateway=gateway,
        reading=reading,
        pages=Pages(casebook, reader),
        intake=Intake(casebook, office, reader, gathering, gateway.identifier),
        review=Review(casebook, office, reader, gathering),
        operations=Operations(casebook, office, gathering, lambda: gateway),
        notices=Notices(casebook, office, notice_templates()),
        complaints=Complaints(casebook, office),
        prints=Prints(casebook, office, Press(), reading.case),
        register=Register(casebook, office),
        setup=setup,
        drafts=Drafts(casebook),
        guard=Guard(casebook, office, lambda passphrase: _opens(folder, passphrase)),
    )


def _opens(folder: Path, passphrase: str) -> bool:
    try:
        open_vault(folder, passphrase)
    except LockdeskError:
        return False
    return True


def shipped_office() -> DeskSettings:
    """Settings with the shipped office profile and nobody named yet."""
    return DeskSettings(office=load_office(resource(DEFAULT_OFFICE)), officers=())
