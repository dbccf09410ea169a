"""Pictures as phones send them, drawn for the tests."""

import io

from PIL import Image, ImageDraw, ImageFilter


def drawn(number: int = 1, width: int = 900, height: int = 1200, *, blur: float = 0, kind: str = "JPEG") -> bytes:
    """Draw lines like a page of text, another page for each `number`; `blur` is the radius in pixels."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    for line in range(1, height // 40):
        for word in range(1, width // 30):
            if (line * 7 + word * 3 + number) % 5:
                pen.rectangle((word * 30, line * 40, word * 30 + 18, line * 40 + 12 + number % 9), fill="black")
    out = io.BytesIO()
    (image.filter(ImageFilter.GaussianBlur(blur)) if blur else image).save(out, kind)
    return out.getvalue()
