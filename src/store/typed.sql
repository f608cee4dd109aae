-- What a file that people typed earlier says of fields that nobody has settled: the second key beside the reading. An entry is
-- known by page and place. A file compared later takes the place of an earlier one.
CREATE TABLE typed (
    entry  TEXT NOT NULL,
    key    TEXT NOT NULL,
    said   TEXT NOT NULL,
    -- in the file, from 1
    row    INTEGER NOT NULL,
    -- what had been read then
    read   TEXT NOT NULL,
    agrees INTEGER NOT NULL CHECK (agrees IN (0, 1)),
    -- counts the comparisons that changed something: a station that is open sees by it that there are others
    turn   INTEGER NOT NULL,
    PRIMARY KEY (entry, key)
) STRICT, WITHOUT ROWID;
