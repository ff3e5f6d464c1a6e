"""The code of a print, as it is typed, and as a decoder that is not ours reads it from the paper."""

import pypdfium2
import zxingcpp
from PIL import Image

from lockdesk.core.journal import JournalHead
from lockdesk.desk.prints.codes import ordinal_of
from lockdesk.desk.values.sheets import Printed


def head_of(printed: Printed) -> JournalHead:
    return JournalHead(printed.sequence, bytes.fromhex(printed.head))


def typed(printed: Printed) -> str:
    """As it stands beside the picture."""
    return f"LD1-{ordinal_of(printed.number)}-{printed.sequence}-{printed.head[:4].upper()}"


def scanned(printed: Printed) -> str:
    """What the first page's QR holds."""
    document = pypdfium2.PdfDocument(printed.pdf)
    (code,) = read_codes(document[0].render(scale=300 / 72).to_pil())
    document.close()
    return code.text


def read_codes(picture: Image.Image) -> list[zxingcpp.Barcode]:
    """The QR codes of a picture; a page's lines may look like the bars of another kind of code."""
    return list(zxingcpp.read_barcodes(picture, formats=zxingcpp.barcode_formats_from_str("QRCode")))
