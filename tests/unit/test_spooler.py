"""What Windows' spooler says of a job, in the desk's words; on Windows that an unknown printer is told."""

import sys

import pytest

from lockdesk.desk.values.sheets import JobState, PaperSize
from lockdesk.errors import Unreachable
from lockdesk.paper.cups import longest_strip, media
from lockdesk.paper.spooler import told_of


@pytest.mark.parametrize(
    ("flags", "state", "reason"),
    [
        (0x0, JobState.SENT, ""),
        (0x8 | 0x10, JobState.SENT, ""),  # spooling, printing
        (0x1, JobState.WAITING, "dihentikan sementara"),
        (0x2 | 0x40, JobState.WAITING, "printer melaporkan kesalahan, kertas habis atau macet"),
        (0x20, JobState.WAITING, "printer tidak terhubung"),
        (0x80, JobState.PRINTED, ""),
        (0x1000, JobState.PRINTED, ""),
        (0x4, JobState.DROPPED, ""),
        (0x100 | 0x80, JobState.DROPPED, ""),
    ],
)
def test_a_job_s_flags_have_their_state(flags: int, state: JobState, reason: str) -> None:
    told = told_of(flags)
    assert (told.state, told.reason) == (state, reason)


def test_a_roll_is_as_long_as_its_longest_strip() -> None:
    pdf = b"/MediaBox [0 0 226.77 566.93] /MediaBox [ 0 0 226.77 283.46 ]"
    assert round(longest_strip(pdf)) == 200 and media(PaperSize.ROLL80, pdf) == "Custom.80x200mm"


if sys.platform == "win32":

    def test_a_printer_that_is_not_there_is_told_and_the_list_is_one() -> None:
        from lockdesk.paper.spooler import Spooler

        spooler = Spooler(lambda _pdf, _page, _width: None)
        assert isinstance(spooler.printers(), tuple)
        for act in (
            lambda: spooler.send(b"", "tidak ada", "uji", PaperSize.A4, 1),
            lambda: spooler.status("1@tidak ada", "tidak ada"),
            lambda: spooler.cancel("1@tidak ada"),
        ):
            with pytest.raises(Unreachable) as told:
                act()
            assert told.value.code == "print.no_printer" and "OpenPrinter" in told.value.detail
