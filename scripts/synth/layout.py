"""Layout data as the generator uses it: labels, slots with writing lines, rules; millimetres throughout."""
from dataclasses import dataclass, field


@dataclass
class Label:
    text: str
    x: float
    y: float  # baseline
    style: str = "regular"
    width: float = 0.0
    centre: bool = False
    factor: float = 1.0


@dataclass
class Line:
    x0: float
    x1: float
    y: float
    y_end: float = None  # the writing line may fall or climb on a scanned blank
    part: str = "whole"  # or day, month, year, number between printed words
    after: str = ""  # the printed words before it
    walled: bool = False  # in a ruled cell, where clerks squeeze rather than run on

    def __post_init__(self):
        self.y_end = self.y if self.y_end is None else self.y_end


@dataclass
class Area:
    left: float
    top: float
    right: float
    bottom: float


@dataclass
class Slot:
    name: str
    keys: list
    lines: list
    kind: str = "free-text"
    leader: bool = True
    entry: int = 0
    printed: bool = False  # the printer's own number, not the clerk's
    above: float = 5.2  # how far a writer's line reaches above and below the writing line, mm
    below: float = 1.8
    area: Area = None  # signatures and the margin have no lines


@dataclass
class Form:
    id: str
    width: float
    height: float
    labels: list
    slots: list
    rules: list = field(default_factory=list)
    pitch: float = 8.5
    table: "Table" = None
    bare: "Form" = None  # what a table page has outside its cells


@dataclass
class Table:
    """A ruled table over two facing pages: columns [(left, right)], entries one below the other, rows in each."""

    columns: dict  # number -> (left, right)
    rows: list  # names
    row_labels: dict  # row name -> (text, column, from, to)
    header: tuple
    body: tuple
    gutter: float
    entries: int
    lines_a_row: int
    cells: list  # (slot, column, row or None)
    heads: list  # (label, column)
