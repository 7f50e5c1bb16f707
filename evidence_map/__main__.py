"""``python -m evidence_map`` is the command line."""

from evidence_map.cli import run

run()
