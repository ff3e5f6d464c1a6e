"""The composition root: the one module that knows every concrete class."""

import secrets
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

import platformdirs

from lockdesk.core.journal import Fact
from lockdesk.core.profile import Mode, ProfileIdentity
from lockdesk.desk.desk import Desk, Outside
from lockdesk.desk.office.backups import require_not_retired
from lockdesk.desk.office.binding import bound_identity
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Clock, Gateway, Mailbox, MailHouse, Paper, Post, PrintQueue, Reader
from lockdesk.desk.values.facts import PagePixels
from lockdesk.errors import Declined, Unreachable
from lockdesk.filelock import LOCK, try_lock
from lockdesk.keeping import LEDGER, Archivist, copy_before_migrating
from lockdesk.records import dataclass
from lockdesk.rekeying import finish_key_change
from lockdesk.resource import resource
from lockdesk.settings import DeskSettings, load_office
from lockdesk.store.casebook import SqlCasebook
from lockdesk.vault import (
    DATABASE,
    PRACTICE_PASSPHRASE,
    Vault,
    create_vault,
    is_passphrase_of,
    open_vault,
    profile_exists,
    profile_mode,
)
from lockdesk.words import _

if TYPE_CHECKING:
    from lockdesk.desk.office.connecting import Connecting
    from lockdesk.desk.office.gateway_fields import GatewayChoice
    from lockdesk.desk.office.mailing import Mailing
    from lockdesk.desk.operations.guide import Steps
    from lockdesk.desk.values.mail import MailAccount
    from lockdesk.desk.values.reports import Book, BookFormat
    from lockdesk.gateway.training.gateway import TrainingGateway
    from lockdesk.mail.tokens import Tokens

DEFAULT_OFFICE = "offices/pekalongan.toml"
UNFINISHED = "profile.unfinished"
"""The code of Declined for a profile whose first start was interrupted."""
_SETTING_UP = "setting-up"
"""A file that lies in a new profile's folder until its first start has come to its end."""
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


def being_set_up(folder: Path) -> bool:
    """Whether a profile's first start was interrupted, as far as can be seen without opening it."""
    return (folder / _SETTING_UP).exists()


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
    practice: bool | None = None
    """What a new profile becomes; an existing one knows it by itself, and declines to be opened as another."""
    passphrase: str | None = None
    settings: DeskSettings | None = None
    office_text: str = ""
    """The TOML of the chosen office profile; the shipped one where empty."""
    post: Sequence[Path] | None = None
    """In practice: the mails that its simulated post brings. None leaves a profile without one as it is."""


class OpenProfile:
    """An open profile: the desk and everything that must be closed after it. Use as a context manager."""

    def __init__(self, start: ProfileStart, clock: Clock) -> None:
        """Raises Declined (in use, passphrase), Unreachable (keyring), Damaged."""
        self._closing: list[Closing] = []
        folder = start.folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = (folder / LOCK).open("ab")
        if not try_lock(self._lock):
            self._lock.close()
            raise Declined(
                _("Profil ini sedang dibuka oleh program lain."),
                _("Pakai jendela yang sudah terbuka."),
                code="profile.in_use",
            )
        try:
            finish_key_change(folder)
            self._open(start, clock)
        except BaseException:
            self.close()
            raise

    def _open(self, start: ProfileStart, clock: Clock) -> None:
        self.vault = _open(start) if profile_exists(start.folder) else _create(start)
        before = partial(copy_before_migrating, start.folder, self.vault, clock)
        self.casebook = SqlCasebook(start.folder / DATABASE, self.vault, self.vault.keys.database, before)
        self._closing.append(self.casebook)
        identity = bound_identity(self.casebook, self.vault.identity, clock.now())
        if self.vault.identity is None:
            self.vault.bind(identity, _secret(start))
        _require_mode(start, identity.mode)
        require_not_retired(self.casebook)
        self.practice = practice = identity.practice
        default_office = partial(resource(DEFAULT_OFFICE).read_text, encoding="utf-8")
        office = Office(self.casebook, clock, default_office, practice)
        self.desk = Desk(
            Outside(
                clock=clock,
                office=office,
                casebook=self.casebook,
                gateway=partial(self._training_ca, start.folder, clock, office)
                if practice
                else partial(self._real_ca, clock),
                gateway_label=partial(_gateway_label, office, practice),
                training=practice,
                reader=self._reader,
                paper=_press,
                export_book=_export_book,
                print_queue=lambda: print_queue(self.desk.pages.render_bytes),
                notice_texts=notice_texts,
                portal_steps=portal_steps,
                opens=self._unlocks,
                archive=Archivist(start.folder, self.vault),
                signer=self.vault,
                authority=(lambda: self.training_ca) if practice else None,
                connecting=None if practice else partial(self._connecting, clock, office),
                mailing=None if practice else partial(self._mailing, office),
                simulated_post=partial(_simulated_post, start, office)
                if practice and (start.post is not None or office.posts())
                else None,
                ways=None if practice else self.vault,
                opened=_how_opened(self.vault),
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
        (start.folder / _SETTING_UP).unlink(missing_ok=True)
        office.own_ways = frozenset(self.vault.people())
        office.admit(self.vault.opened_as)
        self.casebook.keep_to(office.require)
        if practice and start.post is not None and not office.posts():
            self.desk.setup.simulate_post(office.actor())

    def _settle_in(self, start: ProfileStart, settings: DeskSettings) -> None:
        """What a new profile begins with: holidays, and in practice the register of the samples.

        The officers come last: a profile that names nobody was interrupted here, and every step is taken again.
        """
        setup, actor = self.desk.setup, settings.officers[0].name
        if start.office_text:
            setup.save_office(start.office_text, actor)
        setup.keep_calendar(actor)
        if self.practice:
            _import_sample_register(self.desk, actor)
        setup.save(settings, actor)

    def _reader(self) -> Reader:
        from lockdesk.reader.sealed import SealedReader

        return SealedReader(self.desk.office.trust, unsealed=lambda: self.desk.reader_risk.accepted() is not None)

    def _training_ca(self, folder: Path, clock: Clock, office: Office) -> Gateway:
        from lockdesk.gateway.training.behaviour import BEHAVIOURS, Behaviour
        from lockdesk.gateway.training.gateway import TrainingGateway
        from lockdesk.gateway.training.ledger import require_begun
        from lockdesk.gateway.training.seeds import load_seeds

        def behaviour() -> Behaviour:
            return BEHAVIOURS.get(office.settings.training_behaviour.get("mode", "normal"), Behaviour())

        if self.casebook.has_operations():
            require_begun(folder / LEDGER)
        seeds = load_seeds(resource("samples/people.json"))
        return TrainingGateway.open(folder / LEDGER, self.vault.keys.training_ca, clock, seeds, behaviour)

    def _connecting(self, clock: Clock, office: Office, changed: Callable[[], None]) -> "Connecting":
        from lockdesk.desk.office.connecting import Connecting
        from lockdesk.gateway.forms import SPECS

        def make(choice: "GatewayChoice") -> Gateway:
            from lockdesk.gateway.catalogue import build

            return build(choice, office.settings.office.ca_name, clock)

        return Connecting(self.casebook, office, self.vault, SPECS, make, changed)

    def _mailing(self, office: Office, changed: Callable[[], None]) -> "Mailing":
        from lockdesk.desk.office.mailing import Mailing

        return Mailing(self.casebook, office, self.vault, self._mail_post, self._mailbox, changed)

    def _mail_post(self, account: "MailAccount", secret: str) -> Post:
        from lockdesk.mail.post import MailPost

        return MailPost(account, secret, self._mail_tokens)

    def _mailbox(self, account: "MailAccount", secret: str) -> Mailbox:
        from lockdesk.mail.incoming import Incoming

        return Incoming(account, secret, self._mail_tokens)

    @cached_property
    def _mail_tokens(self) -> "Tokens":
        from lockdesk.mail.tokens import Tokens

        return Tokens(self._renew_mail_secret)

    def _renew_mail_secret(self, old: str, new: str) -> None:
        """A provider that replaces a refresh token takes the old one no longer; one that is only tried is not kept."""
        from lockdesk.desk.office.mail_fields import SECRET

        if self.vault.secret(SECRET) == old:
            self.vault.keep_secret(SECRET, new)

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

    def _unlocks(self, secret: str) -> bool:
        """Whether what was typed opens the locked window. Raises Damaged."""
        if self.vault.opens(secret):
            self.desk.office.hand_over(self.vault.opened_as)
            return True
        # A keyring's profile of the first version knew its passphrase only in the database: it becomes a way in.
        if self.vault.has_passphrase or not is_passphrase_of(self.casebook.setting("unlock"), secret):
            return False
        self.vault.keep_passphrase(secret)
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


def _how_opened(vault: Vault) -> dict[str, Fact]:
    """For the journal: by which way, and what of the keyring or the marks was missing and is made anew."""
    facts: dict[str, Fact] = {"by": vault.opened_by.value}
    if vault.renewed:
        facts["renewed"] = " ".join(vault.renewed)
    if vault.keyring_closed:
        facts["keyring"] = "closed"
    return facts


def _create(start: ProfileStart) -> Vault:
    """Practice opens with the published passphrase; work with the system's keyring where there is one, and always
    with its own passphrase."""
    mode = Mode.PRACTICE if start.practice else Mode.WORK
    (start.folder / _SETTING_UP).touch()
    identity = ProfileIdentity.of(secrets.token_hex(16), mode)
    if mode is Mode.PRACTICE:
        return create_vault(start.folder, PRACTICE_PASSPHRASE, identity)
    try:
        return create_vault(start.folder, start.passphrase, identity, keyring=True)
    except Unreachable:
        if start.passphrase is None:
            raise
        return create_vault(start.folder, start.passphrase, identity)


def _open(start: ProfileStart) -> Vault:
    mode = profile_mode(start.folder)
    if mode is not None:
        _require_mode(start, mode)
    return open_vault(start.folder, _secret(start))


def _secret(start: ProfileStart) -> str | None:
    """What opens an existing profile beside the keyring: practice has one that everybody knows."""
    mode = profile_mode(start.folder)
    # A vault of the first version does not say; a wrong guess only asks for the passphrase.
    practice = mode is Mode.PRACTICE or (mode is None and (start.folder / LEDGER).exists())
    return PRACTICE_PASSPHRASE if practice and start.passphrase is None else start.passphrase


def _require_mode(start: ProfileStart, mode: Mode) -> None:
    if start.practice is not None and start.practice is not (mode is Mode.PRACTICE):
        raise Declined(
            _("Folder ini berisi profil kerja, bukan profil pelatihan.")
            if mode is Mode.WORK
            else _("Folder ini berisi profil pelatihan, bukan profil kerja."),
            _("Pilih folder lain."),
            code="profile.other_mode",
        )


def _gateway_label(office: Office, practice: bool) -> str:
    """What the status bar calls the CA; known without opening a connection."""
    if practice:
        return _("CA Pelatihan LockDesk")
    from lockdesk.gateway.forms import spec_of

    spec = spec_of(office.gateway_choice().identifier)
    assert spec is not None
    return _(spec.named).format(ca=office.settings.office.ca_name)


def shipped_mails() -> tuple[Path, ...]:
    """The sample requests of invented people, in their order."""
    return tuple(sorted(resource("samples").glob("*.eml")))


def _simulated_post(start: ProfileStart, office: Office) -> MailHouse:
    from lockdesk.mail.simulated import SimulatedPost

    return SimulatedPost(shipped_mails() if start.post is None else start.post, office.post_simulated_since)


def _press() -> Paper:
    from lockdesk.paper.press import Press

    return Press()


def _export_book(book: "Book", form: "BookFormat") -> bytes:
    from lockdesk.paper.books import export

    return export(book, form)


def print_queue(draw: Callable[[bytes, int, int], PagePixels | None]) -> PrintQueue:
    """The system's printers; Windows' are given pages that `draw` has drawn."""
    if sys.platform == "win32":
        from lockdesk.paper.spooler import Spooler

        return Spooler(draw)
    from lockdesk.paper.cups import Cups

    return Cups()


def _import_sample_register(desk: Desk, actor: str) -> None:
    """Read here and now: a file of our own needs no cage."""
    from lockdesk.desk.register.register import Terms
    from lockdesk.reader.files.sheet import read_sheet, unpacked

    sheet = unpacked(read_sheet(resource("samples/register.xlsx").read_bytes()))
    terms = Terms("contoh pelatihan", SAMPLE_REGISTER_DATE, whole_office=True)
    desk.register.import_table(sheet.tables[0], terms, actor)


def shipped_office() -> DeskSettings:
    """Settings with the shipped office profile and nobody named yet."""
    return DeskSettings(office=load_office(resource(DEFAULT_OFFICE)), officers=())
