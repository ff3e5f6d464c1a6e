"""Mail that brings a certificate and asks for nothing: for which case it is."""

from collections.abc import Callable, Sequence

from lockdesk.desk.casebook import Casebook
from lockdesk.desk.operations.arriving import ArrivingCertificates, not_awaited
from lockdesk.desk.operations.proving import serial_mark
from lockdesk.desk.values.cases import CaseRow
from lockdesk.desk.values.tray import Match, Seems
from lockdesk.pki.values import CertificateFacts
from lockdesk.words import N_, _

_WORDS = {
    (False, True): N_("Kuncinya kunci CSR kasus {number}, yang menunggu sertifikat baru."),
    (False, False): N_("Pemegangnya pemohon kasus {number}, yang menunggu sertifikat baru."),
    (True, False): N_("Pemegangnya pemohon kasus {number}, yang sertifikat lamanya belum dilihat."),
}
"""By whether it is the old one, and known by its key."""


class MailedCertificates:
    """Asked on worker threads."""

    def __init__(self, casebook: Casebook, arriving: Callable[[], ArrivingCertificates]) -> None:
        self._casebook = casebook
        self._arriving = arriving

    def match(self, certificates: Sequence[CertificateFacts]) -> Match:
        """Who waits for one of these; else which case has it already, as after the program stopped before the mail was
        kept there; else whose it is."""
        if not certificates:
            return Match(Seems.CERTIFICATE, (_("Lampirannya sertifikat yang tidak dapat dibaca."),))
        awaited = self._arriving().awaiting(certificates)
        if awaited:
            first = awaited[0]
            said = _(_WORDS[first.old, first.by_key]).format(number=first.row.number)
            others = ", ".join(item.row.number for item in awaited[1:])
            doubts = (_("Mungkin juga untuk kasus {numbers}.").format(numbers=others),) if others else ()
            reasons = (said, _("Sertifikat diperiksa sebelum disimpan."))
            return Match(Seems.CERTIFICATE, reasons, doubts, first.row, awaited=awaited)
        holding = self._holding(certificates)
        if holding is not None:
            said = _("Sertifikat ini sudah tersimpan pada kasus {number}.").format(number=holding.number)
            return Match(Seems.REPLY, (said,), case=holding)
        return Match(Seems.CERTIFICATE, (not_awaited(certificates),))

    def _holding(self, certificates: Sequence[CertificateFacts]) -> CaseRow | None:
        marks = {(mark.value, mark.whole): mark for mark in map(serial_mark, certificates)}
        uses = self._casebook.mark_uses(tuple(marks.values()), None)
        found = (use.case_id for use in uses if (use.mark.value, use.mark.whole) in marks)
        case_id = next(found, None)
        return None if case_id is None else self._casebook.row(case_id)
