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


if any("multiprocessing.forkserver" in argument for argument in sys.orig_argv):  # it has no hook but what it imports
    close()
