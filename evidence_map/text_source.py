"""Read a file as text: whole, in one encoding, and never anything that is not a plain small file."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path, PurePosixPath

from evidence_map.problems import Position, Problem, Rule

MAXIMUM_BYTES = 1_000_000

UNREADABLE = Rule(
    "unreadable-file",
    "The file cannot be opened",
    "A file that cannot be read cannot be checked or published.",
    "Check that it exists, that it is a plain file, and that you may read it.",
)
TOO_LARGE = Rule(
    "file-too-large",
    "The file is too large",
    "A record is a few kilobytes; a file of megabytes is not a record and would stall the build.",
    "Keep one paper per file; put nothing but the record in it.",
)
BAD_ENCODING = Rule(
    "bad-encoding",
    "The file is not UTF-8 text",
    "Names and titles in every script survive only if all files use one encoding, UTF-8.",
    "In your editor choose “Save with encoding” and UTF-8.",
)
BAD_CHARACTER = Rule(
    "bad-character",
    "A character that cannot stand in text",
    "Control characters come from copying out of PDFs and break exports and pages; those that turn "
    "the direction of writing make a file look different from what it says.",
    "Delete the character; retype the words around it if need be.",
)
EMPTY_FILE = Rule(
    "empty-file",
    "The file is empty",
    "An empty file says nothing about a paper.",
    "Fill it in or delete it.",
)

TEXT_RULES = (UNREADABLE, TOO_LARGE, BAD_ENCODING, BAD_CHARACTER, EMPTY_FILE)

REFUSED_CHARACTERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u2028\u2029"  # separators that some programs take for the end of a line, others not
    "\u202a-\u202e\u2066-\u2069"  # overrides of the direction of writing
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"  # no characters at all
)
_SOUND_ASCII = bytes(each for each in range(128) if not REFUSED_CHARACTERS.match(chr(each)))
_STRANGE = re.compile("[\u00a0\u2000-\u200b\u202f\u205f]")
_STRANGE_SPACE = re.compile(f"^ *({_STRANGE.pattern})", re.MULTILINE)
_HOW_OPENED = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_text(file: Path, path: PurePosixPath) -> str | Problem:
    """Return the text of *file* with plain line ends, or the problem that forbids reading it.

    :param path: the file's name in messages, relative to the review's root.
    """
    data = read_bytes(file, path)
    return data if isinstance(data, Problem) else text_of(data, path)


def text_of(data: bytes, path: PurePosixPath) -> str | Problem:
    """Return the text that *data* hold, with plain line ends, or the problem that forbids it.

    :param path: the file's name in messages, relative to the review's root.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return BAD_ENCODING.at(Position(path), "the file is saved as UTF-16, not as UTF-8")
    try:
        text = text_in(data)
    except UnicodeDecodeError:
        return _encoding_problem(data, path)
    if problem := refused_character(text, path) or _strange_indentation(text, path):
        return problem
    if not text.strip():
        return EMPTY_FILE.at(Position(path), "the file is empty")
    return text


def text_in(data: bytes) -> str:
    """Return what *data* hold as text, with plain line ends.

    :raises UnicodeDecodeError: if it is not UTF-8.
    """
    return plain_line_ends(data.decode("utf-8-sig"))


def replace_text(file: Path, text: str, read: str | None = None) -> None:
    """Write *text* beside *file* and rename it, so that no half-written file is ever there.

    The rights of a file that is there stay as they are.

    :param read: the text that was read of the file, from which *text* was made: what an editor has
        saved since is never overwritten.
    :raises OSError: if it cannot be written, or was changed meanwhile; nothing is left behind then.
    """
    beside = file.with_name(f".{file.name}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
        if file.exists():
            beside.chmod(file.stat().st_mode & 0o777)
        if read is not None and read_text(file, PurePosixPath(file.name)) != read:
            raise OSError("it was changed meanwhile; run the command again")
        beside.replace(file)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno:
            # The name of the other file would help nobody.
            error.filename, error.filename2 = str(file), None
        raise


def plain_line_ends(text: str) -> str:
    """Return *text* with the line ends of Windows and of old Macs written as ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def refused_character(text: str, path: PurePosixPath, first_line: int = 1) -> Problem | None:
    """Return the problem of the first character in *text* that must not stand in a file."""
    if not REFUSED_CHARACTERS.search(_unusual(text)):
        return None
    found = REFUSED_CHARACTERS.search(text)
    assert found is not None
    before = text[: found.start()]
    line = before.count("\n") + first_line
    column = found.start() - (before.rfind("\n") + 1) + 1
    return BAD_CHARACTER.at(
        Position(path, line, column),
        f"the invisible character U+{ord(found.group()):04X} cannot stand in a file",
    )


def _unusual(text: str) -> str:
    """Return *text* without the printed characters of ASCII, which is most of it and soon left out."""
    data = text.encode("utf-8", "surrogatepass").translate(None, _SOUND_ASCII)
    return data.decode("utf-8", "surrogatepass")


def _strange_indentation(text: str, path: PurePosixPath) -> Problem | None:
    """Return the problem of a line that is indented with spaces other than the one of the space bar."""
    found = _STRANGE_SPACE.search(text) if _STRANGE.search(_unusual(text)) else None
    if found is None:
        return None
    place = Position(path, text.count("\n", 0, found.start(1)) + 1, found.end() - found.start())
    return BAD_CHARACTER.at(
        place,
        f"the line is indented with the special space U+{ord(found[1]):04X}",
        "Delete the spaces before the first word and type them again with the space bar.",
    )


def has_refused_character(value: str) -> bool:
    """Whether a single value holds such a character, written by an escape such as ``\\x07``."""
    return "\r" in value or REFUSED_CHARACTERS.search(value) is not None


def read_bytes(file: Path | str, path: PurePosixPath | str) -> bytes | Problem:
    """Return what stands in *file*, or the problem that forbids reading it.

    :param path: the file's name in messages, relative to the review's root.
    """
    try:
        # Opened without waiting: a pipe without a writer would hold the check up for ever.
        descriptor = os.open(file, _HOW_OPENED)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return UNREADABLE.at(
                    Position(PurePosixPath(path)), f"this is {_kind(status.st_mode)}, not a file"
                )
            if status.st_size <= MAXIMUM_BYTES:
                data = _all_of(descriptor, status.st_size)
                if len(data) <= MAXIMUM_BYTES:
                    return data
        finally:
            os.close(descriptor)
        size, most = status.st_size / 1e6, MAXIMUM_BYTES / 1e6
        return TOO_LARGE.at(
            Position(PurePosixPath(path)), f"the file has {size:.1f} MB; at most {most:.0f} MB is read"
        )
    except IsADirectoryError:
        return UNREADABLE.at(Position(PurePosixPath(path)), "this is a folder, not a file")
    except OSError as error:
        return UNREADABLE.at(
            Position(PurePosixPath(path)), f"the file cannot be read: {error.strerror or error}"
        )


def _all_of(descriptor: int, size: int) -> bytes:
    """Return what stands in an open file, up to one byte more than is read at most."""
    data = os.read(descriptor, size + 1)
    if len(data) == size:
        return data
    parts, length = [data], len(data)
    while length <= MAXIMUM_BYTES and (data := os.read(descriptor, MAXIMUM_BYTES + 1 - length)):
        parts.append(data)
        length += len(data)
    return b"".join(parts)


def _kind(mode: int) -> str:
    return next((name for test, name in _KINDS if test(mode)), "something else")


def _encoding_problem(data: bytes, path: PurePosixPath) -> Problem:
    body = data.removeprefix(b"\xef\xbb\xbf")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = plain_line_ends(body[: error.start].decode("utf-8"))
        byte = body[error.start : error.start + 1]
        meant = byte.decode("cp1252", "replace")
        guess = f" (in the encoding of old Windows it is “{meant}”)" if meant.isprintable() else ""
        place = Position(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return BAD_ENCODING.at(place, f"the byte 0x{byte.hex()} here is not UTF-8 text{guess}")
    raise AssertionError("the text is UTF-8 after all")
