"""A process apart on Windows: in an AppContainer that has no capability, in a job, and forbidden to start another.

An AppContainer reaches only what names it or "all application packages": Windows' own files and this program's, but
nothing of the user's, no network, no other process. Whether it truly holds is proved by the child (`probes`); nothing
here is believed because a call succeeded. Windows alone has any of this.
"""

import sys

CONTAINER = "LockDesk.Reader"

if sys.platform == "win32":
    import ctypes
    import os
    import subprocess
    import threading
    from collections.abc import Sequence
    from ctypes import wintypes as w
    from dataclasses import dataclass
    from pathlib import Path

    from lockdesk.reader.cage.walls import MEMORY_BYTES

    _Address = ctypes.c_void_p
    _Size = ctypes.c_size_t

    class _Startup(ctypes.Structure):
        """STARTUPINFOEXW."""

        _fields_ = (
            ("size", w.DWORD), ("reserved", w.LPWSTR), ("desktop", w.LPWSTR), ("title", w.LPWSTR),
            ("place", w.DWORD * 4), ("cells", w.DWORD * 2), ("fill", w.DWORD), ("flags", w.DWORD),
            ("show", w.WORD), ("more", w.WORD), ("more_bytes", _Address), ("streams", w.HANDLE * 3),
            ("attributes", _Address),
        )  # fmt: skip

    class _Started(ctypes.Structure):
        """PROCESS_INFORMATION."""

        _fields_ = (("process", w.HANDLE), ("thread", w.HANDLE), ("process_id", w.DWORD), ("thread_id", w.DWORD))

    class _Capabilities(ctypes.Structure):
        """SECURITY_CAPABILITIES; the count stays nought."""

        _fields_ = (("container", _Address), ("first", _Address), ("count", w.DWORD), ("reserved", w.DWORD))

    class _Limits(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = (
            ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", w.DWORD), ("least", _Size),
            ("most", _Size), ("processes", w.DWORD), ("affinity", _Size), ("priority", w.DWORD),
            ("scheduling", w.DWORD), ("io", ctypes.c_uint64 * 6), ("process_memory", _Size), ("job_memory", _Size),
            ("peak_process", _Size), ("peak_job", _Size),
        )  # fmt: skip

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _security = ctypes.WinDLL("advapi32", use_last_error=True)
    for _library, _name, _answer, _takes in (
        (_kernel, "CreateJobObjectW", w.HANDLE, (_Address, w.LPCWSTR)),
        (_kernel, "SetInformationJobObject", w.BOOL, (w.HANDLE, ctypes.c_int, _Address, w.DWORD)),
        (_kernel, "AssignProcessToJobObject", w.BOOL, (w.HANDLE, w.HANDLE)),
        (_kernel, "TerminateJobObject", w.BOOL, (w.HANDLE, w.UINT)),
        (_kernel, "TerminateProcess", w.BOOL, (w.HANDLE, w.UINT)),
        (_kernel, "ResumeThread", w.DWORD, (w.HANDLE,)),
        (_kernel, "CloseHandle", w.BOOL, (w.HANDLE,)),
        (_kernel, "LocalFree", _Address, (_Address,)),
        (_kernel, "InitializeProcThreadAttributeList", w.BOOL, (_Address, w.DWORD, w.DWORD, _Address)),
        (_kernel, "UpdateProcThreadAttribute", w.BOOL,
         (_Address, w.DWORD, _Size, _Address, _Size, _Address, _Address)),
        (_kernel, "DeleteProcThreadAttributeList", None, (_Address,)),
        (_kernel, "CreateProcessW", w.BOOL,
         (w.LPCWSTR, w.LPWSTR, _Address, _Address, w.BOOL, w.DWORD, _Address, w.LPCWSTR, _Address, _Address)),
        (_security, "ConvertSidToStringSidW", w.BOOL, (_Address, _Address)),
        (_security, "ConvertStringSecurityDescriptorToSecurityDescriptorW", w.BOOL,
         (w.LPCWSTR, w.DWORD, _Address, _Address)),
        (_security, "GetSecurityDescriptorDacl", w.BOOL, (_Address, _Address, _Address, _Address)),
        (_security, "SetNamedSecurityInfoW", w.DWORD,
         (w.LPCWSTR, ctypes.c_int, w.DWORD, _Address, _Address, _Address, _Address)),
    ):  # fmt: skip
        _function = getattr(_library, _name)
        _function.restype, _function.argtypes = _answer, _takes

    _ALREADY_EXISTS = -2147024713  # HRESULT_FROM_WIN32(ERROR_ALREADY_EXISTS)
    _HANDLE_LIST, _SECURITY_CAPABILITIES, _CHILD_PROCESS_POLICY = 0x20002, 0x20009, 0x2000E
    _SUSPENDED, _EXTENDED, _UNICODE, _DETACHED = 0x4, 0x80000, 0x400, 0x8
    _USE_STREAMS = 0x100
    _EXTENDED_LIMITS = 9
    _JOB_TIME, _PROCESSES, _PRIORITY, _PROCESS_MEMORY = 0x4, 0x8, 0x20, 0x100
    _DIE_UNHANDLED, _KILL_ON_CLOSE = 0x400, 0x2000
    _BELOW_NORMAL = 0x4000
    """On a busy machine the window comes before what it waits for."""
    _SECOND = 10_000_000
    _FILE_OBJECT, _PROTECTED_DACL = 1, 0x80000004
    _OWNER_ONLY = "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;OW)"

    def _done(answer: object) -> None:
        if not answer:
            raise ctypes.WinError(ctypes.get_last_error())

    class Container:
        """The container without a capability, registered with Windows at the first use. Its own folder is taken from
        it, so that a child can leave nothing behind there."""

        def __init__(self) -> None:
            """Raises OSError where Windows has none."""
            try:
                library = ctypes.WinDLL("userenv")
                make, derive = library.CreateAppContainerProfile, library.DeriveAppContainerSidFromAppContainerName
                find = library.GetAppContainerFolderPath
            except AttributeError as error:
                raise OSError("AppContainer: not on this Windows") from error
            make.argtypes = (w.LPCWSTR, w.LPCWSTR, w.LPCWSTR, _Address, w.DWORD, _Address)
            derive.argtypes, find.argtypes = (w.LPCWSTR, _Address), (w.LPCWSTR, _Address)
            self.sid = _Address()
            result = make(CONTAINER, CONTAINER, CONTAINER, None, 0, ctypes.byref(self.sid))
            if result == _ALREADY_EXISTS:
                result = derive(CONTAINER, ctypes.byref(self.sid))
            if result != 0:
                raise OSError(f"AppContainer: {result & 0xFFFFFFFF:#010x}")
            text, folder = w.LPWSTR(), w.LPWSTR()
            _done(_security.ConvertSidToStringSidW(self.sid, ctypes.byref(text)))
            if find(text, ctypes.byref(folder)) == 0 and folder.value:
                for place in (folder.value, *(step[0] for step in os.walk(folder.value))):
                    _take_from_container(place)
            _kernel.LocalFree(text)

    def _take_from_container(folder: str) -> None:
        """Leaves a folder to its owner and the system. Raises OSError."""
        descriptor, dacl, there, given = _Address(), _Address(), w.BOOL(), w.BOOL()
        convert = _security.ConvertStringSecurityDescriptorToSecurityDescriptorW
        _done(convert(_OWNER_ONLY, 1, ctypes.byref(descriptor), None))
        pointers = (ctypes.byref(item) for item in (there, dacl, given))
        _done(_security.GetSecurityDescriptorDacl(descriptor, *pointers))
        failed = _security.SetNamedSecurityInfoW(folder, _FILE_OBJECT, _PROTECTED_DACL, None, None, dacl, None)
        _kernel.LocalFree(descriptor)
        if failed:
            raise ctypes.WinError(failed)

    class Job:
        """Memory, processor time and one process; the kernel ends the process with the last handle of the job, so with
        this program too."""

        def __init__(self) -> None:
            self._ending = threading.Lock()
            """A number of a handle that was closed may be another's by then."""
            self._handle = _kernel.CreateJobObjectW(None, None)
            _done(self._handle)
            self._limits = _Limits(
                flags=_PROCESSES | _PRIORITY | _PROCESS_MEMORY | _DIE_UNHANDLED | _KILL_ON_CLOSE,
                processes=1, priority=_BELOW_NORMAL, process_memory=MEMORY_BYTES,
            )  # fmt: skip
            try:
                self._set()
            except OSError:
                self.close()
                raise

        def _set(self) -> None:
            size = ctypes.sizeof(self._limits)
            _done(_kernel.SetInformationJobObject(self._handle, _EXTENDED_LIMITS, ctypes.byref(self._limits), size))

        def take(self, process: int) -> None:
            _done(_kernel.AssignProcessToJobObject(self._handle, process))

        def limit_time(self, seconds: int) -> None:
            """So much of the processor's time from now on: Windows adds what was used before. Raises OSError."""
            self._limits.flags |= _JOB_TIME
            self._limits.job_time = seconds * _SECOND
            self._set()

        def end(self) -> None:
            """Ends the process, from any thread. Windows closes what it has open a moment later."""
            with self._ending:
                if self._handle:
                    _kernel.TerminateJobObject(self._handle, 1)

        def close(self) -> None:
            self.end()
            with self._ending:
                if self._handle:
                    _kernel.CloseHandle(self._handle)
                    self._handle = None

    @dataclass(frozen=True, slots=True)
    class Wish:
        """What to start: a command, its environment, the one handle that it inherits, and the container, if any."""

        command: Sequence[str]
        environment: dict[str, str]
        handle: int
        container: Container | None

    class _Attributes:
        """PROC_THREAD_ATTRIBUTE_LIST; what it points to lives as long as it does."""

        def __init__(self, wish: Wish) -> None:
            self._kept: list[object] = [(w.HANDLE * 1)(wish.handle), w.DWORD(1)]
            kinds = [_HANDLE_LIST, _CHILD_PROCESS_POLICY]
            if wish.container is not None:
                self._kept.append(_Capabilities(wish.container.sid, None, 0, 0))
                kinds.append(_SECURITY_CAPABILITIES)
            size = _Size()
            _kernel.InitializeProcThreadAttributeList(None, len(kinds), 0, ctypes.byref(size))
            self.memory = ctypes.create_string_buffer(size.value)
            _done(_kernel.InitializeProcThreadAttributeList(self.memory, len(kinds), 0, ctypes.byref(size)))
            for kind, kept in zip(kinds, self._kept, strict=True):
                known = ctypes.cast(ctypes.pointer(kept), _Address)  # type: ignore[type-var]
                _done(_kernel.UpdateProcThreadAttribute(
                    self.memory, 0, kind, known, ctypes.sizeof(kept), None, None  # type: ignore[arg-type]
                ))  # fmt: skip

        def close(self) -> None:
            _kernel.DeleteProcThreadAttributeList(self.memory)

    def start(wish: Wish) -> Job:
        """Starts a process in a job of its own; it runs not a moment outside. Raises OSError."""
        job = Job()
        try:
            attributes = _Attributes(wish)
            try:
                started = _create(wish, attributes)
            finally:
                attributes.close()
            try:
                job.take(started.process)
                if _kernel.ResumeThread(started.thread) == 0xFFFFFFFF:
                    raise ctypes.WinError(ctypes.get_last_error())
            except OSError:
                _kernel.TerminateProcess(started.process, 1)
                raise
            finally:
                _kernel.CloseHandle(started.thread)
                _kernel.CloseHandle(started.process)
        except OSError:
            job.close()
            raise
        return job

    def _create(wish: Wish, attributes: _Attributes) -> _Started:
        startup, started = _Startup(), _Started()
        startup.size = ctypes.sizeof(startup)
        startup.flags = _USE_STREAMS  # none of ours: three handles of nought
        startup.attributes = ctypes.addressof(attributes.memory)
        block = "".join(f"{name}={value}\0" for name, value in sorted(wish.environment.items())) + "\0"
        environment = ctypes.create_unicode_buffer(block)
        line = ctypes.create_unicode_buffer(subprocess.list2cmdline(wish.command))
        flags = _SUSPENDED | _EXTENDED | _UNICODE | _DETACHED
        folder = str(Path(wish.command[0]).parent)
        _done(_kernel.CreateProcessW(
            wish.command[0], line, None, None, True, flags, environment, folder,
            ctypes.byref(startup), ctypes.byref(started),
        ))  # fmt: skip
        return started
