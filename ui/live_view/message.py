"""Message: what a view is told, packed as the browser reads it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Header = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """A still picture: the `view` that shows it, a `header` that JSON can carry, and a `blob` of bytes."""

    view: str
    header: Header
    blob: bytes = b""

    def pack(self) -> bytes:
        """Length of the header (four bytes, little-endian), header (JSON in UTF-8), blob."""
        header = json.dumps(self._whole_header(), separators=(",", ":"), allow_nan=False).encode()
        return len(header).to_bytes(4, "little") + header + self.blob

    def _whole_header(self) -> Header:
        return self.header


@dataclass(frozen=True, kw_only=True)
class Stream(Message):
    """A few frames of what is shown as it happens, each with its `step`; the browser plays them one after the other.

    `stream` is an id: messages with the same one go on where the last one ended, another one begins anew.
    """

    stream: str
    frames: Sequence[Header]

    def _whole_header(self) -> Header:
        return {**self.header, "stream": self.stream, "frames": list(self.frames)}
