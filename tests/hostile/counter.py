"""A counter at work in a process of its own, killed in the end: `python -m tests.hostile.counter FOLDER N [plain]`

Prints what is personal in what it took in, a line each, before it does anything with it.
"""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.cases import IntakeChannel
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.mishap_log import log_folder, start_log
from lockdesk.store import tables as t
from lockdesk.ui.running.mishaps import in_words
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.steps import completed, verify
from tests.helpers.papers.samples import sample

_PERSONAL = ("name", "nik", "nip", "email", "phone")
_SAMPLES = ("01", "02", "11", "12", "05", "16")
_WHOLE_WAY = 3
"""So many cases go all their way."""


def _in_the_clear() -> None:
    """The program as it would be without the encryption of its database."""
    encrypted = t.database.init

    def init(path: str, **options: Any) -> None:
        options.pop("passphrase")
        encrypted(path, **options)

    t.database.init = init


def main(folder: Path, cases: int, plain: bool) -> None:
    if plain:
        _in_the_clear()
    start_log(log_folder())
    start = ProfileStart(folder / "profil", True, settings=replace(office_settings(), complaints_officer="Pejabat Uji"))
    with OpenProfile(start, SetClock()) as profile:
        desk = profile.desk
        for entry in desk.reading.register_page().rows:
            print(*(entry.text(field) for field in _PERSONAL), sep="\n", flush=True)
        for number in range(cases):
            name = _SAMPLES[number % len(_SAMPLES)]
            content = f"X-Nomor: {number}\n".encode() + sample(name)
            case_id = desk.intake.receive((NamedBytes(f"{name}.eml", content),), IntakeChannel.EMAIL).case_id
            desk.prints.make("receipt", case_id, PaperSize.A5)
            desk.drafts.keep("loket", content.decode("utf-8", "replace")[:4000])
            if number < _WHOLE_WAY:
                verify(desk, case_id)
                completed(desk, case_id)
        in_words(RuntimeError(content.decode("utf-8", "replace")))  # a bug that has personal data in its hands
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:4] == ["plain"])
