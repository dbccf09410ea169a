"""Pictures somebody sends: measured, never trusted."""

import contextlib
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dialogs.document.picture import is_picture, look_at
from dialogs.document.upload_safety import UploadError
from tests.drawing import drawn


def _bomb(width: int, height: int) -> bytes:
    """A PNG whose header promises more pixels than anybody should unpack."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp"), ("BMP", "bmp")]
)
def test_size_and_kind_are_read_from_the_bytes(kind: str, ending: str):
    """Whatever the file is called."""
    found = look_at(drawn(1, 800, 640, kind=kind))
    assert (found.ending, found.width, found.height, found.blurred) == (ending, 800, 640, False)


@pytest.mark.parametrize("size", [(800, 600), (1080, 2200), (3000, 2000)])
def test_a_picture_out_of_focus_is_told_from_a_sharp_one(size: tuple[int, int]):
    """At the size people look at it, whatever its own size."""
    blur = max(size) / 80
    assert not look_at(drawn(1, *size)).blurred
    assert look_at(drawn(1, *size, blur=blur)).blurred


def test_a_picture_with_nothing_on_it_is_not_called_blurred():
    """Sky, or a white page: there is no edge to judge by."""
    out = io.BytesIO()
    Image.new("RGB", (900, 900), "#eef").save(out, "PNG")
    assert not look_at(out.getvalue()).blurred


@pytest.mark.parametrize("size", [(60_000, 60_000), (9_000, 9_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]):
    """Its header says enough."""
    with pytest.raises(UploadError):
        look_at(_bomb(*size))


def test_what_a_phone_may_send_unread_is_kept_as_it_is():
    """HEIC: nothing here can measure it, the office's machine may well show it."""
    content = struct.pack(">I", 24) + b"ftypheic" + bytes(64)
    assert is_picture("IMG_0001.HEIC", content)
    assert look_at(content).ending == "heic"


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", drawn(1)[:300], b"\x89PNG\r\n\x1a\n", b"GIF89a", b"hello"])
def test_a_damaged_picture_is_refused_with_a_way_out(content: bytes):
    """One clear sentence, whichever way it is broken."""
    with pytest.raises(UploadError, match=r"打不开.*再发一次"):
        look_at(content)


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF0000WEBP", b"II*\0"]),
)
def test_no_bytes_do_more_than_be_refused(tail: bytes, start: bytes):
    """Nothing but `UploadError` ever comes out."""
    with contextlib.suppress(UploadError):
        look_at(start + tail)
