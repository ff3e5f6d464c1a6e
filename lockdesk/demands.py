"""What an office demands of an applicant. Data of the office profile; the checks read it from one table."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from lockdesk.records import dataclass
from lockdesk.words import N_


class Demand(StrEnum):
    """How much an office wants something. The value is what the office profile holds."""

    DEMANDED = "diwajibkan"
    WELCOME = "diterima"
    """Used where it is there; its absence is told and needs no decision."""
    NOT_ASKED = "tidak diminta"
    """Used where it is there; its absence is not looked for."""


@dataclass(frozen=True, slots=True)
class Demands:
    """The shipped values are those of the published standard: it names a letter and a CSR, and nothing else."""

    letter: Demand = Demand.DEMANDED
    csr: Demand = Demand.DEMANDED
    serial: Demand = Demand.WELCOME
    fingerprint: Demand = Demand.WELCOME
    letter_number: Demand = Demand.WELCOME
    nik: Demand = Demand.WELCOME


def in_force(demands: Demands, by_hand: bool, stays: bool = False) -> Demands:
    """Without a CSR only a person in the CA's portal (`by_hand`) can apply for the certificate. Where the certificate
    `stays`, nobody applies for one."""
    if stays:
        return replace(demands, csr=Demand.NOT_ASKED, fingerprint=Demand.NOT_ASKED)
    return demands if by_hand else replace(demands, csr=Demand.DEMANDED)


DEMAND_KEYS: Mapping[str, str] = {
    "letter": "surat_pernyataan",
    "csr": "csr",
    "serial": "nomor_seri",
    "fingerprint": "sidik_jari",
    "letter_number": "nomor_surat",
    "nik": "nik",
}
"""What stands in the office profile for each of `Demands`."""
DEMAND_NAMES: Mapping[str, str] = {
    "letter": N_("Surat pernyataan"),
    "csr": "CSR",
    "serial": N_("Nomor seri sertifikat lama"),
    "fingerprint": N_("Sidik jari kunci dalam surat"),
    "letter_number": N_("Nomor surat"),
    "nik": "NIK",
}
DEMAND_LABELS: Mapping[Demand, str] = {
    Demand.DEMANDED: N_("Diwajibkan"),
    Demand.WELCOME: N_("Diterima bila ada"),
    Demand.NOT_ASKED: N_("Tidak diminta"),
}


class CsrAnswer(StrEnum):
    """Whether the applicants make their CSR themselves, as the office answers it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


CSR_QUESTION = N_("Apakah pemohon membuat CSR sendiri?")
CSR_ANSWERS: Mapping[CsrAnswer, str] = {
    CsrAnswer.YES: N_("Ya"),
    CsrAnswer.NO: N_("Tidak"),
    CsrAnswer.UNKNOWN: N_("Belum tahu"),
}
CSR_DEMANDS: Mapping[CsrAnswer, Demand] = {
    CsrAnswer.YES: Demand.DEMANDED,
    CsrAnswer.NO: Demand.NOT_ASKED,
    CsrAnswer.UNKNOWN: Demand.DEMANDED,
}
"""What follows for the CSR: who does not know keeps to the published standard."""


def csr_answer(demand: Demand, to_confirm: bool) -> CsrAnswer | None:
    """What the profile answers; None where it says neither."""
    if to_confirm:
        return CsrAnswer.UNKNOWN
    return next((answer for answer, follows in CSR_DEMANDS.items() if follows is demand), None)
