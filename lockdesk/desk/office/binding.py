"""What a profile is, bound into its encrypted database and held against what its vault says."""

import json
import secrets
from datetime import datetime

from lockdesk.core.journal import JournalNote
from lockdesk.core.profile import GatewayKind, Mode, ProfileIdentity, mixed_profile
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import PROGRAM, SETTING_DESK, SETTING_GATEWAY
from lockdesk.desk.office.stored import choice_of

SETTING_PROFILE = "profile"
_TRAINING = "training"


def bound_identity(casebook: Casebook, vault_says: ProfileIdentity | None, now: datetime) -> ProfileIdentity:
    """What this profile is. A new database is bound to its vault; one from before there was a binding is bound to
    what it was used as, and then gives the vault its identity.

    Raises Damaged when database and vault, or the settings of its authority, disagree.
    """
    kept = casebook.setting(SETTING_PROFILE)
    if kept is None:
        if vault_says is not None and casebook.head().count:
            raise mixed_profile()
        identity = vault_says or ProfileIdentity.of(secrets.token_hex(16), _mode_used(casebook))
        write = c.SetSetting(SETTING_PROFILE, json.dumps(identity.facts()))
        casebook.commit(c.Change(now, PROGRAM, JournalNote("profile.bound", identity.facts()), (write,)))
    else:
        identity = _of_text(kept)
    if (vault_says or identity) != identity or not _gateway_belongs(casebook, identity):
        raise mixed_profile()
    return identity


def _of_text(text: str) -> ProfileIdentity:
    try:
        return ProfileIdentity.from_facts(json.loads(text))
    except ValueError as error:
        raise mixed_profile() from error


def _mode_used(casebook: Casebook) -> Mode:
    """As the settings of a database from before the binding say."""
    used = json.loads(casebook.setting(SETTING_DESK) or "{}").get("practice", True)
    return Mode.PRACTICE if used else Mode.WORK


def _gateway_belongs(casebook: Casebook, identity: ProfileIdentity) -> bool:
    """A practice profile has no settings of an authority at all, a working profile never those of the training CA."""
    chosen = casebook.setting(SETTING_GATEWAY)
    if identity.gateway is GatewayKind.TRAINING:
        return chosen is None
    choice = choice_of(chosen or "")
    return choice is None or choice.identifier != _TRAINING
