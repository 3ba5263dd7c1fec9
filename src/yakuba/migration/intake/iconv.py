"""CP932 → UTF-8 by the C library, where there is one that agrees with Python: more than twice as fast.

glibc accepts fewer byte sequences than Python (not 80, A0, FD–FF) and gives the same characters for all others; a
piece that it refuses is left to Python, whose answer alone counts. The tests compare every pair of bytes.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

_FAILED = ctypes.c_size_t(-1).value
_NO_HANDLE = ctypes.c_void_p(-1).value
_SIDEBYSIDE = "亜Ａア～－∥①髙\ue000\n"
"""Characters that tables of CP932 are known to disagree about."""


@cache
def _library() -> Any:
    """The C library when it is glibc and knows CP932, else None."""
    try:
        library = ctypes.CDLL(None)
        library.gnu_get_libc_version  # noqa: B018 - only glibc has it
        library.iconv_open.restype = ctypes.c_void_p
        library.iconv_close.argtypes = [ctypes.c_void_p]
        library.iconv.restype = ctypes.c_size_t
        library.iconv.argtypes = [ctypes.c_void_p] * 5
    except (OSError, AttributeError, TypeError):
        return None
    return library if _convert(library, _SIDEBYSIDE.encode("cp932")) == _SIDEBYSIDE.encode() else None


def cp932_to_utf8(raw: bytes) -> bytes | None:
    """Whole characters as UTF-8; None when this machine cannot say, or not for these bytes."""
    library = _library()
    return None if library is None else _convert(library, raw)


def _convert(library: Any, raw: bytes) -> bytes | None:
    handle = library.iconv_open(b"UTF-8", b"CP932")
    if handle == _NO_HANDLE:
        return None
    # Two bytes become three at most; a half-width kana grows more, and a piece full of them is left to Python.
    made = bytearray(len(raw) + len(raw) // 2 + 16)
    room = (ctypes.c_char * len(made)).from_buffer(made)
    source, target = ctypes.c_char_p(raw), ctypes.c_void_p(ctypes.addressof(room))
    left, free = ctypes.c_size_t(len(raw)), ctypes.c_size_t(len(made))
    try:
        result = library.iconv(
            handle, ctypes.byref(source), ctypes.byref(left), ctypes.byref(target), ctypes.byref(free)
        )
    finally:
        library.iconv_close(handle)
    return None if result == _FAILED or left.value else bytes(memoryview(made)[: len(made) - free.value])
