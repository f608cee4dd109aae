-- derived: how sure a field is with what the other pages of its book say, rebuilt at the end of every run
CREATE TABLE surer (
    entry INTEGER NOT NULL REFERENCES entry (id),
    key   TEXT NOT NULL,
    sure  REAL NOT NULL,
    PRIMARY KEY (entry, key)
) STRICT, WITHOUT ROWID;
