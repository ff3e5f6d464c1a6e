"""What the office asks of applicants: a part of the office profile, changed without touching its comments."""

from collections.abc import Callable
from typing import Any

import tomlkit

from lockdesk.demands import CSR_DEMANDS, DEMAND_KEYS, CsrAnswer, Demand, Demands, csr_answer, in_force
from lockdesk.desk.office.office import Office
from lockdesk.desk.office.setup import Setup
from lockdesk.desk.ports import Gateway, works_by_hand
from lockdesk.records import dataclass

TABLE, TO_CONFIRM = "diminta", "csr_perlu_konfirmasi"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the office asks for; `answer` is what it says about the CSR, `overruled` that its CA wants one anyway."""

    demands: Demands
    answer: CsrAnswer | None
    overruled: bool


def answered(text: str, answer: CsrAnswer) -> str:
    """An office profile in which it is said whether the applicants make their CSR; who does not know has it asked
    again, in the settings."""
    return _with(text, csr=CSR_DEMANDS[answer].value, **{TO_CONFIRM: answer is CsrAnswer.UNKNOWN})


def _with(text: str, **values: str | bool) -> str:
    file: Any = tomlkit.parse(text)
    table = file.setdefault(TABLE, tomlkit.table())
    for key, value in values.items():
        table[key] = value
    return tomlkit.dumps(file)


class Asking:
    """Every change is a journalled new version of the profile. Called on worker threads."""

    def __init__(self, office: Office, setup: Setup, gateway: Callable[[], Gateway]) -> None:
        self._office = office
        self._setup = setup
        self._gateway = gateway

    def asked(self) -> Asked:
        office = self._office.settings.office
        holds = in_force(office.demands, works_by_hand(self._gateway))
        answer = csr_answer(office.demands.csr, office.csr_to_confirm)
        return Asked(office.demands, answer, holds != office.demands)

    def demand(self, name: str, demand: Demand) -> None:
        """`name` is one of `Demands`. To set the CSR by hand is an answer, too."""
        settled = {TO_CONFIRM: False} if name == "csr" else {}
        self._setup.save_office(_with(self._office.office_text(), **{DEMAND_KEYS[name]: demand.value}, **settled))

    def answer(self, answer: CsrAnswer) -> None:
        """Whether the applicants make their CSR themselves."""
        self._setup.save_office(answered(self._office.office_text(), answer))
