-- The truth of a run. What was read is never changed or deleted; what people decide will be appended beside it;
-- everything else (verdicts, groups, files for people) is derived and can be rebuilt.

CREATE TABLE file (
    sha256 TEXT PRIMARY KEY,
    pages  INTEGER NOT NULL
) STRICT;

-- where the bytes were seen; the same bytes may lie in several places
CREATE TABLE source (
    path   TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES file (sha256),
    -- how much folder and file name claim: of several places, the one with the best name stands for the bytes
    claims INTEGER NOT NULL
) STRICT;
CREATE INDEX source_sha256 ON source (sha256, claims DESC, path);

-- files that could not even be opened; tried again by every run
CREATE TABLE file_aside (
    path   TEXT PRIMARY KEY,
    stage  TEXT NOT NULL,
    reason TEXT NOT NULL,
    cure   TEXT NOT NULL
) STRICT;

-- attempts counts starts under the fingerprint `attempted` that did not end in a result: so a page that kills the
-- process is found out, and another program or configuration gives it a new chance
CREATE TABLE page (
    sha256    TEXT NOT NULL REFERENCES file (sha256),
    idx       INTEGER NOT NULL,
    attempts  INTEGER NOT NULL DEFAULT 0,
    attempted TEXT NOT NULL DEFAULT '',
    failure   TEXT,
    current   INTEGER REFERENCES result (id),
    PRIMARY KEY (sha256, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE result (
    id          INTEGER PRIMARY KEY,
    sha256      TEXT NOT NULL,
    idx         INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    facts       TEXT,
    aside       TEXT,
    UNIQUE (sha256, idx, fingerprint),
    CHECK ((facts IS NULL) <> (aside IS NULL))
) STRICT;

CREATE TABLE entry (
    id       INTEGER PRIMARY KEY,
    result   INTEGER NOT NULL REFERENCES result (id),
    part     INTEGER NOT NULL,
    ordinal  INTEGER NOT NULL,
    layout   TEXT NOT NULL,
    register TEXT NOT NULL,
    office   TEXT NOT NULL,
    year     TEXT NOT NULL,
    book     TEXT NOT NULL,
    hint     TEXT NOT NULL,
    findings TEXT NOT NULL,
    UNIQUE (result, part, ordinal)
) STRICT;

CREATE TABLE field (
    entry    INTEGER NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,
    key      TEXT NOT NULL,
    field    TEXT NOT NULL,
    reading  TEXT,
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER result_stays BEFORE UPDATE ON result BEGIN SELECT RAISE(ABORT, 'results are never changed'); END;
CREATE TRIGGER result_is_kept BEFORE DELETE ON result BEGIN SELECT RAISE(ABORT, 'results are never deleted'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER field_stays BEFORE UPDATE ON field BEGIN SELECT RAISE(ABORT, 'readings are never changed'); END;
CREATE TRIGGER field_is_kept BEFORE DELETE ON field BEGIN SELECT RAISE(ABORT, 'readings are never deleted'); END;

CREATE VIEW shown (sha256, path) AS
    SELECT sha256, (SELECT path FROM source WHERE source.sha256 = file.sha256 ORDER BY claims DESC, path LIMIT 1) FROM file;

-- derived: what book-wide rules say, rebuilt at the end of every run
CREATE TABLE book_finding (
    entry   INTEGER NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,
    finding TEXT NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- derived: counts of the last finished run, for `status`
CREATE TABLE summary (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    report TEXT NOT NULL
) STRICT;
