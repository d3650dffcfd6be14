"""One small text file from disk to text, or the one fault that forbids it."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

from staffing.domain.errors import Fault, InputError, did_you_mean

MAX_LINE_BYTES = 1_000_000
MAX_FILE_BYTES = 500_000_000
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_SAVE_AS = "Save it as 'CSV UTF-8'."


def read_text(path: Path, shown_as: str) -> str:
    """Return the text of a small file: UTF-8 with or without BOM, UTF-16 with one, plain or gzip.

    The file is read line by line, so that neither a gigantic line nor a gzip that unpacks to one fills the memory.

    Parameters
    ----------
    path
        File on disk.
    shown_as
        The file as the user knows it, for the fault.

    Raises
    ------
    InputError
        With one fault: missing, a directory, not readable, cut off, too long, of an unknown encoding, or binary.
    """
    if path.is_dir():
        _refuse(shown_as, "This is a directory; a file is due here.")
    try:
        with path.open("rb") as raw:
            head = raw.read(4)
            raw.seek(0)
            if head == _ZIP:
                _refuse(
                    shown_as, f"This is an Excel workbook or a zip archive, not text. {_SAVE_AS}"
                )
            stream = gzip.GzipFile(fileobj=raw) if head.startswith(_GZIP) else raw
            data = _read_lines(cast("BinaryIO", stream), shown_as)
    except FileNotFoundError:
        beside = (other.name for other in path.parent.glob("*") if other.is_file())
        hint = did_you_mean(path.name, beside, else_list=False)
        _refuse(shown_as, f"The file does not exist.{hint}")
    except PermissionError:
        _refuse(shown_as, "The file may not be read. Give your account read permission.")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        _refuse(shown_as, f"The gzip file is damaged ({error}). Copy it again.")
    except OSError as error:
        _refuse(shown_as, f"The file cannot be read: {error.strerror or error}.")
    return _decode(data, shown_as)


def _read_lines(stream: BinaryIO, shown_as: str) -> bytes:
    """Join the lines of a stream as long as none is gigantic."""
    lines = io.BytesIO()
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            _refuse(
                shown_as, f"A line has over {MAX_LINE_BYTES:,} bytes: this is no table.", number
            )
        if lines.tell() > MAX_FILE_BYTES:
            _refuse(shown_as, f"The file has over {MAX_FILE_BYTES:,} bytes. Split it.", number)
        lines.write(line)
    return lines.getvalue()


def _decode(data: bytes, shown_as: str) -> str:
    """Decode bytes by their byte order mark, else as UTF-8."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and data.count(0) > len(data) // 4:
        _refuse(shown_as, f"This looks like UTF-16 without a byte order mark. {_SAVE_AS}")
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(
            shown_as,
            f"The text is not valid {'UTF-16' if wide else 'UTF-8'} here. {_SAVE_AS}",
            None if wide else data.count(b"\n", 0, error.start) + 1,
            repr(data[error.start : error.start + 8])[2:-1],
        )
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        _refuse(
            shown_as,
            f"A NUL byte stands here: the file is damaged or not text. {_SAVE_AS}",
            row,
            "\\x00",
        )
    return text


def _refuse(
    shown_as: str, message: str, row: int | None = None, value: str | None = None
) -> NoReturn:
    """Raise the one fault of a file that cannot be read."""
    raise InputError([Fault(file=shown_as, row=row, value=value, message=message)])
