"""The paper port: sheets to PDF, and a duplicate of a PDF that was handed out before."""

import io
from collections.abc import Sequence

from lockdesk.desk.values.sheets import PagesTold, PaperSize, Sheet, untold


def _joined(pdfs: Sequence[bytes]) -> bytes:
    import pikepdf

    file = io.BytesIO()
    with pikepdf.new() as whole:
        for pdf in pdfs:
            with pikepdf.open(io.BytesIO(pdf)) as part:
                whole.pages.extend(part.pages)
        whole.save(file, deterministic_id=True)
    return file.getvalue()


class Press:
    """Implements desk.ports.Paper."""

    def render(self, sheet: Sheet, told: PagesTold = untold) -> bytes:
        """The PDF of a sheet; the same sheet gives the same bytes."""
        from lockdesk.paper.fonts import register_fonts
        from lockdesk.paper.layout import build
        from lockdesk.paper.printable import printable_sheet
        from lockdesk.paper.roll import build_roll

        register_fonts()
        pdfs = []
        for part in (sheet, *sheet.following):
            file = io.BytesIO()
            if part.size is PaperSize.ROLL80:
                build_roll(printable_sheet(part), file)
            else:
                build(printable_sheet(part), file, told)
            pdfs.append(file.getvalue())
        return pdfs[0] if len(pdfs) == 1 else _joined(pdfs)

    def duplicate(self, pdf: bytes, words: str) -> bytes:
        """The same pages with their text untouched, each marked in its margin."""
        from lockdesk.paper.duplicate import marked

        return marked(pdf, words)
