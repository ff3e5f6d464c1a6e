"""The QR code of a print, drawn as vector squares."""

from reportlab.lib.colors import black
from reportlab.pdfgen.canvas import Canvas

QUIET_MODULES = 3


def draw_qr(canvas: Canvas, content: str, x: float, y: float, side: float) -> None:
    """Draws `content` in a square of `side` points whose lower left corner is (x, y).

    A fixed mask: trying all eight costs four times the time and a scanner reads either.
    """
    import segno

    code = segno.make(content, error="m", mask=2, micro=False)
    matrix = code.matrix
    module = side / (len(matrix) + 2 * QUIET_MODULES)
    canvas.setFillColor(black)
    path = canvas.beginPath()
    for row, line in enumerate(matrix):
        top = y + side - (row + QUIET_MODULES) * module
        run = 0
        for column, dark in enumerate([*line, 0]):
            if dark & 1:
                run += 1
            elif run:
                left = x + (column - run + QUIET_MODULES) * module
                path.rect(left, top - module, run * module, module)
                run = 0
    canvas.drawPath(path, stroke=0, fill=1)
