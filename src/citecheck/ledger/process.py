"""Which process on which machine: what a lock says about its holder, and whether that one lives.

A process id alone is reused. Where the system tells when a process started (Linux: field 22 of
`/proc/<pid>/stat`, in ticks since the boot whose id is in `/proc/sys/kernel/random/boot_id`), the
two together name one process for good, over a restart of the machine too.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path


def machine() -> str:
    """The name of this machine."""
    return socket.gethostname() or "unnamed"


def started(pid: int) -> str:
    """When a process started, comparable with another answer on the same machine; may be empty."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}:{stat.rpartition(b')')[2].split()[19].decode('ascii')}"
    except (OSError, IndexError, ValueError):
        return ""


def lives(pid: int, start: str) -> bool:
    """Whether the process that had `pid` and started at `start` (empty: unknown) still runs."""
    if pid <= 0 or not _exists(pid):
        return False
    now = started(pid)
    return not (start and now) or start == now


if sys.platform == "win32":

    def _exists(pid: int) -> bool:
        import ctypes

        # os.kill(pid, 0) would send CTRL_C_EVENT here.
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return ctypes.get_last_error() == 5  # ERROR_ACCESS_DENIED: it is there
        code = ctypes.c_ulong()
        alive = bool(kernel.GetExitCodeProcess(handle, ctypes.byref(code))) and code.value == 259
        kernel.CloseHandle(handle)
        return alive

else:

    def _exists(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except PermissionError:
            return True
        except (OSError, OverflowError):
            return False
        return True
