-- What left the house and what the importer said. An entry is known by page and place, so that reading it again with another
-- model does not make it a new one; `content` tells whether its values changed since.
CREATE TABLE delivered (
    office   TEXT NOT NULL,
    register TEXT NOT NULL,
    year     TEXT NOT NULL,
    book     TEXT NOT NULL,
    -- 1, 2, … within the book; the last one is open until the importer has answered
    number   INTEGER NOT NULL,
    entry    TEXT NOT NULL,
    row      INTEGER NOT NULL,
    so       TEXT NOT NULL,
    quyen_so TEXT NOT NULL,
    pdf      TEXT NOT NULL,
    content  TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('delivered', 'imported', 'refused')),
    reason   TEXT NOT NULL,
    PRIMARY KEY (office, register, year, book, number, entry)
) STRICT, WITHOUT ROWID;
