#!/usr/bin/env python3
"""Build the evidence map: ``python build.py``; ``python build.py --help`` tells the other commands."""

import sys

from evidence_map.interrupting import keep_interrupts

# Processes that a build starts load this file too; they need nothing of the command line.
if __name__ == "__main__":
    keep_interrupts()
    try:
        from evidence_map.cli import run
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.startswith("evidence_map"):
            raise
        sys.exit(
            f"error: the Python package “{missing.name}” is not installed here.\n"
            "Run “make site”, which installs everything into .venv, or use .venv/bin/python build.py."
        )
    except KeyboardInterrupt:
        sys.exit(130)
    run()
