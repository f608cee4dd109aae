-- derived: what fields read as beside the other pages of their book, rebuilt at the end of every run
DROP TABLE surer;
CREATE TABLE book_reading (
    entry INTEGER NOT NULL REFERENCES entry (id),
    key   TEXT NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (entry, key)
) STRICT, WITHOUT ROWID;
-- the entry's own findings, where its values changed by that
CREATE TABLE book_reading_findings (
    entry    INTEGER PRIMARY KEY REFERENCES entry (id),
    findings TEXT NOT NULL
) STRICT;
