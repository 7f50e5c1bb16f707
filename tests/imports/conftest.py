"""The invented review, stored."""

from tests.exports.conftest import lighthouse

__all__ = ["lighthouse"]
