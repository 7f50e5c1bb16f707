"""Runs Pagefind as a process that ends with the one that asked for it, however that one ends.

A build that is killed cannot end anything. Pagefind would go on, and where its folder is removed by the
next build it waits for ever. On Linux the system ends it then: prctl(2), PR_SET_PDEATHSIG, which holds
across an exec.

This file is run by its path, with the number of the process that asks for it before Pagefind's own
arguments.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Become Pagefind, unless the process that asked for it has ended meanwhile."""
    asking = int(sys.argv.pop(1))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != asking:
            return
    runpy.run_module("pagefind", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
