"""The paper port: sheets to PDF, and PDF to a print queue."""

import io
import shutil
import subprocess
import sys

from lockdesk.desk.values.sheets import PaperSize, Sheet
from lockdesk.errors import Unreachable
from lockdesk.words import _

PRINT_SECONDS = 30


class Press:
    """Implements desk.ports.Paper."""

    def render(self, sheet: Sheet) -> bytes:
        """The PDF of a sheet; the same sheet gives the same bytes."""
        from lockdesk.paper.fonts import register_fonts
        from lockdesk.paper.layout import build
        from lockdesk.paper.printable import printable_sheet
        from lockdesk.paper.roll import build_roll

        register_fonts()
        file = io.BytesIO()
        (build_roll if sheet.size is PaperSize.ROLL80 else build)(printable_sheet(sheet), file)
        return file.getvalue()

    def send(self, pdf: bytes, printer: str, title: str) -> None:
        """Hands the PDF to CUPS as it is, so text stays text. Raises Unreachable when there is no queue."""
        program = None if sys.platform == "win32" else shutil.which("lp")
        if program is None:
            raise _no_printer("lp")
        command = [program, "-t", title, *(["-d", printer] if printer else []), "-"]
        try:
            done = subprocess.run(command, input=pdf, capture_output=True, timeout=PRINT_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _no_printer(type(error).__name__) from error
        if done.returncode != 0:
            raise _no_printer(done.stderr.decode(errors="replace")[:500])


def _no_printer(detail: str) -> Unreachable:
    return Unreachable(
        _("Printer tidak tersedia. Simpan sebagai PDF?"),
        _("Nyalakan printer, atau simpan sebagai PDF lalu cetak kemudian."),
        detail=detail,
        code="print.no_printer",
    )
