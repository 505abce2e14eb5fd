"""Imported first in the fork server, and of use there alone: what its workers write reaches no terminal.

A worker has its own streams closed by its initializer. Before that it is multiprocessing's code that runs, and one
whose parent ends just then writes a traceback to the terminal that the parent has given back.
"""

import os
import sys


def close() -> None:
    """Put the null device in the place of this process's three standard streams."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)


def _is_fork_server() -> bool:
    """Whether this process runs multiprocessing's fork server, which is started as `python ... -c CODE`."""
    code = sys.orig_argv[sys.orig_argv.index("-c") + 1 :][:1] if "-c" in sys.orig_argv else []
    return any(text.startswith("from multiprocessing.forkserver import main") for text in code)


if _is_fork_server():  # which gives no other hook than the modules it imports first
    close()
