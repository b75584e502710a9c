"""How many files and sockets the process may have open: as many as a run needs, if it can be had.

A run has up to five times `concurrency` requests under way (`places.py`), each with a socket, as
many questions to name servers, and idle connections besides; shells still start programs with a
soft limit of 256 (macOS) or 1024 (Linux), which a process may raise itself up to the hard limit
(POSIX, setrlimit). What is not a limit of the host must not look like one of its faults.
"""

from __future__ import annotations

_WANTED = 4096
_LEAST, _MOST = 16, 512
_SHARE = 4  # a quarter of all for idle connections


def raised(wanted: int = _WANTED) -> int:
    """Raise the soft limit to `wanted`, or as near as may be; returns what it is then."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    goal = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (goal, hard))
    except (OSError, ValueError):
        return soft
    return goal


def idle_connections() -> int:
    """How many connections may be kept for later under the limit of this process."""
    return max(_LEAST, min(_MOST, raised() // _SHARE))
