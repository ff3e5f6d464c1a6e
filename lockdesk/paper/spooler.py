"""Windows' printers: each page is painted for the chosen printer and handed to the spooler, which prints no PDF.

The pages come as pixels from whoever draws PDFs. What the spooler keeps of a job is asked by the job's number; most
printers' jobs are gone once they are printed, and then only the paper can tell.
"""

import sys
from collections.abc import Callable, Mapping

from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.sheets import JobState, JobStatus, PaperSize
from lockdesk.errors import Unreachable
from lockdesk.paper.cups import longest_strip
from lockdesk.words import N_, _

Draw = Callable[[bytes, int, int], PagePixels | None]
"""Page (from 0) of a PDF at a width in pixels."""
MOST_WIDE = 2480
"""An A4 page at 300 dots to the inch: finer nobody sees, and a page stays a few tens of megabytes."""
_TROUBLES: Mapping[int, str] = {
    0x1: N_("dihentikan sementara"),
    0x2: N_("printer melaporkan kesalahan"),
    0x20: N_("printer tidak terhubung"),
    0x40: N_("kertas habis atau macet"),
    0x200: N_("antrean terhalang"),
    0x400: N_("printer membutuhkan petugas"),
}
"""JOB_STATUS_… flags: why a job waits."""
_DELETED, _PRINTED, _COMPLETE = 0x4 | 0x100, 0x80, 0x1000


def told_of(flags: int) -> JobStatus:
    """What a job's status flags say."""
    if flags & _DELETED:
        return JobStatus(JobState.DROPPED)
    if flags & (_PRINTED | _COMPLETE):
        return JobStatus(JobState.PRINTED)
    reason = ", ".join(_(words) for flag, words in _TROUBLES.items() if flags & flag)
    return JobStatus(JobState.WAITING, reason) if reason else JobStatus(JobState.SENT)


def no_printer(detail: str) -> Unreachable:
    return Unreachable(
        _("Printer tidak tersedia. Simpan sebagai PDF?"),
        _("Nyalakan printer dan periksa antreannya di Setelan Windows, atau simpan sebagai PDF lalu cetak kemudian."),
        detail=detail,
        code="print.no_printer",
    )


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes as w

    _Address = ctypes.c_void_p
    _gdi = ctypes.WinDLL("gdi32", use_last_error=True)
    _spool = ctypes.WinDLL("winspool.drv", use_last_error=True)

    class _Document(ctypes.Structure):
        """DOCINFOW."""

        _fields_ = (("size", ctypes.c_int), ("name", w.LPCWSTR), ("output", w.LPCWSTR), ("kind", w.LPCWSTR),
                    ("flags", w.DWORD))  # fmt: skip

    class _Picture(ctypes.Structure):
        """BITMAPINFOHEADER."""

        _fields_ = (("size", w.DWORD), ("width", w.LONG), ("height", w.LONG), ("planes", w.WORD), ("bits", w.WORD),
                    ("packing", w.DWORD), ("bytes", w.DWORD), ("x", w.LONG), ("y", w.LONG), ("used", w.DWORD),
                    ("important", w.DWORD))  # fmt: skip

    class _Mode(ctypes.Structure):
        """DEVMODEW as far as the paper and the copies; a driver's own settings follow it."""

        _fields_ = (("name", w.WCHAR * 32), ("version", w.WORD), ("driver", w.WORD), ("size", w.WORD),
                    ("extra", w.WORD), ("fields", w.DWORD), ("orientation", ctypes.c_short), ("paper", ctypes.c_short),
                    ("length", ctypes.c_short), ("width", ctypes.c_short), ("scale", ctypes.c_short),
                    ("copies", ctypes.c_short))  # fmt: skip

    class _Named(ctypes.Structure):
        """PRINTER_INFO_4W."""

        _fields_ = (("name", w.LPWSTR), ("server", w.LPWSTR), ("attributes", w.DWORD))

    class _Job(ctypes.Structure):
        """The head of JOB_INFO_1W."""

        _fields_ = (("number", w.DWORD), ("printer", w.LPWSTR), ("machine", w.LPWSTR), ("user", w.LPWSTR),
                    ("document", w.LPWSTR), ("kind", w.LPWSTR), ("words", w.LPWSTR), ("flags", w.DWORD))  # fmt: skip

    for _library, _name, _answer, _takes in (
        (_gdi, "CreateDCW", w.HDC, (w.LPCWSTR, w.LPCWSTR, w.LPCWSTR, _Address)),
        (_gdi, "DeleteDC", w.BOOL, (w.HDC,)),
        (_gdi, "GetDeviceCaps", ctypes.c_int, (w.HDC, ctypes.c_int)),
        (_gdi, "StartDocW", ctypes.c_int, (w.HDC, _Address)),
        (_gdi, "StartPage", ctypes.c_int, (w.HDC,)),
        (_gdi, "EndPage", ctypes.c_int, (w.HDC,)),
        (_gdi, "EndDoc", ctypes.c_int, (w.HDC,)),
        (_gdi, "AbortDoc", ctypes.c_int, (w.HDC,)),
        (_gdi, "SetStretchBltMode", ctypes.c_int, (w.HDC, ctypes.c_int)),
        (_gdi, "StretchDIBits", ctypes.c_int, (w.HDC, *[ctypes.c_int] * 8, _Address, _Address, w.UINT, w.DWORD)),
        (_spool, "EnumPrintersW", w.BOOL, (w.DWORD, w.LPCWSTR, w.DWORD, _Address, w.DWORD, _Address, _Address)),
        (_spool, "GetDefaultPrinterW", w.BOOL, (w.LPWSTR, _Address)),
        (_spool, "OpenPrinterW", w.BOOL, (w.LPCWSTR, _Address, _Address)),
        (_spool, "ClosePrinter", w.BOOL, (w.HANDLE,)),
        (_spool, "DocumentPropertiesW", w.LONG, (w.HWND, w.HANDLE, w.LPCWSTR, _Address, _Address, w.DWORD)),
        (_spool, "GetJobW", w.BOOL, (w.HANDLE, w.DWORD, w.DWORD, _Address, w.DWORD, _Address)),
        (_spool, "SetJobW", w.BOOL, (w.HANDLE, w.DWORD, w.DWORD, _Address, w.DWORD)),
    ):  # fmt: skip
        _function = getattr(_library, _name)
        _function.restype, _function.argtypes = _answer, _takes

    _LOCAL_AND_CONNECTED = 0x2 | 0x4
    _PAPERS = {PaperSize.A4: 9, PaperSize.A5: 11}
    _USER_PAPER = 256
    _PAPER, _LENGTH, _WIDTH, _COPIES = 0x2, 0x4, 0x8, 0x100
    _READ, _WRITE = 2, 8
    _PHYSICAL_WIDTH, _PHYSICAL_HEIGHT, _OFFSET_X, _OFFSET_Y = 110, 111, 112, 113
    _HALFTONE, _COPY = 4, 0xCC0020
    _DELETE = 5
    _NO_SUCH_JOB = {87, 6}
    """ERROR_INVALID_PARAMETER; Wine says ERROR_INVALID_HANDLE, of a printer that was opened a moment ago."""

    class _Printer:
        """An opened printer."""

        def __init__(self, name: str) -> None:
            """Raises Unreachable where there is none of that name."""
            self.name = name
            self.handle = w.HANDLE()
            if not _spool.OpenPrinterW(name, ctypes.byref(self.handle), None):
                raise _trouble("OpenPrinter")

        def __enter__(self) -> "_Printer":
            return self

        def __exit__(self, *_told: object) -> None:
            _spool.ClosePrinter(self.handle)

        def mode(self, size: PaperSize, pdf: bytes, copies: int) -> ctypes.Array[ctypes.c_char]:
            """The driver's settings with this paper and so many copies. Raises Unreachable."""
            room = _spool.DocumentPropertiesW(None, self.handle, self.name, None, None, 0)
            if room < ctypes.sizeof(_Mode):
                raise _trouble("DocumentProperties")
            memory = ctypes.create_string_buffer(room)
            if _spool.DocumentPropertiesW(None, self.handle, self.name, memory, None, _READ) < 0:
                raise _trouble("DocumentProperties")
            mode = _Mode.from_buffer(memory)
            mode.paper, mode.copies = _PAPERS.get(size, _USER_PAPER), copies
            mode.fields |= _PAPER | _COPIES
            if size not in _PAPERS:
                mode.width, mode.length = 800, round(longest_strip(pdf) * 10)
                mode.fields |= _LENGTH | _WIDTH
            # The driver has the last word of what goes with what.
            _spool.DocumentPropertiesW(None, self.handle, self.name, memory, memory, _READ | _WRITE)
            return memory

    class Spooler:
        """Implements desk.ports.PrintQueue. A job is called by its number and its printer."""

        def __init__(self, draw: Draw) -> None:
            self._draw = draw

        def printers(self) -> tuple[str, ...]:
            """The default one first; none where the spooler does not answer."""
            wanted, count = w.DWORD(), w.DWORD()
            told = (ctypes.byref(wanted), ctypes.byref(count))
            _spool.EnumPrintersW(_LOCAL_AND_CONNECTED, None, 4, None, 0, *told)
            memory = ctypes.create_string_buffer(max(wanted.value, 1))
            if not _spool.EnumPrintersW(_LOCAL_AND_CONNECTED, None, 4, memory, wanted, *told):
                return ()
            names = [str(item.name) for item in (_Named * count.value).from_buffer(memory)] if count.value else []
            default = _default()
            return tuple(sorted(names, key=lambda name: (name != default, name.casefold())))

        def send(self, pdf: bytes, printer: str, title: str, size: PaperSize, copies: int) -> str:
            name = printer or _default()
            with _Printer(name) as opened:
                context = _gdi.CreateDCW("WINSPOOL", name, None, opened.mode(size, pdf, copies))
            if not context:
                raise _trouble("CreateDC")
            try:
                number = self._paint(context, pdf, title)
            finally:
                _gdi.DeleteDC(context)
            return f"{number}@{name}"

        def _paint(self, context: int, pdf: bytes, title: str) -> int:
            """Every page at the whole sheet's size, edges that the printer cannot reach included. The job's number."""
            document = _Document(ctypes.sizeof(_Document), title, None, None, 0)
            across, down, left, top = (
                _gdi.GetDeviceCaps(context, what) for what in (_PHYSICAL_WIDTH, _PHYSICAL_HEIGHT, _OFFSET_X, _OFFSET_Y)
            )
            number: int = _gdi.StartDocW(context, ctypes.byref(document))
            if number <= 0:
                raise _trouble("StartDoc")
            page, pages = 0, 1
            while page < pages:
                drawn = self._draw(pdf, page, min(across, MOST_WIDE))
                if drawn is None or not _put(context, drawn, (left, top, across, down)):
                    _gdi.AbortDoc(context)
                    raise _trouble(f"page {page + 1}")
                page, pages = page + 1, drawn.pages
            if _gdi.EndDoc(context) <= 0:
                raise _trouble("EndDoc")
            return number

        def status(self, job: str, printer: str) -> JobStatus:
            number, _at, name = job.partition("@")
            with _Printer(name or printer) as opened:
                wanted = w.DWORD()
                _spool.GetJobW(opened.handle, int(number), 1, None, 0, ctypes.byref(wanted))
                memory = ctypes.create_string_buffer(max(wanted.value, ctypes.sizeof(_Job)))
                if not _spool.GetJobW(opened.handle, int(number), 1, memory, len(memory), ctypes.byref(wanted)):
                    if ctypes.get_last_error() in _NO_SUCH_JOB:
                        return JobStatus(JobState.LEFT)
                    raise _trouble("GetJob")
                return _status(_Job.from_buffer(memory))

        def cancel(self, job: str) -> None:
            number, _at, name = job.partition("@")
            with _Printer(name) as opened:
                if not _spool.SetJobW(opened.handle, int(number), 0, None, _DELETE):
                    raise _trouble("SetJob")

    def _status(job: _Job) -> JobStatus:
        """By the flags; some drivers say in words of their own why a job waits."""
        known = told_of(job.flags)
        words = str(job.words or "").strip()
        return JobStatus(JobState.WAITING, words) if words and known.state is JobState.SENT else known

    def _put(context: int, page: PagePixels, place: tuple[int, int, int, int]) -> bool:
        """Paints one page over the sheet that lies at `place` (left and top edge out of reach, width and height), with
        its proportions."""
        left, top, across, down = place
        high = min(round(across * page.height / page.width), down)
        picture = _Picture(ctypes.sizeof(_Picture), page.stride // 4, -page.height, 1, 32)
        if _gdi.StartPage(context) <= 0:
            return False
        _gdi.SetStretchBltMode(context, _HALFTONE)
        lines = _gdi.StretchDIBits(
            context, -left, -top, across, high, 0, 0, page.width, page.height, page.pixels, ctypes.byref(picture), 0,
            _COPY,
        )  # fmt: skip
        return bool(lines > 0 and _gdi.EndPage(context) > 0)

    def _default() -> str:
        room = w.DWORD()
        _spool.GetDefaultPrinterW(None, ctypes.byref(room))
        name = ctypes.create_unicode_buffer(max(room.value, 1))
        return name.value if _spool.GetDefaultPrinterW(name, ctypes.byref(room)) else ""

    def _trouble(where: str) -> Unreachable:
        return no_printer(f"{where}: {ctypes.WinError(ctypes.get_last_error())}")
