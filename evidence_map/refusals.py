"""What the system refuses, and what to do about it."""

from __future__ import annotations

import errno

DENIED = "may not be opened or written; change its rights, or choose another place, and try again"

_REMEDIES = {
    "ENOSPC": "the disk is full; free some space and try again",
    "EDQUOT": "your share of the disk is full; free some space and try again",
    "EFBIG": "a file would be larger than this system allows; raise the limit (“ulimit -f”) and retry",
    "EMFILE": "more files are open than this system allows; raise the limit (“ulimit -n”) and retry",
    "ENFILE": "this machine has too many files open; end other programs and try again",
    "ENOMEM": "the memory does not suffice; end other programs and try again",
    "EIO": "the disk failed; see whether it is damaged or was taken out, and try again",
    "EROFS": "the disk can only be read; choose another place and try again",
    "EACCES": DENIED,
    "EPERM": DENIED,
}

REFUSALS = {getattr(errno, name): remedy for name, remedy in _REMEDIES.items() if hasattr(errno, name)}
"""What is told of a refusal by the system, for which neither the review nor the program is to blame.

By the number that the system gives to it.
"""
