"""A field as it was found on a blank form, before it is given a key, a kind and words."""

from dataclasses import dataclass, field

from knowledge.drafting.printed_options import PrintedOption
from knowledge.drafting.printed_room import Room


@dataclass(eq=False, slots=True)
class FoundField:
    """A field of a blank form.

    `label` is the printed name, `remark` what stands in brackets behind it, `group` the cell it belongs under
    (项目负责人), `section` the heading above its table. `room` is what its cell leaves, `options` the boxes in it.
    `characters`: how many cells of one character it has. `columns`, `fixed`, `free`: of a table with a row for each
    thing, its columns, the rows that are printed, how many blank rows there are. `totals`: columns with a total below.
    `at`: the words of a blank within a sentence, `label_cell` the label of the cell it stands in. `above`, `option`: it
    belongs to an option of that field. `cover_ends`: the cover that repeats it ends with a page break. `row_label`: the
    label its row begins with; `printed`: all of its own label cell. `sums`: it is the total of that table, of its
    column `sum_of` or, where that is empty, of its rows. `grouped`: its label alone could be anybody's. `left_blank`:
    the office fills it in. `statement`: words of the form the applicant agrees to.
    """

    label: str
    room: Room
    remark: str = ""
    group: str = ""
    section: str = ""
    cover: bool = False
    cover_ends: bool = True
    options: tuple[PrintedOption, ...] = ()
    several: bool = False
    characters: int = 0
    columns: list["FoundField"] = field(default_factory=list)
    fixed: tuple[str, ...] = ()
    free: int = 0
    totals: tuple[str, ...] = ()
    at: str = ""
    above: "FoundField | None" = None
    option: str = ""
    roomy: bool = False
    wide: bool = False
    left_blank: bool = False
    statement: str = ""
    also_at: list[str] = field(default_factory=list)
    place: tuple[int, int, int] = (0, 0, 0)
    own_unit: str = ""
    grouped: bool = False
    label_cell: str = ""
    row_label: str = ""
    printed: str = ""
    sums: "FoundField | None" = None
    sum_of: str = ""

    @property
    def hint(self) -> str:
        """All that is said about how to fill it in."""
        return "；".join(dict.fromkeys(filter(None, (self.remark, self.room.hint))))

    @property
    def name(self) -> str:
        """What it is called: 姓名, 项目负责人姓名, 项目类别（请注明）."""
        if not self.grouped:
            return self.label
        nested = self.above is not None or self.at
        return f"{self.group}（{self.label}）" if nested else f"{self.group}{self.label}"

    @property
    def is_table(self) -> bool:
        """Whether it has a row for each thing."""
        return bool(self.columns)
