"""A photo in its cell: as large as the cell allows, in its own proportions, never distorted.

Lengths are EMU (914,400 to the inch), as in DrawingML; widths in a table are twentieths of a point (635 EMU).
"""

from collections.abc import Mapping
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from dialogs.document.picture import look_at
from dialogs.document.table_grid import Grid
from dialogs.document.word_package import WordPackage, parsed
from dialogs.document.word_text import opened

_TWIP = 635
_NATURAL = 914400 // 300  # EMU of a pixel at 300 to the inch: how photos for forms are printed
_MARGIN = 108  # twentieths of a point on each side of a cell's words, where the table says nothing else
_AIR = 60  # so that a photo does not touch the lines
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_RELATIONS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS = f'xmlns="{_RELATIONS_NS}"'
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES = "[Content_Types].xml"
_DRAWING = (
    '<w:drawing {ns}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="photo{number}"/><a:graphic><a:graphicData'
    ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="{number}" name="photo{number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{id}"/>'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


class PhotoParts:
    """The pictures set into one document, and the parts of its package they change."""

    def __init__(self, package: WordPackage, photos: Mapping[str, bytes]) -> None:
        """Set pictures, kept by their digests, into a document of this package."""
        self._package, self._photos = package, photos
        self._media: list[tuple[str, bytes]] = []
        folder, _, name = package.main.rpartition("/")
        self._relations_name = f"{folder}/_rels/{name}.rels"
        self._relations = parsed(package.part(self._relations_name) or f"<Relationships {_RELATIONS}/>".encode())
        self._types = parsed(package.part(_TYPES) or b"")

    def run(self, digest: str, container: Any) -> Any:
        """Write a run with the picture, fitting the cell; `None` when the picture is not at hand.

        Raises:
            UploadError: it is no picture that can be read.
        """
        content = self._photos.get(digest)
        if content is None:
            return None
        picture = look_at(content)
        width, height = _fitting(picture.width * _NATURAL, picture.height * _NATURAL, container)
        number = len(self._media) + 1
        words = {"width": width, "height": height, "number": number, "id": self._added(content, picture.ending)}
        run = OxmlElement("w:r")
        run.append(parse_xml(_DRAWING.format(ns=nsdecls("w", "wp", "a", "pic", "r"), **words)))
        return run

    @property
    def changed(self) -> list[tuple[str, bytes]]:
        """The parts to exchange or add; none when there is no picture."""
        if not self._media:
            return []
        return [
            *self._media,
            (self._relations_name, serialize_part_xml(self._relations)),
            (_TYPES, serialize_part_xml(self._types)),
        ]

    def _added(self, content: bytes, ending: str) -> str:
        target = f"media/photo{len(self._media) + 1}.{ending}"
        self._media.append((self._package.beside_main(target), content))
        taken = {relation.get("Id") for relation in self._relations}
        relation_id = next(f"rId{number}" for number in range(1, 10_000) if f"rId{number}" not in taken)
        relation = self._relations.makeelement(f"{{{_RELATIONS_NS}}}Relationship")
        for name, value in (("Id", relation_id), ("Type", _RELATION), ("Target", target)):
            relation.set(name, value)
        self._relations.append(relation)
        if ending not in {each.get("Extension", "").lower() for each in self._types}:
            default = self._types.makeelement(f"{{{_TYPES_NS}}}Default")
            default.set("Extension", ending)
            default.set("ContentType", f"image/{'jpeg' if ending == 'jpg' else ending}")
            self._types.insert(0, default)
        return relation_id


def _fitting(width: int, height: int, container: Any) -> tuple[int, int]:
    """Make a picture smaller, never larger, until it fits into its cell."""
    room_wide, room_high = _room(container)
    scale = min(1.0, room_wide / max(width, 1), room_high / max(height, 1))
    return int(width * scale), int(height * scale)


def _room(container: Any) -> tuple[float, float]:
    """Measure a cell without its margins; what the table leaves open is as wide, or as high, as it likes."""
    if container.tag != qn("w:tc"):
        return float("inf"), float("inf")
    stated = container.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    wide = int(stated.get(qn("w:w"), "0")) if stated is not None and stated.get(qn("w:type")) == "dxa" else 0
    table = next(container.iterancestors(qn("w:tbl")))
    cell = next((each for each in Grid(table).cells if each.element is container), None)
    rows = [each for each in opened(table) if each.tag == qn("w:tr")][cell.top : cell.bottom + 1] if cell else []
    heights = [row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}") for row in rows]
    stated_heights = [int(each.get(qn("w:val"), "0")) for each in heights if each is not None]
    high = sum(stated_heights) if len(stated_heights) == len(rows) else 0
    return (
        (wide - 2 * _MARGIN) * _TWIP if wide > 2 * _MARGIN else float("inf"),
        (high - 2 * _AIR) * _TWIP if high > 2 * _AIR else float("inf"),
    )
