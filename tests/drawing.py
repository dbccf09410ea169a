"""Pictures as phones send them, drawn for the tests."""

import io

from PIL import Image, ImageDraw, ImageFilter


def drawn(number: int = 1, width: int = 900, height: int = 1200, *, blur: float = 0, kind: str = "JPEG") -> bytes:
    """Draw lines like a page of text, another page for each `number`; `blur` is the radius in pixels."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    unit = max(width, height) / 30
    for line in range(1, int(height / unit)):
        for word in range(1, int(width / unit)):
            if (line * 7 + word * 3 + number) % 5:
                left, top = word * unit, line * unit
                pen.rectangle((left, top, left + unit * 0.7, top + unit * (0.3 + number % 9 / 30)), fill="black")
    out = io.BytesIO()
    (image.filter(ImageFilter.GaussianBlur(blur)) if blur else image).save(out, kind)
    return out.getvalue()
