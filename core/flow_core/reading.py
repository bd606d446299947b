"""Reading files of any kind and size: never waiting, never more than can be looked at."""

import errno
import os
import stat

MAX_SIZE = 50_000_000
"""Code points of a text, and bytes of a file; what is longer is ``too-large``."""


def read_bytes(file: str | os.PathLike[str]) -> bytes:
    """The bytes of a regular file; at most one more than `MAX_SIZE`.

    Raises:
        OSError: It cannot be read, or is a pipe or a device, which might never end.
    """
    status = os.stat(file)  # noqa: PTH116 -- 10x faster
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file")
    with open(file, "rb") as stream:  # noqa: PTH123 -- 10x faster
        return stream.read() if status.st_size <= MAX_SIZE else stream.read(MAX_SIZE + 1)


def decode(data: bytes) -> str:
    """The text of such bytes; of too many it is still too long a text.

    Bytes that are no UTF-8 become lone surrogates (PEP 383), which the checker can point at, and
    which are the same bytes again when written.
    """
    text = data.decode(errors="surrogateescape")
    return text if len(data) <= MAX_SIZE else text.ljust(MAX_SIZE + 1)
