"""Bounded decompression and strict msgpack: nothing in a stick file can make the desk spend memory or time."""

from typing import Any

import msgpack
from backports.zstd import (
    CompressionParameter,
    DecompressionParameter,
    ZstdCompressor,
    ZstdDecompressor,
    ZstdError,
)

from village_desk.sync.stickfile import limits

_STEP = 1024 * 1024
_LEVEL = 3


class Malformed(ValueError):
    """The bytes are not in the one form that the format allows."""


def pack(value: Any) -> bytes:
    """The one msgpack form of a value."""
    packed: bytes = msgpack.packb(value, use_bin_type=True)
    return packed


def unpack(data: bytes) -> Any:
    """The value of msgpack bytes that are in their one form; raises Malformed.

    Extension types, floats, duplicate keys, long forms and deep nesting are refused.
    """
    try:
        value = msgpack.unpackb(
            data,
            raw=False,
            strict_map_key=True,
            use_list=True,
            max_str_len=limits.LARGEST_COMPARTMENT,
            max_bin_len=limits.LARGEST_MANIFEST,
            max_array_len=limits.LONGEST_ARRAY,
            max_map_len=64,
            max_ext_len=0,
            ext_hook=_no_extension,
        )
    except (ValueError, TypeError, msgpack.exceptions.UnpackException, RecursionError) as reason:
        raise Malformed("not readable") from reason
    _plain(value, limits.DEEPEST)
    # Two byte strings for one value would give one content two hashes.
    if pack(value) != data:
        raise Malformed("not in its one form")
    return value


def _no_extension(code: int, data: bytes) -> Any:
    raise Malformed("extension type")


def _plain(value: Any, depth: int) -> None:
    if depth == 0:
        raise Malformed("nested too deep")
    if isinstance(value, list):
        for item in value:
            # The leaves of an operation list are by far the most; they need no call of their own.
            if type(item) not in (bytes, str, int, type(None)):
                _plain(item, depth - 1)
    elif isinstance(value, dict):
        for item in value.values():
            _plain(item, depth - 1)
    elif not (value is None or type(value) in (bytes, str, int, bool)):
        raise Malformed("type that the format does not know")


def compress(data: bytes) -> bytes:
    """One zstd frame with a checksum."""
    options: dict[int, int] = {CompressionParameter.compression_level: _LEVEL, CompressionParameter.checksum_flag: 1}
    compressor = ZstdCompressor(options=options)
    return compressor.compress(data, mode=ZstdCompressor.FLUSH_FRAME)


def decompress(data: bytes) -> bytes:
    """The content of exactly one zstd frame; raises Malformed beyond the limits of size, ratio and window.

    The frame's own claim of its size is never believed: output is asked for in steps and counted.
    """
    most = min(limits.LARGEST_CONTENT, max(limits.RATIO_FREE, limits.LARGEST_RATIO * len(data)))
    decompressor = ZstdDecompressor(options={DecompressionParameter.window_log_max: limits.LARGEST_WINDOW_LOG})
    pieces: list[bytes] = []
    size = 0
    try:
        piece = decompressor.decompress(data, max_length=_STEP)
        while True:
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise Malformed("larger than allowed")
            if decompressor.eof:
                break
            if decompressor.needs_input or not piece:
                raise Malformed("frame is cut")
            piece = decompressor.decompress(b"", max_length=_STEP)
    except (ZstdError, MemoryError) as reason:
        raise Malformed("not a readable frame") from reason
    if decompressor.unused_data:
        raise Malformed("bytes after the frame")
    return b"".join(pieces)


def a_list(value: Any, length: int | None = None) -> list[Any]:
    """A list, of the given length; raises Malformed."""
    if type(value) is not list or (length is not None and len(value) != length):
        raise Malformed("list expected")
    return value


def a_map(value: Any) -> dict[str, Any]:
    """A map with text keys; raises Malformed."""
    if type(value) is not dict or not all(type(key) is str for key in value):
        raise Malformed("map expected")
    return value


def a_text(value: Any) -> str:
    """A text of at most a thousand characters; raises Malformed."""
    if type(value) is not str or len(value) > 1_000:
        raise Malformed("text expected")
    return value


def a_number(value: Any) -> int:
    """A whole number from 0; raises Malformed."""
    if type(value) is not int or not 0 <= value <= limits.LARGEST_NUMBER:
        raise Malformed("number expected")
    return value


def exact_bytes(value: Any, length: int) -> bytes:
    """Bytes of the given length; raises Malformed."""
    if type(value) is not bytes or len(value) != length:
        raise Malformed("bytes expected")
    return value


def short_bytes(value: Any) -> bytes:
    """At most 64 bytes; raises Malformed."""
    if type(value) is not bytes or len(value) > 64:
        raise Malformed("bytes expected")
    return value
