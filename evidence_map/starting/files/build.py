#!/usr/bin/env python3
"""Build this review: ``python build.py``; ``python build.py --help`` tells the other commands."""

import sys

try:
    from evidence_map.cli import run
except ModuleNotFoundError as missing:
    sys.exit(
        f"error: the Python package “{missing.name}” is not installed here.\n"
        "Run “pip install -r requirements.txt”; that file says what it installs."
    )

if __name__ == "__main__":
    run()
