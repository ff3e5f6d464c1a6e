"""What a person does in the CA's portal, step by step, with the values to copy: texts as data."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lockdesk.core.identity import mask_nik, normal_phone
from lockdesk.core.operations import OperationKind
from lockdesk.desk.reasons import reason_words
from lockdesk.desk.values.cases import CaseView, OperationView
from lockdesk.pki.values import CsrProblem
from lockdesk.records import dataclass
from lockdesk.words import N_, _

Steps = Mapping[str, Mapping[str, Sequence[Mapping[str, object]]]]
"""Operation → actor → steps, as the TOML file has them."""

VALUE_LABELS = {
    "seri": N_("Nomor seri"),
    "nik": "NIK",
    "nama": N_("Nama"),
    "email": N_("E-mail dinas"),
    "hp": N_("Nomor HP pemohon"),
    "alasan": N_("Alasan"),
    "csr": N_("Berkas CSR"),
}


@dataclass(frozen=True, slots=True)
class GuideValue:
    """Something to copy. A "nik" is masked here and copied only with a reason; of a "csr" `value` is the file
    name and `document` its id."""

    name: str
    label: str
    value: str
    document: int = 0


@dataclass(frozen=True, slots=True)
class GuideStep:
    title: str
    words: str
    values: tuple[GuideValue, ...]


@dataclass(frozen=True, slots=True)
class CaWork:
    """How this case's CA is worked with: whether it can be searched, and what a person has to do now."""

    searches: bool = True
    by_hand: bool = False
    actor: str = ""
    """ "applicant" or "officer"."""
    portal_url: str = ""
    steps: tuple[GuideStep, ...] = ()
    awaits_certificate: bool = False
    """Whether the next thing is the new certificate that a person brings."""
    asked_by_itself: bool = False
    """Whether the program asks the CA again by itself, at `asks_at` (None: the officer stopped it)."""
    asks_at: datetime | None = None
    trouble: str = ""
    """Why the program's last question got no answer; "" where it did."""


RESET = "reset"
"""What the steps of the route on which the certificate stays are called."""


def guide_steps(
    steps: Steps, case: CaseView, kind: str, actor: str, ca_name: str, operation: OperationView | None = None
) -> tuple[GuideStep, ...]:
    """The steps that a person does for this case: those of an operation's `kind`, or of a RESET."""
    found, bare = steps[kind][actor], case.facts.csr.problem is CsrProblem.MISSING
    return tuple(
        GuideStep(
            _text(step, "judul", bare).format(ca=ca_name),
            _text(step, "isi", bare).format(ca=ca_name),
            tuple(_value(name, case, operation) for name in _names(step) if not (bare and name == "csr")),
        )
        for step in found
    )


def _text(step: Mapping[str, object], name: str, bare: bool) -> str:
    """What the step says; without a CSR (`bare`) in its other words, where it has any."""
    return str(step.get(f"{name}_tanpa_csr", step[name]) if bare else step[name])


def _names(step: Mapping[str, object]) -> list[str]:
    names = step.get("nilai", [])
    return [str(name) for name in names] if isinstance(names, list) else []


def old_serial(case: CaseView) -> str:
    """The serial of the certificate that this case revokes, as the CA has it."""
    revoked = [item.serial for item in case.operations if item.kind is OperationKind.REVOKE and item.serial]
    return revoked[-1] if revoked else case.applicant.serial


def known_phone(case: CaseView) -> str:
    """The number that the one registered at the CA must be: the staff register's, else the case's."""
    listed = case.register.text("phone") if case.register is not None else ""
    return normal_phone(listed) or normal_phone(case.applicant.phone)


def _value(name: str, case: CaseView, operation: OperationView | None) -> GuideValue:
    document = next((item for item in reversed(case.documents) if item.role == "csr_der" and item.stored), None)
    applicant = case.applicant
    texts = {
        "seri": old_serial(case),
        "nik": mask_nik(applicant.nik),
        "nama": applicant.name,
        "email": applicant.email,
        "hp": known_phone(case),
        "alasan": reason_words(operation) if operation is not None else "",
        "csr": f"{case.number}.csr",
    }
    return GuideValue(name, _(VALUE_LABELS[name]), texts[name], document.id if document and name == "csr" else 0)
