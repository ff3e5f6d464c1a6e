"""How the training CA behaves: like a distant system, on command, for practice and for tests."""

import threading
from collections.abc import Callable, Mapping
from typing import Literal

from lockdesk.errors import Refused, Unreachable, Unsettled
from lockdesk.records import dataclass
from lockdesk.words import N_, _


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What the next calls meet.

    `delay_seconds` before the work; `refuse` is the CA's sentence, "" for none; `approval` makes enrolments
    wait for a person; `die` loses the line "before" the work or "after" it.
    """

    delay_seconds: float = 0.0
    refuse: str = ""
    approval: bool = False
    die: Literal["", "before", "after"] = ""

    @property
    def refusal(self) -> str:
        """The CA's sentence in the language in use."""
        return _(self.refuse) if self.refuse else ""


BEHAVIOURS: Mapping[str, Behaviour] = {
    "normal": Behaviour(),
    "slow": Behaviour(delay_seconds=5.0),
    "refusing": Behaviour(refuse=N_("Permintaan ditolak oleh CA pelatihan.")),
    "approval": Behaviour(approval=True),
    "die_before": Behaviour(die="before"),
    "die_after": Behaviour(die="after"),
}
"""The behaviours that the settings page offers, by name."""

BehaviourSource = Callable[[], Behaviour]


class Switchboard:
    """A behaviour that can be set while the program runs; call it to read it."""

    def __init__(self, behaviour: Behaviour | None = None) -> None:
        self._behaviour = behaviour or Behaviour()

    def __call__(self) -> Behaviour:
        return self._behaviour

    def set(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour


class Line:
    """The line to the CA: waits, breaks and refuses as the behaviour says."""

    def __init__(self, source: BehaviourSource) -> None:
        self.source = source
        self._cut = threading.Event()

    def cut(self) -> None:
        """Ends every wait now and lets later calls fail until `mend`."""
        self._cut.set()

    def mend(self) -> None:
        self._cut.clear()

    def reach(self, changes: bool = False) -> Behaviour:
        """Before the work. Raises Unreachable, or Refused where the call `changes` something."""
        behaviour = self.source()
        if behaviour.die == "before" or self._cut.wait(behaviour.delay_seconds):
            raise Unreachable(
                _("CA pelatihan tidak dapat dihubungi."),
                _("Periksa sambungan, lalu ulangi. Belum ada yang berubah di CA."),
                code="ca.unreachable",
            )
        if changes and behaviour.refuse:
            raise Refused(
                _("CA pelatihan menolak permintaan ini."),
                _("Baca jawaban CA pada rincian."),
                detail=behaviour.refusal,
                code="ca.refused",
            )
        return behaviour

    def answer(self, behaviour: Behaviour) -> None:
        """After the work is durable. Raises Unsettled when the answer gets lost on the way."""
        if behaviour.die == "after":
            raise Unsettled(
                _("Jawaban CA pelatihan tidak diterima."),
                _("Periksa status ke CA. Jangan mengirim ulang permintaan."),
                code="ca.answer_lost",
            )
