"""pkilint over an issued certificate: what RFC 5280 and its relatives would have otherwise (findings, no verdict)."""

from functools import cache
from typing import Any

from lockdesk.pki.keys import guarded
from lockdesk.records import dataclass

GRAVE = ("FATAL", "ERROR", "WARNING")


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One remark. `severity` is one of GRAVE; `code` is pkilint's stable name."""

    severity: str
    code: str
    message: str


def lint_certificate(der: bytes) -> tuple[LintFinding, ...]:
    """What pkilint says of a certificate in DER from a warning up, the gravest first. Never raises: what it cannot
    read is a finding."""
    return guarded(lambda: _lint(der), (LintFinding("FATAL", "lint.unreadable", ""),))


def warm() -> None:
    """Loads it: that takes half a second, for which the first certificate would wait."""
    _validator()


def _lint(der: bytes) -> tuple[LintFinding, ...]:
    from pkilint import loader

    document = loader.RFC5280CertificateDocumentLoader().load_der_document(der)
    found = [
        LintFinding(item.finding.severity.name, item.finding.code, item.message or "")
        for result in _validator().validate(document.root)
        for item in result.finding_descriptions
        if item.finding.severity.name in GRAVE
    ]
    return tuple(sorted(found, key=lambda item: GRAVE.index(item.severity)))


@cache
def _validator() -> Any:
    container = _all_validators()
    _ask_by_type(container)
    return container


def _all_validators() -> Any:
    # Late: the import takes about a second, and only an issued certificate needs it.
    from pkilint.pkix import certificate, extension, name

    return certificate.create_pkix_certificate_validator_container(
        certificate.create_decoding_validators(name.ATTRIBUTE_TYPE_MAPPINGS, extension.EXTENSION_MAPPINGS),
        [
            certificate.create_issuer_validator_container([]),
            certificate.create_validity_validator_container(),
            certificate.create_subject_validator_container([]),
            certificate.create_extensions_validator_container([]),
            certificate.create_spki_validator_container([]),
        ],
    )


def _ask_by_type(container: Any) -> None:
    """Lets a container ask about each node only the validators for values of its type. pkilint asks all of them,
    four thousand times a certificate, which is a quarter of its time; what they say stays the same."""
    validators = container.validators

    @cache
    def for_type(kind: Any) -> list[Any]:
        return [item for item in validators if item._pdu_class is None or issubclass(kind, item._pdu_class)]

    def visit(node: Any, results: list[Any]) -> None:
        kind: Any = type(node.pdu)
        for validator in for_type(kind):
            if validator.match(node):
                result = validator.validate_wrapper(node)
                results += result if isinstance(result, list) else [result]
        for child in node.children.values():
            visit(child, results)

    container._validate_rec = visit
    for item in validators:
        if hasattr(item, "validators"):
            _ask_by_type(item)
