"""The paper port: sheets to PDF, and a duplicate of a PDF that was handed out before."""

import io

from lockdesk.desk.values.sheets import PaperSize, Sheet


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

    def duplicate(self, pdf: bytes, words: str) -> bytes:
        """The same pages with their text untouched, each marked in its margin."""
        from lockdesk.paper.duplicate import marked

        return marked(pdf, words)
