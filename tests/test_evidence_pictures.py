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
from dialogs.document.picture_header import webp_size
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
    boxes = ((b"ftyp", b"heic\0\0\0\0mif1"), (b"meta", bytes(40)), (b"mdat", bytes(500)))
    content = b"".join(struct.pack(">I", len(body) + 8) + kind + body for kind, body in boxes)
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


def _webp(kind: bytes, body: bytes) -> bytes:
    """A WebP that is little more than its header."""
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"VP8X", b"\x02\0\0\0" + (16_382).to_bytes(3, "little") * 2 + bytes(100)),
        (b"VP8L", b"\x2f" + (0x3FFF | 0x3FFF << 14).to_bytes(4, "little") + bytes(100)),
        (b"VP8 ", b"\x50\x01\x00\x9d\x01\x2a" + (16_383).to_bytes(2, "little") * 2 + bytes(100)),
    ],
)
def test_a_few_bytes_that_promise_a_huge_canvas_are_not_opened(kind: bytes, body: bytes):
    """All three kinds of WebP are judged by their header, before the library makes room for them."""
    with pytest.raises(UploadError, match="大得不正常"):
        look_at(_webp(kind, body))


@pytest.mark.parametrize("lossless", [True, False])
def test_the_header_says_what_the_library_says(lossless: bool):
    """Width and height of a WebP as read from its first bytes."""
    out = io.BytesIO()
    Image.new("RGB", (321, 123), "red").save(out, "WEBP", lossless=lossless)
    assert webp_size(out.getvalue()) == (321, 123)


def test_a_picture_of_many_bytes_a_pixel_is_not_unpacked():
    """What counts is the room it takes, not only its pixels."""
    with pytest.raises(UploadError, match="大得不正常"):
        look_at(_bomb(7000, 7000))


@pytest.mark.parametrize("content", [b"\0\0\0\x18ftypheic", b"\0\0\0\x18ftypheic" + bytes(1000)])
def test_what_only_begins_like_an_heic_is_refused(content: bytes):
    """Its boxes must reach from the first byte to the last, with its directory among them."""
    with pytest.raises(UploadError, match="图片打不开"):
        look_at(content)
