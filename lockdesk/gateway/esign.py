"""BSrE's eSign Client Service, which an office may run itself: what it says of a person's certificate.

Source: the service's manual v2.2.1 (January 2024). `status` is what counts: `status_code` differs between versions.
"""

import json
from collections.abc import Mapping

from lockdesk.desk.values.authority import CheckItem
from lockdesk.errors import LockdeskError, Unreachable
from lockdesk.gateway.web import Answer, Connection, Web, json_in
from lockdesk.words import N_, _

STATUS_WORDS = {
    "ISSUE": N_("sertifikat terbit dan berlaku"),
    "EXPIRED": N_("sertifikat habis masa berlakunya"),
    "RENEW": N_("sertifikat sedang diperbarui"),
    "WAITING_FOR_VERIFICATION": N_("pendaftaran menunggu verifikasi"),
    "NEW": N_("pendaftaran baru"),
    "NO_CERTIFICATE": N_("belum mempunyai sertifikat"),
    "NOT_REGISTERED": N_("tidak terdaftar"),
    "SUSPEND": N_("akun ditangguhkan"),
    "REVOKE": N_("sertifikat dicabut"),
}
_NOBODY = "0000000000000000"
"""An NIK that nobody has: asking for it proves the credentials and shows nobody's data."""


class ClientService:
    """Asks by NIK. Changes nothing."""

    def __init__(self, url: str, user: str, password: str, proxy: str, seconds: float) -> None:
        self._plain = url.startswith("http://")
        self._web = Web(Connection(url.rstrip("/"), user=user, password=password, proxy=proxy, seconds=seconds))

    def close(self) -> None:
        self._web.close()

    def holder_status(self, nik: str) -> str:
        """ "REVOKE: sertifikat dicabut". Raises Unreachable when there is no usable answer."""
        status = _status_in(self._asked(nik))
        words = STATUS_WORDS.get(status)
        return f"{status}: {_(words)}" if words else status

    def _asked(self, nik: str) -> Answer:
        body = json.dumps({"nik": nik}).encode()
        answer = self._web.post("/api/v2/user/check/status", body, changes=False)
        if answer.status in {401, 403}:
            raise _unusable(_("eSign Client Service menolak nama pengguna atau kata sandi."))
        return answer

    def check(self) -> tuple[CheckItem, ...]:
        """Reachability, credentials, and whether they travel unencrypted."""
        try:
            answer = self._asked(_NOBODY)
            if answer.status != 400:  # how it calls an NIK that nobody can have bad: the credentials were taken
                _status_in(answer)
        except LockdeskError as error:
            return (CheckItem("esign.reachable", False, str(error)),)
        words = _("eSign Client Service menjawab.")
        if self._plain:
            words += " " + _("Sambungannya tidak terenkripsi (HTTP): pakai hanya di jaringan internal.")
        return (CheckItem("esign.reachable", True, words),)


def _status_in(answer: Answer) -> str:
    status = _member(answer, "status")
    if answer.status >= 500 or not isinstance(status, str) or not status.isascii() or len(status) > 40:
        raise _unusable(_("Jawaban eSign Client Service tidak dapat dibaca."), f"HTTP {answer.status}")
    return status


def _member(answer: Answer, name: str) -> object:
    """A member of a JSON object; None when the answer is none: errors come without JSON."""
    value = json_in(answer)
    return value.get(name) if isinstance(value, Mapping) else None


def _unusable(message: str, detail: str = "") -> Unreachable:
    remedy = _("Periksa pengaturan eSign Client Service.")
    return Unreachable(message, remedy, detail=detail, code="esign.unusable")
