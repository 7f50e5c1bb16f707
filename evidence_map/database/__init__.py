"""The published database: how a review is stored, and how the database explains itself."""

from evidence_map.database.store import store

__all__ = ["store"]
