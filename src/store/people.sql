-- What people did, chained by hashes: `body` is the very text that was hashed, the other columns are taken from it, so
-- that no second copy can differ.
CREATE TABLE audit (
    number   INTEGER PRIMARY KEY,
    previous TEXT NOT NULL,
    body     TEXT NOT NULL,
    hash     TEXT NOT NULL,
    file     TEXT GENERATED ALWAYS AS (body ->> '$.entry.page.file') VIRTUAL,
    idx      INTEGER GENERATED ALWAYS AS (body ->> '$.entry.page.index') VIRTUAL
) STRICT;
CREATE INDEX audit_page ON audit (file, idx);

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never deleted'); END;
-- also keeps INSERT OR REPLACE from overwriting a line
CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit grows at its end only'); END;

-- removed accounts stay: the audit names them
CREATE TABLE account (
    name     TEXT PRIMARY KEY,
    role     TEXT NOT NULL,
    password TEXT NOT NULL,
    removed  INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;
