"""Decompression of .xz, .gz and .zst as a stream, found by their first bytes and bounded."""

import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

from pledgebook.sources.faults import Fault

#: What one step may give, in bytes.
STEP = 1 << 20
#: A stream that has grown past FREE bytes and past RATIO times what went in is taken for a decompression bomb.
#: Text of people compresses 3 to 20 times, logs up to 200 times; bombs reach 1,000 (gzip) to 30,000 times (zstd).
FREE = 100 * 1_000_000
RATIO = 500
#: Memory an .xz or .zst stream may ask for, in bytes; `xz -9e` needs 65 MB, `zstd --long` 128 MB.
MEMORY = 256 << 20


class Decoder(Protocol):
    """What the decompressors of the standard library share."""

    @property
    def eof(self) -> bool:
        """Whether the end of a frame was reached."""

    @property
    def needs_input(self) -> bool:
        """Whether more bytes are needed before anything can come out."""

    @property
    def unused_data(self) -> bytes:
        """What followed the end of the frame."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Up to `max_length` bytes more."""


class _Gzip:
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)  # 31: a gzip header is expected
        self._tail = b""

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        out = self._inner.decompress(self._tail + data, max_length)
        self._tail = self._inner.unconsumed_tail
        return out


def _xz() -> Decoder:
    return lzma.LZMADecompressor(memlimit=MEMORY)


if sys.version_info >= (3, 14):
    from compression.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

    def _zstd() -> Decoder:
        return ZstdDecompressor(options={DecompressionParameter.window_log_max: 27})

else:
    from zstandard import ZstdDecompressor, ZstdError

    class _Zstd:
        # A frame of runs gives 128 KiB for each 4 bytes, and the package bounds no output: so it is fed little at a time.
        SIP = 512

        def __init__(self) -> None:
            self._inner = ZstdDecompressor(max_window_size=1 << 27).decompressobj()
            self._tail = memoryview(b"")

        @property
        def eof(self) -> bool:
            return self._inner.eof

        @property
        def needs_input(self) -> bool:
            return not self._tail

        @property
        def unused_data(self) -> bytes:
            return bytes(self._inner.unused_data) + bytes(self._tail)

        def decompress(self, data: bytes, max_length: int) -> bytes:
            self._tail = memoryview(bytes(self._tail) + data) if data else self._tail
            out = bytearray()
            while self._tail and not self.eof and len(out) < max_length:
                sip, self._tail = self._tail[: self.SIP], self._tail[self.SIP :]
                out += self._inner.decompress(sip)
            return bytes(out)

    def _zstd() -> Decoder:
        return _Zstd()


#: First bytes, name, decoder.
KINDS: tuple[tuple[bytes, str, Callable[[], Decoder]], ...] = (
    (b"\xfd7zXZ\x00", "xz", _xz),
    (b"\x1f\x8b\x08", "gzip", _Gzip),
    (b"\x28\xb5\x2f\xfd", "zstd", _zstd),
)
SUFFIXES = (".xz", ".gz", ".zst")


def kind_of(head: bytes) -> str | None:
    """The name in KINDS of the compression, or None for bytes that are not compressed in one of these ways."""
    return next((name for magic, name, _ in KINDS if head.startswith(magic)), None)


def expand(chunks: Iterator[bytes], kind: str) -> Iterator[bytes]:
    """The bytes behind `chunks`, at most STEP at a time; frames that follow each other are joined.

    Raises Fault for a stream that is cut off, damaged, or grows beyond reason.
    """
    new = next(decoder for _, name, decoder in KINDS if name == kind)
    taken = given = 0
    steps = _steps(chunks, new)
    while True:
        try:
            step = next(steps, None)
        except (lzma.LZMAError, zlib.error, ZstdError, EOFError) as error:
            raise Fault("damaged-archive", f"The {kind} data are damaged or cut off after {given:,} bytes ({error}).",
                        "Fetch or compress the file again.") from None  # fmt: skip
        if step is None:
            return
        taken, given = taken + step[0], given + len(step[1])
        if given > max(FREE, RATIO * taken):
            raise Fault("decompression-bomb", f"The {kind} data grow to more than {RATIO} times their size ({given:,} bytes so far).",
                        "Unpack the file yourself if you trust it.")  # fmt: skip
        if step[1]:
            yield step[1]


def _steps(chunks: Iterator[bytes], new: Callable[[], Decoder]) -> Iterator[tuple[int, bytes]]:
    """Pairs of the number of bytes taken in and the bytes that came out."""
    decoder = new()
    for chunk in chunks:
        yield len(chunk), b""
        data = chunk
        while data or decoder.eof or not decoder.needs_input:
            if decoder.eof:
                rest = (decoder.unused_data + data).lstrip(b"\0")  # xz pads with zero bytes between streams
                if not rest:
                    break
                decoder, data = new(), rest
            out, data = decoder.decompress(data, STEP), b""
            yield 0, out
    if not decoder.eof:
        raise EOFError("the end is missing")
