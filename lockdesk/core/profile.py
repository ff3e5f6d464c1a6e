"""What a profile is for its whole life: its id, practice or work, and which sort of certificate authority it holds."""

from enum import StrEnum

from lockdesk.errors import Damaged
from lockdesk.records import dataclass
from lockdesk.words import _


class Mode(StrEnum):
    PRACTICE = "practice"
    WORK = "work"


class GatewayKind(StrEnum):
    """The training CA signs for invented people only; an authority's certificates are real."""

    TRAINING = "training"
    AUTHORITY = "authority"


PROFILE_NAMES = {False: "kerja", True: "pelatihan"}
"""The folders of the working and of the practice profile in the data folder."""
GATEWAY_OF_MODE = {Mode.PRACTICE: GatewayKind.TRAINING, Mode.WORK: GatewayKind.AUTHORITY}


@dataclass(frozen=True, slots=True)
class ProfileIdentity:
    """Bound into the vault (sealed under the root key) and into the encrypted database; both must say the same."""

    profile: str
    """Random, in hex digits; names nobody."""
    mode: Mode
    gateway: GatewayKind

    @classmethod
    def of(cls, profile: str, mode: Mode) -> "ProfileIdentity":
        return cls(profile, mode, GATEWAY_OF_MODE[mode])

    @property
    def practice(self) -> bool:
        return self.mode is Mode.PRACTICE

    def facts(self) -> dict[str, str]:
        """As kept in the vault, the database and the journal."""
        return {"profile": self.profile, "mode": self.mode.value, "gateway": self.gateway.value}

    @classmethod
    def from_facts(cls, facts: object) -> "ProfileIdentity":
        """Raises ValueError for anything that `facts` cannot have made."""
        if not isinstance(facts, dict) or set(facts) != {"profile", "mode", "gateway"}:
            raise ValueError("not a profile's identity")
        found = cls(str(facts["profile"]), Mode(facts["mode"]), GatewayKind(facts["gateway"]))
        if found.gateway is not GATEWAY_OF_MODE[found.mode]:
            raise ValueError("this mode never holds this sort of authority")
        return found


def mixed_profile() -> Damaged:
    """The error for a profile whose parts do not agree on what it is."""
    return Damaged(
        _("Berkas profil ini tidak sepasang: cara pakai (kerja atau pelatihan) atau kunci yang tercatat berbeda-beda."),
        _("Ada berkas yang diganti di luar program. Hubungi Kepala Bidang; jangan memakai profil ini."),
        code="profile.mixed",
    )
