"""The A3 marriage table: lays cells, rules and printed row names out from column edges."""
import copy
from dataclasses import replace

from .layout import Area, Form, Label, Line


def lay(form, table):
    """A Form in which every cell has its writing lines, once for each entry."""
    slots, labels = list(form.slots), [l for l in form.labels]
    height = (table.body[1] - table.body[0]) / table.entries
    for label, column in table.heads:
        a, b = table.columns[column]
        labels.append(replace(label, x=(a + b - label.width) / 2, centre=True))
    for entry in range(table.entries):
        top = table.body[0] + entry * height
        slots += [cell(table, slot, column, row, entry, top, height) for slot, column, row in table.cells]
        labels += [row_label(table, name, entry, top, height) for name in table.rows if name in table.row_labels]
    return Form(form.id, form.width, form.height, labels, slots, rules(table, height), form.pitch, table)


def cell(table, slot, column, row, entry, top, height):
    """One slot of one entry."""
    share = height / len(table.rows)
    if row:
        top, height = top + table.rows.index(row) * share, share
    left, right = table.columns[column]
    pitch = share / table.lines_a_row
    made = copy.copy(slot)
    made.entry, made.leader = entry, False
    made.above, made.below = 0.7 * pitch, 0.25 * pitch
    if slot.kind == "signature":
        made.lines, made.area = [], Area(left, top, right, top + height)
        return made
    count = round(height / pitch)
    made.lines = [Line(left + 0.8, right - 0.5, top + (i + 1) * pitch, walled=True) for i in range(count)]
    if row and table.row_labels.get(row, (0, 0))[1] == column:
        made.lines[0].x0 = left + table.row_labels[row][3] + 1
    return made


def row_label(table, name, entry, top, height):
    """The printed "Chồng:" or "Vợ:" at the start of a row."""
    text, column, start, end = table.row_labels[name]
    share = height / len(table.rows)
    y = top + table.rows.index(name) * share + share / table.lines_a_row - 0.7
    return Label(text, table.columns[column][0] + start, y, "regular", end - start)


def rules(table, height):
    """Rules of both pages: column edges, entries, rows, and thin writing lines."""
    out = []
    pages = [[c for c in table.columns.values() if c[1] <= table.gutter + 1], [c for c in table.columns.values() if c[0] >= table.gutter - 1]]
    for columns in pages:
        left, right = min(c[0] for c in columns), max(c[1] for c in columns)
        for x in sorted({x for c in columns for x in c}):
            out.append((x, table.header[0], x, table.body[1]))
        for y in [table.header[0], table.header[1]] + [table.body[0] + i * height for i in range(1, table.entries + 1)]:
            out.append((left, y, right, y))
    return out


def thin_rules(table):
    """The faint writing lines inside the cells, and where husband and wife are parted."""
    height = (table.body[1] - table.body[0]) / table.entries
    steps = len(table.rows) * table.lines_a_row
    pages = [[c for c in table.columns.values() if c[1] <= table.gutter + 1], [c for c in table.columns.values() if c[0] >= table.gutter - 1]]
    return [(min(c[0] for c in p), table.body[0] + i * height / steps, max(c[1] for c in p), table.body[0] + i * height / steps)
            for p in pages for i in range(1, table.entries * steps) if i % steps]


def vary(table, press, rng):
    """Another printing of the table: column edges and header height differ."""
    t = copy.deepcopy(table)
    f = press.freedom
    shared = {}

    def edge(x):
        if x not in shared:
            shared[x] = x * press.kx + press.dx * 0.5 + f * rng.normal(0, 0.9)
        return shared[x]

    t.columns = {n: (edge(a), edge(b)) for n, (a, b) in sorted(table.columns.items())}
    top = table.header[0] + press.dy
    split = table.header[1] + press.dy + f * rng.normal(0, 1.5)
    t.header, t.body = (top, split), (split, min(table.body[1] + press.dy + f * rng.normal(0, 2), 290))
    return t
