#!/usr/bin/env python3
"""A run as large as a real one, to measure the station with: every page of RUN stands in TO so many times, each time as another file.

    scripts/review/grow.py RUN TIMES TO
"""

import hashlib
import os
import shutil
import sqlite3
import sys

NAMED = 16  # hex digits of a file's hash in the names of pictures


def again(sha256, n):
    return hashlib.sha256(f"{sha256} {n}".encode()).hexdigest()


class Run:
    def __init__(self, folder):
        self.folder = folder
        self.db = sqlite3.connect(os.path.join(folder, "run.sqlite"))
        tables = ("file", "source", "result", "page", "entry", "field")
        self.columns = {name: [row[1] for row in self.db.execute(f"PRAGMA table_info({name})")] for name in tables}
        self.rows = {name: self.db.execute(f"SELECT {', '.join(self.columns[name])} FROM {name}").fetchall() for name in tables}
        # row numbers of a copy lie beyond all that are there
        self.step = 1 + max(row[0] for name in ("result", "entry") for row in self.rows[name])
        self.pictures = [os.path.join(folder, *part) for part in (("pages",), ("review", "crops"))]
        self.named = {part: os.listdir(part) for part in self.pictures if os.path.isdir(part)}

    def copy(self, n):
        for name, columns in self.columns.items():
            into = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
            self.db.executemany(into, [self.moved(dict(zip(columns, row)), n) for row in self.rows[name]])
        files = {row[0][:NAMED]: again(row[0], n)[:NAMED] for row in self.rows["file"]}
        for part, names in self.named.items():
            for name in names:
                if name[:NAMED] in files:
                    os.link(os.path.join(part, name), os.path.join(part, files[name[:NAMED]] + name[NAMED:]))

    def moved(self, cells, n):
        for key in ("id", "result", "entry", "current"):
            if cells.get(key) is not None:
                cells[key] += n * self.step
        if "sha256" in cells:
            cells["sha256"] = again(cells["sha256"], n)
        if "path" in cells:
            cells["path"] += f" {n}"
        return list(cells.values())


if __name__ == "__main__":
    original, times, to = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    shutil.copytree(original, to)
    run = Run(to)
    for n in range(1, times):
        run.copy(n)
    run.db.commit()
